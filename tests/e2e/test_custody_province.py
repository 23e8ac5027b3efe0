"""The province's whole election, recorded by 500 devices, with 200 incidents."""

from __future__ import annotations

from random import Random

from silog_core.domain.handover_rules import HandoverRule, HandoverRules
from silog_core.testing.election_play import play_election
from silog_core.testing.election_truth import all_problems, judged

#: What half of the province asks for beyond the national rules.
STRICTER = tuple(
    HandoverRule(
        scope=f"12.{number:02d}",
        source="rules of this test",
        election="pilkada",
        document="BAST",
        witnesses=("police", "supervisor"),
        **asks,
    )
    for number in range(1, 13)
    for asks in (
        {"stage": "dispatch", "escort": ("police",), "persons": 4},
        {"stage": "at-hub", "states_seals": True},
        {"stage": "at-station", "states_seals": True},
    )
)


def test_all_incidents_of_the_province_are_found_and_none_invented(sumut):
    """Merged in random order, the record shows each incident and nothing else."""
    scenario, plan = sumut
    rules = HandoverRules((*plan.handover_rules.rules, *STRICTER))
    play = play_election(scenario, plan, seed=1, devices=500, incidents=200, rules=rules)
    events = list(play.events)
    Random(7).shuffle(events)

    problems, sums = all_problems(events, plan, rules=rules)
    missed, invented = judged(problems, play.incidents)
    gone: dict[str, int] = {}
    for incident in play.incidents:
        for item, pieces in incident.missing:
            gone[item] = gone.get(item, 0) + pieces

    assert ([], []) == (missed, invented)
    assert (200, 500) == (len(play.incidents), len(play.logs()))
    assert len(events) > 500_000
    kinds = {incident.kind for incident in play.incidents}
    assert 27 < len(kinds)
    assert {
        "carton missing",
        "escort of the region's rule absent",
        "seal swapped between hand-overs",
        "seals read differently",
        "witness of the region's rule absent",
    } <= kinds
    assert {item: sheets - gone[item] for item, sheets in play.sheets.items()} == {
        item: sums.tally(item).received for item in play.sheets
    }
    assert sums.boxes_out == 50_446
