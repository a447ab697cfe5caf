/* The ranking sorts by each of its columns: a press sorts, another turns it round. What the server
   sends anew is put into the same order. */
(function () {
  "use strict";

  var sorted = { column: 0, down: false };
  var tables = document.getElementsByClassName("ma-ranking");

  /* As written: rank and number stand in the order they came in, names by the alphabet of the page. */
  function keys(rows, column) {
    return rows.map(function (row, at) {
      var text = row.cells[column].textContent.trim(), number = parseFloat(text.replace(/[^\d.]/g, ""));
      return { row: row, at: Number(row.getAttribute("data-at") || at), text: text, number: isNaN(number) ? -Infinity : number };
    });
  }

  function compare(column) {
    if (column === 0 || column === 2) return function (one, other) { return one.at - other.at; };
    if (column === 1) return function (one, other) { return one.text.localeCompare(other.text, document.documentElement.lang); };
    return function (one, other) { return other.number - one.number || one.at - other.at; };
  }

  function sort(table) {
    var body = table.tBodies[0], rows = Array.prototype.slice.call(body.rows);
    rows.forEach(function (row, at) { if (!row.hasAttribute("data-at")) row.setAttribute("data-at", at); });
    var found = keys(rows, sorted.column).sort(compare(sorted.column));
    if (sorted.down) found.reverse();
    // A row that is put where it stands already would lose the focus of what is in it.
    if (found.some(function (one, at) { return one.row !== rows[at]; })) {
      body.append.apply(body, found.map(function (one) { return one.row; }));
    }
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (cell, at) {
      // Numbers begin with the largest, ranks and names with the first.
      var rises = (at < 2) !== sorted.down;
      if (at === sorted.column) cell.setAttribute("aria-sort", rises ? "ascending" : "descending");
      else cell.removeAttribute("aria-sort");
    });
  }

  function prepare(table) {
    if (table.hasAttribute("data-sorts") || !table.tHead) return;
    table.setAttribute("data-sorts", "");
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (cell, at) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "ma-sort";
      button.textContent = cell.textContent;
      button.addEventListener("click", function () {
        sorted = { column: at, down: sorted.column === at && !sorted.down };
        sort(table);
      });
      cell.replaceChildren(button);
    });
    sort(table);
  }

  new MutationObserver(function () {
    Array.prototype.forEach.call(tables, prepare);
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
