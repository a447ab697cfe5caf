"""What other programs find in a PDF: its properties, its tags in their order, and its links."""

from __future__ import annotations

import ctypes
import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from fontTools.ttLib import TTFont


@dataclass(frozen=True)
class Tag:
    """A tag with its depth under the document's, and how many marks, links and tags it holds."""

    role: str
    instead: str
    depth: int
    held: int


@dataclass(frozen=True)
class Link:
    """A live link: where it goes, and the words it lies on."""

    address: str
    words: str


def language(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return _wide(lambda room, length: pdfium.FPDFCatalog_GetLanguage(document, room, length))


def is_tagged(content: bytes) -> bool:
    return bool(pdfium.FPDFCatalog_IsTagged(pypdfium2.PdfDocument(content)))


def fonts(content: bytes) -> Iterator[TTFont]:
    """The fonts that are embedded, as other programs open them."""
    for written in re.findall(
        rb"/Length1 \d+.*?>>\s+stream\r?\n(.*?)endstream", content, re.DOTALL
    ):
        yield TTFont(io.BytesIO(zlib.decompress(written)))


def tags(page: Any) -> list[Tag]:
    """The tags of a page, in the order they are read in."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    try:
        [document] = [
            pdfium.FPDF_StructTree_GetChildAtIndex(tree, at)
            for at in range(pdfium.FPDF_StructTree_CountChildren(tree))
        ]
        return list(_tags(document, 0))
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _tags(element: Any, depth: int) -> Iterator[Tag]:
    for at in range(pdfium.FPDF_StructElement_CountChildren(element)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, at)
        if child:
            yield Tag(
                _said(pdfium.FPDF_StructElement_GetType, child),
                _said(pdfium.FPDF_StructElement_GetAltText, child),
                depth,
                pdfium.FPDF_StructElement_CountChildren(child),
            )
            yield from _tags(child, depth + 1)


def links(page: Any) -> list[Link]:
    found, at, one = [], ctypes.c_int(0), pdfium.FPDF_LINK()
    text = page.get_textpage()
    while pdfium.FPDFLink_Enumerate(page, ctypes.byref(at), ctypes.byref(one)):
        action = pdfium.FPDFLink_GetAction(one)
        length = pdfium.FPDFAction_GetURIPath(page.pdf, action, None, 0)
        room = ctypes.create_string_buffer(length)
        pdfium.FPDFAction_GetURIPath(page.pdf, action, room, length)
        box = pdfium.FS_RECTF()
        pdfium.FPDFLink_GetAnnotRect(one, ctypes.byref(box))
        words = text.get_text_bounded(box.left - 1, box.bottom, box.right + 1, box.top)
        # What hangs down from the line above stands before it.
        found.append(Link(room.value.decode(), words.split("\n")[-1]))
    return found


def untagged_texts(content: bytes) -> int:
    """How many texts of a PDF stand outside the marks of a tag."""
    count = 0
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.S):
        try:
            told = zlib.decompress(stream)
        except zlib.error:
            continue
        inside = False
        for word in re.findall(rb"\bBDC\b|\bEMC\b|\bBT\b", told):
            inside = {b"BDC": True, b"EMC": False}.get(word, inside)
            count += word == b"BT" and not inside
    return count


def _said(ask: Callable[..., int], element: Any) -> str:
    return _wide(lambda room, length: ask(element, room, length))


def _wide(ask: Callable[[Any, int], int]) -> str:
    """A text that is given as UTF-16 into a room of the length it asks for."""
    length = ask(None, 0)
    room = (ctypes.c_ushort * max(1, length))()
    ask(room, length)
    return bytes(room).decode("utf-16-le").rstrip("\0")
