/**
 * The Dockerfile's own commands, with the packages from npm, in place of a container: `/app` and `/ca` are folders here.
 * CI builds the image itself and asks Docker about its health.
 *
 * @module
 */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { Installation, RUNTIMES } from "./installation.ts";

/** What the last stage of the Dockerfile says. */
interface Image {
  readonly entrypoint: readonly string[];
  readonly healthCheck: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly user: string;
}

async function readImage(): Promise<Image> {
  const stage = (await Deno.readTextFile("Dockerfile")).replaceAll("\\\n", " ").split(/^FROM /m).at(-1)!;
  const list = (pattern: RegExp) => JSON.parse(pattern.exec(stage)![1]!) as string[];
  const [, variables] = /^ENV (.*)$/m.exec(stage)!;
  return {
    entrypoint: list(/^ENTRYPOINT (\[.*\])$/m),
    healthCheck: list(/^HEALTHCHECK .* CMD (\[.*\])$/m),
    env: Object.fromEntries(
      variables!.trim().split(/\s+/).map((word) => word.split("=") as [string, string]),
    ),
    user: /^USER (.*)$/m.exec(stage)![1]!,
  };
}

const image = await readImage();

/** A container of the image, as near as it comes: on this machine alone, on a port of its own. */
class Container implements AsyncDisposable {
  private child: Deno.ChildProcess | undefined;

  private constructor(
    private readonly installation: Installation,
    private readonly node: string,
    readonly env: Readonly<Record<string, string>>,
  ) {}

  static async create(): Promise<Container> {
    const installation = await Installation.create();
    await Deno.copyFile("image/health.mjs", `${installation.folder}/health.mjs`);
    const node = (await installation.run([...RUNTIMES["Node 24"], "-p", "process.execPath"])).trim();
    const caFolder = `${installation.folder}/ca`;
    await Deno.mkdir(caFolder);
    // What may be written to is what is mounted there.
    const env = {
      ...image.env,
      DCV_MOCK_HOST: "127.0.0.1",
      DCV_MOCK_PORT: String(freePort()),
      DCV_MOCK_CA_FILE: `${caFolder}/ca.pem`,
    };
    return new Container(installation, node, env);
  }

  async isHealthy(): Promise<boolean> {
    return (await this.command(image.healthCheck).output()).success;
  }

  /** Starts it, with what follows the image's name, and waits until it says that it listens. */
  async start(...args: string[]): Promise<void> {
    this.child = this.command([...image.entrypoint, ...args]).spawn();
    let said = "";
    for await (
      const text of this.child.stdout.pipeThrough(new TextDecoderStream()).values({ preventCancel: true })
    ) {
      said += text;
      if (said.includes("Ctrl+C")) return;
    }
    throw new Error(said);
  }

  /** What `docker stop` does; the exit status. */
  async stop(): Promise<number> {
    this.child!.kill("SIGTERM");
    const { code } = await this.child!.status;
    this.child = undefined;
    return code;
  }

  private command([program, ...args]: readonly string[]): Deno.Command {
    assertEquals(program, "node");
    const here = args.map((word) => word.replace(/^\/app\//, `${this.installation.folder}/`));
    return new Deno.Command(this.node, {
      args: here,
      env: this.env,
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child) await this.stop();
    await this.installation[Symbol.asyncDispose]();
  }
}

/** A port that nobody listens on. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

Deno.test({
  name: "the image's health check and signals work, over HTTPS, over HTTP and with a certificate at fault",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using container = await Container.create();
    assertEquals(await container.isHealthy(), false, "before it runs");
    for (
      const options of [["--no-desktop"], ["--no-tls", "--no-desktop"], ["--certificate-fault", "expired"]]
    ) {
      await container.start(...options);
      assert(await container.isHealthy(), options.join(" "));
      assertEquals(await container.stop(), 0);
      assertEquals(await container.isHealthy(), false, "after it was stopped");
    }
    assertMatch(await Deno.readTextFile(container.env["DCV_MOCK_CA_FILE"]!), /BEGIN CERTIFICATE/);
  },
});

Deno.test("the image does not run as root, listens on all addresses, and leaves the control API off", () => {
  assertMatch(image.user, /^[1-9]\d*:[1-9]\d*$/);
  assertEquals(image.env["DCV_MOCK_HOST"], "0.0.0.0");
  assertEquals("DCV_MOCK_CONTROL" in image.env, false);
});
