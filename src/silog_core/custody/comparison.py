"""The record held against the plan: what is missing, late, extra, astray or other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta, timezone

from silog_core.custody.fold import CustodyFold
from silog_core.custody.problem_texts import problem
from silog_core.custody.unit_content import covers, is_code
from silog_core.custody.which_kit import KitsByPlace
from silog_core.domain.custody_events import Event
from silog_core.domain.custody_kinds import LANDING_RECEIPTS, Kind
from silog_core.domain.custody_problems import CustodyProblem
from silog_core.domain.custody_state import UnitState
from silog_core.domain.custody_steps import ExpectedKit, ExpectedStep
from silog_core.domain.demand import Commodity

#: Steps that only a plan can ask for: one of these that it does not know is extra.
_TRAVEL = {
    Kind.DISPATCHED,
    Kind.RECEIVED_HUB,
    Kind.RECEIVED_VILLAGE,
    Kind.RECEIVED_STATION,
    Kind.RETURNED_VILLAGE,
    Kind.RETURNED_HUB,
    Kind.RETURNED_REGENCY,
    *LANDING_RECEIPTS.values(),
}


def compare(
    expected: Iterable[ExpectedKit],
    fold: CustodyFold,
    *,
    now_s: int,
    offset_min: int = 420,
) -> tuple[CustodyProblem, ...]:
    """Return where the record departs from the plan, as far as it should be by now.

    Steps that cannot be, open seals, and seals that do not match stand in
    ``fold.state().problems``: they are wrong whatever the plan says.

    Args:
        expected: What `compile_plan` made of the plan.
        fold: The record.
        now_s: Steps due until then must be recorded [s since 1970, UTC].
        offset_min: Local time ahead of UTC in texts [minutes].

    Returns:
        Problems ``step-not-taken``, ``step-late``, ``other-place``, ``extra-step``,
        ``not-in-plan``, ``wrong-area`` and ``other-quantity``, by subject.
    """
    fold.flush()
    kits = KitsByPlace(expected)
    units = _by_destination(fold)
    found: list[CustodyProblem] = []
    for place, several in kits.places.items():
        told = units.get(place, [])
        for kit in several:
            own = told
            if len(several) > 1:
                own = [unit for unit in told if kits.of(unit, fold.units) is kit]
            found += _kit_problems(kit, own, fold, now_s, offset_min)
    for place in sorted(set(units) - set(kits.places)):
        found += (problem("not-in-plan", unit.code, unit.events[:1]) for unit in units[place])
    return tuple(sorted(found, key=lambda p: p.rank))


def _by_destination(fold: CustodyFold) -> Mapping[str, list[UnitState]]:
    """Return the outermost units that are for each place, by code."""
    found: dict[str, list[UnitState]] = {}
    for unit in fold.units.values():
        if unit.destination and not unit.container:
            found.setdefault(unit.destination, []).append(unit)
    return {place: sorted(several, key=lambda u: u.code) for place, several in found.items()}


def _kit_problems(
    kit: ExpectedKit,
    units: Iterable[UnitState],
    fold: CustodyFold,
    now_s: int,
    offset_min: int,
) -> Iterator[CustodyProblem]:
    told = list(units)
    for unit in told[: kit.units]:
        yield from _unit_problems(kit, unit, fold.history(unit), now_s, offset_min)
    for unit in told[kit.units :]:
        yield problem("not-in-plan", unit.code, unit.events[:1])
    if len(told) < kit.units and kit.steps and kit.steps[0].due_s < now_s:
        yield _not_taken(kit.place, kit.steps[0], offset_min)
    if told:
        yield from _content_problems(kit, told, fold)


def _unit_problems(
    kit: ExpectedKit,
    unit: UnitState,
    events: list[Event],
    now_s: int,
    offset_min: int,
) -> Iterator[CustodyProblem]:
    wanted = {step.kind for step in kit.steps}
    for step in kit.steps:
        taken = next((event for event in events if event.kind is step.kind), None)
        if taken is None:
            if step.due_s < now_s:
                yield _not_taken(unit.code, step, offset_min)
            continue
        names = {"step": step.kind.title_en, "step_id": step.kind.title_id}
        if taken.time_s > step.due_s:
            yield problem(
                "step-late",
                unit.code,
                [taken.id],
                place=step.place,
                due=moment(step.due_s, offset_min),
                late=-(-(taken.time_s - step.due_s) // 3600),
                **names,
            )
        if taken.place != step.place:
            yield problem(
                "other-place",
                unit.code,
                [taken.id],
                place=taken.place,
                expected=step.place,
                **names,
            )
    for event in events:
        if event.kind in _TRAVEL and event.kind not in wanted:
            yield problem(
                "extra-step",
                unit.code,
                [event.id],
                step=event.kind.title_en,
                step_id=event.kind.title_id,
                place=event.place,
            )


def _content_problems(
    kit: ExpectedKit, units: list[UnitState], fold: CustodyFold
) -> Iterator[CustodyProblem]:
    if not kit.holds:
        return
    held: dict[Commodity, int] = {}
    for unit in _with_contents(units, fold):
        for commodity, pieces in unit.quantities:
            held[commodity] = held.get(commodity, 0) + pieces
    wanted = dict(kit.holds)
    items = {commodity.item for commodity in wanted}
    for commodity in sorted(set(held) - set(wanted), key=str):
        # A dotted area that does not hold the place is told of by the record itself.
        told = is_code(commodity.area) and not covers(commodity.area, kit.place)
        if commodity.item in items and not told:
            yield problem(
                "wrong-area",
                units[0].code,
                units[0].events[:1],
                destination=kit.place,
                found=str(commodity),
            )
    for commodity, pieces in kit.holds:
        if held.get(commodity, 0) != pieces:
            yield problem(
                "other-quantity",
                units[0].code,
                units[0].events[:1],
                what=commodity,
                found=held.get(commodity, 0),
                wanted=pieces,
            )


def _with_contents(units: Iterable[UnitState], fold: CustodyFold) -> Iterator[UnitState]:
    for unit in units:
        yield unit
        yield from _with_contents((fold.units[code] for code in unit.contents), fold)


def _not_taken(subject: str, step: ExpectedStep, offset_min: int) -> CustodyProblem:
    return problem(
        "step-not-taken",
        subject,
        step=step.kind.title_en,
        step_id=step.kind.title_id,
        place=step.place,
        due=moment(step.due_s, offset_min),
    )


def moment(moment_s: int, offset_min: int) -> str:
    """Return a moment as local time, such as ``2024-11-26 18:00``."""
    zone = timezone(timedelta(minutes=offset_min))
    return datetime.fromtimestamp(moment_s, zone).strftime("%Y-%m-%d %H:%M")
