/* The drawer of further choices: its widgets are always on the page, this shows and hides them. */
(function () {
  "use strict";

  var OPEN = "ma-drawn", from = "";
  var root = document.documentElement, seams = window.atlasSeams;

  function drawn() {
    return root.classList.contains(OPEN);
  }

  function wear() {
    document.querySelectorAll("[data-drawer-open]").forEach(function (button) {
      if (button.getAttribute("aria-expanded") !== String(drawn())) button.setAttribute("aria-expanded", String(drawn()));
    });
    var head = document.querySelector("[data-drawer]"), holder = head && seams.holder(head);
    if (!holder || holder.getAttribute("aria-label") === head.getAttribute("data-drawer")) return;
    holder.setAttribute("role", "region");
    holder.setAttribute("aria-label", head.getAttribute("data-drawer"));
  }

  function open(button) {
    var key = button.getAttribute("data-drawer-open"), at = key && seams.keyed("w_" + key);
    from = key;
    root.classList.add(OPEN);
    wear();
    var first = (at && at.querySelector("input")) || document.querySelector("[data-drawer-close]");
    if (first) first.focus();
  }

  function close(back) {
    var again = document.querySelector('[data-drawer-open="' + from + '"]');
    root.classList.remove(OPEN);
    wear();
    if (back && again) again.focus();
  }

  document.addEventListener("click", function (event) {
    if (!event.target.closest) return;
    var button = event.target.closest("[data-drawer-open]");
    if (button) {
      if (drawn() && from === button.getAttribute("data-drawer-open")) close(true);
      else open(button);
    } else if (event.target.closest("[data-drawer-close]")) close(true);
  });

  /* Escape closes it, unless it closes a list that is open over it. */
  document.addEventListener("keydown", function (event) {
    var holder = drawn() && document.querySelector("[data-drawer]");
    if (event.key !== "Escape" || !holder || event.defaultPrevented) return;
    if (seams.holder(holder).contains(event.target) && event.target.getAttribute("aria-expanded") !== "true") close(true);
  });

  new MutationObserver(wear).observe(root, { childList: true, subtree: true });
})();
