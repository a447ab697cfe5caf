/* The share panel: a dialog whose inside the server makes for the view in the address. */
(function () {
  "use strict";

  var dialog = null;

  function open(over, unreached) {
    var query = new URLSearchParams(window.location.search);
    query.set("page", window.location.pathname.split("/")[1] || "");
    fetch("/share.html?" + query).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status);
      return answer.text();
    }).then(function (html) { show(over(html)); }, function (error) {
      window.console.warn(String(error));
      unreached();
    });
  }

  function show(made) {
    dialog = made;
    dialog.addEventListener("click", act);
    dialog.addEventListener("change", code);
    code();
  }

  function act(event) {
    var target = event.target;
    if (target.closest("[data-copy]")) copy(target.closest("[data-copy]").getAttribute("data-copy"));
    else if (target.closest("[data-preview]")) preview();
    else if (target.closest("[data-slide]")) addSlide(target.closest("[data-slide]"));
  }

  function addSlide(button) {
    var added = window.atlasSlides.add(JSON.parse(button.getAttribute("data-slide")));
    dialog.querySelector(".ma-said").textContent = button.getAttribute(added ? "data-added" : "data-full");
  }

  function copy(name) {
    var from = dialog.querySelector("#" + name), said = dialog.querySelector(".ma-said");
    function say(how) { said.textContent = said.getAttribute(how); }
    from.select();
    if (!navigator.clipboard) {
      say(document.execCommand("copy") ? "data-copied" : "data-failed");
      return;
    }
    navigator.clipboard.writeText(from.value).then(
      function () { say("data-copied"); }, function () { say("data-failed"); }
    );
  }

  function chosen(embed, name) {
    return embed.querySelector('[data-embed="' + name + '"]').value;
  }

  function address(embed) {
    var query = new URLSearchParams(embed.getAttribute("data-query"));
    query.set("lang", chosen(embed, "lang"));
    query.set("embed", "true");
    ["controls", "embed_options"].forEach(function (name) {
      if (chosen(embed, name)) query.set(name, chosen(embed, name));
    });
    return embed.getAttribute("data-base") + "?" + query;
  }

  function frame(embed) {
    var made = document.createElement("iframe");
    made.src = address(embed);
    made.title = embed.getAttribute("data-title");
    made.width = "100%";
    made.height = chosen(embed, "height");
    made.loading = "lazy";
    made.style.border = "0";
    return made;
  }

  function code() {
    var embed = dialog.querySelector(".ma-embed");
    if (!embed) return;
    dialog.querySelector("#ma-embed-code").value = frame(embed).outerHTML;
    if (embed.querySelector("iframe")) preview();
  }

  function preview() {
    var embed = dialog.querySelector(".ma-embed");
    embed.querySelector(".ma-frame").replaceChildren(frame(embed));
  }

  window.atlasShare = open;
})();
