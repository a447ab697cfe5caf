"""What stands in `deploy/` names only what is there, and agrees with itself and the program."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml
from starlette.routing import Match

from geo.atlas import load_atlas
from geo.drawing import build_shelf
from geo.server.connections import HEAD_WITHIN
from geo.server.drawing_room import Board
from geo.server.lookout import Lookout
from geo.server.previews import PAGES
from geo.server.program import SOURCES
from geo.server.routes import routes
from geo.server.serve import KEPT_OPEN, LAST_WORDS
from geo.server.streamlit import COMPONENT, FOLDER, OPEN, SOCKET
from geo.server.tally import Tally
from tests.serving import PATIENCE, ROOT

if TYPE_CHECKING:
    from pathlib import Path

DEPLOY = ROOT / "deploy"
FILES = sorted(path for path in DEPLOY.iterdir() if path.is_file())
MANIFESTS = ("compose.yaml", "kubernetes.yaml")

OF_THE_SYSTEM: Final = (
    *("/tmp", "/opt/merida-atlas", "/venv", "/run.txt", "/bin", "/usr/", "/etc/merida-atlas.env"),
    *("/var/cache/nginx/", "/var/lib/merida-atlas", "/matplotlib", "/.venv"),
)
"""Beginnings of paths in these files that are no address of the atlas."""


def read(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def without_comments(text: str) -> str:
    return re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)


@cache
def manifest(name: str) -> list[Any]:
    return list(yaml.safe_load_all(read(name)))


def of_kind(kind: str) -> dict[str, Any]:
    (found,) = [one for one in manifest("kubernetes.yaml") if one["kind"] == kind]
    return dict(found)


@cache
def addresses_probed() -> tuple[str, ...]:
    with Lookout(("127.0.0.1", 0), Tally(), Board(), "x") as lookout:
        return tuple(path for path in ("/readyz", "/metrics") if lookout.told(path)[0] != 404)


@cache
def served(path: str) -> bool:
    """Whether the atlas answers there, or below there."""
    atlas = load_atlas()
    scope = {"type": "http", "path": path, "method": "GET", "headers": []}
    ours = routes(atlas, build_shelf(atlas))
    begins = [getattr(route, "path", "") for route in ours]
    return (
        any(route.matches(scope)[0] is not Match.NONE for route in ours)
        or (path.endswith("/") and any(known.startswith(path) for known in (*begins, *OPEN)))
        or path.lstrip("/") in PAGES
        or path in (SOCKET, *OPEN, f"/{FOLDER.strip('/')}/", f"/{COMPONENT.split('/')[1]}/")
        or path in addresses_probed()
    )


def addresses_in(text: str) -> set[str]:
    """Every path that a file names, those of the system left out; `^/(a|b)/` are two."""
    spread = re.sub(
        r"\^/\(([\w|]+)\)/", lambda found: " ".join(f"/{n}/" for n in found[1].split("|")), text
    ).replace("\\.", ".")
    found = re.findall(r"(?<![\w.:/}*)-])/[\w.-]*(?:/[\w.-]*)*", without_comments(spread))
    return {
        path for path in found if path != "/" and not path.startswith(OF_THE_SYSTEM) and path[1:]
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
class TestEachFile:
    def test_it_names_only_addresses_that_are_answered(self, path: Path) -> None:
        wrong = {
            address for address in addresses_in(path.read_text("utf-8")) if not served(address)
        }
        assert not wrong

    def test_it_names_only_settings_that_the_program_has(self, path: Path) -> None:
        named = set(re.findall(r"MERIDA_ATLAS_[A-Z_]+", path.read_text(encoding="utf-8")))
        told = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
        assert all(f"`{name}`" in told for name in named)

    def test_it_gives_the_program_only_options_that_it_has(self, path: Path) -> None:
        code = (ROOT / "geo" / "server" / "serve.py").read_text(encoding="utf-8")
        for line in without_comments(path.read_text(encoding="utf-8")).splitlines():
            if "app.py --" in line or line.startswith("CMD ["):
                for option in re.findall(r"--[a-z]+", line):
                    assert f'"{option}"' in code, option

    def test_the_paper_for_operators_names_it(self, path: Path) -> None:
        told = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
        assert f"deploy/{path.name.removesuffix('.dockerignore')}" in told

    def test_it_asks_for_pages_and_probes_at_the_ports_that_are_served(self, path: Path) -> None:
        ports = re.findall(r"\b85\d\d\b", without_comments(path.read_text(encoding="utf-8")))
        assert set(ports) <= {"8501", "8502"}


def test_what_would_be_no_address_of_the_atlas_is_noticed() -> None:
    text = (
        "option httpchk GET /ready\nlocation ~ ^/(api|nothing)/|^/card\\.png$ {\n# GET /not-this\n"
    )
    assert addresses_in(text) == {"/ready", "/api/", "/nothing/", "/card.png"}
    assert {path for path in addresses_in(text) if not served(path)} == {"/ready", "/nothing/"}


class TestTheImage:
    def copied(self) -> list[str]:
        lines = re.findall(r"^COPY (?!--from)(.+)$", read("Containerfile"), re.MULTILINE)
        return [source for line in lines for source in line.split()[:-1]]

    def test_what_is_copied_is_there_and_not_held_back(self) -> None:
        kept = {line[1:] for line in read("Containerfile.dockerignore").splitlines() if "!" in line}
        assert self.copied()
        for source in self.copied():
            assert (ROOT / source).exists(), source
            assert source in kept

    def test_everything_that_answers_are_made_by_is_in_it(self) -> None:
        folders = {pattern.split("/")[0] for pattern in SOURCES if not pattern.endswith(".txt")}
        assert folders | {"app.py", "data", ".streamlit", "requirements/run.txt"} <= set(
            self.copied()
        )

    def test_it_runs_as_nobody_and_gets_its_signals_itself(self) -> None:
        text = read("Containerfile")
        (user,) = re.findall(r"^USER (\d+):\d+$", text, re.MULTILINE)
        assert int(user) > 1000
        assert re.search(r'^ENTRYPOINT \["python", "app\.py"\]$', text, re.MULTILINE)
        assert "STOPSIGNAL SIGTERM" in text
        assert "--require-hashes" in text

    def test_its_health_check_is_a_program_that_can_be_read(self) -> None:
        (code,) = re.findall(r'"-c", "(from urllib.+)"\]', read("Containerfile"))
        compile(code, "Containerfile", "exec")


def number(before: str, text: str) -> int:
    """The number that follows, which stands there once."""
    (found,) = set(re.findall(rf"{before}(\d+)", text))
    return int(found)


def drained(environment: dict[str, str] | list[dict[str, str]]) -> int:
    if isinstance(environment, list):
        environment = {one["name"]: one["value"] for one in environment}
    return int(environment["MERIDA_ATLAS_DRAIN"])


class TestTime:
    """Who is stopped has the time that it is told to take, and a balancer notices in that time."""

    def test_compose(self) -> None:
        (compose,) = manifest("compose.yaml")
        for name in ("atlas-a", "atlas-b"):
            service = compose["services"][name]
            assert int(service["stop_grace_period"].removesuffix("s")) >= (
                drained(service["environment"]) + LAST_WORDS + 5
            )
            assert service["read_only"]
            assert service["cap_drop"] == ["ALL"]
            assert any(one.startswith("/tmp") for one in service["tmpfs"])
            assert "ports" not in service

    def test_systemd(self) -> None:
        text = read("merida-atlas.service")
        drain, stop = (number(name, text) for name in ("MERIDA_ATLAS_DRAIN=", "TimeoutStopSec="))
        assert stop >= drain + LAST_WORDS + 5
        assert "KillMode=mixed" in text

    def test_kubernetes(self) -> None:
        pod = of_kind("Deployment")["spec"]["template"]["spec"]
        (container,) = pod["containers"]
        said = container["lifecycle"]["preStop"]["exec"]["command"][2]
        (before,) = map(int, re.findall(r"sleep\((\d+)\)", said))
        drain = drained(container["env"])
        assert pod["terminationGracePeriodSeconds"] >= before + drain + LAST_WORDS + 5
        ready = container["readinessProbe"]
        assert ready["periodSeconds"] * ready["failureThreshold"] < drain

    def test_haproxy(self) -> None:
        (compose,) = manifest("compose.yaml")
        text = read("haproxy.cfg")
        checks = re.findall(r"check port (\d+) inter (\d+)s fall (\d+)", text)
        assert len(checks) == text.count("\nbackend ") == 3
        for port, every, failures in checks:
            assert port == "8502"
            assert int(every) * int(failures) < drained(
                compose["services"]["atlas-a"]["environment"]
            )
        named = set(re.findall(r"server \w+ ([\w-]+):8501", text))
        assert named <= set(compose["services"])
        idle, head = (
            number(f"timeout {name} ", text) for name in ("http-keep-alive", "http-request")
        )
        assert idle < KEPT_OPEN
        assert head <= HEAD_WITHIN

    def test_nginx_and_caddy(self) -> None:
        (idle,) = re.findall(r"keepalive_timeout (\d+)s", read("nginx.conf"))
        assert int(idle) < KEPT_OPEN
        every, within = (
            number(f"health_{name} ", read("Caddyfile")) for name in ("interval", "timeout")
        )
        assert every + within < 15


def test_what_is_kept_lies_where_it_may_be_written_and_outlives_the_process() -> None:
    (compose,) = manifest("compose.yaml")
    unit = read("merida-atlas.service")
    (folder,) = re.findall(r"MERIDA_ATLAS_KEEP=(\S+)", unit)
    assert folder == f"/var/lib/{re.findall(r'StateDirectory=(.+)', unit)[0]}"
    assert re.search(rf"^RUN install -d -o 10001 -g 10001 {folder}$", read("Containerfile"), re.M)
    for name in ("atlas-a", "atlas-b"):
        service = compose["services"][name]
        assert service["environment"]["MERIDA_ATLAS_KEEP"] == folder
        (volume,) = service["volumes"]
        assert volume == f"{next(iter(compose['volumes']))}:{folder}"


class TestKubernetes:
    def test_what_selects_pods_selects_these_and_ports_are_named(self) -> None:
        deployment, service, budget = map(of_kind, ("Deployment", "Service", "PodDisruptionBudget"))
        pod = deployment["spec"]["template"]
        labels = pod["metadata"]["labels"]
        for selector in (
            deployment["spec"]["selector"]["matchLabels"],
            service["spec"]["selector"],
            budget["spec"]["selector"]["matchLabels"],
        ):
            assert selector == labels
        (container,) = pod["spec"]["containers"]
        ports = {port["name"]: port["containerPort"] for port in container["ports"]}
        assert ports == {"pages": 8501, "probes": 8502}
        probes = {name: one for name, one in container.items() if name.endswith("Probe")}
        asked = {
            name: (one["httpGet"]["path"], one["httpGet"]["port"]) for name, one in probes.items()
        }
        assert asked == {
            "startupProbe": ("/healthz", "pages"),
            "livenessProbe": ("/healthz", "pages"),
            "readinessProbe": ("/readyz", "probes"),
        }
        assert [port["targetPort"] for port in service["spec"]["ports"]] == ["pages"]
        assert budget["spec"]["minAvailable"] < deployment["spec"]["replicas"]

    def test_nothing_is_written_but_to_memory_and_nobody_is_root(self) -> None:
        pod = of_kind("Deployment")["spec"]["template"]["spec"]
        (container,) = pod["containers"]
        assert container["securityContext"]["readOnlyRootFilesystem"]
        assert pod["securityContext"]["runAsNonRoot"]
        assert str(pod["securityContext"]["runAsUser"]) in read("Containerfile")
        (volume,) = pod["volumes"]
        assert container["volumeMounts"] == [{"name": volume["name"], "mountPath": "/tmp"}]
        assert volume["emptyDir"]["medium"] == "Memory"


def told_by(command: list[str]) -> str:
    """What a validator says; skipped where it is not on this machine. Its status has to be zero."""
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not on this machine")
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    return said


class TestByTheirOwnValidators:
    def test_haproxy(self, tmp_path: Path) -> None:
        # Its names are those of containers, which this machine does not know.
        local = re.sub(r"atlas-[ab]:", "127.0.0.1:", read("haproxy.cfg"))
        (tmp_path / "haproxy.cfg").write_text(local, encoding="utf-8")
        told_by(["haproxy", "-c", "-f", str(tmp_path / "haproxy.cfg")])

    def test_nginx(self, tmp_path: Path) -> None:
        snippet = read("nginx.conf").replace(
            "/var/cache/nginx/merida-atlas", str(tmp_path / "cache")
        )
        (tmp_path / "snippet.conf").write_text(snippet, encoding="utf-8")
        whole = (
            f"pid {tmp_path}/pid;\nerror_log stderr;\nevents {{}}\n"
            f"http {{ access_log off; include {tmp_path}/snippet.conf; }}\n"
        )
        (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
        told_by(["nginx", "-t", "-c", str(tmp_path / "nginx.conf")])

    def test_caddy(self) -> None:
        told_by(
            ["caddy", "validate", "--config", str(DEPLOY / "Caddyfile"), "--adapter", "caddyfile"]
        )

    def test_kubectl(self, tmp_path: Path) -> None:
        # Only a cluster knows the schema; here it is read and put together again.
        shutil.copy(DEPLOY / "kubernetes.yaml", tmp_path)
        (tmp_path / "kustomization.yaml").write_text("resources: [kubernetes.yaml]\n")
        said = told_by(["kubectl", "kustomize", str(tmp_path)])
        put_together = list(yaml.safe_load_all(said))
        assert sorted(put_together, key=str) == sorted(manifest("kubernetes.yaml"), key=str)

    def test_systemd(self, tmp_path: Path) -> None:
        # The program that is started, and its folder, are not on this machine.
        unit = read("merida-atlas.service").replace(
            "/opt/merida-atlas/.venv/bin/python", "/bin/true"
        )
        path = tmp_path / "merida-atlas.service"
        path.write_text(unit, encoding="utf-8")
        said = told_by(["systemd-analyze", "verify", str(path)])
        assert "merida-atlas.service" not in said
