"""Escorts: people who ride along with one trip at a time, over all tours of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from silog_core.solvers.routing.flat import FlatProblem
    from silog_core.solvers.routing.rests import Run

Trips = tuple[tuple[int, ...], ...]
#: Who is out, from when until when [s].
Busy = tuple[tuple[str, int, int], ...]


def busy(flat: FlatProblem, trips: Trips, run: Run) -> Busy:
    """Return who rides along with the trips of a run, and when."""
    return tuple(
        (name, leaves, back)
        for trip, (leaves, back) in zip(trips, run.spans, strict=True)
        if leaves < back
        for name in sorted({name for node in trip for name in flat.escorts[node]})
    )


def enough(flat: FlatProblem, mine: Busy, others: Iterable[Busy]) -> bool:
    """Return whether there are enough escorts for one more tour beside *others*.

    Trips of one vehicle follow each other, so it never needs an escort twice at a time.
    """
    out = [span for tour in others for span in tour]
    for name, leaves, back in mine:
        times = [(a, b) for who, a, b in out if who == name and a < back and leaves < b]
        most = flat.escort_count[name]
        # The number that are out is highest when somebody has just left.
        for moment in [leaves, *[a for a, _ in times if a > leaves]]:
            if sum(a <= moment < b for a, b in times) >= most:
                return False
    return True


def free_times(mine: Busy, others: Iterable[Busy]) -> list[int]:
    """Return when escorts come back that a tour would need, in order [s].

    Example:
        >>> free_times((("police", 0, 50),), [(("police", 10, 70), ("guide", 0, 90))])
        [70]
    """
    wanted = {name for name, _, _ in mine}
    return sorted({back for tour in others for name, _, back in tour if name in wanted})
