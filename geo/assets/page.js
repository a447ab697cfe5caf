/* What the page does in the browser itself: draws charts, follows a choice to the address, plays. */
(function () {
  "use strict";

  var SVG = "http://www.w3.org/2000/svg";
  var TAGS = "svg g defs path circle rect line polyline polygon text tspan title desc use pattern".split(" ");
  var SETTLE = 200;  // Milliseconds after which a connection that came back takes a message.
  var MOVES = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  var drawings = document.getElementsByClassName("ma-drawing");
  var players = document.getElementsByClassName("ma-play");
  var seams = window.atlasSeams, go = seams.go;
  var picked = null, playing = null, opened = {}, acted = 0, loading = {}, held = null;
  var known = new URLSearchParams(window.location.search), landing = window.location.hash.slice(1);

  /* A chart as geo/drawing/svg.py describes it: [tag, attributes, child or text, ...]. */
  function build(told) {
    var element = document.createElementNS(SVG, TAGS.indexOf(told[0]) < 0 ? "g" : told[0]);
    Object.keys(told[1]).forEach(function (name) {
      var value = told[1][name];
      if (/^on|^style$/i.test(name) || (/href$/i.test(name) && value.charAt(0) !== "#")) return;
      element.setAttribute(name, value);
    });
    told.slice(2).forEach(function (child) {
      element.appendChild(typeof child === "string" ? document.createTextNode(child) : build(child));
    });
    return element;
  }

  function draw() {
    while (drawings.length) {
      var told = drawings[0], chart = build(JSON.parse(told.textContent));
      told.parentNode.replaceChild(chart, told);
    }
  }

  function asked(name) {
    return new URLSearchParams(window.location.search).get(name);
  }

  /* What a reader has done is still what they are at: they have done nothing since, or just now. */
  function stillMeant(when) {
    return acted === when || Date.now() - when < 8000;
  }

  function list(of) {
    return of.closest("[data-pick]");
  }

  function members(holder) {
    return Array.prototype.slice.call(holder.querySelectorAll("[data-state]"));
  }

  function pick(element) {
    var code = element.getAttribute("data-state"), holder = list(element);
    picked = holder && holder.contains(document.activeElement)
      ? { list: holder.getAttribute("data-pick"), code: code, acted: acted } : null;
    go({ state: asked("state") === code ? null : code });
  }

  function focusOn(element) {
    members(list(element)).forEach(function (one) {
      if (one.getAttribute("tabindex") === "0") one.setAttribute("tabindex", "-1");
    });
    if (list(element).getAttribute("tabindex") !== "0") element.setAttribute("tabindex", "0");
    else element.setAttribute("tabindex", "-1");
    element.focus();
  }

  /* What the server sent anew holds the focus where the old one did. */
  function refocus() {
    if (!picked || !stillMeant(picked.acted) || document.activeElement !== document.body) return;
    var holder = document.querySelector('[data-pick="' + picked.list + '"]');
    var again = holder && holder.querySelector('[data-state="' + picked.code + '"]');
    if (again) focusOn(again);
  }

  document.addEventListener("click", function (event) {
    var target = event.target.closest ? event.target : event.target.parentElement;
    var state = target && target.closest("[data-state]");
    if (state) {
      if (!String(window.getSelection())) pick(state);
      return;
    }
    if (target && target.closest(".ma-share-open")) {
      event.preventDefault();
      return share();
    }
    var button = target && target.closest(".ma-play, [data-go]");
    if (!button) return;
    // A link that the app can follow by itself is one where there is no app, and in another tab.
    if (button.href) {
      if (!seams.connected() || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
    }
    if (button.classList.contains("ma-play")) play(button);
    else {
      stop();
      if (button.hasAttribute("data-home")) seams.maps().forEach(function (map) { map.home(); });
      go(JSON.parse(button.getAttribute("data-go")));
    }
  });

  /* A run may put another element in the place of one that is pressed before it is let go of, which
     is then no click: it is one if what stands there is the same to the reader. */
  function pressable(event) {
    var target = event.target.closest ? event.target : event.target.parentElement;
    return event.button || !target ? null : target.closest("a[href], button, summary, [data-state]");
  }

  document.addEventListener("pointerdown", function (event) { held = pressable(event); }, true);
  document.addEventListener("pointerup", function (event) {
    var before = held, now = pressable(event);
    held = null;
    if (!before || before.isConnected || !now || now.getAttribute("class") !== before.getAttribute("class")) return;
    if (now.textContent === before.textContent) now.dispatchEvent(new MouseEvent("click", event));
  }, true);

  /* A file's text goes into the field that is named for it, and nowhere else. */
  document.addEventListener("change", function (event) {
    var into = event.target.getAttribute && event.target.getAttribute("data-into");
    var file = into && event.target.files[0];
    if (!file) return;
    var most = Number(event.target.getAttribute("data-most"));
    file.slice(0, most + 1).text().then(function (text) { seams.type(into, text); });
  });

  /* Half of a letter, which a cut text may end in, stands in no message: the app would drop it whole,
     with all that was typed beside it. Before anything else hears of it, it becomes the mark of one. */
  window.addEventListener("input", function (event) {
    var field = event.target, text = field.value;
    if (typeof text !== "string" || !text.isWellFormed || text.isWellFormed()) return;
    var kind = field.tagName === "INPUT" ? HTMLInputElement : HTMLTextAreaElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, text.toWellFormed());
  }, true);

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || !event.target.closest) return;
    if (event.key === "Escape" && playing) stop();
    var holder = list(event.target);
    if (!holder) return;
    var on = event.target.closest("[data-state]");
    if (on && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      pick(on);
      return;
    }
    var all = members(holder), at = all.indexOf(on), next = null;
    if (event.key in MOVES) next = at < 0 ? all[0] : all[Math.min(all.length - 1, Math.max(0, at + MOVES[event.key]))];
    if (event.key === "Home") next = all[0];
    if (event.key === "End") next = all[all.length - 1];
    if (!next) return;
    event.preventDefault();
    focusOn(next);
  });

  /* How a number was computed is fetched when it is opened; without a script a link leads there. */
  document.addEventListener("toggle", function (event) {
    var folded = event.target, part = folded.open && folded.getAttribute && folded.getAttribute("data-part");
    var link = part && folded.querySelector("p > a");
    if (!link || folded.querySelector("section")) return;
    fetch(link.href.split("#")[0]).then(function (answer) { return answer.text(); }).then(function (html) {
      var told = new DOMParser().parseFromString(html, "text/html").getElementById("receipt-" + part);
      if (!told) return;
      told.removeAttribute("id");
      told.querySelector("h2").remove();
      folded.append(document.adoptNode(told));
    }).catch(function () { /* The link is still there. */ });
  }, true);

  /* A script that is loaded once somebody wants it; where it does not come, the next wish asks again. */
  function load(address, then, failed) {
    if (loading[address]) return;
    var script = loading[address] = document.createElement("script");
    script.src = address;
    if (then) script.addEventListener("load", then);
    script.addEventListener("error", function () {
      script.remove();
      delete loading[address];
      if (failed) failed();
    });
    document.head.appendChild(script);
  }

  /* A dialog over the page, with what the server made for it. */
  function dialog(html) {
    var before = document.querySelector("dialog.ma-dialog"), made = document.createElement("dialog");
    if (before) before.close();
    made.className = "ma-dialog";
    made.setAttribute("aria-labelledby", "ma-share-title");
    var told = new DOMParser().parseFromString(html, "text/html");
    made.replaceChildren.apply(made, told.body.childNodes);
    seams.place().appendChild(made);
    made.addEventListener("click", function (event) {
      if (event.target === made || event.target.closest("[data-close]")) made.close();
    });
    made.addEventListener("keydown", function (event) { event.stopPropagation(); });
    made.addEventListener("close", function () { made.remove(); });
    made.showModal();
    return made;
  }

  function unreached() {
    dialog(window.atlasTold.unreached[document.documentElement.lang]);
  }

  /* The share panel is. */
  function share() {
    if (window.atlasShare) window.atlasShare(dialog, unreached);
    else load(document.querySelector('meta[name="merida-atlas-share"]').content, share, unreached);
  }

  /* So is the place search, when its box is come to; what is typed until then waits for it. */
  document.addEventListener("focusin", function (event) {
    var box = event.target.closest && event.target.closest("[data-find]");
    if (box) load(box.getAttribute("data-find"));
  });

  /* Playing: one step after the other, each once the map shows the one before. */
  function play(button) {
    var again = playing && playing.name === button.getAttribute("data-name");
    stop();
    if (again) return;
    var told = JSON.parse(button.getAttribute("data-play"));
    var at = told.steps.findIndex(function (step) { return step.now; });
    if (at === told.steps.length - 1) at = -1;
    playing = { steps: told.steps, at: at, every: told.every, name: button.getAttribute("data-name") };
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
      step();
      stop();
      return;
    }
    wear();
    step();
  }

  function step() {
    if (!playing) return;
    var map = seams.maps()[0], painted = map ? map.painted : 0, since = Date.now();
    playing.at += 1;
    playing.spelled = playing.steps[playing.at].go;
    go(playing.spelled, playing.begun);
    playing.begun = true;
    if (playing.at === playing.steps.length - 1) {
      stop();
      return;
    }
    (function wait() {
      if (!playing) return;
      var waited = Date.now() - since, seen = !map || map.painted > painted;
      if (document.hidden || strayed()) stop();
      else if (waited < playing.every || (!seen && waited < 10000)) playing.timer = setTimeout(wait, 60);
      else step();
    })();
  }

  /* The reader chose other years while it played. */
  function strayed() {
    return Object.keys(playing.spelled).some(function (name) {
      return asked(name) !== playing.spelled[name];
    });
  }

  function stop() {
    if (playing) clearTimeout(playing.timer);
    playing = null;
    wear();
  }

  function wear() {
    Array.prototype.forEach.call(players, function (button) {
      var on = Boolean(playing && playing.name === button.getAttribute("data-name"));
      var label = button.getAttribute(on ? "data-stop" : "data-start");
      if (button.textContent !== label) button.textContent = label;
      button.setAttribute("aria-pressed", String(on));
    });
  }

  /* A server that was away may have forgotten this tab, and with it the part of the page that a
     choice runs alone. Another program or other data than before: load the page anew, as the
     address spells it. The same, on whichever machine: ask for the whole page, and everything stays
     where it is. */
  function back() {
    var before = document.querySelector('meta[name="merida-atlas-identity"]');
    fetch("/healthz").then(function (answer) { return answer.json(); }).then(function (now) {
      if (before && before.content !== now.identity) window.location.reload();
      else go({}, true);
    }).catch(function () { go({}, true); });
  }

  /* What a choice opens may lie below the window: the reader is brought to it, and the focus too,
     for so long as they have gone on to nothing else, or for some seconds after it. Only after a
     change of the address that was made by hand, never on the way back, and never by opening a link;
     but a link to a part of a page that comes late goes there. */
  function opens(event) {
    var now = new URLSearchParams(window.location.search), back = event && event.isTrusted;
    if (back) opened = {};
    Array.from(now.keys()).concat(Array.from(known.keys())).forEach(function (name) {
      if (acted && !back && now.get(name) !== known.get(name)) opened[name] = { acted: acted };
    });
    known = now;
  }

  function bring() {
    Object.keys(opened).forEach(function (name) {
      var start = name + "=", found = document.querySelector('[data-opened^="' + start + '"]');
      if (!found || !seams.resting() || (asked(name) !== null && found.getAttribute("data-opened") !== start + asked(name))) return;
      var one = opened[name];
      if (one.at === found) return;
      // A later run may put another in its place: the focus, which went with it, comes again.
      if (one.at ? acted !== one.acted || document.activeElement !== document.body : !stillMeant(one.acted)) {
        delete opened[name];
        return;
      }
      one.at = found;
      arrive(found);
      found.focus({ preventScroll: true });
    });
  }

  function arrive(element) {
    var box = element.getBoundingClientRect(), still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (box.top < 0 || box.top > window.innerHeight / 2) element.scrollIntoView({ behavior: still ? "auto" : "smooth" });
  }

  function land() {
    var target = landing && document.getElementById(landing);
    if (!target || !seams.resting()) return;
    landing = "";
    target.scrollIntoView();
  }

  ["pointerdown", "keydown", "wheel"].forEach(function (kind) {
    document.addEventListener(kind, function () { landing = ""; acted = Date.now(); }, { capture: true, passive: true });
  });
  seams.onAddress(opens);
  seams.onRest(function () { setTimeout(function () { bring(); land(); }, SETTLE); });

  function look() {
    seams.look();
    if (drawings.length) draw();
    if (picked) refocus();
    if (playing && players.length) wear();
  }

  seams.onRest(window.atlasLegend(seams.maps));
  seams.onBack(function () { setTimeout(back, SETTLE); });
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
  look();
})();
