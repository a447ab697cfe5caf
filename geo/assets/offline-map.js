/* The map of a page that stands alone in one file: drawn once, from what the file itself holds. */
(function () {
  "use strict";

  var told = JSON.parse(document.getElementById("told").textContent);
  var here = document.getElementById("map"), card = document.getElementById("card");
  var map = L.map(here, { attributionControl: false, scrollWheelZoom: false, zoomSnap: 0.25, zoomDelta: 0.75, minZoom: 4, maxZoom: 9 });
  map.fitBounds([[14.5, -117.2], [32.75, -86.7]], { animate: false });
  var drawn = L.svg({ padding: 0.5 }), states = {}, chosen = null;

  function text(tag, content) {
    var element = document.createElement(tag);
    element.textContent = content;
    return element;
  }

  function lines(code) {
    var box = document.createElement("div");
    told.paint.labels[code].forEach(function (line, at) { box.appendChild(text(at ? "div" : "strong", line)); });
    return box;
  }

  function svg(tag, attributes) {
    var element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.keys(attributes).forEach(function (name) { element.setAttribute(name, attributes[name]); });
    return element;
  }

  function fill(code) {
    var at = told.paint.at[code];
    var colour = at < 0 ? told.paint.others[-at - 1] : told.paint.fills[at];
    return colour === told.noData ? "url(#no-data)" : colour;
  }

  function select(code) {
    chosen = chosen === code ? null : code;
    Object.keys(states).forEach(function (one) {
      states[one].setStyle(one === chosen ? { weight: 3.2, color: told.selected } : { weight: 0.8, color: told.outline });
      if (one === chosen) states[one].bringToFront();
    });
    document.querySelectorAll("[data-state]").forEach(function (row) {
      var on = row.getAttribute("data-state") === chosen;
      row.classList.toggle("selected", on);
      if (on) row.setAttribute("aria-current", "true"); else row.removeAttribute("aria-current");
    });
    card.replaceChildren(chosen ? lines(chosen) : text("p", told.choose));
  }

  map.createPane("around").style.zIndex = 200;
  L.geoJSON(told.neighbours, { pane: "around", interactive: false, style: { className: "neighbour", weight: 0.7, fillOpacity: 1 } }).addTo(map);
  L.geoJSON(told.states, {
    renderer: drawn, smoothFactor: 0.2,
    style: function (feature) { return { color: told.outline, weight: 0.8, fillColor: fill(feature.id), fillOpacity: 1 }; },
    onEachFeature: function (feature, layer) {
      states[feature.id] = layer;
      layer.on("click", function () { select(feature.id); });
    },
  }).bindTooltip(function (layer) { return lines(layer.feature.id); }, { sticky: true }).addTo(map);
  var defs = svg("defs", {}), dots = svg("pattern", { id: "no-data", width: 7, height: 7, patternUnits: "userSpaceOnUse" });
  dots.appendChild(svg("rect", { width: 7, height: 7, fill: told.noData }));
  dots.appendChild(svg("circle", { cx: 2, cy: 2, r: 0.9, fill: "#6c757d" }));
  defs.appendChild(dots);
  drawn._container.insertBefore(defs, drawn._container.firstChild);
  drawn._container.setAttribute("role", "img");
  drawn._container.setAttribute("aria-label", told.paint.alt);
  told.sites.forEach(function (site) {
    var symbol = '<svg viewBox="0 0 24 24" aria-hidden="true">' + site.symbol + "</svg>";
    var marker = L.marker([site.lat, site.lon], {
      icon: L.divIcon({ className: "atlas-site " + site.kind, html: symbol, iconSize: [22, 22] }), alt: site.names[told.paint.lang],
    });
    marker.bindTooltip(text("strong", site.names[told.paint.lang])).addTo(map);
    marker.getElement().setAttribute("aria-label", site.names[told.paint.lang]);
  });

  document.querySelectorAll("[data-state]").forEach(function (row) {
    var code = row.getAttribute("data-state");
    row.tabIndex = 0;
    row.addEventListener("click", function () { select(code); });
    row.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      select(code);
    });
  });
  card.replaceChildren(text("p", told.choose));
  if (told.paint.selected) select(told.paint.selected);
  window.offline = { states: states, select: select, chosen: function () { return chosen; } };
})();
