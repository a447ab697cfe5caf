"""A reader of Prometheus' text format, version 0.0.4, as strict as its description.

https://github.com/prometheus/docs/blob/main/docs/instrumenting/exposition_formats.md
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"'
SAMPLE = re.compile(rf"({NAME})(?:\{{((?:{LABEL},?)*)\}})? ([^ ]+)(?: (-?[0-9]+))?")
KINDS = ("counter", "gauge", "histogram", "summary", "untyped")

Labels = tuple[tuple[str, str], ...]


@dataclass
class Family:
    """Everything of one name."""

    help: str = ""
    kind: str = ""
    samples: dict[Labels, float] = field(default_factory=dict)

    def one(self) -> float:
        ((_, value),) = self.samples.items()
        return value

    def by(self, label: str) -> dict[str, float]:
        found: dict[str, float] = {}
        for labels, value in self.samples.items():
            key = dict(labels)[label]
            found[key] = found.get(key, 0) + value
        return found


def read_exposition(text: str) -> dict[str, Family]:
    """Name → family; `ValueError` for what the format does not allow."""
    if not text.endswith("\n"):
        raise ValueError("the last line does not end")
    families: dict[str, Family] = {}
    current = ""
    for line in text.splitlines():
        if told := re.fullmatch(rf"# (HELP|TYPE) ({NAME}) (.+)", line):
            what, name, rest = told.groups()
            if name != current and name in families:
                raise ValueError(f"{name} is told of in two places")
            current = name
            family = families.setdefault(name, Family())
            if family.samples:
                raise ValueError(f"{what} of {name} comes after its samples")
            if getattr(family, "help" if what == "HELP" else "kind"):
                raise ValueError(f"{what} of {name} is there twice")
            if what == "HELP":
                family.help = rest
            elif rest in KINDS:
                family.kind = rest
            else:
                raise ValueError(f"{name} is a {rest}")
        elif line and not line.startswith("#"):
            name, labels, value = _sample(line)
            if name != current or not families[name].kind:
                raise ValueError(f"{name} has no TYPE before it")
            if labels in families[name].samples:
                raise ValueError(f"{line} is there twice")
            if families[name].kind == "counter" and not (name.endswith("_total") and value >= 0):
                raise ValueError(f"{line} is no counter")
            families[name].samples[labels] = value
    return families


def _sample(line: str) -> tuple[str, Labels, float]:
    found = SAMPLE.fullmatch(line)
    if not found:
        raise ValueError(f"{line!r} is no sample")
    pairs = tuple(sorted(re.findall(LABEL, found[2] or "")))
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError(f"{line!r} names a label twice")
    return found[1], pairs, float(found[5])
