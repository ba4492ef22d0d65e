const TABLE_ROWS_AT_A_TIME = 100;
let tableRowsShown = TABLE_ROWS_AT_A_TIME;
const tableBody = byId("rows");

/** The rows of the page, which are in the order of the items. @type {Map<string, HTMLTableRowElement>} */
const tableRows = new Map(items.map(({ id }, index) => [id, /** @type {HTMLTableRowElement} */ (tableBody.children[index])]));
for (const [id, row] of tableRows) row.dataset.id = id;

const tableHead = /** @type {HTMLTableRowElement} */ (byId("table").querySelector("thead tr"));
/** The columns that hold nothing in any row. */
const emptyColumns = [...tableHead.cells].map((_, index) => ![...tableRows.values()].some((row) => row.cells[index].textContent));
for (const [index, name] of [...tableHead.cells].entries()) name.hidden = emptyColumns[index];

/** The column that only the data holds, because the rows would repeat it. */
const hasSpoken = items.some(({ spoken }) => spoken.length > 0);
if (hasSpoken) tableHead.append(h("th", { scope: "col" }, "Statements and responses"));

/** @param {Match[]} matches @param {Item | undefined} selected */
function showTable(matches, selected, isPrinting = false) {
  const shown = isPrinting ? matches : matches.slice(0, tableRowsShown);
  tableBody.className = "";
  tableBody.replaceChildren(
    ...shown.flatMap((match) => {
      const row = tableRows.get(match.item.id);
      if (!row) return [];
      markTableRow(row, match);
      return [row];
    }),
  );
  markTable(selected);
  const rest = matches.length - shown.length;
  byId("more-rows").hidden = rest <= 0;
  byId("more-rows").textContent = `Show ${Math.min(rest, TABLE_ROWS_AT_A_TIME)} more`;
  byId("table-caption").textContent = rest > 0 ? `The first ${shown.length} of ${matches.length.toLocaleString("en")} rows` : counted(matches.length, "row");
}

/** @param {HTMLTableRowElement} row @param {Match} match */
function markTableRow(row, match) {
  const isOnlyPossible = isPossible(match);
  const tag = row.querySelector(".possible");
  if (isOnlyPossible && !tag) row.querySelector("a[href^='#incident=']")?.after(" ", possibleTag());
  if (!isOnlyPossible) tag?.remove();
  if (hasSpoken && !row.dataset.isFolded) {
    const { spoken } = match.item;
    row.append(h("td", {}, ...(spoken.length ? [list(spoken.map(({ what, when }) => [...when, ": ", ...what]))] : [])));
  }
  // On a narrow screen each cell says what it holds.
  for (const [index, name] of [...tableHead.cells].entries()) {
    row.cells[index].dataset.label = name.textContent ?? "";
    row.cells[index].hidden = emptyColumns[index] ?? false;
  }
  if (row.dataset.isFolded) return;
  row.dataset.isFolded = "true";
  for (const node of /** @type {NodeListOf<HTMLElement>} */ (row.querySelectorAll("li, :is(td, th):not(:has(li, a[href^='#']))"))) foldLong(node);
  for (const list of /** @type {NodeListOf<HTMLElement>} */ (row.querySelectorAll("ul"))) foldList(list);
}

const MOST_IN_CELL = 4;

/** @param {HTMLElement} list */
function foldList(list) {
  const number = list.children.length;
  if (number <= MOST_IN_CELL + 1) return;
  list.classList.add("folded");
  const button = h("button", { type: "button", class: "link" }, `Show all ${number}`);
  button.addEventListener("click", () => {
    list.classList.remove("folded");
    button.remove();
  });
  list.after(button);
}

/** @param {Item | undefined} selected */
function markTable(selected) {
  tableBody.querySelector(".selected")?.classList.remove("selected");
  if (selected) tableRows.get(selected.id)?.classList.add("selected");
}
