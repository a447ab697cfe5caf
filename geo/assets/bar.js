/* The bar over the pages: its links keep the reader's view, and go to the page without loading anew. */
(function () {
  "use strict";

  var seams = window.atlasSeams;

  function links(bar) {
    return Array.prototype.slice.call(bar.querySelectorAll("a[data-page], a[data-lang]"));
  }

  /* The view in the address goes along; what one page keeps for itself does not. */
  function follow() {
    var bar = document.querySelector(".ma-top[data-carries]");
    if (!bar) return;
    var here = new URLSearchParams(window.location.search), carried = bar.getAttribute("data-carries").split(" ");
    links(bar).forEach(function (link) {
      var lang = link.getAttribute("data-lang"), query = new URLSearchParams();
      here.forEach(function (value, name) { if (lang || carried.indexOf(name) >= 0) query.set(name, value); });
      query.set("lang", lang || document.documentElement.lang);
      var href = (lang ? window.location.pathname : link.getAttribute("data-page")) + "?" + query.toString().replace(/%2C/g, ",");
      if (link.getAttribute("href") !== href) link.setAttribute("href", href);
    });
  }

  function close() {
    document.querySelectorAll(".ma-menu[open]").forEach(function (menu) { menu.open = false; });
  }

  document.addEventListener("click", function (event) {
    var target = event.target.closest ? event.target : event.target.parentElement;
    var link = target && target.closest(".ma-top a");
    if (!target || !target.closest(".ma-menu")) close();
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!seams.connected()) return;
    event.preventDefault();
    close();
    if (link.href !== window.location.href) seams.visit(link.getAttribute("href"));
  });

  document.addEventListener("keydown", function (event) {
    var menu = event.key === "Escape" && event.target.closest && event.target.closest(".ma-menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  seams.onAddress(function () { setTimeout(follow); });
  new MutationObserver(function (changes) {
    if (changes.some(function (change) { return change.addedNodes.length; })) follow();
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
