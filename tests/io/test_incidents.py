"""Incident files with what a court orders, lots that are short, losses and loans."""

from __future__ import annotations

import pytest

from silog_core.domain.incidents import (
    AddedStation,
    GoodsLost,
    LendingApproved,
    LotShort,
    ReVote,
    StationsAdded,
)
from silog_core.domain.problems import ScenarioError
from silog_core.io.incidents import read_incidents
from silog_core.testing.worlds import VOTING_DAY

DAY_S = 86_400
GOOD = """
[[incident]]
kind = "lot-short"
id = "short"
known_at = 2024-11-24T00:00:00
place = "P"
item = "ink"
lot = "a"
quantity = 0

[[incident]]
kind = "goods-lost"
id = "fire"
known_at = 2024-11-24T00:00:00
place = "12.01"
items = ["ink"]

[[incident]]
kind = "stations-added"
id = "court"
known_at = 2024-11-24T00:00:00

[[incident.added]]
station = "12.01.01.1001-009"
voters = 187
lat = 3.5
lon = 98.6

[[incident]]
kind = "lending-approved"
id = "loan"
known_at = 2024-11-24T00:00:00
donor = "12.02"
receiver = "12.01"
item = "ink"
quantity = 12
document = "BA 41/2024"
approver = "KPU"

[[incident]]
kind = "re-vote"
id = "psu"
known_at = 2024-11-28T00:00:00
stations = ["12.01.01.1001-002", "12.01.01.1001-001"]
contests = ["regent"]
day = 2024-12-05
"""
WRONG = """
[[incident]]
kind = "lot-short"
known_at = 2024-11-24T00:00:00
place = "P"
item = "ink"
quantity = -1

[[incident]]
kind = "stations-added"
known_at = 2024-11-24T00:00:00

[[incident]]
kind = "goods-lost"
known_at = 2024-11-24T00:00:00

[[incident]]
kind = "re-vote"
known_at = 2024-11-28T00:00:00
stations = []
day = 2024-11-27

[[incident]]
kind = "re-vote"
known_at = 2024-11-28T00:00:00
stations = ["12.01.01.1001-001"]
"""


def test_each_kind_is_read(tmp_path):
    """Quantities, places, added stations with their position, and the paper of a loan."""
    (tmp_path / "what.toml").write_text(GOOD, encoding="utf-8")
    known = {"known_at_s": -3 * DAY_S}

    assert (
        LotShort(id="short", place="P", item="ink", lot="a", quantity=0, **known),
        GoodsLost(id="fire", place="12.01", items=("ink",), **known),
        StationsAdded(
            id="court",
            stations=(
                AddedStation(
                    station="12.01.01.1001-009", voters=187, lat_microdeg=3_500_000,
                    lon_microdeg=98_600_000,
                ),
            ),
            **known,
        ),
        LendingApproved(
            id="loan", donor="12.02", receiver="12.01", item="ink", quantity=12,
            document="BA 41/2024", approver="KPU", **known,
        ),
        ReVote(
            id="psu", known_at_s=DAY_S, contests=("regent",), day_s=8 * DAY_S,
            stations=("12.01.01.1001-001", "12.01.01.1001-002"),
        ),
    ) == read_incidents(tmp_path / "what.toml", VOTING_DAY)  # fmt: skip


def test_every_fault_is_named(tmp_path):
    """A negative quantity, nothing added, neither place nor trip, no day or station of a vote."""
    (tmp_path / "what.toml").write_text(WRONG, encoding="utf-8")

    with pytest.raises(ScenarioError) as caught:
        read_incidents(tmp_path / "what.toml", VOTING_DAY)

    assert 6 == len(caught.value.problems)
