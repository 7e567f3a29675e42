/** @jsxImportSource hono/jsx */
/**
 * The world as a whole: to save, to load, to hand on as a fleet file, to copy.
 *
 * @module
 */

import type { JSX } from "hono/jsx/jsx-runtime";
import { Action, Button, Field } from "../components.tsx";
import { linkTo, type View } from "../view.ts";

/** The view of the world. */
export function World({ view }: { view: View }): JSX.Element {
  const control = view.base.replace(/\/console$/, "");
  const stamp = new Date(view.now).toISOString().slice(0, 19).replaceAll(":", "-");
  return (
    <>
      <div class="cards pair">
        <section class="card" aria-labelledby="save">
          <h2 id="save">Save</h2>
          <p>
            <a class="button" href={`${control}/world`} download={`world-${stamp}.json`}>Save this world</a>
          </p>
          <p class="note">
            Everything that decides what happens next, as JSON, without secrets and without the journal.
            Loaded here or elsewhere, it goes on as if it had never stopped.
          </p>
          <p>
            <a class="button" href={`${control}/fleet.yaml`} download={`fleet-${stamp}.yaml`}>
              Export as fleet file
            </a>
          </p>
          <p class="note">
            The hosts and sessions as they are now, as YAML to edit, to share, and to start a broker with:
            {" "}
            <code>dcv-mock-broker --fleet fleet.yaml</code>
          </p>
        </section>
        <section class="card" aria-labelledby="load">
          <h2 id="load">Load</h2>
          <Action view={view} does="loadWorld" hasFiles class="row">
            <Field id="file" label="A saved world, or a fleet file">
              <input id="file" name="file" type="file" accept=".json,.yaml,.yml" required />
            </Field>
            <button type="submit">Load</button>
          </Action>
          <p class="note">
            Or drag the file onto this page. You are asked before it takes the place of this world.
          </p>
        </section>
      </div>
      <Forks view={view} />
    </>
  );
}

function Forks({ view }: { view: View }): JSX.Element {
  const { worlds, options } = view.broker;
  return (
    <section class="card" aria-labelledby="fork">
      <h2 id="fork">Worlds beside this one</h2>
      {options.worlds
        ? (
          <>
            <Action view={view} does="forkWorld" class="row">
              <Field id="world-name" label="Name of the copy">
                <input id="world-name" name="name" required pattern="[\w.\-]{1,64}" autocomplete="off" />
              </Field>
              <button type="submit">Copy this world</button>
            </Action>
            <ul class="plain worlds">
              {worlds.list().map((name) => <Fork view={view} name={name} />)}
            </ul>
          </>
        )
        : (
          <p class="note">
            A copy of this world would have a URL of its own. Start the broker with{" "}
            <code>--worlds</code>, or with the option <code>worlds: true</code>, to make some here.
          </p>
        )}
    </section>
  );
}

function Fork({ view, name }: { view: View; name: string }): JSX.Element {
  const base = view.base.replace(/\/_mock\/console$/, `/worlds/${encodeURIComponent(name)}`);
  return (
    <li id={`world-${name}`} class="row">
      <a href={linkTo({ ...view, base: `${base}/_mock/console` }, "")}>{name}</a>
      <code>{view.reached.origin + base}</code>
      <Button view={view} does="removeWorld" label="Remove" about={name} fields={{ name }} />
    </li>
  );
}
