// The outlines of the states, which stand in the page.

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
