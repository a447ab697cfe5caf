/* The briefing in a room: scenes by keys, a blank screen, and a window for the presenter.
   One page holds every scene; between two of them only colours and texts change. */
(function () {
  "use strict";

  var told = JSON.parse(document.getElementById("told").textContent);
  var map = window.offlineMap(document.getElementById("map"), told);
  var at = 0, beside = null, begun = Date.now(), size = "", ticking = 0;
  var NEXT = ["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"], BACK = ["ArrowLeft", "ArrowUp", "PageUp", "Backspace"];

  function put(id, content) {
    document.getElementById(id).textContent = content;
  }

  function legend(rows) {
    document.getElementById("legend").replaceChildren.apply(document.getElementById("legend"), rows.map(function (row) {
      var line = document.createElement("li"), swatch = document.createElement("span");
      swatch.className = "ma-swatch" + (row.pattern && " " + row.pattern);
      swatch.style.backgroundColor = row.fill;
      line.append(swatch, row.label);
      return line;
    }));
  }

  /* What is told has its place on the screen, so that nothing moves from scene to scene whatever the
     fonts are. Long texts, as of a scene file of one's own, are set smaller rather than cut off. */
  function shrink(box) {
    var part = 1;
    box.style.setProperty("--fit", part);
    while (part > 0.4 && box.scrollHeight > box.clientHeight) {
      part -= 0.04;
      box.style.setProperty("--fit", part);
    }
  }

  function fit() {
    var drawn = document.getElementById("map");
    document.querySelectorAll("h1, .said, footer").forEach(shrink);
    if (drawn.clientHeight + "," + drawn.clientWidth !== size) {
      size = drawn.clientHeight + "," + drawn.clientWidth;
      map.fit();
    }
  }

  function show(number, quietly) {
    at = Math.max(0, Math.min(told.scenes.length - 1, number));
    var scene = told.scenes[at];
    put("title", scene.title);
    put("number", scene.number);
    put("label", scene.label);
    put("finding", scene.finding);
    put("beside", scene.beside);
    put("legend-title", scene.legendTitle);
    put("place", (at + 1) + " / " + told.scenes.length);
    document.getElementById("bar").style.width = 100 * (at + 1) / told.scenes.length + "%";
    legend(scene.legend);
    fit();
    map.paint(scene.paint);
    if (!quietly) window.history.replaceState(null, "", "#" + (at + 1));
    tellPresenter();
  }

  function blank() {
    var cover = document.getElementById("cover");
    cover.hidden = !cover.hidden;
  }

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen().catch(function () {});
  }

  /* A window of this page's own making: it needs no server, and works from a memory stick. */
  function presenter() {
    if (beside && !beside.closed) {
      beside.focus();
      return;
    }
    beside = window.open("", "ma-presenter", "width=760,height=640");
    if (!beside) return;
    beside.document.title = told.words.presenter;
    beside.document.documentElement.lang = document.documentElement.lang;
    var style = beside.document.createElement("style");
    style.textContent = "body{font:20px/1.5 system-ui,sans-serif;margin:24px;color-scheme:light dark}h1{font-size:28px;margin:0 0 8px}h2{font-size:18px;margin:24px 0 4px;opacity:.75}p{margin:0 0 8px}";
    beside.document.head.replaceChildren(style);
    beside.document.addEventListener("keydown", key);
    clearInterval(ticking);
    ticking = setInterval(tick, 1000);
    tellPresenter();
    window.focus();
  }

  function tellPresenter() {
    if (!beside || beside.closed) return;
    var scene = told.scenes[at], next = told.scenes[at + 1], page = beside.document;
    function line(tag, content) {
      var element = page.createElement(tag);
      element.textContent = content;
      return element;
    }
    var clock = line("p", ""), sources = page.createElement("ul");
    clock.id = "clock";
    scene.sourceTitles.forEach(function (title) { sources.append(line("li", title)); });
    page.body.replaceChildren(
      clock, line("h1", scene.title), line("p", scene.number + " " + scene.label), line("p", scene.notes),
      line("h2", told.words.next), line("p", next ? next.title : told.words.end)
    );
    if (next) page.body.append(line("p", next.number + " " + next.label));
    page.body.append(line("h2", told.words.sources), line("p", scene.sources), sources);
    tick();
  }

  /* The place among the scenes, and how long the talk has lasted. */
  function tick() {
    if (!beside || beside.closed) {
      clearInterval(ticking);
      return;
    }
    var seconds = Math.floor((Date.now() - begun) / 1000), clock = beside.document.getElementById("clock");
    if (clock) clock.textContent = (at + 1) + " / " + told.scenes.length + " · " + Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0");
  }

  function key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    var pressed = event.key;
    if (event.target.closest && event.target.closest("button") && (pressed === " " || pressed === "Enter")) return;
    var dark = !document.getElementById("cover").hidden;
    /* Behind a blank screen nothing moves unseen: the first key brings the scene back. */
    if (dark && (NEXT.indexOf(pressed) >= 0 || BACK.indexOf(pressed) >= 0)) blank();
    else if (NEXT.indexOf(pressed) >= 0) show(at + 1);
    else if (BACK.indexOf(pressed) >= 0) show(at - 1);
    else if (pressed === "Home") show(0);
    else if (pressed === "End") show(told.scenes.length - 1);
    else if (pressed === "b" || pressed === "B" || pressed === ".") blank();
    else if (pressed === "f" || pressed === "F") full();
    else if (pressed === "n" || pressed === "N") presenter();
    else return;
    event.preventDefault();
  }

  document.addEventListener("keydown", key);
  document.getElementById("keys").addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) return;
    ({ back: function () { show(at - 1); }, next: function () { show(at + 1); }, blank: blank, full: full, notes: presenter })[button.name]();
    button.blur();
  });
  document.getElementById("cover").addEventListener("click", blank);
  window.addEventListener("resize", fit);
  window.addEventListener("hashchange", function () { show(Number(window.location.hash.slice(1)) - 1, true); });
  show((Number(window.location.hash.slice(1)) || 1) - 1, true);
  document.fonts.ready.then(fit);
  window.briefing = { at: function () { return at; }, states: map.states };
})();
