/* A choice is painted ahead: the map asks for the colours of the view that the choice makes, while
   the page's own run is under way. What the run brings counts; what it does not confirm goes. */
(function () {
  "use strict";

  var KEY = "st-key-w_";
  var SETTLE = 400;  // Milliseconds in which the paint of a run that is over reaches the map.
  var WORD = "data-test-script-state";
  var told = document.querySelector('meta[name="merida-atlas-choices"]');
  if (!told) return;
  var choices = JSON.parse(told.content), asking = null, since = { heard: -1, changes: {} };
  var watched = null, slid = "";

  function maps() {
    return Array.prototype.map.call(window.frames, function (one) {
      try { return one.atlas; } catch (foreign) { return null; }
    }).filter(Boolean);
  }

  function ahead(changes) {
    var found = maps(), query = new URLSearchParams(window.location.search);
    if (found.length !== 1 || !found[0].painted || query.has("tool")) return;
    var map = found[0], app = document.querySelector(".stApp");
    if (!app || app.getAttribute("data-test-connection-state") !== "CONNECTED") return;
    watch(app);
    // The address follows the run; until it has, what was chosen before counts too.
    changes = Object.assign(since.heard === map.painted ? since.changes : {}, changes);
    since = { heard: map.painted, changes: changes };
    Object.keys(changes).forEach(function (name) { query.set(name, changes[name]); });
    if (asking) asking.abort();
    asking = new AbortController();
    fetch("/paint.json?" + query, { signal: asking.signal }).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status);
      return answer.json();
    }).then(function (payload) {
      if (map.painted === since.heard) map.ahead(payload);
    }).catch(function () { /* The run of the page paints it. */ });
  }

  /* A run that is over has painted, or found that nothing changes. */
  function watch(app) {
    if (watched === app) return;
    watched = app;
    new MutationObserver(function () {
      if (app.getAttribute(WORD) !== "notRunning") return;
      setTimeout(function () {
        if (app.getAttribute(WORD) === "notRunning") maps().forEach(function (map) { map.settle(); });
      }, SETTLE);
    }).observe(app, { attributes: true, attributeFilter: [WORD] });
  }

  function name(element) {
    var widget = element.closest('[class*="' + KEY + '"]');
    var found = widget && widget.className.match(/st-key-w_(\w+)/);
    return { widget: widget, name: found ? found[1] : "" };
  }

  function members(widget, selector) {
    return Array.prototype.slice.call(widget.querySelectorAll(selector));
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest('[role="radio"]');
    if (!button || button.getAttribute("aria-checked") === "true") return;
    var of = name(button), values = choices.buttons[of.name];
    if (!values) return;
    var changes = {};
    changes[of.name] = values[members(of.widget, '[role="radio"]').indexOf(button)];
    ahead(changes);
  }, true);

  /* The slider moves with each key and with the pointer; its ends are read once it has. */
  function span(event) {
    var of = event.target.closest ? name(event.target) : {};
    if (of.name !== "years" || (event.type === "pointermove" && !event.buttons)) return;
    var before = ends(of.widget);
    setTimeout(function () {
      var now = ends(of.widget), changes = {};
      if (String(now) === String(before) && event.type !== "pointermove") return;
      if (String(now) === slid) return;
      slid = String(now);
      now.forEach(function (end, at) { changes[choices.span[at]] = choices.years[end]; });
      ahead(changes);
    });
  }

  function ends(widget) {
    return members(widget, "input[type=range]").map(function (end) { return Number(end.value); });
  }

  ["keydown", "pointermove", "pointerup"].forEach(function (kind) {
    document.addEventListener(kind, span, true);
  });
})();
