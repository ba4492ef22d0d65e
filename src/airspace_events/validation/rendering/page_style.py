"""The style sheet of the report page, with a light, a dark and a narrow layout."""

STYLE = """\
:root {
  color-scheme: light dark;
  --ink: #1c1c1c; --paper: #fff; --line: #c4c4c4; --soft: #f2f2f2; --faint: #5a5a5a;
  --error: #a8071a; --warning: #7a4b00; --info: #0b4f9e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e8e8e8; --paper: #161616; --line: #4a4a4a; --soft: #242424; --faint: #ababab;
    --error: #ff8f8f; --warning: #f0bd62; --info: #8cc0ff;
  }
}
body {
  background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; margin: 0;
}
main { margin: 0 auto; max-width: 60rem; padding: 1rem; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
h3 { font: bold 1rem/1.4 ui-monospace, monospace; margin: 0 0 .4rem; }
p { margin: .25rem 0; overflow-wrap: anywhere; }
.verdict { font-size: 1.1rem; font-weight: bold; }
.verdict + h2 { margin-top: 1rem; }
section { border-top: 1px solid var(--line); padding: .8rem 0; }
pre {
  background: var(--soft); font: .85rem/1.4 ui-monospace, monospace; margin: .4rem 0;
  overflow-x: auto; padding: .5rem;
}
a { color: inherit; }
.message, .caret { font-weight: bold; }
.place { color: var(--faint); font-size: .9rem; }
.meaning { margin: .5rem 0; }
.badge { font: bold .85rem/1.4 system-ui, sans-serif; white-space: nowrap; }
.error { color: var(--error); }
.warning { color: var(--warning); }
.info { color: var(--info); }
table { border-collapse: collapse; margin: 1rem 0; }
caption { font-weight: bold; padding: .25rem 0; text-align: start; }
th, td {
  border: 1px solid var(--line); padding: .4rem .6rem; text-align: start; vertical-align: top;
}
td, li { overflow-wrap: anywhere; }
thead th { background: var(--soft); }
.number { text-align: end; }
ol, ul { margin: .5rem 0; padding-inline-start: 1.4rem; }
li { margin-bottom: .6rem; }
code { background: var(--soft); font-family: ui-monospace, monospace; padding: 0 .2rem; }
summary { cursor: pointer; padding: .3rem 0; }
@media (max-width: 40rem) {
  main { padding: .6rem; }
  th, td { padding: .3rem; }
}
"""
