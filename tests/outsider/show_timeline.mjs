// Shows a timeline with TimelineJS in a page without a screen, and prints what the page has.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { JSDOM } from "jsdom";

const require = createRequire(import.meta.url);
const script = require.resolve("@knight-lab/timelinejs/dist/js/timeline.js");
const { window } = new JSDOM('<div id="timeline" style="width:900px;height:600px"></div>', {
  url: "http://localhost/",
  runScripts: "outside-only",
  pretendToBeVisual: true,
});
window.console.log = () => {};
// jsdom has no layout, so nothing is ever in view.
window.IntersectionObserver = class {
  observe() {}
  disconnect() {}
};
window.text = readFileSync(process.argv[2], "utf-8");
window.eval(readFileSync(script, "utf-8"));
window.eval("timeline = new TL.Timeline('timeline', JSON.parse(text))");
const waiting = setInterval(() => {
  if (window.document.querySelector("#timeline .tl-slide") === null) return;
  clearInterval(waiting);
  const { config } = window.timeline;
  const shown = {
    errors: config.messages.errors.map(String),
    slides: config.events.map((event) => event.unique_id),
    images: window.document.querySelectorAll("#timeline img").length,
  };
  process.stdout.write(JSON.stringify(shown), () => process.exit(0));
}, 50);
