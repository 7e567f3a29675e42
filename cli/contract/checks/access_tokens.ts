import assert from "node:assert/strict";
import { basic, type BrokerUnderTest, type RawRequest } from "../broker_under_test.ts";
import type { Section } from "../check.ts";

interface TokenAnswer {
  access_token: string;
  token_type: string;
  expires_in: number;
}

const FORM = { "Content-Type": "application/x-www-form-urlencoded" };

function request(broker: BrokerUnderTest, query: string, { headers, ...rest }: RawRequest = {}) {
  const authorization = { Authorization: basic(broker.credentials) };
  return broker.send<TokenAnswer>("POST", `/oauth2/token${query}`, {
    headers: { ...authorization, ...headers },
    ...rest,
  });
}

export const accessTokens: Section = {
  section: "Access tokens",
  checks: {
    "`POST /oauth2/token` with HTTP Basic and `grant_type=client_credentials` in the query gives `access_token`, `token_type` and `expires_in`":
      async (broker) => {
        const { body } = await request(broker, "?grant_type=client_credentials", { headers: FORM });
        const types = [typeof body.access_token, typeof body.token_type, typeof body.expires_in];
        assert.deepEqual(types, ["string", "string", "number"]);
      },
    "A form body may be empty, or be left out together with its content type": async (broker) => {
      const empty = await request(broker, "?grant_type=client_credentials", { headers: FORM, body: "" });
      const none = await request(broker, "?grant_type=client_credentials");
      assert.deepEqual([empty.status, none.status], [200, 200]);
    },
    "The grant may be in a form body instead": async (broker) => {
      const body = "grant_type=client_credentials";
      assert.equal((await request(broker, "", { headers: FORM, body })).status, 200);
    },
    "Credentials are taken from HTTP Basic only, not from form fields": async (broker) => {
      const { clientId, clientSecret } = broker.credentials;
      const body = new URLSearchParams({
        grant_type: "client_credentials",
        client_id: clientId,
        client_secret: clientSecret,
      });
      assert.equal((await broker.send("POST", "/oauth2/token", { body })).status, 401);
    },
    'Wrong credentials are `401 {"error":"invalid_client"}`': async (broker) => {
      const wrong = basic({ ...broker.credentials, clientSecret: "wrong" });
      const headers = { ...FORM, Authorization: wrong };
      const { status, body } = await request(broker, "?grant_type=client_credentials", { headers });
      assert.deepEqual([status, body.error], [401, "invalid_client"]);
    },
    "A missing grant is `invalid_request`, another one `unsupported_grant_type`, both with 400": async (
      broker,
    ) => {
      const missing = await request(broker, "", { headers: FORM });
      const other = await request(broker, "?grant_type=password", { headers: FORM });
      assert.deepEqual([missing.status, missing.body.error], [400, "invalid_request"]);
      assert.deepEqual([other.status, other.body.error], [400, "unsupported_grant_type"]);
    },
    "`token_type` is `bearer`, `expires_in` is 3600": async (broker) => {
      const { body } = await request(broker, "?grant_type=client_credentials", { headers: FORM });
      assert.deepEqual([body.token_type, body.expires_in], ["bearer", 3600]);
    },
  },
};
