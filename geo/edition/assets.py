"""What the pages of an edition share: style, shapes, fonts, scripts, and its choices as a table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import unquote

from geo.atlas import Atlas, json_text
from geo.chapters.map import paint_payload, panel_told, state_facts
from geo.drawing import (
    PAGE_SHEET,
    PLACES,
    build_shelf,
    dot_html,
    first_css,
    still_map_html,
    symbol_uri,
)
from geo.edition.addresses import PAGES
from geo.edition.held import PLAIN, REST, UNHELD
from geo.edition.page import GEOMETRY, SYMBOLS, Edition
from geo.edition.values import script_js
from geo.language import speech
from geo.paths import ASSETS
from geo.scene import HALO, PATTERNED, SELECTED, build_scene
from geo.view import (
    LANGS,
    PARAMETERS,
    STATE_CODES,
    View,
)

FONT: Final = re.compile(r'url\("/assets/([\w-]+)\.[0-9a-f]+\.woff2"\)')
REMARK: Final = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
PATTERN: Final = re.compile(r"<pattern .*?</pattern>")
FONTS: Final = ("atlas-serif", "atlas-sans")
SCRIPTS: Final = ("legend.js", "ranking.js", "edition.js")
"""One after the other in one file; the last begins the others."""


def shared_files(edition: Edition, files: Iterable[str]) -> dict[str, bytes]:
    """The files that every page asks for, by name."""
    atlas = edition.atlas
    found = {
        "assets/edition.css": _style(atlas).encode(),
        "assets/edition.js": _script(edition, files),
        "assets/shapes.js": f"window.atlasShapes={json_text(shapes(atlas))};\n".encode(),
        "assets/find.js": (ASSETS / "find.js").read_bytes(),
        "assets/favicon.svg": (ASSETS / "favicon.svg").read_bytes(),
        "assets/held/places.js": script_js("places", _places(atlas)),
    }
    for kind in SYMBOLS:
        found[f"assets/symbols/{kind}.svg"] = unquote(symbol_uri(kind).partition(",")[2]).encode()
    for name in FONTS:
        found[f"assets/{name}.woff2"] = (ASSETS / f"{name}.woff2").read_bytes()
        found[f"assets/{name}-licence.txt"] = (ASSETS / f"{name}-licence.txt").read_bytes()
    return found


def shapes(atlas: Atlas) -> dict[str, str]:
    """Selector of a shape of the map → its outline."""
    drawn = str(_map(atlas))
    return {
        (f"#{found[1]}" if found[1] else f".land.{found[2]}"): found[3]
        for found in GEOMETRY.finditer(drawn)
    }


def _map(atlas: Atlas, **paint: Any) -> str:
    view = View()
    told: Any = paint_payload(atlas, build_scene(atlas, view), view, speech(view.lang))
    return str(still_map_html(atlas, told | paint))


def _style(atlas: Atlas) -> str:
    sheet = build_shelf(atlas).by_name[PAGE_SHEET].content.decode()
    sheet = sheet.replace((ASSETS / "page-streamlit.css").read_text(encoding="utf-8"), "")
    outlines = "".join(
        f'{where}{{d:path("{outline}")}}\n' for where, outline in shapes(atlas).items()
    )
    own = (ASSETS / "edition.css").read_text(encoding="utf-8")
    whole = first_css() + FONT.sub(r'url("\1.woff2")', sheet) + own
    return REMARK.sub("", whole) + outlines


def _places(atlas: Atlas) -> Any:
    return json.loads(build_shelf(atlas).by_name[PLACES].content)


def _script(edition: Edition, files: Iterable[str]) -> bytes:
    told = json_text(_told(edition, files))
    scripts = "".join((ASSETS / name).read_text(encoding="utf-8") for name in SCRIPTS)
    return f"window.atlasEdition={told};\n{scripts}".encode()


def _told(edition: Edition, files: Iterable[str]) -> dict[str, Any]:
    """What the script has to know: the choices and how they are spelled, and words and colours."""
    atlas = edition.atlas
    others = paint_payload(atlas, build_scene(atlas, View()), View(), speech(LANGS[0]))["others"]
    patterns = PATTERN.findall(
        _map(atlas, at={code: -1 - at % len(others) for at, code in enumerate(STATE_CODES)})
    )
    return {
        "choices": _choices(),
        "plain": PLAIN,
        "unheld": UNHELD,
        "rest": REST,
        "langs": LANGS,
        "data": atlas.version,
        "beside": dict(edition.beside),
        "since": list(edition.since),
        "keys": {path: _keys(files, path) for path in PAGES},
        "codes": STATE_CODES,
        "spellings": atlas.state_spellings(),
        "others": others,
        "painted": {fill: f"url(#p-{kind})" for fill, kind in PATTERNED.items()},
        "dots": {fill: str(dot_html(fill)) for fill in PATTERNED},
        "patterns": "".join(patterns),
        "lines": [HALO, SELECTED],
        "words": {lang: _words(atlas, lang) for lang in LANGS},
    }


def _keys(files: Iterable[str], path: str) -> list[str]:
    """The keys of a page's choices that have a page of their own."""
    folder = f"{path or 'view'}/"
    found = (file.removeprefix(folder) for file in files if file.startswith(folder))
    return sorted(
        name.removesuffix(".html")
        for name in found
        if name.endswith(".html") and "/" not in name and name != "index.html"
    )


def _choices() -> list[tuple[str, str, list[str], bool]]:
    """Parameter, default, values, and whether several may be chosen, in the order of spelling."""
    default = View()
    found: list[tuple[str, str, list[str], bool]] = []
    for name, parameter in PARAMETERS.items():
        first = parameter.spell(getattr(default, parameter.field))
        found.append((name, first, [str(one) for one in parameter.values], parameter.listed))
    return found


def _words(atlas: Atlas, lang: str) -> dict[str, Any]:
    say = speech(lang)
    scene = build_scene(atlas, View())
    return {
        "names": [atlas.states[code].names[lang] for code in STATE_CODES],
        "traits": [_traits(atlas, code, lang) for code in STATE_CODES],
        "facts": [name for name, _ in state_facts(scene, STATE_CODES[0], say)[2:]],
        "all": say.t("All Mexico"),
        "ranks": say.t("The states from the first rank to the last"),
        "left": say.t(
            "This edition does not hold these choices together. Left out: {choices}.",
            choices="{choices}",
        ),
        "then": say.t("This link was made with other data ({version}).", version="{version}"),
        "open": say.t("Open it as it was"),
        "since": say.t("What changed since"),
        "whole": say.t(
            "This edition holds this page at its first choices. Left out: {choices}.",
            choices="{choices}",
        ),
        "changed": say.t("{state}: need and evidence, without filters", state="{state}"),
    }


def _traits(atlas: Atlas, code: str, lang: str) -> list[str]:
    """What is to be known of a state whatever is chosen."""
    scene = build_scene(atlas, View())
    return list(panel_told(atlas, scene, code, speech(lang)).traits[1:])
