/* The briefing in a room: scenes by keys, by number and from a list, a blank screen, and a window for
   the presenter. One page holds every scene; between two of them only colours and texts change. The
   clicker goes through the first of them; those after `way` are an appendix that waits for questions. */
(function () {
  "use strict";

  var told = JSON.parse(document.getElementById("told").textContent), words = told.words;
  var map = window.offlineMap(document.getElementById("map"), told, [530, 500]);
  var at = 0, left = 0, beside = null, begun = Date.now(), size = "", ticking = 0, resting = 0, typed = "";
  var NEXT = ["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"], BACK = ["ArrowLeft", "ArrowUp", "PageUp", "Backspace"];
  var phone = window.matchMedia("(max-width: 700px)");  // The page scrolls there, and cuts nothing.
  var HELP = 3000, TYPED = 5000;  // Milliseconds that the keys are shown, and that a typed number waits.

  function by(id) {
    return document.getElementById(id);
  }

  function legend(rows) {
    by("legend").replaceChildren.apply(by("legend"), rows.map(function (row) {
      var line = document.createElement("li"), button = document.createElement("button"), swatch = document.createElement("span");
      swatch.className = "ma-swatch" + (row.pattern && " " + row.pattern);
      swatch.style.backgroundColor = row.fill;
      button.type = "button";
      button.className = "ma-class";
      button.setAttribute("data-class", row.fill);
      button.setAttribute("aria-pressed", "false");
      button.append(swatch, row.label);
      line.append(button);
      return line;
    }));
  }

  function over(box) {
    return box.scrollHeight > box.clientHeight + 1;
  }

  /* What is told has its place on the screen, so that nothing moves from scene to scene whatever the
     fonts are. Long texts are set smaller, never under what a room can read; the style knows it. */
  function shrink(box) {
    var part = 1;
    box.style.setProperty("--fit", part);
    while (part > 0.4 && over(box)) {
      part -= 0.04;
      box.style.setProperty("--fit", part);
    }
  }

  /* Then as many of its sentences as fit, and of the first one as many words; all is in the notes. */
  function cut(box, element, parts) {
    var kept = parts.slice();
    function put() { element.textContent = kept.join(" "); }
    put();
    while (over(box) && kept.length > 1) { kept.pop(); put(); }
    if (!over(box)) return;
    kept = kept[0].split(" ");
    while (over(box) && kept.length > 1) {
      kept.pop();
      element.textContent = kept.join(" ") + " …";
    }
  }

  function fit() {
    var scene = told.scenes[at], drawn = by("map"), said = document.querySelector(".said");
    by("title").textContent = scene.title;
    by("label").textContent = scene.label;
    by("finding").textContent = scene.finding.join(" ");
    by("beside").textContent = scene.beside.join(" ");
    document.querySelectorAll("h1, .said, footer").forEach(shrink);
    if (!phone.matches) cutAll(scene, said);
    if (drawn.clientHeight + "," + drawn.clientWidth !== size) {
      size = drawn.clientHeight + "," + drawn.clientWidth;
      map.fit();
    }
  }

  function cutAll(scene, said) {
    cut(document.querySelector("h1"), by("title"), [scene.title]);
    cut(said, by("finding"), scene.finding);
    cut(said, by("label"), [scene.label]);
    cut(document.querySelector("footer"), by("beside"), scene.beside);
  }

  function show(number, quietly) {
    if (at < told.way) left = at;
    at = Math.max(0, Math.min(told.scenes.length - 1, number));
    var scene = told.scenes[at];
    by("number").textContent = scene.number;
    by("legend-title").textContent = scene.legendTitle;
    by("place").textContent = where();
    by("bar").style.width = 100 * Math.min(1, (at + 1) / told.way) + "%";
    legend(scene.legend);
    fit();
    map.light("");
    map.paint(scene.paint);
    if (!quietly) window.history.replaceState(null, "", "#" + (at + 1));
    tellPresenter();
  }

  function where() {
    return at < told.way ? (at + 1) + " / " + told.way : at + 1 + "";
  }

  /* From the appendix both ways lead back to where the talk was. */
  function step(by) {
    show(at < told.way ? Math.max(0, Math.min(told.way - 1, at + by)) : left);
  }

  function blank() {
    by("cover").hidden = !by("cover").hidden;
  }

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen().catch(function () {});
  }

  /* The keys are told for a moment, and again when somebody moves, touches or asks. */
  function help() {
    by("keys").classList.remove("away");
    clearTimeout(resting);
    resting = setTimeout(function () { by("keys").classList.add("away"); }, HELP);
  }

  /* A number and Enter go to its slide. */
  function type(digit) {
    typed = (typed + digit).slice(-3);
    tell(words.go);
  }

  function tell(text) {
    by("typed").textContent = text.replace("{number}", typed);
    clearTimeout(type.waits);
    type.waits = setTimeout(forget, TYPED);
  }

  function forget() {
    typed = "";
    by("typed").textContent = "";
  }

  function jump() {
    var number = Number(typed);
    if (number >= 1 && number <= told.scenes.length) {
      forget();
      show(number - 1);
    } else {
      tell(words.missing);
      typed = "";
    }
  }

  /* Every slide by number and title, in the language's order: those on the way, then the appendix. */
  function listed(page, chosen) {
    return [[words.slides, 0, told.way], [words.appendix, told.way, told.scenes.length]].filter(function (part) {
      return part[1] < part[2];
    }).map(function (part) {
      var holder = page.createElement("section"), head = page.createElement("h2"), list = page.createElement("ol");
      head.textContent = part[0];
      list.start = part[1] + 1;
      told.scenes.slice(part[1], part[2]).forEach(function (scene, after) {
        var item = page.createElement("li"), button = page.createElement("button"), number = part[1] + after;
        button.type = "button";
        button.textContent = scene.title;
        if (number === at) button.setAttribute("aria-current", "true");
        button.addEventListener("click", function () { chosen(number); });
        item.append(button);
        list.append(item);
      });
      holder.append(head, list);
      return holder;
    });
  }

  function list() {
    var dialog = by("list");
    if (dialog.open) return dialog.close();
    dialog.replaceChildren.apply(dialog, listed(document, function (number) { dialog.close(); show(number); }));
    dialog.showModal();
    dialog.querySelector("[aria-current]").focus();
  }

  /* In the list the arrows go from slide to slide. */
  function inList(event) {
    var all = Array.prototype.slice.call(by("list").querySelectorAll("button")), now = all.indexOf(document.activeElement);
    var by1 = { ArrowDown: 1, ArrowUp: -1, PageDown: 1, PageUp: -1 }[event.key];
    if (event.key === "g" || event.key === "G") list();
    else if (by1) all[Math.max(0, Math.min(all.length - 1, now + by1))].focus();
    else return false;
    return true;
  }

  /* A window of this page's own making: it needs no server, and works from a memory stick. */
  function presenter() {
    if (beside && !beside.closed) {
      beside.focus();
      return;
    }
    beside = window.open("", "ma-presenter", "width=760,height=640");
    if (!beside) return;
    beside.document.title = words.presenter;
    beside.document.documentElement.lang = document.documentElement.lang;
    var style = beside.document.createElement("style");
    style.textContent = "body{font:20px/1.5 system-ui,sans-serif;margin:24px;color-scheme:light dark}h1{font-size:28px;margin:0 0 8px}h2{font-size:18px;margin:24px 0 4px;opacity:.75}p{margin:0 0 8px}button{font:inherit;font-size:17px;min-height:28px;width:100%;text-align:start;border:0;background:none;color:inherit;cursor:pointer}button[aria-current]{font-weight:700}";
    beside.document.head.replaceChildren(style);
    beside.document.addEventListener("keydown", key);
    clearInterval(ticking);
    ticking = setInterval(tick, 1000);
    tellPresenter();
    window.focus();
  }

  function tellPresenter() {
    if (!beside || beside.closed) return;
    var scene = told.scenes[at], on = at < told.way ? at + 1 : left, page = beside.document;
    var next = on < told.way ? told.scenes[on] : null;
    function line(tag, content) {
      var element = page.createElement(tag);
      element.textContent = content;
      return element;
    }
    var clock = line("p", ""), sources = page.createElement("ul");
    clock.id = "clock";
    scene.sourceTitles.forEach(function (title) { sources.append(line("li", title)); });
    page.body.replaceChildren(clock, line("h1", scene.title), line("p", scene.number + " " + scene.label));
    scene.notes.forEach(function (text) { page.body.append(line("p", text)); });
    page.body.append(line("h2", words.next), line("p", next ? next.title : words.end));
    if (next) page.body.append(line("p", next.number + " " + next.label));
    page.body.append.apply(page.body, listed(page, function (number) { show(number); }));
    page.body.append(line("h2", words.sources), line("p", scene.sources), sources);
    tick();
  }

  /* The place among the scenes, and how long the talk has lasted. */
  function tick() {
    if (!beside || beside.closed) {
      clearInterval(ticking);
      return;
    }
    var seconds = Math.floor((Date.now() - begun) / 1000), clock = beside.document.getElementById("clock");
    if (clock) clock.textContent = where() + " · " + Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0") + (typed && " · " + typed);
  }

  function key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    var pressed = event.key;
    if (event.target.closest && event.target.closest("button") && (pressed === " " || pressed === "Enter") && !typed) return;
    if (by("list").open) {
      if (inList(event)) event.preventDefault();
      return;
    }
    var dark = !by("cover").hidden;
    /* Behind a blank screen nothing moves unseen: the first key brings the scene back. */
    if (dark && (NEXT.indexOf(pressed) >= 0 || BACK.indexOf(pressed) >= 0)) blank();
    else if (/^\d$/.test(pressed)) type(pressed);
    else if (typed && pressed === "Enter") jump();
    else if (typed && (pressed === "Escape" || pressed === "Backspace")) forget();
    else if (NEXT.indexOf(pressed) >= 0) step(1);
    else if (BACK.indexOf(pressed) >= 0) step(-1);
    else if (pressed === "Home") show(0);
    else if (pressed === "End") show(told.way - 1);
    else if (pressed === "b" || pressed === "B" || pressed === ".") blank();
    else if (pressed === "f" || pressed === "F") full();
    else if (pressed === "g" || pressed === "G") list();
    else if (pressed === "n" || pressed === "N") presenter();
    else if (pressed === "?") help();
    else return;
    event.preventDefault();
  }

  window.atlasLegend(function () { return [map]; });
  document.addEventListener("keydown", key);
  by("keys").addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) return;
    ({ back: function () { step(-1); }, next: function () { step(1); }, list: list, blank: blank, full: full, notes: presenter })[button.name]();
    if (!by("list").open) button.blur();
  });
  by("cover").addEventListener("click", blank);
  ["pointermove", "pointerdown", "focusin"].forEach(function (kind) { document.addEventListener(kind, help); });
  window.addEventListener("resize", fit);
  window.addEventListener("hashchange", function () { show(Number(window.location.hash.slice(1)) - 1, true); });
  show((Number(window.location.hash.slice(1)) || 1) - 1, true);
  help();
  document.fonts.ready.then(fit);
  window.briefing = { at: function () { return at; }, states: map.states, names: map.names };
})();
