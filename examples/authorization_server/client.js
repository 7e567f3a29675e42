import { SessionManagerClient } from "@dcvkit/session-manager";
import { optionsFromEnvironment } from "@dcvkit/session-manager/environment";

/** A client whose tokens come from DCV_SM_AUTH_SERVER_URL: the token endpoint of Keycloak, Cognito or another. */
export function createClient(environment, options = {}) {
  return new SessionManagerClient({
    brokerUrl: environment.DCV_SM_BROKER_URL,
    scope: environment.DCV_SM_SCOPE, // Cognito wants one: "dcv-session-manager/sm_scope"
    ...optionsFromEnvironment(environment),
    ...options,
  });
}
