/**
 * The fixtures for pytest and JUnit, copied into a folder of their own as a user would. They need Python with venv and
 * PyPI, or a JDK with Maven and its repository; where one is missing, its tests are ignored and their names say why.
 *
 * @module
 */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { commandLine } from "../mock_broker/command.ts";

const decoder = new TextDecoder();

/** The command of this repository, in the words of the variable that the fixtures read. */
const MOCK_BROKER_COMMAND = [Deno.execPath(), ...commandLine()].map((word) => `"${word}"`).join(" ");

const PYTHON = Deno.build.os === "windows" ? "python" : "python3";
const MAVEN = Deno.build.os === "windows" ? "mvn.cmd" : "mvn";

/** How long a broker may go on after whoever started it was killed. */
const PATIENCE_MS = 20_000;

interface Outcome {
  readonly success: boolean;
  readonly output: string;
}

async function run(cwd: string, program: string, args: string[], env = {}): Promise<Outcome> {
  const command = new Deno.Command(program, {
    args,
    cwd,
    env: { MOCK_BROKER_COMMAND, NO_COLOR: "1", ...env },
  });
  const { success, stdout, stderr } = await command.output();
  return { success, output: decoder.decode(stdout) + decoder.decode(stderr) };
}

async function can(program: string, ...args: string[]): Promise<boolean> {
  return await run(".", program, args).then(({ success }) => success, () => false);
}

/** A new folder with a copy of one of the examples. */
async function copyOf(example: string): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "fixture_" });
  await copyFolder(`examples/testing/${example}`, folder);
  return folder;
}

async function copyFolder(source: string, target: string): Promise<void> {
  await Deno.mkdir(target, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(source)) {
    if (isDirectory) await copyFolder(`${source}/${name}`, `${target}/${name}`);
    else await Deno.copyFile(`${source}/${name}`, `${target}/${name}`);
  }
}

/** Starts tests of which one waits for ever after it has printed the broker's URL, kills them, and looks for the broker. */
async function assertBrokerEndsWithItsTests(folder: string, program: string, args: string[]): Promise<void> {
  const child = new Deno.Command(program, {
    args,
    cwd: folder,
    env: { MOCK_BROKER_COMMAND },
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let said = "";
  let port: number | undefined;
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    said += text;
    port = Number(/https:\/\/127\.0\.0\.1:(\d+)\/worlds\/\S+\s/.exec(said)?.[1]) || undefined;
    if (port !== undefined) break;
  }
  child.kill("SIGKILL");
  await child.status;
  assert(port !== undefined, said);
  const deadline = performance.now() + PATIENCE_MS;
  while (await listens(port)) {
    assert(performance.now() < deadline, "The broker lives on after its tests were killed");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function listens(port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    return true;
  } catch {
    return false;
  }
}

const python = await Deno.makeTempDir({ prefix: "python_" });
Deno.test.afterAll(() => Deno.remove(python, { recursive: true }));

/** Where the Python with pytest lies, made anew in a folder; `undefined` where that cannot be done. */
async function installPython(folder: string): Promise<string | undefined> {
  const bin = `${folder}/${Deno.build.os === "windows" ? "Scripts" : "bin"}`;
  const requirements = "examples/testing/python/requirements.txt";
  const isInstalled = await can(PYTHON, "-m", "venv", folder) &&
    await can(`${bin}/pip`, "install", "--quiet", "-r", requirements, "mypy==2.4.1", "types-requests");
  return isInstalled ? bin : undefined;
}

const bin = await installPython(python);

Deno.test({
  name: `the fixture for pytest is typed, and its tests pass${
    bin ? "" : " (no Python with venv, or no PyPI)"
  }`,
  ignore: bin === undefined,
  async fn() {
    const folder = await copyOf("python");
    for (const platform of ["linux", "win32"]) {
      const types = await run(folder, `${bin}/mypy`, ["--strict", "--platform", platform, "."]);
      assert(types.success, types.output);
    }
    const { success, output } = await run(folder, `${bin}/python`, ["-m", "pytest", "-q"]);
    assert(success, output);
    assertMatch(output, /5 passed/);
    await Deno.remove(folder, { recursive: true });
  },
});

Deno.test({
  name: "the broker ends with pytest, also when that is killed",
  ignore: bin === undefined,
  async fn() {
    const folder = await copyOf("python");
    const test =
      "import time\n\ndef test_forever(mock_broker):\n    print(mock_broker.url)\n    time.sleep(600)\n";
    await Deno.writeTextFile(`${folder}/test_forever.py`, test);
    const args = ["-u", "-m", "pytest", "-s", "test_forever.py"];
    await assertBrokerEndsWithItsTests(folder, `${bin}/python`, args);
    await Deno.remove(folder, { recursive: true });
  },
});

Deno.test({
  name: "the fixture for pytest shows what a command said that did not start",
  ignore: bin === undefined,
  async fn() {
    const folder = await copyOf("python");
    const env = { MOCK_BROKER_COMMAND: `${MOCK_BROKER_COMMAND} --fleet nowhere.yaml` };
    const { success, output } = await run(folder, `${bin}/python`, ["-m", "pytest", "-q", "-x"], env);
    assertEquals(success, false);
    assertMatch(
      output,
      /ended before it listened\. It said:\n.*dcv-mock-broker: Cannot read the fleet file/s,
    );
    await Deno.remove(folder, { recursive: true });
  },
});

Deno.test("the guide to tests in Python and Java shows the files of both folders, each to the letter", async () => {
  const guide = await Deno.readTextFile("docs/python_and_java.md");
  const files = [
    ...["conftest.py", "dcv_mock_broker.py", "test_desktop.py", "requirements.txt"].map((name) =>
      `python/${name}`
    ),
    ...["pom.xml", "src/test/java/MockBroker.java", "src/test/java/DesktopTest.java"].map((name) =>
      `java/${name}`
    ),
  ];
  for (const file of files) {
    const text = await Deno.readTextFile(`examples/testing/${file}`);
    assert(guide.includes(`\n${text}\`\`\`\n`), `docs/python_and_java.md shows another ${file}`);
  }
});

const hasMaven = await can("javac", "-version") && await can(MAVEN, "--version");

Deno.test({
  name: `the fixture for JUnit compiles without a warning, and its tests pass${
    hasMaven ? "" : " (no JDK or Maven)"
  }`,
  ignore: !hasMaven,
  async fn() {
    const folder = await copyOf("java");
    const { success, output } = await run(folder, MAVEN, ["-B", "test"]);
    assert(success, output);
    assertMatch(output, /Tests run: 5, Failures: 0, Errors: 0, Skipped: 0/);
    await Deno.remove(folder, { recursive: true });
  },
});

const FOREVER = `
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MockBroker.Extension.class)
class ForeverTest {
    @Test
    void forever(MockBroker mock) throws Exception {
        System.out.println(mock.url());
        Thread.sleep(600_000);
    }
}
`;

Deno.test({
  name: "the broker ends with the JVM, also when that is killed",
  ignore: !hasMaven || Deno.build.os === "windows",
  async fn() {
    const folder = await copyOf("java");
    await Deno.writeTextFile(`${folder}/src/test/java/ForeverTest.java`, FOREVER);
    // In one process, so that it is the one with the tests that is killed.
    const args = ["-q", "-B", "test", "-DforkCount=0", "-Dtest=ForeverTest"];
    await assertBrokerEndsWithItsTests(folder, MAVEN, args);
    await Deno.remove(folder, { recursive: true });
  },
});
