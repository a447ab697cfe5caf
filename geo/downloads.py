"""Downloads and licences: what can be taken away, at which address, and on which terms."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from geo.atlas import Atlas
from geo.citations import link_html
from geo.html_table import Column, english_html, paragraph_html, table_html
from geo.i18n import Speech
from geo.labels import measure_label
from geo.ledger_labels import TERMS
from geo.ledger_table import ledger_address
from geo.links import address_of
from geo.scene import build_scene
from geo.sentence import headline
from geo.tables import read_package
from geo.view import View

PACKAGE_ADDRESS = "/download/merida-atlas-data.zip"


def values_address(view: View, form: str) -> str:
    """The address of a view's values as `csv`, `json`, `geojson` or `gpkg`."""
    return address_of(view, f"/api/v1/values.{form}")


def downloads_html(atlas: Atlas, view: View, search: str, say: Speech) -> Markup:
    """Links to the view's values, the listed activities and the whole data package."""
    scene = build_scene(atlas, view)
    listed = link_to_file(
        ledger_address(view, search),
        "merida-atlas-activities.csv",
        say.t("CSV"),
        say.t("the activities listed above, with places, grades and sources"),
    )
    package = link_to_file(
        PACKAGE_ADDRESS,
        "merida-atlas-data.zip",
        say.t("Zip"),
        say.t(
            "{files} files with their description, read-me and terms; data version {version}",
            files=say.number(len(read_package(atlas.data)["resources"])),
            version=atlas.version,
        ),
    )
    return Markup(
        '<div class="ma-take"><div><h3>{view_title}</h3><p class="ma-small"><b>{what}</b> '
        "{sentence}</p><ul>{forms}</ul></div><div><h3>{ledger_title}</h3><ul>{listed}</ul></div>"
        '<div><h3>{package_title}</h3><ul>{package}</ul></div></div><p class="ma-small">{note}</p>'
        '<p class="ma-address"><code>{address}</code></p>'
    ).format(
        view_title=say.t("The view you have chosen"),
        what=f"{measure_label(view, say)}.",
        sentence=headline(scene, say),
        forms=files_of_view(view, say),
        ledger_title=say.t("The ledger, as filtered above"),
        listed=listed,
        package_title=say.t("Everything"),
        package=package,
        note=say.t(
            "The addresses take the same parameters as the page and can be used from a script; "
            "the numbers are the ones the map shows."
        ),
        address=values_address(view, "csv"),
    )


def files_of_view(view: View, say: Speech) -> Markup:
    """A line for every file that a view can be taken away as."""
    # Imported when first asked for: what makes the files knows this module's notes.
    from geo.export.kinds import KINDS

    return Markup("").join(
        link_to_file(kind.address(view), kind.file, kind.form, kind.what(say))
        for kind in KINDS.values()
    )


def link_to_file(address: str, name: str, form: str, what: str) -> Markup:
    """One line of a list of downloads."""
    return Markup(
        '<li><a class="ma-get" href="{}" download="{}">{}</a> <span>{}</span></li>'
    ).format(address, name, form, what)


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
