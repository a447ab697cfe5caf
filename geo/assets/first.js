/* The page is there before the app is: see geo/first. When it has been painted the app is begun,
   under it, unseen and untouched; once the app shows the same, the page goes and the app is there. */
(function () {
  "use strict";

  var TOUCHES = ["pointerdown", "keydown", "focusin", "scroll", "wheel", "touchstart"];
  var LOOK = 50;       // Milliseconds between two looks at whether the app is there.
  var FONTS = 1500;    // Milliseconds that its letters may still take once all else is there.
  var seams = window.atlasSeams, told = window.atlasTold;
  var first = document.getElementById("ma-first"), root = seams.root(), html = document.documentElement;
  var begun = false, pressed = false, leaving = false, since = 0;

  if (!first) {
    html.setAttribute("data-atlas", "live");
    return;
  }

  /* Patterns keep their size, and lie as on the map of the app, whose tiles begin in its corner. */
  function tile() {
    first.querySelectorAll(".ma-still svg[viewBox]").forEach(function (svg) {
      var drawn = svg.getScreenCTM(), frame = svg.closest(".ma-still");
      if (!drawn || !frame) return;
      var box = frame.getBoundingClientRect(), back = drawn.inverse();
      var corner = new DOMPoint(box.left, box.top).matrixTransform(back);
      svg.querySelectorAll("pattern").forEach(function (pattern) {
        var turned = pattern.getAttribute("data-turned") || "";
        pattern.setAttribute("patternTransform", "translate(" + corner.x + " " + corner.y + ") scale(" + back.a + ") " + turned);
      });
    });
  }

  /* Readers whose line is slow or counted, and pages in other pages: not before it is wanted. */
  function waits() {
    var line = navigator.connection || {};
    return first.classList.contains("framed") || line.saveData || /2g$/.test(line.effectiveType || "");
  }

  function put(one) {
    var element = document.createElement(one[0]);
    Object.keys(one[1]).forEach(function (name) { element.setAttribute(name, one[1][name]); });
    document.head.appendChild(element);
  }

  function begin() {
    if (begun) return;
    begun = true;
    TOUCHES.forEach(function (kind) { window.removeEventListener(kind, touched, true); });
    root.inert = true;
    if (first.querySelector(".ma-still")) {
      window.atlasEarly = {};
      told.early.forEach(function (url) {
        var asked = window.atlasEarly[url] = fetch(url).then(function (answer) {
          if (!answer.ok) throw new Error(url);
          return answer.json();
        });
        asked.catch(function () { /* Whoever needs it asks again. */ });
      });
      told.next.forEach(function (url) { put(["link", { rel: "prefetch", href: url }]); });
    }
    told.icons.forEach(function (url) {
      put(["link", { rel: "preload", as: "font", type: "font/woff2", crossorigin: "", href: url }]);
    });
    told.app.forEach(put);
    seams.expect();
    look();
  }

  function touched(event) {
    // Whoever follows a link needs no app here.
    if (event.target.closest && event.target.closest("a[href]")) return;
    begin();
  }

  function painted(then) {
    var done = false;
    function once() {
      if (!done) then();
      done = true;
    }
    requestAnimationFrame(function () { requestAnimationFrame(once); });
    setTimeout(once, 1000);  // No frame comes in a tab that nobody looks at.
  }

  /* The app shows what this page shows: its run is over, its maps are painted, its letters are there. */
  function there() {
    var maps = first.querySelectorAll(".ma-still").length, shown = seams.maps();
    if (!seams.connected() || !seams.resting() || !seams.whole() || !root.querySelector(".ma-headline")) return false;
    if (shown.length < maps || shown.some(function (map) { return !map.painted; })) return false;
    since = since || Date.now();
    return document.fonts.status === "loaded" || Date.now() - since > FONTS;
  }

  /* The reader is in the middle of something: a press, a way elsewhere, a list, a word being typed. */
  function busy() {
    var at = document.activeElement;
    return pressed || leaving || first.querySelector("details[name][open]") || (first.contains(at) && at.value);
  }

  function look() {
    if (!there() || busy()) {
      setTimeout(look, LOOK);
      return;
    }
    requestAnimationFrame(function () {
      if (there() && !busy()) handOver(); else look();
    });
  }

  function text(element) {
    return element.tagName + " " + element.textContent.trim();
  }

  /* What the reader has before their eyes, and how far below the window's top it stands. */
  function reading() {
    var found = null;
    first.querySelectorAll("h1, h2, h3, tr[data-state]").forEach(function (one) {
      var top = one.getBoundingClientRect().top;
      if (found === null || top < 80) found = { key: text(one), top: top };
    });
    return found;
  }

  function bringTo(mark) {
    var scroller = seams.scroller(), at = null;
    root.querySelectorAll("h1, h2, h3, tr[data-state]").forEach(function (one) {
      if (at === null && text(one) === mark.key) at = one.getBoundingClientRect().top;
    });
    if (at !== null) scroller.scrollTop += at - mark.top;
  }

  /* The element of the app that stands for one of the page: the same link, the same state, the control. */
  function counterpart(element) {
    if (element.id) return root.querySelector("#" + element.id);
    var row = element.closest("[data-state]"), control = element.closest("[data-control]"), same = null;
    if (control) return seams.controlOf(control.getAttribute("data-control"));
    if (row) return root.querySelector('[data-pick] [data-state="' + row.getAttribute("data-state") + '"]');
    if (element.href) root.querySelectorAll("a[href]").forEach(function (link) {
      if (!same && link.pathname === element.pathname && link.textContent === element.textContent) same = link;
    });
    return same;
  }

  function focusOn(element) {
    if (element.tabIndex < 0) element.setAttribute("tabindex", "-1");
    element.focus({ preventScroll: true });
  }

  /* The page goes, and the sheet that stands in it stays. */
  function undress() {
    var sheet = first.querySelector("link"), keep = sheet;
    while (keep && keep !== first) {
      Array.from(keep.parentNode.children).forEach(function (one) { if (one !== keep) one.remove(); });
      keep = keep.parentNode;
    }
    first.hidden = true;
    first.removeAttribute("id");
    first.removeAttribute("lang");
  }

  function handOver() {
    var scrolled = window.scrollY > 0 && reading(), held = first.contains(document.activeElement) ? document.activeElement : null;
    var other = held && held !== first && (counterpart(held) || seams.scroller());
    undress();
    window.removeEventListener("resize", tile);
    html.removeAttribute("data-scheme");
    html.setAttribute("data-atlas", "live");
    root.inert = false;
    window.scrollTo(0, 0);
    if (scrolled) bringTo(scrolled);
    if (other) focusOn(other);
  }

  /* A press is let end where it began: on a link of this page it is a click on that link. */
  first.addEventListener("pointerdown", function () { pressed = true; });
  ["pointerup", "pointercancel"].forEach(function (kind) {
    window.addEventListener(kind, function () { setTimeout(function () { pressed = false; }); });
  });
  /* What is pressed here is a link and works as one: no script of the app's pages follows it. A row of
     a table stands for the link in it. */
  first.addEventListener("click", function (event) {
    var target = event.target.closest ? event.target : event.target.parentElement;
    var link = target.closest("a[href]"), row = target.closest("tr[data-state]");
    if (link && !link.classList.contains("ma-share-open")) {
      event.stopPropagation();
      leaving = !event.ctrlKey && !event.metaKey && !event.shiftKey && !link.target && !link.hasAttribute("download") && link.getAttribute("href").charAt(0) !== "#";
    } else if (row && !String(window.getSelection())) {
      event.stopPropagation();
      row.querySelector("a[href]").click();
    }
  });
  first.addEventListener("keydown", function (event) {
    if (event.target.closest("[data-pick]")) event.stopPropagation();
  });
  window.addEventListener("pageshow", function () { leaving = false; });
  window.addEventListener("resize", tile);

  tile();
  if (waits()) TOUCHES.forEach(function (kind) { window.addEventListener(kind, touched, { capture: true, passive: true }); });
  else painted(begin);
})();
