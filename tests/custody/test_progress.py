"""Progress never falls but by a correction, and is the same however events come."""

from __future__ import annotations

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from custody_world import CLERK, VOTE_S, honest, stations
from silog_core.custody.fold import CustodyFold
from silog_core.custody.progress import MILESTONES, Progress
from silog_core.domain.custody_events import Event
from silog_core.domain.custody_kinds import Kind, Stage

HONEST = honest(5)
EXPECTED = dict.fromkeys(stations(5), 1)
REGIONS = ("", "12", "12.71", "12.71.01", "12.71.01.1001", "12.71.01.1002", stations(1)[0])


def _percents(progress):
    return [progress.share(r, s).percent for r in REGIONS for s in MILESTONES]


@settings(max_examples=15, deadline=None)
@given(st.permutations(HONEST), st.integers(0, len(HONEST)))
def test_progress_only_grows(events, size):
    """From 0 to 100, never falling by a new event, in any order (36)."""
    fold = CustodyFold()
    progress = Progress(fold, EXPECTED)
    last = _percents(progress)
    for event in events[:size]:
        fold.add(event)
        now = _percents(progress)

        assert all(
            0 <= before <= after <= 100 for before, after in zip(last, now, strict=True)
        )
        last = now


@settings(max_examples=15, deadline=None)
@given(st.permutations(HONEST), st.data())
def test_projection_equals_a_replay(events, data):
    """Updated with each event, also corrections, it equals a full replay."""
    cut = data.draw(st.integers(0, len(events)))
    found = list(events[:cut])
    for at, old in enumerate(found[: data.draw(st.integers(0, 3))]):
        kind = data.draw(st.sampled_from([old.kind, Kind.WITHDRAWN]))
        found.append(
            attrs.evolve(
                old,
                device="fix",
                sequence=at + 1,
                kind=kind,
                recorded_s=VOTE_S * 2,
                corrects=old.id,
                reason="r",
            )
        )
    fold = CustodyFold()
    progress = Progress(fold, EXPECTED)
    fold.add_all(found)
    again = CustodyFold()
    again.add_all(sorted(found, key=lambda e: e.id))
    replay = Progress(again, EXPECTED)

    for level in ("country", "regency", "subdistrict", "village", "station"):
        assert replay.table(level) == progress.table(level)


def test_all_is_every_single_one():
    """100 % is said when every station acknowledged, and not one before (36)."""
    receipts = [e for e in HONEST if e.kind is Kind.RECEIVED_STATION]
    fold = CustodyFold()
    progress = Progress(fold, EXPECTED)
    fold.add_all(e for e in honest(5, until="received-village"))
    for event in receipts:
        assert progress.share("", Stage.AT_STATION).percent < 100
        fold.add(event)

    assert 100 == progress.share("", Stage.AT_STATION).percent
    assert 0 == progress.share("", Stage.IN_USE).percent


def test_a_withdrawal_lowers_it():
    """What was said by mistake is withdrawn, and counts no more."""
    fold = CustodyFold()
    progress = Progress(fold, EXPECTED)
    fold.add_all(honest(5, until="received-station"))
    last = next(e for e in HONEST if e.kind is Kind.RECEIVED_STATION)
    fold.add(
        Event(
            device="x",
            sequence=1,
            kind="withdrawn",
            time_s=VOTE_S * 2,
            place="12.71",
            author=CLERK,
            reason="wrong box",
            corrects=last.id,
        )
    )

    assert 80 == progress.share("", Stage.AT_STATION).percent
    assert 100 == progress.share("", Stage.AT_VILLAGE).percent


def test_table_has_every_region_and_stage():
    """Each subdistrict has a row for each milestone, summing to what is expected."""
    fold = CustodyFold()
    progress = Progress(fold, dict.fromkeys(stations(12), 2))
    table = progress.table("subdistrict")

    assert 2 * len(MILESTONES) == len(table)
    assert 24 == sum(row.expected for row in table if row.stage is Stage.AT_STATION)
    assert {0} == {row.reached for row in table}
