/** @jsxImportSource hono/jsx */
/**
 * What the page says after a form was sent: what became of it, or a question before it does anything.
 *
 * @module
 */

import type { JSX } from "hono/jsx/jsx-runtime";
import { Action, Button } from "./components.tsx";
import { linkTo, type View } from "./view.ts";

/** The place of messages, which screen readers read when they change. */
export function Message({ view }: { view: View }): JSX.Element {
  const { message } = view;
  return (
    <div id="message" role="status">
      {message && (
        <div class={`toast ${message.isError ? "failure" : "success"}`}>
          <p>{message.text}</p>
          {message.undo !== undefined && (
            <Button view={view} does="undo" label="Undo" fields={{ change: message.undo }} />
          )}
          <a class="button" href={linkTo(view, view.path)} data-close>Close</a>
        </div>
      )}
    </div>
  );
}

/** The place of a question. Without scripts it stands in the page, with them in front of it. */
export function Question({ view }: { view: View }): JSX.Element {
  const { question } = view;
  return (
    <div id="question">
      {question && (
        <dialog open aria-labelledby="question-title" aria-describedby="question-text">
          <h2 id="question-title">{question.title}</h2>
          <p id="question-text">{question.text}</p>
          <Action view={view} does={question.does} class="row">
            {question.fields.map(([name, value]) => <input type="hidden" name={name} value={value} />)}
            <a class="button" href={linkTo(view, view.path)} data-close autofocus>Cancel</a>
            <button class="danger" type="submit" name="confirmed" value="yes">{question.yes}</button>
          </Action>
        </dialog>
      )}
    </div>
  );
}
