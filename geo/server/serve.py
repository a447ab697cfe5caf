"""Serves an application from several processes behind one port; `app.py` hands it the atlas.

Python runs one thread at a time, so a process serves its readers with one core. The data is loaded
once, before the processes part, and shared. A reader's session lives in the process that began it,
and `geo.server.affinity` brings them back to it if their socket breaks; everything else is the same
from any of them. What takes long is made in one more process, that of the drawing room
(`geo.server.drawing_room`). `streamlit run app.py` serves the same from one process.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import logging
import os
import select
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from uvicorn_worker import UvicornWorker

from geo.paths import ROOT
from geo.server.affinity import DRAWING, open_door
from geo.server.connections import ACCEPTED_AT_ONCE, Connection, most_connections
from geo.server.drawing_desk import DrawingDesk
from geo.server.drawing_room import occupy
from geo.server.lookout import look_out
from geo.server.operating import PORTS, drain_setting, probes_setting
from geo.server.process import bound_memory, raise_open_files, watch
from geo.server.tally import Tally

LAST_WORDS: Final = 10
"""Seconds that an answer under way gets at the end. Open sockets are told at once, and a browser
that loses its own connects again."""

ENDED_AFTER: Final = LAST_WORDS + 3
"""Seconds from the order to end until a process that has not ended is killed: it begins to count
its last words a little later, and on a busy machine says them later still."""

KEPT_OPEN: Final = 75
"""Seconds that a connection is kept for the next request: longer than load balancers, which keep
theirs for 60 and take a server that closes first for one that failed."""

WAITING: Final = 2048
"""Connections that wait in the system until a process accepts them."""

LONGEST_PATH: Final = 100
"""Letters in the address of a Unix socket; systems have room for 104 to 108."""

BEAT: Final = 1.0
"""Seconds between two signs of life of a process."""

STUCK: Final = 120
"""Seconds without a sign of life after which a process is replaced."""

PROCESSES: Final = min(2, os.cpu_count() or 1)
"""Processes unless more or fewer are asked for: two serve 200 readers (see the benchmark)."""


class AtlasWorker(UvicornWorker):  # type: ignore[misc]
    """One process, with the settings that Streamlit gives its own server."""

    CONFIG_KWARGS: Final = {
        "loop": "asyncio",
        "http": Connection,
        "backlog": ACCEPTED_AT_ONCE,
        "ws": "websockets-sansio",
        "ws_per_message_deflate": False,
        "lifespan": "on",
        "access_log": False,
        "server_header": False,
        "timeout_graceful_shutdown": LAST_WORDS,
    }

    told = False
    """Whether this process has noticed that it serves."""

    row = 0
    """Its row of the tally; the first process gives it."""

    def init_process(self) -> None:
        """Listen to the other processes too; gunicorn calls this in the new process, once."""
        watch(self.ppid, _stop)
        self.app.tally.take(self.row, os.getpid())
        Connection.most = most_connections()
        self.sockets.append(open_door(self.app.doors))
        super().init_process()

    async def callback_notify(self) -> None:
        """Called as soon as this process serves, and then again and again."""
        if not self.told:
            self.told = True
            for listening in self.sockets:
                # asyncio accepts as many at once as it lets wait; more may wait.
                listening.listen(WAITING)
            self._beat()
            if self.age == 1:
                self.app.announce()
        await super().callback_notify()

    def _beat(self) -> None:
        """Give a sign of life, now and every second, from the loop that answers."""
        self.app.tally.beat()
        asyncio.get_running_loop().call_later(BEAT, self._beat)


class AtlasArbiter(Arbiter):  # type: ignore[misc]
    """gunicorn's first process, which begins the others again when they end: those beside them too.

    Told to stop, it says so in the tally, lets all go on as long as they shall drain, and ends
    them then; told again, at once.
    """

    ends: float | None = None
    """When draining is over, on `time.monotonic`."""

    def handle_term(self) -> None:
        """Called when a service manager tells it to stop."""
        if self.ends is None:
            self.app.tally.drain()
            self.ends = time.monotonic() + self.app.drain
        else:
            self.ends = 0
        self._end_if_due()

    def manage_workers(self) -> None:
        """Called at the start, when a process has ended, and every second."""
        self._end_if_due()
        for beside in self.app.beside:
            if not beside.is_there():
                beside.begin(self.LISTENERS)
        super().manage_workers()

    def _end_if_due(self) -> None:
        if self.ends is not None and time.monotonic() >= self.ends:
            raise StopIteration


class Beside:
    """A process beside those that serve, as the one that begins it sees it.

    `be` is what it does for good, given the number of the first process; `began` is told its own.
    """

    def __init__(
        self, be: Callable[[int], None], began: Callable[[int], None] = lambda _: None
    ) -> None:
        self.be = be
        self.began = began
        self.pid = 0
        self._line = -1

    def is_there(self) -> bool:
        """Whether it has been begun and has not ended; the line to it ends with it."""
        return self.pid != 0 and not select.select([self._line], [], [], 0)[0]

    def begin(self, listeners: list[Any]) -> None:
        """Part from this process as it, without the port that `listeners` hold."""
        if self.pid:
            os.close(self._line)
        _settle()
        parent, (self._line, held) = os.getpid(), os.pipe()
        self.pid = os.fork()
        if self.pid:
            os.close(held)
            self.began(self.pid)
            return
        try:
            for listening in listeners:
                listening.sock.close()
            self.be(parent)
        except Exception:
            logging.getLogger("merida_atlas").exception("a process beside those that serve ended")
        finally:
            os._exit(1)

    def end(self) -> None:
        """End it."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)


def _stop() -> None:
    """Stop this process, whose parent has gone, as if it had been told to; at the latest then."""
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(ENDED_AFTER)
    os._exit(1)


class AtlasServer(BaseApplication):  # type: ignore[misc]
    """The atlas behind one port, loaded once and served by `processes`."""

    def __init__(
        self,
        served: Callable[[Path], Any],
        desk: DrawingDesk,
        tally: Tally,
        address: str,
        port: int,
        processes: int,
        doors: Path,
    ) -> None:
        self.served = served
        self.doors = doors
        self.tally = tally
        self.drain = drain_setting()
        self.beside = _beside(desk, tally, doors / DRAWING)
        self.where = f"{address}:{port}"
        self.settings = {
            "bind": f"[{address}]:{port}" if ":" in address else f"{address}:{port}",
            "workers": processes,
            "worker_class": AtlasWorker,
            "preload_app": True,
            "pre_fork": _part,
            "post_worker_init": _hush,
            "child_exit": lambda server, worker: server.app.tally.leave(worker.row),
            "on_exit": _close_doors,
            "timeout": STUCK,
            "graceful_timeout": ENDED_AFTER,
            "keepalive": KEPT_OPEN,
            "backlog": WAITING,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        """Give gunicorn what it knows of our settings."""
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def run(self) -> None:
        """Serve until told to stop."""
        AtlasArbiter(self).run()

    def announce(self) -> None:
        """Say that it is served; called once the first process answers."""
        sys.stdout.write(f"Mérida Atlas is served at http://{self.where}\n")
        sys.stdout.flush()

    def load(self) -> Any:
        """The application, which was loaded before the processes part, so that they share it."""
        # What the first map would load; shared likewise.
        import folium  # noqa: F401
        import jenkspy  # noqa: F401

        return self.served(self.doors)


def _beside(desk: DrawingDesk, tally: Tally, door: Path) -> list[Beside]:
    """The room, and the lookout where the operator wants one."""
    desk.door = door
    room = Beside(
        lambda parent: occupy(desk.atlas, door, desk.board, parent, desk.cards), tally.note_room
    )
    found = [room]
    if where := probes_setting():
        version = desk.atlas.version
        found.append(Beside(lambda parent: look_out(where, tally, desk.board, version, parent)))
    return found


def _part(server: Any, worker: Any) -> None:
    """Called before a process begins that serves."""
    _settle()
    taken = [other.row for other in server.WORKERS.values()]
    worker.row = server.app.tally.free_row(taken)


def _settle() -> None:
    """Leave what was loaded where it is: memory that nobody writes to stays shared."""
    gc.collect()
    gc.freeze()


def _close_doors(server: Any) -> None:
    """Leave nothing behind; gunicorn calls this at the end in the process that began the others."""
    for beside in server.app.beside:
        beside.end()
    shutil.rmtree(server.app.doors, ignore_errors=True)


def _hush(_worker: object) -> None:
    """Log what goes wrong, and not each reader who comes and goes."""
    logging.getLogger("uvicorn.error").addFilter(lambda said: said.levelno >= logging.WARNING)
    logging.getLogger("uvicorn.access").addFilter(lambda _: False)


def problem_with(address: str, port: int) -> str:
    """Why the atlas cannot be served there, and what to do; empty if it can."""
    if port not in PORTS:
        return f"Port {port} does not exist: choose one between 1 and 65535, as in PORT=8502."
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            return (
                f"Mérida Atlas cannot be served at {address}, port {port}: {error.strerror}. "
                "If another program serves there, stop it or choose another port, as in PORT=8502."
            )
    return ""


def make_doors() -> Path:
    """A folder for the sockets between the processes, which only this user can open."""
    try:
        doors = Path(tempfile.mkdtemp(prefix="merida-atlas-"))
    except OSError as error:
        sys.exit(
            "Mérida Atlas cannot start: its processes need a folder for temporary files, and none "
            f"can be written to ({error.strerror or error}). Name one that can, as in "
            "TMPDIR=/var/tmp make run."
        )
    if len(os.fsencode(doors / DRAWING)) > LONGEST_PATH:
        doors.rmdir()
        sys.exit(
            "Mérida Atlas cannot start: the name of the folder for temporary files, "
            f"{doors.parent}, is too long for a socket. Name a shorter one, as in "
            "TMPDIR=/var/tmp make run."
        )
    return doors


def main(
    served: Callable[[Path], Any],
    desk: DrawingDesk,
    tally: Tally,
    arguments: list[str] | None = None,
) -> None:
    """Serve until told to stop.

    `served` makes the application, given the folder of the doors; `desk` is where it asks for
    pictures, `tally` where it counts.
    """
    parser = argparse.ArgumentParser(prog="python app.py", description="Serve Mérida Atlas.")
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--address", default="127.0.0.1", help="0.0.0.0 serves all interfaces")
    parser.add_argument(
        "--processes",
        type=int,
        default=PROCESSES,
        help="more serve more readers at once, about 65 MB each at the start and 150 in use "
        f"(default here {PROCESSES})",
    )
    asked = parser.parse_args(arguments)
    if asked.processes < 1:
        parser.error("--processes must be 1 or more")
    for where in ((asked.address, asked.port), probes_setting()):
        if where and (problem := problem_with(*where)):
            sys.exit(problem)
    # Streamlit reads its settings from the folder it is started in, and these from here.
    os.chdir(ROOT)
    os.environ["STREAMLIT_SERVER_PORT"] = str(asked.port)
    os.environ["STREAMLIT_SERVER_ADDRESS"] = asked.address
    bound_memory()
    raise_open_files()
    doors = make_doors()
    AtlasServer(served, desk, tally, asked.address, asked.port, asked.processes, doors).run()
