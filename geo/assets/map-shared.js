/* What the map of the pages and the map of pages that stand alone draw alike: fills, lines, symbols
   and labels. It is put in front of `atlas-map.js` and `offline-map.js`, not asked for by itself. */
(function () {
  "use strict";

  var PANES = { neighbours: 210, names: 220, states: 400, hits: 405, sez: 410, munis: 420, border: 430, reached: 440, focused: 445, selected: 450, rings: 455, sites: 620 };
  var OVER = { none: "M0 6.5L6.5 0M-1 1L1 -1M6 8L8 6", crossed: "M0 3.5h7M3.5 0v7" };
  var POINTED_AT = ["states", "hits", "reached", "sites"];

  function svg(tag, attributes, inside) {
    var element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.keys(attributes).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    (inside || []).forEach(function (child) { element.appendChild(child); });
    return element;
  }

  var WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  var FADED = 0.15;  // Opacity of the states of other classes than the one that is looked at.
  var TARGET = 24;  // Pixels that a state takes at least, where no other one is nearer.

  function flat(latLng) {
    return L.Projection.SphericalMercator.project(latLng);
  }

  function round(at) {
    return L.Projection.SphericalMercator.unproject(at);
  }

  /* The largest part of a state, whatever islands it has: its middle on the flat map, and its corners. */
  function mainPart(feature) {
    var geometry = feature.geometry, best = { size: 0 };
    (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates).forEach(function (polygon) {
      var sums = [0, 0, 0], ring = polygon[0].map(function (at) { return flat(L.latLng(at[1], at[0])); });
      ring.slice(1).forEach(function (to, at) {
        var from = ring[at], cross = from.x * to.y - to.x * from.y;
        sums = [sums[0] + cross, sums[1] + (from.x + to.x) * cross, sums[2] + (from.y + to.y) * cross];
      });
      if (Math.abs(sums[0]) > best.size) best = { size: Math.abs(sums[0]), middle: L.point(sums[1], sums[2]).divideBy(3 * sums[0]), box: L.bounds(ring) };
    });
    return best;
  }

  /* What of a polygon lies nearer to `own` than to `other`. */
  function nearer(corners, own, other) {
    function beyond(at) { return at.distanceTo(own) - at.distanceTo(other); }
    function crossing(from, to) {
      var far = beyond(from), near = beyond(to);
      return from.add(to.subtract(from).multiplyBy(far / (far - near)));
    }
    return corners.reduce(function (kept, to, at) {
      var from = corners[(at || corners.length) - 1];
      if (beyond(from) * beyond(to) < 0) kept.push(crossing(from, to));
      if (beyond(to) <= 0) kept.push(to);
      return kept;
    }, []);
  }

  function text(tag, content) {
    var element = document.createElement(tag);
    element.textContent = content;
    return element;
  }

  /* A name in bold, and under it lines of text. */
  function box(told) {
    var made = document.createElement("div");
    told.forEach(function (line, at) { made.appendChild(text(at ? "div" : "strong", line)); });
    return made;
  }

  /* `ground`: colours, layers, zones and border, see `Ground` in geo/drawing/paint.py; `tip`: how
     labels look; `choose` is told the state that was chosen by a key, or by its municipality; without
     it none can be. */
  window.atlasDrawing = function (map, ground, tip, choose) {
    var colours = ground.colours, states = {}, layers = {}, payload = null, municipalities = null;
    var drawn = L.svg({ pane: "states", padding: 0.5 }), around = L.svg({ pane: "hits", padding: 0.5 });
    var parts = {}, hits = null, stop = "", chosen = "", lit = "", shape = null;
    Object.keys(PANES).forEach(function (name) {
      var pane = map.createPane(name);
      pane.style.zIndex = PANES[name];
      if (POINTED_AT.indexOf(name) < 0) pane.style.pointerEvents = "none";
    });

    function label(layer, told) {
      return layer.bindTooltip(function (one) { return box(told(one)); }, Object.assign({ sticky: true }, tip));
    }

    /* A layer in place of the one that had this name. */
    function put(name, layer) {
      if (layers[name]) map.removeLayer(layers[name]);
      delete layers[name];
      if (layer) layers[name] = layer.addTo(map);
    }

    function patterns() {
      return svg("defs", {}, Object.keys(ground.patterns).map(function (fill) {
        var kind = ground.patterns[fill];
        return svg("pattern", { id: "atlas-" + kind, width: 7, height: 7, patternUnits: "userSpaceOnUse" }, [
          svg("rect", { width: 7, height: 7, fill: fill }),
          kind === "dotted" ? svg("circle", { cx: 2, cy: 2, r: 0.9, fill: colours.dots }) : svg("path", { d: OVER[kind], stroke: colours.dots, "stroke-width": 0.8 }),
        ]);
      }).concat([
        svg("pattern", { id: "atlas-sez", width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, [
          svg("rect", { width: 1.6, height: 8, fill: colours.outline }),
        ]),
      ]));
    }

    function told(layer) {
      return payload ? labelOf(layer.feature.id) : [layer.feature.properties.name];
    }

    /* The lines of a state's label: name and number, then what is measured, the share and the rank,
       whose words are sent once for all. */
    function labelOf(code) {
      var own = payload.labels[code], last = [payload.measured || ""];
      if (!payload.ranked && !payload.measured) return own;
      own = [own[0], own[1] || payload.without, own[2], own[3]];
      if (own[3]) last.push(payload.shared.replace("{share}", own[3]));
      if (own[2]) last.push(payload.ranked.replace("{rank}", own[2]));
      last = last.filter(Boolean).join(" · ");
      return last ? own.slice(0, 2).concat(last) : own.slice(0, 2);
    }

    /* `each` is given every state's feature and layer, and those that make small states easier to hit. */
    function drawStates(collection, each) {
      shape = each;
      label(L.geoJSON(collection, {
        pane: "states", renderer: drawn, smoothFactor: 0.2,
        style: { color: colours.outline, weight: 0.8, fillColor: colours.unpainted, fillOpacity: 1, className: "state" },
        onEachFeature: function (feature, layer) {
          states[feature.id] = layer;
          parts[feature.id] = mainPart(feature);
          each(feature, layer);
        },
      }), told).addTo(map);
      hits = label(L.featureGroup(), told).addTo(map);
      around.addTo(map);
      around._container.setAttribute("aria-hidden", "true");
      enlarge();
      map.on("zoomend resize", enlarge);
      Object.keys(states).forEach(function (code) {
        var path = states[code]._path;
        path.setAttribute("data-code", code);
        path.setAttribute("tabindex", "-1");
        path.addEventListener("focus", function () { goTo(code, path.matches(":focus-visible")); });
        path.addEventListener("blur", function () { put("focused"); });
      });
      drawn._container.addEventListener("keydown", press);
      drawn._container.insertBefore(patterns(), drawn._container.firstChild);
      function only(codes, pane, style) {
        return L.geoJSON(collection, {
          pane: pane, renderer: pane === "sez" ? L.svg({ pane: pane, padding: 0.5 }) : undefined, interactive: false,
          filter: function (feature) { return codes.indexOf(feature.id) >= 0; }, style: style,
        });
      }
      layers.sez = only(ground.zones, "sez", { fillColor: "url(#atlas-sez)", fillOpacity: 0.55, stroke: false });
      layers.border = only(ground.border, "border", { fill: false, color: colours.outline, weight: 2 });
    }

    function pixel(at) {
      return map.latLngToLayerPoint(round(at));
    }

    /* A state that is smaller than a fingertip takes what lies around its middle, as far as no other
       one that is as small is nearer; a larger one can be hit elsewhere, and lies underneath. */
    function enlarge() {
      var places = {}, sizes = {};
      hits.clearLayers();
      Object.keys(states).forEach(function (code) {
        var box = parts[code].box, size = pixel(box.max).subtract(pixel(box.min));
        sizes[code] = Math.min(size.x, -size.y);
        if (sizes[code] < TARGET) places[code] = pixel(parts[code].middle);
      });
      Object.keys(places).sort(function (one, other) { return sizes[other] - sizes[one]; }).forEach(function (code) {
        var corners = [], hit, at;
        for (at = 0; at < 24; at += 1) corners.push(places[code].add(L.point(Math.cos(at * Math.PI / 12), Math.sin(at * Math.PI / 12)).multiplyBy(TARGET / 2)));
        Object.keys(places).forEach(function (other) {
          if (other !== code && sizes[other] <= Math.max(sizes[code], 0.6 * TARGET)) corners = nearer(corners, places[code], places[other]);
        });
        hit = L.polygon(corners.map(function (corner) { return map.layerPointToLatLng(corner); }), {
          pane: "hits", renderer: around, stroke: false, fillOpacity: 0, smoothFactor: 0, className: "state",
        });
        hit.feature = states[code].feature;
        shape(hit.feature, hit);
        hits.addLayer(hit);
        hit._path.setAttribute("data-code", code);
        hit._path.setAttribute("tabindex", "-1");
      });
    }

    /* All states are one stop of the keyboard: the one that has been come to last, or is chosen. */
    function settleOn(code) {
      if (states[stop]) states[stop]._path.setAttribute("tabindex", "-1");
      stop = code;
      if (states[stop] && chooses()) states[stop]._path.setAttribute("tabindex", "0");
    }

    /* Where the paint tells of each site, sites are what is chosen. */
    function chooses() {
      return Boolean(choose && payload && !payload.sites);
    }

    function goTo(code, seen) {
      settleOn(code);
      if (!seen) return;
      put("focused", lines(code, [[colours.halo, 8], [colours.outline, 5]], "focused"));
      map.panInside(round(parts[code].middle), { padding: [40, 40], animate: false });
    }

    /* The nearest state in a direction, by its middle. */
    function next(code, key) {
      var way = WAYS[key], best = "", least = Infinity;
      Object.keys(parts).forEach(function (other) {
        var by = parts[other].middle.subtract(parts[code].middle);
        var along = by.x * way[0] - by.y * way[1], aside = Math.abs(by.x * way[1] + by.y * way[0]);
        if (along <= 0 || aside > 1.5 * along || along + aside >= least) return;
        least = along + aside;
        best = other;
      });
      return best;
    }

    function press(event) {
      var code = event.target.getAttribute("data-code"), codes = Object.keys(states).sort(), to = "";
      if (!code || !chooses() || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "Enter" || event.key === " ") choose(code);
      else if (event.key === "Escape" && chosen) choose(chosen);
      else if (event.key === "+" || event.key === "-") map.setZoom(map.getZoom() + (event.key === "+" ? 1 : -1) * map.options.zoomDelta, { animate: false });
      else if (event.key in WAYS) to = next(code, event.key) || code;
      else if (event.key === "Home" || event.key === "End") to = codes[event.key === "Home" ? 0 : codes.length - 1];
      else return;
      event.preventDefault();
      if (to) states[to]._path.focus({ preventScroll: true });
    }

    function siteLabel(site) {
      return payload && payload.sites ? payload.sites[site.id].label : site.names[payload ? payload.lang : "en"];
    }

    /* `each` is given every site, its marker, and the group of its kind. */
    function drawSites(list, each) {
      layers.sites = L.layerGroup();
      layers.cities = L.layerGroup();
      list.forEach(function (site) {
        var group = site.kind === "city" ? layers.cities : layers.sites;
        var symbol = '<svg viewBox="0 0 24 24" aria-hidden="true">' + site.symbol + "</svg>";
        var marker = L.marker([site.lat, site.lon], {
          pane: "sites", keyboard: true, title: "", alt: "", riseOnHover: true,
          icon: L.divIcon({ className: "atlas-site " + site.kind, html: symbol, iconSize: [24, 24] }),
        });
        marker.site = site;
        marker.bindTooltip(function () { return text("strong", siteLabel(site)); }, Object.assign({ direction: "top", offset: [0, -8] }, tip));
        if (each) each(site, marker, group);
        group.addLayer(marker);
      });
      map.getPane("sites").addEventListener("keydown", walk);
    }

    function shownSites() {
      return Array.prototype.slice.call(map.getPane("sites").querySelectorAll(".atlas-site"));
    }

    /* The sites are one stop too: the arrow keys go from one to the next. */
    function walk(event) {
      var all = shownSites(), at = all.indexOf(event.target), to = -1;
      if (at < 0) return;
      if (event.key === "ArrowRight" || event.key === "ArrowDown") to = Math.min(at + 1, all.length - 1);
      if (event.key === "ArrowLeft" || event.key === "ArrowUp") to = Math.max(at - 1, 0);
      if (event.key === "Home") to = 0;
      if (event.key === "End") to = all.length - 1;
      if (to < 0) return;
      event.preventDefault();
      event.target.setAttribute("tabindex", "-1");
      all[to].setAttribute("tabindex", "0");
      all[to].focus({ preventScroll: true });
    }

    function oneStop() {
      var all = shownSites(), held = all.indexOf(document.activeElement);
      all.forEach(function (icon, at) { icon.setAttribute("tabindex", at === Math.max(held, 0) ? "0" : "-1"); });
    }

    function nameSite(marker) {
      var icon = marker._icon, shown = marker.site && payload.sites && payload.sites[marker.site.id];
      if (!marker.site || !icon) return;
      icon.setAttribute("aria-label", siteLabel(marker.site));
      icon.setAttribute("role", "button");
      icon.classList.toggle("hollow", Boolean(shown && shown.hollow));
      icon.classList.toggle("chosen", payload.site === marker.site.id);
    }

    /* Thin lines for all, and over them those that an activity names. */
    function drawMunicipalities(collection) {
      var lines = [];
      collection.features.forEach(function (feature) {
        var geometry = feature.geometry;
        var polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
        polygons.forEach(function (rings) {
          rings.forEach(function (ring) {
            lines.push(ring.map(function (point) { return L.latLng(point[1], point[0]); }));
          });
        });
      });
      municipalities = collection;
      layers.municipalities = L.polyline(lines, { renderer: L.canvas({ pane: "munis", padding: 0.3 }), pane: "munis", interactive: false, color: colours.outline, weight: 0.45, opacity: 0.55, smoothFactor: 1 });
      if (payload) show();
    }

    /* The municipalities that `chosen` picks, filled as `style` says and labelled; none without it. */
    function fillMunicipalities(name, chosen, style, told, click) {
      put(name, municipalities && chosen && label(L.geoJSON(municipalities, {
        pane: "reached", filter: chosen, style: style,
        onEachFeature: function (feature, layer) {
          layer.on("click", function (event) { L.DomEvent.stopPropagation(event); click(feature.properties.state); });
        },
      }), function (layer) { return [layer.feature.properties.name, told(layer.feature.id)]; }));
    }

    function lines(code, drawn, pane) {
      return states[code] && L.layerGroup(drawn.map(function (line) {
        return L.geoJSON(states[code].feature, { pane: pane, interactive: false, style: { fill: false, color: line[0], weight: line[1] } });
      }));
    }

    /* The states of one fill, or of all where none is given: the others fade. */
    function light(fill) {
      lit = fill;
      return Object.keys(states).filter(function (code) {
        var on = !fill || states[code]._path.getAttribute("data-fill") === fill;
        states[code].setStyle({ fillOpacity: on ? 1 : FADED });
        return on;
      }).map(function (code) { return told(states[code])[0]; });
    }

    function select(code) {
      chosen = code;
      Object.keys(states).forEach(function (one) {
        if (chooses()) states[one]._path.setAttribute("aria-pressed", String(one === code));
        else states[one]._path.removeAttribute("aria-pressed");
      });
      put("selected", lines(code, [[colours.halo, 5], [colours.selected, 2.6]], "selected"));
    }

    /* What a screen reader is told of the map and of each state. */
    function name() {
      var can = chooses(), container = drawn._container;
      container.setAttribute("role", can ? "application" : "img");
      container.setAttribute("aria-label", can ? payload.alt + " " + ground.keys[payload.lang] : payload.alt);
      map.getContainer().querySelectorAll(".leaflet-control-zoom a").forEach(function (button, at) {
        button.setAttribute("aria-label", ground.zoom[payload.lang][at]);
        button.title = ground.zoom[payload.lang][at];
      });
      Object.keys(states).forEach(function (code) {
        var path = states[code]._path;
        path.setAttribute("aria-label", labelOf(code).join(", "));
        path.setAttribute("role", can ? "button" : "img");
      });
      if (!drawn._container.contains(document.activeElement)) settleOn(payload.selected || stop || Object.keys(states).sort()[0]);
    }

    function show() {
      ground.layers.forEach(function (name) {
        var wanted = payload.layers.indexOf(name) >= 0;
        if (layers[name] && wanted !== map.hasLayer(layers[name])) map[wanted ? "addLayer" : "removeLayer"](layers[name]);
      });
      var named = payload.municipalities;
      fillMunicipalities(
        "reached", named && function (feature) { return named[feature.id]; },
        { color: colours.outline, weight: 1, fillColor: colours.reached, fillOpacity: 0.95 },
        function (code) { return named[code]; }, choose || function () {}
      );
    }

    function paint(next) {
      payload = next;
      name();
      Object.keys(states).forEach(function (code) {
        var at = payload.at[code], fill = at < 0 ? payload.others[-at - 1] : payload.fills[at];
        states[code]._path.setAttribute("data-fill", fill);
        states[code].setStyle({ fillColor: ground.patterns[fill] ? "url(#atlas-" + ground.patterns[fill] + ")" : fill });
      });
      light(payload.fills.concat(payload.others).indexOf(lit) < 0 ? "" : lit);
      show();
      select(payload.selected);
      [layers.sites, layers.cities].forEach(function (group) { group.eachLayer(nameSite); });
      oneStop();
    }

    return {
      mexico: [[14.5, -117.2], [32.75, -86.7]], states: states, layers: layers, text: text, box: box, labelOf: labelOf,
      drawStates: drawStates, drawSites: drawSites, drawMunicipalities: drawMunicipalities, fillMunicipalities: fillMunicipalities,
      paint: paint, select: select, light: light, next: next,
    };
  };
})();
