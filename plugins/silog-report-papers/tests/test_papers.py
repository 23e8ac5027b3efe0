"""Papers say what the plan says."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

import silog_core as silog
from silog_core.cli.main import cli
from silog_core.testing import SectionSuite
from silog_core.testing.worlds import small_world
from silog_report_papers.delivery_note import delivery_note
from silog_report_papers.plugin import silog_report_sections


class TestDispatchList(SectionSuite):
    def spec(self):
        return silog_report_sections()[0]


@pytest.fixture(scope="module")
def plan():
    return small_world().plan


def test_a_note_lists_every_kit_of_its_trip(plan):
    """Each kit is one line to tick."""
    for trip in plan.trips:
        note = delivery_note(plan, trip)
        ticks = sum(len(stop.kits) + len(stop.loads) for stop in trip.stops)

        assert ticks == note.count("- [ ]")
        assert trip.id in note


def test_a_note_has_three_signatures_for_each_stop(plan):
    """Who gives, who takes and who supervises sign at every hand-over."""
    trip = plan.trips[0]
    note = delivery_note(plan, trip, "en")

    for who in ("Handed over by", "Taken over by", "Supervisor"):
        assert len(trip.stops) == note.count(f"| {who} | |")


def test_the_command_writes_a_file_for_each_trip(plan, tmp_path):
    """`silog papers` is found among the commands and fills a folder."""
    silog.write_plan(plan, tmp_path / "plan")
    done = CliRunner().invoke(
        cli, ["papers", str(tmp_path / "plan"), "--out", str(tmp_path / "papers")]
    )
    wanted = {f"{t.id}.md" for t in plan.trips if t.echelon == "warehouse-hub"}

    assert 0 == done.exit_code, done.output
    assert wanted == {p.name for p in (tmp_path / "papers").iterdir()}
