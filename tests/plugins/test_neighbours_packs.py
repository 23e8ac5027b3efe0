"""A failed pack of another province stops its own province, and no plan of ours."""

from __future__ import annotations

from datetime import date

import pytest

import silog_core as silog
import silog_region_id.plugin
from silog_core.errors import RegionWithheldError
from silog_core.session import Session
from silog_core.testing import plugin_module


def _fail():
    """Fail, as a pack may."""
    raise RuntimeError("the tide table is lost")


BROKEN = plugin_module("31", name="broken_31", silog_leg_closures=_fail)


def _place(code, kind, region, parent="", **more):
    return silog.Place(
        code=code, kind=kind, region=region, parent=parent, lat_microdeg=600_000,
        lon_microdeg=97_800_000, **more,
    )  # fmt: skip


def _scenario(root):
    village = f"{root}.01.01.2001"
    places = (
        _place("31-S1", "supplier", "31"),
        _place(f"{root}.01-W1", "warehouse", f"{root}.01", "31-S1"),
        _place(f"{root}.01.01", "hub", f"{root}.01.01", f"{root}.01-W1"),
        _place(village, "village", village, f"{root}.01.01"),
        _place(f"{village}-001", "station", village, village, voters=300),
    )
    contest = silog.Contest(code="governor", item="ballot-governor", area_level="province")
    election = silog.Election(
        kind="pilkada", voting_day=date(2024, 11, 27), root=root, contests=(contest,)
    )
    return silog.Scenario(title="t", election=election, places=places)


def _session():
    return Session(plugins=[("region.ID", silog_region_id.plugin), ("region.31", BROKEN)])


def test_a_suppliers_province_does_not_stop_ours():
    """The plan is made, and says whose rules it lacks."""
    with _session() as session:
        plan = session.plan(_scenario("12"))

    assert ("region.31",) == plan.provenance.accepted_degraded


def test_its_own_province_is_withheld():
    """Where the pack speaks for the plan's region, no plan is made."""
    with _session() as session, pytest.raises(RegionWithheldError):
        session.plan(_scenario("31"))
