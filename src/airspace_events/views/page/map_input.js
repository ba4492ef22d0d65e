// What mouse, touch and keys do on the map.

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
  const where = mark.as === "state" ? ` in ${stateName(mark.state ?? "")}${page.isTotal ? "" : ", place not known more exactly"}` : "";
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
      h("span", {}, factsOf(item)),
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
