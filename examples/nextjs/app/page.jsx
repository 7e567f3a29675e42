import { brokerClient } from "../lib/broker.js";

// What the broker says is new for each request.
export const dynamic = "force-dynamic";

export default async function Page() {
  const sessions = await brokerClient().listSessions().toArray();
  return (
    <main>
      <h1>Desktops</h1>
      <ul>
        {sessions.map(({ Id, Name, Owner, State }) => <li key={Id}>{`${Name} of ${Owner}: ${State}`}</li>)}
      </ul>
    </main>
  );
}
