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

  /* `told`: states, neighbours, sites, outline, selected, noData, zones (codes); `onSelect` is told
     the code of a state that was clicked. */
  window.offlineMap = function (element, told, onSelect) {
    var map = L.map(element, {
      attributionControl: false, scrollWheelZoom: false, keyboard: false,
      zoomSnap: 0.25, zoomDelta: 0.75, minZoom: 4, maxZoom: 9,
    });
    var states = {}, payload = null, drawn = L.svg({ padding: 0.5 });
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

    return { paint: paint, select: select, lines: lines, fit: fit, states: states };
  };
})();
