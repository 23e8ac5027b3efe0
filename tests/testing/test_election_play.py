"""A whole election played through: what went wrong is found, and nothing else."""

from __future__ import annotations

from random import Random

import attrs
import pytest

from silog_core.domain.handover_rules import HandoverRule, HandoverRules
from silog_core.testing import election_play
from silog_core.testing.election_incidents import STATION_INCIDENTS
from silog_core.testing.election_play import play_election
from silog_core.testing.election_supply import SUPPLY_INCIDENTS
from silog_core.testing.election_truth import Injected, all_problems, judged
from silog_core.testing.worlds import small_world


def _asked(**more):
    return HandoverRule(
        scope="12.01", source="SK 1", election="pilkada", document="BA", **more
    )


#: What the regency of the small world asks for.
RULES = HandoverRules(
    (
        _asked(stage="dispatch", escort=("police",), persons=3, witnesses=("police",)),
        *(
            _asked(stage=stage, states_seals=True, witnesses=("police", "supervisor"))
            for stage in ("at-hub", "at-village", "at-station", "return-hub", "return-regency")
        ),
    )
)


def _played(seed, incidents):
    world = small_world()
    return play_election(
        world.scenario, world.plan, seed=seed, devices=3, incidents=incidents, rules=RULES
    )


def _problems(events, seed=0):
    shuffled = list(events)
    Random(seed).shuffle(shuffled)
    return all_problems(shuffled, small_world().plan, rules=RULES)


def test_an_honest_election_closes_to_the_sheet():
    """Nothing is invented, and all sheets of the plan are accounted for (8, 11, 12, 25)."""
    play = _played(1, 0)
    problems, whole = _problems(play.events)

    assert set() == problems
    assert whole.closes
    assert play.sheets == {item: whole.tally(item).received for item in play.sheets}
    assert whole.boxes_out == whole.boxes_back == 4


@pytest.mark.parametrize("seed", range(24))
def test_all_incidents_are_found_and_none_invented(seed):
    """Each incident shows, and each problem is one; sheets differ by what was told."""
    play = _played(seed, 4)
    problems, whole = _problems(play.events, seed)

    missed, invented = judged(problems, play.incidents)
    gone = sum(pieces for incident in play.incidents for _item, pieces in incident.missing)

    assert ([], []) == (missed, invented)
    assert sum(play.sheets.values()) - gone == whole.tally("ballot").received


def test_seeds_bring_every_kind_of_incident():
    """Swapped seals and broken rules of hand-overs are among what is played."""
    kinds = {i.kind for seed in range(24) for i in _played(seed, 4).incidents}

    assert {
        "seal swapped between hand-overs",
        "seals read differently",
        "witness of the region's rule absent",
        "escort of the region's rule absent",
    } <= kinds
    assert len(kinds) > len(STATION_INCIDENTS) - 4


@pytest.mark.parametrize("inject", SUPPLY_INCIDENTS, ids=lambda f: f.__name__.strip("_"))
def test_a_fault_of_a_delivery_is_found(inject):
    """Pieces short, a carton gone, a carton of another note: found, and nothing else."""
    world = small_world()
    stage = election_play._Stage(world.scenario, world.plan, 1, 3, RULES)
    regencies = stage.regencies()
    incident = inject(regencies[0], Random(3))
    problems, _whole = _problems(election_play._recorded(regencies))

    assert ([], []) == judged(problems, [incident])


def test_the_same_seed_gives_the_same_play():
    """Plays are repeatable; another seed gives another one."""
    assert _played(3, 4) == _played(3, 4)
    assert _played(3, 4) != _played(4, 4)


def test_every_device_numbers_its_events():
    """Numbers run from 1 without a gap where nothing went wrong (20)."""
    for log in _played(2, 0).logs().values():
        assert list(range(1, len(log) + 1)) == [event.sequence for event in log]
        assert sorted(log, key=lambda e: e.time_s) == log


def test_the_judge_can_fail():
    """An incident that leaves no trace is missed; a problem without one is invented."""
    honest = _played(1, 0)
    opened = next(e for e in honest.events if e.kind.value == "opened")
    bent = [e for e in honest.events if e is not opened]
    bent.append(attrs.evolve(opened, seals_removed=()))
    ghost = Injected(kind="ghost", codes={"lost"}, subjects={"BOX-9"})

    missed, invented = judged(_problems(bent)[0], [ghost])

    assert [ghost] == missed
    assert ["seal-mismatch"] == [found.code for found in invented]
