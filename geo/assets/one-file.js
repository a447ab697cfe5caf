/* The page of a view in one file: choosing a state on the map or in the table. */
(function () {
  "use strict";

  var told = JSON.parse(document.getElementById("told").textContent);
  var card = document.getElementById("card"), chosen = "";
  var map = window.offlineMap(document.getElementById("map"), told, [620, 440], select);

  function hint() {
    var line = document.createElement("p");
    line.textContent = told.choose;
    return line;
  }

  function select(code) {
    chosen = chosen === code ? "" : code;
    map.select(chosen);
    document.querySelectorAll("[data-state]").forEach(function (row) {
      var on = row.getAttribute("data-state") === chosen;
      row.classList.toggle("selected", on);
      if (on) row.setAttribute("aria-current", "true"); else row.removeAttribute("aria-current");
    });
    card.replaceChildren(chosen ? map.lines(chosen) : hint());
  }

  document.querySelectorAll("[data-state]").forEach(function (row) {
    var code = row.getAttribute("data-state");
    row.tabIndex = 0;
    row.addEventListener("click", function () { select(code); });
    row.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      select(code);
    });
  });
  map.paint(told.paint);
  window.atlasLegend(function () { return [map]; });
  card.replaceChildren(hint());
  if (told.paint.selected) select(told.paint.selected);
  window.addEventListener("resize", map.fit);
  window.offline = { states: map.states, reached: map.reached, select: select, chosen: function () { return chosen; } };
})();
