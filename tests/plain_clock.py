"""A clock of its own for trips: hour by hour, from the rules, without the planner's."""

from __future__ import annotations

from datetime import timedelta

from silog_core.domain.calendar import day_start_s

HOUR, DAY = 3600, 86_400
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


def arrivals(scenario, book, plan, trip, ready_s):
    """Return when each stop is done and the trip home, ready at a moment.

    Ways take what was planned. A trip that needed no rest waits for the next day rather
    than need one; what rests is moved by whole days on which it finds the same hours open.
    """
    hours, whole = open_hours(scenario, book, trip), trip.mode.value in WHOLE_LEGS
    planned = [*(s.depart_s for s in trip.stops), trip.back_s]
    most_s = most_on_duty(scenario, plan, trip)
    left, done = driven(hours, trip, trip.depart_s)
    if trip.rests or (left, done) != (trip.depart_s, planned) or (whole and most_s):
        by_s = days_later(hours, trip, ready_s) * DAY
        return [at + by_s for at in planned]
    left, done = driven(hours, trip, ready_s)
    while done[-1] < 10**8 and not rested(scenario, trip, left, done, most_s):
        while left // HOUR in hours:
            left += HOUR - left % HOUR
        left, done = driven(hours, trip, left)
    return done


def driven(hours, trip, ready_s):
    """Return departure, and when each stop is done and the trip home, without a rest."""
    whole = trip.mode.value in WHOLE_LEGS
    now, was, left, done = ready_s, trip.depart_s, None, []
    for arrives, leaves in (*((s.arrive_s, s.depart_s) for s in trip.stops), (trip.back_s, 0)):
        if whole:
            way = sailing(hours, was, arrives)
            now = sail(hours, now, way)
            left = now - way if left is None else left
        else:
            left = next_open(hours, now) if left is None else left
            now = walk(hours, now, seconds_open(hours, was, arrives))
        if leaves:
            now = walk(hours, now, seconds_open(hours, arrives, leaves))
        was = leaves
        done.append(now)
    return left, done


def most_on_duty(scenario, plan, trip):
    """Return how long the crew of a trip may be on duty without a rest; None is for ever."""
    own = {(e.home, e.vehicle.type): e.vehicle for e in scenario.fleet}
    hired = {v.type: v for v in plan.vehicles}
    return own.get((trip.home, trip.vehicle), hired.get(trip.vehicle)).break_after_s


def rested(scenario, trip, left, done, most_s):
    """Say whether nobody needs a rest, nor a guarded place for the night."""
    handling, ends = scenario.handling, done[-1]
    if most_s and ends - left > most_s:
        return False
    if not handling.guarded_nights or trip.mode.value == "sea":
        return True
    if trip.echelon == "line-haul":
        ends = done[-2]
    return ends <= left // DAY * DAY + handling.last_hour * HOUR


def days_later(hours, trip, ready_s):
    """Return by how many days a trip is moved that is ready at a moment."""
    needs = [h for h in range(trip.depart_s // HOUR, -(-trip.back_s // HOUR)) if h in hours]
    days = -((trip.depart_s - ready_s) // DAY)
    while days and not all(h + 24 * days in hours for h in needs):
        days += 1
        if days > 300:
            return 10**5
    return days


def next_open(hours, now):
    """Return the next open moment."""
    while now // HOUR not in hours and now < 24 * 40 * HOUR:
        now += HOUR - now % HOUR
    return now


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
