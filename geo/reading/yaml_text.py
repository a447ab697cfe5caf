"""YAML as plain text: every value is the text that stands there, for the reader to check.

What YAML adds beyond lists, fields and texts is refused with its line: tags, anchors, repeats,
merged and complex keys, a key given twice. The file is read event by event, so that no object is
made of what it says and nothing in it can be deeper or longer than allowed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from geo.reading.text import CONTROL, Unreadable

if TYPE_CHECKING:
    from geo.language import Speech

DEEPEST: Final = 8
"""Lists and fields inside each other; the atlas's own files need five."""

MOST_NODES: Final = 50_000
"""Values and keys of a file; the largest of the atlas's own has some thousands."""

LONGEST_KEY: Final = 80
"""Letters of a field's name."""

HALF: Final = re.compile("[\ud800-\udfff]")
"""Half of a pair of surrogates, which is no letter."""

Node = str | list["Node"] | dict[str, "Node"]


def yaml_of(text: str, say: Speech) -> Node:
    """What a file of YAML says, as texts, lists and fields; an empty file is an empty text.

    Raises `Unreadable` in the language of `say`.
    """
    # Imported when first asked for: most pages need none of it.
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    remedy = say.t("Check its indents, colons and quotes.")
    building = _Building(say)
    try:
        for event in yaml.parse(text, Loader=loader):
            building.take(event, yaml)
    except yaml.YAMLError as error:
        at = getattr(error, "problem_mark", None)
        problem = (
            say.t("is not readable YAML at line {line}", line=at.line + 1)
            if at
            else say.t("is not readable YAML")
        )
        raise Unreadable(problem, remedy) from None
    except UnicodeError:
        # Half of a pair of surrogates, which no file in UTF-8 can hold.
        raise Unreadable(say.t("is not readable YAML"), remedy) from None
    return building.whole


class _Building:
    """A document while its events come in."""

    def __init__(self, say: Speech) -> None:
        self.say = say
        self.whole: Node = ""
        self.documents = 0
        self.nodes = 0
        self.open: list[tuple[list[Any] | dict[str, Any], list[str]]] = []
        """The lists and fields that are being filled, each with the key that waits for a value."""

    def take(self, event: Any, yaml: Any) -> None:
        """Take in one event of the parser."""
        say, line = self.say, event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                problem = say.t("begins a second document at line {line}", line=line)
                raise Unreadable(problem, say.t("Leave out the line of dashes."))
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            problem = say.t("repeats a part by `*` or `&` at line {line}", line=line)
            raise Unreadable(problem, say.t("Write the part out."))
        if getattr(event, "tag", None):
            problem = say.t(
                "gives the type of a value at line {line}: {tag}", line=line, tag=event.tag[:40]
            )
            raise Unreadable(problem, say.t("Leave out the word after `!`."))
        if isinstance(event, yaml.ScalarEvent):
            self.put(self.checked(event.value, line), line)
        elif isinstance(event, yaml.SequenceStartEvent):
            self.put([], line)
        elif isinstance(event, yaml.MappingStartEvent):
            self.put({}, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()

    def checked(self, value: str, line: int) -> str:
        """A text without what no text holds: controls, or half of a pair of surrogates."""
        if CONTROL.search(value) or HALF.search(value):
            problem = self.say.t("holds a control character at line {line}", line=line)
            raise Unreadable(problem, self.say.t("Take the character out."))
        return value

    def put(self, node: Any, line: int) -> None:
        """Put a value, or the beginning of one, where it belongs."""
        say = self.say
        self.nodes += 1
        if self.nodes > MOST_NODES:
            problem = say.t("holds more than {most} values", most=say.number(MOST_NODES))
            raise Unreadable(problem, say.t("Make it shorter."))
        if not self.open:
            self.whole = node
        else:
            inside, waiting = self.open[-1]
            if isinstance(inside, list):
                inside.append(node)
            elif waiting:
                inside[waiting.pop()] = node
            else:
                waiting.append(self.key(node, inside, line))
        if not isinstance(node, str):
            self.open.append((node, []))
            if len(self.open) > DEEPEST:
                problem = say.t("is nested too deeply at line {line}", line=line)
                raise Unreadable(problem, say.t("Write it like data/briefing.yaml."))

    def key(self, node: Any, inside: dict[str, Any], line: int) -> str:
        """The name of a field, if it can be one."""
        say = self.say
        if not isinstance(node, str) or not node.strip() or len(node) > LONGEST_KEY:
            problem = say.t("has no short word before the colon at line {line}", line=line)
            raise Unreadable(problem, say.t("Write each as `field: value`."))
        if node == "<<":
            problem = say.t("repeats a part by `<<` at line {line}", line=line)
            raise Unreadable(problem, say.t("Write the part out."))
        if node in inside:
            problem = say.t("gives {field} twice, again at line {line}", field=node, line=line)
            raise Unreadable(problem, say.t("Leave one of them out."))
        return node
