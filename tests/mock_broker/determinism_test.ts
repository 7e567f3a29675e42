import { assert, assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { type Action, action, answersOf, createBroker } from "./history/any_history.ts";

/** A history in which everything happens, often: the same one each time, so that what it shows does not depend on luck. */
const [LONG_HISTORY] = fc.sample(fc.array(action, { minLength: 1000, maxLength: 1000 }), {
  seed: 1895,
  numRuns: 1,
}) as [Action[]];

Deno.test("brokers with one seed, one clock and the same calls give the same answers to the last byte", async () => {
  const answers = await answersOf(createBroker(7), LONG_HISTORY);
  assertEquals(await answersOf(createBroker(7), LONG_HISTORY), answers);
});

Deno.test("brokers with one seed give the same answers to any history", async () => {
  const histories = fc.array(action, { maxLength: 60, size: "max" });
  await fc.assert(
    fc.asyncProperty(fc.integer(), histories, async (seed, history) => {
      assertEquals(
        await answersOf(createBroker(seed), history),
        await answersOf(createBroker(seed), history),
      );
    }),
    { numRuns: 30 },
  );
});

Deno.test("a long history has each kind of answer in it", async () => {
  const text = (await answersOf(createBroker(7), LONG_HISTORY)).join("\n");
  for (
    const kind of ["ConnectionToken", "Images", "access_token", "NextToken", "UNKNOWN", "DELETED", "error"]
  ) {
    assert(text.includes(kind), kind);
  }
});

Deno.test("a broker gives the same answers again after reset()", async () => {
  const broker = createBroker(7);
  const answers = await answersOf(broker, LONG_HISTORY);
  broker.reset();
  assertEquals(await answersOf(broker, LONG_HISTORY), answers);
});

Deno.test("another seed gives other ids, secrets and durations", async () => {
  const [one, other] = await Promise.all([7, 8].map((seed) => answersOf(createBroker(seed), LONG_HISTORY)));
  assertNotEquals(one![0], other![0]);
  const successes = (answers: string[]) => answers.filter((answer) => answer.startsWith("[200"));
  const shared = new Set(successes(one!)).intersection(new Set(successes(other!)));
  assertEquals([...shared], []);
});
