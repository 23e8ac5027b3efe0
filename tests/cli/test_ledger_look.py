"""``silog ledger progress`` and ``where`` hold the record against a plan."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import attrs
import pytest
from click.testing import CliRunner

from custody_planned import BOX, KITS, LATER, PLANNED
from custody_world import honest, renumbered
from silog_core.cli.main import cli
from silog_core.custody.export_jsonl import events_jsonl
from silog_core.domain.custody_kinds import Kind
from silog_core.io.plan_folder import write_plan
from silog_core.testing.worlds import small_world

ENV = {"SILOG_PLUGINS": "region.ID", "SILOG_LANG": "en"}


def silog(*words):
    """Run the program in this process."""
    return CliRunner().invoke(cli, ["ledger", *map(str, words)], env=ENV)


def _at(moment_s):
    return datetime.fromtimestamp(moment_s, UTC).isoformat()


@pytest.fixture
def record(tmp_path):
    """Return what makes a ledger of events, and the folder of the plan."""
    plan = attrs.evolve(small_world().plan, handovers=())
    write_plan(plan, tmp_path / "plan")

    def made(events):
        path = tmp_path / "r.db"
        named = [attrs.evolve(e, device=e.device.replace(" ", "-")) for e in events]
        (tmp_path / "e.jsonl").write_bytes(b"".join(events_jsonl(renumbered(named))))
        silog("init", path, "--origin", "silog/12.01")
        assert 0 == silog("import", path, tmp_path / "e.jsonl").exit_code
        return path

    return made, tmp_path / "plan"


def test_where_says_what_is_next_until_when_and_why_it_is_late(record):
    """The next step of the plan, with place, roles and moment; its lateness explained."""
    make, plan = record
    sent = next(e for e in PLANNED if e.kind is Kind.DISPATCHED and BOX in e.units)
    ledger = make([e for e in PLANNED if e.order <= sent.order])
    step = next(s for s in KITS[0].steps if s.kind is Kind.RECEIVED_HUB)

    def looked(moment_s):
        done = silog("where", ledger, BOX, "--plan", plan, "--at", _at(moment_s), "--json")
        return json.loads(done.stdout)["next"]

    early, late = looked(step.due_s), looked(step.due_s + 7200)

    assert ("Received by the subdistrict", step.place, 0) == (
        early["step"],
        early["place"],
        early["late_h"],
    )
    assert (2, "nothing was ever recorded at " + step.place) == (late["late_h"], late["why"])
    text = silog("where", ledger, BOX, "--plan", plan, "--lang", "id").stdout
    assert "berikutnya:\n  langkah: Diterima PPK" in text


def test_progress_raises_alerts_against_the_plan(record):
    """As planned there is none; a box that is not back is late and its office silent."""
    make, plan = record
    gone = [e for e in PLANNED if not (e.kind is Kind.RETURNED_REGENCY and BOX in e.units)]
    ledger = make(PLANNED)
    fine = silog("progress", ledger, "--plan", plan, "--at", _at(LATER))

    assert 0 == fine.exit_code, fine.output
    ledger.unlink()
    missing = silog("progress", make(gone), "--plan", plan, "--at", _at(LATER))
    assert 1 == missing.exit_code
    assert "[late] " + BOX in missing.stdout
    assert "[silent] 12.01" in missing.stdout
    assert "right time\t3/4\t75%" in missing.stdout


def test_a_station_shows_all_its_boxes(record):
    """A code of a station names its boxes; a carton is found by its own code."""
    make, _plan = record
    events = [
        attrs.evolve(e, units=("C-1",)) if e.kind in {Kind.SHIPPED, Kind.RECEIVED} else e
        for e in honest(2)
    ]
    ledger = make(events)
    station = next(e for e in events if e.kind is Kind.KITTED).destination
    boxes = json.loads(silog("where", ledger, station, "--json").stdout)
    carton = json.loads(silog("where", ledger, "C-1", "--json").stdout)

    assert [f"BOX-{station}"] == [box["unit"] for box in boxes]
    assert boxes[0]["next"] is None
    assert ("SJ-1", "12.71") == (carton["note"], carton["place"])
