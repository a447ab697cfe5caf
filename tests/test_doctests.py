"""The examples in the docstrings of the domain are true."""

from __future__ import annotations

import doctest
import importlib
import subprocess
import sys

import pytest

from tests.serving import ROOT

PATHS = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): path
    for path in sorted((ROOT / "geo").rglob("*.py"))
}
EXAMPLES = [name for name, path in PATHS.items() if ">>> " in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_of_a_module_are_true(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.attempted > 0, "an example that is never run is not documentation"
    assert result.failed == 0


def test_there_are_examples_and_all_modules_were_looked_at() -> None:
    assert {"geo.scene.measures"} <= set(EXAMPLES)
    assert "geo.view.view" in PATHS


def test_the_domain_is_usable_without_streamlit() -> None:
    """As a notebook uses it: in a fresh interpreter, a scene and its values."""
    code = (
        "import sys;"
        "from geo.atlas.atlas import load_atlas; from geo.scene.scene import build_scene;"
        "from geo.view.view import View; from geo.share.files.values import values_csv;"
        "atlas = load_atlas(); view = View(); scene = build_scene(atlas, view);"
        "print(len(values_csv(atlas, scene, view).splitlines()));"
        "assert 'streamlit' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "33"
