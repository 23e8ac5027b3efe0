"""Proposals answer what they say, and help when planned again."""

from __future__ import annotations

from functools import cache

import attrs

from silog_core.domain.findings import Severity
from silog_core.domain.legs import Mode
from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import Provenance
from silog_core.domain.vehicles import FleetEntry, Vehicle
from silog_core.planning.pipeline import make_plan
from silog_core.ports.check import Mitigation
from silog_core.risk.assess import assess
from silog_core.risk.mitigate import evaluate_mitigations, proposals_for
from silog_core.risk.simulate import simulate
from silog_core.risk.unlikely import unlikely
from silog_core.solvers.allocation import solve_allocation
from silog_core.solvers.routing import ruin_recreate
from silog_core.testing import MitigationSuite
from silog_core.testing.worlds import World, small_world
from silog_mitigations_basic.plugin import silog_mitigations


def _planned(scenario, book):
    return make_plan(
        scenario, book, allocation_solver=solve_allocation, routing_solver=ruin_recreate,
        assess=assess, provenance=Provenance(seed=1, rules_digest="", iterations=20),
    )  # fmt: skip


@cache
def short_world():
    """Return the small world with a supplier that lacks ten pieces of one lot."""
    base = small_world()
    full = base.scenario
    supplier = full.of_kind(PlaceKind.SUPPLIER)[0].code
    lots = _stock(base, supplier)
    poorer = (attrs.evolve(lots[0], quantity=max(0, lots[0].quantity - 10)), *lots[1:])
    scenario = attrs.evolve(full, stock=poorer)
    return World(scenario, base.book, _planned(scenario, base.book))


def _stock(world, supplier):
    from silog_core.domain.stock import StockLot

    total = {}
    for line in world.plan.allocation.lines:
        total[line.commodity] = total.get(line.commodity, 0) + line.quantity
    return [
        StockLot(place=supplier, item=w.item, area=w.area, quantity=n)
        for w, n in sorted(total.items(), key=lambda item: str(item[0]))
    ]


@cache
def one_truck_world():
    """Return the small world with one counted truck at the warehouse."""
    base = small_world()
    warehouse = base.scenario.of_kind(PlaceKind.WAREHOUSE)[0].code
    truck = Vehicle(
        type="truck", mode=Mode.ROAD, payload_g=5_000_000, volume_cm3=20_000_000,
        fixed_cost_rupiah=750_000,
    )  # fmt: skip
    fleet = (FleetEntry(vehicle=truck, home=warehouse, count=1),)
    scenario = attrs.evolve(base.scenario, fleet=fleet)
    return World(scenario, base.book, _planned(scenario, base.book))


def _finding(check, place):
    from silog_core.domain.findings import Finding

    return Finding(
        check=check, severity=Severity.BLOCK, message="m", message_id="m", fix="f",
        fix_id="f", place=place,
    )  # fmt: skip


class TestOrderWhatIsShort(MitigationSuite):
    def mitigation(self):
        return silog_mitigations()[1]

    def cases(self):
        world = short_world()
        return [(f, world) for f in world.plan.findings if f.check == "short"]


class TestOneMoreVehicle(MitigationSuite):
    def mitigation(self):
        return silog_mitigations()[0]

    def cases(self):
        world = one_truck_world()
        return [(_finding("late-stop", world.scenario.fleet[0].home), world)]


def test_an_order_ends_the_shortage():
    """Planned again with the order, nothing is short."""
    world = short_world()
    finding = next(f for f in world.plan.findings if f.check == "short")
    proposal = next(silog_mitigations()[1].propose(finding, world.scenario, world.plan))

    assert world.plan.shortfalls
    assert () == _planned(proposal.scenario, world.book).shortfalls


class TestDepartEarlier(MitigationSuite):
    def mitigation(self):
        return _named("depart-earlier")

    def cases(self):
        return [(_finding("unlikely-on-time", "12.01"), small_world())]


class TestAlternativeRoute(TestDepartEarlier):
    def mitigation(self):
        return _named("alternative-route")


class TestSecondShift(TestDepartEarlier):
    def mitigation(self):
        return _named("second-shift")


def _named(name):
    return next(m for m in silog_mitigations() if m.name == name)


def test_a_weak_regency_gets_answers_that_can_be_evaluated():
    """From a simulation to findings, to proposals, to gains on the same draws."""
    world = small_world()
    run = {"draws": 200, "seed": 3, "due_s": -30_000}
    found = simulate(world.plan, scenario=world.scenario, **run)
    findings = list(unlikely(world.scenario, found, below_ppm=1_000_000))
    changes = proposals_for(silog_mitigations(), findings, world.scenario, world.plan)
    results = evaluate_mitigations(
        world.scenario, world.plan, changes, replan=lambda s: _planned(s, world.book), **run
    )

    assert {"depart-earlier", "one-more-boat"} <= {c.mitigation for c in changes}
    assert results[0].gain_voters_milli > 0
    assert all(r.gain_voters_milli >= 0 for r in results)


def test_a_failing_mitigation_is_left_out():
    """What raises proposes nothing, and the others are asked all the same."""

    def fail(finding, scenario, plan):
        raise RuntimeError("no")

    world = small_world()
    broken = Mitigation(name="broken", answers=("unlikely-on-time",), propose=fail)
    finding = _finding("unlikely-on-time", "12.01")
    changes = proposals_for(
        [broken, *silog_mitigations()], [finding], world.scenario, world.plan
    )

    assert changes == proposals_for(silog_mitigations(), [finding], world.scenario, world.plan)
