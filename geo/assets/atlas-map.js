/* The map's own part of the page: draws the boundaries once and restyles them on every paint.
   Geometry comes from this server at immutable addresses; a paint brings only colours and texts. */
(function () {
  "use strict";

  var MEXICO = [[14.5, -117.2], [32.75, -86.7]];
  var SHEET = 640;  // Pixels between the margins of an upright A4 or Letter sheet, and a little room.
  var RING_KM = { 2: 25 };

  function svg(tag, attributes) {
    var element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.keys(attributes).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    return element;
  }

  function text(tag, content) {
    var element = document.createElement(tag);
    element.textContent = content;
    return element;
  }

  /* The page's theme, read from the page itself: the component is not told of it. */
  function pageIsDark() {
    try {
      return window.parent.atlasSeams.dark();
    } catch (unreachable) {
      return window.matchMedia("(prefers-color-scheme: dark)").matches;
    }
  }

  /* The page may have asked for it already, while it was still loading itself. */
  function getJson(url) {
    var early = null;
    try { early = window.parent.atlasEarly && window.parent.atlasEarly[url]; } catch (foreign) { /* alone */ }
    return early ? early.catch(function () { return ask(url); }) : ask(url);
  }

  function ask(url) {
    return fetch(url).then(function (response) {
      if (!response.ok) throw new Error(response.status + " " + url);
      return response.json();
    });
  }

  window.atlasBoot = function (map, config) {
    var root = document.documentElement;
    var states = {}, layers = {}, payload = null, confirmed = null, municipalities = null;
    var finger = window.matchMedia("(pointer: coarse)"), fitted = 0;
    var moved = false, clicks = 0, asked = null, focused = "", following = false, drilled = "";
    var pressed = "";
    var pane = function (name, z, still) {
      var made = map.createPane(name);
      made.style.zIndex = z;
      if (still) made.style.pointerEvents = "none";
      return name;
    };
    ["neighbours:210:1", "names:220:1", "states:400", "sez:410:1", "munis:420:1", "border:430:1",
      "reached:440", "selected:450:1", "rings:455:1", "sites:620"].forEach(function (line) {
      var parts = line.split(":");
      pane(parts[0], parts[1], parts[2]);
    });
    var drawn = L.svg({ pane: "states", padding: 0.5 });
    var canvas = L.canvas({ pane: "munis", padding: 0.3 });

    var atlas = {
      id: Math.random().toString(36).slice(2),
      painted: 0,
      colours: function () {
        var found = {};
        Object.keys(states).forEach(function (code) {
          var path = states[code]._path;
          found[code] = path.getAttribute("data-fill") || path.getAttribute("fill");
        });
        return found;
      },
      layers: function () {
        return Object.keys(layers).filter(function (name) { return map.hasLayer(layers[name]); }).sort();
      },
      view: function () {
        var centre = map.getCenter();
        return { lat: centre.lat, lng: centre.lng, zoom: map.getZoom() };
      },
      labels: function () { return payload && payload.labels; },
      pixel: function (code) {
        var at = map.latLngToContainerPoint(states[code].getBounds().getCenter());
        return { x: at.x, y: at.y };
      },
      paint: heard,
      ahead: ahead,
      settle: settle,
      follow: follow,
      map: map,
    };
    window.atlas = atlas;

    /* The other maps of the page that show a view beside this one. */
    function linked() {
      var found = [];
      try {
        for (var i = 0; i < window.parent.frames.length; i += 1) {
          var other = window.parent.frames[i].atlas;
          if (other && other !== atlas && other.linked()) found.push(other);
        }
      } catch (unreachable) { /* another page's frame */ }
      return found;
    }

    atlas.linked = function () { return Boolean(payload && payload.linked); };
    atlas.moved = function () { return moved; };

    /* On the way it may be a pixel behind; where the other one rests it is exactly there. */
    function follow(centre, zoom, byHand, rests) {
      var before = moved;
      following = true;
      map.setView(centre, zoom, { animate: false, reset: rests });
      following = false;
      moved = before || byHand;
    }

    function lead(event) {
      if (following || !atlas.linked()) return;
      var rests = event.type === "moveend";
      linked().forEach(function (other) { other.follow(map.getCenter(), map.getZoom(), moved, rests); });
    }

    function still() {
      return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    }

    function travel(bounds) {
      var room = { padding: [16, 16] };
      if (still()) map.fitBounds(bounds, { padding: room.padding, animate: false });
      else map.flyToBounds(bounds, { padding: room.padding, duration: 0.7 });
    }

    /* Down to a state's municipalities, and back up: those without evidence are dotted, not white. */
    function drill() {
      var told = payload.drill;
      if (layers.drill) map.removeLayer(layers.drill);
      delete layers.drill;
      if (!told) {
        if (drilled) travel(MEXICO);
        drilled = "";
        return;
      }
      if (drilled !== told.state && states[told.state]) {
        drilled = told.state;
        moved = true;
        travel(states[told.state].getBounds());
      }
      if (!municipalities) {
        asked = asked || getJson(config.municipalities).then(drawMunicipalities);
        asked.then(function () { if (payload.drill) drill(); }).catch(failed);
        return;
      }
      layers.drill = L.geoJSON(municipalities, {
        pane: "reached", filter: function (feature) { return feature.properties.state === told.state; },
        style: function (feature) {
          var at = told.at[feature.id];
          return { color: config.outline, weight: at === undefined ? 0.4 : 1.2, fillOpacity: 1, fillColor: at === undefined ? "url(#atlas-no-data)" : told.fills[at] };
        },
        onEachFeature: function (feature, layer) {
          layer.on("click", function (event) { L.DomEvent.stopPropagation(event); });
        },
      }).bindTooltip(function (layer) {
        var box = document.createElement("div");
        box.appendChild(text("strong", layer.feature.properties.name));
        box.appendChild(text("div", told.labels[layer.feature.id] || told.silent));
        return box;
      }, { sticky: true, className: "atlas-tip", opacity: 1 }).addTo(map);
    }

    function height() {
      var width = root.clientWidth;
      return Math.round(Math.min(config.height, Math.max(300, width * 0.72)));
    }

    function fit() {
      var div = map.getContainer();
      div.style.height = height() + "px";
      div.style.width = "100%";
      map.invalidateSize({ animate: false });
      if (!moved) {
        map.fitBounds(MEXICO, { animate: false, padding: [4, 4] });
        fitted = map.getZoom();
        moved = false;  // Fitting zooms, but it was not the reader who did.
      }
      hold();
    }

    /* A sheet of paper is narrower than most screens, and no resize tells of it. */
    function print() {
      var div = map.getContainer();
      if (root.clientWidth <= SHEET) return;
      div.style.width = SHEET + "px";
      div.style.height = Math.round(SHEET * 0.72) + "px";
      map.invalidateSize({ animate: false });
      if (moved) return;
      map.fitBounds(MEXICO, { animate: false, padding: [4, 4] });
      moved = false;
    }

    /* One finger scrolls the page past the map; once the reader has zoomed in, it moves the map. */
    function hold() {
      map.dragging[finger.matches && map.getZoom() <= fitted ? "disable" : "enable"]();
    }

    /* Where the paint tells of each site, sites are what is chosen; elsewhere states are. */
    function choose(code, site) {
      var bySite = Boolean(payload && payload.sites);
      if (bySite ? !site : !code) return;
      clicks += 1;
      if (!bySite) outline(code);
      window.Streamlit.setComponentValue({ state: code, site: site || "", click: clicks });
    }

    /* Leaflet focuses its container whenever the map is pressed, and a browser then scrolls the page
       to show all of it: the press would lie on one state and the release on another. */
    function stay() {
      var container = map.getContainer(), focus = container.focus;
      container.focus = function (options) { focus.call(container, Object.assign({ preventScroll: true }, options)); };
    }

    /* A state is chosen where press and release hit it. A click needs the very same element at both
       ends, and none comes where the path was put in front of the others in between. */
    function pressable(layer, code) {
      layer.on("mousedown", function (event) { pressed = event.originalEvent.button ? "" : code; });
      layer.on("mouseup", function (event) {
        var dragged = (map.dragging.enabled() && map.dragging.moved()) || map.boxZoom.moved();
        if (pressed === code && !dragged) choose(code);
        pressed = "";
      });
      layer.on("click", function (event) {
        L.DomEvent.stopPropagation(event);
        if (!event.originalEvent.detail) choose(code);  // By a program, such as a screen reader: nothing was pressed.
      });
    }

    function outline(code) {
      if (layers.selected) map.removeLayer(layers.selected);
      delete layers.selected;
      if (!code || !states[code]) return;
      layers.selected = L.layerGroup([
        L.geoJSON(states[code].feature, { pane: "selected", interactive: false, style: { fill: false, color: "#ffffff", weight: 5 } }),
        L.geoJSON(states[code].feature, { pane: "selected", interactive: false, style: { fill: false, color: "#d6336c", weight: 2.6 } }),
      ]).addTo(map);
    }

    function tooltip(layer) {
      var box = document.createElement("div");
      var lines = payload ? payload.labels[layer.feature.id] : [layer.feature.properties.name];
      lines.forEach(function (line, at) { box.appendChild(text(at ? "div" : "strong", line)); });
      return box;
    }

    function drawStates(collection) {
      var group = L.geoJSON(collection, {
        pane: "states", renderer: drawn, smoothFactor: 0.2,
        style: { color: config.outline, weight: 0.8, fillColor: "#e7e4dc", fillOpacity: 1, className: "state" },
        onEachFeature: function (feature, layer) {
          states[feature.id] = layer;
          pressable(layer, feature.id);
          layer.on("mouseover", function () { layer.setStyle({ weight: 2.2 }); layer.bringToFront(); });
          layer.on("mouseout", function () { layer.setStyle({ weight: 0.8 }); });
        },
      }).bindTooltip(tooltip, { sticky: true, className: "atlas-tip", opacity: 1 }).addTo(map);
      var defs = svg("defs", {});
      var dots = svg("pattern", { id: "atlas-no-data", width: 7, height: 7, patternUnits: "userSpaceOnUse" });
      dots.appendChild(svg("rect", { width: 7, height: 7, fill: config.noData }));
      dots.appendChild(svg("circle", { cx: 2, cy: 2, r: 0.9, fill: "#6c757d" }));
      var hatch = svg("pattern", { id: "atlas-sez", width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
      hatch.appendChild(svg("rect", { width: 1.6, height: 8, fill: config.outline }));
      defs.appendChild(dots);
      defs.appendChild(hatch);
      drawn._container.insertBefore(defs, drawn._container.firstChild);
      drawn._container.setAttribute("role", "img");
      var only = function (codes, pane, style) {
        return L.geoJSON(collection, {
          pane: pane, renderer: pane === "sez" ? L.svg({ pane: pane, padding: 0.5 }) : undefined, interactive: false,
          filter: function (feature) { return codes.indexOf(feature.id) >= 0; }, style: style,
        });
      };
      layers.sez = only(config.sez, "sez", { fillColor: "url(#atlas-sez)", fillOpacity: 0.55, stroke: false });
      layers.border = only(config.border, "border", { fill: false, color: config.outline, weight: 2 });
      return group;
    }

    function drawNeighbours(collection) {
      layers.neighbours = L.layerGroup([
        L.geoJSON(collection, {
          pane: "neighbours", interactive: false, smoothFactor: 0.5,
          style: function (feature) {
            return { className: "neighbour " + feature.properties.kind, weight: feature.properties.kind === "us_state" ? 0.5 : 0.9, fillOpacity: 1 };
          },
        }),
      ]);
      config.names.forEach(function (name) {
        layers.neighbours.addLayer(L.marker([name.lat, name.lng], {
          pane: "names", interactive: false, keyboard: false,
          icon: L.divIcon({ className: "atlas-name", html: text("span", "").outerHTML, iconSize: null }), names: name,
        }));
      });
    }

    function siteLabel(site) {
      return payload && payload.sites ? payload.sites[site.id].label : site.names[payload ? payload.lang : "en"];
    }

    function drawSites(list) {
      layers.sites = L.layerGroup();
      layers.cities = L.layerGroup();
      list.forEach(function (site) {
        var group = site.kind === "city" ? layers.cities : layers.sites;
        if (site.stretch) {
          group.addLayer(L.polyline(site.stretch, { pane: "rings", interactive: false, className: "atlas-stretch", weight: 4 }));
        }
        if (RING_KM[site.precision]) {
          group.addLayer(L.circle([site.lat, site.lon], { pane: "rings", interactive: false, radius: RING_KM[site.precision] * 1000, className: "atlas-ring", weight: 1, fill: false }));
        }
        var symbol = '<svg viewBox="0 0 24 24" aria-hidden="true">' + site.symbol + "</svg>";
        var marker = L.marker([site.lat, site.lon], {
          pane: "sites", keyboard: true, title: "", alt: "", riseOnHover: true,
          icon: L.divIcon({ className: "atlas-site " + site.kind, html: symbol, iconSize: [22, 22] }),
        });
        marker.site = site;
        marker.bindTooltip(function () { return text("strong", siteLabel(site)); }, { className: "atlas-tip", direction: "top", offset: [0, -8], opacity: 1 });
        marker.on("click keypress", function (event) {
          if (event.type === "keypress" && event.originalEvent.key !== "Enter") return;
          choose(site.state, site.id);
        });
        group.addLayer(marker);
      });
    }

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
      layers.municipalities = L.polyline(lines, { renderer: canvas, pane: "munis", interactive: false, color: config.outline, weight: 0.45, opacity: 0.55, smoothFactor: 1 });
    }

    function drawReached() {
      if (layers.reached) map.removeLayer(layers.reached);
      delete layers.reached;
      if (!municipalities || !payload.municipalities || payload.layers.indexOf("municipalities") < 0) return;
      layers.reached = L.geoJSON(municipalities, {
        pane: "reached", filter: function (feature) { return payload.municipalities[feature.id]; },
        style: { color: config.outline, weight: 1, fillColor: "#f4a340", fillOpacity: 0.95 },
        onEachFeature: function (feature, layer) {
          layer.on("click", function (event) { L.DomEvent.stopPropagation(event); choose(feature.properties.state); });
        },
      }).bindTooltip(function (layer) {
        var box = document.createElement("div");
        box.appendChild(text("strong", layer.feature.properties.name));
        box.appendChild(text("div", payload.municipalities[layer.feature.id]));
        return box;
      }, { sticky: true, className: "atlas-tip", opacity: 1 }).addTo(map);
    }

    function toggle() {
      config.layers.forEach(function (name) {
        if (name === "municipalities") return;
        if (!layers[name]) return;
        var wanted = payload.layers.indexOf(name) >= 0;
        if (wanted !== map.hasLayer(layers[name])) map[wanted ? "addLayer" : "removeLayer"](layers[name]);
      });
      var wanted = payload.layers.indexOf("municipalities") >= 0;
      if (wanted && !layers.municipalities && !asked) {
        asked = getJson(config.municipalities).then(drawMunicipalities).then(toggle).catch(failed);
        return;
      }
      if (layers.municipalities && wanted !== map.hasLayer(layers.municipalities)) {
        map[wanted ? "addLayer" : "removeLayer"](layers.municipalities);
      }
      drawReached();
      if (map.hasLayer(layers.neighbours)) name();
    }

    function name() {
      layers.neighbours.eachLayer(function (layer) {
        if (!layer.options.names) return;
        layer.setIcon(L.divIcon({ className: "atlas-name", html: text("span", layer.options.names[payload.lang]).outerHTML, iconSize: null }));
      });
    }

    function speak() {
      document.documentElement.lang = payload.lang;
      drawn._container.setAttribute("aria-label", payload.alt);
      [layers.sites, layers.cities].forEach(function (group) {
        group.eachLayer(function (layer) {
          if (!layer.site || !layer._icon) return;
          var told = payload.sites && payload.sites[layer.site.id];
          layer._icon.setAttribute("aria-label", siteLabel(layer.site));
          layer._icon.classList.toggle("hollow", Boolean(told && told.hollow));
          layer._icon.classList.toggle("chosen", payload.site === layer.site.id);
          layer._icon.setAttribute("role", "button");
        });
      });
    }

    /* What the page's run says counts, and is what a paint ahead of it gives way to. */
    function heard(next) {
      confirmed = next;
      paint(next);
      if (Object.keys(states).length) atlas.painted += 1;
    }

    function ahead(next) {
      if (confirmed && !confirmed.linked && !confirmed.drill && !confirmed.sites) paint(next);
    }

    function settle() {
      if (payload !== confirmed) paint(confirmed);
    }

    function paint(next) {
      payload = next;
      root.dataset.theme = pageIsDark() ? "dark" : "light";
      if (!layers.sites || !Object.keys(states).length) return;
      Object.keys(states).forEach(function (code) {
        var at = payload.at[code], layer = states[code];
        var fill = at < 0 ? payload.others[-at - 1] : payload.fills[at];
        layer._path.setAttribute("data-fill", fill);
        layer.setStyle({ fillColor: fill === config.noData ? "url(#atlas-no-data)" : fill });
      });
      toggle();
      drill();
      outline(payload.selected);
      speak();
      if (payload.linked && !moved) linked().forEach(function (other) {
        if (other.moved()) follow(other.map.getCenter(), other.map.getZoom(), true, true);
      });
      if (payload.focus && String(payload.focus) !== focused) {
        focused = String(payload.focus);
        map.fitBounds(payload.focus, { animate: false, paddingTopLeft: [48, 10], paddingBottomRight: [12, 10] });
        moved = true;
      }
    }

    function failed(error) {
      var message = text("div", config.failed[payload ? payload.lang : "en"]);
      message.className = "atlas-failed";
      message.setAttribute("role", "alert");
      map.getContainer().appendChild(message);
      window.console.warn(String(error));
    }

    /* streamlit-folium sets the frame to the height given in Python; on a phone the map is lower. */
    var setFrameHeight = window.Streamlit.setFrameHeight.bind(window.Streamlit);
    window.Streamlit.setFrameHeight = function () { setFrameHeight(height()); };
    root.dataset.theme = pageIsDark() ? "dark" : "light";
    window.addEventListener("message", function (event) {
      if (event.data && event.data.type === "streamlit:render") root.dataset.theme = pageIsDark() ? "dark" : "light";
    });
    window.addEventListener("resize", function () { fit(); setFrameHeight(height()); });
    window.addEventListener("beforeprint", print);
    window.addEventListener("afterprint", fit);
    map.on("zoomend", hold);
    map.on("move moveend", lead);
    map.zoomControl.setPosition("bottomleft");  // Over the Pacific: top left it lies on Tijuana.
    map.on("dragstart zoomstart", function (event) { if (event.type === "dragstart" || atlas.painted) moved = true; });
    stay();
    fit();
    moved = false;
    Promise.all([getJson(config.states), getJson(config.sites), getJson(config.neighbours)]).then(function (got) {
      drawNeighbours(got[2]);
      drawStates(got[0]);
      drawSites(got[1]);
      fit();
      moved = false;
      if (payload) heard(payload);
    }).catch(failed);
    return atlas;
  };
})();
