"""Printing: who is printed for first on each press, until when, and what output would do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from silog_core.domain.calendar import DAY_S
from silog_core.domain.demand import Commodity
from silog_core.domain.incidents import PressStopped
from silog_core.domain.legs import Leg
from silog_core.domain.plan import Load, StageSlot, Supply, Trip
from silog_core.domain.presses import Press, press_for
from silog_core.domain.scenario import Scenario
from silog_core.planning.hours import AFTER_DAYS, BEFORE_DAYS, Hours
from silog_core.rules.book import RuleBook

#: Where goods are made, which, and for whom.
Order = tuple[str, Commodity, str]
#: No press is faster than this: a bound for what would do [pieces a day].
_MOST = 10**12
#: Long after anything moves [s].
_NEVER = 10**9


@attrs.frozen(kw_only=True)
class PrintJob:
    """What one press makes for one warehouse of one kind of goods."""

    press: Press
    load: Load
    #: From when to when, as soon as the press can; None where no day is left for it [s].
    start_s: int | None
    finish_s: int | None
    hours: Hours

    @property
    def order(self) -> Order:
        """Where it is made, what, and for whom."""
        return self.press.place, self.load.commodity, self.load.to


def stopped_by(incident: PressStopped, presses: Iterable[Press]) -> list[Press]:
    """Return the presses that stand because of an incident."""
    return [
        p
        for p in presses
        if p.place == incident.place
        and (not incident.items or any(p.makes(item) for item in incident.items))
    ]


def press_hours(scenario: Scenario, book: RuleBook, press: Press) -> Hours:
    """Return when a press runs: day and night from its first day on, days off left out."""
    region = scenario.by_code[press.place].region
    vote = scenario.election.voting_day
    off = {(d.day - vote).days for d in book.days_off(region)}
    first = max(-BEFORE_DAYS, (press.from_date - vote).days)
    opens: list[int] = []
    closes: list[int] = []
    for day in range(first, AFTER_DAYS + 1):
        if day in off:
            continue
        if closes and closes[-1] == day * DAY_S:
            closes[-1] += DAY_S
        else:
            opens.append(day * DAY_S)
            closes.append((day + 1) * DAY_S)
    return Hours(opens=tuple(opens), closes=tuple(closes))


def print_jobs(
    scenario: Scenario,
    book: RuleBook,
    lines: Sequence[Supply],
    ways: Sequence[tuple[Leg, ...]],
    due: Mapping[tuple[str, Commodity], int],
) -> tuple[PrintJob, ...]:
    """Return what each press makes, in its order: first what has to leave first.

    That is farthest first. Where a press cannot make all in time, as few pieces as it
    finds are put off: the smallest order that makes room for the others.

    Args:
        scenario: Presses and places.
        book: Days off where they stand.
        lines: Allocated lines.
        ways: The legs of each line.
        due: Latest arrival at a warehouse [s].
    """
    pieces: dict[Order, int] = {}
    last: dict[Order, int] = {}
    for line, way in zip(lines, ways, strict=True):
        if press_for(scenario.presses, line.from_place, line.commodity.item) is None:
            continue
        order = (line.from_place, line.commodity, line.to)
        pieces[order] = pieces.get(order, 0) + line.quantity
        leaves_s = due.get((line.to, line.commodity), 0) - sum(leg.travel_s for leg in way)
        last[order] = min(last.get(order, leaves_s), leaves_s)
    found: list[PrintJob] = []
    for press in scenario.presses:
        mine = {
            order: n
            for order, n in pieces.items()
            if press_for(scenario.presses, order[0], order[1].item) is press
        }
        if mine:
            found += _in_turn(press, press_hours(scenario, book, press), mine, last)
    return tuple(found)


def _in_turn(
    press: Press, hours: Hours, pieces: Mapping[Order, int], last: Mapping[Order, int]
) -> Iterator[PrintJob]:
    now: int | None = min(hours.opens, default=None)
    for order in _sequence(press, hours, pieces, last):
        times = None if now is None else hours.job(now, press.work_s(pieces[order]))
        start, now = times or (None, None)
        yield PrintJob(
            press=press,
            load=Load(commodity=order[1], quantity=pieces[order], to=order[2]),
            start_s=start,
            finish_s=now,
            hours=hours,
        )


def _by_time(last: Mapping[Order, int], orders: Iterable[Order]) -> list[Order]:
    return sorted(orders, key=lambda o: (last[o], o[2], o[1].item, o[1].area))


def _sequence(
    press: Press, hours: Hours, pieces: Mapping[Order, int], last: Mapping[Order, int]
) -> list[Order]:
    """Return orders by when they have to leave; those that cannot be in time come last."""
    taken: dict[Order, int] = {}
    for order in _by_time(last, pieces):
        taken[order] = press.work_s(pieces[order])
        while taken and not _done_by(hours, sum(taken.values()), last[order]):
            total = sum(taken.values())
            enough = [o for o, s in taken.items() if _done_by(hours, total - s, last[order])]
            # The smallest that makes room, or the greatest where none alone does.
            gone = (
                min(enough, key=lambda o: (taken[o], -last[o]))
                if enough
                else max(taken, key=lambda o: (taken[o], last[o]))
            )
            del taken[gone]
    # What was put off before a greater order went may fit again.
    for order in _by_time(last, pieces.keys() - taken.keys()):
        trial = {**taken, order: press.work_s(pieces[order])}
        if _all_done(hours, trial, last):
            taken = trial
    kept = _by_time(last, taken)
    return [*kept, *_by_time(last, pieces.keys() - taken.keys())]


def _all_done(hours: Hours, work: Mapping[Order, int], last: Mapping[Order, int]) -> bool:
    total = 0
    for order in _by_time(last, work):
        total += work[order]
        if not _done_by(hours, total, last[order]):
            return False
    return True


def _done_by(hours: Hours, work_s: int, until_s: int) -> bool:
    if not hours.opens:
        return False
    done = hours.advance(hours.opens[0], work_s)
    return done is not None and done <= until_s


def printed_at(jobs: Iterable[PrintJob]) -> Mapping[Order, int]:
    """Return when each order is done [s]; long after the vote where no day is left for it."""
    return {j.order: _NEVER if j.finish_s is None else j.finish_s for j in jobs}


def departures(trips: Iterable[Trip]) -> dict[Order, int]:
    """Return when the first vehicle leaves with goods from a place for another [s]."""
    found: dict[Order, int] = {}
    for trip in trips:
        for stop in trip.stops:
            for load in stop.loads:
                order = (trip.home, load.commodity, load.to)
                found[order] = min(found.get(order, trip.depart_s), trip.depart_s)
    return found


def print_slots(jobs: Sequence[PrintJob], trips: Iterable[Trip]) -> Iterator[StageSlot]:
    """Yield the stage of each job that a vehicle waits for, with its latest start.

    A job may end when its first vehicle leaves, or when the next on its press has to
    begin, whichever is first.

    Args:
        jobs: All jobs, those of a press in turn.
        trips: Trips that carry the goods on.
    """
    leaves = departures(trips)
    slots: list[StageSlot] = []
    bound: dict[Press, int] = {}
    for job in reversed(jobs):
        if job.order not in leaves or job.start_s is None or job.finish_s is None:
            continue
        ends_s = min(leaves[job.order], bound.get(job.press, leaves[job.order]))
        latest_s = _back(job.hours, ends_s, job.press.work_s(job.load.quantity))
        bound[job.press] = latest_s
        slots.append(
            StageSlot(
                stage="print", place=job.press.place, start_s=job.start_s,
                finish_s=job.finish_s, latest_start_s=latest_s, critical_next="line-haul",
                load=job.load,
            )
        )  # fmt: skip
    yield from reversed(slots)


def _back(hours: Hours, end_s: int, work_s: int) -> int:
    """Return the latest start at which work is done by *end_s*."""
    for opens, closes in zip(reversed(hours.opens), reversed(hours.closes), strict=True):
        until = min(closes, end_s)
        if until <= opens:
            continue
        if work_s <= until - opens:
            return until - work_s
        work_s -= until - opens
    return min(hours.opens, default=end_s) - work_s


def output_that_does(jobs: Sequence[PrintJob], wanted: Mapping[Order, int]) -> int | None:
    """Return the least output at which one press makes all in time [pieces a day].

    None where its first day is too late for any output.

    Args:
        jobs: Jobs of the press.
        wanted: When each order has to be ready [s]; one that is not named waits.
    """
    pieces = {j.order: j.load.quantity for j in jobs if j.order in wanted}

    def does(output: int) -> bool:
        press = attrs.evolve(jobs[0].press, pieces_per_day=output)
        work = {order: press.work_s(n) for order, n in pieces.items()}
        return _all_done(jobs[0].hours, work, wanted)

    bad, good = 0, _MOST
    if not does(good):
        return None
    while good - bad > 1:
        middle = (good + bad) // 2
        if does(middle):
            good = middle
        else:
            bad = middle
    return good
