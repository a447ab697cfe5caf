"""A page of the dashboard run without a browser, as a reader in one language gets it."""

from __future__ import annotations

import html
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_from_file
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from geo.language import speech
from tests.serving import PATIENCE, ROOT

TAG = re.compile(r"<[^>]+>")

# Each run of an AppTest reads what every installed package says of itself, to look for components:
# two thirds of its time. Which packages are installed does not change meanwhile.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def run_page(script: str, *, embedded: Any = False, **query: str) -> AppTest:
    """The page after its first run, from an address with these parameters."""
    app = AppTest.from_file(str(ROOT / "pages" / "main.py"), default_timeout=PATIENCE)
    app.context["is_embedded"] = embedded
    for name, value in query.items():
        app.query_params[name] = value
    app.switch_page(script)
    return app.run()


def markup_of(app: AppTest) -> str:
    """All HTML that the page shows."""
    return "\n".join(element.proto.body for element in app.get("html"))


def text_of(app: AppTest) -> str:
    """What the page's HTML reads as."""
    return html.unescape(TAG.sub(" ", markup_of(app)))


def widget(app: AppTest, kind: str, key: str) -> Any:
    """The one control of a kind with this key; `AppTest.get` does not tell its type."""
    (found,) = [one for one in app.get(kind) if one.key == key]
    return found


def map_arguments(app: AppTest) -> dict[str, Any]:
    """What the page sends to the map component."""

    (component,) = app.get("component_instance")
    return dict(json.loads(component.proto.json_args))


def untranslated(modules: tuple[str, ...], *, same: frozenset[str] = frozenset()) -> list[str]:
    """Texts of these modules that Spanish says in English; `same` are words alike in both."""
    say = speech("es")
    missing = []
    for module in modules:
        path = Path(ROOT, module)
        for _, found, _, _ in extract_from_file("python", path, {"t": None, "n": (1, 2)}):
            one, *many = (found,) if isinstance(found, str) else found
            told = say.catalogue.ngettext(one, many[0], 1) if many else say.catalogue.gettext(one)
            if told == one and one not in same:
                missing.append(f"{module}: {one}")
    return missing
