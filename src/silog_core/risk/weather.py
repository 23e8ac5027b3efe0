"""When a region or a leg is closed or slow, draw by draw; and travel through it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from silog_core.domain.calendar import DAY_S
from silog_core.domain.shocks import Shock
from silog_core.risk.chance import hits, stream

#: Start, end [s from 00:00 of voting day], speed left [per mille], number of the shock.
Spell = tuple[int, int, int, int]
_NONE: tuple[Spell, ...] = ()


@attrs.frozen(kw_only=True)
class Weather:
    """All spells of one shock in one region or on one leg."""

    #: Spells of each draw that has any, in the order of their days.
    by_draw: Mapping[int, tuple[Spell, ...]]
    #: By each day that a spell touches: draw, start, end, speed that is gone [per mille].
    by_day: Mapping[int, tuple[tuple[int, int, int, int], ...]]

    def losses(self, from_s: int, until_s: int, lost: dict[int, int]) -> None:
        """Add to each draw the time that spells take away [s x 1000] between two moments."""
        first = from_s // DAY_S
        for day in range(first, until_s // DAY_S + 1):
            for draw, starts, ends, takes in self.by_day.get(day, ()):
                # A spell that goes on counts on its first day here alone.
                if starts >= until_s or ends <= from_s or max(starts, from_s) // DAY_S != day:
                    continue
                more = (min(ends, until_s) - max(starts, from_s)) * takes
                lost[draw] = lost.get(draw, 0) + more


def weather(
    shock: Shock,
    number: int,
    where: str,
    *,
    days: Iterable[int],
    draws: int,
    seed: int,
) -> Weather:
    """Return the spells of a shock at one place of its kind.

    Args:
        shock: What strikes.
        number: Its number, which each spell carries.
        where: Code of the region, or the two ends of the leg.
        days: Days on which it may strike, counted from the voting day.
        draws: How many draws.
        seed: Seed of the simulation.
    """
    by_draw: dict[int, tuple[Spell, ...]] = {}
    by_day: dict[int, list[tuple[int, int, int, int]]] = {}
    speed = shock.speed_permille
    for day in days:
        rng = stream(seed, shock.name, where, str(day))
        for draw in hits(shock.chance_ppm, draws, rng):
            starts = day * DAY_S + int(rng.random() * DAY_S)
            ends = starts + shock.lasts.at(rng.random())
            by_draw[draw] = (*by_draw.get(draw, _NONE), (starts, ends, speed, number))
            for touched in range(day, ends // DAY_S + 1):
                by_day.setdefault(touched, []).append((draw, starts, ends, 1000 - speed))
    return Weather(by_draw=by_draw, by_day={k: tuple(v) for k, v in by_day.items()})


def travel(start_s: int, length_s: int, spells: Sequence[Spell]) -> int:
    """Return when a way is done that takes *length_s* in fair weather [s].

    Where spells overlap, the slowest holds. Whoever starts later never arrives earlier.

    Example:
        >>> travel(0, 100, [(50, 80, 0, 1)]), travel(0, 100, [(50, 150, 500, 1)])
        (130, 150)
    """
    now, left = start_s, length_s * 1000
    while True:
        speed, until = 1000, None
        for starts, ends, slowed, _ in spells:
            if starts <= now < ends:
                speed = min(speed, slowed)
                until = ends if until is None else min(until, ends)
            elif starts > now:
                until = starts if until is None else min(until, starts)
        if speed and (until is None or now + -(-left // speed) <= until):
            return now + -(-left // speed)
        if until is None:  # pragma: no cover - a spell that slows has an end
            return now
        left -= speed * (until - now)
        now = until
