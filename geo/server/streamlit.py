"""The seams to Streamlit: what the server relies on that Streamlit does not promise.

Each is a `Seam` of `SEAMS`, looked at once, after the start. One that no longer holds is logged in
a plain line and listed by `/healthz`; the server goes on as well as it can. Those of the browser
stand in `assets/seams.js` and `assets/page-streamlit.css`, and are looked up in Streamlit's own
scripts; folium's stand in `geo.drawing`. No other module of `geo/` knows Streamlit.
"""

from __future__ import annotations

import logging
import re
import tomllib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from geo.drawing import web_map_trouble
from geo.paths import ASSETS, ICON_FONT, ROOT, TEXT_FONT
from geo.server.streamlit_words import WORDED

HOLDS: Final = "holds"
NOT_YET: Final = "not looked at yet"

FOLDER: Final = "/static/"
"""Where Streamlit's page looks for its scripts; their names carry a hash of their content."""

COMPONENT: Final = "/component/streamlit_folium.st_folium"
"""Where Streamlit's pages look for the map component's files."""

COMPONENT_PACKAGE: Final = ("streamlit_folium", "frontend/build")
"""Where they lie: the package, and the folder in it."""

FONTS: Final = {
    ICON_FONT: "media/MaterialSymbols-Rounded.*.woff2",
    TEXT_FONT: "media/SourceSansVF-Upright.*.woff2",
}
"""Our cut of a font → the file below FOLDER in place of which it is served (`geo.build.fonts`)."""

SERVER_AT_ROOT: Final = "<script>window.__streamlit={BACKEND_BASE_URL:location.origin}</script>"
"""Where the server is: otherwise Streamlit asks below each page's own address first, in vain."""

LANGUAGE: Final = re.compile(r'<html lang="en"')
TITLE: Final = re.compile(r"<title>.*?</title>", re.DOTALL)
ICON: Final = re.compile(r'<link rel="shortcut icon"[^>]*>')
FONT: Final = re.compile(r'<link\s+rel="preload"[^>]*\bas="font"[^>]*>')
AGENTS: Final = re.compile(r'<link rel="service-desc"[^>]*>')
NO_SCRIPT: Final = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
REMARK: Final = re.compile(r"(?<=>)\s*<!--.*?-->", re.DOTALL)
"""What Streamlit says to whoever reads the source, but for whose it is, which stands first."""
HEAD: Final = re.compile(r"</head>")
BODY: Final = re.compile(r"</body>")
ROOT_ELEMENT: Final = re.compile(r'<div id="root"></div>')
APP_TAG: Final = re.compile(
    r'<(?P<tag>script|link)(?P<told> (?:type="module"|rel="(?:modulepreload|stylesheet)")[^>]*)>'
    r"(?:</script>)?\s*"
)
"""What begins the app: its scripts and its sheet."""
ATTRIBUTE: Final = re.compile(r'([\w-]+)(?:="([^"]*)")?')

STORED_THEME: Final = "stActiveTheme-"
"""How the name begins under which Streamlit keeps, for a path, the theme a reader has chosen."""

THEMES: Final = {"Light": "light_theme", "Dark": "dark_theme"}
"""What stands there in quotes → the option of a frame's address that says the same."""

THEMED: Final = (
    "<script>(function(){var asked=new URLSearchParams(location.search).getAll('embed_options'),"
    f"begin='{STORED_THEME}'+location.pathname+'-v',kept='';"
    "try{Object.keys(localStorage).forEach(function(name){"
    "if(name.indexOf(begin)===0)kept=localStorage.getItem(name)})}catch(none){}"
    + "".join(
        f"if(asked.indexOf('{option}')>=0||(!asked.length&&kept==='\"{name}\"'))"
        f"document.documentElement.dataset.scheme='{name.lower()}';"
        for name, option in THEMES.items()
    )
    + "})()</script>"
)
"""The reader's theme, before anything is painted: the frame's, the stored one, or the device's."""
REPLACED: Final = {
    "language": LANGUAGE,
    "title": TITLE,
    "icon": ICON,
    "font": FONT,
    "description for agents": AGENTS,
    "words for readers without scripts": NO_SCRIPT,
    "head": HEAD,
    "body": BODY,
    "place of the app": ROOT_ELEMENT,
}
"""What is replaced in Streamlit's page, each once; of head and body where they end."""

SOCKET: Final = "/_stcore/stream"
OPEN: Final = ("/_stcore/health", "/_stcore/host-config")
"""What Streamlit's page asks of its server beside FOLDER and COMPONENT: the socket, and these. What
else Streamlit answers (uploads, media, metrics, agents, sign-in) no page of the atlas needs."""

LONGEST_OF_A_RUN: Final = 4_000
"""Bytes of a message that may begin or end a run: the longest of ours has some 1,000."""

EARLY: Final = "streamlit.emojis"

SCRIPT: Final = "seams.js"
SHEET: Final = "page-streamlit.css"
SCRIPT_HOOKS: Final = re.compile(r'^    \w+: "([^"]+)",$', re.MULTILINE)
SHEET_HOOKS: Final = re.compile(r"(?<![\w-])st[A-Z]\w+|(?<![\w-])st-[a-z]+-")
OF_A_WORD: Final = re.compile(rb"[\w-]")


@dataclass(frozen=True)
class Seam:
    """Something that is relied on and not promised.

    `check` says why it does not hold, an empty text if it does; `sturdier` what would need no seam.
    """

    name: str
    relies_on: str
    check: Callable[[], str]
    sturdier: str


def frontend_folder() -> Path:
    """The folder that Streamlit serves at FOLDER."""
    return _package("streamlit") / "static" / "static"


def component_folder() -> Path:
    """The folder that stands at COMPONENT."""
    package, folder = COMPONENT_PACKAGE
    return _package(package) / folder


def leaflet_folder() -> Path:
    """The folder of Leaflet, which stands at `geo.drawing.LEAFLET`."""
    return _package("js_lib_leaflet") / "static" / "js_lib_leaflet"


def own_fonts(*cuts: Path) -> dict[str, bytes]:
    """What follows FOLDER in the address of a font of Streamlit's → our cut of it."""
    return {
        path.relative_to(frontend_folder()).as_posix(): cut.read_bytes()
        for cut in cuts or FONTS
        for path in frontend_folder().glob(FONTS[cut])
    }


def frontend_names() -> frozenset[str]:
    """The files that Streamlit serves at FOLDER; for any other it would send its page."""
    folder = frontend_folder()
    return frozenset(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def page_template() -> str:
    """Streamlit's page as it lies in its package."""
    return (frontend_folder().parent / "index.html").read_text(encoding="utf-8")


def complete_page(page: str, lang: str, head: str, body: str = "", foot: str = "") -> str:
    """Streamlit's page in another language, with `head` for its own title, icon and font.

    `body` stands before the place of the app and `foot` after it. Nothing begins the app: what
    would is said by `app_tags`. What the page says to agents and to readers without scripts goes
    too, since what it points to is closed.
    """
    page = LANGUAGE.sub(lambda _: f'<html lang="{lang}"', page, count=1)
    for gone in (TITLE, ICON, FONT, AGENTS, NO_SCRIPT):
        page = gone.sub("", page, count=1)
    page = REMARK.sub("", APP_TAG.sub("", page))
    page = HEAD.sub(lambda _: f"{SERVER_AT_ROOT}{THEMED}{head}</head>", page, count=1)
    page = ROOT_ELEMENT.sub(lambda root: f"{body}{root[0]}", page, count=1)
    return BODY.sub(lambda _: f"{foot}</body>", page, count=1)


def app_tags(page: str) -> list[tuple[str, dict[str, str]]]:
    """What begins the app when it is put into the page: each element with its attributes."""
    return [
        (found["tag"], dict(ATTRIBUTE.findall(found["told"]))) for found in APP_TAG.finditer(page)
    ]


def session_begun(message: bytes) -> str:
    """The session that a message of Streamlit's to a tab says it has; empty if it says none."""
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    read = ForwardMsg.FromString(message)
    begun = read.WhichOneof("type") == "new_session"
    return read.new_session.initialize.session_id if begun else ""


def run_told(message: bytes) -> str:
    """Whether a message of Streamlit's to a tab says that a run has `begun` or `ended`; else empty.

    A whole page's run or a part's. What is longer draws something and is not read.
    """
    if len(message) > LONGEST_OF_A_RUN:
        return ""
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    kind = ForwardMsg.FromString(message).WhichOneof("type")
    return {"new_session": "begun", "script_finished": "ended"}.get(kind or "", "")


def earlier_session(offered: str) -> str:
    """The session a tab says it had: the third subprotocol its socket offers; empty if none."""
    names = [name.strip() for name in offered.split(",")]
    return names[2] if len(names) > 2 else ""


def name_installation(name: str) -> None:
    """Tell every tab this name for the installation, whichever machine it reaches.

    Streamlit tells a number of the machine, by which its page takes another replica for another
    app: it throws away what it shows and begins anew. The number would also go to every reader.
    """
    from streamlit.runtime.metrics_util import Installation

    told = Installation.instance()
    told.installation_id_v3 = told.installation_id_v4 = name


def load_early() -> None:
    """Load what Streamlit would load in the middle of the first run with a button."""
    with suppress(ImportError):
        import_module(EARLY)


def trouble_with(seam: Seam) -> str:
    """Why a seam does not hold; empty if it does. A check that fails is a reason too."""
    try:
        return seam.check()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def look_at_seams() -> None:
    """Look at each seam, once after the start; says in the log what does not hold."""
    for seam in SEAMS:
        trouble = trouble_with(seam)
        _told[seam.name] = trouble or HOLDS
        if trouble:
            logging.getLogger("merida_atlas").warning(
                "A seam to Streamlit does not hold: %s, which relies on %s (%s). %s",
                *(seam.name, seam.relies_on, trouble, seam.sturdier),
            )


def seams_told() -> dict[str, str]:
    """Name of each seam → `holds`, or why it does not, as last looked at."""
    return {seam.name: _told.get(seam.name, NOT_YET) for seam in SEAMS}


def hooks_of(asset: str) -> list[str]:
    """The names of Streamlit's that our script, or our style sheet, uses."""
    hooks = SCRIPT_HOOKS if asset == SCRIPT else SHEET_HOOKS
    found = sorted(set(hooks.findall((ASSETS / asset).read_text(encoding="utf-8"))))
    if not found:
        raise ValueError(f"{asset} names no hook")
    return found


def missing(names: Iterable[str]) -> str:
    """Which of these names Streamlit's scripts do not have as words of their own."""
    wanted = [name.encode() for name in names]
    # The largest scripts are those of charts that the atlas does not have.
    for path in sorted((frontend_folder() / "js").glob("*.js"), key=_asked_last):
        text = path.read_bytes()
        wanted = [name for name in wanted if not _says(text, name)]
        if not wanted:
            return ""
    return f"Streamlit's scripts have no {', '.join(name.decode() for name in wanted)}"


def _asked_last(path: Path) -> tuple[bool, int]:
    return not path.name.startswith(("index.", "src.")), path.stat().st_size


def _says(text: bytes, name: bytes) -> bool:
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        whole = name.endswith(b"-") or not OF_A_WORD.match(text, end)
        if whole and not OF_A_WORD.match(text, start - 1):
            return True
        start = text.find(name, start + 1)
    return False


def _package(name: str) -> Path:
    found = find_spec(name)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"{name} is not installed")
    return Path(found.origin).parent


def unsaid(texts: Iterable[str]) -> str:
    """Which of these texts neither Streamlit's scripts nor Leaflet hold; `{…}` is anything."""
    wanted = {
        text: [part.encode() for part in re.split(r"\{\w+\}", text) if part] for text in texts
    }
    leaflet = leaflet_folder() / "leaflet.js"
    for path in (leaflet, *sorted((frontend_folder() / "js").glob("*.js"), key=_asked_last)):
        script = path.read_bytes()
        wanted = {
            text: parts for text, parts in wanted.items() if not all(p in script for p in parts)
        }
        if not wanted:
            return ""
    return f"the scripts do not say {', '.join(wanted)}"


def _own_words() -> str:
    frame = COMPONENT.rpartition("/")[2]
    if frame not in WORDED:
        return f"the frame of the map is called {frame}"
    return unsaid(text for text in WORDED if text != frame)


def _page_text() -> str:
    page = page_template()
    for name, pattern in REPLACED.items():
        if len(pattern.findall(page)) != 1:
            return f"the page has not exactly one {name}"
    return ""


def _app_tags() -> str:
    tags = app_tags(page_template())
    begun = [attributes for tag, attributes in tags if tag == "script"]
    if len(begun) != 1 or not begun[0].get("src", "").startswith(f".{FOLDER}js/"):
        return f"the page begins the app with {len(begun)} scripts"
    rest = APP_TAG.sub("", page_template())
    return "something else of the page asks for scripts" if f"{FOLDER}js/" in rest else ""


def _static_files() -> str:
    page = page_template()
    named = re.findall(rf'(?:src|href)="\.{FOLDER}([^"]+)"', page)
    if not named:
        return f"the page names nothing below {FOLDER}"
    lacking = [name for name in named if not (frontend_folder() / name).is_file()]
    return f"there is no {lacking[0]}" if lacking else ""


def _fonts() -> str:
    sheets = "".join(
        path.read_text(encoding="utf-8") for path in (frontend_folder() / "css").glob("*.css")
    )
    lost = [cut.name for cut in FONTS if len(own_fonts(cut)) != 1]
    unasked = [name for name in own_fonts() if name not in sheets]
    return f"nothing asks for {', '.join(lost + unasked)}" if lost or unasked else ""


def _component_files() -> str:
    package, folder = COMPONENT_PACKAGE
    if not (component_folder() / "index.html").is_file():
        return f"{package} has no {folder}/index.html"
    route = import_module("streamlit.web.server.starlette.starlette_routes").BASE_ROUTE_COMPONENT
    named = re.search(
        r'declare_component\(\s*"(\w+)",\s*path=',
        (_package(package) / "__init__.py").read_text(encoding="utf-8"),
    )
    text = f"/{route}/{package}.{named[1] if named else ''}"
    return "" if text == COMPONENT else f"they are looked for at {text}"


def _open_addresses() -> str:
    routes = import_module("streamlit.web.server.starlette.starlette_routes")
    socket = import_module("streamlit.web.server.starlette.starlette_websocket")
    there = {
        f"/{routes.ROUTE_HEALTH}",
        f"/{routes.ROUTE_HOST_CONFIG}",
        f"/{socket._ROUTE_WEBSOCKET_STREAM}",
    }
    lacking = {SOCKET, *OPEN} - there
    return f"nothing is served at {', '.join(sorted(lacking))}" if lacking else ""


def _session_message() -> str:
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    message = ForwardMsg()
    message.new_session.initialize.session_id = "5e55"
    begins = message.SerializeToString()
    if (session := session_begun(begins)) != "5e55":
        return f"a message that names session 5e55 is read as {session!r}"
    message.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
    told = [run_told(begins), run_told(message.SerializeToString())]
    return "" if told == ["begun", "ended"] else f"messages of a run are read as {told}"


def _installation() -> str:
    session = import_module("streamlit.runtime.app_session")
    from streamlit.proto.NewSession_pb2 import UserInfo
    from streamlit.runtime.metrics_util import Installation

    told = UserInfo()
    session._populate_user_info_msg(told)
    named = {getattr(told, field.name) for field in UserInfo.DESCRIPTOR.fields}
    kept = Installation.instance()
    wrong = named - {kept.installation_id_v3, kept.installation_id_v4}
    if wrong:
        return f"a tab is also told {', '.join(sorted(wrong))}"
    return missing(["installationId"])


def _session_named() -> str:
    socket = import_module("streamlit.web.server.starlette.starlette_websocket")
    offered = "streamlit, PLACEHOLDER_AUTH_TOKEN, 5e55"
    _, _, offered_third = socket._parse_subprotocols({"sec-websocket-protocol": offered})
    if offered_third != earlier_session(offered):
        return f"the session offered third is read as {offered_third!r}"
    return missing(["PLACEHOLDER_AUTH_TOKEN"])


def _settings() -> str:
    from streamlit import config

    written: dict[str, dict[str, Any]] = tomllib.loads(
        (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    )
    flat = {
        f"{section}.{name}": value
        for section, settings in written.items()
        for name, value in settings.items()
        if not isinstance(value, dict)
    }
    for name, value in flat.items():
        # Raises where Streamlit no longer has the setting.
        if (is_set := config.get_option(name)) != value:
            return f"{name} is {is_set!r}"
    return ""


SEAMS: Final = (
    Seam(
        "index page",
        "the text of Streamlit's page: one of each thing in it that is replaced",
        _page_text,
        "A template of the page that an app may give to Streamlit.",
    ),
    Seam(
        "app's beginning",
        "the elements of Streamlit's page that begin the app, put into it later",
        _app_tags,
        "Without it the app's scripts take the line before the page itself is painted.",
    ),
    Seam(
        "stored theme",
        f"the theme a reader chose being kept as {STORED_THEME}…",
        lambda: missing([STORED_THEME]) or unsaid([*THEMES, *THEMES.values()]),
        "Without it a reader who chose a theme sees the device's until the app is there.",
    ),
    Seam(
        "server address",
        "Streamlit's page asking the server that `window.__streamlit` names",
        lambda: missing(re.findall(r"__\w+|[A-Z_]{5,}", SERVER_AT_ROOT)),
        "Without it each page first asks below its own address, which costs a round trip.",
    ),
    Seam(
        "open addresses",
        f"the socket at {SOCKET}, and Streamlit's page asking for {' and '.join(OPEN)}",
        _open_addresses,
        "A list, in Streamlit's settings, of the routes that an app does without.",
    ),
    Seam(
        "static files",
        f"Streamlit's scripts lying in its package and being asked for below {FOLDER}",
        _static_files,
        "A proxy that compresses; without either the scripts travel as they are.",
    ),
    Seam(
        "component files",
        f"the map component's files being asked for at {COMPONENT}",
        _component_files,
        "A component of our own, served from our own routes.",
    ),
    Seam(
        "session begun",
        "the message that begins a session naming it",
        _session_message,
        "Without it a tab whose socket broke begins anew from its address.",
    ),
    Seam(
        "session named",
        "a tab naming its earlier session as the third subprotocol of a new socket",
        _session_named,
        "Without it a tab whose socket broke begins anew from its address.",
    ),
    Seam(
        "installation",
        "what a tab is told of the installation being what its `Installation` holds",
        _installation,
        "Without it a tab that comes to another machine builds its page anew.",
    ),
    Seam(
        "settings",
        "the settings of .streamlit/config.toml being known and in force",
        _settings,
        "Start the server in the atlas's folder, without settings of your own.",
    ),
    Seam(
        "early load",
        f"a button loading {EARLY}",
        lambda: "" if find_spec(EARLY) else "there is no such module",
        "Without it the first run is slower.",
    ),
    Seam(
        "page hooks",
        f"the elements, attributes and words that {SCRIPT} names",
        lambda: missing(hooks_of(SCRIPT)),
        "A component of the second kind (st.components.v2), which stands in the page itself.",
    ),
    Seam(
        "style hooks",
        f"the elements that {SHEET} names",
        lambda: missing(hooks_of(SHEET)),
        "Streamlit's own theme settings, where they reach as far.",
    ),
    Seam(
        "own words",
        "the English that Streamlit's page and Leaflet say, in whose place ours is put",
        _own_words,
        "A setting of Streamlit's for its own texts.",
    ),
    Seam(
        "fonts",
        f"Streamlit's fonts of text and icons lying in its package and asked for below {FOLDER}",
        _fonts,
        "Without it those are loaded whole, twenty times as large as what is used of them.",
    ),
    Seam(
        "map template",
        "folium and streamlit-folium making a script of an element's template and names",
        web_map_trouble,
        "A component of our own, which would be handed the paint as data.",
    ),
)

_told: dict[str, str] = {}
"""What was found of each seam."""
