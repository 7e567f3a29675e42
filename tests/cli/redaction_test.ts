import { assertEquals } from "@std/assert";
import { Redaction } from "../../cli/contract/redaction.ts";

Deno.test("a report has no names, ids, addresses, tokens and URLs of the site", () => {
  const redaction = new Redaction();
  redaction.learn("ana");
  redaction.learnFrom(
    '{"Sessions":[{"Id":"s-1","Server":{"Hostname":"gpu-01","Tags":[{"Key":"x","Value":"secret lab"}]}}]}',
  );
  const texts = {
    "ana on gpu-01 in the secret lab": "<site> on <site> in the <site>",
    "10.0.0.7 is i-0abc1234567890def": "<address> is <instance>",
    "3f2504e0-4f89-41d3-9a0c-0305e82c3301": "<uuid>",
    "Bearer eyJhbGciOi.eyJzdWIi.c2ln": "Bearer <token>",
    "see https://broker.lab:8443/x": "see <url>",
  };
  for (const [text, expected] of Object.entries(texts)) assertEquals(redaction.applyTo(text), expected);
});

Deno.test("a report keeps its own words, whatever a site's names are part of", () => {
  const redaction = new Redaction();
  redaction.learn("ana", "is", "session.manager");
  assertEquals(
    redaction.applyTo("This is the session-manager's answer"),
    "This is the session-manager's answer",
  );
});
