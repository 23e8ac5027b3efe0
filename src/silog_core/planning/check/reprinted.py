"""What presses make after incidents, against the plan before: nothing while they stand."""

from __future__ import annotations

from collections.abc import Iterator

from silog_core.domain.incidents import PressStopped
from silog_core.domain.plan import Plan, StageSlot
from silog_core.domain.replanning import Replan
from silog_core.domain.scenario import Scenario
from silog_core.domain.violations import Violation
from silog_core.planning.check.presses import press_at


def check_reprinted(
    after: Scenario, before: Plan, answer: Replan, now_s: int
) -> Iterator[Violation]:
    """Yield orders that changed without a reason, or that a press makes while it stands.

    Args:
        after: The scenario as incidents leave it.
        before: The plan before.
        answer: The re-plan.
        now_s: When the last incident became known [s].
    """
    new = {s.step: s for s in answer.plan.schedule.stages if s.load}
    stops = [i for i in answer.incidents if isinstance(i, PressStopped)]
    said = {c.what for c in answer.changes}
    for old in (s for s in before.schedule.stages if s.load):
        until_s = _stands(after, stops, old)
        slot = new.pop(old.step, None)
        if slot == old and (until_s is None or old.finish_s <= now_s or until_s <= now_s):
            continue
        if until_s is None or old.finish_s <= now_s:
            yield Violation(
                code="reprinted", where=old.step, text="is made at other times, for no reason"
            )
        elif slot is not None:
            if slot != old and old.step not in said:
                yield Violation(
                    code="reprinted", where=old.step, text="is made later, and nothing says so"
                )
            yield from _while_it_stands(slot, now_s, until_s)
    for slot in new.values():
        until_s = _stands(after, stops, slot)
        if slot.start_s < now_s:
            yield Violation(
                code="reprinted", where=slot.step, text="is ordered anew, and begins before"
            )
        yield from _while_it_stands(slot, now_s, now_s if until_s is None else until_s)


def _stands(after: Scenario, stops: list[PressStopped], slot: StageSlot) -> int | None:
    """Return until when the press of an order stands [s]; None where it does not."""
    assert slot.load is not None  # the caller saw to it
    press = press_at(after, slot.place, slot.load.commodity.item)
    found = [
        stop.ready_s
        for stop in stops
        if press is not None
        and stop.place == slot.place
        and (not stop.items or not press.items or set(stop.items) & set(press.items))
    ]
    return max(found, default=None)


def _while_it_stands(slot: StageSlot, now_s: int, until_s: int) -> Iterator[Violation]:
    if now_s <= slot.start_s < until_s or now_s < slot.finish_s < until_s:
        yield Violation(
            code="stopped-press", where=slot.step, text="is made while its press stands"
        )
