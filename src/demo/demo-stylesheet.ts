/** The demo site's stylesheet: a serif broadsheet, and a sans-serif tabloid for the section "Your money". */
export const STYLE = `
:root {
  --ink: #1a1714; --soft: #5f574f; --line: #d9d2c7; --paper: #fbf8f3; --accent: #8a2432; --bar: #23201d; --bar-ink: #f3eee6;
  --serif: Charter, 'Bitstream Charter', 'Source Serif 4', 'Noto Serif', Cambria, Georgia, serif;
  --sans: 'Inter', 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif;
  --postbag-accent: #8a2432;
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #ece6dc; --soft: #a79d90; --line: #3a352f; --paper: #191715; --accent: #e58a94; --bar: #0f0e0d; --bar-ink: #d9d2c7;
    --postbag-accent: #e58a94;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 400 1.0625rem/1.55 var(--serif); }
body.tabloid { font-family: var(--sans); font-size: 1rem; --paper: #fff; --accent: #c4001a; --postbag-accent: #c4001a; }
@media (prefers-color-scheme: dark) {
  body.tabloid { --paper: #141414; --accent: #ff6b7a; --postbag-accent: #ff6b7a; }
}
a { color: inherit; text-decoration-color: var(--accent); text-underline-offset: 0.15em; }
a:hover { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; inset-inline-start: -999px; }
.skip:focus { inset-inline-start: 16px; top: 8px; background: var(--paper); padding: 8px 12px; z-index: 2; }

.bar { background: var(--bar); color: var(--bar-ink); font: 400 0.8125rem/1.4 var(--sans); display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; padding: 8px 24px; }
.bar p { margin: 0; flex: 1 1 16rem; }
.bar a { color: inherit; margin-inline-start: 12px; }
.bar :focus-visible { outline-color: var(--bar-ink); }
.choices { display: flex; flex-wrap: wrap; gap: 4px; }
.bar form { display: inline; }
.bar button { font: inherit; color: inherit; background: none; border: 1px solid #6b6359; border-radius: 4px; padding: 4px 10px; min-height: 28px; cursor: pointer; }
.bar .act { margin: 0; }
.bar button:hover { border-color: currentColor; }
.bar .who[aria-pressed='true'] { background: var(--bar-ink); color: #23201d; border-color: var(--bar-ink); }
@media (prefers-color-scheme: dark) { .bar .who[aria-pressed='true'] { color: #0f0e0d; } }

.masthead { max-width: 69rem; margin: 0 auto; padding: 24px 0 12px; border-bottom: 1px solid var(--ink); text-align: center; }
.nameplate { font: 700 2.5rem/1.1 var(--serif); letter-spacing: -0.01em; text-decoration: none; }
.masthead p { margin: 8px 0 0; font: 400 0.8125rem/1.4 var(--sans); color: var(--soft); }
.tabloid .masthead { text-align: left; border-bottom: 4px solid var(--accent); }
.tabloid .nameplate { font-family: var(--sans); font-weight: 800; }

main { max-width: 72rem; margin: 0 auto; padding: 24px; }
.section { margin: 0 0 8px; font: 600 0.75rem/1.3 var(--sans); letter-spacing: 0.08em; text-transform: uppercase; color: var(--accent); }
h1 { font-size: clamp(1.75rem, 1.3rem + 2vw, 2.75rem); line-height: 1.12; margin: 0 0 12px; letter-spacing: -0.015em; text-wrap: balance; font-weight: 700; }
.tabloid h1, .teaser.tabloid h2 { font-family: var(--sans); font-weight: 800; letter-spacing: -0.025em; }
h2 { font-size: 1.375rem; line-height: 1.2; margin: 0 0 8px; text-wrap: balance; }
h1 a, h2 a { text-decoration: none; }
.standfirst { font-size: 1.1875rem; line-height: 1.45; color: var(--soft); margin: 0 0 16px; max-width: 40em; text-wrap: pretty; }
.byline, .count { font: 400 0.875rem/1.4 var(--sans); color: var(--soft); }
.lead { padding-bottom: 24px; border-bottom: 1px solid var(--line); }
.lead h1 { max-width: 22em; }
.river { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 24px 32px; padding-top: 24px; }
.teaser p { margin: 0 0 8px; }
.teaser > p:not(.section) { color: var(--soft); font-size: 1rem; }

.story, .comments, .offer { max-width: 42rem; margin: 0 auto; }
.story p { text-wrap: pretty; }
.topics { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 8px; font: 400 0.8125rem/1.4 var(--sans); }
.topics button { font: inherit; color: inherit; background: none; border: 1px solid var(--line); border-radius: 4px; padding: 4px 8px; min-height: 28px; cursor: pointer; }
.topics button:hover { border-color: var(--accent); }
.beside { max-width: 42rem; margin: 32px auto 0; padding: 24px 0 0; border-top: 1px solid var(--ink); }
@media (min-width: 72rem) {
  main:has(.beside) { display: grid; grid-template-columns: minmax(0, 42rem) minmax(0, 20rem); gap: 0 48px; justify-content: center; max-width: 76rem; }
  main > .story, main > .comments { grid-column: 1; margin-inline: 0; width: 100%; }
  main > .beside { grid-column: 2; grid-row: 1 / span 3; align-self: start; margin: 0; padding: 0 0 0 24px; border-top: 0; border-left: 1px solid var(--line); font-size: 0.9375rem; }
}
.topics span { font-weight: 600; color: var(--accent); }
.comments { margin-top: 32px; padding-top: 24px; border-top: 1px solid var(--ink); }
@media (scripting: enabled) { postbag-comments:not(:defined) { display: block; min-height: 100vh; } }
.theme { max-width: 42rem; margin: 0 auto; display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 12px 24px; align-items: end; font: 400 0.875rem/1.4 var(--sans); }
.theme label { display: grid; gap: 4px; color: var(--soft); }
.theme select, .theme input { font: inherit; width: 100%; height: 36px; margin: 0; color: var(--ink); background: none; border: 1px solid var(--soft); border-radius: 4px; padding: 2px 8px; }
.theme select { background: var(--paper); }
.theme input[type='color'] { padding: 3px; }
.theme input[type='range'] { border: 0; padding: 0; accent-color: var(--accent); }
.theme .act { font-size: 0.875rem; padding: 8px 14px; min-height: 36px; margin: 0; }
.theme .parts { grid-column: 1 / -1; }
.theme textarea { box-sizing: border-box; width: 100%; margin: 0; padding: 8px 12px; border: 1px solid var(--soft); border-radius: 4px; background: none; color: var(--ink); font: 400 0.8125rem/1.5 ui-monospace, monospace; resize: vertical; }
.theme output { grid-column: 1 / -1; }
.theme pre { margin: 0; max-width: none; padding: 12px 16px; border: 1px solid var(--line); border-radius: 4px; color: var(--ink); }
.offer .buy, .act { font: 600 1rem/1.2 var(--sans); border: 0; border-radius: 4px; padding: 12px 20px; min-height: 44px; background: var(--accent); color: var(--paper); cursor: pointer; margin: 0 0 12px; }
.inbox .act { font-size: 0.875rem; padding: 8px 14px; min-height: 36px; margin-inline-end: 12px; }
.inbox form { font: 400 0.875rem/1.4 var(--sans); color: var(--soft); margin-bottom: 16px; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font: 400 0.875rem/1.4 var(--sans); }
th { text-align: left; font-weight: 600; color: var(--soft); }
th, td { padding: 8px 12px 8px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.number { text-align: right; font-variant-numeric: tabular-nums; padding-inline-end: 24px; }
td.empty { color: var(--soft); padding: 32px 0; text-align: center; }
code, pre { font: 400 0.8125rem/1.45 ui-monospace, 'DejaVu Sans Mono', Menlo, monospace; }
pre { margin: 8px 0 0; white-space: pre-wrap; overflow-wrap: anywhere; max-width: 34rem; }
pre.email { font-family: var(--sans); font-size: 0.9375rem; line-height: 1.5; margin-bottom: 12px; }
.from { margin: 8px 0 0; color: var(--soft); }
summary { cursor: pointer; }
.good { color: #1d6b3a; } .bad { color: #b3261e; font-weight: 600; }
@media (prefers-color-scheme: dark) { .good { color: #7fd19b; } .bad { color: #ff8a80; } }
.footer { max-width: 69rem; margin: 48px auto 0; padding: 16px 0 48px; border-top: 1px solid var(--line); font: 400 0.8125rem/1.5 var(--sans); color: var(--soft); }
@media (max-width: 72rem) { .masthead, .footer { margin-inline: 24px; } }
@media (max-width: 40rem) { .bar, main { padding-inline: 16px; } .masthead, .footer { margin-inline: 16px; } .nameplate { font-size: 2rem; } }
@media (prefers-reduced-motion: no-preference) { a, button { transition: color 120ms ease-out, border-color 120ms ease-out; } }
`;
