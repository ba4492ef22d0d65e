/**
 * @typedef {"certain" | "possible" | "none"} Certainty
 * @typedef {{item: Item, isCertain: boolean}} Match
 * @typedef {{matches: Match[], counts: Record<Facet, Map<string, number>>}} Found
 */

const DAY = 24 * 60;

/**
 * Whether a time lies within the days from `from` to `to` (minutes; NaN for no limit).
 * @param {Span} span @param {number} from @param {number} to @returns {Certainty}
 */
function timeMatch(span, from, to) {
  if (Number.isNaN(from) && Number.isNaN(to)) return "certain";
  const { start, end, isSure } = span;
  if ((end !== null && end < from) || (start !== null && start >= to + DAY)) return "none";
  // A comparison with NaN is false, so a missing limit excludes nothing.
  const isWithin = start !== null && end !== null && !(start < from) && !(end >= to + DAY);
  return isWithin && isSure ? "certain" : "possible";
}

/**
 * The items that match all filters, and for each facet the number of items that its values would give.
 * @param {State} state @returns {Found}
 */
function findMatches(state) {
  const from = minutesOf(state.from);
  const to = minutesOf(state.to);
  const counts = { state: new Map(), kind: new Map(), status: new Map(), object: new Map(), source: new Map() };
  const matches = [];
  for (const item of items) {
    const time = timeMatch(item.span, from, to);
    if (time === "none") continue;
    const values = /** @type {Record<Facet, string[]>} */ (facetValues.get(item));
    const missed = FACETS.filter((facet) => state[facet] !== "" && !values[facet].includes(state[facet]));
    if (missed.length === 0) matches.push({ item, isCertain: time === "certain" });
    // An item counts for a facet if all the other filters let it through.
    for (const facet of missed.length === 0 ? FACETS : missed.length === 1 ? missed : []) {
      for (const value of new Set(values[facet])) counts[facet].set(value, (counts[facet].get(value) ?? 0) + (page.isTotal ? item.n[0] : 1));
    }
  }
  return { matches, counts };
}

/** Whether the match, or the incident itself, is only possible. @param {Match} match */
function isPossible({ item, isCertain }) {
  return !isCertain || (item.n[0] === 0 && item.n[1] !== 0);
}

/** The least and the most incidents that match. @param {Match[]} matches */
function countIncidents(matches) {
  const counts = { certain: 0, possible: 0, isOpen: false };
  for (const { item, isCertain } of matches) {
    const [least, most] = item.n;
    counts.certain += isCertain ? least : 0;
    counts.possible += (most ?? least) - (isCertain ? least : 0);
    counts.isOpen ||= most === null;
  }
  return counts;
}

/** The number of incidents that these items stand for, as a mark shows it; empty for no incident. @param {Item[]} those */
function shortNumber(those) {
  const { least, most } = bounds(those);
  if (most === 0) return "";
  if (least === most) return least.toLocaleString("en");
  return least === 0 && most !== Infinity ? `0–${most.toLocaleString("en")}` : `${least.toLocaleString("en")}+`;
}

/** The number of incidents that these items stand for, in words. @param {Item[]} those */
function numberWords(those) {
  const { least, most } = bounds(those);
  if (most === Infinity) return `at least ${counted(least, "incident")}`;
  return least === most ? counted(least, "incident") : `${least.toLocaleString("en")} to ${counted(most, "incident")}`;
}

/** @param {Item[]} those */
function bounds(those) {
  let [least, most] = [0, 0];
  for (const { n } of those) {
    least += n[0];
    most += n[1] ?? Infinity;
  }
  return { least, most };
}

/** @param {number} number */
function incidents(number) {
  return `${counted(number, "incident")}${page.isTotal ? " of this kind" : ""}`;
}

/** @param {Match[]} matches */
function matchSentence(matches) {
  const { certain, possible, isOpen } = countIncidents(matches);
  const verb = certain === 1 ? "matches" : "match";
  const possibly = possible || isOpen ? `, ${possible.toLocaleString("en")}${isOpen ? " or more" : ""} possibly` : "";
  return `${incidents(certain)} ${verb} for certain${possibly}.`;
}

/** @param {Match[]} matches */
function totalSentence(matches) {
  const { certain, possible, isOpen } = countIncidents(matches);
  const isOne = certain + possible === 1;
  if (isOpen) return `At least ${incidents(certain)} ${certain === 1 ? "is" : "are"} shown.`;
  const least = possible ? `${certain.toLocaleString("en")} to ` : "";
  return `${certain + possible <= 1 && !least ? "" : "All "}${least}${incidents(certain + possible)} ${isOne ? "is" : "are"} shown.`;
}

/** @param {Match[]} matches @param {State} state @param {string[]} ignored */
function countSentence(matches, state, ignored) {
  const hasIncidents = matches.length === 0 || matches.some(({ item }) => item.n[1] !== 0);
  const sentences = namesOfFilters(state).length ? [matchSentence(matches)] : hasIncidents ? [totalSentence(matches)] : [];
  const numberOf = (/** @type {string} */ type) => matches.filter(({ item }) => item.type === type).length;
  const others = [counted(numberOf("series"), "series", "series"), counted(numberOf("finding"), "finding")].filter((one) => !one.startsWith("0"));
  if (others.length) sentences.push(`${sentences.length ? "Also " : ""}${others.join(" and ")}.`);
  const discounted = matches.filter(({ item }) => item.type === "incursion" && item.n[1] === 0).length;
  if (discounted) sentences.push(`${discounted.toLocaleString("en")} discounted.`);
  const shown = new Set(matches.map(({ item }) => item.id));
  const same = matches.filter(({ item }) => item.sameAs.some((id) => shown.has(id))).length;
  if (same) sentences.push(`${same.toLocaleString("en")} of them may be the same incident${same > 2 ? " as another" : ""}.`);
  if (state.from && state.to && state.from > state.to) sentences.push("“From” is later than “To”.");
  if (ignored.length) sentences.push(`Not on this page, so ignored: ${ignored.join(", ")}.`);
  return sentences.join(" ");
}

const form = /** @type {HTMLFormElement} */ (byId("filter-form"));

/** @param {string} name */
function control(name) {
  return /** @type {HTMLSelectElement | HTMLInputElement} */ (form.elements.namedItem(name));
}

/** @param {Facet} facet @param {string} value */
function choiceName(facet, value) {
  if (facet === "state") return stateName(value);
  if (facet === "kind") return kindWord(value);
  if (facet === "status") return statusWord(value);
  return facet === "source" ? value : word(value);
}

function makeFilters() {
  for (const facet of FACETS) {
    control(facet).append(
      ...(page.isTotal && facet === "kind" ? [] : [h("option", { value: "" }, "All")]),
      ...choices[facet].map((value) => h("option", { value })),
    );
    // A choice between nothing and one value is no choice.
    /** @type {HTMLElement} */ (control(facet).parentElement).hidden = choices[facet].length === 0;
  }
  form.addEventListener("change", () => store.change(formState()));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    store.change({ ...emptyState(), incident: store.state.incident });
  });
}

/** @returns {Partial<State>} */
function formState() {
  return Object.fromEntries([...FACETS, "from", "to"].map((name) => [name, control(name).value]));
}

/** @param {Found} found */
function nameChoices({ counts }) {
  for (const facet of FACETS) {
    for (const option of /** @type {HTMLSelectElement} */ (control(facet)).options) {
      if (option.value === "") continue;
      const count = counts[facet].get(option.value) ?? 0;
      option.textContent = `${choiceName(facet, option.value)} (${count.toLocaleString("en")})`;
    }
  }
}

let namingTimer = 0;

/** @param {State} state @param {Found} found @param {string[]} ignored */
function showFilters(state, found, ignored) {
  // A page may have a thousand sources: what a reader looks at comes first.
  clearTimeout(namingTimer);
  namingTimer = setTimeout(nameChoices, 100, found);
  for (const facet of FACETS) control(facet).value = state[facet];
  control("from").value = state.from;
  control("to").value = state.to;
  const active = namesOfFilters(state).length;
  byId("active-filters").textContent = active ? ` (${active} in use)` : "";
  const sentence = countSentence(found.matches, state, ignored);
  // The same words again would make a screen reader say them again.
  if (byId("count").textContent !== sentence) byId("count").textContent = sentence;
}
