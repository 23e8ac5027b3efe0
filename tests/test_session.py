"""A session finds what it needs, and says what it lacks."""

from __future__ import annotations

import pickle
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from installed import install, pack, points
from rule_making import DAY, TABLE, closure, rate
from silog_core.domain.calendar import DateRange
from silog_core.domain.findings import Severity
from silog_core.domain.manifest import Manifest
from silog_core.errors import (
    NoRulesError,
    PluginError,
    RegionWithheldError,
    UnknownChoiceError,
)
from silog_core.plugins.failures import Phase
from silog_core.plugins.guard import GuardedAllocation
from silog_core.ports.allocation import FlowSolver, MultiFlowSolver
from silog_core.ports.check import Check, Validator
from silog_core.ports.solvers import AllocationSolverSpec, RoutingSolverSpec
from silog_core.session import Session
from silog_core.solvers.routing import ruin_recreate
from silog_core.testing import plugin_module, small_world

NATION = plugin_module(
    silog_manifest=lambda: Manifest(title="ID", regions=("ID",), table=TABLE),
    silog_needs_rules=[rate()],
)
PACKS = [NATION] + [
    plugin_module(code, silog_leg_closures=[closure(code)]) for code in ("12", "12.71", "53")
]


def broken(code):
    """Return a pack that fails when it is asked for closures."""

    def fail(year):
        raise OSError("no table")

    return plugin_module(code, silog_leg_closures=fail)


def test_built_ins_are_there_without_any_plugin():
    """Session(plugins=[]) has the core's own solvers, and no rules."""
    with Session(plugins=[]) as session:
        assert callable(session.routing_solver())
        assert callable(session.allocation_solver())
        assert session.checks()
        with pytest.raises(NoRulesError, match="pip install silog-region-id"):
            session.rule_book("pilkada", DAY)


def test_an_unknown_solver_says_what_there_is():
    """The message lists the names."""
    with pytest.raises(UnknownChoiceError, match="ruin-recreate"):
        Session(plugins=[]).routing_solver("magic")


@given(st.permutations(PACKS))
def test_order_of_plugins_never_matters(packs):
    """Invariant 34: any order of plugins, the same digest."""
    expected = Session(plugins=PACKS).rule_book("pilkada", DAY).digest()

    assert expected == Session(plugins=packs).rule_book("pilkada", DAY).digest()


def test_a_book_holds_its_lineage_only():
    """A province's book has no rule of another, whatever was loaded before."""
    session = Session(plugins=PACKS)
    session.rule_book("pilkada", DAY)
    book = session.rule_book("pilkada", DAY, "12")

    assert ["region.12", "region.12.71", "region.ID"] == [name for name, _ in book.plugins]
    assert book is session.rule_book("pilkada", DAY, "12")


def test_a_failed_regency_withholds_itself_only():
    """A plan of places elsewhere goes on."""
    session = Session(plugins=[NATION, broken("12.71")])
    away = [rate("12.72").scope]

    assert session.rule_book("pilkada", DAY, "12", regions=away)
    with pytest.raises(RegionWithheldError, match=r"12\.71 cannot be planned"):
        session.rule_book("pilkada", DAY, "12")


def test_what_was_accepted_is_remembered():
    """Only what really failed counts as accepted."""
    session = Session(plugins=[NATION, broken("53")], accept_degraded=["53", "31"])

    assert session.rule_book("pilkada", DAY, "53")
    assert ("53",) == session.accepted()


def test_a_failed_check_withholds_until_it_is_accepted():
    """A nationwide check that cannot be asked might have stopped any plan."""
    bad = plugin_module(name="bad", silog_risk_checks=[Check])

    with pytest.raises(RegionWithheldError, match=r"plugin\.bad"):
        Session(plugins=[NATION, bad]).rule_book("pilkada", DAY, "12")
    accepted = Session(plugins=[NATION, bad], accept_degraded=["plugin.bad"])
    assert accepted.rule_book("pilkada", DAY, "12")


def test_the_environment_chooses(tmp_path, monkeypatch):
    """SILOG_PLUGINS takes these only, SILOG_PLUGINS_DISABLED leaves those out."""
    for code in ("ID", "51", "52"):
        install(tmp_path, f"env-{code.lower()}", f"region.{code}", pack(code))
    monkeypatch.syspath_prepend(tmp_path)
    only = {"SILOG_PLUGINS": "region.51, region.52", "SILOG_PLUGINS_DISABLED": "region.52"}
    session = Session.from_environment(only, plugins=points(tmp_path))

    assert ["region.51"] == [n.text for n in session.host.waiting]
    assert ("region.52",) == session.accepted()


def test_a_voting_day_outside_all_rules_has_none():
    """Rules say from when to when they hold."""
    ended = rate(valid=DateRange(last=date(2024, 12, 31)))
    session = Session(plugins=[plugin_module("ID", silog_needs_rules=[ended])])

    with pytest.raises(NoRulesError, match="2029"):
        session.rule_book("pilkada", date(2029, 11, 28))


def world_plugins(**extra):
    """Return the small world's rules as a nation, and a province that adds to them."""
    given = {}
    for entry in small_world().book.entries:
        given.setdefault(entry.rule.kind, []).append(entry.rule)
    nation = plugin_module(
        "ID",
        silog_needs_rules=given["needs"] + given["item"] + given["station-cap"],
        silog_calendars=given["stage"],
        silog_leg_speeds=given["speed"] + given["access"],
        silog_vehicle_limits=given["vehicle"],
    )
    night = closure("12", mode="boat", name="night", hours=(0, 1, 2))
    return [
        ("region.ID", nation),
        ("region.12", plugin_module("12", silog_leg_closures=[night])),
        ("checks.mine", plugin_module("ID", **extra)),
    ]


@settings(max_examples=4, deadline=None)
@given(st.permutations(world_plugins()))
def test_order_of_plugins_never_changes_a_plan(plugins):
    """Invariant 34: any order of plugins, the same plan."""
    scenario = small_world().scenario

    expected = Session(plugins=world_plugins()).plan(scenario, seconds=1)
    assert expected == Session(plugins=plugins).plan(scenario, seconds=1)


def test_a_validator_or_check_that_raises_is_a_finding():
    """What nobody could look at blocks the plan, and says whose fault it is."""

    def fail(*_):
        raise ValueError("no map")

    plugins = world_plugins(
        silog_validators=[Validator(name="map", run=fail)],
        silog_risk_checks=[Check(name="bridge", run=fail)],
    )
    session = Session(plugins=plugins)
    plan = session.plan(small_world().scenario, seconds=1)
    blocks = {f.check: f.message for f in plan.findings if f.severity is Severity.BLOCK}

    assert {"map", "bridge"} <= set(blocks)
    assert "no map" in blocks["map"]
    assert Phase.RUN in {f.phase for f in session.failures}


def test_a_validator_that_yields_no_findings_is_told():
    """A text is no finding, and a silent plan would look sound."""
    far = Validator(name="far", scope="53", run=lambda scenario, book: ["not mine"])
    odd = Validator(name="odd", run=lambda scenario, book: ["too many voters"])
    session = Session(plugins=world_plugins(silog_validators=[odd, far]))
    found = session.validate(small_world().scenario)

    assert ["odd"] == [f.check for f in found]
    assert "yields a str instead of a Finding" in found[0].message


def test_an_accepted_failure_is_written_into_the_plan():
    """Whoever reads the plan sees which region was planned in spite of a failure."""
    plugins = [*world_plugins(), ("region.12.01", broken("12.01"))]
    session = Session(plugins=plugins, accept_degraded=["12.01"])
    plan = session.plan(small_world().scenario, seconds=1)

    assert ("12.01",) == plan.provenance.accepted_degraded
    with pytest.raises(RegionWithheldError):
        Session(plugins=plugins).plan(small_world().scenario)


def test_a_plan_names_only_what_it_rests_on():
    """What else the session has loaded, or accepted elsewhere, is not printed on it."""
    elsewhere = [("region.53", broken("53")), ("region.31", plugin_module("31"))]
    session = Session(plugins=[*world_plugins(), *elsewhere], accept_degraded=["53"])
    session.rule_book("pilkada", DAY, "53")
    plan = session.plan(small_world().scenario, seconds=1)

    assert () == plan.provenance.accepted_degraded
    assert ["checks.mine", "region.12", "region.ID"] == [n for n, _ in plan.provenance.plugins]


def test_a_missing_nation_is_told_before_its_absence_is():
    """The failed pack is the message, not the rules that now replace nothing."""
    wide = rate()
    own = rate("12", quantity=3, replaces=wide.id)
    plugins = [("region.ID", broken("ID")), plugin_module("12", silog_needs_rules=[own])]

    with pytest.raises(RegionWithheldError, match="no table"):
        Session(plugins=plugins).rule_book("pilkada", DAY, "12")


def test_a_chosen_solver_is_used_and_its_failures_are_its_own():
    """A plugin's solver does the work; when it raises, the message names it."""

    def solve(problem, *, seed, stop, start=None):
        if seed == 13:
            raise ZeroDivisionError("of all numbers")
        return ruin_recreate(problem, seed=seed, stop=stop, start=start)

    offer = RoutingSolverSpec(name="loop", solve=solve)
    extra = ("solver.loop", plugin_module(silog_routing_solvers=[offer]))
    session = Session(plugins=[*world_plugins(), extra])
    scenario = small_world().scenario
    plan = session.plan(scenario, seconds=1, routing_solver="loop")

    assert session.plan(scenario, seconds=1).trips == plan.trips
    assert "loop" == plan.provenance.routing_solver
    assert "solver.loop" in dict(plan.provenance.plugins)
    with pytest.raises(PluginError, match="'loop' failed: ZeroDivisionError"):
        session.plan(scenario, seed=13, seconds=1, routing_solver="loop")


class Flows:
    """An allocation solver that also takes bare flows."""

    def __call__(self, problem, *, seed=0):
        raise ZeroDivisionError("of all numbers")

    def solve_flow(self, problem):
        return "a flow"


def test_a_solver_keeps_its_abilities():
    """What takes bare flows still does behind the guard; it travels as before."""
    flows = AllocationSolverSpec(name="flows", solve=Flows())
    plain = AllocationSolverSpec(name="plain", solve=lambda problem, *, seed=0: None)
    extra = plugin_module(silog_allocation_solvers=[flows, plain])
    session = Session(plugins=[("solver.flows", extra)])
    found = session.allocation_solver("flows")

    assert isinstance(found, FlowSolver)
    assert not isinstance(found, MultiFlowSolver)
    assert not isinstance(session.allocation_solver("plain"), FlowSolver)
    assert "a flow" == found.solve_flow(None)
    with pytest.raises(PluginError, match="'flows' failed"):
        found(None)
    guarded = GuardedAllocation("abs", abs)
    assert guarded == pickle.loads(pickle.dumps(guarded))


def test_entry_points_of_the_backport_are_taken(tmp_path):
    """Once the backport of importlib.metadata is imported, plugins are still found."""
    pytest.importorskip("importlib_metadata")
    install(tmp_path, "env-id", "region.ID", pack("ID"))
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import importlib_metadata\n"
        "from importlib.metadata import distributions\n"
        "from silog_core.session import Session\n"
        f"found = [p for d in distributions(path=[{str(tmp_path)!r}]) for p in d.entry_points]\n"
        "session = Session(plugins=found)\n"
        "assert ['region.ID'] == [n.text for n in session.host.waiting], session.failures\n"
    )

    assert 0 == subprocess.run([sys.executable, "-c", code], check=False).returncode
