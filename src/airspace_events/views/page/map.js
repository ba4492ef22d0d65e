// The map as a whole.

function drawMap() {
  if (size.width === 0) return;
  const [x, y] = [size.width / 2 - view.x * view.k, size.height / 2 - view.y * view.k];
  for (const layer of [layers.base, layers.shapes]) layer.setAttribute("transform", `translate(${x} ${y}) scale(${view.k})`);
  hideFarOutlines();
  // Half steps, so that clusters stay as they are during a small zoom.
  const level = Math.floor(Math.log2(view.k) * 2) / 2;
  if (level !== clustered.level) {
    clustered = { level, clusters: gather(spots, 2 ** level) };
    makePathsBelow();
  }
  const visible = [...clustered.clusters, ...selectedSpots.filter(({ mark }) => mark.as !== "state").map(alone)].filter(isInView);
  drawMarks(visible);
  movePathsBelow();
  drawLabels(visible);
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
