"""``silog plugins``: what is installed, what failed, how to mend it."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from broken_plugins import BROKEN, install_all
from installed import install, pack, points
from silog_core.cli import plugins as module
from silog_core.plugins.markers import SPECS
from silog_core.session import Session


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run the command on what is installed in a folder of its own."""
    monkeypatch.syspath_prepend(tmp_path)

    class Here(Session):
        @classmethod
        def from_environment(cls, environ=None, **options):
            return cls(plugins=points(tmp_path), **options)

    monkeypatch.setattr(module, "Session", Here)

    def run(*arguments):
        return CliRunner().invoke(module.plugins_command, list(arguments))

    run.folder = tmp_path
    return run


def test_what_is_installed_is_listed(run):
    """Name, distribution, version, regions and hooks; the built-ins as well."""
    install(run.folder, "pack-nation", "region.ID", pack("ID"), version="1.2")
    found = json.loads(run("--json").stdout)
    rows = {row["name"]: row for row in found["plugins"]}

    assert {"region.ID", "silog_core.builtin"} == set(rows)
    assert ("pack-nation", "1.2", "ready", ["ID"]) == tuple(
        rows["region.ID"][k] for k in ("distribution", "version", "state", "regions")
    )
    assert ["silog_manifest", "silog_needs_rules"] == rows["region.ID"]["hooks"]
    assert 0 == run().exit_code


def test_failures_are_listed_and_exit_with_one(run):
    """Cause, fix and what is withheld, for people and for programs."""
    install(run.folder, "bad", "region.53", "import not_there_at_all")
    result = run()

    assert 1 == result.exit_code
    assert "region.53 failed: import" in result.output
    assert "fix: pip install not_there_at_all" in result.output
    assert "withheld: 53" in result.output
    assert "failed" == json.loads(run("--json").stdout)["plugins"][0]["state"]


def test_check_imports_each_alone(run, monkeypatch):
    """An import that never ends is noted, and does not end the program."""
    from silog_core.plugins import trial_import

    monkeypatch.setattr(trial_import.trial_import, "__kwdefaults__", {"limit_s": 3})
    install(run.folder, "endless", "region.53", "while True:\n    pass\n")
    install(run.folder, "good", "region.51", pack("51"))
    found = json.loads(run("--check", "--json").stdout)
    rows = {row["name"]: row for row in found["plugins"]}

    assert "failed" == rows["region.53"]["state"]
    assert "has not come back" in found["failures"][0]["cause"]
    assert "ready" == rows["region.51"]["state"]
    assert ["good"] == rows["region.51"]["modules"]


def test_check_finds_rules_that_contradict_each_other(run):
    """Packs that load well may still not agree: the line to add is printed."""
    install(run.folder, "pack-nation", "region.ID", pack("ID"))
    install(run.folder, "pack-ntt", "region.53", pack("53"))
    result = run("--check")

    assert 1 == result.exit_code
    assert 'replaces="needs:box/station@ID' in result.output


def test_ten_broken_plugins_are_listed_with_their_fixes(run):
    """Each with its phase, its cause and what to do; the good ones are ready."""
    install_all(run.folder)
    result = run("--check", "--json")
    found = json.loads(result.stdout)
    states = {row["name"]: row["state"] for row in found["plugins"]}

    assert 1 == result.exit_code
    for entry, _, phase, _ in BROKEN.values():
        failures = [f for f in found["failures"] if f["plugin"] == entry]
        assert phase.value in {f["phase"] for f in failures}
        assert all(f["fix"] for f in failures)
        assert "failed" == states[entry]
    assert {"ready"} == {states[f"region.{code}"] for code in ("ID", "51", "52")}


def test_plugins_can_be_asked_for_by_hook(run):
    """Only those that answer it."""
    install(run.folder, "pack-nation", "region.ID", pack("ID"))
    found = json.loads(run("--json", "--hook", "silog_needs_rules").stdout)

    assert ["region.ID"] == [row["name"] for row in found["plugins"]]


def test_hooks_are_listed(run):
    """Every hook with its arguments, and how answers combine."""
    text, data = run("--hooks").output, json.loads(run("--hooks", "--json").stdout)

    assert set(SPECS) == {row["name"] for row in data}
    assert "silog_leg_closures(year)" in text
    assert "combine: all; when it fails: withhold" in text
