/**
 * The fixtures for pytest and JUnit, copied into a folder of their own as a user would. They need Python with venv and
 * PyPI, or a JDK with Maven and its repository; where one is missing, its tests are ignored and their names say why.
 *
 * @module
 */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { commandLine } from "../mock_broker/command.ts";
import { blocksOf } from "./blocks.ts";

const GUIDE = "docs/python_and_java.md";

/** The command of this repository, in the words of the variable that the fixtures read. */
const MOCK_BROKER_COMMAND = [Deno.execPath(), ...commandLine()].map((word) => `"${word}"`).join(" ");

const isWindows = Deno.build.os === "windows";
const BIN = isWindows ? ".venv\\Scripts" : ".venv/bin";

/** How long a broker may go on after whoever started it was killed. */
const PATIENCE_MS = 20_000;

/** A program, and its arguments. */
type Command = readonly [program: string, ...args: string[]];

/** What the guide has the reader type, for each language, in the words of this system. */
const [forPython = [], [maven] = []] = (await blocksOf(GUIDE))
  .filter(({ language, runBy }) => language === "sh" && runBy !== undefined)
  .map(({ text }) => text.trim().split("\n").map(commandOf));

function commandOf(line: string): Command {
  const here = isWindows
    ? line.replace("python3", "py").replace(".venv/bin", BIN).replace("mvn", "mvn.cmd")
    : line;
  const [program = "", ...args] = here.split(" ");
  return [program, ...args];
}

interface Outcome {
  readonly success: boolean;
  readonly output: string;
}

function run(cwd: string, ...command: Command): Promise<Outcome> {
  return runWith(MOCK_BROKER_COMMAND, cwd, ...command);
}

async function runWith(mock: string, cwd: string, ...[program, ...args]: Command): Promise<Outcome> {
  const { success, stdout, stderr } = await new Deno.Command(within(cwd, program), {
    args,
    cwd,
    env: { MOCK_BROKER_COMMAND: mock, NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return { success, output: decoder.decode(stdout) + decoder.decode(stderr) };
}

/** A program that is named by its path is one in the folder. */
function within(folder: string, program: string): string {
  return program.startsWith(".") ? `${folder}/${program}` : program;
}

async function can(cwd: string, ...command: Command): Promise<boolean> {
  return await run(cwd, ...command).then(({ success }) => success, () => false);
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
async function assertBrokerEndsWithItsTests(folder: string, ...[program, ...args]: Command): Promise<void> {
  const child = new Deno.Command(within(folder, program), {
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

const python = await copyOf("python");
Deno.test.afterAll(() => Deno.remove(python, { recursive: true }));

/** Does what the guide has the reader do in a folder, but for the last command, the tests. */
async function setUpPython(): Promise<boolean> {
  for (const command of forPython.slice(0, -1)) {
    if (!await can(python, ...command)) return false;
  }
  return await can(python, `${BIN}/pip`, "install", "--quiet", "mypy==2.4.1", "types-requests");
}

const hasPython = await setUpPython();

Deno.test({
  name: `the fixture for pytest is typed, and its tests pass${
    hasPython ? "" : " (no Python with venv, or no PyPI)"
  }`,
  ignore: !hasPython,
  async fn() {
    for (const platform of ["linux", "win32"]) {
      const types = await run(
        python,
        `${BIN}/mypy`,
        "--strict",
        "--platform",
        platform,
        ".",
        "--exclude",
        "venv",
      );
      assert(types.success, types.output);
    }
    const { success, output } = await run(python, ...forPython.at(-1)!);
    assert(success, output);
    assertMatch(output, /5 passed/);
  },
});

Deno.test({
  name: "the broker ends with pytest, also when that is killed",
  ignore: !hasPython,
  async fn() {
    const test =
      "import time\n\ndef test_forever(mock_broker):\n    print(mock_broker.url)\n    time.sleep(600)\n";
    await Deno.writeTextFile(`${python}/forever.py`, test);
    await assertBrokerEndsWithItsTests(python, `${BIN}/python`, "-u", "-m", "pytest", "-s", "forever.py");
  },
});

Deno.test({
  name: "the fixture for pytest shows what a command said that did not start",
  ignore: !hasPython,
  async fn() {
    const command = `${MOCK_BROKER_COMMAND} --fleet nowhere.yaml`;
    const { success, output } = await runWith(command, python, `${BIN}/python`, "-m", "pytest", "-q", "-x");
    assertEquals(success, false);
    assertMatch(
      output,
      /ended before it listened\. It said:\n.*dcv-mock-broker: Cannot read the fleet file/s,
    );
  },
});

Deno.test("the guide to tests in Python and Java shows the files of both folders, each to the letter", async () => {
  const guide = await Deno.readTextFile(GUIDE);
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

const hasMaven = await can(".", "javac", "-version") && await can(".", maven![0], "--version");

Deno.test({
  name: `the fixture for JUnit compiles without a warning, and its tests pass${
    hasMaven ? "" : " (no JDK or Maven)"
  }`,
  ignore: !hasMaven,
  async fn() {
    const folder = await copyOf("java");
    const { success, output } = await run(folder, ...maven!);
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
  ignore: !hasMaven || isWindows,
  async fn() {
    const folder = await copyOf("java");
    await Deno.writeTextFile(`${folder}/src/test/java/ForeverTest.java`, FOREVER);
    // In one process, so that it is the one with the tests that is killed.
    const options = ["-q", "-DforkCount=0", "-Dtest=ForeverTest"];
    await assertBrokerEndsWithItsTests(folder, ...maven!, ...options);
    await Deno.remove(folder, { recursive: true });
  },
});
