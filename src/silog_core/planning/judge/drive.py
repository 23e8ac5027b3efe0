"""Driving a typed trip by a clock of the judge's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from silog_core.domain.places import Place
from silog_core.domain.problems import Said
from silog_core.domain.regions import RegionCode
from silog_core.domain.scenario import Scenario
from silog_core.domain.typed_trips import TripFinding, TypedStop, TypedTrip
from silog_core.domain.vehicles import Vehicle
from silog_core.network.travel import Travel
from silog_core.planning.judge.calendar import REST, Calendar
from silog_core.planning.judge.duty import ON_WAY, Duty
from silog_core.planning.judge.figures import by_mode
from silog_core.planning.judge.nights import Nights
from silog_core.planning.judge.texts import finding
from silog_core.planning.judge.windows import check_arrival

if TYPE_CHECKING:
    from silog_core.rules.book import RuleBook


class Court(Protocol):
    """What a drive asks of the judge."""

    scenario: Scenario
    book: RuleBook
    travel: Travel
    calendar: Calendar

    def when(self, at_s: int) -> Said:
        """Return a moment in both languages."""


class Driver:
    """One vehicle on its way; `found` fills with what is wrong."""

    def __init__(
        self, court: Court, trip: TypedTrip, vehicle: Vehicle, home: Place, *, night: bool
    ) -> None:
        """Take the trip; *night* says whether work goes on after the working day."""
        self._court, self._trip, self._vehicle, self._home = court, trip, vehicle, home
        self._night = night and not Calendar.in_one_go(vehicle.mode)
        self._at, self._now = home, trip.depart_s or 0
        self._nights = Nights(
            trip, vehicle, court.scenario.handling, court.when, night=self._night
        )
        self._came = self._left_s = self._now
        self._duty = Duty(trip, vehicle, court.when)
        self._last: TypedStop | None = None
        self.found: list[TripFinding] = []

    def stop(
        self, stop: TypedStop, place: Place, kits: int, ready_s: int | None = None
    ) -> tuple[int, int] | None:
        """Return arrival and end of the hand-over [s]; None where no more can be said."""
        handling = self._court.scenario.handling
        guarded = self._at.guarded and self._last is not None
        arrives = self._leg(stop, place)
        if arrives is None:
            return None
        if stop.arrive_s is not None:
            early = check_arrival(self._trip, stop, arrives, self._court.when)
            self.found += early
            if not early and guarded:
                # Who comes later than could be has stayed where boxes are guarded.
                self._nights.waited(max(0, stop.arrive_s - arrives))
            arrives = self._now = max(arrives, stop.arrive_s)
        self.found += self._nights.judge(self._now, stop)
        begins = arrives if ready_s is None else max(arrives, ready_s)
        work_s = handling.stop_s + handling.kit_s * kits
        where = self._vehicle.mode, (place.region,), ()
        calendar, self._came = self._court.calendar, arrives
        done = self._duty.take(
            work_s,
            {place.code},
            lambda takes_s: calendar.hand_over(
                begins, takes_s, *where, night=self._night, doors=place.open_hours
            ),
            lambda a, b: calendar.open_s(a, b, *where, night=self._night),
        )
        self._now = done[1] if done else begins + work_s
        if not place.guarded:
            self.found += self._nights.judge(self._now, stop)
        self._at, self._last = place, stop
        return arrives, self._now

    def home(self) -> int:
        """Drive home from the last stop; return when it is there [s]."""
        self._now = self._duty.stay(self._at.code, self._came, self._now)
        back = self._way(self._at, self._home)
        if back is not None and self._last is not None:
            regions = tuple(sorted({self._at.region, self._home.region}))
            way = self._leave(back[0], regions, back[1])
            if self._at.guarded and way:
                self._nights.left(way[0])
            self._now = way[1] if way else self._now + back[0]
            self.found += self._nights.judge(self._now, self._last)
        self.found += self._duty.judge(self._left_s, self._now)
        return self._now

    def _leave(
        self, takes_s: int, regions: tuple[RegionCode, ...], months: tuple[int, ...]
    ) -> tuple[int, int] | None:
        """Return when a leg is left for and arrives: after the night, where that is guarded."""
        calendar, mode = self._court.calendar, self._vehicle.mode
        way = mode, regions, months
        times = self._duty.take(
            takes_s,
            () if calendar.in_one_go(mode) else ON_WAY,
            lambda takes_s: calendar.leave(self._now, takes_s, *way, night=self._night),
            lambda a, b: calendar.open_s(a, b, *way, night=self._night),
        )
        if times and self._at.guarded and self._last is not None:
            morning_s = self._nights.morning(*times)
            if morning_s is not None:
                times = calendar.leave(morning_s, takes_s, mode, regions, months)
        return times

    def _way(self, tail: Place, head: Place) -> tuple[int, tuple[int, ...]] | None:
        """Return seconds under way and months closed; None where no way is known."""
        if tail.code == head.code:
            return 0, ()
        book, travel, home = self._court.book, self._court.travel, self._home
        access = book.access(head.kind if tail is home else tail.kind, head.region)
        # A vehicle of another mode does not use the road that the region's rule means.
        surface = access.surface if access and access.mode is self._vehicle.mode else ""
        way = travel.way(tail, head, self._vehicle.mode, surface)
        if way is None:
            return None
        rule = travel.speed(self._vehicle.mode, surface, tail.region, head.region)
        loading = home in (tail, head) and way.basis != "given" and rule is not None
        return way.travel_s + (rule.transfer_s if loading and rule else 0), way.months_closed

    def _leg(self, stop: TypedStop, head: Place) -> int | None:
        """Return the arrival of a leg, None where nothing more can be said."""
        mode, tail, calendar = self._vehicle.mode, self._at, self._court.calendar
        first = self._last is None
        if not first:
            self._now = self._duty.stay(tail.code, self._came, self._now)
        now = self._now
        given: dict[str, Any] = {"place": head.code, "mode": by_mode(mode)}
        way = self._way(tail, head)
        if way is None:
            self._note("no-way", stop, tail=tail.code, **given)
            return None
        takes_s, months = way
        regions = tuple(sorted({tail.region, head.region}))
        why = calendar.why_closed(now, mode, regions, months, night=self._night)
        times = self._leave(takes_s, regions, months)
        when = self._court.when
        if times is None:
            self._note("closed-for-good", stop, at=when(now), why=why or REST, **given)
            return None
        leaves, arrives = times
        if leaves > now and (first or calendar.in_one_go(mode)):
            if why is None:  # it could leave, and would meet a closure on the way
                shut = now
                while why is None and shut < now + takes_s:
                    shut = (shut // 3600 + 1) * 3600
                    why = calendar.why_closed(shut, mode, regions, months, night=self._night)
            if first and (why is not REST or calendar.in_one_go(mode)):
                text = "closed"
            else:
                text = "hours" if first else ""
            if text:
                self._note(
                    text, stop,
                    at=when(now), next=when(leaves), why=why or REST, amount=leaves - now,
                    **given,
                )  # fmt: skip
        if first or tail.guarded:
            self._nights.left(leaves)
        self._left_s = leaves if first else self._left_s
        self._now = arrives
        return arrives

    def _note(self, text: str, stop: TypedStop, **given: Any) -> None:
        self.found.append(finding(text, row=stop.row, trip=self._trip.id, **given))
