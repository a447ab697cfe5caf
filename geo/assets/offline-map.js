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
     shows them; `onSelect` is told the code of a state that was clicked. */
  window.offlineMap = function (element, told, onSelect) {
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

    function paint(next) {
      payload = next;
      drawing.paint(payload);
    }

    function fit() {
      map.invalidateSize({ animate: false });
      map.fitBounds(drawing.mexico, { animate: false });
    }

    return {
      paint: paint, select: drawing.select, fit: fit, states: drawing.states,
      lines: function (code) { return drawing.box(drawing.labelOf(code)); },
      reached: function () { return layers.reached ? layers.reached.getLayers().length : 0; },
    };
  };
})();
