"""What Streamlit's page, and Leaflet's map in it, say in English, in the reader's words.

Neither can be given other texts, so `seams.js` puts these in their place. `{…}` stands for whatever
Streamlit writes there.
"""

from __future__ import annotations

from typing import Any, Final

from geo.language import Say, speech, t
from geo.view import LANGS

FRAME: Final = "streamlit_folium.st_folium"
"""What Streamlit calls the frame that the map stands in."""

NAMES: Final[dict[str, Say]] = {
    FRAME: t("Map"),
    "Main menu": t("Menu"),
    "Open": t("Open the list"),
    "Close": t("Close"),
    "Clear value": t("Clear"),
    "Increment": t("More"),
    "Decrement": t("Less"),
    "Zoom in": t("Zoom in"),
    "Zoom out": t("Zoom out"),
    "Choose an option": t("Choose one"),
    "Choose options": t("Choose some"),
    "Help for {what}": t("Help: {what}"),
}
"""Names of elements, which are heard, or seen when the pointer rests there."""

TEXTS: Final[dict[str, Say]] = {
    "{count} more": t("and {count} more"),
    "View less": t("Show less"),
    "View {count} more": t("Show {count} more"),
    "Skip to main content": t("Go to the content"),
    "No results": t("Nothing found"),
    "Press Enter to {what}": t("Enter puts it into force"),
    "Page not found": t("There is no such page"),
    "Connection error": t("No connection"),
    "Connecting": t("Connecting"),
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
