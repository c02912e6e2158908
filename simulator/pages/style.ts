/** Grey, so that the simulator does not look like the shop. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#2b3644"/><path d="M8 11h16M8 16h16M8 21h9" stroke="#ffd45e" stroke-width="3" stroke-linecap="round"/></svg>`;

export const style = `
:root {
  color-scheme: light dark;
  --ground: #e9edf2; --card: #ffffff; --ink: #16202b; --second: #47566a; --line: #c9d3de; --edge: #66768a;
  --accent: #1d4f80; --on-accent: #ffffff; --tint: #e3edf7;
  --good: #17603f; --good-tint: #def1e6; --warn: #7a4a00; --warn-tint: #fbeccb; --bad: #9b2119; --bad-tint: #fbe3e0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #11161c; --card: #1a212a; --ink: #e9eef4; --second: #a9b7c6; --line: #333f4d; --edge: #8393a5;
    --accent: #8fc4f5; --on-accent: #0b1a29; --tint: #20303f;
    --good: #7fd8a8; --good-tint: #163226; --warn: #f2c26b; --warn-tint: #382b12; --bad: #ff9d92; --bad-tint: #3d1f1c;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
.ribbon {
  display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; padding: .5rem 1rem;
  color: #fff; background: #2b3644;
  background-image: repeating-linear-gradient(135deg, transparent 0 14px, rgb(255 255 255 / .06) 14px 28px);
  border-bottom: 3px solid #ffd45e; font-size: .875rem;
}
.ribbon b { letter-spacing: .14em; color: #ffd45e; }
header, main { max-width: 72rem; margin: 0 auto; padding: 0 1rem; }
header { display: flex; flex-wrap: wrap; gap: 0 1.5rem; align-items: center; justify-content: space-between; padding-top: .5rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0 .25rem; list-style: none; margin: 0; padding: 0; }
nav a { display: inline-flex; align-items: center; min-height: 44px; padding: 0 .75rem; border-radius: 8px; color: var(--ink); text-decoration: none; font-weight: 600; }
nav a:hover { background: var(--line); }
nav a[aria-current] { background: var(--accent); color: var(--on-accent); }
.clock-line { margin: 0; color: var(--second); font-variant-numeric: tabular-nums; font-size: .9rem; }
main { padding-bottom: 4rem; }
h1 { font-size: clamp(1.5rem, 5vw, 2rem); line-height: 1.2; margin: 1.25rem 0 .75rem; }
h2 { font-size: 1.15rem; line-height: 1.3; margin: 0 0 .5rem; }
h3 { font-size: 1rem; margin: 0; }
h3.apart { margin-top: 1rem; }
p { margin: 0 0 .75rem; }
a { color: var(--accent); text-underline-offset: 3px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.lead { max-width: 46rem; color: var(--second); }
.grid { display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 52rem) { .grid.two { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); align-items: start; } }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1rem; margin-bottom: 1rem; min-width: 0; }
.grid > .card { margin-bottom: 0; }
.narrow { max-width: 30rem; }
.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.spread { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; justify-content: space-between; }
.list { list-style: none; margin: 0; padding: 0; }
.list > li { padding: .75rem 0; border-top: 1px solid var(--line); }
.list > li:first-child { border-top: 0; padding-top: 0; }
.list .row, .card form + .small, .card .row + .small { margin-top: .6rem; }
.small { font-size: .875rem; color: var(--second); }
.code { font-variant-numeric: tabular-nums; font-weight: 700; font-size: 1.1rem; letter-spacing: .02em; overflow-wrap: anywhere; }
.amount { font-variant-numeric: tabular-nums; font-weight: 700; white-space: nowrap; }
.big { font-size: clamp(1.75rem, 8vw, 2.5rem); line-height: 1.15; }
.wrap { overflow-wrap: anywhere; }
.whole { display: inline-block; max-width: 100%; overflow-wrap: anywhere; }
button, .button {
  display: inline-flex; align-items: center; justify-content: center; min-height: 44px; padding: .4rem 1rem;
  font: inherit; font-weight: 600; border-radius: 8px; border: 1px solid var(--edge);
  background: var(--card); color: var(--ink); cursor: pointer; text-decoration: none;
}
button:hover, .button:hover { background: var(--tint); }
button.main, .button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button.main:hover, .button.main:hover { filter: brightness(1.1); }
button.danger { color: var(--bad); border-color: var(--bad); }
button.wide { width: 100%; min-height: 52px; font-size: 1.05rem; }
button[aria-pressed="true"] { background: var(--tint); border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
form { margin: 0; }
label, legend { font-weight: 600; }
fieldset { border: 0; margin: 0 0 1rem; padding: 0; min-width: 0; }
legend { padding: 0; margin-bottom: .35rem; }
.field { margin-bottom: .75rem; min-width: 0; }
.field label { display: block; margin-bottom: .25rem; }
.field .small { display: block; font-weight: 400; }
input[type="text"], input[type="number"], select {
  width: 100%; min-height: 44px; padding: .4rem .7rem; font: inherit; color: var(--ink);
  background: var(--card); border: 1px solid var(--edge); border-radius: 8px;
}
input.digits { font-size: 1.35rem; font-variant-numeric: tabular-nums; letter-spacing: .04em; }
input[type="checkbox"], input[type="radio"] { width: 1.25rem; height: 1.25rem; margin: 0; accent-color: var(--accent); flex: none; }
.choice { display: flex; gap: .6rem; align-items: center; min-height: 44px; padding: .3rem .75rem; border: 1px solid var(--edge); border-radius: 8px; font-weight: 600; cursor: pointer; }
.choice:has(:checked) { background: var(--tint); border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.choices { display: grid; gap: .5rem; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); }
.fields { display: grid; gap: 0 1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 13rem), 1fr)); }
.tag { display: inline-block; padding: .05rem .55rem; border-radius: 99px; font-size: .8125rem; font-weight: 700; border: 1px solid currentColor; color: var(--second); }
.tag.good { color: var(--good); background: var(--good-tint); }
.tag.warn { color: var(--warn); background: var(--warn-tint); }
.tag.bad { color: var(--bad); background: var(--bad-tint); }
.notice { border-left: 4px solid var(--edge); background: var(--tint); padding: .75rem 1rem; border-radius: 0 8px 8px 0; margin-bottom: 1rem; }
.notice p:last-child { margin: 0; }
.notice.good { border-color: var(--good); background: var(--good-tint); }
.notice.warn { border-color: var(--warn); background: var(--warn-tint); }
.notice.bad { border-color: var(--bad); background: var(--bad-tint); }
dl.pairs { margin: 0 0 .75rem; }
dl.pairs > div { display: flex; gap: 1rem; justify-content: space-between; padding: .3rem 0; border-bottom: 1px dotted var(--line); }
dl.pairs dt { color: var(--second); }
dl.pairs dd { margin: 0; text-align: right; min-width: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.receipt { font-family: ui-monospace, "SFMono-Regular", "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: clamp(.75rem, 3.4vw, .9rem); background: var(--card); border: 1px solid var(--line); border-top: 6px double var(--edge); border-bottom: 6px double var(--edge); padding: 1rem; margin-bottom: 1rem; }
.receipt h2 { text-align: center; font-size: 1.1em; margin: 0; }
.receipt .middle { text-align: center; }
.receipt .footer { white-space: pre-wrap; text-align: center; margin: .75rem 0 0; font: inherit; font-size: min(1em, 3.1vw); }
details > summary { min-height: 44px; display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center; cursor: pointer; }
details > summary::before { content: "+"; font-weight: 700; width: 1ch; }
details[open] > summary::before { content: "\\2212"; }
pre.wire { overflow-x: auto; background: var(--ground); border: 1px solid var(--line); border-radius: 8px; padding: .75rem; font: .8125rem/1.45 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; margin: 0 0 .75rem; }
.method { font-weight: 700; min-width: 4ch; }
summary .target { flex: 1 1 12rem; min-width: 0; overflow-wrap: anywhere; }
.pair-of-buttons { display: grid; gap: .5rem; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); margin-bottom: .75rem; }
.switch { display: grid; gap: .25rem 1rem; grid-template-columns: minmax(0, 1fr); padding: .6rem 0; border-top: 1px solid var(--line); align-items: center; }
@media (min-width: 44rem) { .switch { grid-template-columns: minmax(0, 1fr) 13rem; } }
.switch.changed { border-left: 4px solid var(--warn); padding-left: .75rem; }
.switch label { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .875rem; overflow-wrap: anywhere; }
.switch .hit { display: flex; align-items: center; gap: .6rem; min-height: 44px; }
.sticky { position: sticky; bottom: 0; background: var(--card); border-top: 1px solid var(--line); padding: .75rem 0 .25rem; }
@media (forced-colors: active) { .tag, .card, button { border: 1px solid CanvasText; } nav a[aria-current] { outline: 2px solid Highlight; } }
`;
