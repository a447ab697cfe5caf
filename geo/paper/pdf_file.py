"""matplotlib's PDF file and renderer, with the language and the tags that they have no words for.

Importing this module loads matplotlib; `geo.paper.pdf` is the way to it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from contextlib import AbstractContextManager
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

from fontTools import subset
from matplotlib.backends import _backend_pdf_ps, backend_pdf
from matplotlib.backends._backend_pdf_ps import SubsetResults
from matplotlib.backends.backend_pdf import Name, PdfFile, Reference, RendererPdf, Verbatim
from matplotlib.ft2font import LayoutItem, LoadFlags

from geo.paper.properties import CREATOR, About

if TYPE_CHECKING:
    from matplotlib.figure import Figure

POINTS: Final = 72
"""Points to an inch: what the backend draws in."""

LINKS: Final = 100_000
"""Keys of links among those of pages, which begin at 0."""


NOT_EMBEDDED: Final = ("FFTM", "GDEF", "GPOS", "GSUB", "kern", "name")
"""Tables of a font that only who sets text, or lists fonts, reads: a PDF places each glyph."""


def glyphs_alone(fontfile: Any, glyphs: set[Any]) -> AbstractContextManager[SubsetResults]:
    """A font with these glyphs, as the backend embeds it.

    The backend's own keeps all tables, and to read and cut them is half of a page's time.
    """
    options = subset.Options(font_number=fontfile.face_index, recommended_glyphs=True)
    options.drop_tables += NOT_EMBEDDED
    font = subset.load_font(fontfile, options)
    cutter = subset.Subsetter(options)
    cutter.populate(gids=glyphs)
    cutter.subset(font)
    return SubsetResults(font, cutter.glyph_index_map)._as_cm()


def laid_out(
    string: str, font: Any, *, features: Any = None, language: Any = None
) -> Iterable[LayoutItem]:
    """A text's glyphs with their places; the backend's own loads each outline, which PDF lacks.

    What is embedded of a font is cut from its file at the end.
    """
    items: Iterable[LayoutItem] = font._layout(
        string, LoadFlags.NO_HINTING, features=features, language=language
    )
    return items


_backend_pdf_ps.get_glyphs_subset = glyphs_alone
vars(backend_pdf)["_text_helpers"] = SimpleNamespace(layout=laid_out)


class File(PdfFile):
    """A PDF file with a language and a tree of tags."""

    def __init__(self, out: io.BytesIO, about: About) -> None:
        self.about = about
        self.trees: list[Reference] = []  # the children of the document's tag
        self.parents: dict[int, Any] = {}  # page or link → its tags
        self.keys = 0
        properties = {
            "Title": about.title,
            "Author": about.author,
            "Subject": about.subject,
            "Creator": CREATOR,
            "CreationDate": about.made,
        }
        super().__init__(out, metadata=properties)
        # The backend's own way weighs each letter anew, however often it was met.
        tracker: Any = self._character_tracker
        tracker.track_glyph = cache(tracker.track_glyph)

    def writeObject(self, object: Any, contents: Any) -> None:  # noqa: A002, N802
        """Write an object; to the catalogue and to pages what makes them tagged is added."""
        if isinstance(contents, dict) and contents.get("Type") == Name("Catalog"):
            self.tree = self.reserveObject("tags")
            self.document = self.reserveObject("document")
            contents |= {
                "Lang": self.about.lang,
                "MarkInfo": {"Marked": True},
                "StructTreeRoot": self.tree,
                "ViewerPreferences": {"DisplayDocTitle": True},
            }
        if isinstance(contents, dict) and contents.get("Type") == Name("Page"):
            self.page = object
            contents |= {"StructParents": len(self.pageList), "Tabs": Name("S")}
        super().writeObject(object, contents)

    def draw(self, figure: Figure) -> None:
        """Draw a figure as the next page, and note the tags of what it holds."""
        figure.dpi = POINTS
        width, height = figure.get_size_inches()
        self.newPage(width, height)
        renderer = Renderer(self, POINTS, height, width)
        artists = [*figure.texts[:1], *figure.axes, *figure.texts[1:]]
        for number, artist in enumerate(artists):
            if artist.get_label():
                artist.set_gid(str(number))
                renderer.labels[str(number)] = str(artist.get_label())
        figure.draw(renderer)
        renderer.finalize()
        self.endStream()
        self.note(renderer)

    def note(self, renderer: Renderer) -> None:
        """Write the tags of a page, in the order they are read in."""
        tags: dict[str, list[str]] = {}  # what is read as one → its marks' keys
        for gid in sorted(renderer.marks, key=int):
            _, whole, _ = renderer.labels[gid].split("\n", 2)
            tags.setdefault(f"whole {whole}" if whole else gid, []).append(gid)
        marked: dict[int, Reference] = {}
        for gids in tags.values():
            role, _, instead = renderer.labels[gids[0]].split("\n", 2)
            marks = [renderer.marks[gid][0] for gid in gids]
            links = [link for gid in gids for link in renderer.marks[gid][1]]
            tag: Reference = self.reserveObject("tag")
            marked |= dict.fromkeys(marks, tag)
            kids: Any = marks
            if links:
                kids = self.linked(tag, marks, links)
                marked |= dict.fromkeys(marks, kids)
            self.write_tag(tag, role, self.document, kids, {"Alt": instead} if instead else {})
            self.trees.append(tag)
        self.parents[len(self.pageList) - 1] = [marked[mark] for mark in sorted(marked)]

    def write_tag(
        self, tag: Reference, role: str, parent: Reference, kids: Any, more: dict[str, str]
    ) -> None:
        """Write one tag of this page."""
        fields = {"Type": Name("StructElem"), "S": Name(role), "P": parent, "Pg": self.page}
        self.writeObject(tag, fields | {"K": kids} | more)

    def linked(self, parent: Reference, marks: list[int], links: list[dict[str, Any]]) -> Reference:
        """Write the tag of a text that is a link, and its links, one for each line."""
        tag: Reference = self.reserveObject("link")
        kids: list[Any] = [*marks]
        annotations = self._annotations[-1][1]
        for link in links:
            at = self.reserveObject("annotation")
            self.keys += 1
            self.parents[LINKS + self.keys] = tag
            fields = {"StructParent": LINKS + self.keys, "Contents": link["A"]["URI"]}
            self.writeObject(at, link | fields)
            annotations[annotations.index(link)] = at
            kids.append({"Type": Name("OBJR"), "Obj": at, "Pg": self.page})
        self.write_tag(tag, "Link", parent, kids, {})
        return tag

    def finalize(self) -> None:
        """Write the tree of tags, and then what the backend ends a file with."""
        numbers = [part for key in sorted(self.parents) for part in (key, self.parents[key])]
        parents = self.reserveObject("parents")
        self.writeObject(parents, {"Nums": numbers})
        self.writeObject(
            self.document,
            {
                "Type": Name("StructElem"),
                "S": Name("Document"),
                "P": self.tree,
                "K": self.trees,
            },
        )
        self.writeObject(
            self.tree,
            {
                "Type": Name("StructTreeRoot"),
                "K": self.document,
                "ParentTree": parents,
                "ParentTreeNextKey": max(self.parents, default=0) + 1,
            },
        )
        super().finalize()


class Renderer(RendererPdf):
    """Draws a page, each text and axes between the marks of its tag, the rest as decoration."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.labels: dict[str, str] = {}
        self.marks: dict[str, tuple[int, list[dict[str, Any]]]] = {}
        self.open: list[str] = []
        self.before = 0

    def open_group(self, s: str, gid: str | None = None) -> None:
        """Begin a group; the figure's own holds all others, and those hold the marks."""
        self.open.append(s)
        if len(self.open) != 2:
            return
        if gid in self.labels:
            mark, role = len(self.marks), self.labels[gid].split("\n")[0]
            self.marks[gid] = (mark, [])
            self.file.output(Name(role), {"MCID": mark}, Verbatim(b"BDC"))
        else:
            self.file.output(Name("Artifact"), Verbatim(b"BMC"))
        self.before = len(self.file._annotations[-1][1])
        self.gid = gid

    def close_group(self, s: str) -> None:
        """End a group; links that were written in it are its own."""
        if len(self.open) == 2:
            self.file.output(Verbatim(b"EMC"))
            if self.gid in self.marks:
                self.marks[self.gid][1].extend(self.file._annotations[-1][1][self.before :])
        opened = self.open.pop()
        assert opened == s
