/* A map for pages that stand alone: drawn once from what the page itself holds, then repainted. */
(function () {
  "use strict";

  var MEXICO = [[14.5, -117.2], [32.75, -86.7]];

  function text(tag, content) {
    var element = document.createElement(tag);
    element.textContent = content;
    return element;
  }

  function svg(tag, attributes) {
    var element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.keys(attributes).forEach(function (name) { element.setAttribute(name, attributes[name]); });
    return element;
  }

  /* What a page holds compressed: JSON in gzip form, spelled in base 64. */
  function unpack(packed) {
    var bytes = Uint8Array.from(atob(packed), function (letter) { return letter.charCodeAt(0); });
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
  }

  /* `told`: states, neighbours, sites, outline, selected, noData, zones (codes), and municipalities
     (packed) where the view shows them; `onSelect` is told the code of a state that was clicked. */
  window.offlineMap = function (element, told, onSelect) {
    var map = L.map(element, {
      attributionControl: false, scrollWheelZoom: false, keyboard: false,
      zoomSnap: 0.25, zoomDelta: 0.75, minZoom: 4, maxZoom: 9,
    });
    var states = {}, payload = null, reached = null, drawn = L.svg({ padding: 0.5 });
    map.fitBounds(MEXICO, { animate: false });
    [["around", 200], ["zones", 410], ["chosen", 450]].forEach(function (pane) {
      map.createPane(pane[0]).style.zIndex = pane[1];
      if (pane[0] !== "around") map.getPane(pane[0]).style.pointerEvents = "none";
    });
    var around = L.geoJSON(told.neighbours, {
      pane: "around", interactive: false, style: { className: "neighbour", weight: 0.7, fillOpacity: 1 },
    }).addTo(map);
    L.geoJSON(told.states, {
      renderer: drawn, smoothFactor: 0.2,
      style: { color: told.outline, weight: 0.8, fillOpacity: 1, className: "state" },
      onEachFeature: function (feature, layer) {
        states[feature.id] = layer;
        layer.on("click", function () { if (onSelect) onSelect(feature.id); });
      },
    }).bindTooltip(function (layer) { return lines(layer.feature.id); }, { sticky: true }).addTo(map);
    var defs = svg("defs", {}), dots = svg("pattern", { id: "no-data", width: 7, height: 7, patternUnits: "userSpaceOnUse" });
    dots.appendChild(svg("rect", { width: 7, height: 7, fill: told.noData }));
    dots.appendChild(svg("circle", { cx: 2, cy: 2, r: 0.9, fill: "#6c757d" }));
    var hatch = svg("pattern", { id: "zone", width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
    hatch.appendChild(svg("rect", { width: 1.6, height: 8, fill: told.outline }));
    defs.appendChild(dots);
    defs.appendChild(hatch);
    drawn._container.insertBefore(defs, drawn._container.firstChild);
    drawn._container.setAttribute("role", "img");
    var sites = L.layerGroup(), cities = L.layerGroup(), chosen = L.layerGroup().addTo(map);
    var zones = L.geoJSON(told.states, {
      renderer: drawn, interactive: false, filter: function (feature) { return told.zones.indexOf(feature.id) >= 0; },
      style: { stroke: false, fillColor: "url(#zone)", fillOpacity: 0.55 },
    });
    var border = L.geoJSON(told.states, {
      pane: "zones", interactive: false, filter: function (feature) { return told.border.indexOf(feature.id) >= 0; },
      style: { fill: false, color: told.outline, weight: 2 },
    });
    told.sites.forEach(function (site) {
      var marker = L.marker([site.lat, site.lon], {
        icon: L.divIcon({ className: "atlas-site " + site.kind, html: '<svg viewBox="0 0 24 24" aria-hidden="true">' + site.symbol + "</svg>", iconSize: [22, 22] }),
      });
      marker.bindTooltip(function () { return text("strong", site.names[payload.lang]); });
      marker.on("add", function () { marker.getElement().setAttribute("aria-label", site.names[payload.lang]); });
      marker.addTo(site.kind === "city" ? cities : sites);
    });
    var layers = { sites: sites, cities: cities, sez: zones, border: border, neighbours: around };

    /* Thin lines for all, and over them those that an activity names. */
    function drawMunicipalities(collection) {
      map.createPane("thin").style.zIndex = 405;
      map.getPane("thin").style.pointerEvents = "none";
      map.createPane("reached").style.zIndex = 420;
      L.geoJSON(collection, {
        pane: "thin", renderer: L.canvas({ pane: "thin", padding: 0.3 }), interactive: false, smoothFactor: 1,
        style: { fill: false, color: told.outline, weight: 0.45, opacity: 0.55 },
      }).addTo(map);
      reached = L.geoJSON(collection, {
        pane: "reached", filter: function (feature) { return payload.municipalities[feature.id]; },
        style: { color: told.outline, weight: 1, fillColor: "#f4a340", fillOpacity: 0.95 },
        onEachFeature: function (feature, layer) {
          layer.on("click", function () { if (onSelect) onSelect(feature.properties.state); });
        },
      }).bindTooltip(function (layer) {
        var box = document.createElement("div");
        box.appendChild(text("strong", layer.feature.properties.name));
        box.appendChild(text("div", payload.municipalities[layer.feature.id]));
        return box;
      }, { sticky: true }).addTo(map);
    }
    if (told.municipalities) unpack(told.municipalities).then(drawMunicipalities);

    function lines(code) {
      var box = document.createElement("div");
      payload.labels[code].forEach(function (line, at) { box.appendChild(text(at ? "div" : "strong", line)); });
      return box;
    }

    function paint(next) {
      payload = next;
      drawn._container.setAttribute("aria-label", payload.alt);
      Object.keys(states).forEach(function (code) {
        var at = payload.at[code], fill = at < 0 ? payload.others[-at - 1] : payload.fills[at];
        states[code].setStyle({ fillColor: fill === told.noData ? "url(#no-data)" : fill });
      });
      Object.keys(layers).forEach(function (name) {
        var wanted = payload.layers.indexOf(name) >= 0;
        if (wanted !== map.hasLayer(layers[name])) map[wanted ? "addLayer" : "removeLayer"](layers[name]);
      });
      select(payload.selected);
    }

    function select(code) {
      chosen.clearLayers();
      if (!code) return;
      [["#ffffff", 5], [told.selected, 2.6]].forEach(function (line) {
        chosen.addLayer(L.geoJSON(states[code].feature, { pane: "chosen", interactive: false, style: { fill: false, color: line[0], weight: line[1] } }));
      });
    }

    function fit() {
      map.invalidateSize({ animate: false });
      map.fitBounds(MEXICO, { animate: false });
    }

    return { paint: paint, select: select, lines: lines, fit: fit, states: states, reached: function () { return reached ? reached.getLayers().length : 0; } };
  };
})();
