/* Keeps the page's declared language in step with the address, which changes without a reload. */
(function () {
  "use strict";
  function follow() {
    var asked = new URLSearchParams(window.location.search).get("lang");
    var spoken = asked === "es" ? "es" : "en";
    // Setting it, even to what it is, makes the browser style the whole page anew.
    if (document.documentElement.lang === spoken) return;
    document.documentElement.lang = spoken;
    window.atlasSeams.speakAnew();
  }
  window.atlasSeams.onAddress(follow);
})();
