"""Incidents at hand-overs: seals that change between them, rules that are not kept."""

from __future__ import annotations

from random import Random
from typing import Any

from silog_core.custody.handover_checks import STAGES
from silog_core.domain.custody_kinds import Kind
from silog_core.domain.handover_rules import HandoverRule
from silog_core.testing.election_story import Regency, Step, Way
from silog_core.testing.election_truth import Injected

_SIDES = ("seals_given", "seals_taken")


def stating(way: Way, box: str) -> list[Step]:
    """Return the hand-overs of a box, in order of time."""
    found = [s for s in way.steps if box in dict(s.fields.get("seals_taken", ()))]
    return sorted(found, key=lambda step: step.when_s)


def stated(step: Step, box: str) -> tuple[str, ...]:
    """Return the serial numbers that the receiver read on a box."""
    return dict(step.fields["seals_taken"])[box]  # type: ignore[no-any-return]


def state(
    step: Step, box: str, seals: tuple[str, ...], sides: tuple[str, ...] = _SIDES
) -> None:
    """Let other serial numbers be read on a box."""
    for side in sides:
        told = dict(step.fields[side]) | {box: seals}
        step.fields[side] = tuple(told.items())


def keep_stated(fields: dict[str, Any], boxes: tuple[str, ...]) -> None:
    """State no seals of what is not handed over any more."""
    for side in _SIDES:
        told = fields.get(side, ())
        fields[side] = tuple(pair for pair in told if pair[0] in boxes)


def seal_swapped(regency: Regency, way: Way, box: str, random: Random) -> Injected:
    """Let both sides read another seal, from one hand-over on the way out on."""
    del regency
    opened = way.step("opened", box)
    out = [s for s in stating(way, box) if s.when_s < opened.when_s]
    since = random.choice(out)
    for step in out[out.index(since) :]:
        state(step, box, (f"{box}/1", f"{box}/X"))
    opened.fields["seals_removed"] = (f"{box}/1", f"{box}/X")
    return Injected(
        kind="seal swapped between hand-overs", codes={"seals-changed"}, subjects={box}
    )


def seals_disputed(regency: Regency, way: Way, box: str, random: Random) -> Injected:
    """Let giver and receiver read different seals once."""
    del regency
    step = random.choice(stating(way, box)[1:])
    state(step, box, (f"{box}/Y",), ("seals_taken",))
    opened = way.step("opened", box)
    if step.kind == "received-station":
        opened.fields["seals_removed"] = (f"{box}/Y",)
    return Injected(
        kind="seals read differently",
        codes={"seals-disputed"},
        subjects={box},
        follow={"seals-changed"},
    )


def unwatched_hand_over(
    regency: Regency, way: Way, box: str, random: Random
) -> Injected | None:
    """Let a witness be absent whom the region of the place asks for."""
    asked = [
        (step, rule) for step in stating(way, box) if (rule := _rule(regency, step)).witnesses
    ]
    # Some hand-overs ask for a witness whatever the region says: that is another fault.
    asked = [(step, rule) for step, rule in asked if step.kind != "dispatched"]
    if not asked:
        return None
    step, rule = random.choice(asked)
    gone = random.choice(rule.witnesses)
    step.fields["witnesses"] = tuple(
        w for w in step.fields["witnesses"] if w.role.value != gone
    )
    return Injected(
        kind="witness of the region's rule absent",
        codes={"rule-witness"},
        subjects=set(way.boxes),
    )


def unescorted(regency: Regency, way: Way, box: str, random: Random) -> Injected | None:
    """Let boxes leave without the escort that the region asks for."""
    del box, random
    step = way.step("dispatched")
    if not _rule(regency, step).escort:
        return None
    step.fields["facts"] = ()
    return Injected(
        kind="escort of the region's rule absent",
        codes={"rule-escort"},
        subjects=set(way.boxes),
    )


def _rule(regency: Regency, step: Step) -> HandoverRule:
    stage = STAGES.get(Kind(step.kind), "")
    return regency.rules.at(stage, step.fields["place"]) or _NOTHING


_NOTHING = HandoverRule(
    scope="ID", source="none", election="pilkada", stage="dispatch", document="none", parties=1
)
