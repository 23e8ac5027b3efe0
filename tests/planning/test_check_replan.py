"""Each law of `check_replan` has a re-plan that breaks it, and is found by its name."""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest
from tests.small_world import BOOK, fleet, leg, planned, stocked, world

import silog_core.planning.check.replanned
from silog_core.domain.demand import Commodity
from silog_core.domain.incidents import Flooded, LotShort, ReVote, RoadCut
from silog_core.domain.plan import Shortfall
from silog_core.domain.stock import StockLot
from silog_core.planning.check import check_plan, check_replan
from silog_core.planning.replanning import replan

DAY_S = 86_400
SHAPE = ((((300, 400), (250,)), ((0, 599),)), (((200,), (100, 220)),))
LEGS = (
    leg("PRINTER", "PORT", "sea", km=100, hours=10),
    leg("PORT", "12.01", km=30, hours=2),
    leg("PORT", "12.02", km=30, hours=2),
    leg("12.02", "12.01", km=50, hours=3),
)
BOX = Commodity(item="box")


def _world():
    """Two regencies; the second one has boxes to lend, and seals are just enough."""
    scenario = stocked(world(SHAPE, port=True, legs=LEGS))
    spare = StockLot(place="12.02", item="box", quantity=3000, lot="spare")
    return attrs.evolve(scenario, stock=(*scenario.stock, spare)), planned(scenario)


SCENARIO, PLAN = _world()
#: Boxes fall short and are borrowed, seals fall short for good, and a road is cut.
INCIDENTS = (
    LotShort(id="boxes", known_at_s=-40 * DAY_S, place="PRINTER", item="box", lot="lot-0",
             quantity=5),
    LotShort(id="seals", known_at_s=-40 * DAY_S, place="PRINTER", item="seal", lot="lot-0",
             quantity=100),
    RoadCut(id="slide", known_at_s=-40 * DAY_S, from_s=-4 * DAY_S, until_s=-1,
            place="12.01.01.1002"),
)  # fmt: skip
ANSWER = replan(SCENARIO, BOOK, PLAN, INCIDENTS)
#: What had left when a cut became known later on stays as it is.
LATER = replan(SCENARIO, BOOK, PLAN, [attrs.evolve(INCIDENTS[2], known_at_s=-4 * DAY_S)])
OLD = {t.id: t for t in PLAN.trips}
AGAIN = ReVote(
    id="psu", known_at_s=DAY_S, stations=("12.01.01.1001-001",), contests=("regent",),
    day_s=7 * DAY_S,
)  # fmt: skip
NEXT = attrs.evolve(AGAIN, id="psu-2", stations=("12.01.01.1002-001",), day_s=8 * DAY_S)
#: One truck brings the kits of two villages that vote again, on one day and the next.
SMALL = world(((((9,), (7,)),),), legs=(leg("PRINTER", "12.01"),), fleet=(fleet("12.01.01"),))
FIRST = planned(SMALL)
REVOTE = replan(SMALL, BOOK, FIRST, [AGAIN, NEXT])
MUTANTS = {}


def mutant(code):
    """Register a damaged re-plan, with the one code that it has to be found by."""

    def register(change):
        MUTANTS[change.__name__] = (code, change)
        return change

    return register


# --- tools ---------------------------------------------------------------------


def with_plan(answer, **changes):
    """Return a re-plan whose plan is changed."""
    return attrs.evolve(answer, plan=attrs.evolve(answer.plan, **changes))


def with_trip(answer, trip):
    """Return a re-plan with another trip under the same id."""
    return with_plan(
        answer, trips=tuple(trip if t.id == trip.id else t for t in answer.plan.trips)
    )


def moved(answer):
    """Return a trip of a re-plan that is not as it was planned."""
    return next(t for t in answer.plan.trips if t.id in OLD and t != OLD[t.id])


# --- what had left, and what is different ----------------------------------------


@mutant("frozen-trip")
def a_trip_that_had_left_comes_home_later():
    """Nobody can change what is under way."""
    trip = OLD[LATER.frozen[0]]
    return LATER, with_trip(LATER, attrs.evolve(trip, back_s=trip.back_s + 60))


@mutant("frozen-trip")
def a_trip_that_had_left_is_gone():
    """What is under way does not vanish from the plan."""
    gone = LATER.frozen[0]
    trips = tuple(t for t in LATER.plan.trips if t.id != gone)
    return LATER, with_plan(LATER, trips=trips)


@mutant("frozen-list")
def a_trip_that_had_left_is_not_told():
    """The list of what had left is whole."""
    return LATER, attrs.evolve(LATER, frozen=LATER.frozen[1:])


@mutant("frozen-named")
def a_change_of_what_had_left():
    """A reason for something that nobody can do any more."""
    change = attrs.evolve(LATER.changes[0], what=LATER.frozen[0])
    return LATER, attrs.evolve(LATER, changes=(*LATER.changes, change))


@mutant("no-reason")
def a_change_that_nothing_explains():
    """A trip leaves at another time, and no change says so."""
    silent = moved(LATER).id
    changes = tuple(c for c in LATER.changes if c.what != silent)
    return LATER, attrs.evolve(LATER, changes=changes)


@mutant("no-reason")
def a_new_trip_that_nothing_explains():
    """A trip that nobody planned, and of which no change speaks."""
    trip = attrs.evolve(moved(ANSWER), id="L-X-001")
    return ANSWER, with_plan(ANSWER, trips=(*ANSWER.plan.trips, trip))


@mutant("no-incident")
def a_change_for_what_did_not_happen():
    """A reason that names an incident of which nobody told."""
    first, *rest = LATER.changes
    return LATER, attrs.evolve(LATER, changes=(attrs.evolve(first, incident="quake"), *rest))


@mutant("in-the-past")
def a_trip_that_leaves_before_it_is_known():
    """Nobody leaves because of what is not known yet."""
    trip = attrs.evolve(moved(LATER), depart_s=LATER.now_s - 60)
    return LATER, with_trip(attrs.evolve(LATER, now_s=trip.depart_s), trip)


@mutant("blocked")
def a_trip_through_the_slide():
    """A trip that is driven as planned, into a road that is cut."""
    village = "12.01.01.1002"
    hit = next(t for t in PLAN.trips if village in {s.place for s in t.stops})
    trips = {t.id: t for t in ANSWER.plan.trips} | {hit.id: hit}
    return ANSWER, with_plan(ANSWER, trips=tuple(trips.values()))


# --- stock and loans -------------------------------------------------------------


@mutant("short-lot")
def a_short_lot_that_gives_more():
    """Boxes that are not there are allocated all the same."""
    lines = tuple(
        attrs.evolve(x, quantity=x.quantity + 6) if x.lot == "lot-0" and x.commodity == BOX
        else x
        for x in ANSWER.plan.allocation.lines
    )  # fmt: skip
    allocation = attrs.evolve(ANSWER.plan.allocation, lines=lines)
    return ANSWER, with_plan(ANSWER, allocation=allocation)


def loan():
    """Return the loan of boxes."""
    return next(p for p in ANSWER.plan.lent if p.commodity == BOX)


@mutant("loan-paper")
def a_loan_without_a_document():
    """Boxes on a paper without a number."""
    papers = tuple(attrs.evolve(p, document="") for p in ANSWER.plan.lent)
    return ANSWER, with_plan(ANSWER, lent=papers)


@mutant("loan-paper")
def a_loan_that_nobody_approves():
    """Boxes on a paper without a signature."""
    papers = tuple(attrs.evolve(p, approver="") for p in ANSWER.plan.lent)
    return ANSWER, with_plan(ANSWER, lent=papers)


@mutant("loan-area")
def a_ballot_that_is_lent_out_of_its_area():
    """One regency's ballots are of no use in another one."""
    paper = attrs.evolve(loan(), commodity=Commodity(item="ballot-regent", area="12.01"))
    return ANSWER, with_plan(ANSWER, lent=(*ANSWER.plan.lent, paper))


@mutant("donor-short")
def a_donor_that_lacks_the_same():
    """Who lends boxes has all of its own first."""
    text = dict.fromkeys(("reason", "reason_id", "action", "action_id"), "a reason")
    gap = Shortfall(place="12.02.01", commodity=BOX, needed=2, served=1, code="supply", **text)
    return ANSWER, with_plan(ANSWER, shortfalls=(*ANSWER.plan.shortfalls, gap))


@mutant("no-loan")
def boxes_without_a_loan():
    """A warehouse gives to another one what is on no paper."""
    return ANSWER, with_plan(ANSWER, lent=())


@mutant("no-loan")
def more_boxes_than_on_the_paper():
    """A warehouse gives one piece more than is on paper."""
    papers = tuple(attrs.evolve(p, quantity=p.quantity - 1) for p in ANSWER.plan.lent)
    return ANSWER, with_plan(ANSWER, lent=papers)


# --- who is at risk --------------------------------------------------------------


@mutant("not-listed")
def a_station_that_nobody_is_told_of():
    """A station lacks seals, and is not on the list."""
    return ANSWER, attrs.evolve(ANSWER, at_risk=ANSWER.at_risk[1:])


@mutant("risk-order")
def the_fewest_voters_first():
    """The list begins with whom it touches least."""
    return ANSWER, attrs.evolve(ANSWER, at_risk=ANSWER.at_risk[::-1])


# --- the tests -------------------------------------------------------------------


@pytest.mark.parametrize("answer", [ANSWER, LATER], ids=["supply", "cut"])
def test_what_is_damaged_was_sound(answer):
    """Both checkers accept the re-plans that the mutants are made of."""
    assert [] == check_plan(answer.scenario, answer.plan)
    assert [] == check_replan(SCENARIO, PLAN, answer)
    assert answer.changes
    assert len({r.voters for r in ANSWER.at_risk}) > 1


@pytest.mark.parametrize("name", sorted(MUTANTS))
def test_a_fault_of_a_re_plan_is_found_and_named(name):
    """Each fault is found under its own code, and no other law is said to be broken."""
    code, change = MUTANTS[name]
    sound, broken = change()
    found = check_replan(SCENARIO, PLAN, broken)

    assert sound != broken
    assert {code} == {v.code for v in found}, [str(v) for v in found]
    assert all(v.where and v.text for v in found)


def test_every_law_of_a_re_plan_has_a_mutant():
    """No code of `check_replan` is without a re-plan that breaks it alone."""
    source = Path(silog_core.planning.check.replanned.__file__).read_text(encoding="utf-8")

    assert set(re.findall(r'code="([a-z-]+)"', source)) == {c for c, _ in MUTANTS.values()}


def test_a_re_vote_that_runs_into_a_flood_is_found():
    """Blocked: what was planned for dry roads does not hold on wet ones."""
    flood = Flooded(id="flood", known_at_s=DAY_S, from_s=DAY_S, places=("12.01.01.1002",))
    broken = attrs.evolve(REVOTE, incidents=(AGAIN, NEXT, flood))

    assert [] == check_replan(SMALL, FIRST, REVOTE)
    assert "blocked" in {v.code for v in check_replan(SMALL, FIRST, broken)}


def test_a_re_vote_with_a_truck_that_is_elsewhere_is_found():
    """Two-at-once: one truck does not go to two villages at the same time."""
    one, two = (t for t in REVOTE.plan.revote_trips if t.echelon == "hub-village")
    meets = attrs.evolve(two, depart_s=one.depart_s, unit=one.unit)
    trips = tuple(meets if t is two else t for t in REVOTE.plan.revote_trips)
    found = check_replan(SMALL, FIRST, with_plan(REVOTE, revote_trips=trips))

    assert "two-at-once" in {v.code for v in found}


def test_every_law_of_a_re_vote_has_a_mutant():
    """Each code of a re-vote is named by a test of re-votes, which damages one."""
    folder = Path(silog_core.planning.check.replanned.__file__).parent
    source = "".join(p.read_text(encoding="utf-8") for p in folder.glob("revote*.py"))
    tests = "".join(
        path.read_text(encoding="utf-8")
        for path in (Path(__file__), *Path(__file__).parent.glob("test_revote*.py"))
    )
    codes = set(re.findall(r'(?:_bad\(\s*|code=)"([a-z-]+)"', source))

    assert codes
    assert set() == {c for c in codes if f'"{c}"' not in tests}
