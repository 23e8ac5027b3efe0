"""The tutorial's pack is a good one, in both languages."""

from __future__ import annotations

import re
import sys
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

import silog_region_id.plugin
from silog_core.domain.legs import Mode
from silog_core.domain.regions import RegionCode
from silog_core.session import Session
from silog_core.testing import RegionSuite

DOCS = Path(__file__).parents[2] / "docs"
PAGES = (DOCS / "region-pack.md", DOCS / "id" / "paket-wilayah.md")
_BLOCK = re.compile(r"<!-- file: plugin.py -->\n```python\n(.*?)\n```", re.DOTALL)


def _code(page):
    return _BLOCK.search(page.read_text(encoding="utf-8"))[1]


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    """Import the pack that the tutorial writes."""
    path = tmp_path_factory.mktemp("pack") / "tutorial_pack.py"
    path.write_text(_code(PAGES[0]), encoding="utf-8")
    spec = spec_from_file_location("tutorial_pack", path)
    module = module_from_spec(spec)
    sys.modules["tutorial_pack"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["tutorial_pack"]


@pytest.fixture(scope="module")
def book(pack):
    """Build the rule book of the country and the tutorial's province."""
    plugins = [("region.ID", silog_region_id.plugin), ("region.53", pack)]
    with Session(plugins=plugins) as session:
        yield session.rule_book("pilkada", date(2024, 11, 27), "53")
        assert () == session.failures


def test_both_languages_write_the_same_pack():
    """The code does not depend on the reader's language."""
    assert _code(PAGES[0]) == _code(PAGES[1])


def test_the_rate_holds_in_the_province(book):
    """Twelve cable ties a station, and the explanation names both rates."""
    region = RegionCode.parse("53.71")

    assert 12 == book.needs_rule("needs:cable-tie/station", region).quantity
    assert "@ID" in str(book.explain("needs:cable-tie/station", region))


def test_rules_of_travel_hold_where_they_are_said(book):
    """Boats stay in port in January, big trucks off Sumba's bridges."""

    closed = book.closures(Mode.BOAT, RegionCode.parse("53.01"))
    assert any(c.holds(month=1, weekday=0, hour=9) for c in closed)
    assert 4_000_000 == book.vehicle_limit(Mode.ROAD, RegionCode.parse("53.11"))[0]


def test_the_pack_passes_the_suite(pack, monkeypatch):
    """Every law of a region pack holds for it."""
    # One law imports the pack in a process of its own.
    monkeypatch.setenv("PYTHONPATH", str(Path(pack.__file__).parent))

    class Suite(RegionSuite):
        plugin = pack
        name = "region.53"
        around = (("region.ID", silog_region_id.plugin),)

    laws = [getattr(Suite(), name) for name in dir(Suite) if name.startswith("test_")]

    assert len(laws) > 5
    for law in laws:
        law()
