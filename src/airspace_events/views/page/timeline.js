/**
 * @typedef {{from: number, to: number}} Axis   minutes since 1970
 * @typedef {{start: number, end: number, certain: number, possible: number, name: string}} Bin
 */

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const ROWS_AT_A_TIME = 50;
const MOST_SPOKEN = 5;
const MOST_BINS = 120;
let rowsShown = ROWS_AT_A_TIME;
let timelineWidth = 0;
/** @type {Set<string>} */
const unfolded = new Set();

/** @typedef {"hour" | "day" | "month" | "year"} Unit */

/** Steps of an axis, finest first. @type {[Unit, number][]} */
const STEPS = [
  ["hour", 1], ["hour", 3], ["hour", 6], ["hour", 12], ["day", 1], ["day", 2], ["day", 5], ["day", 10],
  ["month", 1], ["month", 2], ["month", 3], ["month", 6], ["year", 1], ["year", 2], ["year", 5], ["year", 10],
  ["year", 25], ["year", 50], ["year", 100], ["year", 250], ["year", 500], ["year", 1000],
];

/** The start of the unit in which a time lies. @param {number} minutes @param {Unit} unit @param {number} step */
function floorTo(minutes, unit, step) {
  const date = new Date(minutes * 60000);
  const [year, month, day, hour] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), date.getUTCHours()];
  if (unit === "hour") return utc(year, month, day, hour - (hour % step));
  // Steps of days start again with each month; a last short step would crowd the labels.
  if (unit === "day") return utc(year, month, step === 1 ? day : 1 + Math.min(Math.floor((day - 1) / step), Math.ceil(29.5 / step) - 1) * step);
  if (unit === "month") return utc(year, month - (month % step), 1);
  return utc(year - (((year % step) + step) % step), 0, 1);
}

/** @param {number} year @param {number} month @param {number} day */
function utc(year, month, day, hour = 0) {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  date.setUTCHours(hour);
  return date.getTime() / 60000;
}

/** @param {number} minutes @param {Unit} unit @param {number} step */
function nextAfter(minutes, unit, step) {
  const length = { hour: 60, day: DAY, month: 32 * DAY, year: 367 * DAY }[unit] * step;
  // The last step of a month is longer than the others.
  for (const steps of [1, 2, 3]) {
    const next = floorTo(minutes + steps * length, unit, step);
    if (next > minutes) return next;
  }
  return Infinity;
}

/** @param {Axis} axis @param {Unit} unit @param {number} step @param {number} most */
function ticksOf({ from, to }, unit, step, most) {
  const ticks = [];
  for (let at = floorTo(from, unit, step); at <= to && ticks.length <= most + 1; at = nextAfter(at, unit, step)) {
    if (at >= from) ticks.push(at);
  }
  return ticks;
}

/** @param {number} minutes @param {Unit} unit @param {boolean} isFirst */
function tickName(minutes, unit, isFirst) {
  const date = new Date(minutes * 60000);
  const [month, day, hour] = [MONTHS[date.getUTCMonth()], date.getUTCDate(), date.getUTCHours()];
  const year = String(date.getUTCFullYear());
  if (unit === "year") return year;
  if (unit === "month") return isFirst ? `${month} ${year}` : month === "Jan" ? year : month;
  if (unit === "hour" && hour !== 0 && !isFirst) return `${String(hour).padStart(2, "0")}:00`;
  const clock = unit === "hour" && hour !== 0 ? `, ${String(hour).padStart(2, "0")}:00` : "";
  return isFirst || (month === "Jan" && day === 1) ? `${day} ${month} ${year}${clock}` : `${day} ${month}`;
}

/** At most about eight ticks of the finest step that fits. @param {Axis} axis @param {number} width */
function axisTicks(axis, width) {
  const most = Math.max(2, Math.min(8, Math.floor(width / 90)));
  for (const [unit, step] of STEPS) {
    const ticks = ticksOf(axis, unit, step, most);
    if (ticks.length > most) continue;
    return ticks.map((at, index) => ({ at, name: tickName(at, unit, index === 0) }));
  }
  return [];
}

/** The axis that fits the known ends of these times. @param {Span[]} spans @returns {Axis | undefined} */
function axisOf(spans) {
  let from = Infinity;
  let to = -Infinity;
  for (const { start, end } of spans) {
    from = Math.min(from, start ?? Infinity, end ?? Infinity);
    to = Math.max(to, start ?? -Infinity, end ?? -Infinity);
  }
  if (from > to) return undefined;
  const padding = Math.max(6 * 60, (to - from) * 0.03);
  return { from: from - padding, to: to + padding };
}

/** The axis that fits the incidents; long series and findings would squeeze them. @param {Item[]} all @param {Item[]} shown */
function axisOfItems(all, shown) {
  const times = (/** @type {(item: Item) => boolean} */ isMeant) =>
    axisOf([...all.filter(isMeant).map(({ span }) => span), ...shown.filter(isMeant).flatMap(({ spoken }) => spoken.map(({ span }) => span))]);
  return times(({ type }) => type !== "series" && type !== "finding") ?? times(() => true);
}

/** @param {Axis} axis @param {number} minutes */
function percent({ from, to }, minutes) {
  return Math.min(100, Math.max(0, (100 * (minutes - from)) / (to - from)));
}

/** Words for ends that are not known. @param {Span} span */
function endWords({ start, end, startIs, endIs }) {
  if (start === null && end === null) return "time not known";
  const words = [];
  if (start === null) words.push(startIs === "open" ? "start open" : "start not known");
  if (end === null) words.push(endIs === "open" ? "end open" : "end not known");
  return words.join(", ");
}

/** @param {Span} span @param {Axis} axis @param {string} name */
function bar(span, axis, name) {
  const { start, end } = span;
  const left = start === null ? (end === null || span.startIs === "open" ? 0 : Math.max(0, percent(axis, end) - 10)) : percent(axis, start);
  const right = end === null ? (start === null || span.endIs === "open" ? 100 : Math.min(100, percent(axis, start) + 10)) : percent(axis, end + 1);
  const element = h("span", { class: `bar ${name}` });
  element.classList.toggle("fades-left", start === null);
  element.classList.toggle("fades-right", end === null);
  element.classList.toggle("unsure", !span.isSure);
  element.classList.toggle("cut-left", start !== null && start < axis.from);
  element.classList.toggle("cut-right", end !== null && end > axis.to);
  // What is after the axis still has an arrow at its edge.
  element.style.left = `${Math.min(left, 99)}%`;
  element.style.width = `${right - Math.min(left, 99)}%`;
  return h("span", { class: "track", "aria-hidden": "true" }, element);
}

/** @param {Match} match @param {Axis} axis */
function timelineRow(match, axis) {
  const { item } = match;
  const ends = endWords(item.span);
  const when = h("span", { class: "when" }, ...item.when.map(pieceNode));
  if (ends) when.append(h("span", { class: "ends" }, ends));
  const label = h("span", { class: "label" }, itemLink(item.id, ...item.title.map(pieceNode)), ...(isPossible(match) ? [" ", possibleTag()] : []), when, ...numberTags(item));
  const row = h("li", { "data-id": item.id, "data-kind": item.kinds[0] ?? "" }, label, bar(item.span, axis, "of-item"));
  if (item.spoken.length) row.append(spokenRows(item, axis));
  return row;
}

/** Statements, revisions and responses below their incident. @param {Item} item @param {Axis} axis */
function spokenRows(item, axis) {
  const isFolded = item.spoken.length > MOST_SPOKEN && !unfolded.has(item.id);
  const rows = (isFolded ? item.spoken.slice(0, MOST_SPOKEN) : item.spoken).map(({ kind, what, when, span }) =>
    h(
      "li",
      {},
      h("span", { class: "label" }, h("span", { class: "when" }, h("strong", {}, kind), " · ", ...when.map(pieceNode)), lineNode(what)),
      bar(span, axis, "of-spoken"),
    ),
  );
  const all = h("ul", { class: "spoken" }, ...rows);
  if (isFolded) {
    const button = h("button", { type: "button", class: "link" }, `Show all ${item.spoken.length}`);
    button.addEventListener("click", () => {
      unfolded.add(item.id);
      const full = spokenRows(item, axis);
      all.replaceWith(full);
      /** @type {HTMLElement} */ (full.children[MOST_SPOKEN]).tabIndex = -1;
      /** @type {HTMLElement} */ (full.children[MOST_SPOKEN]).focus();
    });
    all.append(h("li", {}, button));
  }
  return all;
}

/** @param {number} left @param {string} className @param {(Node | string)[]} children */
function at(left, className, ...children) {
  const node = h("span", { class: className }, ...children);
  node.style.left = `${left}%`;
  return node;
}

/** The names of the axis, and a line for each through all rows. @param {Axis} axis @param {number} width */
function axisNodes(axis, width) {
  const ticks = axisTicks(axis, width).map((tick) => ({ left: percent(axis, tick.at), name: tick.name }));
  const names = ticks.map(({ left, name }) => at(left, left > 92 ? "tick is-last" : left < 4 ? "tick is-first" : "tick", h("span", {}, name)));
  return [
    h("div", { class: "axis", "aria-hidden": "true" }, h("span", { class: "track" }, ...names)),
    h("div", { class: "grid", "aria-hidden": "true" }, ...ticks.map(({ left }) => at(left, "line-of-tick"))),
  ];
}

// The strip: incidents in each day, month or year.

/** @param {Match[]} matches @param {Axis} axis @returns {{bins: Bin[], unit: Unit}} */
function binsOf(matches, axis) {
  const days = (axis.to - axis.from) / DAY;
  /** @type {Unit} */
  const unit = days <= MOST_BINS ? "day" : days <= MOST_BINS * 31 ? "month" : "year";
  const step = unit === "year" ? Math.max(1, Math.ceil(days / 366 / MOST_BINS)) : 1;
  /** @type {Bin[]} */
  const bins = [];
  for (let at = floorTo(axis.from, unit, step); at < axis.to; at = nextAfter(at, unit, step)) {
    bins.push({ start: at, end: nextAfter(at, unit, step), certain: 0, possible: 0, name: tickName(at, unit, true) });
  }
  for (const { item, isCertain } of matches) {
    const { start, end, isSure } = item.span;
    if (start === null && end === null) continue;
    const first = bins.findIndex((bin) => bin.end > (start ?? -Infinity));
    for (let index = first; index >= 0 && index < bins.length && bins[index].start <= (end ?? Infinity); index++) {
      const bin = bins[index];
      const isWithin = isCertain && isSure && start !== null && end !== null && start >= bin.start && end < bin.end;
      bin.certain += isWithin ? item.n[0] : 0;
      bin.possible += (item.n[1] ?? item.n[0]) - (isWithin ? item.n[0] : 0);
    }
  }
  return { bins, unit };
}

/** The strip, unless no column is higher than another. @param {Match[]} matches @param {Axis} axis */
function stripNodes(matches, axis) {
  const { bins, unit } = binsOf(matches, axis);
  const total = (/** @type {Bin} */ bin) => bin.certain + bin.possible;
  const most = Math.max(...bins.map(total));
  if (most <= 1) return [];
  const busiest = bins.reduce((best, bin) => (bin.certain > best.certain ? bin : best));
  const summary = `Incidents in each ${unit}. Most for certain: ${busiest.certain} in ${busiest.name}.`;
  const track = h("span", { class: "track", role: "img", "aria-label": summary });
  for (const bin of bins) {
    if (total(bin) === 0) continue;
    const column = h("span", { class: "column", title: `${bin.name}: ${bin.certain} for certain, ${bin.possible} possibly` });
    column.style.left = `${percent(axis, bin.start)}%`;
    column.style.width = `${percent(axis, bin.end) - percent(axis, bin.start)}%`;
    for (const name of /** @type {const} */ (["possible", "certain"])) {
      const part = h("span", { class: `is-${name}` });
      part.style.height = `${(100 * bin[name]) / most}%`;
      column.append(part);
    }
    track.append(column);
  }
  const label = h("span", { class: "label" }, `Incidents in each ${unit} (at most ${most.toLocaleString("en")})`, stripKey());
  return [h("div", { class: "strip" }, label, track)];
}

function stripKey() {
  return h("span", { class: "key" }, h("span", { class: "is-certain" }), " certain ", h("span", { class: "is-possible" }), " possible");
}

/** @param {Match[]} matches */
function showTimeline(matches) {
  timelineWidth = byId("timeline").clientWidth;
  const inOrder = [...matches].sort((one, other) => sortTime(one.item) - sortTime(other.item));
  const shown = inOrder.slice(0, rowsShown);
  const axis = axisOfItems(inOrder.map(({ item }) => item), shown.map(({ item }) => item));
  const timeline = byId("timeline");
  if (!axis) {
    timeline.replaceChildren(h("p", { class: "empty" }, matches.length ? "No time is known." : "Nothing matches these filters."));
    return;
  }
  const rows = h("ol", {}, ...shown.map((match) => timelineRow(match, axis)));
  const [names, grid] = axisNodes(axis, timelineWidth < 608 ? timelineWidth : timelineWidth * 0.74 - 20);
  timeline.replaceChildren(...stripNodes(matches, axis), names, h("div", { class: "rows" }, grid, rows));
  const rest = inOrder.length - shown.length;
  if (rest > 0) {
    const button = h("button", { type: "button" }, `Show ${Math.min(rest, ROWS_AT_A_TIME)} more`);
    button.addEventListener("click", () => {
      rowsShown += ROWS_AT_A_TIME;
      showTimeline(matches);
      /** @type {HTMLElement | null} */ (timeline.querySelectorAll("ol > li")[shown.length]?.querySelector("a"))?.focus();
    });
    timeline.append(button);
  }
  markTimeline(store.state.incident);
}

/** @param {Item} item */
function sortTime({ span }) {
  return span.start ?? span.end ?? Infinity;
}

/** @param {string} id */
function markTimeline(id) {
  for (const row of /** @type {NodeListOf<HTMLElement>} */ (byId("timeline").querySelectorAll("ol > li"))) {
    row.classList.toggle("selected", row.dataset.id === id);
  }
}
