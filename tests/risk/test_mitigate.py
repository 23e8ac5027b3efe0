"""A mitigation's gain is what simulation on the same draws says, and nothing else."""

from __future__ import annotations

import attrs
import pytest

from silog_core.domain.mitigation_results import MitigationResult
from silog_core.domain.places import PlaceKind
from silog_core.errors import FieldError, RiskError
from silog_core.planning.check import check_plan
from silog_core.risk.mitigate import evaluate_mitigations
from silog_core.risk.mitigation_options import (
    depart_earlier,
    lend_vehicles,
    prepared,
    second_warehouse,
)
from silog_core.risk.mitigation_prices import PRICES
from silog_core.risk.simulate import simulate
from silog_core.risk.unlikely import unlikely
from silog_core.testing.worlds import small_world
from small_world import BOOK, fleet, planned, world

WORLD = small_world()
RUN = {"draws": 400, "seed": 7, "due_s": -30_000}
#: Two warehouses; the first serves two hubs.
TWO = ((((300,),), ((250,),)), (((400,),),))


def results(**more):
    changes = [
        depart_earlier(WORLD.scenario, WORLD.plan, "12.01"),
        *prepared(WORLD.scenario, "12.01", cost_rupiah=5),
    ]
    return evaluate_mitigations(
        WORLD.scenario, WORLD.plan, changes, replan=lambda s: WORLD.plan, **RUN, **more
    )


def test_gain_is_the_difference_of_two_simulations():
    """Each result carries both; its gain is read off them, and the best comes first."""
    found = results()

    assert simulate(WORLD.plan, scenario=WORLD.scenario, **RUN) == found[0].before
    for result in found:
        change = result.before.late_stations_milli - result.after.late_stations_milli
        assert change == result.gain_stations_milli
        assert result.gain_stations_milli >= 0
    assert sorted(found, key=lambda r: r.rank) == list(found)
    assert found[0].gain_voters_milli > 0


def test_each_gain_is_that_of_the_changed_plan_played_again():
    """What is reported is what whoever plays the changed plan finds; a promise is not."""
    proposals = (
        depart_earlier(WORLD.scenario, WORLD.plan, "12.01"),
        *prepared(WORLD.scenario, "12.01"),
    )
    by_message = {p.message: p for p in proposals}
    found = evaluate_mitigations(
        WORLD.scenario, WORLD.plan, proposals, replan=lambda s: WORLD.plan, **RUN
    )

    def holds(result):
        change = by_message[result.message]
        again = simulate(
            change.plan or WORLD.plan, scenario=WORLD.scenario, reliefs=change.reliefs, **RUN
        )
        return result.after == again

    assert all(holds(result) for result in found)
    # One that takes the gain of another, or none at all, would be noticed.
    assert found[0].after != found[-1].after
    assert not holds(attrs.evolve(found[0], after=found[-1].after))
    assert not holds(attrs.evolve(found[0], after=found[0].before))


def test_every_change_has_a_price_with_its_ground():
    """Of all six of the list: what they cost, and where the figure comes from."""
    scenario = world(TWO)
    one, two = (p.code for p in scenario.of_kind(PlaceKind.WAREHOUSE))
    counted = attrs.evolve(scenario, fleet=(fleet(one, count=1), fleet(two, count=3)))
    changes = [
        *prepared(WORLD.scenario, "12.01"),
        depart_earlier(WORLD.scenario, WORLD.plan, "12.01", days=2),
        second_warehouse(scenario, one),
        *lend_vehicles(counted, one),
    ]

    assert set(PRICES) == {p.mitigation for p in changes}
    assert all(p.cost_rupiah > 0 and "estimate" in p.price_source for p in changes)
    assert 2 * PRICES["depart-earlier"].rupiah == changes[6].cost_rupiah
    found = results()[0]
    assert found.price_source


def test_a_gain_on_other_draws_cannot_be():
    """A simulation of other draws, another seed or another model is refused."""
    one, other = (simulate(WORLD.plan, draws=50, seed=seed) for seed in (1, 2))
    result = {"mitigation": "m", "message": "m", "message_id": "m", "cost_rupiah": 0}

    with pytest.raises(FieldError):
        MitigationResult(before=one, after=other, **result)
    with pytest.raises(FieldError):
        results(before=one)


def test_no_field_holds_a_gain():
    """There is nothing in a result that could be a gain without a simulation."""
    names = {a.name for a in attrs.fields(MitigationResult)}

    assert not {name for name in names if "gain" in name or "residual" in name}


def test_leaving_earlier_helps_in_every_draw():
    """Draw by draw, on the same shocks, nobody is later who left earlier."""
    first = next(r for r in results() if r.mitigation == "depart-earlier")

    assert all(
        a >= b
        for a, b in zip(first.before.late_stations, first.after.late_stations, strict=True)
    )


def test_leaving_earlier_takes_the_goods_along():
    """The plan that is proposed is sound: no packing of what has not come."""
    change = depart_earlier(WORLD.scenario, WORLD.plan, "12.01", days=2)

    assert [] == list(check_plan(WORLD.scenario, change.plan))
    assert change.plan.trips[0].depart_s == WORLD.plan.trips[0].depart_s - 2 * 86_400


def test_what_is_prepared_says_where():
    """Every option has both languages, a price, and holds in its region alone."""
    for proposal in prepared(WORLD.scenario, "12.01", cost_rupiah=5):
        assert proposal.message != proposal.message_id
        assert 5 == proposal.cost_rupiah
        assert {"12.01"} == {str(r.scope) for r in proposal.reliefs}
        assert proposal.changes(WORLD.scenario, WORLD.plan)


def test_a_second_warehouse_makes_a_sound_plan():
    """Planned again, half of the hubs hang on it, and nothing is lost."""
    scenario = world(TWO)
    code = scenario.of_kind(PlaceKind.WAREHOUSE)[0].code
    changed = second_warehouse(scenario, code).scenario
    plan = planned(changed, BOOK)

    assert [] == list(check_plan(changed, plan))
    assert () == plan.unserved
    assert 3 == len(changed.of_kind(PlaceKind.WAREHOUSE))
    with pytest.raises(RiskError):
        second_warehouse(scenario, scenario.of_kind(PlaceKind.WAREHOUSE)[1].code)


def test_lending_keeps_the_number_of_vehicles():
    """One truck changes hands: the lender keeps one, the sum stays."""
    scenario = world(TWO)
    one, two = (p.code for p in scenario.of_kind(PlaceKind.WAREHOUSE))
    scenario = attrs.evolve(scenario, fleet=(fleet(one, count=1), fleet(two, count=3)))
    proposal = next(lend_vehicles(scenario, one))

    assert [2, 2] == [e.count for e in proposal.scenario.fleet]
    assert [] == list(lend_vehicles(scenario, two))


def test_unlikely_stations_are_found_at_their_warehouse():
    """Below the chance asked for there is a finding, and above it none."""
    found = simulate(WORLD.plan, scenario=WORLD.scenario, **RUN)
    finding = next(unlikely(WORLD.scenario, found, below_ppm=1_000_000))

    assert ("12.01", 4) == (finding.place, finding.stations)
    assert finding.message != finding.message_id
    assert [] == list(unlikely(WORLD.scenario, found, below_ppm=0))
