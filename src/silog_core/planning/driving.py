"""Driving a tour from a departure, and the latest departure that is in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from silog_core.domain.calendar import DAY_S
from silog_core.domain.plan import Rest
from silog_core.domain.scenario import Handling
from silog_core.planning.hours import BEFORE_DAYS, Hours
from silog_core.planning.rest_drive import RestedDrive, has_rests
from silog_core.planning.tours import Tour

#: Departures are set to the minute.
_GRAIN_S = 60


@attrs.frozen(kw_only=True)
class Run:
    """A tour driven from one departure: when it is where."""

    depart_s: int
    #: Arrival and departure at each halt.
    times: tuple[tuple[int, int], ...]
    back_s: int
    rests: tuple[Rest, ...] = ()


def drive(
    tour: Tour, depart_s: int, hours: Hours, handling: Handling, ready: Sequence[int] = ()
) -> Run | None:
    """Return when a tour that is ready to leave at *depart_s* is where.

    Args:
        tour: Halts with the legs between them.
        depart_s: Readiness at home [s]; it leaves when the hours allow.
        hours: When it may move and hand over.
        handling: Time that halts take.
        ready: For each halt, the time before which its kits cannot be taken in [s].

    Returns:
        The run, or None when the hours leave no room for it.
    """
    if has_rests(tour, hours, handling):
        rested = RestedDrive(tour, hours, handling, ready).run(depart_s)
        return Run(**rested._asdict()) if rested else None
    now: int | None = depart_s
    left: int | None = None
    times: list[tuple[int, int]] = []
    for i, halt in enumerate(tour.halts):
        arrive = hours.travel(now, halt.travel_s)  # type: ignore[arg-type]
        if arrive is None:
            return None
        if left is None:
            left = arrive - halt.travel_s if hours.unbroken else hours.advance(depart_s, 0)
        start = max(arrive, ready[i]) if ready else arrive
        work_s = handling.stop_s + handling.kit_s * len(halt.kits) + halt.bulk_s
        now = hours.handed_over(start, work_s, halt.open_hours)
        if now is None:
            return None
        times.append((arrive, now))
    back = hours.travel(now, tour.back_travel_s)  # type: ignore[arg-type]
    if back is None or left is None:
        return None
    return Run(depart_s=left, times=tuple(times), back_s=back)


def latest_departure(
    tour: Tour,
    due: Mapping[str, int],
    hours: Hours,
    handling: Handling,
    must_be_back: int | None,
) -> int | None:
    """Return the latest departure that keeps every due time, or None.

    Driving later never arrives earlier, so the last good departure can be bisected.

    Args:
        tour: Halts with the legs between them.
        due: Latest end of the hand-over at each place [s].
        hours: When it may move and hand over.
        handling: Time that halts take.
        must_be_back: When its vehicle is needed again [s]; None is never.
    """

    def fits(minute: int) -> bool:
        run = drive(tour, minute * _GRAIN_S, hours, handling)
        return (
            run is not None
            and (must_be_back is None or run.back_s <= must_be_back)
            and all(
                done <= due[halt.place]
                for (_, done), halt in zip(run.times, tour.halts, strict=True)
            )
        )

    good = -BEFORE_DAYS * DAY_S // _GRAIN_S
    bad = max(due[h.place] for h in tour.halts) // _GRAIN_S + 1
    # Most tours leave within the last few days: look there before the whole horizon.
    near = bad - 3 * DAY_S // _GRAIN_S
    if near > good and fits(near):
        good = near
    elif not fits(good):
        return None
    while bad - good > 1:
        middle = (good + bad) // 2
        if fits(middle):
            good = middle
        else:
            bad = middle
    run = drive(tour, good * _GRAIN_S, hours, handling)
    return run.depart_s if run else None


def planned_run(
    tour: Tour,
    latest_s: int,
    hours: Hours,
    handling: Handling,
    not_before: Mapping[str, int],
    due: Mapping[str, int],
    must_be_back: int | None,
) -> Run:
    """Return the run at the start of the day, or at the latest where that is too early."""
    morning = max(
        hours.open_at_or_before(latest_s) or latest_s,
        latest_s // DAY_S * DAY_S + handling.first_hour * 3600,
    )
    for start in (min(morning, latest_s), latest_s):
        run = drive(tour, start, hours, handling)
        # With rests, leaving earlier may bring it there later.
        if (
            run is not None
            and (must_be_back is None or run.back_s <= must_be_back)
            and all(
                arrive >= not_before.get(halt.place, arrive) and done <= due[halt.place]
                for (arrive, done), halt in zip(run.times, tour.halts, strict=True)
            )
        ):
            return run
    found = drive(tour, latest_s, hours, handling)
    assert found is not None  # it was when the latest departure was looked for
    return found
