/* A choice is painted ahead: the map asks for the colours of the view that the choice makes, while
   the page's own run is under way. What the run brings counts; what it does not confirm goes. */
(function () {
  "use strict";

  var SETTLE = 400;  // Milliseconds in which the paint of a run that is over reaches the map.
  var seams = window.atlasSeams;
  var choices = window.atlasTold.choices, asking = null;
  var slid = "";

  function ahead(changes) {
    seams.choose(changes);
    var found = seams.maps(), query = seams.meant();
    if (found.length !== 1 || !found[0].painted || query.has("tool") || !seams.connected()) return;
    var map = found[0], heard = map.painted;
    if (asking) asking.abort();
    asking = new AbortController();
    fetch("/paint.json?" + query, { signal: asking.signal }).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status);
      return answer.json();
    }).then(function (payload) {
      if (map.painted === heard) map.ahead(payload);
    }).catch(function () { /* The run of the page paints it. */ });
  }

  /* A run that is over has painted, or found that nothing changes; but not the run before the choice,
     where the choice is still on its way to the server. */
  seams.onRest(function () {
    setTimeout(function () {
      if (seams.followed()) seams.maps().forEach(function (map) { map.settle(); });
    }, SETTLE);
  });

  /* The parameter that a control writes: its key is `w_` and that. */
  function written(control) {
    return control.key.slice(2);
  }

  document.addEventListener("click", function (event) {
    var button = seams.unpressed(event.target), control = button && seams.control(button);
    var values = control && choices.buttons[written(control)];
    if (!values) return;
    var changes = {};
    changes[written(control)] = values[seams.buttons(control).indexOf(button)];
    ahead(changes);
  }, true);

  /* A menu: its list stands elsewhere on the page while it is open. */
  function picked(event) {
    var option = seams.option(event), menu = option && choices.menus[written(option.control)];
    if (!menu) return;
    var changes = {};
    changes[menu[0]] = menu[1][option.at];
    ahead(changes);
  }

  document.addEventListener("pointerup", picked, true);
  document.addEventListener("keydown", picked, true);

  /* The slider moves with each key and with the pointer; its ends are read once it has. */
  function span(event) {
    var control = seams.control(event.target);
    if (!control || written(control) !== "years" || (event.type === "pointermove" && !event.buttons)) return;
    var before = seams.ends(control);
    setTimeout(function () {
      var now = seams.ends(control), changes = {};
      if (String(now) === String(before) && event.type !== "pointermove") return;
      if (String(now) === slid) return;
      slid = String(now);
      now.forEach(function (end, at) { changes[choices.span[at]] = choices.years[end]; });
      ahead(changes);
    });
  }

  ["keydown", "pointermove", "pointerup"].forEach(function (kind) {
    document.addEventListener(kind, span, true);
  });
})();
