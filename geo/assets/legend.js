/* The classes of a legend answer to pointer and focus: their states stay on the map, the others fade.
   Pressed, a class stays so until it is pressed again, or Escape. `maps` gives the maps there are. */
(function () {
  "use strict";

  window.atlasLegend = function (maps) {
    var held = "", shown = "";

    function of(event) {
      return event.target.closest ? event.target.closest(".ma-class") : null;
    }

    function buttons() {
      return Array.prototype.slice.call(document.querySelectorAll(".ma-class"));
    }

    /* The class, or none; told to a screen reader where it was come to by keyboard or pressed. */
    function light(fill, aloud) {
      var names = [];
      if (fill === shown && !aloud) return;
      shown = fill;
      maps().forEach(function (map) { if (map.light) names = map.light(fill); });
      var told = document.querySelector(".ma-lit");
      if (told) told.textContent = aloud && fill ? names.join(", ") : "";
    }

    function hold(fill) {
      held = fill;
      buttons().forEach(function (one) { one.setAttribute("aria-pressed", String(Boolean(held) && one.getAttribute("data-class") === held)); });
      light(held, true);
    }

    document.addEventListener("pointerover", function (event) {
      var on = of(event);
      if (on && event.pointerType !== "touch") light(on.getAttribute("data-class"));
    });
    document.addEventListener("pointerout", function (event) {
      if (of(event) && event.pointerType !== "touch") light(held);
    });
    document.addEventListener("focusin", function (event) {
      var on = of(event);
      if (on && on.matches(":focus-visible")) light(on.getAttribute("data-class"), true);
    });
    document.addEventListener("focusout", function (event) { if (of(event)) light(held); });
    document.addEventListener("click", function (event) {
      var on = of(event);
      if (on) hold(on.getAttribute("data-class") === held ? "" : on.getAttribute("data-class"));
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && held) hold("");
    });

    /* The legend may have been made anew: what is held stays so where its class is still there. */
    return function () {
      if (held) hold(buttons().some(function (one) { return one.getAttribute("data-class") === held; }) ? held : "");
    };
  };
})();
