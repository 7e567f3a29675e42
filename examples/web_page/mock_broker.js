import { MockBroker } from "@dcvkit/mock-broker";

/** A plugin for Vite: the mock at /broker of the development server. No second process, no CORS, no certificate. */
export function mockBroker() {
  const broker = new MockBroker({
    clock: { speed: 20 },
    // Your back end adds the access token; here nobody has to.
    properties: { "enable-authorization": false },
  });
  return {
    name: "mock-broker",
    configureServer({ middlewares }) {
      middlewares.use("/broker", async (request, response) => {
        const chunks = [];
        for await (const chunk of request) chunks.push(chunk);
        const answer = await broker.fetch(broker.url + request.url, {
          method: request.method,
          headers: { "Content-Type": "application/json" },
          ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
        });
        response.writeHead(answer.status, Object.fromEntries(answer.headers));
        response.end(Buffer.from(await answer.arrayBuffer()));
      });
    },
  };
}
