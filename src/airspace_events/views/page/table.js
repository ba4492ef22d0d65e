const TABLE_ROWS_AT_A_TIME = 100;
let tableRowsShown = TABLE_ROWS_AT_A_TIME;
const tableBody = byId("rows");

/** The static rows stand in the order of the items. @type {Map<Item, HTMLTableRowElement>} */
const tableRows = new Map(
  /** @type {HTMLTableRowElement[]} */ ([...tableBody.children]).map((row, index) => [items[index], row]),
);

/** @param {Match[]} matches @param {Item | undefined} selected */
function showTable(matches, selected, isPrinting = false) {
  const shown = isPrinting ? matches : matches.slice(0, tableRowsShown);
  tableBody.replaceChildren(
    ...shown.flatMap((match) => {
      const row = tableRows.get(match.item);
      if (!row) return [];
      markTableRow(row, isPossible(match));
      return [row];
    }),
  );
  markTable(selected);
  const rest = matches.length - shown.length;
  byId("more-rows").hidden = rest <= 0;
  byId("more-rows").textContent = `Show ${Math.min(rest, TABLE_ROWS_AT_A_TIME)} more`;
  byId("table-caption").textContent = rest > 0 ? `The first ${shown.length} of ${matches.length.toLocaleString("en")} rows` : counted(matches.length, "row");
}

/** @param {HTMLTableRowElement} row @param {boolean} isOnlyPossible */
function markTableRow(row, isOnlyPossible) {
  const tag = row.querySelector(".possible");
  if (isOnlyPossible && !tag) row.cells[0].append(" ", possibleTag());
  if (!isOnlyPossible) tag?.remove();
}

/** @param {Item | undefined} selected */
function markTable(selected) {
  tableBody.querySelector(".selected")?.classList.remove("selected");
  if (selected) tableRows.get(selected)?.classList.add("selected");
}
