/**
 * What the portal looks like, in light and dark.
 *
 * @module
 */

export const STYLE = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f4f2ee, #121110);
  --card: light-dark(#ffffff, #1c1a18);
  --line: light-dark(#e2ddd4, #322e2a);
  --ink: light-dark(#211d18, #f1ede7);
  --soft: light-dark(#6a6259, #ada397);
  --accent: light-dark(#a2410f, #ffb38a);
  --on-accent: light-dark(#ffffff, #2b1204);
  --bad: light-dark(#a3211c, #ff9c92);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Open Sans", sans-serif;
  color: var(--ink); background: var(--page);
}
* { box-sizing: border-box; }
body { margin: 0; }
header {
  display: flex; justify-content: space-between; align-items: center; gap: 1rem; padding: .8rem 2rem;
  background: var(--card); border-bottom: 1px solid var(--line);
}
header form { display: flex; align-items: center; gap: .6rem; }
.brand { font-size: 1.25rem; font-weight: 800; letter-spacing: -.02em; color: var(--accent); text-decoration: none; }
main { max-width: 76rem; margin: 0 auto; padding: 1.5rem 2rem 4rem; }
h1 { font-size: 1.7rem; letter-spacing: -.02em; margin: .5rem 0 1rem; }
h2 { font-size: 1.35rem; letter-spacing: -.01em; margin: 2rem 0 .8rem; }
#sessions h2:first-of-type { margin-top: .6rem; font-size: 1.7rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
h3 { font-size: 1.05rem; margin: 0; overflow-wrap: anywhere; }
p { margin: .4rem 0; }
.soft { color: var(--soft); font-size: .93rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
button, .button, select, input {
  font: inherit; color: inherit; min-height: 2.5rem; padding: .35rem 1rem; border-radius: 9px;
  border: 1px solid var(--line); background: var(--card);
}
button, .button { cursor: pointer; font-weight: 600; }
.button { display: inline-block; background: var(--accent); border-color: var(--accent); color: var(--on-accent); text-decoration: none; }
button.plain { border: 0; color: var(--soft); background: none; }
button.danger { color: var(--bad); }
.avatar {
  display: inline-grid; place-items: center; width: 2rem; height: 2rem; border-radius: 50%; font-weight: 700;
  background: var(--accent); color: var(--on-accent); text-transform: uppercase;
}
.narrow { max-width: 30rem; margin: 10vh auto; text-align: center; }
.people { display: flex; flex-direction: column; gap: .7rem; }
.people button { display: flex; align-items: center; gap: .8rem; padding: .7rem 1rem; text-align: left; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr)); gap: 1.3rem; }
article {
  background: var(--card); border: 1px solid var(--line); border-radius: 16px; overflow: hidden;
  box-shadow: 0 1rem 2rem -1.6rem light-dark(#3d250f88, #000);
}
article img, .screen { display: block; width: 100%; height: auto; aspect-ratio: 8 / 5; }
.screen {
  display: flex; flex-direction: column; justify-content: center; align-items: center; gap: .6rem; padding: 1rem;
  text-align: center; background: light-dark(#ece7df, #25211d); font-weight: 600;
}
.screen.failed { color: var(--bad); }
progress { width: 60%; accent-color: var(--accent); }
.about { padding: 1rem 1.1rem 1.1rem; display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; }
.about h3, .about .soft { flex-basis: 100%; margin: 0; }
.about form { margin: 0; }
details[open] { flex-basis: 100%; order: 1; }
summary { cursor: pointer; padding: .45rem .8rem; font-weight: 600; }
details form { display: flex; flex-wrap: wrap; gap: .5rem; }
details ul { margin: .3rem 0 .6rem; padding-left: 1.2rem; }
.start form {
  display: flex; flex-wrap: wrap; gap: 1rem; align-items: end; padding: 1.2rem; border-radius: 16px;
  background: var(--card); border: 1px solid var(--line);
}
label { display: flex; flex-direction: column; gap: .2rem; font-size: .93rem; color: var(--soft); }
label input, label select { color: var(--ink); font-size: 1rem; }
label.box { flex-direction: row; align-items: center; gap: .5rem; min-height: 2.5rem; }
label.box input { width: 1.2rem; min-height: 1.2rem; accent-color: var(--accent); }
`;
