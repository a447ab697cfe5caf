/* Keeps in the address where the reader has moved the map to: `at=lat,lon,zoom`. The app does not know
   of it: a change of the address that leaves it out gets it back, on the page it was made on. */
(function () {
  "use strict";
  var AT = "at", path = window.location.pathname, kept = read();

  function read() {
    return new URLSearchParams(window.location.search).get(AT) || "";
  }

  function write() {
    var query = new URLSearchParams(window.location.search);
    if (kept) query.set(AT, kept); else query.delete(AT);
    // As people read and type it: a comma is none that has to be hidden.
    var spelled = query.toString().replace(/%2C/g, ",");
    window.history.replaceState(
      window.history.state, "", window.location.pathname + (spelled ? "?" + spelled : "")
    );
  }

  window.atlasSeams.onAddress(function () {
    if (path !== window.location.pathname) {
      path = window.location.pathname;
      kept = read();
    } else if (kept !== read()) write();
  });

  /* Where the map is to be: [latitude, longitude, zoom], or nothing. What is no such place is none;
     null forgets it. */
  window.atlasPlace = function (lat, lon, zoom) {
    if (lat === null) {
      kept = "";
      write();
    } else if (lat !== undefined) {
      kept = [lat.toFixed(3), lon.toFixed(3), Math.round(zoom * 100) / 100].join(",");
      write();
    }
    var parts = kept.split(",").map(Number);
    var whole = parts.length === 3 && parts.every(isFinite) && kept.indexOf(",,") < 0;
    return whole && parts[0] > 0 && parts[0] < 50 && parts[1] > -140 && parts[1] < -60 && parts[2] >= 2 && parts[2] <= 18 ? parts : null;
  };
})();
