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
    const whole = plain(spot.mark.label);
    const text = whole.length > 60 ? `${whole.slice(0, 59)}…` : whole;
    const [x, y] = toScreen(spot);
    const width = textWidth(text, 12.5);
    // Over the neighbours of its state, it would name the wrong one.
    const [west, , east] = boxOf(spot);
    if (spot.mark.as === "state" && width > (east - west) * view.k) continue;
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
