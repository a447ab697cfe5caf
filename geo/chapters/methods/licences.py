"""On which terms the data may be used: for every group of files, theirs and ours."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from geo.atlas import Atlas, read_package
from geo.drawing import Column, english_html, link_html, paragraph_html, table_html
from geo.language import TERMS, Speech


def licences_html(atlas: Atlas, say: Speech) -> Markup:
    """For every group of files on the same terms: the files, their sources, theirs and ours."""
    package = read_package(atlas.data)
    groups: dict[str, list[dict[str, Any]]] = {}
    for resource in package["resources"]:
        groups.setdefault(resource["source_terms"], []).append(resource)
    ours = package["licenses"][0]
    title = "title" if say.lang == "en" else "title_es"
    columns = (
        Column(say.t("What"), kind="what"),
        Column(say.t("Whose")),
        Column(say.t("Their terms")),
        Column(say.t("Ours"), kind="short"),
    )
    rows = []
    for terms, resources in groups.items():
        whose = {
            source["title"]: link_html(source["title"], source.get("path", ""))
            for resource in resources
            for source in resource["sources"]
        }
        rows.append(
            (
                Markup("<br>").join(resource[title] for resource in resources),
                english_html(Markup("<br>").join(whose.values()), say.lang),
                TERMS[terms](say) if terms in TERMS else terms,
                link_html(ours["name"].replace("CC-BY-", "CC BY "), ours["path"]),
            )
        )
    return table_html(say.t("Licences"), columns, rows, kind="ma-licences") + paragraph_html(
        say.t(
            "Name the source of the figure you use, and the Mérida Atlas with its data version. "
            "The program is under the MIT licence."
        ),
        "ma-small",
    )
