"""What Streamlit's page, and Leaflet's map in it, say in English, in the reader's words.

Neither can be given other texts, so `seams.js` puts these in their place. `{…}` stands for whatever
Streamlit writes there.
"""

from __future__ import annotations

from typing import Any, Final

from geo.language import Say, speech
from geo.view import LANGS

FRAME: Final = "streamlit_folium.st_folium"
"""What Streamlit calls the frame that the map stands in."""

NAMES: Final[dict[str, Say]] = {
    FRAME: lambda say: say.t("Map"),
    "Main menu": lambda say: say.t("Menu"),
    "Open": lambda say: say.t("Open the list"),
    "Close": lambda say: say.t("Close"),
    "Clear value": lambda say: say.t("Clear"),
    "Increment": lambda say: say.t("More"),
    "Decrement": lambda say: say.t("Less"),
    "Zoom in": lambda say: say.t("Zoom in"),
    "Zoom out": lambda say: say.t("Zoom out"),
    "Choose an option": lambda say: say.t("Choose one"),
    "Choose options": lambda say: say.t("Choose some"),
    "Help for {what}": lambda say: say.t("Help: {what}", what="{what}"),
}
"""Names of elements, which are heard, or seen when the pointer rests there."""

TEXTS: Final[dict[str, Say]] = {
    "{count} more": lambda say: say.t("and {count} more", count="{count}"),
    "View less": lambda say: say.t("Show less"),
    "View {count} more": lambda say: say.t("Show {count} more", count="{count}"),
    "Skip to main content": lambda say: say.t("Go to the content"),
    "No results": lambda say: say.t("Nothing found"),
    "Press Enter to {what}": lambda say: say.t("Enter puts it into force"),
    "Page not found": lambda say: say.t("There is no such page"),
    "Connection error": lambda say: say.t("No connection"),
    "Connecting": lambda say: say.t("Connecting"),
}
"""Texts that are read."""

WORDED: Final = (*NAMES, *TEXTS)


def words_of_streamlit() -> dict[str, dict[str, dict[str, str]]]:
    """Language → `names` and `texts` → English → what stands in its place, where it differs."""
    tables: dict[str, Any] = {"names": NAMES, "texts": TEXTS}
    return {
        lang: {
            kind: {
                english: word
                for english, told in table.items()
                # In English only what is no word.
                if (word := told(speech(lang))) != english
                and (lang != LANGS[0] or english == FRAME)
            }
            for kind, table in tables.items()
        }
        for lang in LANGS
    }
