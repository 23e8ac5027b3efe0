"""What the cells of a trip table mean: for a scenario, or for a published file."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.calendar import DAY_S
from silog_core.domain.problems import Said

if TYPE_CHECKING:
    from silog_core.domain.scenario import Scenario
    from silog_core.io.vrp_files import VrpFile

_BEFORE = re.compile(r"[Hh]([+-]\d{1,3})?[ T](\d{1,2})[:.](\d\d)")
_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)[ T](\d{1,2})[:.](\d\d)(?::\d\d)?")
_NUMBER = re.compile(r"\d{1,12}(\.\d{1,9})?")


#: A trip that leaves later than at noon of the voting day fetches boxes [s].
BACK_FROM_S = 12 * 3600


@attrs.frozen(kw_only=True)
class Dialect:
    """Which places and vehicles there are, and how moments and loads are written."""

    places: Collection[str]
    vehicles: Collection[str]
    #: Vehicle that is meant where none is given; empty when one must be given.
    vehicle: str = ""
    #: Items that trips to warehouses and ports may carry.
    items: Collection[str] = ()
    #: Whether trips name a home, a departure, the vehicle's number and kits.
    homes: bool = False
    #: Reads a moment [s]; None when the text is none.
    moment: Callable[[str], int | None]
    moment_fix: Said
    #: Reads a load [g]; None when the text is none.
    load: Callable[[str], int | None]
    load_fix: Said


def scenario_dialect(
    scenario: Scenario, hired: Iterable[str] = (), items: Iterable[str] = ()
) -> Dialect:
    """Return the words of a scenario: its place codes, its fleet and vehicles for *hired*.

    Goods in bulk are the scenario's own items, and *items*.

    Moments are local time, as ``2024-11-25 06:30`` or, counted from the vote,
    ``H-2 06:30``; loads are kilograms.

    Example:
        >>> from silog_core.testing.worlds import small_world
        >>> words = scenario_dialect(small_world().scenario, ["truck"])
        >>> words.moment("H-1 06:00"), words.moment("2024-11-26 06.00"), words.moment("6")
        (-64800, -64800, None)
        >>> words.load("1.5")
        1500
    """
    voting_day = scenario.election.voting_day
    return Dialect(
        places=scenario.by_code.keys(),
        vehicles={*hired, *(entry.vehicle.type for entry in scenario.fleet)},
        items={*items, *(rule.item.code for rule in scenario.items)},
        homes=True,
        moment=lambda text: _moment(text, voting_day),
        moment_fix=Said(
            f"write {voting_day.isoformat()} 06:30, or H-1 06:30 for the day before the vote",
            f"tulis {voting_day.isoformat()} 06:30, atau H-1 06:30 untuk sehari sebelum"
            " pemungutan suara",
        ),
        load=lambda text: _scaled(text, 1000),
        load_fix=Said("write kilograms such as 12.5", "tulis kilogram seperti 12.5"),
    )


def file_dialect(source: VrpFile) -> Dialect:
    """Return the words of a published file: its numbers of clients and of vehicle types."""
    number = Said("write a number as in the file", "tulis angka seperti di berkas soal")
    return Dialect(
        places={str(stop.number) for stop in source.stops},
        vehicles={str(i + 1) for i in range(len(source.fleets))},
        vehicle="1",
        moment=lambda text: _scaled(text, source.scale, up=True),
        moment_fix=number,
        load=lambda text: _scaled(text, source.load_scale),
        load_fix=number,
    )


def _moment(text: str, voting_day: date) -> int | None:
    counted = _BEFORE.fullmatch(text)
    if counted:
        days, hour, minute = (int(part or 0) for part in counted.groups())
        if hour > 24 or minute > 59:
            return None
        return days * DAY_S + hour * 3600 + minute * 60
    found = _MOMENT.fullmatch(text)
    if not found:
        return None
    try:
        at = datetime(*(int(part) for part in found.groups()))  # type: ignore[arg-type]
    except ValueError:
        return None
    start = datetime(voting_day.year, voting_day.month, voting_day.day)
    return int((at - start).total_seconds())


def _scaled(text: str, scale: int, *, up: bool = False) -> int | None:
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text) * scale
    return math.ceil(value) if up else round(value)
