"""Rules of travel: speed, access, closures, vehicle limits and typical vehicles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import attrs

from silog_core.domain.contributions import Contribution
from silog_core.domain.fields import each_within, maybe, text, whole
from silog_core.domain.legs import Mode
from silog_core.domain.places import PlaceKind
from silog_core.domain.vehicles import Vehicle


def _as_kinds(kinds: Iterable[PlaceKind | str]) -> tuple[PlaceKind, ...]:
    return tuple(PlaceKind(kind) for kind in kinds)


@attrs.frozen(kw_only=True)
class SpeedRule(Contribution):
    """How fast a mode goes; the deepest region holds, the slower end of a leg counts."""

    kind: ClassVar[str] = "speed"

    mode: Mode = attrs.field(converter=Mode)
    #: Kind of way, such as ``paved`` or ``track``; empty is the ordinary one.
    surface: str = ""
    #: Speed, halts on the way included [m/h].
    speed_m_per_h: int = attrs.field(validator=whole(1, "metres an hour"))
    #: Way travelled for 1,000 m of straight line [m].
    circuity_permille: int = attrs.field(
        default=1300, validator=whole(1000, "per mille", highest=10_000)
    )
    #: Loading on and off when the mode changes [s].
    transfer_s: int = attrs.field(default=0, validator=whole(0, "seconds"))

    @property
    def topic(self) -> str:
        """Mode and surface."""
        return f"{self.kind}:{self.mode.value}" + (f"/{self.surface}" if self.surface else "")

    def length_m(self, straight_m: int) -> int:
        """Return the way to travel for a straight line, both in metres."""
        return max(1, straight_m * self.circuity_permille // 1000)

    def travel_s(self, length_m: int) -> int:
        """Return the time under way for *length_m*, rounded up, without transfer [s]."""
        return max(1, -(-length_m * 3600 // self.speed_m_per_h))


@attrs.frozen(kw_only=True)
class AccessRule(Contribution):
    """The mode that reaches places of one kind in a region; the deepest holds."""

    kind: ClassVar[str] = "access"

    #: Kind of the places that are reached.
    to: PlaceKind = attrs.field(converter=PlaceKind)
    mode: Mode = attrs.field(converter=Mode)
    surface: str = ""

    @property
    def topic(self) -> str:
        """The kind of place."""
        return f"{self.kind}:{self.to.value}"


@attrs.frozen(kw_only=True)
class Closure(Contribution):
    """When legs of a mode cannot be used: every part that is given must fit.

    A leg belongs to the regions at both its ends, and is closed when either end
    closes it.
    """

    kind: ClassVar[str] = "closure"

    name: str = attrs.field(validator=text("a short name for the closure"))
    mode: Mode = attrs.field(converter=Mode)
    #: Months [1-12]; empty is every month.
    months: tuple[int, ...] = attrs.field(default=(), validator=each_within(1, 12, "months"))
    #: Weekdays [0 Monday - 6 Sunday]; empty is every day.
    weekdays: tuple[int, ...] = attrs.field(
        default=(), validator=each_within(0, 6, "weekdays")
    )
    #: Hours of the day that are closed [0-23]; empty is the whole day.
    hours: tuple[int, ...] = attrs.field(default=(), validator=each_within(0, 23, "hours"))
    reason: str = attrs.field(validator=text("the reason"))

    @property
    def topic(self) -> str:
        """Mode and name."""
        return f"{self.kind}:{self.mode.value}/{self.name}"

    def holds(self, *, month: int, weekday: int, hour: int) -> bool:
        """Say whether legs are closed at that time.

        Args:
            month: Month [1-12].
            weekday: Weekday [0 Monday - 6 Sunday].
            hour: Hour of the day [0-23].
        """
        return (
            (not self.months or month in self.months)
            and (not self.weekdays or weekday in self.weekdays)
            and (not self.hours or hour in self.hours)
        )


@attrs.frozen(kw_only=True)
class VehicleLimit(Contribution):
    """The heaviest and bulkiest vehicle of a mode in a region; the tightest holds."""

    kind: ClassVar[str] = "vehicle-limit"

    name: str = attrs.field(validator=text("a short name for the limit"))
    mode: Mode = attrs.field(converter=Mode)
    max_payload_g: int | None = attrs.field(default=None, validator=maybe(whole(1, "grams")))
    max_volume_cm3: int | None = attrs.field(
        default=None, validator=maybe(whole(1, "cubic centimetres"))
    )
    reason: str = attrs.field(validator=text("the reason"))

    @property
    def topic(self) -> str:
        """Mode and name."""
        return f"{self.kind}:{self.mode.value}/{self.name}"


@attrs.frozen(kw_only=True)
class TypicalVehicle(Contribution):
    """A vehicle that can be hired in a region, used where a scenario lists no fleet.

    The deepest region holds for each type.
    """

    kind: ClassVar[str] = "vehicle"

    vehicle: Vehicle = attrs.field(validator=attrs.validators.instance_of(Vehicle))
    #: Kinds of place that it drives to.
    to: tuple[PlaceKind, ...] = attrs.field(converter=_as_kinds)

    @property
    def topic(self) -> str:
        """The vehicle type."""
        return f"{self.kind}:{self.vehicle.type}"
