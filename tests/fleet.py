"""Replicas behind the balancer and the cache of `deploy/`, on free ports of this machine."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

import psutil

from tests.serving import (
    PATIENCE,
    ROOT,
    START_LIMIT,
    AtlasServer,
    answer_of,
    comes_about,
    free_port,
    running,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

DEPLOY = ROOT / "deploy"

BEFORE_ALL = "https://atlas.example.org"
"""The address that all replicas say is theirs."""

QUICK = {"inter 2s": "inter 250ms"}
"""What tests that wait for a balancer to notice something may change of its configuration."""


TEMPORARY = "".join(
    f"{name}_temp_path FOLDER/{name};\n"
    for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
)
"""Where nginx may write, which is not its own user here."""


class Replica(AtlasServer):
    """One server of a fleet: with a lookout, some seconds to drain, and an address of all."""

    def __init__(
        self, app: Path = ROOT, drain: int = 2, processes: int = 1, keep: Path | None = None
    ) -> None:
        self.probes = free_port()
        settings = {
            "MERIDA_ATLAS_PROBES": f"127.0.0.1:{self.probes}",
            "MERIDA_ATLAS_DRAIN": str(drain),
            "MERIDA_ATLAS_URL": BEFORE_ALL,
        }
        super().__init__(
            app, processes, settings | ({"MERIDA_ATLAS_KEEP": str(keep)} if keep else {})
        )
        self.drain = drain

    def probe(self, path: str) -> tuple[int, bytes]:
        """What the lookout answers."""
        return answer_of(f"http://127.0.0.1:{self.probes}{path}")

    def ready(self) -> bool:
        """Whether the lookout says so."""
        with suppress(OSError):
            return self.probe("/readyz")[0] == 200
        return False

    def wait_until_up(self) -> None:
        super().wait_until_up()
        deadline = time.monotonic() + START_LIMIT
        while not self.ready():
            assert time.monotonic() < deadline, f"not ready:\n{self.log()}"
            time.sleep(0.05)

    def replace(self, other: Replica) -> None:
        """Drain and end, and begin the other in this one's place, as an upgrade does."""
        assert self.process is not None
        self.process.terminate()
        self.process.wait(self.drain + PATIENCE)
        self.log_path.unlink(missing_ok=True)
        other.port = self.port
        other.probes = self.probes
        other.env["MERIDA_ATLAS_PROBES"] = f"127.0.0.1:{self.probes}"
        other.spawn()
        other.wait_until_up()

    def be_up(self) -> None:
        """Begin it again if an earlier test has killed it."""
        assert self.process is not None
        if self.process.poll() is not None:
            self.spawn()
            self.wait_until_up()

    def kill(self) -> None:
        """End it as a machine ends that loses its power."""
        if self.process is not None and self.process.poll() is None:
            begun = psutil.Process(self.process.pid).children(recursive=True)
            self.process.kill()
            for one in begun:
                with suppress(psutil.NoSuchProcess):
                    one.kill()
            self.process.wait()
            assert comes_about(lambda: not any(running(one) for one in begun))

    def stop(self) -> None:
        """Nobody is here any more who would have to be drained."""
        self.kill()


class Beside:
    """A program of the system that stands before replicas, with a configuration of its own."""

    program = ""

    def __init__(self, configuration: str, port: int) -> None:
        self.port = port
        self.folder = Path(tempfile.mkdtemp(prefix=f"{self.program}-"))
        self.folder.chmod(0o755)  # Its workers may be another user's.
        self.configuration = self.folder / "configuration"
        text = configuration.replace("FOLDER", str(self.folder))
        self.configuration.write_text(text, encoding="utf-8")
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def command(self) -> list[str]:
        raise NotImplementedError

    def __enter__(self) -> Self:
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                self.command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        deadline = time.monotonic() + START_LIMIT
        while not self._accepts():
            said = (self.folder / "log").read_text(encoding="utf-8", errors="replace")
            assert self.process.poll() is None, said
            assert time.monotonic() < deadline, said
            time.sleep(0.05)
        return self

    def _accepts(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def __exit__(self, *_: object) -> None:
        assert self.process is not None
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Balancer(Beside):
    """HAProxy with `deploy/haproxy.cfg` before two replicas."""

    program = "haproxy"

    def __init__(self, replicas: Sequence[Replica], changes: dict[str, str] | None = None) -> None:
        port = free_port()
        text = (DEPLOY / "haproxy.cfg").read_text(encoding="utf-8")
        for old, new in {
            "bind :8080": f"bind 127.0.0.1:{port}",
            # Half of what this user may have open; the log would be of every request.
            "maxconn 20000": "maxconn 8000",
            "log stdout format raw local0": "no log",
            **(changes or {}),
        }.items():
            assert old in text, old
            text = text.replace(old, new)
        for name, replica in zip("ab", replicas, strict=True):
            there = rf"\g<1>127.0.0.1:{replica.port}\g<2> check port {replica.probes}"
            text, found = re.subn(rf"(server {name} )atlas-{name}:8501(.*)", there, text)
            assert found
        super().__init__(text, port)

    def command(self) -> list[str]:
        return ["haproxy", "-db", "-f", str(self.configuration)]


class Folder(Beside):
    """nginx with what `docs/edition.md` says, which gives out the folder that `atlas` stands in."""

    program = "nginx"

    def __init__(self, root: Path) -> None:
        port = free_port()
        said = (ROOT / "docs" / "edition.md").read_text(encoding="utf-8")
        (server,) = re.findall(r"^server \{\n.*?^\}\n", said, re.MULTILINE | re.DOTALL)
        for old, new in {
            "listen 80;": f"listen 127.0.0.1:{port};",
            "/srv/www": f'"{root}"',
        }.items():
            assert old in server, old
            server = server.replace(old, new)
        super().__init__(
            # Without workers it reads what whoever began it may read.
            "daemon off;\nmaster_process off;\npid FOLDER/pid;\nerror_log FOLDER/log;\n"
            "events { worker_connections 256; }\n"
            "http { types { text/html html; text/css css; text/javascript js; "
            "image/svg+xml svg; font/woff2 woff2; application/json json; }\n"
            f"access_log off; absolute_redirect off;\n{TEMPORARY}{server}}}\n",
            port,
        )

    def command(self) -> list[str]:
        return ["nginx", "-c", str(self.configuration)]


class Edge(Beside):
    """nginx with `deploy/nginx.conf` before servers at these ports, and a cache that is empty."""

    program = "nginx"

    def __init__(self, ports: Sequence[int]) -> None:
        port = free_port()
        text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
        servers = "".join(f"    server 127.0.0.1:{one};\n" for one in ports)
        text = re.sub(r"^ *#? ?server 127\.0\.0\.1:.*\n", "", text, flags=re.MULTILINE)
        for old, new in {
            "    keepalive 64;": f"{servers}    keepalive 64;",
            "listen 8080": f"listen 127.0.0.1:{port}",
            "/var/cache/nginx/merida-atlas": "FOLDER/cache",
            # All readers of a benchmark have one address.
            "limit_conn merida_readers 500;": "",
        }.items():
            assert old in text, old
            text = text.replace(old, new)
        super().__init__(
            "daemon off;\nworker_processes 1;\npid FOLDER/pid;\nerror_log FOLDER/log;\n"
            "worker_rlimit_nofile 8000;\nevents { worker_connections 4000; }\n"
            f"http {{ access_log off;\n{TEMPORARY}{text}}}\n",
            port,
        )

    def command(self) -> list[str]:
        return ["nginx", "-c", str(self.configuration)]
