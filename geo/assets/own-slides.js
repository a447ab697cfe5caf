/* A reader's own slides: views that they add from the share panel. They are kept in this browser and
   nowhere else, listed on the Briefing page, and become a scene file to present or to take away.
   Whatever stands in the browser's storage is taken for text: nothing of it is run or is an address. */
(function () {
  "use strict";

  var KEY = "merida-atlas-slides", MOST = 60, LONGEST = { title: 300, notes: 2000, view: 2000 };
  var LANGS = ["en", "es"], holders = document.getElementsByClassName("ma-own-slides");

  function plain(text, most) {
    return typeof text === "string" ? text.replace(/[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/gu, " ").slice(0, most).trim() : "";
  }

  function texts(given, most) {
    var told = {};
    LANGS.forEach(function (lang) { told[lang] = plain(given && given[lang], most) || "…"; });
    return told;
  }

  function slide(given) {
    if (!given || typeof given !== "object" || typeof given.view !== "string") return null;
    return {
      view: plain(given.view, LONGEST.view),
      number: /^[a-z_]{1,30}$/.test(given.number) ? given.number : "activities",
      title: texts(given.title, LONGEST.title),
      notes: texts(given.notes, LONGEST.notes),
    };
  }

  function kept() {
    try {
      var found = JSON.parse(window.localStorage.getItem(KEY));
      return Array.isArray(found) ? found.slice(0, MOST).map(slide).filter(Boolean) : [];
    } catch (unreadable) {
      return [];
    }
  }

  function keep(slides) {
    try {
      window.localStorage.setItem(KEY, JSON.stringify(slides));
      return true;
    } catch (full) {
      return false;
    }
  }

  /* Whether it could be kept; what was there already is moved to the end. */
  function add(given) {
    var made = slide(given), others = made && kept().filter(function (one) { return one.view !== made.view; });
    return Boolean(made) && others.length < MOST && keep(others.concat(made));
  }

  function element(tag, content, inside) {
    var made = document.createElement(tag);
    if (content) made.textContent = content;
    (inside || []).forEach(function (child) { made.append(child); });
    return made;
  }

  function button(name, content, press, off) {
    var made = element("button", content);
    made.type = "button";
    made.name = name;
    made.disabled = Boolean(off);
    made.addEventListener("click", press);
    return made;
  }

  function row(holder, words, slides, at) {
    var one = slides[at], lang = holder.getAttribute("data-lang"), title = element("input"), shown = element("a", words.open);
    function move(by) {
      slides.splice(at + by, 0, slides.splice(at, 1)[0]);
      keep(slides);
      draw(holder, [at + by, by < 0 ? "up" : "down"]);
    }
    title.value = one.title[lang];
    title.maxLength = LONGEST.title;
    title.setAttribute("aria-label", words.title.replace("{number}", at + 1));
    title.addEventListener("change", function () {
      one.title[lang] = plain(title.value, LONGEST.title) || one.title[lang];
      keep(slides);
    });
    shown.href = "/?" + new URLSearchParams(one.view);
    return element("li", "", [
      title, button("up", words.up, function () { move(-1); }, !at),
      button("down", words.down, function () { move(1); }, at === slides.length - 1),
      button("remove", words.remove, function () {
        slides.splice(at, 1);
        keep(slides);
        draw(holder, [Math.min(at, slides.length - 1), "remove"]);
      }), shown,
    ]);
  }

  /* `focused`: the place and the name of the button that a reader has just pressed. */
  function draw(holder, focused) {
    var words = JSON.parse(holder.getAttribute("data-words")), slides = kept(), list = element("ol");
    list.className = "ma-own-list";
    slides.forEach(function (one, at) { list.append(row(holder, words, slides, at)); });
    holder.replaceChildren(element("p", slides.length ? words.kept : words.empty));
    holder.setAttribute("data-drawn", "");
    if (slides.length) holder.append(list, element("p", "", [
      button("present", words.present, function () { present(words); }), " ",
      button("save", words.save, function () { save(words); }),
    ]));
    if (!focused) return;
    var there = list.children[focused[0]], next = there && there.querySelector('[name="' + focused[1] + '"]:not(:disabled)');
    (next || (there && there.querySelector("input")) || holder.querySelector("p")).focus();
  }

  /* A scene file: a quoted text of JSON is one of YAML too. */
  function file(words) {
    function both(given, by) {
      return LANGS.map(function (lang) { return by + lang + ": " + JSON.stringify(given[lang]); }).join("\n");
    }
    return "title:\n" + both(words.name, "  ") + "\nscenes:\n" + kept().map(function (one, at) {
      return "  - key: slide_" + (at + 1) + "\n    view: " + JSON.stringify(one.view) + "\n    number: " + one.number +
        "\n    title:\n" + both(one.title, "      ") + "\n    notes:\n" + both(one.notes, "      ");
    }).join("\n") + "\n";
  }

  /* As if the reader had chosen the file in the form that takes one. */
  function present(words) {
    var form = document.querySelector(".ma-briefing form"), field = form.querySelector('input[type="file"]'), held = new DataTransfer();
    held.items.add(new File([file(words)], words.file, { type: "application/yaml" }));
    field.files = held.files;
    form.requestSubmit();
    field.value = "";
  }

  function save(words) {
    var link = element("a"), address = URL.createObjectURL(new Blob([file(words)], { type: "application/yaml" }));
    link.href = address;
    link.download = words.file;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(address); }, 10000);
  }

  function look() {
    Array.prototype.forEach.call(holders, function (holder) {
      // The page before the app has no words for them yet.
      if (holder.hasAttribute("data-words") && (!holder.hasAttribute("data-drawn") || !holder.firstChild)) draw(holder);
    });
  }

  window.atlasSlides = { add: add };
  window.addEventListener("storage", function (event) {
    if (event.key === KEY) Array.prototype.forEach.call(holders, function (holder) {
      if (holder.hasAttribute("data-words")) draw(holder);
    });
  });
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
  look();
})();
