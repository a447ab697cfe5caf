/* The place search: completes what is typed with states, sites and municipalities, accents or not,
   selects the state and takes the map there. Loaded when the box is first come to. */
(function () {
  "use strict";

  var MOST = 8;
  var asked = {}, shown = [], at = -1;

  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();
  }

  /* The places of the file, each with what it is found by; asked for once. */
  function places(box) {
    var url = box.getAttribute("data-places");
    // An edition brings the file, which a page that was opened from a disk could not ask for.
    var brought = window.atlasPlaces && Promise.resolve(window.atlasPlaces);
    asked[url] = asked[url] || (brought || fetch(url).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status);
      return answer.json();
    })).then(function (told) {
      var names = {}, all = [];
      told.states.forEach(function (row) { names[row[0]] = { en: row[1], es: row[2] }; });
      told.states.forEach(function (row) {
        all.push({ kind: "state", state: row[0], names: names[row[0]], by: [fold(row[1]), fold(row[2])].concat(row[3].map(fold)) });
      });
      told.sites.forEach(function (row) {
        all.push({ kind: "site", state: row[0], names: { en: row[1], es: row[2] }, of: names[row[0]], place: row.slice(3), by: [fold(row[1]), fold(row[2])] });
      });
      told.municipalities.forEach(function (row) {
        all.push({ kind: "municipality", state: row[0], names: { en: row[1], es: row[1] }, of: names[row[0]], place: row.slice(2), by: [fold(row[1])] });
      });
      return all;
    });
    asked[url].catch(function () { delete asked[url]; });
    return asked[url];
  }

  /* How well a place answers: 0 as its whole name, 1 as its beginning, 2 by the beginnings of words; 9 not. */
  function fits(place, wanted) {
    var best = 9, words = wanted.split(" ");
    place.by.forEach(function (name) {
      if (name === wanted) best = 0;
      else if (name.indexOf(wanted) === 0) best = Math.min(best, 1);
      else if (words.every(function (word) { return (" " + name).indexOf(" " + word) >= 0; })) best = Math.min(best, 2);
    });
    // A site of the atlas by a part of its name before all that only begins so: Ciudad Juárez by “juarez”.
    return place.kind === "site" && best === 2 ? 0 : best;
  }

  var KINDS = { state: 0, site: 1, municipality: 2 };

  function found(all, text) {
    var wanted = fold(text);
    if (!wanted) return [];
    return all.map(function (place) { return { place: place, fit: fits(place, wanted) }; })
      .filter(function (one) { return one.fit < 9; })
      .sort(function (one, other) { return one.fit - other.fit || KINDS[one.place.kind] - KINDS[other.place.kind]; })
      .slice(0, MOST).map(function (one) { return one.place; });
  }

  function parts(box) {
    return { field: box.querySelector("input[role]"), list: box.querySelector("ul"), said: box.querySelector("[role=status]") };
  }

  function words(box) {
    return JSON.parse(box.getAttribute("data-words"));
  }

  function close(box) {
    var own = parts(box);
    own.list.hidden = true;
    own.field.setAttribute("aria-expanded", "false");
    own.field.removeAttribute("aria-activedescendant");
    at = -1;
  }

  function line(place, box, index) {
    var lang = box.getAttribute("lang"), item = document.createElement("li"), kind = document.createElement("span");
    item.id = "ma-found-" + index;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.appendChild(document.createTextNode(place.names[lang] + " "));
    kind.textContent = words(box)[place.kind] + (place.of ? ", " + place.of[lang] : "");
    item.appendChild(kind);
    item.addEventListener("pointerdown", function (event) { event.preventDefault(); });
    item.addEventListener("click", function () { take(box, place); });
    return item;
  }

  function list(box) {
    var own = parts(box), text = own.field.value;
    return places(box).catch(function (error) {
      // Asked for again with the next letter.
      window.console.warn(String(error));
      return null;
    }).then(function (all) {
      if (own.field.value !== text) return shown;
      shown = all ? found(all, text) : [];
      at = -1;
      own.list.replaceChildren.apply(own.list, shown.map(function (place, index) { return line(place, box, index); }));
      var told = words(box), said = "";
      if (text.trim()) said = !all ? told.lost : !shown.length ? told.none.replace("{text}", text.trim()) : shown.length === 1 ? told.one : told.many.replace("{count}", shown.length);
      own.said.textContent = said;
      own.said.classList.toggle("ma-unseen", Boolean(shown.length) || !said);
      own.list.hidden = !shown.length;
      own.field.setAttribute("aria-expanded", String(Boolean(shown.length)));
      own.field.removeAttribute("aria-activedescendant");
      return shown;
    });
  }

  function go(box, step) {
    var own = parts(box), items = own.list.children;
    if (own.list.hidden) { list(box); return; }
    if (items[at]) items[at].setAttribute("aria-selected", "false");
    at = (at + step + items.length + (at < 0 && step < 0 ? 1 : 0)) % items.length;
    items[at].setAttribute("aria-selected", "true");
    items[at].scrollIntoView({ block: "nearest" });
    own.field.setAttribute("aria-activedescendant", items[at].id);
  }

  function take(box, place) {
    var own = parts(box), lang = box.getAttribute("lang");
    own.field.value = "";
    own.said.textContent = place.names[lang];
    own.said.classList.add("ma-unseen");
    close(box);
    window.atlasSeams.go({ state: place.state });
    window.atlasSeams.maps().forEach(function (map) { map.goTo(place.state, place.place, place.place && place.names[lang]); });
  }

  document.addEventListener("input", function (event) {
    var box = event.target.closest && event.target.closest("[data-find]");
    if (box) list(box);
  });

  document.addEventListener("keydown", function (event) {
    var box = event.target.closest && event.target.closest("[data-find]");
    if (!box) return;
    event.stopPropagation();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") go(box, event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Escape" && (!parts(box).list.hidden || parts(box).field.value)) {
      parts(box).field.value = parts(box).list.hidden ? "" : parts(box).field.value;
      close(box);
    } else return;
    event.preventDefault();
  }, true);

  /* Enter takes what is marked, or else the first that was found. */
  document.addEventListener("submit", function (event) {
    var box = event.target.closest("[data-find]");
    if (!box) return;
    event.preventDefault();
    list(box).then(function (now) { if (now.length) take(box, now[0]); });
  });
  document.addEventListener("keydown", function (event) {
    var box = event.key === "Enter" && event.target.closest && event.target.closest("[data-find]");
    if (!box || at < 0 || !shown[at]) return;
    event.preventDefault();
    event.stopPropagation();
    take(box, shown[at]);
  }, true);

  document.addEventListener("focusout", function (event) {
    var box = event.target.closest && event.target.closest("[data-find]");
    if (box && !box.contains(event.relatedTarget)) close(box);
  });

  document.querySelectorAll("[data-find]").forEach(function (box) {
    places(box).catch(function () { /* Asked for again with the first letter. */ });
    if (parts(box).field.value) list(box);
  });
})();
