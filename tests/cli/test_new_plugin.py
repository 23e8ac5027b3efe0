"""``silog new-plugin``: what it writes installs, passes its suite and lints clean."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner

from silog_core.cli.new_plugin import KINDS, new_plugin
from silog_core.cli.plugins import new_plugin_command
from silog_core.errors import FieldError, StorageError

NAMES = {"region": "53.71", "store": "ledger", "check": "roads", "solver": "nearest"}


def run(*command, cwd, **environ):
    """Run a command, and show what it printed when it fails."""
    done = subprocess.run(
        command,
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environ},
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_plugin_is_sound_unedited(kind, tmp_path):
    """It installs, and its own tests pass."""
    if kind == "region" and find_spec("silog_region_id") is None:
        pytest.skip("the national pack is not installed")
    folder = new_plugin(kind, NAMES[kind], tmp_path)
    site = tmp_path / "site"
    isolation = ["--no-build-isolation"] if find_spec("hatchling") else []
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", *isolation]
    run(*pip, "--target", str(site), str(folder), cwd=tmp_path)

    run(
        sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
        cwd=folder, PYTHONPATH=str(site),
    )  # fmt: skip


def test_new_plugins_lint_clean(tmp_path):
    """Neither ruff nor mypy, both strict, complains of any kind."""
    for kind, name in NAMES.items():
        new_plugin(kind, name, tmp_path)
    source = str(Path(__file__).parents[2] / "src")

    run(sys.executable, "-m", "ruff", "check", ".", cwd=tmp_path)
    run(sys.executable, "-m", "ruff", "format", "--check", ".", cwd=tmp_path)
    sources = [str(path) for path in sorted(tmp_path.glob("*/src/*"))]
    run(sys.executable, "-m", "mypy", "--strict", *sources, cwd=tmp_path, MYPYPATH=source)


def test_every_text_is_filled_in(tmp_path):
    """Nothing between @@ is left, in files or their names."""
    for kind, name in NAMES.items():
        folder = new_plugin(kind, name, tmp_path, title="A title")
        for path in folder.rglob("*"):
            assert "@@" not in path.name
            assert path.is_dir() or "@@" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "name"), [("region", "5"), ("store", "My Store"), ("planet", "mars")]
)
def test_names_that_do_not_fit_are_refused(kind, name, tmp_path):
    """Before anything is written."""
    with pytest.raises(FieldError):
        new_plugin(kind, name, tmp_path)
    assert not list(tmp_path.iterdir())


def test_nothing_is_written_over(tmp_path):
    """A folder that is there stays as it is."""
    new_plugin("store", "ledger", tmp_path)

    with pytest.raises(StorageError):
        new_plugin("store", "ledger", tmp_path)


def test_the_command_says_what_is_next(tmp_path):
    """Two lines to copy."""
    result = CliRunner().invoke(new_plugin_command, ["check", "roads", "--out", str(tmp_path)])

    assert 0 == result.exit_code
    assert "pip install -e" in result.output
