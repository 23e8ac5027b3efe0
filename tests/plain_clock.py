"""A clock of its own for trips: hour by hour, from the rules, without the planner's."""

from __future__ import annotations

from datetime import timedelta

from silog_core.domain.calendar import day_start_s

HOUR = 3600
DAYS = range(-119, 30)
WHOLE_LEGS = {"boat", "river", "lake", "air", "helicopter", "sea"}


def open_hours(scenario, book, trip):
    """Return the hours in which a trip may move, counted from the start of voting day."""
    day_zero = scenario.election.voting_day
    codes = {trip.home, *(s.place for s in trip.stops)}
    regions = [scenario.by_code[c].region for c in codes]
    closures = list(book.closures(trip.mode, *regions))
    off = {d.day for r in regions for d in book.days_off(r)}
    first, last = scenario.handling.first_hour, scenario.handling.last_hour
    hours = range(24) if trip.mode.value == "sea" else range(first, last)
    found = set()
    for offset in DAYS:
        day = day_zero + timedelta(days=offset)
        for hour in hours if day not in off else ():
            at = {"month": day.month, "weekday": day.weekday(), "hour": hour}
            if not any(c.holds(**at) for c in closures):
                found.add(day_start_s(day, day_zero) // HOUR + hour)
    return found


def arrivals(scenario, book, trip, ready_s):
    """Return when each stop is done, ready at a moment, with the ways that were planned."""
    hours, whole = open_hours(scenario, book, trip), trip.mode.value in WHOLE_LEGS
    now, was, done = ready_s, trip.depart_s, []
    for stop in trip.stops:
        if whole:
            way = sailing(hours, was, stop.arrive_s)
            now = sail(hours, now, way)
        else:
            now = walk(hours, now, seconds_open(hours, was, stop.arrive_s))
        now = walk(hours, now, seconds_open(hours, stop.arrive_s, stop.depart_s))
        was = stop.depart_s
        done.append(now)
    return done


def seconds_open(hours, from_s, until_s):
    """Count the open seconds of a stretch."""
    total = 0
    for hour in range(from_s // HOUR, until_s // HOUR + 1):
        if hour in hours:
            total += max(0, min(until_s, (hour + 1) * HOUR) - max(from_s, hour * HOUR))
    return total


def walk(hours, now, seconds):
    """Return when so many open seconds have gone by; far away where they never do."""
    while seconds > 0:
        hour = now // HOUR
        if hour > 24 * 30:
            return 10**9
        room = (hour + 1) * HOUR - now
        if hour in hours:
            step = min(room, seconds)
            seconds -= step
            now += step
        else:
            now += room
    return now


def sailing(hours, ready_s, arrive_s):
    """Return how long a leg took that began when its stretch opened, or when ready."""
    hour = (arrive_s - 1) // HOUR
    while hour - 1 in hours:
        hour -= 1
    return arrive_s - max(ready_s, hour * HOUR)


def sail(hours, ready_s, seconds):
    """Return when a leg arrives that must fit into one open stretch."""
    now = ready_s
    while now < 24 * 30 * HOUR:
        end = now
        while end < now + seconds and end // HOUR in hours:
            end = min(now + seconds, (end // HOUR + 1) * HOUR)
        if end >= now + seconds:
            return now + seconds
        now = (end // HOUR + 1) * HOUR
    return 10**9
