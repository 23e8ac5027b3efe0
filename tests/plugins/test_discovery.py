"""Discovery is sorted, imports nothing, and a session imports its own lineage only."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import EntryPoint

import pytest

from installed import install, pack
from silog_core.plugins.discovery import discover
from silog_core.plugins.facade import PluginHost


def point(name, value="not_there", group="silog.v1"):
    return EntryPoint(name=name, value=value, group=group)


def test_points_are_sorted_and_not_imported():
    """Names tell all that is needed at this stage."""
    found = discover([point("region.53"), point("region.12"), point("store.x")])

    assert ["region.12", "region.53", "store.x"] == [n.text for n in found.points]
    assert () == found.failures


def test_duplicates_are_both_left_out():
    """Whichever is first on this machine: the order of folders decides nothing."""
    found = discover([point("region.53", "a"), point("region.53", "b"), point("region.12")])

    assert ["region.12"] == [n.text for n in found.points]
    assert 2 == len(found.failures)
    assert "a, b" in found.failures[0].cause


def test_another_hook_api_is_named_and_not_imported():
    """A plugin for the next major version is seen, and its region withheld."""
    (failure,) = discover([point("region.53", group="silog.v2")]).failures

    assert "silog.v2" in failure.cause
    assert ["53"] == [str(r) for r in failure.withholds]


@pytest.mark.parametrize("name", ["ntt", "planet.mars", "region.5"])
def test_a_name_that_says_no_kind_is_a_failure(name):
    """It is named, and nothing of it is imported."""
    (failure,) = discover([point(name)]).failures

    assert name in failure.cause
    assert () == failure.withholds


def test_plugins_are_chosen_by_name():
    """Only those asked for, less those left out; what is missing is a failure."""
    points = [point("region.12"), point("region.53"), point("store.x")]
    found = discover(points, only=["region.12", "region.99", "store.x"], disabled=["store.x"])

    assert ["region.12"] == [n.text for n in found.points]
    assert ["region.99"] == [f.plugin for f in found.failures]
    assert ("store.x",) == found.blocked


def test_a_kind_is_imported_when_it_is_asked():
    """Asking for stores leaves solvers on the disk."""
    host = PluginHost()
    host.discover([point("solver.x"), point("store.x"), point("region.53")])
    host.stores()

    assert ["region.53", "solver.x"] == [n.text for n in host.waiting]


COUNT = """
import sys
sys.path.insert(0, {root!r})
import silog_core.session
from importlib.metadata import distributions
from datetime import date
points = [p for d in distributions(path=[{root!r}]) for p in d.entry_points]
session = silog_core.session.Session(plugins=points)
book = session.rule_book("pilkada", date(2024, 11, 27), "11")
packs = sorted(m for m in sys.modules if m.startswith("pack_"))
print(*packs)
"""


def test_five_hundred_packs_cost_one_lineage(tmp_path):
    """A session for one province imports the country, itself and its regencies."""
    install(tmp_path, "pack-nation", "region.ID", pack("ID"))
    for number in range(1, 500):
        code = f"{11 + number // 30}.{1 + number % 30:02d}"
        body = pack(code, item=f"of-{code}")
        install(tmp_path, f"pack-{code.replace('.', '-')}", f"region.{code}", body)
    found = subprocess.run(
        [sys.executable, "-c", COUNT.format(root=str(tmp_path))],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert ["pack_11_02", "pack_11_03"] == found[:2]
    assert 30 == len(found)
