/**
 * Words of the page, texts of the feed, links to a source and links to an item of the page.
 * @typedef {string | {s: string} | {u: string, t: string} | {i: string, t: string}} Piece
 * @typedef {Piece[]} Line
 * @typedef {"known" | "open" | "unknown"} End
 * @typedef {{start: number | null, end: number | null, startIs: End, endIs: End, isSure: boolean}} Span
 * @typedef {{as: "point" | "circle" | "fuzzy" | "path" | "state", x?: number, y?: number, r?: number, d?: string,
 *   isArea?: boolean, state?: string, here: boolean, label: Line}} Mark
 * @typedef {{by: Line, polarity: string, lines?: Line[], when?: Line, earlier?: Line[]}} Position
 * @typedef {{kind: string, what: Line, when: Line, span: Span}} Spoken
 * @typedef {{id: string, type: string, title: Line, kinds: string[], status: string, states: string[],
 *   objects: string[], publishers: number[], n: [number, number | null], sameAs: string[], when: Line, span: Span,
 *   where: Line, marks: Mark[], undrawn: string[], headline: [string, Line[]][],
 *   claims: {topic: Line, positions: Position[]}[], assessed: Line[], effects: Line[], responses: Line[],
 *   sources: Line[][], acts: Line[], spoken: Spoken[], notes: Line[]}} Item
 * @typedef {{title: string, lang: string | null, words: Record<string, string>, stateNames: Record<string, string>,
 *   publishers: string[], sources: Line[], kinds: string[], statuses: string[], isTotal: boolean, items: Item[]}} Page
 * @typedef {"state" | "kind" | "status" | "object" | "source"} Facet
 * @typedef {Record<Facet | "from" | "to" | "incident", string>} State
 */

/** @type {Facet[]} */
const FACETS = ["state", "kind", "status", "object", "source"];
// The fragment cannot hold an empty value.
const NO_STATUS = "no_status_given";
const NO_KIND = "not_recorded";

/** @param {string} id */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** @type {Page} */
const page = JSON.parse(byId("data").textContent ?? "");
/** The page leaves out what is empty. */
const items = page.items.map(completeItem);
const itemsById = new Map(items.map((item) => [item.id, item]));

/** @param {Partial<Item>} item @returns {Item} */
function completeItem(item) {
  const empty = {
    type: "incursion", n: [1, 1], status: "", kinds: [], states: [], objects: [], publishers: [], sameAs: [], where: [], marks: [], undrawn: [],
    headline: [], claims: [], assessed: [], effects: [], responses: [], sources: [], acts: [], notes: [],
  };
  const marks = (item.marks ?? []).map((/** @type {Partial<Mark>} */ one) => ({ here: true, label: [stateName(one.state ?? "")], ...one }));
  const sources = /** @type {number[][]} */ (/** @type {unknown} */ (item.sources ?? [])).map((group) => group.map((number) => page.sources[number]));
  const spoken = (item.spoken ?? []).map((one) => ({ ...one, span: completeSpan(one.span) }));
  return /** @type {Item} */ ({ ...empty, ...item, marks, sources, span: completeSpan(/** @type {Span} */ (item.span)), spoken });
}

/** @param {Partial<Span>} span @returns {Span} */
function completeSpan(span) {
  return { start: null, end: null, startIs: "known", endIs: "known", isSure: true, ...span };
}

/** The values by which each item can be filtered. @type {Map<Item, Record<Facet, string[]>>} */
const facetValues = new Map(
  items.map((item) => [
    item,
    {
      state: item.states,
      kind: item.kinds.map((kind) => kind || NO_KIND),
      // Series and findings have no status.
      status: item.type === "incursion" ? [item.status || NO_STATUS] : [],
      object: item.objects,
      source: item.publishers.map((number) => page.publishers[number]),
    },
  ]),
);

/** The values of each facet that occur, in the order of the page. @type {Record<Facet, string[]>} */
const choices = {
  state: occurring("state").sort((one, other) => stateName(one).localeCompare(stateName(other))),
  kind: page.kinds.map((kind) => kind || NO_KIND),
  status: page.statuses.map((status) => status || NO_STATUS).filter((status) => occurring("status").includes(status)),
  object: occurring("object"),
  source: [...page.publishers].sort((one, other) => one.localeCompare(other)),
};

/** @param {Facet} facet */
function occurring(facet) {
  return [...new Set([...facetValues.values()].flatMap((values) => values[facet]))];
}

/** @param {Record<string, string>} names @param {string} key */
function named(names, key) {
  return Object.hasOwn(names, key) ? names[key] : undefined;
}

/** @param {string} code */
function stateName(code) {
  return named(page.stateNames, code) ?? code;
}

/** @param {string} term */
function word(term) {
  return named(page.words, term) ?? term.replaceAll("_", " ");
}

/** @param {string} status */
function statusWord(status) {
  return word(status || NO_STATUS);
}

/** The kinds of an item, and the status of an incident or the number of a total. @param {Item} item */
function factsOf(item) {
  const { type, kinds, status } = item;
  const judged = type === "incursion" ? [statusWord(status)] : type === "total" ? [numberWords([item])] : [];
  return [...kinds.map(kindWord), ...judged].join(", ");
}

/** @param {string} kind */
function kindWord(kind) {
  return kind === "" || kind === NO_KIND ? "kind not recorded" : word(kind);
}

/** Kinds are never added up, so totals are always of one kind. @returns {State} */
function emptyState() {
  return { state: "", kind: page.isTotal ? choices.kind[0] : "", status: "", object: "", source: "", from: "", to: "", incident: "" };
}

/** Minutes since 1970 at the start of a day, or NaN. @param {string} day */
function minutesOf(day) {
  return /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00Z`) / 60000 : NaN;
}

/**
 * Read a fragment; unknown keys and values are left out and named in `ignored`.
 * @param {string} fragment
 */
function parseFragment(fragment) {
  const state = emptyState();
  /** @type {string[]} */
  const ignored = [];
  for (const [key, value] of new URLSearchParams(fragment.replace(/^#/, ""))) {
    if (value === "") continue;
    if (isKnown(key, value)) state[/** @type {keyof State} */ (key)] = value;
    else ignored.push(`${key}=${value}`.slice(0, 60));
  }
  return { state, ignored };
}

/** @param {string} key @param {string} value */
function isKnown(key, value) {
  if (key === "incident") return itemsById.has(value);
  if (key === "from" || key === "to") return !Number.isNaN(minutesOf(value));
  return FACETS.includes(/** @type {Facet} */ (key)) && choices[/** @type {Facet} */ (key)].includes(value);
}

/** @param {State} state */
function formatFragment(state) {
  const names = [...namesOfFilters(state), ...(state.incident ? [/** @type {const} */ ("incident")] : [])];
  return new URLSearchParams(names.map((name) => [name, state[name]])).toString();
}

/** The filters in use. @param {State} state */
function namesOfFilters(state) {
  const none = emptyState();
  return /** @type {const} */ ([...FACETS, "from", "to"]).filter((name) => state[name] !== none[name]);
}

/** The state of the page; it changes only by `change` and by the fragment. */
const store = {
  ...parseFragment(location.hash),
  /** @type {(() => void)[]} */
  listeners: [],
  /** @param {Partial<State>} changes */
  change(changes) {
    const state = { ...store.state, ...changes };
    if (formatFragment(state) === formatFragment(store.state)) return;
    store.state = state;
    store.ignored = [];
    // An assignment to location.hash would scroll to the top if the fragment is empty.
    const fragment = formatFragment(state);
    history.pushState(null, "", fragment ? `#${fragment}` : location.href.split("#")[0]);
    store.notify();
  },
  readFragment() {
    const { state, ignored } = parseFragment(location.hash);
    if (ignored.length === 0 && formatFragment(state) === formatFragment(store.state)) return;
    store.state = state;
    store.ignored = ignored;
    store.notify();
  },
  notify() {
    for (const listener of store.listeners) listener();
  },
};

// Building blocks of the views. Texts of the feed become text nodes, never markup.

/**
 * @param {Element} element
 * @param {Record<string, string | number | EventListener>} attributes
 * @param {(Node | string)[]} children
 */
function furnish(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, String(value));
  }
  element.append(...children);
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | EventListener>} [attributes]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  furnish(element, attributes, children);
  return element;
}

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | EventListener>} [attributes]
 * @param {(Node | string)[]} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
function svgElement(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  furnish(element, attributes, children);
  return element;
}

/** @param {Piece} piece @returns {Node | string} */
function pieceNode(piece) {
  if (typeof piece === "string") return piece;
  if ("s" in piece) {
    const said = h("bdi", { dir: "auto" }, piece.s);
    if (page.lang) said.lang = page.lang;
    return said;
  }
  if ("i" in piece) return itemLink(piece.i, h("bdi", {}, piece.t));
  if (!/^https?:\/\//i.test(piece.u)) return h("bdi", {}, piece.t);
  return h("a", { href: piece.u, target: "_blank", rel: "noopener noreferrer" }, h("bdi", {}, piece.t));
}

/** @param {string} id @param {(Node | string)[]} children */
function itemLink(id, ...children) {
  return h("a", { href: `#incident=${encodeURIComponent(id)}` }, ...children);
}

const LONG = 600;

/** A line as an element. @param {Line} line */
function lineNode(line) {
  const node = h("span", { class: "line" }, ...line.map(pieceNode));
  foldLong(node);
  return node;
}

/** Show only the start of a very long text until a reader asks for all of it. @param {HTMLElement} node */
function foldLong(node) {
  if ((node.textContent ?? "").length <= LONG) return;
  const text = h("span", { class: "clamped" }, ...node.childNodes);
  const button = h("button", { type: "button", class: "link", "aria-expanded": "false" }, "Show the whole text");
  button.addEventListener("click", () => {
    const isClamped = text.classList.toggle("clamped");
    button.setAttribute("aria-expanded", String(!isClamped));
    button.textContent = isClamped ? "Show the whole text" : "Show less";
  });
  node.append(text, button);
}

/** A line as plain text, each text of the feed isolated from the direction of the others. @param {Line} line */
function plain(line) {
  return line
    .map((piece) => (typeof piece === "string" ? piece : `\u2068${"s" in piece ? piece.s : piece.t}\u2069`))
    .join("");
}

/** @param {Line[]} lines */
function list(lines) {
  return h("ul", {}, ...lines.map((line) => h("li", {}, lineNode(line))));
}

/** The number of items in words; series and findings are no incidents. @param {Item[]} those */
function countedItems(those) {
  if (page.isTotal) return numberWords(those);
  if (those.every(({ type }) => type === "incursion")) return counted(those.length, "incident");
  return those.length === 1 ? "1 entry" : `${those.length.toLocaleString("en")} entries`;
}

/** @param {number} number @param {string} noun */
function counted(number, noun, plural = `${noun}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? noun : plural}`;
}
