"""What the server counts, in the text format of Prometheus (version 0.0.4).

Labels say which process, class of route, class of status or sort of picture: never anything of a
reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from geo import __version__
from geo.server.drawing_room import SORTS, Board
from geo.server.process import resident_bytes
from geo.server.program import STARTED_AT, program_hash
from geo.server.readiness import why_not_ready
from geo.server.tally import CLASSES, STATUSES, Tally

METRICS_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

Samples = Iterable[tuple[Mapping[str, str], float]]

GAUGE: Final = "gauge"
COUNTER: Final = "counter"


def metrics_text(tally: Tally, board: Board, version: str) -> str:
    """Everything that is counted, of all processes; `version` is that of the data."""
    rows, drawn = tally.rows(), board.read()
    served = {"version": __version__, "data": version, "program": program_hash()}
    memory = [({"process": f"serving-{row.row}"}, resident_bytes(row.process)) for row in rows]
    if tally.room:
        memory.append(({"process": "drawing"}, resident_bytes(tally.room)))
    each_row = [({"process": f"serving-{row.row}"}, row) for row in rows]
    families = (
        _family("info", GAUGE, "What is served; always 1.", [(served, 1)]),
        _family("start_time_seconds", GAUGE, "When it started.", [({}, STARTED_AT)]),
        _family(
            *("ready", GAUGE, "Whether it takes new readers: what /readyz answers."),
            [({}, float(not why_not_ready(tally)))],
        ),
        _family("draining", GAUGE, "Whether it is being stopped.", [({}, float(tally.draining))]),
        _family(
            *("readers", GAUGE, "Open sockets, one for each tab."),
            [(label, row.readers) for label, row in each_row],
        ),
        _family(
            *("runs_running", GAUGE, "Runs of a page, or of a part, under way or waiting."),
            [(label, row.running) for label, row in each_row],
        ),
        _family("runs_total", COUNTER, "Runs begun.", [({}, tally.total("runs"))]),
        _family("drawing", GAUGE, "Pictures and files being made.", [({}, drawn.drawing)]),
        _family("drawing_waiting", GAUGE, "Those that wait.", [({}, drawn.queued)]),
        *(
            _family(
                f"drawing_{name}_total",
                COUNTER,
                words,
                [({"sort": sort}, board.total(name, slow=slow)) for slow, sort in SORTS.items()],
            )
            for name, words in OF_THE_ROOM.items()
        ),
        _family(
            *("requests_total", COUNTER, "Answers by class of route and of status."),
            [
                ({"route": route, "status": status}, tally.total(f"{route} {status}"))
                for route in CLASSES
                for status in STATUSES
            ],
        ),
        _family(
            *("memory_bytes", GAUGE, "Resident memory, with what processes share in each."), memory
        ),
    )
    return "".join(families)


OF_THE_ROOM: Final = {
    "made": "Pictures and files that were made.",
    "kept": "Those that were there already.",
    "refused": "Orders that found no place.",
    "failed": "Orders that could not be made.",
}


def _family(name: str, kind: str, words: str, samples: Samples) -> str:
    """All lines of one name."""
    name = f"merida_atlas_{name}"
    lines = [f"# HELP {name} {words}", f"# TYPE {name} {kind}"]
    for labels, value in samples:
        told = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
        lines.append(f"{name}{{{told}}} {value:.15g}" if told else f"{name} {value:.15g}")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
