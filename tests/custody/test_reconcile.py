"""Everything that was made is accounted for, to the sheet."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custody_world import BALLOT, CLERK, REGENCY, VOTE_S, WATCHER, honest, stations
from silog_core.custody.accounts import Account
from silog_core.custody.fold import state_of
from silog_core.custody.reconcile import reconcile
from silog_core.custody.tallies import by_region, tallies_of
from silog_core.domain.custody_events import Count, Event, Measure, Quantity
from silog_core.domain.custody_kinds import Kind
from silog_core.domain.demand import Commodity

#: Published for Sumatera Utara: governor 2024 and president 2024.
PUBLISHED = {
    "ballot-governor": {"received": 11_056_869, "used": 5_953_676, "spoiled": 5_728, "unused": 5_097_465},
    "ballot-president": {"received": 11_091_238, "used": 8_149_788, "spoiled": 10_422, "unused": 2_931_028},
}  # fmt: skip


def _accounts(item, totals, count):
    """Share *totals* out to stations, unevenly, so that each of them closes."""
    left = dict(totals)
    found = []
    for at, station in enumerate(stations(count)):
        last = at == count - 1
        share = {
            name: left[name] if last else left[name] * (at % 7 + 1) // (8 * (count - at))
            for name in ("used", "spoiled", "unused")
        }
        for name, pieces in share.items():
            left[name] -= pieces
        counts = [(Measure(name), pieces) for name, pieces in share.items()]
        counts += [(Measure.RECEIVED, sum(share.values())), (Measure.VALID, share["used"])]
        counts += [(Measure.SIGNATURES, share["used"])]
        found.append(
            Account(
                place=station, commodity=Commodity(item=item, area="12"), counts=tuple(counts)
            )
        )
    return found


@pytest.mark.parametrize("item", PUBLISHED)
def test_published_totals_close(item):
    """The sheets that the province published add up, station by station and in all (8, 38)."""
    tallies = tallies_of(_accounts(item, PUBLISHED[item], 1000))
    province = by_region(tallies)["12", item]

    assert PUBLISHED[item] == {name: getattr(province, name) for name in PUBLISHED[item]}
    assert all(tally.closes and tally.use_closes for tally in tallies)


@given(
    st.integers(1, 40),
    st.dictionaries(st.sampled_from(["used", "spoiled", "unused"]), st.integers(0, 10**7)),
)
def test_every_level_is_the_sum_of_the_one_below(count, drawn):
    """Aggregates are sums of their parts, at every level (5, 8)."""
    totals = {"used": 0, "spoiled": 0, "unused": 0, **drawn}
    tallies = tallies_of(_accounts("b", totals, count))
    for level in ("country", "province", "regency", "subdistrict", "village", "station"):
        rows = [t for t in tallies if t.level == level]

        assert sum(totals.values()) == sum(t.received for t in rows)
        assert count == sum(t.stations for t in rows)


def test_an_honest_record_reconciles():
    """All that was produced is in boxes or loose, every box is back, every sheet counted."""
    found = reconcile(honest(12), after_h1=True, after_return=True)

    assert () == found.problems
    assert found.closes
    assert 12 == found.boxes_out == found.boxes_back
    (row,) = found.whereabouts
    assert 1200 == row.produced == row.in_boxes == row.found
    assert 1200 == found.tally("ballot").received == found.tally("ballot", "12.71").received


def _replace(events, kind, **changes):
    done = False
    for event in events:
        if event.kind is kind and not done:
            done = True
            yield attrs.evolve(
                event, **{k: v(event) if callable(v) else v for k, v in changes.items()}
            )
        else:
            yield event


def _recount(**changes):
    def counts(event):
        return [
            Count(c.commodity, c.measure, changes.get(c.measure.value, c.pieces))
            for c in event.counts
        ]

    return counts


FAULTS = {
    "not-accounted": (Kind.COUNTED, {"counts": _recount(unused=0)}),
    "use-does-not-add-up": (Kind.COUNTED, {"counts": _recount(valid=0)}),
    "more-used-than-voters": (Kind.COUNTED, {"counts": _recount(**{"voters-listed": 3})}),
    "received-differs": (Kind.COUNTED, {"counts": _recount(received=99, unused=23)}),
    "receipt-does-not-add-up": (Kind.RECEIVED, {"counts": _recount(good=7)}),
    "more-than-before": (Kind.SHIPPED, {"quantities": (Quantity(BALLOT, 9999, "LOT-1"),)}),
    "negative-stock": (Kind.KITTED, {"quantities": (Quantity(BALLOT, 9999, "LOT-1"),)}),
}


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_is_found(code):
    """One number changed is one problem of that code (8 to 12)."""
    kind, changes = FAULTS[code]
    found = reconcile(_replace(honest(3), kind, **changes))

    assert code in {problem.code for problem in found.problems}


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 1000),
    st.integers(0, 50),
    st.integers(0, 50),
    st.integers(0, 1000),
    st.integers(0, 1000),
)
def test_receipts_add_up_or_are_told(note, surplus, shortage, good, damaged):
    """Note plus surplus less shortage is counted; counted is good and damaged (10)."""
    total = good + damaged
    receipt = next(e for e in honest(1) if e.kind is Kind.RECEIVED)
    numbers = {
        Measure.NOTE: note,
        Measure.SURPLUS: surplus,
        Measure.SHORTAGE: shortage,
        Measure.GOOD: good,
        Measure.DAMAGED: damaged,
    }
    event = attrs.evolve(
        receipt,
        quantities=(Quantity(BALLOT, total, "L"),) if total else (),
        counts=[Count(BALLOT, measure, pieces) for measure, pieces in numbers.items()],
    )
    fine = note + surplus - shortage == total and not (surplus and shortage)
    told = {p.code for p in state_of([event]).problems}

    assert fine == ("receipt-does-not-add-up" not in told)
    assert (fine and shortage > 0) == ("short-receipt" in told)


def test_what_is_short_or_on_top_keeps_the_sum():
    """Shortage stays in transit, surplus counts as made: pieces are conserved (12)."""
    for measure, change in ((Measure.SHORTAGE, -20), (Measure.SURPLUS, 20)):
        counts = (
            Count(BALLOT, Measure.NOTE, 300),
            Count(BALLOT, measure, 20),
            Count(BALLOT, Measure.COUNTED, 300 + change),
        )
        events = _replace(
            honest(3, until="received"),
            Kind.RECEIVED,
            quantities=(Quantity(BALLOT, 300 + change, "LOT-1"),),
            counts=counts,
        )
        found = reconcile(events)
        (row,) = found.whereabouts

        assert row.found == row.produced + row.surplus
        assert (20 if change < 0 else 0) == row.in_transit


def _destroyed(pieces):
    return Event(
        device="d-end",
        sequence=1,
        kind="destroyed",
        time_s=VOTE_S - 86_400,
        place=REGENCY,
        author=CLERK,
        witnesses=(WATCHER,),
        document="BA-MUSNAH",
        reason="surplus",
        quantities=(Quantity(BALLOT, pieces, "LOT-1"),),
    )


@pytest.mark.parametrize("pieces", [0, 10, 200])
def test_surplus_is_destroyed_the_day_before(pieces):
    """Good ballots are packed or destroyed; none lies loose after H-1 (11)."""
    events = [
        e
        for e in honest(5)
        if "001-003" not in e.container
        and not any("1001-003" in u for u in e.units)
        and "1001-003" not in e.place
    ]
    events += [_destroyed(pieces)] if pieces else []
    found = reconcile(events, after_h1=True)
    left = 100 - pieces

    assert ("loose-ballots" in {p.code for p in found.problems}) == (left > 0)
    assert ("negative-stock" in {p.code for p in found.problems}) == (left < 0)
    assert () == reconcile(events, after_h1=True, reserve=["ballot"]).problems or left < 0


def test_a_box_that_stays_away_is_told():
    """Boxes out are boxes back and open incidents (25)."""
    box = f"BOX-{stations(1)[0]}"
    way_back = {Kind.RETURNED_HUB, Kind.RETURNED_REGENCY, Kind.ARCHIVED}
    events = [e for e in honest(3) if not (box in e.units and e.kind in way_back)]
    found = reconcile(events, after_return=True)
    incident = Event(
        device="i",
        sequence=1,
        kind="incident",
        time_s=VOTE_S + 86_400,
        place=REGENCY,
        author=CLERK,
        reason="boat lost",
        units=(box,),
    )
    explained = reconcile([*events, incident], after_return=True)

    assert [box] == [p.subject for p in found.problems if p.code == "box-not-back"]
    assert () == explained.problems
    assert explained.boxes_out == explained.boxes_back + explained.boxes_in_incidents == 3


def test_stated_totals_are_held_against_the_sum():
    """A published total that is not the sum of its stations is told (8)."""
    right = {("12", "ballot"): {"received": 300}, ("12.71", "ballot"): {"used": 225}}
    wrong = {("12", "ballot"): {"received": 301}}

    assert () == reconcile(honest(3), stated=right).problems
    assert ["sum-differs"] == [p.code for p in reconcile(honest(3), stated=wrong).problems]


def test_a_transfer_leaves_the_total():
    """What one station gives another receives, in one event, and never more than it has (13)."""
    giver, taker = stations(2)
    events = [e for e in honest(2) if e.kind is not Kind.COUNTED]
    before = state_of(events)

    def moved(pieces):
        from custody_world import committees

        return Event(
            device="x",
            sequence=1,
            kind="transferred",
            time_s=VOTE_S + 9,
            place=giver,
            destination=taker,
            author=committees(giver)[2],
            giver=committees(giver)[2],
            receiver=committees(taker)[2],
            witnesses=(WATCHER,),
            document="BA-P",
            quantities=(Quantity(BALLOT, pieces),),
        )

    after = state_of([*events, moved(10)])

    assert sum(before.packed.values()) == sum(after.packed.values())
    assert (90, 110) == (after.packed[giver, BALLOT], after.packed[taker, BALLOT])
    assert "donor-left-short" in {p.code for p in state_of([*events, moved(101)]).problems}
