function possibleTag() {
  return h("span", { class: "possible" }, "possible");
}

/** The status of an incursion; other items have none. @param {Item} item */
function statusTags({ type, status }) {
  if (type !== "incursion") return [];
  const sign = svgElement("svg", { viewBox: "-10 -10 20 20", width: 14, height: 14, "aria-hidden": "true" }, statusShape(status));
  return [h("span", { class: "status" }, sign, statusWord(status))];
}

/** The number of incidents of a total; for other items, the title says what they are. @param {Item} item */
function numberTags(item) {
  return item.type === "total" ? [h("strong", {}, numberWords([item]))] : [];
}

/** An item in a list: its title as a link, and when. @param {Item} item */
function itemEntry(item, isOnlyPossible = false) {
  const tags = [...numberTags(item), ...statusTags(item), ...(isOnlyPossible ? [possibleTag()] : [])];
  return h(
    "span",
    { class: "entry", "data-kind": item.kinds[0] ?? "" },
    itemLink(item.id, ...item.title.map(pieceNode)),
    h("span", { class: "when" }, ...item.when.map(pieceNode), ...tags.flatMap((tag) => [" ", tag])),
  );
}

/** @param {Match[]} matches @param {Item | undefined} selected */
function showIncident(matches, selected) {
  const panel = byId("incident");
  panel.classList.toggle("chosen", selected !== undefined);
  if (!selected) panel.replaceChildren(...incidentList(matches));
  else if (/** @type {HTMLElement | null} */ (panel.firstElementChild)?.dataset.id !== selected.id) {
    panel.replaceChildren(incidentArticle(selected));
    panel.scrollTop = 0;
  }
  const match = matches.find(({ item }) => item === selected);
  const note = panel.querySelector(".filtered-out");
  if (note) note.textContent = match ? (match.isCertain ? "" : "Matches the filters only possibly.") : "Does not match the filters.";
}

const MOST_LISTED = 40;

/** @param {Match[]} matches */
function incidentList(matches) {
  if (matches.length === 0) return [h("p", { class: "empty" }, "Nothing matches these filters.")];
  const entries = matches.slice(0, MOST_LISTED).map((match) => h("li", {}, itemEntry(match.item, isPossible(match))));
  const rest = matches.length - entries.length;
  return [
    h("h3", {}, page.isTotal ? "Totals by state and month" : "Choose an incident"),
    h("ul", { class: "entries" }, ...entries),
    ...(rest > 0 ? [h("p", { class: "note" }, `${rest.toLocaleString("en")} more are in the timeline and the table.`)] : []),
  ];
}

/** @param {Item} item */
function incidentArticle(item) {
  const heading = h("h3", { id: "incident-heading", tabindex: -1 }, lineNode(item.title));
  const close = h("button", { type: "button", class: "close" }, "Close");
  close.addEventListener("click", deselect);
  return h(
    "article",
    { "data-id": item.id, "data-kind": item.kinds[0] ?? "", "aria-labelledby": "incident-heading" },
    h("header", {}, heading, close),
    h("p", { class: "filtered-out note" }),
    h("p", { class: "kicker" }, ...item.kinds.map((kind) => h("span", { class: "kind" }, kindWord(kind))), ...numberTags(item), ...statusTags(item)),
    h("p", { class: "when" }, ...[item.when, item.where].filter((line) => line.length).map((line) => h("span", {}, lineNode(line)))),
    ...section("What the desk judged", "judged", [...headlineList(item), ...(item.assessed.length ? [list(item.assessed)] : [])]),
    ...section("What others claim", "claimed", claimTopics(item)),
    ...section("What others said and asked for", "", item.acts.length ? [list(item.acts)] : []),
    ...section("Effects", "", item.effects.length ? [list(item.effects)] : []),
    ...section("Responses", "", item.responses.length ? [list(item.responses)] : []),
    ...section("Notes", "", item.notes.length ? [list(item.notes)] : []),
    ...sourceList(item),
  );
}

/** @param {string} heading @param {string} name @param {Node[]} content */
function section(heading, name, content) {
  return content.length ? [h("section", { class: name }, h("h4", {}, heading), ...content)] : [];
}

/** @param {Item} item */
function headlineList({ headline }) {
  if (headline.length === 0) return [];
  return [
    h(
      "dl",
      {},
      ...headline.flatMap(([label, lines]) => [h("dt", {}, label), ...lines.map((line) => h("dd", {}, lineNode(line)))]),
    ),
  ];
}

/** @param {Item} item */
function claimTopics({ claims }) {
  if (claims.length === 0) return [];
  return [...claims.map(claimTopic), h("p", { class: "note" }, h("a", { href: "#about" }, "What do these words mean?"))];
}

/** @param {{topic: Line, positions: Position[]}} claim */
function claimTopic({ topic, positions }) {
  return h("div", { class: "topic" }, h("h5", {}, lineNode(topic)), h("ul", { class: "positions" }, ...positions.map(positionCard)));
}

/** @param {Position} position */
function positionCard({ by, polarity, lines = [], when = [], earlier = [] }) {
  const card = h(
    "li",
    { "data-polarity": polarity },
    h("span", { class: "by" }, lineNode(by)),
    h("span", { class: "polarity" }, word(polarity)),
    ...lines.map(lineNode),
    ...(when.length ? [h("span", { class: "when" }, lineNode(when))] : []),
  );
  if (earlier.length) {
    card.append(h("details", {}, h("summary", {}, counted(earlier.length, "earlier position")), list(earlier)));
  }
  return card;
}

/** @param {Item} item */
function sourceList({ sources }) {
  if (sources.length === 0) return [];
  const groups = sources.map(([first, ...copies]) => {
    const entry = h("li", {}, lineNode(first));
    if (copies.length) entry.append(h("span", { class: "copies" }, "copied or repeated by:"), list(copies));
    return entry;
  });
  return [
    h(
      "details",
      { class: "sources" },
      h("summary", {}, counted(sources.length, "source")),
      h("ul", {}, ...groups),
    ),
  ];
}
