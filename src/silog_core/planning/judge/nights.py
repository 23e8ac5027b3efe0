"""Nights of typed trips: spent at home, or where somebody guards what is on board."""

from __future__ import annotations

from collections.abc import Callable

from silog_core.domain.calendar import DAY_S
from silog_core.domain.legs import Mode
from silog_core.domain.problems import Said
from silog_core.domain.scenario import Handling
from silog_core.domain.typed_trips import TripFinding, TypedStop, TypedTrip
from silog_core.domain.vehicles import Vehicle
from silog_core.planning.judge.figures import hours_minutes
from silog_core.planning.judge.texts import finding


class Nights:
    """Remembers since when a vehicle has been out, and notes the first night that it is."""

    def __init__(
        self,
        trip: TypedTrip,
        vehicle: Vehicle,
        handling: Handling,
        when: Callable[[int], Said],
        *,
        night: bool = False,
    ) -> None:
        """Take the trip; *night* says whether work goes on after the working day."""
        self._trip, self._handling, self._when = trip, handling, when
        # A ship sails on.
        self._watched = handling.guarded_nights and not night and vehicle.mode is not Mode.SEA
        self._out_s: int | None = None

    def left(self, leaves_s: int) -> None:
        """Note that the vehicle leaves home, or a place where it is guarded [s]."""
        self._out_s = leaves_s

    def waited(self, time_s: int) -> None:
        """Note that it left so much later than it could have [s]."""
        if self._out_s is not None:
            self._out_s += time_s

    def morning(self, leaves_s: int, arrives_s: int) -> int | None:
        """Return when to leave a guarded place instead, where a leg ends after dark [s]."""
        if not self._watched or arrives_s <= self._dark_s(leaves_s):
            return None
        return leaves_s // DAY_S * DAY_S + DAY_S + self._handling.first_hour * 3600

    def judge(self, now_s: int, stop: TypedStop) -> list[TripFinding]:
        """Return a finding where it is dark now, and nobody has guarded it; but once."""
        if not self._watched or self._out_s is None:
            return []
        dark_s = self._dark_s(self._out_s)
        if now_s <= dark_s:
            return []
        self._out_s = None
        return [
            finding(
                "guard", row=stop.row, trip=self._trip.id,
                place=stop.place, at=self._when(dark_s),
                over=hours_minutes(now_s - dark_s), amount=now_s - dark_s,
            )
        ]  # fmt: skip

    def _dark_s(self, at_s: int) -> int:
        return at_s // DAY_S * DAY_S + self._handling.last_hour * 3600
