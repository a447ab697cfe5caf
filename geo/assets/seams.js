/* The seams to Streamlit in the browser: the one script that knows its elements, attributes and ways.
   The other scripts ask it by name. What it relies on stands in HOOKS; geo/server/streamlit.py looks
   each of them up in Streamlit's own scripts after the start, and a test does before all others. */
(function () {
  "use strict";

  var HOOKS = {
    app: "stApp",
    connection: "data-test-connection-state",
    connected: "CONNECTED",
    run: "data-test-script-state",
    rests: "notRunning",
    key: "st-key-",
    checked: "aria-checked",
    radio: "radio",
    slider: "range",
    address: "popstate",
  };
  var met = null, backs = [], rests = [];

  function app() {
    return document.querySelector("." + HOOKS.app);
  }

  function connected() {
    var found = app();
    return Boolean(found) && found.getAttribute(HOOKS.connection) === HOOKS.connected;
  }

  /* The address with some parameters changed; null takes one out. Streamlit follows it as it follows
     going back: with one ordinary run, and the map keeps its place. */
  function go(changes, quietly) {
    var query = new URLSearchParams(window.location.search);
    Object.keys(changes).forEach(function (name) {
      if (changes[name] === null) query.delete(name); else query.set(name, changes[name]);
    });
    var spelled = query.toString();
    window.history[quietly ? "replaceState" : "pushState"](
      window.history.state, "", window.location.pathname + (spelled ? "?" + spelled : "")
    );
    window.dispatchEvent(new PopStateEvent(HOOKS.address, { state: window.history.state }));
  }

  /* Tells of each change of the address, Streamlit's own too, which no event does. */
  function onAddress(follow) {
    ["pushState", "replaceState"].forEach(function (name) {
      var original = window.history[name];
      window.history[name] = function () {
        var result = original.apply(this, arguments);
        follow();
        return result;
      };
    });
    window.addEventListener(HOOKS.address, follow);
  }

  function watch(found) {
    var known = false, away = false;
    function follow() {
      var here = found.getAttribute(HOOKS.connection) === HOOKS.connected;
      if (here && away) backs.forEach(function (back) { back(); });
      known = known || here;
      away = known && !here;
    }
    new MutationObserver(follow).observe(found, { attributes: true, attributeFilter: [HOOKS.connection] });
    new MutationObserver(function () {
      if (resting()) rests.forEach(function (rest) { rest(); });
    }).observe(found, { attributes: true, attributeFilter: [HOOKS.run] });
    follow();
    met = found;
  }

  function resting() {
    return Boolean(met) && met.getAttribute(HOOKS.run) === HOOKS.rests;
  }

  function members(holder, selector) {
    return Array.prototype.slice.call(holder.querySelectorAll(selector));
  }

  window.atlasSeams = {
    go: go,
    onAddress: onAddress,
    connected: connected,
    resting: resting,
    /* Called when a lost connection is there again. */
    onBack: function (back) { backs.push(back); },
    /* Called each time that a run of the page is over. */
    onRest: function (rest) { rests.push(rest); },
    /* Called whenever the page has changed: the app comes late, and may be built anew. */
    look: function () {
      var found = met && met.isConnected ? null : app();
      if (found) watch(found);
    },
    /* Where a dialog stands, so that it wears the page's theme. */
    place: function () { return app() || document.body; },
    dark: function () {
      var parts = window.getComputedStyle(app()).backgroundColor.match(/[\d.]+/g).map(Number);
      return parts[0] * 0.299 + parts[1] * 0.587 + parts[2] * 0.114 < 128;
    },
    maps: function () {
      return Array.prototype.map.call(window.frames, function (one) {
        try { return one.atlas; } catch (foreign) { return null; }
      }).filter(Boolean);
    },
    /* The control an element belongs to, by the key that Python gave it; null if to none. */
    control: function (element) {
      var holder = element.closest && element.closest('[class*="' + HOOKS.key + 'w_"]');
      return holder && { holder: holder, key: holder.className.split(HOOKS.key)[1].match(/^\w+/)[0] };
    },
    /* The button of a row that an element is or stands in, if pressing it changes something. */
    unpressed: function (element) {
      var button = element.closest && element.closest('[role="' + HOOKS.radio + '"]');
      return button && button.getAttribute(HOOKS.checked) !== "true" ? button : null;
    },
    buttons: function (control) { return members(control.holder, '[role="' + HOOKS.radio + '"]'); },
    /* Where the two ends of a slider stand, counted in its steps. */
    ends: function (control) {
      return members(control.holder, 'input[type="' + HOOKS.slider + '"]').map(function (end) {
        return Number(end.value);
      });
    },
  };
})();
