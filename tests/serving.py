"""A Streamlit server in a process of its own, for whoever needs to look at one."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Self

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
AHEAD = "MERIDA_ATLAS_AHEAD"
"""The setting without which each process of a server makes pages that nobody may ask for."""

PATIENCE = 180.0
"""Seconds after which what has not come about will not, on the slowest machine."""

START_LIMIT = 300.0
"""Seconds after which a server that answers nothing is taken for dead."""


class ServerDied(RuntimeError):
    """The server did not come up, or ended while it was needed; carries its log."""


def free_port() -> int:
    """A TCP port that nobody listens on, and that nobody else is given while this process lives.

    A server takes a second or more until it listens. A port that is only found is meanwhile given
    to whoever opens a connection or asks for any port; one that is bound is not. A server can
    listen there all the same, if like this it sets SO_REUSEADDR, as servers do.
    """
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    port = int(held.getsockname()[1])
    held.detach()  # Nobody closes it before the process ends.
    return port


def comes_about(what: Callable[[], bool]) -> bool:
    """Whether it does, sooner or later."""
    end = time.monotonic() + PATIENCE
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def answer_of(url: str) -> tuple[int, bytes]:
    """The status of an answer, and what it holds."""
    try:
        with urllib.request.urlopen(url) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read()


class StreamlitServer:
    """`streamlit run SCRIPT` on a free port of 127.0.0.1, from entering to leaving the context.

    `cwd` decides which `.streamlit/config.toml` the server reads; `options` are given as
    `--section.option value`; `health` is the path that answers 200 once the server is up.
    """

    def __init__(
        self,
        script: Path,
        *,
        cwd: Path = ROOT,
        options: dict[str, str] | None = None,
        health: str = "/_stcore/health",
        env: dict[str, str] | None = None,
    ) -> None:
        self.script = script
        self.cwd = cwd
        self.options = options or {}
        self.health = health
        self.env = env or {}
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.spawned_at = 0.0
        self.log_path = Path(tempfile.gettempdir(), f"server-{secrets.token_hex(8)}.log")
        self.read = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self.process is not None, "the server has not been started"
        return self.process.pid

    def log(self) -> str:
        """What it has said since it was begun, or since `leave_log` was last called."""
        return self.log_path.read_bytes()[self.read :].decode(errors="replace")

    def leave_log(self) -> None:
        """What it has said so far is not of interest."""
        self.read = self.log_path.stat().st_size

    def command(self) -> list[str]:
        """What is started."""
        options = {"server.port": str(self.port), "server.address": "127.0.0.1", **self.options}
        command = [sys.executable, "-m", "streamlit", "run", str(self.script)]
        for name, value in options.items():
            command += [f"--{name}", value]
        return command

    def spawn(self) -> None:
        """Start the process and return at once; `spawned_at` is `time.perf_counter()` then."""
        command = self.command()
        with self.log_path.open("wb") as log:
            self.spawned_at = time.perf_counter()
            self.process = subprocess.Popen(
                command,
                cwd=self.cwd,
                env={**os.environ, **self.env},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url + self.health, timeout=PATIENCE) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def wait_until_up(self) -> None:
        assert self.process is not None
        deadline = time.monotonic() + START_LIMIT
        while not self.answers():
            if self.process.poll() is not None:
                raise ServerDied(
                    f"{self.script.name} ended with code {self.process.returncode} "
                    f"before it served anything:\n{self.log()}"
                )
            if time.monotonic() > deadline:
                raise ServerDied(f"{self.script.name} answers nothing:\n{self.log()}")
            time.sleep(0.02)

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self) -> Self:
        self.spawn()
        try:
            self.wait_until_up()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self.stop()
        if kind is not None:
            print(f"--- log of {self.script.name} ---\n{self.log()[-8000:]}", file=sys.stderr)
        self.log_path.unlink(missing_ok=True)


class AtlasServer(StreamlitServer):
    """The atlas in the folder `app` as `make run` serves it, with the project's configuration."""

    def __init__(
        self,
        app: Path = ROOT,
        processes: int | None = None,
        env: dict[str, str] | None = None,
    ) -> None:
        super().__init__(app / "app.py", cwd=app, health="/healthz", env=env)
        self.asked = [] if processes is None else ["--processes", str(processes)]

    def command(self) -> list[str]:
        return [sys.executable, "app.py", "--port", str(self.port), *self.asked]


def running(process: psutil.Process) -> bool:
    """Whether it runs; one that has ended may wait for somebody to be told so."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def atlas_server() -> StreamlitServer:
    """The atlas of this checkout as `make run` serves it."""
    return AtlasServer(env={AHEAD: "yes"})
