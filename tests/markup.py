"""Reading back the HTML the pages are given, to see what a browser would make of it."""

from __future__ import annotations

from html.parser import HTMLParser

EVIL = """<img src=x onerror=alert(1)></script><script>alert(2)</script>"'{0}{{7*7}}{%&amp;"""
"""A name that tries every door: tags, the end of a script, quotes, templates, entities."""

VOID = frozenset({"img", "br", "hr", "input", "meta", "link", "wbr"})
FOREIGN = frozenset({"script", "iframe", "object", "embed", "form", "base", "style"})


class Read(HTMLParser):
    """The elements and the visible text of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.rows: list[list[str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        opened = self.open.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self.rows and {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data

    @property
    def text(self) -> str:
        return "".join(self.texts)


def assert_harmless(html: str) -> Read:
    """The markup is whole, and nothing in it came from data: no handler, script or odd link."""
    read = Read(html)
    assert read.open == []
    assert not FOREIGN & set(read.tags)
    assert "img" not in read.tags
    for tag, name, value in read.attributes:
        assert not name.startswith("on"), (tag, name, value)
        if name in ("href", "src"):
            assert value.startswith(("http://", "https://", "/", "#", "?")), (tag, name, value)
    return read
