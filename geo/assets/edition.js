/* An edition in the browser: what the address asks for is put in place from files that lie beside the
   pages, made by the program that made them. Nothing is computed here and no sentence is made. */
(function () {
  "use strict";

  var SVG = "http://www.w3.org/2000/svg";
  var RESERVED = ["embed", "embed_options", "controls", "data", "at", "strict", "lang", "q", "under"];
  var told = window.atlasEdition, own = JSON.parse(document.querySelector('meta[name="merida-atlas-edition"]').content);
  var words = told.words[own.lang], root = own.root, first = document.getElementById("ma-first");
  var waiting = {}, asked = {}, shown = { chosen: {}, state: "", left: [] }, pristine = {}, held = null;

  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }

  function one(selector) {
    return first && first.querySelector(selector);
  }

  function made(tag, name, text) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  /* Files: a page that was opened from a disk may load scripts and nothing else. */
  window.atlasHeld = function (name, packed) {
    var bytes = Uint8Array.from(atob(packed), function (letter) { return letter.charCodeAt(0); });
    new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json().then(waiting[name]);
  };

  function script(path) {
    return new Promise(function (resolve, reject) {
      var element = document.createElement("script");
      element.src = root + path;
      element.onload = resolve;
      element.onerror = function () { reject(new Error(path)); };
      document.head.appendChild(element);
    });
  }

  function file(name) {
    asked[name] = asked[name] || new Promise(function (resolve, reject) {
      waiting[name] = resolve;
      script("assets/held/" + name + ".js").catch(reject);
    });
    // What did not come is asked for again the next time.
    asked[name].catch(function () { delete asked[name]; });
    return asked[name];
  }

  /* The address, as the live atlas spells it. */
  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f.]/g, "").toLowerCase().replace(/[\s\-–—_,;:/()]+/g, " ").trim();
  }

  function codeOf(text) {
    var spelling = text.trim();
    if (/^\d{1,7}$/.test(spelling)) spelling = String(Number(spelling)).padStart(2, "0");
    return told.spellings[spelling] || told.spellings[fold(spelling)] || "";
  }

  function values(choice, texts) {
    var options = choice[2], given = (choice[3] ? texts.join(",").split(",") : texts.slice(-1)).map(function (text) {
      return text.trim().toLowerCase();
    });
    if (choice[0] === "state") return codeOf(texts[texts.length - 1]);
    if (given.some(function (text) { return options.indexOf(text) < 0 && !(choice[0] === "layers" && text === "none"); })) return null;
    if (!choice[3]) return given[0] === choice[1] ? "" : given[0];
    var kept = options.filter(function (option) { return given.indexOf(option) >= 0; });
    return kept.length === options.length ? "" : kept.join(",") || "none";
  }

  /* What a query chooses: {parameter: value} without defaults, in the order of spelling. */
  function read(search) {
    var query = new URLSearchParams(search), found = { chosen: {}, state: "", left: [] };
    told.choices.forEach(function (choice) {
      var name = choice[0], texts = query.getAll(name).filter(Boolean);
      if (!texts.length || name === "lang") return;
      var value = values(choice, texts);
      if (value === null || (name === "state" && !value)) found.left.push(name + "=" + texts.join(","));
      else if (name === "state") found.state = value;
      else if (value && value !== choice[1]) found.chosen[name] = value;
    });
    return found;
  }

  function keyOf(chosen) {
    return told.choices.filter(function (choice) { return chosen[choice[0]] && told.unheld.indexOf(choice[0]) < 0; })
      .map(function (choice) { return choice[0] + "." + chosen[choice[0]].replace(/,/g, "-"); }).join("_");
  }

  function packOf(chosen) {
    var odd = (chosen.pillar || "").indexOf(",") >= 0 || Object.keys(chosen).some(function (name) {
      return told.plain.indexOf(name) < 0 && told.unheld.indexOf(name) < 0;
    });
    return (chosen.measure || told.choices[0][1]) + "_" + (odd ? told.rest : chosen.show || "value");
  }

  function without(chosen, gone) {
    var kept = {};
    Object.keys(chosen).forEach(function (name) { if (!gone(name)) kept[name] = chosen[name]; });
    return kept;
  }

  /* The nearest of the views that are held: the choices that have no file go, the last years first. */
  function nearest(chosen) {
    var ways = [
      chosen,
      without(chosen, function (name) { return told.plain.indexOf(name) < 0 && told.unheld.indexOf(name) < 0; }),
    ];
    ways.push(without(ways[1], function (name) { return name === "to"; }));
    ways.push(without(ways[1], function (name) { return name === "pillar"; }));
    ways.push(without(ways[1], function (name) { return name === "pillar" || name === "to"; }));
    return ways.reduce(function (before, way) {
      return before.then(function (found) {
        if (found) return found;
        return file(packOf(way)).then(function (pack) {
          // What is the same in every language stands in the first alone.
          var key = keyOf(way), whole = pack[told.langs[0]][key];
          return whole ? { chosen: way, values: Object.assign({}, whole, pack[own.lang][key]) } : null;
        });
      });
    }, Promise.resolve(null));
  }

  function spelled(chosen, state) {
    var query = new URLSearchParams();
    told.choices.forEach(function (choice) { if (chosen[choice[0]]) query.set(choice[0], chosen[choice[0]]); });
    if (state) query.set("state", state);
    return query.toString().replace(/%2C/g, ",");
  }

  /* Where a view can be opened without this script: its own page, or the map's page with the address. */
  function addressOf(chosen, state, lang) {
    var whole = Object.assign({}, chosen, state ? { state: state } : {});
    var key = told.choices.filter(function (choice) { return whole[choice[0]]; })
      .map(function (choice) { return choice[0] + "." + whole[choice[0]].replace(/,/g, "-"); }).join("_");
    var folder = root + (lang === told.langs[0] ? "" : lang + "/"), query = spelled(chosen, state);
    if (own.page === "embed") return folder + "embed.html" + (query ? "?" + query : "");
    if (key && told.keys[""].indexOf(key) >= 0 && own.key) return folder + "view/" + key + ".html";
    return folder + "index.html" + (query ? "?" + query : "");
  }

  /* Putting in place: HTML that the program made and escaped. */
  function nodes(html) {
    return Array.from(new DOMParser().parseFromString(html, "text/html").body.childNodes);
  }

  function put(selector, html) {
    var element = one(selector);
    if (element) element.replaceChildren.apply(element, nodes(html));
  }

  function painted(fill) {
    return told.painted[fill] || fill;
  }

  function fillOf(values, at) {
    var place = values.at[at];
    return place < 0 ? told.others[-place - 1] : values.fills[place];
  }

  function paint(values) {
    var defs = one(".ma-still svg[viewBox] defs"), svg = one(".ma-still svg[viewBox]");
    if (!defs) {
      defs = document.createElementNS(SVG, "defs");
      svg.insertBefore(defs, svg.firstChild);
    }
    if (!defs.querySelector("#p-dotted")) defs.append.apply(defs, nodes("<svg>" + told.patterns + "</svg>")[0].childNodes);
    told.codes.forEach(function (code, at) {
      var shape = document.getElementById("m" + code).parentNode;
      shape.setAttribute("fill", painted(fillOf(values, at)));
    });
    tile();
  }

  function outline(state) {
    all(".ma-chosen").forEach(function (mark) { mark.remove(); });
    if (!state) return;
    var group = document.createElementNS(SVG, "g");
    group.setAttribute("class", "ma-chosen");
    group.setAttribute("fill", "none");
    told.lines.forEach(function (colour, at) {
      var use = document.createElementNS(SVG, "use");
      use.setAttribute("href", "#m" + state);
      use.setAttribute("stroke", colour);
      use.setAttribute("stroke-width", at ? "2.6" : "5");
      group.appendChild(use);
    });
    one(".ma-still svg[viewBox]").appendChild(group);
  }

  function measured(values, at) {
    return values.measured[values.is[at]].replace("{rank}", values.rank[at]);
  }

  function dot(values, at) {
    var fill = fillOf(values, at), plain = made("span", "ma-dot");
    plain.style.backgroundColor = fill;
    return told.dots[fill] ? nodes(told.dots[fill])[0] : plain;
  }

  function rank(values, state) {
    var table = pristine.table && pristine.table.cloneNode(true), old = one(".ma-ranking");
    if (!table || !old) return;
    table.tHead.rows[0].cells[4].textContent = values.column;
    table.tBodies[0].replaceChildren.apply(table.tBodies[0], values.order.map(function (at) {
      var row = made("tr"), head = made("th"), link = made("a"), code = told.codes[at];
      row.setAttribute("data-state", code);
      if (code === state) { row.className = "selected"; row.setAttribute("aria-current", "true"); }
      head.scope = "row";
      link.href = addressOf(shown.chosen, code === state ? "" : code, own.lang);
      link.append(dot(values, at), words.names[at]);
      head.appendChild(link);
      row.append(made("td", "", values.rank[at]), head);
      [values.value, values.share, values.need, values.ratio].forEach(function (column) { row.appendChild(made("td", "", column[at])); });
      return row;
    }));
    old.replaceWith(table);
    var sum = table.closest(".ma-scroll").nextElementSibling;
    if (sum) sum.textContent = values.sum;
  }

  function strip(values, state) {
    var count = values.order.length, stops = values.order.map(function (at, place) {
      return fillOf(values, at) + " " + (100 * place / count).toFixed(2) + "% " + (100 * (place + 1) / count).toFixed(2) + "%";
    });
    var holder = made("div", "ma-ranks"), bar = made("span"), mark = made("i");
    holder.setAttribute("role", "img");
    holder.setAttribute("aria-label", words.ranks);
    bar.style.backgroundImage = "linear-gradient(90deg," + stops.join(",") + ")";
    mark.style.left = (100 * (values.order.indexOf(told.codes.indexOf(state)) + 0.5) / count).toFixed(2) + "%";
    holder.append(bar, mark);
    return holder;
  }

  /* The panel of a state, in the parts of that of the live atlas. */
  function panel(values, state) {
    var at = told.codes.indexOf(state), section = made("section", "ma-panel ma-profile"), head = made("div", "ma-panel-head");
    var number = made("p", "ma-number"), facts = made("dl", "ma-facts"), back = made("a", "ma-clear", words.all + " "), cross = made("span", "", "×");
    section.setAttribute("aria-live", "polite");
    cross.setAttribute("aria-hidden", "true");
    back.href = addressOf(shown.chosen, "", own.lang);
    back.appendChild(cross);
    head.append(made("h2", "", words.names[at]), back);
    number.append(made("strong", values.words[at] === "1" ? "words" : "", values.value[at]), " ", made("span", "", measured(values, at)));
    [values.share, values.need, values.ratio].forEach(function (column, place) {
      var fact = made("div");
      fact.append(made("dt", "", words.facts[place]), made("dd", "", column[at]));
      facts.appendChild(fact);
    });
    section.append(head, number, strip(values, state), facts, made("p", "ma-small", [values.other[at]].concat(words.traits[at]).join(" · ")));
    return section;
  }

  function finding(values, state, found) {
    var head = one(".ma-finding h1"), caveat = one(".ma-caveat summary");
    if (!state || !found) return;
    var told = found[told_at(state)];
    head.textContent = told[0];
    head.className = "ma-headline" + told[2];
    caveat.textContent = [told[1], values.rest].filter(Boolean).join(" ");
  }

  function told_at(state) {
    return told.codes.indexOf(state);
  }

  function filesOf(chosen, state) {
    var line = one(".ma-files-of"), print = all(".ma-get", first), key = keyOf(chosen), folder = root + (own.lang === told.langs[0] ? "" : own.lang + "/");
    var has = !key || told.keys[""].indexOf(key) >= 0;
    if (line) {
      line.replaceChildren.apply(line, pristine.files.map(function (node) { return node.cloneNode(true); }));
      all("a", line).forEach(function (link) {
        if (key && link.pathname.slice(-4) !== ".csv") link.remove();
        else if (key) link.href = folder + "files/" + key + "/values.csv";
      });
      if (key) Array.prototype.slice.call(line.childNodes).forEach(function (node) { if (node.nodeType === 3 && node.data.trim() === "·") node.remove(); });
      line.hidden = !has;
    }
    print.forEach(function (link) { link.hidden = Boolean(key || state); });
  }

  function menus() {
    all(".tools ul, .measure ul", first).forEach(function (list) {
      var links = all("a[data-set]", list), names = {}, current = null;
      links.forEach(function (link) { Object.keys(JSON.parse(link.getAttribute("data-set"))).forEach(function (name) { names[name] = true; }); });
      links.forEach(function (link) {
        var set = JSON.parse(link.getAttribute("data-set")), next = Object.assign({}, shown.chosen);
        Object.keys(names).forEach(function (name) {
          if (set[name]) next[name] = set[name]; else delete next[name];
        });
        link.going = next;
        link.href = addressOf(next, shown.state, own.lang);
        var here = Object.keys(names).every(function (name) { return (next[name] || "") === (shown.chosen[name] || ""); });
        if (here) { link.setAttribute("aria-current", "true"); current = link; } else link.removeAttribute("aria-current");
      });
      var menu = list.closest(".menu");
      if (!menu || !current) return;
      var bold = menu.querySelector("summary b");
      if (menu.classList.contains("years")) bold.textContent = bold.textContent.replace(/\d+$/, current.textContent);
      else if (!menu.classList.contains("more")) bold.textContent = current.textContent;
      if (menu.classList.contains("per") || menu.classList.contains("need")) {
        // Against its share a number is compared with something always: with people, where nothing is said.
        var relative = shown.chosen.show === "ratio" || shown.chosen.show === "gap";
        links[0].parentNode.hidden = relative;
        if (relative && !shown.chosen.per) {
          bold.textContent = links[1].textContent;
          links[1].setAttribute("aria-current", "true");
        }
      }
    });
    all(".ma-langs a", first).forEach(function (link) { link.href = addressOf(shown.chosen, shown.state, link.getAttribute("hreflang")); });
    all(".states a", first).forEach(function (link) {
      var code = link.firstElementChild.id.slice(1);
      link.setAttribute("href", addressOf(shown.chosen, code === shown.state ? "" : code, own.lang));
    });
  }

  function profile(state, chosen) {
    all(".ma-own-profile").forEach(function (old) { old.remove(); });
    var column = one(".rest .ma-beside > div");
    if (!state || !column) return;
    file("profiles_" + own.lang).then(function (profiles) {
      if (state !== shown.state) return;
      all(".ma-own-profile").forEach(function (old) { old.remove(); });
      var holder = made("div", "ma-own-profile");
      holder.append.apply(holder, nodes(profiles[told_at(state)]));
      if (Object.keys(chosen).some(function (name) { return ["measure", "show", "per", "layers", "scheme", "k", "dollars"].indexOf(name) < 0; })) {
        holder.querySelector("h2").textContent = words.changed.replace("{state}", words.names[told_at(state)]);
      }
      column.prepend(holder);
    });
  }

  function layers(chosen) {
    if (chosen.layers === undefined && first.getAttribute("data-layers") === null) return;
    var on = chosen.layers === undefined ? null : chosen.layers.split(",");
    first.setAttribute("data-layers", on ? on.join(" ") : "all");
  }

  function note(left) {
    var line = one(".ma-changed");
    if (!line) {
      line = made("p", "ma-note ma-changed");
      line.setAttribute("role", "status");
      (one(".head") || one(".frame")).prepend(line);
    }
    line.textContent = left.length ? words[own.page === "" || own.page === "embed" ? "left" : "whole"].replace("{choices}", left.join(", ")) : "";
  }

  /* A link made with other data: what changed since, and the edition of that time, where they are kept. */
  function then(mark) {
    var version = (/^[0-9a-f]{12}(?=\.|$)/.exec(mark || "") || [""])[0], line = made("p", "ma-note ma-then"), folder = own.lang === told.langs[0] ? "" : own.lang + "/";
    if (!version || version === told.data) return;
    line.setAttribute("role", "status");
    line.append(words.then.replace("{version}", version));
    [
      [told.beside[version], words.open, root + "../" + told.beside[version] + "/" + folder + (own.page && own.page !== "embed" ? own.page + "/" : "") + "index.html" + window.location.search],
      [told.since.indexOf(version) >= 0, words.since, root + folder + "changes/" + version + ".html"],
    ].forEach(function (way) {
      if (!way[0]) return;
      var link = made("a", "", way[1]);
      link.href = way[2];
      line.append(" ", link);
    });
    (one(".head") || one(".frame") || first).prepend(line);
  }

  function rest(values) {
    var column = one(".rest .ma-beside > div"), other = one(".rest .ma-beside > div + div");
    if (!column) return;
    all(".ma-note", column).concat(all(".ma-described", column)).forEach(function (old) { if (old.parentNode === column) old.remove(); });
    column.prepend.apply(column, nodes(values.html.filters));
    var scroll = column.querySelector(".ma-scroll");
    scroll.before.apply(scroll, nodes(values.html.described));
    if (other) {
      all(".ma-national", other).forEach(function (old) { old.remove(); });
      other.append.apply(other, nodes(values.html.national));
    }
  }

  function parts(values, state) {
    var box = one(".panel"), away = one(".ma-missing"), over = one(".ma-remainder"), then = one(".ma-then");
    put(".head", values.html.head);
    if (then) one(".head").prepend(then);
    put(".ma-on-map", values.html.legend);
    if (box && one(".ma-on-map")) {
      put(".panel", values.html.chips + values.html.panel);
      if (away) box.appendChild(away);
      if (state) box.querySelector(".ma-panel").replaceWith(panel(values, state));
    } else if (box) {
      put(".panel", values.html.legend + values.html.lead);
      all(".ma-what", one(".head")).forEach(function (what) { what.remove(); });
      one(".frame > .ma-small a").href = root + (own.lang === told.langs[0] ? "" : own.lang + "/") + "index.html?" + spelled(shown.chosen, state);
    }
    if (over && over.tagName === "DETAILS") {
      var next = nodes(values.html.remainder)[0];
      next.open = over.open;
      over.replaceWith(next);
    }
    all("a", box).concat(all(".ma-chips a", first)).forEach(function (link) { link.going = null; });
  }

  function show(next, then) {
    return nearest(next.chosen).then(function (found) {
      if (!found) throw new Error("no values");
      var chosen = found.chosen, odd = (chosen.layers || "").split(",").filter(function (layer) { return ["sez", "municipalities"].indexOf(layer) >= 0; });
      var left = next.left.concat(odd.length ? ["layers=" + odd.join(",")] : []).concat(Object.keys(next.chosen).filter(function (name) { return !(name in chosen); })
        .map(function (name) { return name + "=" + next.chosen[name]; }));
      return (next.state ? file(packOf(chosen) + "_states") : Promise.resolve(null)).then(function (states) {
        var values = found.values;
        shown = { chosen: chosen, state: next.state, left: left };
        held = values;
        parts(values, next.state);
        finding(values, next.state, states && states[own.lang][keyOf(chosen)]);
        rest(values);
        rank(values, next.state);
        paint(values);
        outline(next.state);
        layers(chosen);
        filesOf(chosen, next.state);
        menus();
        note(left);
        profile(next.state, chosen);
        buttons();
        if (lit) lit();
        document.title = one(".ma-finding h1").textContent + " · Mérida Atlas";
        if (then) then();
      });
    });
  }

  /* Going: the address follows, and the way back is the browser's. */
  function go(chosen, state) {
    var query = spelled(chosen, state);
    if (own.key) {
      window.location.href = addressOf(chosen, state, own.lang);
      return;
    }
    var at = document.activeElement, again = at && at.closest && at.closest("[data-state], [data-set]");
    show({ chosen: chosen, state: state, left: [] }, function () {
      var spelledNow = spelled(shown.chosen, shown.state);
      window.history.pushState(null, "", window.location.pathname + "?" + (spelledNow || "lang=" + own.lang));
      refocus(again);
    }).catch(function () { window.location.search = "?" + query; });
  }

  function refocus(again) {
    if (!again || document.contains(document.activeElement) && document.activeElement !== document.body) return;
    var row = again.getAttribute("data-state"), link = row && one('tr[data-state="' + row + '"] a');
    if (link) link.focus({ preventScroll: true });
  }

  /* The choices that a file's name holds: a value may hold what stands between two, as `us_other` does. */
  function choicesOf(key) {
    var query = new URLSearchParams();
    key.split(/_(?=[a-z]+\.)/).filter(Boolean).forEach(function (pair) {
      var at = pair.indexOf(".");
      query.set(pair.slice(0, at), pair.slice(at + 1).replace(/-/g, ","));
    });
    return query;
  }

  /* The address of a link of this page as choices; none where it leads elsewhere. */
  function leads(link) {
    if (link.going) return { chosen: link.going, state: shown.state };
    var home = new URL(root + (own.lang === told.langs[0] ? "" : own.lang + "/") + (own.page === "embed" ? "embed.html" : "index.html"), window.location.href);
    var to = new URL(link.getAttribute("href"), window.location.href), folder = home.pathname.replace(/[^/]*$/, "view/");
    if (to.hash || link.closest(".ma-top")) return null;
    if (to.pathname === home.pathname) return read(to.search);
    var name = decodeURIComponent(to.pathname);
    if (to.origin !== home.origin || name.indexOf(decodeURIComponent(folder)) !== 0) return null;
    var query = choicesOf(name.slice(decodeURIComponent(folder).length).replace(/\.html$/, ""));
    if (query.has("tool")) return null;
    return read(query.toString());
  }

  function pressed(event) {
    var target = event.target.closest ? event.target : event.target.parentElement;
    if (!target || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    var link = target.closest("a[href]"), row = target.closest("tr[data-state]"), away = target.closest("[data-go]");
    if (away && first.contains(away)) {
      var gone = JSON.parse(away.getAttribute("data-go"));
      go(without(shown.chosen, function (name) { return name in gone; }), "state" in gone ? "" : shown.state);
      return;
    }
    if (!target.closest("details.menu, details.ma-menu")) close();
    if (!link && row && !String(window.getSelection())) link = row.querySelector("a[href]");
    if (!link || own.key || (own.page && own.page !== "embed")) return;
    var to = leads(link);
    if (!to) return;
    event.preventDefault();
    close();
    go(to.chosen, to.state);
  }

  function close() {
    all("details.menu[open], details.ma-menu[open]").forEach(function (menu) { menu.open = false; });
  }

  /* A class of the legend shows its states alone; see legend.js, which wants buttons. */
  function buttons() {
    all("span.ma-class").forEach(function (span) {
      var button = made("button", "ma-class"), fill = span.querySelector(".ma-swatch").style.backgroundColor;
      button.type = "button";
      button.setAttribute("data-class", hex(fill));
      button.setAttribute("aria-pressed", "false");
      button.append.apply(button, Array.from(span.childNodes));
      span.replaceWith(button);
    });
    if (one(".ma-legend ul") && !one(".ma-lit")) {
      var line = made("p", "ma-lit");
      line.setAttribute("role", "status");
      one(".ma-legend ul").after(line);
    }
  }

  function hex(colour) {
    var parts = colour.match(/\d+/g);
    return !parts || colour.charAt(0) === "#" ? colour : "#" + parts.slice(0, 3).map(function (part) { return ("0" + Number(part).toString(16)).slice(-2); }).join("");
  }

  function light(fill) {
    var names = [];
    all(".plan .states a").forEach(function (state) {
      var on = state.getAttribute("fill") === painted(fill);
      state.classList.toggle("faded", Boolean(fill) && !on);
      if (fill && on) names.push(words.names[told_at(state.firstElementChild.id.slice(1))]);
    });
    return names;
  }

  /* Patterns keep their size on the screen whatever that of the map is. */
  function tile() {
    all(".ma-still svg[viewBox]").forEach(function (svg) {
      var drawn = svg.getScreenCTM(), frame = svg.closest(".ma-still");
      if (!drawn || !drawn.a) return;
      var box = frame.getBoundingClientRect(), back = drawn.inverse(), corner = new DOMPoint(box.left, box.top).matrixTransform(back);
      all("pattern", svg).forEach(function (pattern) {
        pattern.setAttribute("patternTransform", "translate(" + corner.x + " " + corner.y + ") scale(" + back.a + ") " + (pattern.getAttribute("data-turned") || ""));
      });
    });
  }

  /* A state's number beside the pointer: as the panel and the ranking say it. */
  function hints() {
    var hint = made("p", "ma-hint");
    hint.hidden = true;
    hint.setAttribute("aria-hidden", "true");
    document.body.appendChild(hint);
    document.addEventListener("pointermove", function (event) {
      var state = event.pointerType !== "touch" && event.target.closest && event.target.closest(".plan .states a");
      hint.hidden = !state;
      if (!state) return;
      var code = state.firstElementChild.id.slice(1), at = told_at(code), row = one('.ma-ranking tr[data-state="' + code + '"]');
      var said = held ? held.value[at] + " " + measured(held, at) : row ? row.cells[2].textContent : "";
      hint.replaceChildren(made("b", "", words.names[at]), said);
      hint.style.left = Math.min(event.clientX + 14, window.innerWidth - 240) + "px";
      hint.style.top = event.clientY + 14 + "px";
    });
  }

  function find() {
    var box = one("[data-find]"), asking = false;
    if (!box) return;
    window.atlasSeams = {
      go: function (changes) { go(shown.chosen, changes.state); },
      maps: function () { return []; },
    };
    box.addEventListener("focusin", function () {
      if (asking) return;
      asking = true;
      file("places").then(function (places) {
        window.atlasPlaces = places;
        return script("assets/find.js");
      }).catch(function () { asking = false; });
    });
  }

  /* A page of its own for what the address chooses: the longest of the keys that it holds. */
  function pageOf(query) {
    var best = "";
    (told.keys[own.page] || []).forEach(function (key) {
      var fits = Array.from(choicesOf(key)).every(function (pair) { return query.get(pair[0]) === pair[1]; });
      if (fits && key.length > best.length) best = key;
    });
    return best;
  }

  function arrive() {
    var query = new URLSearchParams(window.location.search), lang = query.get("lang"), map = own.page === "" || own.page === "embed";
    if (lang && lang !== own.lang && told.langs.indexOf(lang) >= 0 && !own.key) {
      query.delete("lang");
      var folder = root + (lang === told.langs[0] ? "" : lang + "/"), rest = query.toString();
      window.location.replace(folder + (own.page === "embed" ? "embed.html" : own.page ? own.page + "/index.html" : "index.html") + (rest ? "?" + rest : "") + window.location.hash);
      return;
    }
    if (own.key) return;
    if (!one(".ma-then")) then(query.get("data"));
    if (own.page === "" && query.get("embed") === "true") {
      window.location.replace(root + (own.lang === told.langs[0] ? "" : own.lang + "/") + "embed.html" + window.location.search);
      return;
    }
    var key = own.page === "embed" ? "" : pageOf(query);
    if (key && (!map || query.has("tool"))) {
      window.location.replace(root + (own.lang === told.langs[0] ? "" : own.lang + "/") + (own.page || "view") + "/" + key + ".html" + window.location.hash);
      return;
    }
    var next = read(window.location.search);
    query.forEach(function (text, name) {
      var known = told.choices.some(function (choice) { return choice[0] === name; });
      if (!known && RESERVED.indexOf(name) < 0 && !/^utm_|clid$/.test(name)) next.left.push(name + "=" + text);
    });
    if (!map) {
      var lost = next.left.concat(Object.keys(next.chosen).map(function (name) { return name + "=" + next.chosen[name]; }));
      if (lost.length) note(lost);
      return;
    }
    if (Object.keys(next.chosen).length || next.state || next.left.length || held) {
      // Until then the page says what another view says.
      if (!held) document.documentElement.setAttribute("data-waits", "");
      show(next).then(ready, ready);
    } else menus();
  }

  function ready() {
    document.documentElement.removeAttribute("data-waits");
  }

  if (!window.CSS || !CSS.supports("d", 'path("M0 0")')) {
    script("assets/shapes.js").then(function () {
      Object.keys(window.atlasShapes).forEach(function (where) {
        all(where).forEach(function (path) { path.setAttribute("d", window.atlasShapes[where]); });
      });
    });
  }
  if (!first) return;
  if (own.key && !own.page) shown = read(choicesOf(own.key).toString());
  if (one(".ma-ranking")) pristine.table = one(".ma-ranking").cloneNode(true);
  if (one(".ma-files-of")) pristine.files = Array.from(one(".ma-files-of").childNodes);
  buttons();
  var lit = window.atlasLegend(function () { return [{ light: light }]; });
  document.addEventListener("click", pressed);
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") close(); });
  window.addEventListener("popstate", arrive);
  window.addEventListener("resize", tile);
  if (one("[data-held]")) file("tall_" + own.lang).then(function (tables) {
    all("[data-held]").forEach(function (place) { place.replaceChildren.apply(place, nodes(tables[Number(place.getAttribute("data-held"))])); });
  });
  find();
  hints();
  tile();
  arrive();
})();
