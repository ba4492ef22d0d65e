// The part of the world that the map shows, and its motion.

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

const mapView = byId("map-view");
const mapElement = /** @type {SVGSVGElement & HTMLElement} */ (/** @type {unknown} */ (byId("map")));
const layers = { base: byId("base"), shapes: byId("shapes"), labels: byId("labels"), marks: byId("marks") };
const prefersStill = matchMedia("(prefers-reduced-motion: reduce)");

/** @type {View} */
let view = { x: WORLD / 2, y: WORLD / 2, k: 0 };
let size = { width: 0, height: 0 };

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
