"""Rests of typed trips: taken where the vehicle is, and soon enough for its crew."""

from __future__ import annotations

from collections.abc import Callable, Collection

from silog_core.domain.problems import Said
from silog_core.domain.typed_trips import TripFinding, TypedRest, TypedTrip
from silog_core.domain.vehicles import Vehicle
from silog_core.planning.judge.figures import GRAIN_S, hours_minutes
from silog_core.planning.judge.texts import finding

#: Rests that are on the way, not at a place.
ON_WAY = frozenset({""})


class Duty:
    """Rests of one trip, ticked off as it is driven.

    Who rests drives on later. Where a table has no column for rests, crews are taken to
    rest when they must, and nothing is judged.
    """

    def __init__(self, trip: TypedTrip, vehicle: Vehicle, when: Callable[[int], Said]) -> None:
        """Take the rests that were typed."""
        self._trip, self._vehicle, self._when = trip, vehicle, when
        self._left: list[TypedRest] = sorted(trip.rests or (), key=lambda r: r.from_s)

    def take(
        self,
        takes_s: int,
        where: Collection[str],
        leave: Callable[[int], tuple[int, int] | None],
        open_s: Callable[[int, int], int],
    ) -> tuple[int, int] | None:
        """Return beginning and end of a leg or a hand-over with the rests in it.

        Args:
            takes_s: How long it takes without them [s].
            where: Places at which they count; the empty text is under way.
            leave: Returns beginning and end of what takes so long, None for never.
            open_s: Returns how much of a rest is not outside the hours anyway [s].
        """
        taken: list[TypedRest] = []
        # What begins in the minute in which a hand-over ends comes after it.
        short_s = 0 if "" in where else GRAIN_S
        while True:
            times = leave(takes_s + sum(open_s(r.from_s, r.until_s) for r in taken))
            if times is None:
                return None
            more = [
                rest
                for rest in self._left
                if rest.place in where
                and rest not in taken
                and times[0] - GRAIN_S <= rest.from_s < times[1] - short_s
            ]
            if not more:
                self._left = [rest for rest in self._left if rest not in taken]
                return times
            taken += more

    def stay(self, place: str, since_s: int, now_s: int) -> int:
        """Return when a vehicle that came at *since_s* leaves a place, its rests taken."""
        here = [r for r in self._left if r.place == place and r.from_s >= since_s - GRAIN_S]
        self._left = [rest for rest in self._left if rest not in here]
        return max([now_s, *(rest.until_s for rest in here)])

    def under_way(self, from_s: int) -> int:
        """Return how long rests on the way take from a moment on [s]."""
        here = [r for r in self._left if not r.place and r.from_s >= from_s - GRAIN_S]
        self._left = [rest for rest in self._left if rest not in here]
        return sum(rest.until_s - rest.from_s for rest in here)

    def judge(self, leaves_s: int, back_s: int) -> list[TripFinding]:
        """Return what is wrong with the rests of a trip that is back at *back_s*."""
        if self._trip.rests is None:
            return []
        found = [
            finding(
                "rest-elsewhere", row=rest.row, trip=self._trip.id,
                place=_place(rest), at=self._when(rest.from_s),
            )
            for rest in self._left
        ]  # fmt: skip
        after_s = self._vehicle.break_after_s
        if after_s is None:
            return found
        since = leaves_s
        rests = sorted((r.from_s, r.until_s) for r in self._trip.rests)
        long = [r for r in rests if r[1] - r[0] > self._vehicle.break_s - GRAIN_S]
        for begins, ends in [*long, (back_s, back_s)]:
            if begins - since > after_s + GRAIN_S:
                found.append(
                    finding(
                        "no-break", row=self._trip.row, trip=self._trip.id,
                        vehicle=self._vehicle.type, amount=begins - since - after_s,
                        over=hours_minutes(begins - since), limit=hours_minutes(after_s),
                        rest=hours_minutes(self._vehicle.break_s), at=self._when(since),
                        next=self._when(since + after_s),
                    )
                )  # fmt: skip
            since = max(since, ends)
        return found


def _place(rest: TypedRest) -> Said:
    return Said.same(rest.place) if rest.place else Said("the road", "perjalanan")
