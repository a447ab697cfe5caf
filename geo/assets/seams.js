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
    menu: "aria-controls",
    option: "data-key",
    selected: "aria-selected",
    address: "popstate",
    scrolled: "stMain",
    own: "stHtml",
    place: "root",
    part: "data-testid",
    waiting: "stSkeleton",
  };
  var met = null, known = false, backs = [], rests = [], spoken = [];
  var HEARD_WITHIN = 5000;  // Milliseconds for which a choice on its way to the server is waited for.
  var chosen = {}, chosenAt = 0, unheard = false, queued = [], patience = 0;
  var NAMED = ["aria-label", "title", "placeholder"];
  var words = (window.atlasTold || {}).words || {};

  function app() {
    return document.querySelector("." + HOOKS.app);
  }

  function connected() {
    var found = app();
    return Boolean(found) && found.getAttribute(HOOKS.connection) === HOOKS.connected;
  }

  /* A choice in a control, as parameters: the address follows its run, and whoever wants another
     address waits for that. Until a run has begun the choice is still on its way to the server. */
  function choose(changes) {
    Object.assign(chosen, changes);
    chosenAt = Date.now();
    unheard = true;
  }

  /* The address with what was chosen since. */
  function meant() {
    var query = new URLSearchParams(window.location.search);
    Object.keys(chosen).forEach(function (name) { query.set(name, chosen[name]); });
    return query;
  }

  /* To the address with some parameters changed; null takes one out. */
  function go(changes, quietly) {
    var left = Object.keys(chosen).length && Object.keys(changes).length ? chosenAt + HEARD_WITHIN - Date.now() : 0;
    queued.push([changes, quietly]);
    clearTimeout(patience);
    if (left > 0) patience = setTimeout(leave, left); else leave();
  }

  /* Streamlit follows the address as it follows going back: with one ordinary run, and the map keeps
     its place. */
  function leave() {
    var query = meant(), changes = {}, quietly = true;
    if (!queued.length) return;
    queued.splice(0).forEach(function (one) {
      Object.assign(changes, one[0]);
      quietly = quietly && one[1];
    });
    Object.keys(changes).forEach(function (name) {
      delete chosen[name];
      if (changes[name] === null) query.delete(name); else query.set(name, changes[name]);
    });
    var spelled = query.toString();
    window.history[quietly ? "replaceState" : "pushState"](
      window.history.state, "", window.location.pathname + (spelled ? "?" + spelled : "")
    );
    window.dispatchEvent(new PopStateEvent(HOOKS.address, { state: window.history.state }));
  }

  /* To another page, or this one at another address, from its top. */
  function visit(address) {
    var scrolled = document.querySelector("." + HOOKS.scrolled), other = address.split("?")[0] !== window.location.pathname;
    window.history.pushState(window.history.state, "", address);
    window.dispatchEvent(new PopStateEvent(HOOKS.address, { state: window.history.state }));
    if (other && scrolled) scrolled.scrollTop = 0;
  }

  /* The part of the page that Python gave this key. */
  function keyed(key) {
    return document.querySelector("." + HOOKS.key + key);
  }

  /* A text put into the field with this key as if it was typed: Streamlit hears of it. */
  function type(key, text) {
    var holder = keyed(key), field = holder && holder.querySelector("textarea");
    if (!field) return;
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }

  /* A page and its own first address are one step of going back. Streamlit writes them in one step or
     in two, as its messages happen to meet: the second then takes the place of the first. */
  function oneStep() {
    var push = window.history.pushState, replace = window.history.replaceState, arriving = false;
    window.history.pushState = function (state, title, address) {
      var same = new URL(address, window.location.href).pathname === window.location.pathname;
      var second = same && arriving;
      arriving = !same || second;
      return (second ? replace : push).apply(this, arguments);
    };
    rests.push(function () { arriving = false; });
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

  /* What Streamlit writes in English, in the reader's language: see geo/server/streamlit_words.py. */
  function word(table, text) {
    if (Object.prototype.hasOwnProperty.call(table, text)) return table[text];
    var hit = null;
    Object.keys(table).some(function (form) {
      var at = form.indexOf("{"), to = form.indexOf("}") + 1;
      if (at < 0 || text.length < form.length - (to - at) + 1) return false;
      if (text.slice(0, at) !== form.slice(0, at) || !text.endsWith(form.slice(to))) return false;
      var held = text.slice(at, text.length - (form.length - to));
      if (form.slice(at, to) === "{count}" && !/^\d+$/.test(held)) return false;
      hit = table[form].replace(form.slice(at, to), function () { return held; });
      return true;
    });
    return hit;
  }

  function put(node, name, text) {
    if (name) node.setAttribute(name, text); else node.data = text;
  }

  function speakOne(node, name, table) {
    var english = (name ? node.getAttribute(name) : node.data) || "", other = word(table, english.trim());
    if (other === null || other === english) return;
    spoken.push({ node: node, name: name, english: english, other: other });
    put(node, name, other);
  }

  /* Within a node that Streamlit has just made, or a whole document; our own HTML is left alone. */
  function speak(root, lang) {
    var table = words[lang || document.documentElement.lang];
    if (!table) return;
    var texts = Object.keys(table.texts).length ? table.texts : null;
    var walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, function (node) {
      return node.nodeType === 1 && node.classList.contains(HOOKS.own) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
    });
    for (var node = root; node; node = walker.nextNode()) {
      if (node.nodeType === 3) {
        if (texts && node.data.length < 60) speakOne(node, "", texts);
      } else if (node.getAttribute) NAMED.forEach(function (name) {
        if (node.hasAttribute(name)) speakOne(node, name, table.names);
      });
    }
  }

  /* The language has changed: take back what was put, and speak the other. */
  function speakAnew() {
    spoken.splice(0).forEach(function (one) {
      var now = one.name ? one.node.getAttribute(one.name) : one.node.data;
      if (one.node.isConnected && now === one.other) put(one.node, one.name, one.english);
    });
    speak(document.body);
  }

  new MutationObserver(function (changes) {
    changes.forEach(function (change) {
      if (change.type === "attributes" || change.type === "characterData") {
        var holder = change.target.parentElement;
        if (holder && holder.closest("." + HOOKS.own)) return;
        var table = words[document.documentElement.lang];
        if (!table) return;
        if (change.type === "attributes") speakOne(change.target, change.attributeName, table.names);
        else speakOne(change.target, "", table.texts);
      }
      change.addedNodes.forEach(function (node) {
        if (!node.parentElement || !node.parentElement.closest("." + HOOKS.own)) speak(node);
      });
    });
  }).observe(document.documentElement, {
    childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: NAMED,
  });

  /* Where no connection comes, as behind a proxy that lets no socket through, the page says so. */
  function expect() {
    var notice = document.getElementById("ma-unconnected");
    if (notice) setTimeout(function () { notice.hidden = known; }, Number(notice.getAttribute("data-wait")));
  }

  function watch(found) {
    var away = false;
    function follow() {
      var here = found.getAttribute(HOOKS.connection) === HOOKS.connected;
      if (here && away) backs.forEach(function (back) { back(); });
      if (here && !known) connectedOnce();
      away = known && !here;
    }
    new MutationObserver(follow).observe(found, { attributes: true, attributeFilter: [HOOKS.connection] });
    new MutationObserver(function () {
      if (resting()) rests.forEach(function (rest) { rest(); }); else unheard = false;
    }).observe(found, { attributes: true, attributeFilter: [HOOKS.run] });
    follow();
    met = found;
  }

  function connectedOnce() {
    var notice = document.getElementById("ma-unconnected");
    known = true;
    if (notice) notice.hidden = true;
  }

  function resting() {
    return Boolean(met) && met.getAttribute(HOOKS.run) === HOOKS.rests;
  }

  function members(holder, selector) {
    return Array.prototype.slice.call(holder.querySelectorAll(selector));
  }

  /* The control an element belongs to, by the key that Python gave it; null if to none. */
  function control(element) {
    var holder = element.closest && element.closest('[class*="' + HOOKS.key + 'w_"]');
    return holder && { holder: holder, key: holder.className.split(HOOKS.key)[1].match(/^\w+/)[0] };
  }

  oneStep();
  rests.push(function () {
    if (unheard) return;
    chosen = {};
    leave();
  });
  window.addEventListener(HOOKS.address, function (event) { if (event.isTrusted) chosen = {}; });
  window.atlasSeams = {
    go: go,
    choose: choose,
    meant: meant,
    visit: visit,
    keyed: keyed,
    /* The part with a key that an element stands in. */
    holder: function (element) { return element.closest('[class*="' + HOOKS.key + '"]'); },
    type: type,
    onAddress: onAddress,
    speak: speak,
    speakAnew: speakAnew,
    connected: connected,
    /* The app has been begun: say so where no connection comes. */
    expect: expect,
    /* Where the app stands in the page, and what of it scrolls. */
    root: function () { return document.getElementById(HOOKS.place); },
    scroller: function () { return document.querySelector("." + HOOKS.scrolled); },
    /* Nothing of the page is still on its way. */
    whole: function () { return !document.querySelector("[" + HOOKS.part + '="' + HOOKS.waiting + '"]'); },
    /* What takes the focus in the control with this key. */
    controlOf: function (key) { return document.querySelector("." + HOOKS.key + key + " :is(input, button)"); },
    resting: resting,
    /* The page rests, and nothing that was chosen is still on its way to the server. */
    followed: function () { return resting() && !unheard; },
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
    place: function () { return (document.documentElement.hasAttribute("data-atlas") && app()) || document.body; },
    dark: function () {
      var parts = window.getComputedStyle(app()).backgroundColor.match(/[\d.]+/g).map(Number);
      return parts[0] * 0.299 + parts[1] * 0.587 + parts[2] * 0.114 < 128;
    },
    maps: function () {
      return Array.prototype.map.call(window.frames, function (one) {
        try { return one.atlas; } catch (foreign) { return null; }
      }).filter(Boolean);
    },
    control: control,
    /* The place in its menu of the option that is pressed, or taken with Enter, and whose menu it is, if
       that changes something. */
    option: function (event) {
      var target = event.target, id = target.getAttribute && target.getAttribute("aria-activedescendant");
      var option = event.type === "keydown" ? event.key === "Enter" && id && document.getElementById(id) : target.closest && target.closest("[" + HOOKS.option + "]");
      var list = option && option.closest("[role=listbox]");
      var box = list && list.id && document.querySelector("[" + HOOKS.menu + '="' + list.id + '"]'), own = box && control(box);
      return own && option.hasAttribute(HOOKS.option) && option.getAttribute(HOOKS.selected) !== "true" ? { control: own, at: Number(option.getAttribute(HOOKS.option)) } : null;
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
