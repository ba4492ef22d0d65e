"""How the page of a report looks: on paper, on a phone, in the dark."""

STYLE = """\
:root {
  color-scheme: light dark;
  --ink: #1c1c1c; --paper: #fff; --line: #c4c4c4; --soft: #f2f2f2;
  --error: #a8071a; --warning: #7a4b00; --info: #0b4f9e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e8e8e8; --paper: #161616; --line: #4a4a4a; --soft: #242424;
    --error: #ff8f8f; --warning: #f0bd62; --info: #8cc0ff;
  }
}
body {
  background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; margin: 0;
}
main { margin: 0 auto; max-width: 60rem; padding: 1rem; }
h1 { font-size: 1.5rem; }
h2 { font-size: 1.2rem; margin-top: 2rem; }
.verdict { font-size: 1.1rem; font-weight: bold; }
table { border-collapse: collapse; margin: 1rem 0; }
caption { font-weight: bold; padding: .25rem 0; text-align: start; }
th, td, li { overflow-wrap: anywhere; }
th, td {
  border: 1px solid var(--line); padding: .4rem .6rem; text-align: start; vertical-align: top;
}
thead th { background: var(--soft); }
.number { text-align: end; }
ol, ul { margin: .5rem 0; padding-inline-start: 1.4rem; }
li { margin-bottom: .6rem; }
li p, td p, th p { margin: 0; }
.message { font-weight: bold; }
.badge { font-size: .85rem; font-weight: bold; }
.error { color: var(--error); }
.warning { color: var(--warning); }
.info { color: var(--info); }
code { background: var(--soft); font-family: ui-monospace, monospace; padding: 0 .2rem; }
summary { cursor: pointer; padding: .5rem 0; }
@media (max-width: 40rem) {
  main { padding: .6rem; }
  th, td { padding: .3rem; }
}
"""
