"""Printing and receipt: output of presses, what leaves unprinted, and the count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from silog_core.domain.calendar import DAY_S
from silog_core.domain.demand import Commodity
from silog_core.domain.plan import Plan, StageSlot
from silog_core.domain.presses import Press, Receiving
from silog_core.domain.scenario import Scenario
from silog_core.domain.violations import Violation

#: Stage of arrival, its count, and the work that waits, by whether it is ballots.
_COUNTED = (
    (False, "equipment-receipt", ("kitting",)),
    (True, "ballot-receipt", ("sort-fold", "kitting")),
)


def check_presses(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    """Yield jobs that a press cannot do, goods that leave unprinted, and counts too short.

    Days off are not looked at, since a plan does not say which they are: a press may
    have been given more time than it had, never less than its pieces take.
    """
    yield from _output(scenario, plan)
    yield from _leaves(scenario, plan)
    yield from _counts(scenario, plan)


def press_at(scenario: Scenario, place: str, item: str) -> Press | None:
    """Return the press that names an item, or else the one that names none."""
    here = [press for press in scenario.presses if press.place == place]
    for press in here:
        if item in press.items:
            return press
    return next((press for press in here if not press.items), None)


def _output(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    runs: dict[Press, list[StageSlot]] = defaultdict(list)
    for slot in plan.schedule.stages:
        if slot.load is None:
            continue
        press = press_at(scenario, slot.place, slot.load.commodity.item)
        if press is None:
            yield Violation(
                code="press", where=slot.place, text=f"no press makes {slot.load.commodity}"
            )
        else:
            runs[press].append(slot)
    for press, slots in runs.items():
        first_s = (press.from_date - plan.election.voting_day).days * DAY_S
        slots.sort(key=lambda s: (s.start_s, s.finish_s))
        free_s = first_s
        for slot in slots:
            assert slot.load is not None  # those were taken
            if slot.start_s < free_s:
                why = "before its press may begin" if free_s == first_s else "beside another"
                yield Violation(
                    code="press", where=slot.place, text=f"{slot.step} is printed {why}"
                )
            if (slot.finish_s - slot.start_s) * press.pieces_per_day < (
                slot.load.quantity * DAY_S
            ):
                text = f"{slot.step} takes {slot.finish_s - slot.start_s} s, too little for"
                yield Violation(
                    code="press", where=slot.place, text=f"{text} {slot.load.quantity} pieces"
                )
            free_s = max(free_s, slot.finish_s)


def _leaves(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    """Check that at each departure no more has left than was printed until then."""
    printed: dict[tuple[str, Commodity, str], list[tuple[int, int]]] = defaultdict(list)
    left: dict[tuple[str, Commodity, str], list[tuple[int, int]]] = defaultdict(list)
    for slot in plan.schedule.stages:
        if slot.load is not None:
            key = (slot.place, slot.load.commodity, slot.load.to)
            printed[key].append((slot.finish_s, slot.load.quantity))
    for trip in plan.trips:
        for load in (load for stop in trip.stops for load in stop.loads):
            if press_at(scenario, trip.home, load.commodity.item) is not None:
                key = (trip.home, load.commodity, load.to)
                left[key].append((trip.depart_s, load.quantity))
    for key, loads in sorted(left.items(), key=str):
        for depart_s, _ in loads:
            gone = sum(n for at, n in loads if at <= depart_s)
            done = sum(n for at, n in printed[key] if at <= depart_s)
            if gone > done:
                text = f"{gone} {key[1]} for {key[2]} have left, and {done} are printed"
                yield Violation(code="unprinted", where=key[0], text=text)
                break


def _counts(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    if not scenario.receivings:
        return
    ballots = {c.item for c in plan.needs.columns if c.contest is not None}
    sizes = {item.code: item.pack_size for item in plan.items}
    came: dict[tuple[str, bool], dict[Commodity, int]] = defaultdict(lambda: defaultdict(int))
    last: dict[tuple[str, bool], int] = {}
    for trip in plan.trips:
        for stop in trip.stops:
            for load in stop.loads:
                if load.to == stop.place:
                    key = (load.to, load.commodity.item in ballots)
                    came[key][load.commodity] += load.quantity
                    last[key] = max(last.get(key, stop.depart_s), stop.depart_s)
    for (place, is_ballot), wares in sorted(came.items()):
        crew = _crew(scenario, place)
        if crew is None:
            continue
        stage, waiting = next((s, w) for b, s, w in _COUNTED if b is is_ballot)
        slots = {s.stage: s for s in plan.schedule.at(place)}
        count = slots.get(stage)
        if count is None:
            yield Violation(
                code="receipt", where=place, text=f"goods arrive, and there is no {stage}"
            )
            continue
        packs = sum(-(-n // sizes.get(ware.item, 1)) for ware, n in wares.items())
        days = (count.finish_s - count.start_s) // DAY_S
        if days * crew.people * crew.packs_per_worker_day < packs:
            yield Violation(
                code="receipt",
                where=place,
                text=f"{stage} counts {packs} packs in {days} days",
            )
        if count.workers > crew.people:
            yield Violation(
                code="receipt",
                where=place,
                text=f"{stage} has {count.workers}, not {crew.people}",
            )
        if count.start_s < last[place, is_ballot]:
            yield Violation(
                code="receipt",
                where=place,
                text=f"{stage} begins before the last goods are there",
            )
        work = next((slots[name] for name in waiting if name in slots), None)
        if work is not None and count.slack_s >= 0 and work.start_s < count.finish_s:
            yield Violation(
                code="receipt",
                where=place,
                text=f"{work.stage} begins before {stage} has ended",
            )


def _crew(scenario: Scenario, code: str) -> Receiving | None:
    """Return what the narrowest region around a warehouse says."""
    region = scenario.by_code[code].region
    for crew in sorted(scenario.receivings, key=lambda c: -c.region.depth):
        if crew.region.covers(region):
            return crew
    return None
