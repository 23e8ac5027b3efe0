"""Driving a typed trip with goods in bulk, leg by leg, by the judge's clock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from silog_core.domain.legs import Leg
from silog_core.domain.places import Place
from silog_core.domain.problems import Said
from silog_core.domain.typed_trips import TripFinding, TypedStop, TypedTrip
from silog_core.domain.vehicles import Vehicle
from silog_core.planning.judge.duty import ON_WAY, Duty
from silog_core.planning.judge.figures import by_mode
from silog_core.planning.judge.nights import Nights
from silog_core.planning.judge.texts import finding
from silog_core.planning.judge.windows import check_arrival

if TYPE_CHECKING:
    from silog_core.planning.judge.drive import Court


class HaulDriver:
    """One vehicle of the line haul on its way; `found` fills with what is wrong."""

    def __init__(self, court: Court, trip: TypedTrip, vehicle: Vehicle, home: Place) -> None:
        """Take the trip, as it leaves its home."""
        self._court, self._trip, self._mode, self._home = court, trip, vehicle.mode, home
        self._now = trip.depart_s or 0
        self._leaves_s: int | None = None
        #: Whether it has not stopped yet.
        self._first = True
        self._duty = Duty(trip, vehicle, court.when)
        self._nights = Nights(trip, vehicle, court.scenario.handling, court.when)
        self.found: list[TripFinding] = []

    def stop(self, stop: TypedStop, place: Place, legs: Sequence[Leg]) -> int:
        """Drive some legs to a place and hand over; return when that is done [s]."""
        guarded = False
        for leg in legs:
            guarded = self._drive(stop, leg, last=leg is legs[-1])
        if stop.arrive_s is not None:
            early = check_arrival(self._trip, stop, self._now, self._court.when)
            self.found += early
            if guarded and not early:
                # Who comes later than could be has stayed where goods are guarded.
                self._nights.waited(max(0, stop.arrive_s - self._now))
            self._now = max(self._now, stop.arrive_s)
        self.found += self._nights.judge(self._now, stop)
        came = self._now
        done_s = self._hand_over(place, came)
        if not place.guarded:
            self.found += self._nights.judge(done_s, stop)
        self._now, self._first = self._duty.stay(place.code, came, done_s), False
        return done_s

    def home(self, legs: Sequence[Leg]) -> int:
        """Drive home, empty and so wherever the night is spent; return when it is there."""
        back = self._now + sum(leg.travel_s for leg in legs)
        back += self._duty.under_way(self._now)
        start = self._trip.depart_s or 0
        self.found += self._duty.judge(
            start if self._leaves_s is None else self._leaves_s, back
        )
        return back

    def _drive(self, stop: TypedStop, leg: Leg, *, last: bool) -> bool:
        """Drive one leg; say whether it was left from a guarded place on the way."""
        by_code = self._court.scenario.by_code
        tail, head = by_code[leg.tail], by_code[leg.head]
        first = self._leaves_s is None
        times = self._leg(stop, leg, self._now, first=self._first)
        guarded = tail.guarded and not first
        morning_s = self._nights.morning(*times) if guarded else None
        if morning_s is not None and self._trip.rests is None:
            # Nobody typed rests: it is taken to stand where goods are guarded.
            times = self._leg(stop, leg, morning_s, first=False)
        if tail.guarded or first:
            self._nights.left(times[0])
        self._leaves_s = times[0] if self._leaves_s is None else self._leaves_s
        self._now = times[1]
        if not last:
            self.found += self._nights.judge(self._now, stop)
            self._now = self._duty.stay(head.code, self._now, self._now)
        return guarded

    def _leg(self, stop: TypedStop, leg: Leg, now: int, *, first: bool) -> tuple[int, int]:
        """Return when a leg is left for and done; note if it could not be left for at once."""
        calendar, when = self._court.calendar, self._court.when
        by_code = self._court.scenario.by_code
        regions = tuple(sorted({by_code[leg.tail].region, by_code[leg.head].region}))
        way = leg.mode, regions, leg.months_closed
        times = self._duty.take(
            leg.travel_s,
            () if calendar.in_one_go(leg.mode) else ON_WAY,
            lambda takes_s: calendar.leave(now, takes_s, *way),
            lambda a, b: calendar.open_s(a, b, *way),
        )
        why = calendar.why_closed(now, leg.mode, regions, leg.months_closed)
        given: dict[str, Any] = {
            "row": stop.row, "trip": self._trip.id, "place": leg.head,
            "mode": by_mode(leg.mode), "at": when(now),
        }  # fmt: skip
        if times is None:
            why = why or Said("it meets a closure", "jalurnya tertutup")
            self.found.append(finding("closed-for-good", why=why, **given))
            return now, now + leg.travel_s
        if times[0] > now and first and why is not None:
            given["next"] = when(times[0])
            self.found.append(finding("closed", why=why, amount=times[0] - now, **given))
        return times

    def _hand_over(self, place: Place, arrives: int) -> int:
        stop_s = self._court.scenario.handling.stop_s
        calendar, where = self._court.calendar, (self._mode, (place.region,), ())
        done = self._duty.take(
            stop_s,
            {place.code},
            lambda takes_s: calendar.leave(arrives, takes_s, *where),
            lambda a, b: calendar.open_s(a, b, *where),
        )
        return done[1] if done else arrives + stop_s
