/* A map for pages that stand alone: drawn once from what the page itself holds, then repainted.
   What it draws like the map of the pages is in `map-shared.js`. */
(function () {
  "use strict";

  /* What a page holds compressed: JSON in gzip form, spelled in base 64. */
  function unpack(packed) {
    var bytes = Uint8Array.from(atob(packed), function (letter) { return letter.charCodeAt(0); });
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
  }

  /* `told`: what `Shapes` of geo/drawing/paint.py says, and municipalities (packed) where the view
     shows them; `sheet` is the size in pixels that the map has on paper, which no resize tells of;
     `onSelect` is told the code of a state that was clicked. */
  window.offlineMap = function (element, told, sheet, onSelect) {
    var map = L.map(element, {
      attributionControl: false, scrollWheelZoom: false, keyboard: false,
      zoomSnap: 0.25, zoomDelta: 0.75, minZoom: 4, maxZoom: 9,
    });
    var payload = null, drawing = window.atlasDrawing(map, told, {}, onSelect), layers = drawing.layers;
    map.fitBounds(drawing.mexico, { animate: false });
    layers.neighbours = L.geoJSON(told.neighbours, {
      pane: "neighbours", interactive: false, style: { className: "neighbour", weight: 0.7, fillOpacity: 1 },
    });
    drawing.drawStates(told.states, function (feature, layer) {
      if (onSelect) layer.on("click", function () { onSelect(feature.id); });
    });
    drawing.drawSites(told.sites);
    if (told.municipalities) unpack(told.municipalities).then(drawing.drawMunicipalities);

    /* Names of states where they fit, of the chosen one always: the whole name, or its short form. A
       name may reach a little over its state's sides, as on any map, but never onto another name. */
    var labels = L.layerGroup().addTo(map);
    map.createPane("labels").style.zIndex = 640;
    map.getPane("labels").style.pointerEvents = "none";
    map.getPane("labels").setAttribute("aria-hidden", "true");

    function names() {
      var taken = [], places = told.names || {}, chosen = payload && payload.selected;
      labels.clearLayers();
      Object.keys(places).sort(function (one, other) {
        return (other === chosen) - (one === chosen) || places[other].half - places[one].half;
      }).forEach(function (code) {
        var place = places[code], room = pixels(place.lat, place.lng + place.half).x - pixels(place.lat, place.lng - place.half).x;
        [place.name, place.short].some(function (name) {
          var made = L.marker([place.lat, place.lng], { pane: "labels", interactive: false, keyboard: false, icon: L.divIcon({ className: "atlas-state", html: drawing.text("span", name).outerHTML, iconSize: null }) });
          labels.addLayer(made);
          var box = made._icon.firstChild.getBoundingClientRect();
          var fits = code === chosen || box.width * 0.75 <= room;
          if (fits && taken.every(function (other) { return apart(box, other); })) return taken.push(box);
          labels.removeLayer(made);
          return false;
        });
      });
    }

    function pixels(lat, lng) {
      return map.latLngToContainerPoint([lat, lng]);
    }

    function apart(one, other) {
      return one.right < other.left || other.right < one.left || one.bottom < other.top || other.bottom < one.top;
    }

    function paint(next) {
      payload = next;
      drawing.paint(payload);
      names();
    }

    function fit() {
      map.invalidateSize({ animate: false });
      map.fitBounds(drawing.mexico, { animate: false });
      if (payload) names();
    }

    function size(width, height) {
      element.style.width = width;
      element.style.height = height;
      fit();
    }

    window.addEventListener("beforeprint", function () { size(sheet[0] + "px", sheet[1] + "px"); });
    window.addEventListener("afterprint", function () { size("", ""); });
    map.on("zoomend", function () { if (payload) names(); });

    return {
      paint: paint, select: drawing.select, light: drawing.light, fit: fit, states: drawing.states,
      names: function () { return labels.getLayers().map(function (one) { return one._icon.textContent; }); },
      lines: function (code) { return drawing.box(drawing.labelOf(code)); },
      reached: function () { return layers.reached ? layers.reached.getLayers().length : 0; },
    };
  };
})();
