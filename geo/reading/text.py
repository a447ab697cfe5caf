"""Bytes to text: the encodings in which people's programs save, told by certain signs only.

UTF-8 (with its mark or without), UTF-16 and UTF-32 with their mark, and Windows-1252, as a
spreadsheet saves "CSV", where its Spanish letters show it. Whatever is left is refused with the
way out: a letter that is replaced or mistaken is a wrong name in somebody's ledger.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from geo.language import Speech

MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""First bytes of a file → its encoding; UTF-32 first, since its mark begins with that of UTF-16."""

SPANISH: Final = frozenset("áéíóúüñÁÉÍÓÚÜÑ")
SIGNS: Final = frozenset("¿¡ªº°«»·–—‘’“”…€×²³½±§©®")
"""What Windows-1252 may hold beside ASCII: in older encodings of DOS and of the Macintosh the same
bytes are other letters, and their Spanish letters are bytes that are none of these here."""

CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LINE: Final = re.compile("\r\n|\r|\n")

HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ue000-\uf8ff\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U0010ffff]"
)
"""What stands in a text and is not seen: controls, marks that turn the direction of reading or have
no width, halves of a pair, and codes that are no letter of anybody's."""


class Unreadable(Exception):
    """A file that is no text, or none that can be told: `problem` and `remedy` in words."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem, remedy)
        self.problem = problem
        self.remedy = remedy


def text_of(content: bytes, say: Speech) -> str:
    """The text of a file, without a mark; line ends stay as they are.

    Raises `Unreadable`, in the language of `say`, for bytes that are in no encoding that can be
    told for certain and for text with control characters, which no text file holds.
    """
    text = _decoded(content, say)
    if found := CONTROL.search(text):
        line = len(LINE.findall(text, 0, found.start())) + 1
        code = f"U+{ord(found[0]):04X}"
        problem = say.t("holds the control character {code} at line {line}", code=code, line=line)
        raise Unreadable(problem, _save_as_utf8(say))
    return text


def hidden_sign(text: str) -> str:
    """The first character of a text that nobody sees, as `U+202E`; empty where all can be seen."""
    found = HIDDEN.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def _decoded(content: bytes, say: Speech) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(encoding)
            except UnicodeDecodeError as fault:
                raise _undecodable(content[len(mark) :], fault, encoding, say) from None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as fault:
        text = _windows(content)
        if text is None:
            raise _undecodable(content, fault, "UTF-8, UTF-16, Windows-1252", say) from None
        return text


def _windows(content: bytes) -> str | None:
    """The text if the bytes are Windows-1252 beyond doubt, else None."""
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return None
    beside = {sign for sign in text if not sign.isascii()}
    return text if beside & SPANISH and beside <= SPANISH | SIGNS else None


def _undecodable(
    content: bytes, fault: UnicodeDecodeError, encoding: str, say: Speech
) -> Unreadable:
    line = content[: fault.start].count(b"\n") + 1
    problem = say.t(
        "is in none of the encodings that can be told for certain ({encodings}): byte {byte} at "
        "line {line}",
        encodings=encoding.upper().removesuffix("-LE").removesuffix("-BE"),
        byte=f"0x{content[fault.start]:02X}" if fault.start < len(content) else "–",
        line=line,
    )
    return Unreadable(problem, _save_as_utf8(say))


def _save_as_utf8(say: Speech) -> str:
    return say.t("Save it as UTF-8; in Excel that is the file type “CSV UTF-8”.")
