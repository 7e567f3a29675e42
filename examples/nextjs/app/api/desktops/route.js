import { SessionManagerError } from "@dcvkit/session-manager";
import { brokerClient } from "../../../lib/broker.js";

/** Starts a desktop. Whoever says a name is believed: put your own sign-in here. */
export async function POST(request) {
  const { name, owner } = await request.json();
  try {
    const session = await brokerClient().createSession({ Name: name, Owner: owner, Type: "VIRTUAL" });
    return Response.json(session, { status: 201 });
  } catch (error) {
    if (!(error instanceof SessionManagerError)) throw error;
    const { message, code } = error;
    return Response.json({ error: message, code }, { status: error.status === 400 ? 400 : 502 });
  }
}
