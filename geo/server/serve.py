"""Serves an application from several processes behind one port; `app.py` hands it the atlas.

Python runs one thread at a time, so a process serves its readers with one core. The data is loaded
once, before the processes part, and shared. A reader's session lives in the process that began it,
and `geo.server.affinity` brings them back to it if their socket breaks; everything else is the same
from any of them. `streamlit run app.py` serves the same from one process.
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from gunicorn.app.base import BaseApplication
from uvicorn_worker import UvicornWorker

from geo.paths import ROOT
from geo.server.affinity import open_door

LAST_WORDS: Final = 1
"""Seconds that open sockets get at the end; a browser that loses its own connects again."""

STUCK: Final = 120
"""Seconds without a sign of life after which a process is replaced."""

PORTS: Final = range(1, 65536)

PROCESSES: Final = min(2, os.cpu_count() or 1)
"""Processes unless more or fewer are asked for: two serve 200 readers (see the benchmark)."""


class AtlasWorker(UvicornWorker):  # type: ignore[misc]
    """One process, with the settings that Streamlit gives its own server."""

    CONFIG_KWARGS: Final = {
        "loop": "asyncio",
        "ws": "websockets-sansio",
        "ws_per_message_deflate": False,
        "lifespan": "on",
        "access_log": False,
        "timeout_graceful_shutdown": LAST_WORDS,
    }

    def init_process(self) -> None:
        """Listen to the other processes too; gunicorn calls this in the new process, once."""
        self.sockets.append(open_door(self.app.doors))
        super().init_process()


class AtlasServer(BaseApplication):  # type: ignore[misc]
    """The atlas behind one port, loaded once and served by `processes`."""

    def __init__(
        self, served: Callable[[Path], Any], address: str, port: int, processes: int, doors: Path
    ) -> None:
        self.served = served
        self.doors = doors
        self.settings = {
            "bind": f"[{address}]:{port}" if ":" in address else f"{address}:{port}",
            "workers": processes,
            "worker_class": AtlasWorker,
            "preload_app": True,
            "pre_fork": _settle,
            "post_worker_init": _hush,
            "on_exit": _close_doors,
            "timeout": STUCK,
            "graceful_timeout": LAST_WORDS + 1,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        """Give gunicorn what it knows of our settings."""
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application, which was loaded before the processes part, so that they share it."""
        # What the first map would load; shared likewise.
        import folium  # noqa: F401
        import jenkspy  # noqa: F401

        return self.served(self.doors)


def _settle(_server: object, _worker: object) -> None:
    """Leave what was loaded where it is: memory that nobody writes to stays shared."""
    gc.collect()
    gc.freeze()


def _close_doors(server: Any) -> None:
    """Leave nothing behind; gunicorn calls this at the end in the process that began the others."""
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


def main(served: Callable[[Path], Any], arguments: list[str] | None = None) -> None:
    """Serve until told to stop; `served` makes the application, given the folder of the doors."""
    parser = argparse.ArgumentParser(prog="python app.py", description="Serve Mérida Atlas.")
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--address", default="127.0.0.1", help="0.0.0.0 serves all interfaces")
    parser.add_argument(
        "--processes",
        type=int,
        default=PROCESSES,
        help=f"more serve more readers at once, about 80 MB each (default here {PROCESSES})",
    )
    asked = parser.parse_args(arguments)
    if asked.processes < 1:
        parser.error("--processes must be 1 or more")
    problem = problem_with(asked.address, asked.port)
    if problem:
        sys.exit(problem)
    # Streamlit reads its settings from the folder it is started in, and these from here.
    os.chdir(ROOT)
    os.environ["STREAMLIT_SERVER_PORT"] = str(asked.port)
    os.environ["STREAMLIT_SERVER_ADDRESS"] = asked.address
    sys.stdout.write(f"Mérida Atlas is served at http://{asked.address}:{asked.port}\n")
    sys.stdout.flush()
    doors = Path(tempfile.mkdtemp(prefix="merida-atlas-"))
    AtlasServer(served, asked.address, asked.port, asked.processes, doors).run()
