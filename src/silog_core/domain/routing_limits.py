"""What limits a routing plan beside loads and windows: rests, closed legs, escorts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import attrs
from attrs import field

from silog_core.domain.fields import maybe, text, whole
from silog_core.errors import FieldError

if TYPE_CHECKING:
    from silog_core.domain.travel_rules import Closure

#: Later than any time that occurs [s].
FOREVER_S = 2**45

Window = tuple[int, int]


def in_order(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    """Check that windows are pairs of whole seconds, sorted and apart."""
    last = -1
    for window in value:
        opens, closes = window
        if type(opens) is not int or type(closes) is not int or not last < opens <= closes:
            raise FieldError(
                f"{type(instance).__name__}.{attribute.name} is {value!r}",
                "give pairs (opens, closes) of seconds from 0 on, in order and apart",
            )
        last = closes


@attrs.frozen(kw_only=True)
class Break:
    """A rest of the crew, taken where the vehicle stands.

    It begins between `earliest_s` and `latest_s`, and no later than `after_s` after the
    departure or the end of the break before. A vehicle that is back by then needs none,
    nor the breaks that follow it.
    """

    duration_s: int = field(validator=whole(1, "seconds"))
    earliest_s: int = field(default=0, validator=whole(0, "seconds"))
    latest_s: int = field(default=FOREVER_S, validator=whole(0, "seconds"))
    #: Longest time on duty before it begins [s]; None is no limit.
    after_s: int | None = field(default=None, validator=maybe(whole(0, "seconds")))

    def due_s(self, since_s: int) -> int:
        """Return when it must have begun, the crew being on duty since *since_s*.

        Example:
            >>> Break(duration_s=1800, latest_s=50_000, after_s=14_400).due_s(30_000)
            44400
        """
        if self.after_s is None:
            return self.latest_s
        return min(self.latest_s, since_s + self.after_s)


@attrs.frozen(kw_only=True)
class LegClosure:
    """Times in which one leg cannot be used: it lies wholly outside each of them."""

    #: Index of the place before and after: depots first, then clients.
    tail: int = field(validator=whole(0, "the place's index"))
    head: int = field(validator=whole(0, "the place's index"))
    windows: tuple[Window, ...] = field(validator=in_order)


@attrs.frozen(kw_only=True)
class Escort:
    """People who ride along, such as police: each is with one trip at a time."""

    name: str = field(validator=text("a name such as police"))
    count: int = field(validator=whole(0, "escorts"))


def closed_windows(
    closures: Iterable[Closure], first_day: date, days: int
) -> tuple[Window, ...]:
    """Return the times in which some of *closures* holds, on a clock of seconds.

    Args:
        closures: Closures by month, weekday and hour.
        first_day: The day whose midnight is second 0.
        days: Days to look at.

    Returns:
        Windows in order and apart, as `VehicleType.closed` and `LegClosure` take them.

    Example:
        >>> from silog_core.domain.travel_rules import Closure
        >>> night = Closure(
        ...     name="night",
        ...     mode="boat",
        ...     hours=(0, 1, 22, 23),
        ...     reason="dark",
        ...     scope="ID",
        ...     source="example",
        ... )
        >>> closed_windows([night], date(2024, 11, 25), 2)
        ((0, 7200), (79200, 93600), (165600, 172800))
    """
    rules = tuple(closures)
    found: list[list[int]] = []
    for offset in range(days):
        day = first_day + timedelta(days=offset)
        for hour in range(24):
            if any(
                rule.holds(month=day.month, weekday=day.weekday(), hour=hour) for rule in rules
            ):
                begins = (offset * 24 + hour) * 3600
                if found and found[-1][1] == begins:
                    found[-1][1] += 3600
                else:
                    found.append([begins, begins + 3600])
    return tuple((begins, ends) for begins, ends in found)


def open_windows(closed: Iterable[Window], until_s: int) -> tuple[Window, ...]:
    """Return the times between *closed* ones, in which a visit may begin.

    Args:
        closed: Windows in order and apart.
        until_s: End of the clock [s].

    Example:
        >>> open_windows([(0, 7200), (79200, 93600)], 100_000)
        ((7200, 79199), (93600, 100000))
    """
    found = []
    now = 0
    for begins, ends in closed:
        if now < begins:
            found.append((now, begins - 1))
        now = ends
    if now <= until_s:
        found.append((now, until_s))
    return tuple(found)
