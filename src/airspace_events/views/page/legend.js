// The legend of the map.

/** @param {string} heading @param {[SVGElement, string][]} entries */
function legendGroup(heading, entries) {
  const entry = (/** @type {[SVGElement, string]} */ [sign, text]) =>
    h("li", {}, svgElement("svg", { viewBox: "-11 -11 22 22", width: 18, height: 18, "aria-hidden": "true" }, sign), text);
  return h("div", {}, h("h3", {}, heading), h("ul", {}, ...entries.map(entry)));
}

function makeLegend() {
  const marks = items.flatMap((item) => item.marks);
  const inKind = (/** @type {string} */ kind) =>
    svgElement("g", { "data-kind": kind }, svgElement("circle", { class: "swatch", r: 8 }));
  /** @type {[string, SVGElement, string][]} */
  const places = [
    ["circle", svgElement("circle", { class: "extent", r: 9 }), "within this circle"],
    ["fuzzy", svgElement("circle", { class: "extent fuzzy", r: 9 }), "somewhere in the region"],
    ["path", svgElement("path", { class: "extent area", d: "M-9-5L3-9L9 2L-2 9z" }), "line or area as reported"],
    ["state", svgElement("rect", { class: "badge", x: -10, y: -8, width: 20, height: 16, rx: 2 }), "somewhere in this state"],
  ];
  const occurringPlaces = places.filter(([as]) => marks.some((mark) => mark.as === as));
  const groups = [
    legendGroup("Colour: kind", page.kinds.map((kind) => [inKind(kind), kindWord(kind)])),
    ...(choices.status.length ? [legendGroup("Shape: status", choices.status.map((status) => [statusShape(status), statusWord(status)]))] : []),
  ];
  if (occurringPlaces.length) groups.push(legendGroup("Place", occurringPlaces.map(([, sign, text]) => [sign, text])));
  byId("legend").replaceChildren(...groups);
}
