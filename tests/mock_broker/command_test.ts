import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { createTlsFetch } from "@dcvkit/session-manager/tls";

/** A running `dcv-mock-broker`, and what it printed up to its last line of introduction. */
interface RunningCommand extends AsyncDisposable {
  output: string;
  caFile: string;
  stop(signal: Deno.Signal): Promise<number>;
}

async function start(...args: string[]): Promise<RunningCommand> {
  const caFile = await Deno.makeTempFile({ suffix: ".pem" });
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "mock_broker/cli.ts", "--port", "0", "--ca-file", caFile, ...args],
    stdout: "piped",
  }).spawn();
  let output = "";
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  while (!output.includes("Ctrl+C")) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`The command ended early: ${output}`);
    output += value;
  }
  const stop = async (signal: Deno.Signal) => {
    child.kill(signal);
    await reader.cancel();
    return (await child.status).code;
  };
  let stopped: Promise<number> | undefined;
  const stopOnce = (signal: Deno.Signal) => stopped ??= stop(signal);
  return {
    output,
    caFile,
    stop: stopOnce,
    async [Symbol.asyncDispose]() {
      await stopOnce("SIGTERM");
      await Deno.remove(caFile);
    },
  };
}

async function run(...args: string[]) {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "mock_broker/cli.ts", ...args],
  });
  const { code, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

Deno.test("the command prints a URL, credentials and a CA file with which a client finds the guide's sessions", async () => {
  await using broker = await start();
  const value = (label: string) => new RegExp(`${label} +(\\S+)`).exec(broker.output)![1]!;
  using fetch = createTlsFetch({ ca: await Deno.readTextFile(broker.caFile) });
  const client = new SessionManagerClient({
    brokerUrl: value("broker on"),
    credentials: { clientId: value("client id"), clientSecret: value("client secret") },
    fetch,
  });
  const found = await client.describeSessions({
    SessionIds: ["SessionId1895", "SessionId1897"],
    Filters: [{ Key: "owner", Value: "an owner 1890" }, { Key: "tag:ram", Value: "4gb" }],
  });
  assertEquals(found.Sessions?.map(({ Id, State }) => [Id, State]), [
    ["SessionId1895", "READY"],
    ["SessionId1897", "READY"],
  ]);
});

Deno.test({
  name: "the curl command that is printed lists the sessions when it is pasted into a shell",
  // Windows has no POSIX shell to paste it into.
  ignore: Deno.build.os === "windows",
  async fn() {
    await using broker = await start();
    const script = broker.output.slice(broker.output.indexOf("curl "), broker.output.indexOf("Stop it"));
    const { code, stdout, stderr } = await new Deno.Command("sh", { args: ["-c", script] }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    assertStringIncludes(new TextDecoder().decode(stdout), '"Id":"SessionId1895"');
  },
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`the command stops cleanly on ${signal}`, async () => {
    await using broker = await start();
    assertEquals(await broker.stop(signal), 0);
  });
}

Deno.test("--help explains the options", async () => {
  const { code, stdout } = await run("--help");
  assertEquals(code, 0);
  assertMatch(stdout, /--port NUMBER .*8443/);
});

Deno.test("a wrong option is named, and the command exits 2", async () => {
  const port = await run("--port", "many");
  assertEquals([port.code, port.stderr.trim()], [
    2,
    "dcv-mock-broker: Option --port must be a port from 0 to 65535: many",
  ]);
  const unknown = await run("--prot", "1");
  assertEquals(unknown.code, 2);
  assertStringIncludes(unknown.stderr, "--prot");
});

Deno.test("a port in use is named, and the command exits 2", async () => {
  using listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const { port } = listener.addr as Deno.NetAddr;
  const { code, stderr } = await run("--port", String(port));
  assertEquals([code, stderr.trim()], [
    2,
    `dcv-mock-broker: Cannot listen on 127.0.0.1:${port}: another program listens there`,
  ]);
});

Deno.test("--no-tls serves plain HTTP", async () => {
  await using broker = await start("--no-tls");
  const url = /broker on (\S+)/.exec(broker.output)![1]!;
  assertMatch(url, /^http:/);
  const health = await fetch(`${url}/health`);
  await health.body?.cancel();
  assertEquals(health.status, 200);
});
