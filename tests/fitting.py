"""Whether a value, as JSON carries it, is exactly what a TypedDict says: no key more, none less."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NotRequired, get_args, get_origin, get_type_hints, is_typeddict

PLAIN = {str: (str,), bool: (bool,), int: (int,), float: (int, float)}


def keys_of(kind: Any) -> dict[str, Any]:
    """Key → its type as written, `NotRequired` included, those of its bases too."""
    return get_type_hints(kind, include_extras=True)


def breaches(payload: Any, kind: Any) -> list[str]:
    """What does not fit, each with where it stands; empty where all does."""
    return list(_breaches(json.loads(json.dumps(payload)), kind, kind.__name__))


def _breaches(value: Any, kind: Any, at: str) -> Iterator[str]:
    inside = get_args(kind)
    if kind is Any:
        return
    if is_typeddict(kind) and isinstance(value, dict):
        keys = keys_of(kind)
        yield from (f"{at}: no such key as {key}" for key in value.keys() - keys.keys())
        for key, wanted in keys.items():
            optional = get_origin(wanted) is NotRequired
            if key in value:
                wanted = get_args(wanted)[0] if optional else wanted
                yield from _breaches(value[key], wanted, f"{at}.{key}")
            elif not optional:
                yield f"{at}: {key} is missing"
    elif get_origin(kind) is Mapping and isinstance(value, dict):
        for key, part in value.items():
            yield from _breaches(part, inside[1], f"{at}[{key}]")
    elif get_origin(kind) is Sequence and isinstance(value, list):
        for index, part in enumerate(value):
            yield from _breaches(part, inside[0], f"{at}[{index}]")
    elif get_origin(kind) is Literal:
        if value not in inside:
            yield f"{at}: {value!r} is none of {inside}"
    elif type(value) not in PLAIN.get(kind, ()):
        yield f"{at}: {value!r} is no {kind}"
