"""What a crew gets done, day by day: rates, shifts, and output that falls on end."""

from __future__ import annotations

from datetime import date, timedelta

import attrs

from silog_core.domain.calendar import DAY_S, day_start_s
from silog_core.domain.places import Place
from silog_core.domain.scenario import Scenario
from silog_core.domain.workforce import Workforce, workforce_at

#: A crew is never smaller, where nobody says how big it is.
_LEAST_WORKERS = 4
#: Who needs more days than this never gets done: a bound for wrong data [days].
_ENDLESS = 100_000


@attrs.frozen(kw_only=True)
class Labour:
    """One kind of work of one crew, in whole pieces.

    Days on end are counted from the first day of the work, and anew after each day off.
    """

    #: What all people of a day do while they are fresh [pieces].
    fresh: int
    force: Workforce | None = None

    def on_day(self, nth: int) -> int:
        """Return the output of the *nth* day on end [pieces]."""
        if self.force is None:
            return self.fresh
        return max(1, self.fresh * self.force.output_pct(nth) // 100)

    def days(self, pieces: int) -> int:
        """Return the days on end that *pieces* take."""
        if self.force is None or self.force.fresh_days is None:
            return -(-pieces // self.fresh)
        done = n = 0
        while done < pieces and n < _ENDLESS:
            n += 1
            done += self.on_day(n)
        return n

    def hours(self, pieces: int, a_day: int) -> int:
        """Return the hours that *pieces* take, of so many *a_day*."""
        n, left = 1, pieces
        while self.force is not None and left > self.on_day(n) and n < _ENDLESS:
            left -= self.on_day(n)
            n += 1
        return (n - 1) * a_day - (-left * a_day // self.on_day(n))

    def back(
        self, end_s: int, pieces: int, days_off: frozenset[date], voting_day: date
    ) -> tuple[int, int]:
        """Return the latest start at which *pieces* are done by the day of *end_s*.

        A day earlier on end makes none of the later ones yield less in sum, so the first
        start that is early enough, counted backwards, is the latest.

        Returns:
            The start of that day [s], and how many days are worked.
        """
        day = voting_day + timedelta(days=end_s // DAY_S)
        done = streak = worked = 0
        while done < pieces and worked < _ENDLESS:
            day -= timedelta(days=1)
            if day in days_off:
                streak = 0
                continue
            streak += 1
            worked += 1
            # The day that is put before the others makes the last of its streak one more.
            done += self.on_day(streak)
        return day_start_s(day, voting_day), worked

    def on(self, days: list[bool]) -> int:
        """Return what is done in days of which each is worked or off [pieces]."""
        done = streak = 0
        for worked in days:
            streak = streak + 1 if worked else 0
            done += self.on_day(streak) if worked else 0
        return done


def whole_days(
    ready_s: int, days: int, days_off: frozenset[date], voting_day: date
) -> tuple[int, int]:
    """Return when work of some whole working days begins and ends, once it is ready.

    Args:
        ready_s: From when on it can begin [s]; it does with the next working day.
        days: Working days that it takes.
        days_off: Days on which nobody works.
        voting_day: Day that times count from.
    """
    day = voting_day + timedelta(days=-(-ready_s // DAY_S))
    while day in days_off:
        day += timedelta(days=1)
    start_s = day_start_s(day, voting_day)
    while days > 0:
        days -= day not in days_off
        day += timedelta(days=1)
    return start_s, day_start_s(day, voting_day)


def force_at(scenario: Scenario, place: Place) -> Workforce | None:
    """Return the people of a warehouse, or None where the scenario says nothing."""
    return workforce_at(scenario.workforces, place.region)


def people_at(scenario: Scenario, place: Place, voters: int) -> int:
    """Return how many people work at a warehouse in a day, in all its shifts."""
    force = force_at(scenario, place)
    by_voters = max(_LEAST_WORKERS, -(-voters // scenario.handling.voters_per_worker))
    if force is None:
        return by_voters
    return (force.workers or by_voters) * force.shifts


def labour_at(scenario: Scenario, place: Place, *, sheets: bool, people: int) -> Labour:
    """Return the work of *people* at a warehouse: on *sheets* of ballots, or on kits."""
    handling, force = scenario.handling, force_at(scenario, place)
    if sheets:
        each = (force and force.sheets_per_worker_day) or handling.sheets_per_worker_day
    else:
        each = (force and force.kits_per_worker_day) or handling.kits_per_worker_day
    return Labour(fresh=max(1, people * each), force=force)
