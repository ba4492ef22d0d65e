/**
 * A place on the map where one or more items are drawn.
 * @typedef {{key: string, x: number, y: number, mark: Mark, items: Item[], isPossible: boolean}} Spot
 * @typedef {{key: string, x: number, y: number, spots: Spot[], items: Item[]}} Cluster
 * @typedef {{x: number, y: number, k: number}} View   centre in map units, pixels for each unit
 * @typedef {{element: SVGGElement, scale: (k: number) => void, at: [number, number]}} Drawn
 * @typedef {[left: number, top: number, right: number, bottom: number]} Box
 */

const WORLD = 65536;
const DEEPEST = 4; // pixels for each unit, about 150 m for each pixel at the equator
const SMALLEST_VIEW_KM = 600; // the borders are too coarse for less
const LARGEST_STATE_VIEW = 3000; // map units
const CLUSTER_RADIUS = 38;
const FUZZY_RADIUS = 13;
const MOST_PATHS_BELOW_CLUSTERS = 300;

const mapView = byId("map-view");
const mapElement = /** @type {SVGSVGElement & HTMLElement} */ (/** @type {unknown} */ (byId("map")));
const layers = { base: byId("base"), shapes: byId("shapes"), labels: byId("labels"), marks: byId("marks") };
const prefersStill = matchMedia("(prefers-reduced-motion: reduce)");

/** @type {View} */
let view = { x: WORLD / 2, y: WORLD / 2, k: 0 };
let size = { width: 0, height: 0 };
/** @type {Spot[]} */
let spots = [];
/** @type {Spot[]} */
let selectedSpots = [];
/** @type {{level: number, clusters: Cluster[]}} */
let clustered = { level: NaN, clusters: [] };
/** @type {Map<string, Drawn>} */
const drawn = new Map();
let westEdge = 0;

// States: their outlines stand in the page.

/** @typedef {{path: SVGPathElement, name: string, x: number, y: number, box: Box, isShown: boolean}} Outline */

/** @type {Outline[]} */
const outlines = [];
/** @type {Map<string, Outline>} */
const outlineOf = new Map();

function readOutlines() {
  for (const path of /** @type {NodeListOf<SVGPathElement>} */ (byId("world").querySelectorAll("path"))) {
    const { state, name = "", x: labelX, y: labelY } = path.dataset;
    /** @type {Outline} */
    const outline = { path, name, x: Number(labelX), y: Number(labelY), box: [0, 0, 0, 0], isShown: true };
    outlines.push(outline);
    if (state) outlineOf.set(state, outline);
  }
}

/** Measure the outlines, which only a visible map can do. */
function measureOutlines() {
  for (const outline of outlines) {
    const { x, y, width, height } = outline.path.getBBox();
    outline.box = [x, y, x + width, y + height];
  }
  const area = (/** @type {Outline} */ { box }) => (box[2] - box[0]) * (box[3] - box[1]);
  outlines.sort((one, other) => area(other) - area(one));
}

// Geometry.

/** The copy of x nearest to the centre of the view; the world repeats to the east and west. @param {number} x */
function nearestCopy(x, around = view.x) {
  return x + WORLD * Math.round((around - x) / WORLD);
}

/** @param {{x: number, y: number}} place @returns {[number, number]} */
function toScreen({ x, y }) {
  return [
    (nearestCopy(x) - view.x) * view.k + size.width / 2,
    (y - view.y) * view.k + size.height / 2,
  ];
}

/** @param {number} y */
function unitsPerKilometre(y) {
  return (WORLD / 40075) * Math.cosh((0.5 - y / WORLD) * 2 * Math.PI);
}

/** @param {View} wanted @returns {View} */
function allowed({ x, y, k }) {
  const least = size.width / WORLD;
  k = Math.min(DEEPEST, Math.max(least, k));
  const margin = Math.min(WORLD / 2, size.height / 2 / k);
  return { x: ((x % WORLD) + WORLD) % WORLD, y: Math.min(WORLD - margin, Math.max(margin, y)), k };
}

/** @type {WeakMap<Mark, Box>} */
const pathBoxes = new WeakMap();

/** The box of a spot in map units. @param {Spot} spot @returns {Box} */
function boxOf({ mark, x, y }) {
  if (mark.as === "path") {
    let box = pathBoxes.get(mark);
    if (!box) {
      const path = layers.shapes.appendChild(svgElement("path", { d: mark.d ?? "" }));
      const { x: left, y: top, width, height } = path.getBBox();
      path.remove();
      box = [left, top, left + width, top + height];
      pathBoxes.set(mark, box);
    }
    return box;
  }
  const outline = mark.as === "state" ? outlineOf.get(mark.state ?? "") : undefined;
  if (!outline) return [x - (mark.r ?? 0), y - (mark.r ?? 0), x + (mark.r ?? 0), y + (mark.r ?? 0)];
  // Not all of a vast state, nor of one with islands far away.
  const [left, top, right, bottom] = outline.box;
  const across = Math.min(LARGEST_STATE_VIEW, right - left) / 2;
  const down = Math.min(LARGEST_STATE_VIEW, bottom - top) / 2;
  return [x - across, y - down, x + across, y + down];
}

/** Where the widest gap between marks ends: marks on both sides of 180° then sit together. @param {Spot[]} all */
function edgeOfWidestGap(all) {
  const xs = all.map(({ x }) => ((x % WORLD) + WORLD) % WORLD).sort((one, other) => one - other);
  let edge = xs[0];
  let widest = xs[0] + WORLD - xs[xs.length - 1];
  for (let index = 1; index < xs.length; index++) {
    if (xs[index] - xs[index - 1] > widest) {
      widest = xs[index] - xs[index - 1];
      edge = xs[index];
    }
  }
  return edge;
}

/** The view that shows all of these spots. @param {Spot[]} wanted @returns {View} */
function viewOf(wanted, smallestKilometres = SMALLEST_VIEW_KM) {
  if (wanted.length === 0) return allowed({ x: WORLD / 2, y: WORLD * 0.4, k: 0 });
  const edge = edgeOfWidestGap(wanted);
  const bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const spot of wanted) {
    const [left, top, right, bottom] = boxOf(spot);
    const shift = WORLD * Math.ceil((edge - spot.x) / WORLD);
    bounds[0] = Math.min(bounds[0], left + shift);
    bounds[1] = Math.min(bounds[1], top);
    bounds[2] = Math.max(bounds[2], right + shift);
    bounds[3] = Math.max(bounds[3], bottom);
  }
  const centre = { x: (bounds[0] + bounds[2]) / 2, y: (bounds[1] + bounds[3]) / 2 };
  const smallest = Math.max(1, smallestKilometres * unitsPerKilometre(centre.y));
  const padding = Math.min(48, size.width / 8, size.height / 8);
  const k = Math.min(
    (size.width - 2 * padding) / Math.max(smallest, bounds[2] - bounds[0]),
    (size.height - 2 * padding) / Math.max(bounds[3] - bounds[1], 1),
  );
  return allowed({ ...centre, k });
}

// Moving.

let isFramePending = false;

function requestDraw() {
  if (isFramePending) return;
  isFramePending = true;
  requestAnimationFrame(() => {
    isFramePending = false;
    drawMap();
  });
}

let motion = 0;

/** @param {View} target */
function moveTo(target, isAnimated = true) {
  const number = ++motion;
  const from = view;
  if (!isAnimated || prefersStill.matches || from.k === 0) {
    view = target;
    requestDraw();
    return;
  }
  const goal = nearestCopy(target.x);
  const begin = performance.now();
  const step = (/** @type {number} */ now) => {
    if (number !== motion) return;
    const time = Math.min(1, Math.max(0, (now - begin) / 300));
    const eased = time * (2 - time);
    const k = from.k * (target.k / from.k) ** eased;
    // Linear in 1/k, so that one place stays fixed on the screen while the scale changes.
    const share = Math.abs(target.k / from.k - 1) < 1e-6 ? eased : (1 / k - 1 / from.k) / (1 / target.k - 1 / from.k);
    view = { x: from.x + (goal - from.x) * share, y: from.y + (target.y - from.y) * share, k };
    if (time === 1) view = target;
    else requestAnimationFrame(step);
    requestDraw();
  };
  requestAnimationFrame(step);
}

/** Zoom and keep the place under a point of the screen. @param {number} factor */
function zoomAt(factor, screenX = size.width / 2, screenY = size.height / 2, isAnimated = false) {
  const { k } = allowed({ ...view, k: view.k * factor });
  const dx = screenX - size.width / 2;
  const dy = screenY - size.height / 2;
  moveTo(allowed({ x: view.x + dx / view.k - dx / k, y: view.y + dy / view.k - dy / k, k }), isAnimated);
}

/** @param {number} dx @param {number} dy */
function panBy(dx, dy, isAnimated = false) {
  moveTo(allowed({ ...view, x: view.x - dx / view.k, y: view.y - dy / view.k }), isAnimated);
}

function showAll() {
  moveTo(viewOf([...spots, ...selectedSpots]));
}

// From matches to clusters.

/** @param {Mark} mark @returns {{x: number, y: number} | undefined} */
function placeOf(mark) {
  if (mark.as === "state") return outlineOf.get(mark.state ?? "");
  return mark.x === undefined || mark.y === undefined ? undefined : { x: mark.x, y: mark.y };
}

/** @param {Match[]} matches @param {Item | undefined} selected */
function findSpots(matches, selected) {
  /** @type {Map<string, Spot>} */
  const found = new Map();
  for (const match of matches) {
    for (const spot of spotsOf(match.item, isPossible(match))) {
      // The selected incident is drawn apart, but stays in the number of its state.
      if (!spot.mark.here || (match.item === selected && spot.mark.as !== "state")) continue;
      const other = found.get(spot.key);
      if (other && !other.items.includes(match.item)) other.items.push(match.item);
      else if (!other) found.set(spot.key, spot);
    }
  }
  return [...found.values()];
}

/** @param {Item} item @param {boolean} isOnlyPossible @returns {Spot[]} */
function spotsOf(item, isOnlyPossible) {
  return item.marks.flatMap((mark, index) => {
    const place = placeOf(mark);
    // All items of which only the state is known share the one number in that state.
    const key = mark.as === "state" ? `in ${mark.state}` : `${index} ${item.id}`;
    return place ? [{ key, x: place.x, y: place.y, mark, items: [item], isPossible: isOnlyPossible }] : [];
  });
}

/** Gather spots that would overlap at this scale. @param {Spot[]} all @param {number} k @returns {Cluster[]} */
function gather(all, k) {
  const radius = CLUSTER_RADIUS / k;
  /** @type {Map<string, {x: number, y: number, spots: Spot[]}[]>} */
  const grid = new Map();
  const groups = [];
  for (const spot of all) {
    const x = (((spot.x - westEdge) % WORLD) + WORLD) % WORLD;
    const column = Math.floor(x / radius);
    const row = Math.floor(spot.y / radius);
    let group;
    for (let number = 0; number < 9 && !group; number++) {
      const cell = grid.get(`${column + (number % 3) - 1} ${row + Math.floor(number / 3) - 1}`) ?? [];
      group = cell.find((other) => Math.hypot(other.x - x, other.y - spot.y) < radius);
    }
    if (group) {
      group.spots.push(spot);
      continue;
    }
    group = { x, y: spot.y, spots: [spot] };
    groups.push(group);
    const key = `${column} ${row}`;
    grid.set(key, [...(grid.get(key) ?? []), group]);
  }
  return groups.flatMap(({ spots: members }) => {
    const distinct = [...new Set(members.flatMap((spot) => spot.items))];
    // The places of one incident, or the incidents of one state, need no cluster.
    if (distinct.length === 1 || members.length === 1) {
      const firstState = members.find(({ mark }) => mark.as === "state");
      return members.filter((spot) => spot.mark.as !== "state" || spot === firstState).map(alone);
    }
    return [{ key: `${members.length} ${members[0].key}`, x: members[0].x, y: members[0].y, spots: members, items: distinct }];
  });
}

/** @param {Spot} spot @returns {Cluster} */
function alone(spot) {
  return { key: spot.key, x: spot.x, y: spot.y, spots: [spot], items: spot.items };
}

// Drawing.

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
    drawNumber(element, cluster.items.length, "circle");
  } else if (spot.mark.as === "state") {
    element.classList.add("state");
    drawNumber(element, cluster.items.length, "rect");
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

/** @param {SVGGElement} element @param {number} number @param {"circle" | "rect"} shape */
function drawNumber(element, number, shape) {
  const digits = String(number).length;
  const radius = Math.min(22, 12 + 3 * digits);
  element.append(
    shape === "circle"
      ? svgElement("circle", { class: "badge", r: radius })
      : svgElement("rect", { class: "badge", x: -8 - 4 * digits, y: -12, width: 16 + 8 * digits, height: 24, rx: 3 }),
    svgElement("text", { class: "number", dy: "0.35em" }, number.toLocaleString("en")),
  );
}

/** The text of a cluster for a screen reader. @param {Cluster} cluster */
function describe({ spots: members, items: those }) {
  const [{ mark, isPossible: isOnlyPossible }] = members;
  const isState = members.length === 1 && mark.as === "state";
  if (those.length > 1 || isState) {
    const where = isState ? ` somewhere in ${stateName(mark.state ?? "")}` : "";
    return `${countedItems(those)}${where}: ${those.slice(0, 3).map((item) => plain(item.title)).join("; ")}`;
  }
  const [item] = those;
  const kinds = item.kinds.map(kindWord).join(", ");
  const facts = [plain(item.title), plain(item.when), plain(mark.label), kinds, statusWord(item.status)];
  if (isOnlyPossible) facts.push("possible");
  return facts.filter(Boolean).join(". ");
}

function drawMap() {
  if (size.width === 0) return;
  const [x, y] = [size.width / 2 - view.x * view.k, size.height / 2 - view.y * view.k];
  layers.base.setAttribute("transform", `translate(${x} ${y}) scale(${view.k})`);
  hideFarOutlines();
  // Half steps, so that clusters stay as they are during a small zoom.
  const level = Math.floor(Math.log2(view.k) * 2) / 2;
  if (level !== clustered.level) clustered = { level, clusters: gather(spots, 2 ** level) };
  const visible = [...clustered.clusters, ...selectedSpots.filter(({ mark }) => mark.as !== "state").map(alone)].filter(isInView);
  drawMarks(visible);
  drawPathsBelow();
  drawLabels(visible);
}

/** Outlines outside of the view cost a browser about as much time as those inside. */
function hideFarOutlines() {
  const [across, down] = [size.width / 2 / view.k, size.height / 2 / view.k];
  const [left, right] = [view.x - across, view.x + across];
  const [west, east] = layers.base.querySelectorAll("use");
  west.setAttribute("display", left < 0 ? "inline" : "none");
  east.setAttribute("display", right > WORLD ? "inline" : "none");
  const shifts = [0, ...(left < 0 ? [-WORLD] : []), ...(right > WORLD ? [WORLD] : [])];
  for (const outline of outlines) {
    const [boxLeft, top, boxRight, bottom] = outline.box;
    const isAcross = shifts.some((shift) => boxRight + shift > left && boxLeft + shift < right);
    const isShown = isAcross && bottom > view.y - down && top < view.y + down;
    if (isShown !== outline.isShown) outline.path.setAttribute("display", isShown ? "inline" : "none");
    outline.isShown = isShown;
  }
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
  // One mark at a time is in the order of the Tab key.
  const current = [...drawn.values()].some(({ element }) => element.tabIndex === 0);
  if (!current) drawn.values().next().value?.element.setAttribute("tabindex", "0");
}

/** Lines and areas are drawn as they are, even where a cluster counts them. */
function drawPathsBelow() {
  const members = clustered.clusters.filter((cluster) => cluster.spots.length > 1).flatMap((cluster) => cluster.spots);
  const paths = members.filter(({ mark }) => mark.as === "path").slice(0, MOST_PATHS_BELOW_CLUSTERS);
  layers.shapes.replaceChildren(
    ...paths.map((spot) => {
      const [x, y] = toScreen(spot);
      const [, path] = pathShapes(spot.mark);
      path.setAttribute("transform", `translate(${x} ${y}) scale(${view.k}) translate(${-spot.x} ${-spot.y})`);
      return svgElement("g", { "data-kind": spot.items[0].kinds[0] ?? "" }, path);
    }),
  );
}

// Labels: the places of the selected incident, then names of states, the largest first.

const measure = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
/** @type {Map<string, number>} */
const widths = new Map();

/** @param {string} text @param {number} pixels */
function textWidth(text, pixels) {
  const known = widths.get(text);
  if (known !== undefined) return known * pixels;
  measure.font = "600 100px system-ui, sans-serif";
  widths.set(text, measure.measureText(text).width / 100);
  return (widths.get(text) ?? 0) * pixels;
}

/** @param {Box} box @param {Box[]} others */
function isFree(box, others) {
  return !others.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);
}

/** @param {Cluster[]} visible */
function drawLabels(visible) {
  /** @type {Box[]} */
  const taken = visible.map((cluster) => {
    const [x, y] = toScreen(cluster);
    const reach = cluster.spots.length > 1 ? 20 : 11;
    return [x - reach, y - reach, x + reach, y + reach];
  });
  // The buttons lie over the map.
  taken.push([size.width - 52, 0, size.width, 125]);
  layers.labels.replaceChildren(...placeLabels(taken), ...stateLabels(taken));
}

/** @param {Box[]} taken */
function placeLabels(taken) {
  const texts = [];
  for (const spot of selectedSpots) {
    // The number in the state already says that it is somewhere there.
    if (spot.mark.as === "state" && spot.mark.here) continue;
    const text = plain(spot.mark.label).slice(0, 60);
    const [x, y] = toScreen(spot);
    const width = textWidth(text, 12.5);
    /** @type {[number, number][]} */
    const corners = [[x + 13, y - 8], [x - 13 - width, y - 8], [x - width / 2, y - 28], [x - width / 2, y + 13]];
    for (const [left, top] of text ? corners : []) {
      /** @type {Box} */
      const box = [left - 2, top, left + width + 2, top + 16];
      if (left < 4 || left + width > size.width - 4 || !isFree(box, taken)) continue;
      taken.push(box);
      texts.push(svgElement("text", { class: spot.mark.here ? "place" : "place elsewhere", x: left + width / 2, y: top + 12 }, text));
      break;
    }
  }
  return texts;
}

/** @param {Box[]} taken */
function stateLabels(taken) {
  const texts = [];
  for (const { name, x: mapX, y: mapY, box: outline } of outlines) {
    const [x, y] = toScreen({ x: mapX, y: mapY });
    if (x < 0 || y < 0 || x > size.width || y > size.height) continue;
    const width = textWidth(name, 11.5);
    if (width > (outline[2] - outline[0]) * view.k * 1.1) continue;
    /** @type {Box} */
    const box = [x - width / 2 - 6, y - 9, x + width / 2 + 6, y + 9];
    if (box[0] < 0 || box[2] > size.width || !isFree(box, taken)) continue;
    taken.push(box);
    texts.push(svgElement("text", { class: "name", x, y: y + 4 }, name));
  }
  return texts;
}

// What a click and a key do.

let isChosenOnMap = false;

/** @param {Cluster} cluster @param {boolean} isByKey */
function openCluster({ items: those, spots: members }, isByKey) {
  hideTip();
  if (those.length === 1) {
    isChosenOnMap = true;
    selectItem(those[0].id, isByKey);
    isChosenOnMap = false;
    return;
  }
  const isInseparable = gather(members, DEEPEST).length === 1;
  if (isInseparable) listItems(those, members[0]);
  else moveTo(viewOf(members, 0));
}

/** @param {Item[]} those @param {Spot} spot */
function listItems(those, { mark }) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("list"));
  const where = mark.as === "state" ? ` in ${stateName(mark.state ?? "")}, place not known more exactly` : "";
  byId("list-heading").textContent = `${countedItems(those)}${where}`;
  /** @type {HTMLElement} */ (dialog.querySelector("ul")).replaceChildren(
    ...those.slice(0, 200).map((item) => h("li", {}, itemEntry(item))),
    ...(those.length > 200 ? [h("li", {}, `and ${those.length - 200} more; filter to see them`)] : []),
  );
  dialog.showModal();
}

/** @param {KeyboardEvent} event @param {Cluster} cluster */
function moveAmongMarks(event, cluster) {
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    openCluster(cluster, true);
  }
  const direction = ARROWS[event.key];
  if (!direction) return;
  event.preventDefault();
  event.stopPropagation();
  const [x, y] = toScreen(cluster);
  let nearest;
  let least = Infinity;
  for (const { element, at: [otherX, otherY] } of drawn.values()) {
    const ahead = (otherX - x) * direction[0] + (otherY - y) * direction[1];
    const aside = Math.abs((otherX - x) * direction[1] - (otherY - y) * direction[0]);
    if (element === event.currentTarget || ahead <= 0 || ahead + 2 * aside >= least) continue;
    least = ahead + 2 * aside;
    nearest = element;
  }
  if (!nearest) return;
  /** @type {Element} */ (event.currentTarget).setAttribute("tabindex", "-1");
  nearest.setAttribute("tabindex", "0");
  nearest.focus();
}

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @param {KeyboardEvent} event */
function handleMapKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const direction = event.target === mapView ? ARROWS[event.key] : undefined;
  if (direction) panBy(-direction[0] * 80, -direction[1] * 80, true);
  else if (event.key === "+" || event.key === "=") zoomAt(2, undefined, undefined, true);
  else if (event.key === "-") zoomAt(0.5, undefined, undefined, true);
  else if (event.key === "0") showAll();
  else return;
  event.preventDefault();
}

let tipTimer = 0;

/** @param {Cluster} cluster */
function showTip(cluster) {
  clearTimeout(tipTimer);
  const [spot] = cluster.spots;
  const [item] = cluster.items;
  const tip = byId("tip");
  if (cluster.items.length > 1) {
    tip.replaceChildren(h("strong", {}, describe(cluster).split(":")[0]), ...cluster.items.slice(0, 4).map(tipTitle));
  } else {
    tip.replaceChildren(
      h("strong", {}, ...item.title.map(pieceNode), ...(spot.isPossible ? [" ", possibleTag()] : [])),
      h("span", {}, ...item.when.map(pieceNode)),
      h("span", {}, ...spot.mark.label.map(pieceNode)),
      h("span", {}, [...item.kinds.map(kindWord), statusWord(item.status)].join(", ")),
    );
  }
  tip.hidden = false;
  const [x, y] = toScreen(cluster);
  const left = Math.max(8, Math.min(size.width - tip.offsetWidth - 8, x + 16));
  const top = y + 16 + tip.offsetHeight < size.height ? y + 16 : y - 16 - tip.offsetHeight;
  tip.style.translate = `${left}px ${Math.max(8, top)}px`;
}

/** @param {Item} item */
function tipTitle(item) {
  return h("span", {}, ...item.title.map(pieceNode));
}

function hideTip() {
  byId("tip").hidden = true;
}

function hideTipSoon() {
  clearTimeout(tipTimer);
  tipTimer = setTimeout(hideTip, 200);
}

let hintTimer = 0;

/** @param {WheelEvent} event */
function handleWheel(event) {
  if (!event.ctrlKey && !event.metaKey && !mapView.contains(document.activeElement)) {
    byId("map-hint").textContent = `Use ${navigator.platform.startsWith("Mac") ? "⌘" : "Ctrl"} and scroll, or click the map first, to zoom`;
    mapView.classList.add("hinted");
    clearTimeout(hintTimer);
    hintTimer = setTimeout(() => mapView.classList.remove("hinted"), 1500);
    return;
  }
  event.preventDefault();
  const lines = event.deltaMode === 1 ? 20 : 1;
  const { left, top } = mapView.getBoundingClientRect();
  const speed = event.ctrlKey && Math.abs(event.deltaY) < 40 ? 0.01 : 0.002;
  zoomAt(Math.exp(-event.deltaY * lines * speed), event.clientX - left, event.clientY - top);
}

/** @type {Map<number, {x: number, y: number}>} */
const pointers = new Map();
let dragged = 0;

/** @param {PointerEvent} event */
function handlePointerDown(event) {
  if (event.button !== 0 || /** @type {Element} */ (event.target).closest(".zoom, #tip")) return;
  if (pointers.size === 0) dragged = 0;
  pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
}

/** @param {PointerEvent} event */
function handlePointerMove(event) {
  const before = pointers.get(event.pointerId);
  if (!before || pointers.size > 2) return;
  const now = { x: event.clientX, y: event.clientY };
  dragged += Math.hypot(now.x - before.x, now.y - before.y);
  if (dragged < 5) return;
  // Capturing only now leaves short clicks to the marks.
  mapView.setPointerCapture(event.pointerId);
  pointers.set(event.pointerId, now);
  hideTip();
  const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, pointer]) => pointer);
  if (!other) {
    panBy(now.x - before.x, now.y - before.y);
    return;
  }
  const { left, top } = mapView.getBoundingClientRect();
  const factor = Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
  zoomAt(factor, (now.x + other.x) / 2 - left, (now.y + other.y) / 2 - top);
  panBy((now.x - before.x) / 2, (now.y - before.y) / 2);
}

function makeMap() {
  readOutlines();
  new ResizeObserver(() => {
    const isFirst = size.width === 0;
    size = { width: mapView.clientWidth, height: mapView.clientHeight };
    if (size.width === 0) return;
    if (view.k === 0) measureOutlines();
    mapElement.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
    moveTo(isFirst ? viewOf(selectedSpots.length ? selectedSpots : spots) : allowed(view), false);
  }).observe(mapView);
  mapView.addEventListener("wheel", handleWheel, { passive: false });
  mapView.addEventListener("keydown", handleMapKey);
  mapView.addEventListener("pointerdown", handlePointerDown);
  mapView.addEventListener("pointermove", handlePointerMove);
  for (const name of /** @type {const} */ (["pointerup", "pointercancel"])) {
    mapView.addEventListener(name, (event) => pointers.delete(event.pointerId));
  }
  byId("zoom-in").addEventListener("click", () => zoomAt(2, undefined, undefined, true));
  byId("zoom-out").addEventListener("click", () => zoomAt(0.5, undefined, undefined, true));
  byId("zoom-all").addEventListener("click", showAll);
  byId("tip").addEventListener("pointerenter", () => clearTimeout(tipTimer));
  byId("tip").addEventListener("pointerleave", hideTipSoon);
  makeLegend();
}

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
    ["state", svgElement("rect", { class: "badge", x: -10, y: -8, width: 20, height: 16, rx: 2 }), "only the state is known"],
  ];
  const occurringPlaces = places.filter(([as]) => marks.some((mark) => mark.as === as));
  const groups = [
    legendGroup("Colour: kind", page.kinds.map((kind) => [inKind(kind), kindWord(kind)])),
    ...(page.isTotal ? [] : [legendGroup("Shape: status", page.statuses.map((status) => [statusShape(status), statusWord(status)]))]),
  ];
  if (occurringPlaces.length) groups.push(legendGroup("Place", occurringPlaces.map(([, sign, text]) => [sign, text])));
  byId("legend").replaceChildren(...groups);
}

/** @type {Item | undefined} */
let chosen;

/** @param {Match[]} matches @param {Item | undefined} selected @param {boolean} isRefit */
function showMap(matches, selected, isRefit) {
  spots = findSpots(matches, selected);
  const match = matches.find(({ item }) => item === selected);
  selectedSpots = selected ? spotsOf(selected, match ? isPossible(match) : true) : [];
  westEdge = spots.length ? edgeOfWidestGap(spots) : 0;
  clustered = { level: NaN, clusters: [] };
  hideTip();
  // Elements made for other matches may show other numbers.
  if (layers.marks.contains(document.activeElement)) mapView.focus({ preventScroll: true });
  layers.marks.replaceChildren();
  drawn.clear();
  const tinted = new Set([...spots, ...selectedSpots].filter(({ mark }) => mark.as === "state").map(({ mark }) => mark.state));
  const chosenStates = new Set(selectedSpots.map(({ mark }) => mark.state));
  for (const [code, { path }] of outlineOf) {
    path.classList.toggle("tinted", tinted.has(code));
    path.classList.toggle("chosen", chosenStates.has(code));
  }
  byId("not-on-map").textContent = missingSentence(matches);
  if (size.width === 0) return;
  const isNewChoice = selected && selected !== chosen;
  chosen = selected;
  if (isRefit && spots.length) showAll();
  else if (isNewChoice && !isChosenOnMap && selectedSpots.length) moveTo(viewOf(selectedSpots));
  else requestDraw();
}

/** @param {Match[]} matches */
function missingSentence(matches) {
  const missing = matches.filter(({ item }) => !item.marks.some((mark) => mark.here && placeOf(mark)));
  if (missing.length === 0) return "";
  const reasons = new Set(missing.flatMap(({ item }) => (item.undrawn.length ? item.undrawn : ["no place was reported"])));
  return `${countedItems(missing.map(({ item }) => item))} ${missing.length === 1 ? "is" : "are"} not on the map: ${[...reasons].join("; ")}.`;
}
