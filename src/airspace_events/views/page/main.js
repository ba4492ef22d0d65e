let shownState = emptyState();
/** @type {Found} */
let found = { matches: [], counts: { state: new Map(), kind: new Map(), status: new Map(), object: new Map(), source: new Map() } };
let isFirstTime = true;

function render() {
  const { state, ignored } = store;
  const selected = itemsById.get(state.incident);
  const isSameFilter = !isFirstTime && formatFragment({ ...state, incident: "" }) === formatFragment({ ...shownState, incident: "" });
  if (!isSameFilter) {
    found = findMatches(state);
    rowsShown = ROWS_AT_A_TIME;
    tableRowsShown = TABLE_ROWS_AT_A_TIME;
    showTimeline(found.matches);
    showTable(found.matches, selected);
  }
  showFilters(state, found, ignored);
  showIncident(found.matches, selected);
  showMap(found.matches, selected, !isSameFilter);
  markTimeline(state.incident);
  markTable(selected);
  if (state.incident !== shownState.incident || isFirstTime) showPanel(selected ? "incident" : main.dataset.panel === "incident" ? "map" : main.dataset.panel ?? "map");
  shownState = state;
  isFirstTime = false;
}

/** The element that had the focus before an incident was chosen. @type {Element | null} */
let opener = null;
let wasOpenedByMark = false;

/** @param {string} id @param {boolean} isByKey */
function selectItem(id, isByKey) {
  opener = document.activeElement;
  wasOpenedByMark = layers.marks.contains(opener);
  store.change({ incident: id });
  const heading = document.getElementById("incident-heading");
  if (!heading) return;
  if (isByKey) {
    heading.focus({ preventScroll: true });
    hideTip();
  }
  const { top } = heading.getBoundingClientRect();
  if (top < 0 || top > innerHeight - 80) heading.scrollIntoView({ block: "center", behavior: prefersStill.matches ? "auto" : "smooth" });
}

function deselect() {
  const hadFocus = byId("incident").contains(document.activeElement);
  const item = itemsById.get(store.state.incident);
  store.change({ incident: "" });
  if (!hadFocus) return;
  // The mark itself is drawn anew.
  if (wasOpenedByMark) itemToFocus = item;
  const again = opener?.checkVisibility() && opener !== document.body ? opener : mapView;
  /** @type {HTMLElement} */ (again).focus({ preventScroll: true });
}

const main = /** @type {HTMLElement} */ (document.querySelector("main"));

/** In a low frame only one panel is shown. @param {string} name */
function showPanel(name) {
  main.dataset.panel = name;
  for (const link of document.querySelectorAll("nav a")) {
    const isCurrent = link.getAttribute("href") === `#${name === "incident" ? "map" : name}-section`;
    link.setAttribute("aria-current", String(isCurrent));
  }
}

/** Links within the page change the state, and leave the filters in the fragment. @param {MouseEvent} event */
function handleLink(event) {
  const link = /** @type {Element} */ (event.target).closest("a[href^='#']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const target = (link.getAttribute("href") ?? "").slice(1);
  if (target.startsWith("incident=")) {
    /** @type {HTMLDialogElement} */ (byId("list")).close();
    selectItem(decodeURIComponent(target.slice("incident=".length)), event.detail === 0);
    return;
  }
  if (target.endsWith("-section")) showPanel(target.replace("-section", ""));
  const heading = document.querySelector(`#${target} h2`);
  byId(target).scrollIntoView({ behavior: prefersStill.matches ? "auto" : "smooth" });
  /** @type {HTMLElement | null} */ (heading)?.focus({ preventScroll: true });
}

/** @param {KeyboardEvent} event */
function handleEscape(event) {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (!byId("tip").hidden) hideTip();
  else if (store.state.incident) deselect();
}

function start() {
  for (const element of document.querySelectorAll(".needs-script")) element.classList.remove("needs-script");
  const narrow = matchMedia("(max-width: 639px), (max-height: 479px)");
  const low = matchMedia("(max-height: 479px)");
  const fold = () => {
    byId("filters").toggleAttribute("open", !narrow.matches);
    byId("legend-box").toggleAttribute("open", !low.matches);
  };
  for (const query of [narrow, low]) query.addEventListener("change", fold);
  fold();
  main.classList.toggle("has-many", items.length > 1000);
  makeFilters();
  makeMap();
  store.listeners.push(render);
  addEventListener("hashchange", store.readFragment);
  document.addEventListener("click", handleLink);
  document.addEventListener("keydown", handleEscape);
  byId("more-rows").addEventListener("click", () => {
    const before = tableRowsShown;
    tableRowsShown += TABLE_ROWS_AT_A_TIME;
    showTable(found.matches, itemsById.get(store.state.incident));
    /** @type {HTMLElement | null} */ (tableBody.children[before]?.querySelector("a"))?.focus();
  });
  addEventListener("beforeprint", () => showTable(found.matches, itemsById.get(store.state.incident), true));
  addEventListener("afterprint", () => showTable(found.matches, itemsById.get(store.state.incident)));
  const incursions = items.filter(({ type }) => type === "incursion");
  // The only incursion of a page needs no choosing.
  if (incursions.length === 1 && location.hash === "") store.state.incident = incursions[0].id;
  render();
  showPanel(location.hash.includes("incident=") ? "incident" : "map");
  // Not by scrollIntoView, which would also scroll an article around this page.
  const top = location.hash.includes("incident=") ? (document.getElementById("incident-heading")?.getBoundingClientRect().top ?? 0) : 0;
  if (top > innerHeight / 2) scrollBy(0, top - 16);
  new ResizeObserver(() => {
    if (byId("timeline").clientWidth !== timelineWidth) showTimeline(found.matches);
  }).observe(byId("timeline"));
  requestAnimationFrame(() => requestAnimationFrame(() => (document.documentElement.dataset.ready = "true")));
}

start();
