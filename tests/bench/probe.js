// Runs before anything else in each page the benchmark opens. Notes, on the page's own clock, when
// the reader clicked, when the page showed what was waited for, and what the socket carried.
(() => {
  if (window !== window.top) return;
  const now = () => performance.timeOrigin + performance.now();
  const probe = (window.probe = { clicked: null, seen: null, frames: [], navigated: performance.timeOrigin });

  const size = (data) =>
    typeof data === "string" ? new Blob([data]).size : data.byteLength ?? data.size ?? 0;
  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(...args) {
      super(...args);
      this.addEventListener("message", (event) => probe.frames.push([now(), size(event.data)]));
    }
    send(data) {
      probe.frames.push([now(), size(data)]);
      super.send(data);
    }
  };

  // Capture phase and the event's own time: what the page does with the click comes after.
  for (const kind of ["click", "keydown"]) {
    document.addEventListener(
      kind,
      (event) => (probe.clicked ??= performance.timeOrigin + event.timeStamp),
      true,
    );
  }

  probe.map = () => {
    const frame = document.querySelector('iframe[src*="streamlit_folium"]');
    return frame && frame.contentWindow;
  };

  // What each app shows, as text that changes when it shows something else; null while incomplete.
  probe.signatures = {
    atlas() {
      const atlas = probe.map()?.atlas;
      if (!atlas || !atlas.painted) return null;
      const colours = Object.entries(atlas.colours());
      if (colours.length !== 32) return null;
      return colours.sort().join(";");
    },
    // The map as soon as there is one, in the page itself too.
    first() {
      const paths = Array.from(document.querySelectorAll(".ma-fit .states path"));
      if (paths.length === 32 && paths.every((path) => path.getBoundingClientRect().width > 0)) {
        return paths.map((path) => path.parentNode.getAttribute("fill")).join(";");
      }
      return probe.signatures.atlas();
    },
    layers() {
      const atlas = probe.map()?.atlas;
      return atlas && atlas.painted ? atlas.layers().slice().sort().join(";") : null;
    },
    values() {
      const atlas = probe.map()?.atlas;
      return atlas && atlas.painted ? JSON.stringify(atlas.labels()) : null;
    },
    ordinary() {
      const paths = probe.map()?.document?.querySelectorAll("path.leaflet-interactive");
      if (!paths || paths.length !== 32) return null;
      return Array.from(paths, (path) => path.getAttribute("fill")).join(";");
    },
    empty() {
      return document.querySelector(".st-key-answer")?.textContent || null;
    },
  };

  // Look once an animation frame, for every app alike, until `kind` shows something other than
  // `before`; then note the time, `extra` frames later.
  probe.arm = (kind, before, extra = 0) => {
    probe.clicked = probe.seen = null;
    probe.frames = [];
    let more = extra;
    const look = () => {
      const shown = probe.signatures[kind]();
      if (shown !== null && shown !== before && more-- <= 0) {
        probe.seen = now();
        return;
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  };

  // What moved of the page while it was loading.
  probe.shifted = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) probe.shifted += one.hadRecentInput ? 0 : one.value;
  }).observe({ type: "layout-shift", buffered: true });

  probe.quietFor = () => now() - Math.max(probe.seen ?? now(), ...probe.frames.map(([at]) => at));
  // What the page asks for beside the socket, for the same change, counts with it.
  const beside = (from, to) =>
    performance.getEntriesByType("resource").reduce((sum, one) => {
      const at = performance.timeOrigin + one.responseEnd;
      return sum + (one.name.includes("/paint.json") && at >= from && at <= to ? one.transferSize : 0);
    }, 0);
  probe.bytes = (from, to) =>
    probe.frames.filter(([at]) => at >= from && at <= to).reduce((sum, [, n]) => sum + n, 0) + beside(from, to);
})();
