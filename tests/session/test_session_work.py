"""What a session makes beyond a plan: chances, mitigations, new plans, ledgers."""

from __future__ import annotations

import attrs
import pytest

from silog_core.domain.incidents import RoadCut
from silog_core.domain.manifest import Manifest
from silog_core.domain.shocks import Rescue
from silog_core.errors import LedgerError, UnknownChoiceError
from silog_core.plugins.examples import load_example
from silog_core.ports.check import Mitigation, Proposal
from silog_core.risk.shock_table import default_shocks
from silog_core.risk.simulate import simulate
from silog_core.risk.simulate_back import simulate_return
from silog_core.session import Session
from silog_core.testing import plugin_module

DRAWS = 400
WAYS = [{}, {"executor": "processes"}, {"workers": 2}]


def _escort(finding, scenario, plan):
    """A change of the scenario, so that it has to be planned again."""
    del finding, plan
    yield Proposal(
        mitigation="retitle", message="rename it", message_id="ganti nama",
        cost_rupiah=7, scenario=attrs.evolve(scenario, title="renamed"),
    )  # fmt: skip


PLUGIN = plugin_module(
    silog_manifest=lambda: Manifest(title="Mitigations of a test"),
    silog_mitigations=lambda: [
        Mitigation(name="retitle", answers=("unlikely-on-time",), propose=_escort)
    ],
)


@pytest.fixture(scope="module")
def natuna():
    """A small example with its plan and its odds."""
    scenario = load_example("natuna-2024")
    with Session() as session:
        plan = session.plan(scenario, seed=1)
    return scenario, plan, simulate(plan, scenario=scenario, draws=DRAWS, seed=3)


@pytest.fixture(scope="module")
def with_plugin():
    """A session with the installed packs and the mitigation above."""
    with Session() as session:
        session.host.register(PLUGIN, name="checks.test")
        yield session


@pytest.mark.parametrize("how", WAYS, ids=str)
def test_chances_are_the_same_wherever_they_are_computed(natuna, how):
    """Here, on the serial executor and on two processes: one simulation."""
    scenario, plan, odds = natuna
    with Session() as session:
        found = session.simulate(plan, scenario=scenario, draws=DRAWS, seed=3, **how)

    assert odds == found


@pytest.mark.parametrize("how", WAYS, ids=str)
def test_the_way_back_is_the_same_wherever_it_is_computed(natuna, how):
    """With rescues, out and back: what a session computes is what the functions say."""
    scenario, plan, odds = natuna
    shocks = [shock.name for shock in default_shocks().shocks]
    given = {
        "scenario": scenario, "draws": DRAWS, "seed": 3,
        "rescues": [Rescue(shocks=shocks, count=9, ready_s=60)],
    }  # fmt: skip
    with Session() as session:
        back = session.simulate_return(plan, due_s=86_400, **given, **how)
        out = session.simulate(plan, **given, **how)

    assert simulate_return(plan, due_s=86_400, **given) == back
    assert simulate(plan, **given) == out
    assert out.late_stations_milli < odds.late_stations_milli


def test_risk_asks_plugins_for_mitigations(natuna, with_plugin):
    """A plugin's change is planned anew, simulated on the same draws, and priced."""
    scenario, plan, odds = natuna

    found = with_plugin.mitigate(scenario, plan, odds)

    ours = next(m for m in found if m.mitigation == "retitle")
    assert odds == ours.before
    assert 7 == ours.cost_rupiah
    # The same trips under another title meet the same storms.
    assert odds.late_voters == ours.after.late_voters
    assert len(found) == len({(m.mitigation, m.message) for m in found})


@pytest.mark.parametrize("how", WAYS[1:], ids=str)
def test_mitigations_are_the_same_for_any_number_of_workers(natuna, with_plugin, how):
    """What is proposed, gained and ranked does not depend on where it was computed."""
    scenario, plan, odds = natuna

    assert with_plugin.mitigate(scenario, plan, odds) == with_plugin.mitigate(
        scenario, plan, odds, **how
    )


def test_an_executor_that_nobody_gives_is_an_error(natuna):
    """The answer names what there is."""
    with Session(plugins=[]) as session, pytest.raises(UnknownChoiceError, match="processes"):
        session.simulate(natuna[1], executor="nowhere")


def test_replanning_with_a_session_has_the_findings_of_its_checks(natuna):
    """A cut before anything left; the new plan carries what the checks find."""
    scenario, plan, _ = natuna
    trip = next(t for t in plan.trips if t.echelon == "hub-village")
    cut = RoadCut(
        id="cut", known_at_s=trip.depart_s - 86_400, place=trip.stops[0].place,
        from_s=trip.depart_s - 86_400,
    )  # fmt: skip
    with Session() as session:
        answer = session.replan(scenario, plan, [cut])

    assert answer.changes or answer.at_risk
    assert {f.check for f in plan.findings} <= {f.check for f in answer.plan.findings}


def test_a_ledger_is_begun_and_found_again(tmp_path):
    """By URL, whoever gives the store; a second beginning is refused."""
    url = f"sqlite:///{tmp_path / 'record.sqlite'}"
    with Session(plugins=[]) as session:
        with session.open_ledger(url, origin="silog/12.71") as ledger:
            ledger.append([b"packed"], device="office-1")
        with session.open_ledger(url) as ledger:
            assert [b"packed"] == [entry.body for entry in ledger.entries()]
        with pytest.raises(LedgerError), session.open_ledger(url, origin="again"):
            pass
        with pytest.raises(UnknownChoiceError), session.open_ledger("tape://1"):
            pass
