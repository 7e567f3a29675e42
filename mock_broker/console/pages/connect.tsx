/** @jsxImportSource hono/jsx */
/**
 * All that a program needs to talk to this broker.
 *
 * @module
 */

import type { JSX } from "hono/jsx/jsx-runtime";
import { Action, Copy } from "../components.tsx";
import { CA_FILE, type Snippet, snippets } from "../snippets.ts";
import type { View } from "../view.ts";

/** The view for those who connect a program. The secret is shown only in the answer to the form that asks for it. */
export function Connect({ view }: { view: View }): JSX.Element {
  const { reached: { url, ca }, broker, isRevealed = false } = view;
  const { clientId, clientSecret } = broker.credentials;
  const hasOwnCa = ca !== undefined && url.startsWith("https:");
  const texts = snippets({
    url,
    clientId,
    clientSecret: isRevealed ? clientSecret : "the secret, see above",
    hasOwnCa,
  });
  return (
    <>
      <section class="card" aria-labelledby="where">
        <h2 id="where">Where, and as whom</h2>
        <dl class="facts">
          <dt>Broker URL</dt>
          <dd>
            <code id="broker-url">{url}</code> <Copy from="broker-url" what="broker URL" />
          </dd>
          {hasOwnCa && (
            <>
              <dt>CA certificate</dt>
              <dd>
                <a href={`${view.base}/${CA_FILE}`} download={CA_FILE}>Download {CA_FILE}</a>
                <span class="note">
                  {" "}Programs have to trust it. It is no secret; the command prints where it lies, too.
                </span>
              </dd>
            </>
          )}
          <dt>Client id</dt>
          <dd>
            <code id="client-id">{clientId}</code> <Copy from="client-id" what="client id" />
          </dd>
          <dt>Client secret</dt>
          <dd id="secret" data-kept={isRevealed || undefined}>
            {isRevealed
              ? (
                <>
                  <code id="client-secret">{clientSecret}</code>{" "}
                  <Copy from="client-secret" what="client secret" />
                </>
              )
              : (
                <Action view={view} does="reveal">
                  <button type="submit">Show the secret</button>
                </Action>
              )}
          </dd>
        </dl>
      </section>
      <div class="cards pair">
        {texts.map((snippet) => <Card snippet={snippet} isKept={isRevealed} />)}
      </div>
    </>
  );
}

/** What holds the secret stays as it is while updates come, which do not have it. */
function Card({ snippet: { id, title, text }, isKept }: { snippet: Snippet; isKept: boolean }): JSX.Element {
  return (
    <section class="card" aria-labelledby={`${id}-title`} data-kept={isKept || undefined}>
      <div class="head">
        <h2 id={`${id}-title`}>{title}</h2>
        <Copy from={id} what={title} />
      </div>
      <pre id={id} tabindex={0}>{text}</pre>
    </section>
  );
}
