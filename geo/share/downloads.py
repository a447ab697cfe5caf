"""Downloads: what can be taken away, and at which address."""

from __future__ import annotations

from markupsafe import Markup

from geo.atlas import Atlas, read_package
from geo.drawing import link_to_file, section_html
from geo.language import Speech
from geo.view import View, ledger_address, values_address
from geo.words import file_name, tell, view_file_name

PACKAGE_ADDRESS = "/download/merida-atlas-data.zip"


def downloads_html(atlas: Atlas, view: View, search: str, say: Speech) -> Markup:
    """Links to the view's values, the listed activities and the whole data package."""
    telling = tell(atlas, view)
    listed = link_to_file(
        ledger_address(view, search),
        view_file_name(atlas, "activities.csv", view, search),
        say.t("CSV"),
        say.t("the activities listed above, with places, grades and sources"),
    )
    package = link_to_file(
        PACKAGE_ADDRESS,
        file_name(atlas, "data.zip"),
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
        what=f"{telling.legend.title}.",
        sentence=telling.finding,
        forms=files_of_view(atlas, view, say),
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


def files_of_view(atlas: Atlas, view: View, say: Speech) -> Markup:
    """A line for every file that a view can be taken away as."""
    # Imported when first asked for: what makes the files knows this module's notes.
    from geo.share.kinds import KINDS

    return Markup("").join(
        link_to_file(
            kind.address(view), view_file_name(atlas, kind.name, view), kind.form, kind.what(say)
        )
        for kind in KINDS.values()
    )


def downloads_part_html(atlas: Atlas, view: View, search: str, say: Speech) -> Markup:
    """The downloads, which follow the view and the search."""
    return section_html(
        "downloads", say.t("Take the data away"), downloads_html(atlas, view, search, say)
    )
