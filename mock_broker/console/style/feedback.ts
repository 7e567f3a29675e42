/**
 * Messages and questions, in front of all else: they move nothing.
 *
 * @module
 */

/** As CSS. */
export const FEEDBACK = `
#message {
  position: fixed; z-index: 4; inset: auto 0 1rem; margin: 0 auto; width: max-content; max-width: min(40rem, 100% - 1.5rem);
}
.toast {
  display: flex; flex-wrap: wrap; align-items: center; gap: .3rem .8rem; padding: .5rem .8rem; border-radius: 8px;
  background: var(--surface); border: 1px solid var(--line); border-left: 5px solid var(--good);
  box-shadow: 0 .4rem 1.6rem light-dark(#1a213055, #000000aa);
}
.toast.failure { border-left-color: var(--bad); }
.toast p { flex: 1 1 12rem; margin: 0; max-height: 40vh; overflow: auto; overflow-wrap: anywhere; white-space: pre-line; }
.toast button, .toast .button { min-height: 1.9rem; padding: .1rem .6rem; }
dialog {
  width: min(32rem, 100% - 1.5rem); padding: 1.1rem 1.3rem; color: inherit; background: var(--surface);
  border: 1px solid var(--line); border-radius: 12px; overflow-wrap: anywhere;
  box-shadow: 0 1rem 3rem light-dark(#1a213066, #000000cc);
}
dialog[open]:not(:modal) { position: fixed; z-index: 5; top: 20vh; }
dialog::backdrop { background: #0b0e1499; }
dialog .row { justify-content: end; margin-bottom: 0; }
.dragging::after {
  content: "Drop the file to load it"; position: fixed; inset: .6rem; z-index: 6; display: grid; place-items: center;
  font-size: 1.3rem; background: #0b0e14cc; color: #ffffff; border: 3px dashed; border-radius: 14px; pointer-events: none;
}
@media (max-width: 46rem) {
  dialog .row > * { width: 100%; text-align: center; }
}
@media (prefers-reduced-motion: no-preference) {
  .toast { animation: rise .18s ease-out; }
  @keyframes rise { from { transform: translateY(.6rem); opacity: 0; } }
}
`;
