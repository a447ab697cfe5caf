"""What a process settles with its system."""

from __future__ import annotations

import os
import subprocess
import sys

from geo.server.process import watch
from tests.serving import ROOT

ALONE = ROOT / "geo" / "server"
"""Where the module is found without its package, which takes a process more than a second."""


def python(script: str, shell: str = "") -> str:
    """What a script prints in a process of its own, begun by a line of a shell."""
    command = ["sh", "-c", f'{shell}exec "$0" -c "$1"', sys.executable, script]
    ended = subprocess.run(command, cwd=ALONE, capture_output=True, text=True, check=True)
    return ended.stdout.strip()


def test_the_limit_of_open_files_is_raised_to_what_the_system_allows() -> None:
    script = "from process import raise_open_files; print(raise_open_files())"
    assert python(script, "ulimit -Sn 200; ulimit -Hn 300; ") == "300"
    assert python(script, "ulimit -n 200; ") == "200"


def test_memory_is_bounded_where_the_system_knows_how_and_left_alone_elsewhere() -> None:
    script = "import process as p; p.bound_memory(); p.give_memory_back(); print('well')"
    assert python(script) == "well"
    elsewhere = "import ctypes; ctypes.CDLL = lambda _: object(); " + script
    assert python(elsewhere) == "well"


def test_a_process_whose_parent_is_gone_does_what_it_was_told() -> None:
    child = (
        "import os, sys, time; from process import watch; "
        "watch(int(sys.argv[1]), lambda: (print('alone', flush=True), os._exit(0))); "
        "print('begun', flush=True); time.sleep(60)"
    )
    read, write = os.pipe()
    first = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import os, subprocess, sys; "
            f"subprocess.Popen([sys.executable, '-c', {child!r}, str(os.getpid())], "
            f"stdout={write}, pass_fds=[{write}]); sys.stdin.read()",
        ],
        cwd=ALONE,
        stdin=subprocess.PIPE,
        pass_fds=[write],
    )
    os.close(write)
    with os.fdopen(read) as said:
        assert said.readline() == "begun\n"
        first.kill()
        first.communicate()
        assert said.readline() == "alone\n"


def test_a_process_whose_parent_is_there_is_left_alone() -> None:
    ended: list[int] = []
    watch(os.getppid(), lambda: ended.append(1))
    assert not ended
