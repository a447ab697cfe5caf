/* The map's own part of the page: draws the boundaries once and restyles them on every paint.
   Geometry comes from this server at immutable addresses; a paint brings only colours and texts.
   What it draws like the map of pages that stand alone is in `map-shared.js`. */
(function () {
  "use strict";

  var SHEET = 640;  // Pixels between the margins of an upright A4 or Letter sheet, and a little room.
  var RING_KM = { 2: 25 };
  var DRESSING = 3000;  // Milliseconds that the map's style sheets may take.

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

  /* Without its sheets a map is Leaflet's blue and in no place: they are asked for beside this script,
     and may come after it. One that never comes is not waited for. */
  function dressed() {
    return new Promise(function (then) {
      var since = Date.now();
      (function look() {
        var bare = Array.prototype.some.call(document.querySelectorAll('link[rel="stylesheet"]'), function (link) { return !link.sheet; });
        if (bare && Date.now() - since < DRESSING) setTimeout(look, 20); else then();
      })();
    });
  }

  function ask(url) {
    return fetch(url).then(function (response) {
      if (!response.ok) throw new Error(response.status + " " + url);
      return response.json();
    });
  }

  window.atlasBoot = function (map) {
    var config = window.atlasBegins;
    var root = document.documentElement;
    var drawing = window.atlasDrawing(map, config, { className: "atlas-tip", opacity: 1 }, function (code) { choose(code); });
    var states = drawing.states, layers = drawing.layers, payload = null, confirmed = null;
    var finger = window.matchMedia("(pointer: coarse)"), fitted = 0;
    var moved = false, clicks = 0, asked = null, focused = "", following = false, drilled = "";
    var pressed = "", touched = false, names = L.layerGroup(), here = L.layerGroup(), named = "", naming = null;
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
      light: drawing.light,
      ahead: ahead,
      settle: settle,
      follow: follow,
      next: drawing.next,
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

    /* To a state, or a place in it: [latitude, longitude, radius in km], which then has its name on it. */
    atlas.goTo = function (code, place, called) {
      var bounds = place ? L.latLng(place[0], place[1]).toBounds(2000 * Math.max(5 * place[2], 90)) : states[code].getBounds().pad(0.6);
      here.clearLayers();
      if (place) here.addLayer(L.marker([place[0], place[1]], {
        pane: "stateNames", interactive: false, keyboard: false, icon: L.divIcon({ className: "atlas-here", html: drawing.text("span", called).outerHTML, iconSize: null }),
      }));
      moved = touched = true;
      travel(bounds);
    };

    /* The whole country again, as at first. */
    atlas.home = function () {
      here.clearLayers();
      if (!moved) return;
      try { if (window.parent.atlasPlace) window.parent.atlasPlace(null); } catch (unreachable) { /* another page's frame */ }
      moved = touched = false;
      fit();
    };

    /* Where the link, or the reader before this map was made anew, has the map; see place.js. */
    function keptPlace() {
      try { return window.parent.atlasPlace ? window.parent.atlasPlace() : null; } catch (unreachable) { return null; }
    }

    function keepPlace() {
      var centre = map.getCenter();
      try { if (window.parent.atlasPlace) window.parent.atlasPlace(centre.lat, centre.lng, map.getZoom()); } catch (unreachable) { /* another page's frame */ }
    }

    function goToKept() {
      var kept = keptPlace();
      if (!kept) return;
      map.setView([kept[0], kept[1]], kept[2], { animate: false });
      moved = true;
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
    function drillDown() {
      var drill = payload.drill;
      if (!drill) {
        if (drilled) travel(config.fit.bounds);
        drilled = "";
      } else if (drilled !== drill.state && states[drill.state]) {
        drilled = drill.state;
        moved = true;
        travel(states[drill.state].getBounds());
      }
      drawing.fillMunicipalities(
        "drill", drill && function (feature) { return feature.properties.state === drill.state; },
        function (feature) {
          var at = drill.at[feature.id];
          return { color: config.colours.outline, weight: at === undefined ? 0.4 : 1.2, fillOpacity: 1, fillColor: at === undefined ? "url(#atlas-dotted)" : drill.fills[at] };
        },
        function (code) { return drill.labels[code] || drill.silent; }, function () {}
      );
    }

    /* The first look at the country fills the box to the pixel; only later zooms go by steps. */
    function size(width, height) {
      var style = map.getContainer().style, snap = map.options.zoomSnap, room = config.fit.padding;
      style.height = height;
      style.width = width;
      map.invalidateSize({ animate: false });
      if (moved) return;
      map.options.zoomSnap = 0;
      map.fitBounds(config.fit.bounds, { animate: false, padding: [room, room] });
      map.options.zoomSnap = snap;
      moved = false;  // Fitting zooms, but it was not the reader who did.
    }

    function fit() {
      size("100%", "100vh");
      if (!moved) fitted = map.getZoom();
      hold();
      nameSoon();
    }

    /* A sheet of paper is narrower than most screens, and no resize tells of it. */
    function print() {
      if (root.clientWidth > SHEET) size(SHEET + "px", Math.round(SHEET * 0.72) + "px");
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
      if (!bySite) drawing.select(code);
      window.Streamlit.setComponentValue({ state: code, site: site || "", click: clicks });
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

    function drawStates(collection) {
      drawing.drawStates(collection, function (feature, layer) {
        pressable(layer, feature.id);
        var state = states[feature.id];
        layer.on("mouseover", function () { state.setStyle({ weight: 2.2 }); if (document.activeElement !== state._path) state.bringToFront(); });
        layer.on("mouseout", function () { state.setStyle({ weight: 0.8 }); });
      });
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
          icon: L.divIcon({ className: "atlas-name", html: drawing.text("span", "").outerHTML, iconSize: null }), names: name,
        }));
      });
    }

    function drawSites(list) {
      drawing.drawSites(list, function (site, marker, group) {
        if (site.stretch) {
          group.addLayer(L.polyline(site.stretch, { pane: "rings", interactive: false, className: "atlas-stretch", weight: 4 }));
        }
        if (RING_KM[site.precision]) {
          group.addLayer(L.circle([site.lat, site.lon], { pane: "rings", interactive: false, radius: RING_KM[site.precision] * 1000, className: "atlas-ring", weight: 1, fill: false }));
        }
        marker.on("click keypress", function (event) {
          if (event.type === "keypress" && event.originalEvent.key !== "Enter") return;
          choose(site.state, site.id);
        });
      });
    }

    /* The municipalities are asked for when they are first shown. */
    function askMunicipalities() {
      if (asked || !(payload.drill || payload.layers.indexOf("municipalities") >= 0)) return;
      asked = getJson(config.municipalities).then(drawing.drawMunicipalities).then(drillDown).catch(failed);
    }

    /* The names of states where they fit into them: on one line or two, and on no site. They are put
       in once the colours are, and anew when the zoom, the language or the sites have changed. */
    function nameStates() {
      var key = payload && layers.sites && [payload.lang, map.getZoom(), Boolean(payload.drill), atlas.layers(), map.getSize()].join();
      if (!key || key === named) return;
      named = key;
      names.clearLayers();
      if (payload.drill) return;
      var taken = [], painter = document.createElement("canvas").getContext("2d");
      painter.font = getComputedStyle(map.getPane("stateNames")).font;
      [layers.sites, layers.cities].forEach(function (group) {
        if (map.hasLayer(group)) group.eachLayer(function (one) {
          var at = one.getLatLng && map.latLngToLayerPoint(one.getLatLng());
          if (at) taken.push(L.bounds(at.subtract([13, 13]), at.add([13, 13])));
        });
      });
      Object.keys(states).forEach(function (code) {
        var called = payload.labels[code][0], words = called.split(" "), ways = [[called]];
        for (var at = 1; at < words.length; at += 1) ways.push([words.slice(0, at).join(" "), words.slice(at).join(" ")]);
        ways.some(function (lines) {
          var wide = Math.max.apply(null, lines.map(function (line) { return painter.measureText(line).width; }));
          var spot = room(states[code], L.point(wide / 2 + 3, lines.length * 7 + 1), taken);
          if (!spot) return false;
          taken.push(spot);
          var text = document.createElement("span");
          lines.forEach(function (line) { text.appendChild(drawing.text("span", line)); });
          names.addLayer(L.marker(map.layerPointToLatLng(spot.getCenter()), {
            pane: "stateNames", interactive: false, keyboard: false, icon: L.divIcon({ className: "atlas-state-name", html: text.outerHTML, iconSize: null }),
          }));
          return true;
        });
      });
    }

    /* Where a box of this half size lies inside a state and on nothing that is taken; null if nowhere. */
    function room(state, half, taken) {
      var path = state._path, box = path.getBBox(), drawn = path.ownerSVGElement.createSVGPoint(), best = null, least = Infinity;
      if (box.width < 2 * half.x || box.height < 2 * half.y) return null;
      var middle = L.point(box.x + box.width / 2, box.y + box.height / 2);
      function within(x, y) { drawn.x = x; drawn.y = y; return path.isPointInFill(drawn); }
      for (var row = 1; row < 12; row += 1) for (var column = 1; column < 12; column += 1) {
        var x = box.x + box.width * column / 12, y = box.y + box.height * row / 12;
        var far = Math.abs(x - middle.x) + Math.abs(y - middle.y);
        var spot = L.bounds([x - half.x, y - half.y], [x + half.x, y + half.y]);
        if (far >= least || taken.some(function (one) { return one.intersects(spot); })) continue;
        var inside = [-1, 1, -0.5, 0, 0.5].every(function (part) {
          return within(x + part * half.x, y - half.y) && within(x + part * half.x, y + half.y);
        });
        if (inside) { best = spot; least = far; }
      }
      return best;
    }

    function nameSoon() {
      clearTimeout(naming);
      naming = setTimeout(function () { document.fonts.ready.then(nameStates); }, 30);
    }

    function name() {
      layers.neighbours.eachLayer(function (layer) {
        var name = layer.options.names;
        if (!name) return;
        var told = map.getZoom() >= name.zoom ? name[payload.lang] : "";
        layer.setIcon(L.divIcon({ className: "atlas-name", html: drawing.text("span", told).outerHTML, iconSize: null }));
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
      root.lang = payload.lang;
      try { window.parent.atlasSeams.speak(document.body, payload.lang); } catch (unreachable) { /* alone */ }
      drawing.paint(payload);
      if (map.hasLayer(layers.neighbours)) name();
      askMunicipalities();
      drillDown();
      nameSoon();
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
      var message = drawing.text("div", config.failed[payload ? payload.lang : "en"]);
      message.className = "atlas-failed";
      message.setAttribute("role", "alert");
      map.getContainer().appendChild(message);
      window.console.warn(String(error));
    }

    root.dataset.theme = pageIsDark() ? "dark" : "light";
    window.addEventListener("message", function (event) {
      if (event.data && event.data.type === "streamlit:render") root.dataset.theme = pageIsDark() ? "dark" : "light";
    });
    window.addEventListener("resize", fit);
    window.addEventListener("beforeprint", print);
    window.addEventListener("afterprint", fit);
    map.createPane("stateNames").style.zIndex = 560;
    map.getPane("stateNames").setAttribute("aria-hidden", "true");
    names.addTo(map);
    here.addTo(map);
    map.on("zoomend", function () { hold(); nameSoon(); if (payload && layers.neighbours) name(); });
    map.on("move moveend", lead);
    map.zoomControl.setPosition("bottomleft");  // Over the Pacific: top left it lies on Tijuana.
    map.on("dragstart zoomstart", function (event) { if (event.type === "dragstart" || atlas.painted) moved = true; });
    // A reader's own moves, not those of the page: a button, a wheel, a finger or a key was used.
    ["pointerdown", "wheel", "keydown"].forEach(function (name) {
      map.getContainer().addEventListener(name, function () { touched = true; }, { capture: true, passive: true });
    });
    map.on("moveend", function () { if (touched && moved && !following && !drilled && !(payload && payload.focus)) keepPlace(); });
    fit();
    moved = false;
    goToKept();
    Promise.all([getJson(config.states), getJson(config.sites), getJson(config.neighbours), dressed()]).then(function (got) {
      drawNeighbours(got[2]);
      drawStates(got[0]);
      drawSites(got[1]);
      fit();
      moved = false;
      goToKept();
      if (payload) heard(payload);
    }).catch(failed);
    return atlas;
  };
})();
