/* What the map of the pages and the map of pages that stand alone draw alike: fills, lines, symbols
   and labels. It is put in front of `atlas-map.js` and `offline-map.js`, not asked for by itself. */
(function () {
  "use strict";

  var PANES = { neighbours: 210, names: 220, states: 400, sez: 410, munis: 420, border: 430, reached: 440, selected: 450, rings: 455, sites: 620 };
  var OVER = { none: "M0 6.5L6.5 0M-1 1L1 -1M6 8L8 6", crossed: "M0 3.5h7M3.5 0v7" };
  var POINTED_AT = ["states", "reached", "sites"];

  function svg(tag, attributes, inside) {
    var element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.keys(attributes).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    (inside || []).forEach(function (child) { element.appendChild(child); });
    return element;
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
     labels look; `choose` is told the state of a named municipality that was clicked. */
  window.atlasDrawing = function (map, ground, tip, choose) {
    var colours = ground.colours, states = {}, layers = {}, payload = null, municipalities = null;
    var drawn = L.svg({ pane: "states", padding: 0.5 });
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

    /* `each` is given every state's feature and layer. */
    function drawStates(collection, each) {
      label(L.geoJSON(collection, {
        pane: "states", renderer: drawn, smoothFactor: 0.2,
        style: { color: colours.outline, weight: 0.8, fillColor: colours.unpainted, fillOpacity: 1, className: "state" },
        onEachFeature: function (feature, layer) {
          states[feature.id] = layer;
          each(feature, layer);
        },
      }), function (layer) { return payload ? payload.labels[layer.feature.id] : [layer.feature.properties.name]; }).addTo(map);
      drawn._container.insertBefore(patterns(), drawn._container.firstChild);
      drawn._container.setAttribute("role", "img");
      function only(codes, pane, style) {
        return L.geoJSON(collection, {
          pane: pane, renderer: pane === "sez" ? L.svg({ pane: pane, padding: 0.5 }) : undefined, interactive: false,
          filter: function (feature) { return codes.indexOf(feature.id) >= 0; }, style: style,
        });
      }
      layers.sez = only(ground.zones, "sez", { fillColor: "url(#atlas-sez)", fillOpacity: 0.55, stroke: false });
      layers.border = only(ground.border, "border", { fill: false, color: colours.outline, weight: 2 });
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
          icon: L.divIcon({ className: "atlas-site " + site.kind, html: symbol, iconSize: [22, 22] }),
        });
        marker.site = site;
        marker.bindTooltip(function () { return text("strong", siteLabel(site)); }, Object.assign({ direction: "top", offset: [0, -8] }, tip));
        if (each) each(site, marker, group);
        group.addLayer(marker);
      });
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

    function select(code) {
      put("selected", states[code] && L.layerGroup([[colours.halo, 5], [colours.selected, 2.6]].map(function (line) {
        return L.geoJSON(states[code].feature, { pane: "selected", interactive: false, style: { fill: false, color: line[0], weight: line[1] } });
      })));
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
        function (code) { return named[code]; }, choose
      );
    }

    function paint(next) {
      payload = next;
      drawn._container.setAttribute("aria-label", payload.alt);
      Object.keys(states).forEach(function (code) {
        var at = payload.at[code], fill = at < 0 ? payload.others[-at - 1] : payload.fills[at];
        states[code]._path.setAttribute("data-fill", fill);
        states[code].setStyle({ fillColor: ground.patterns[fill] ? "url(#atlas-" + ground.patterns[fill] + ")" : fill });
      });
      show();
      select(payload.selected);
      [layers.sites, layers.cities].forEach(function (group) { group.eachLayer(nameSite); });
    }

    return {
      mexico: [[14.5, -117.2], [32.75, -86.7]], states: states, layers: layers, text: text, box: box,
      drawStates: drawStates, drawSites: drawSites, drawMunicipalities: drawMunicipalities, fillMunicipalities: fillMunicipalities,
      paint: paint, select: select,
    };
  };
})();
