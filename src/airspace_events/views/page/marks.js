// The marks of the map: spots, clusters, lines and areas.

const FUZZY_RADIUS = 13;
const MOST_PATHS_BELOW = 300;
const SMALLEST_PATH_BELOW = 8; // pixels

/** @type {Map<string, Drawn>} */
const drawn = new Map();

/** Shapes of the status, about 14 pixels wide. @type {Record<string, string>} */
const SHAPES = {
  confirmed: "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0z",
  reported: "M-6-6h12v12h-12z",
  suspected: "M0-8l8 14h-16z",
  disputed: "M0-8.5l8 8.5l-8 8.5l-8-8.5z",
  doubtful: "M0-7.5l7 7.5l-7 7.5l-7-7.5z",
  discounted: "M-6-6L6 6M6-6L-6 6",
  "": "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
};
const HOLLOW = ["doubtful", "discounted", ""];

/** @param {string} status */
function statusShape(status) {
  const d = SHAPES[status] ?? SHAPES[""];
  const isHollow = HOLLOW.includes(status) || !(status in SHAPES);
  return svgElement(
    "g",
    { class: isHollow ? "hollow" : "filled" },
    svgElement("path", { class: "halo", d }),
    svgElement("path", { class: "shape", d }),
  );
}

/** @param {Cluster} cluster @returns {Drawn} */
function drawCluster(cluster) {
  const [spot] = cluster.spots;
  const [item] = cluster.items;
  const element = svgElement("g", { class: "mark", role: "button", tabindex: -1, "data-kind": item.kinds[0] ?? "" });
  let scale = (/** @type {number} */ _k) => {};
  if (cluster.spots.length > 1) {
    element.classList.add("cluster");
    drawNumber(element, shortNumber(cluster.items), "circle");
  } else if (spot.mark.as === "state") {
    element.classList.add("state");
    drawNumber(element, shortNumber(cluster.items), "rect");
  } else if (spot.mark.as === "circle") {
    const circle = svgElement("circle", { class: "extent" });
    element.append(circle);
    scale = (k) => circle.setAttribute("r", String(Math.max(6, (spot.mark.r ?? 0) * k)));
  } else if (spot.mark.as === "fuzzy") {
    element.append(svgElement("circle", { class: "extent fuzzy", r: FUZZY_RADIUS }));
  } else if (spot.mark.as === "path") {
    const [hit, path] = pathShapes(spot.mark);
    element.append(hit, path);
    scale = (k) => {
      for (const one of [hit, path]) one.setAttribute("transform", `scale(${k}) translate(${-spot.x} ${-spot.y})`);
    };
  } else {
    element.append(svgElement("circle", { class: "hit", r: 12 }), statusShape(item.status));
  }
  element.setAttribute("aria-label", describe(cluster));
  if (cluster.items.length === 1) {
    element.dataset.status = item.status;
    element.classList.toggle("possible-mark", spot.isPossible);
    element.classList.toggle("elsewhere", !spot.mark.here);
    element.classList.toggle("selected", item.id === store.state.incident);
  }
  element.addEventListener("click", (event) => openCluster(cluster, event.detail === 0));
  element.addEventListener("keydown", (event) => moveAmongMarks(event, cluster));
  element.addEventListener("pointerenter", () => showTip(cluster));
  element.addEventListener("pointerleave", hideTipSoon);
  element.addEventListener("focus", () => showTip(cluster));
  element.addEventListener("blur", hideTipSoon);
  return { element, scale, at: [0, 0] };
}

/** @param {Mark} mark */
function pathShapes(mark) {
  const d = mark.d ?? "";
  return [
    svgElement("path", { class: mark.isArea ? "hit area" : "hit", d }),
    svgElement("path", { class: mark.isArea ? "extent area" : "extent", d }),
  ];
}

/** @param {SVGGElement} element @param {string} number @param {"circle" | "rect"} shape */
function drawNumber(element, number, shape) {
  const digits = number.length;
  const radius = digits ? Math.min(24, 12 + 3 * digits) : 7;
  const [width, height] = digits ? [16 + 8 * digits, 24] : [12, 12];
  element.append(
    shape === "circle"
      ? svgElement("circle", { class: "badge", r: radius })
      : svgElement("rect", { class: "badge", x: -width / 2, y: -height / 2, width, height, rx: 3 }),
    svgElement("circle", { class: "hit", r: 12 }),
    svgElement("text", { class: "number", dy: "0.35em" }, number),
  );
}

/** The text of a cluster for a screen reader. @param {Cluster} cluster */
function describe({ spots: members, items: those }) {
  const [{ mark, isPossible: isOnlyPossible }] = members;
  const isState = members.length === 1 && mark.as === "state";
  if (those.length > 1 || isState) {
    const where = isState ? ` ${page.isTotal ? "" : "somewhere "}in ${stateName(mark.state ?? "")}` : "";
    return `${countedItems(those)}${where}: ${those.slice(0, 3).map((item) => plain(item.title)).join("; ")}`;
  }
  const [item] = those;
  const facts = [plain(item.title), plain(item.when), plain(mark.label), factsOf(item)];
  if (isOnlyPossible) facts.push("possible");
  return facts.filter(Boolean).join(". ");
}

/** @param {Cluster} cluster */
function isInView(cluster) {
  const [x, y] = toScreen(cluster);
  let reach = 40;
  if (cluster.spots.length === 1) {
    const [left, top, right, bottom] = boxOf(cluster.spots[0]);
    reach += Math.max(right - left, bottom - top) * view.k;
  }
  return x > -reach && y > -reach && x < size.width + reach && y < size.height + reach;
}

/** @param {Cluster[]} visible */
function drawMarks(visible) {
  const wanted = new Set(visible.map(({ key }) => key));
  const hadFocus = layers.marks.contains(document.activeElement);
  for (const [key, { element }] of drawn) {
    if (wanted.has(key)) continue;
    element.remove();
    drawn.delete(key);
  }
  for (const cluster of visible) {
    let known = drawn.get(cluster.key);
    if (!known) {
      known = drawCluster(cluster);
      drawn.set(cluster.key, known);
      // The chosen incident lies above all others.
      if (selectedSpots.includes(cluster.spots[0])) layers.marks.append(known.element);
      else layers.marks.prepend(known.element);
    }
    known.at = toScreen(cluster);
    known.element.setAttribute("transform", `translate(${known.at.map((number) => number.toFixed(1)).join(" ")})`);
    known.scale(view.k);
  }
  if (hadFocus && !layers.marks.contains(document.activeElement)) mapView.focus();
  if (itemToFocus) focusMarkOf(itemToFocus, visible);
  itemToFocus = undefined;
  // One mark at a time is in the order of the Tab key.
  const current = [...drawn.values()].some(({ element }) => element.tabIndex === 0);
  if (!current) drawn.values().next().value?.element.setAttribute("tabindex", "0");
}

/** The item whose mark gets the focus as soon as it is drawn. @type {Item | undefined} */
let itemToFocus;

/** @param {Item} item @param {Cluster[]} visible */
function focusMarkOf(item, visible) {
  const cluster = visible.find(({ items: those }) => those.includes(item));
  if (!cluster) return;
  for (const [key, { element }] of drawn) element.setAttribute("tabindex", key === cluster.key ? "0" : "-1");
  drawn.get(cluster.key)?.element.focus({ preventScroll: true });
}

/** The lines and areas that clusters count, each with its element. @type {{spot: Spot, element: SVGElement}[]} */
let pathsBelow = [];

/** Lines and areas are drawn as they are, even where a cluster counts them, unless they would look like points. */
function makePathsBelow() {
  const members = clustered.clusters.filter((cluster) => cluster.spots.length > 1).flatMap((cluster) => cluster.spots);
  const isLarge = (/** @type {Box} */ box) => Math.max(box[2] - box[0], box[3] - box[1]) * view.k > SMALLEST_PATH_BELOW;
  const paths = members.filter((spot) => spot.mark.as === "path" && isLarge(boxOf(spot)));
  pathsBelow = paths.slice(0, MOST_PATHS_BELOW).map((spot) => {
    const [, path] = pathShapes(spot.mark);
    return { spot, element: svgElement("g", { "data-kind": spot.items[0].kinds[0] ?? "" }, path) };
  });
  layers.shapes.replaceChildren(...pathsBelow.map(({ element }) => element));
}

function movePathsBelow() {
  for (const { spot, element } of pathsBelow) {
    const transform = `translate(${nearestCopy(spot.x) - spot.x} 0)`;
    if (element.getAttribute("transform") !== transform) element.setAttribute("transform", transform);
  }
}
