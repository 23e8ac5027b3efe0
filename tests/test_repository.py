"""Laws of the repository itself: what may be committed, and how modules are kept."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "silog_core"
MODULES = sorted(SOURCE.rglob("*.py"))


def _tracked() -> list[str]:
    done = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip("this is not a git checkout")
    return done.stdout.splitlines()


@pytest.mark.skipif(not MODULES, reason="the source tree is not here: wheels are tested")
def test_modules_are_short():
    """No module has more than 400 lines, and half of them have fewer than 120."""
    lengths = {str(p): len(p.read_text(encoding="utf-8").splitlines()) for p in MODULES}

    assert {} == {name: n for name, n in lengths.items() if n > 400}
    assert median(lengths.values()) < 120


@pytest.mark.skipif(not MODULES, reason="the source tree is not here: wheels are tested")
def test_no_module_is_a_drawer():
    """No module is called utils, helpers, common or misc."""
    drawers = {"utils", "helpers", "common", "misc"}

    assert [] == [str(p) for p in MODULES if p.stem in drawers]


def test_no_lock_file_is_tracked():
    """Lock files name the index they were made from, so none is committed."""
    locks = re.compile(r"(^|/)(uv|poetry|pdm)\.lock$|(^|/)Pipfile\.lock$|(^|/)pylock.*\.toml$")

    assert [] == [name for name in _tracked() if locks.search(name)]


def test_constraints_hold_plain_versions():
    """A constraints file holds name==version lines and nothing else."""
    plain = re.compile(r"[A-Za-z0-9_.-]+==[A-Za-z0-9_.+!-]+")
    files = sorted((ROOT / "tests" / "constraints").glob("*.txt"))

    assert files
    for file in files:
        lines = file.read_text(encoding="utf-8").splitlines()
        assert [] == [line for line in lines if not plain.fullmatch(line)]


def test_readme_commands_are_whole():
    """Each README command begins with a fresh environment and is one line."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"<!-- command: (\w+) -->\n```sh\n(.*?)```", text, re.DOTALL)

    assert ["demo", "test"] == [name for name, _ in commands]
    for _, command in commands:
        assert command.startswith("python3 -m venv ")
        assert 1 == len(command.strip().splitlines())


def test_import_is_light():
    """Importing the package pulls in neither networkx, nor pluggy, nor click."""
    code = "import sys, silog_core; print(*sorted({'networkx','pluggy','click'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    )

    assert "" == done.stdout.strip()


def test_public_names_are_listed():
    """docs/api.txt lists exactly the public names, and each of them is there."""
    import silog_core

    listed = (ROOT / "docs" / "api.txt").read_text(encoding="utf-8").split()

    assert sorted(silog_core.__all__) == listed
    assert [] == [name for name in listed if getattr(silog_core, name, None) is None]
