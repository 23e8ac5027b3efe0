"""People who sort and pack at warehouses: how many, in which shifts, how they tire."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from silog_core.domain.fields import maybe, text, whole
from silog_core.domain.regions import RegionCode, as_region
from silog_core.errors import FieldError

#: A day has room for so many shifts.
MOST_SHIFTS = 3


@attrs.frozen(kw_only=True)
class Workforce:
    """The people of each warehouse of a region; what is not said is as everywhere.

    Example:
        >>> medan = Workforce(
        ...     region="12.71", source="a list of September", fresh_days=5, drop_pct=10
        ... )
        >>> [medan.output_pct(day) for day in (1, 5, 6, 7)], medan.shifts_to_add
        ([100, 100, 90, 80], 0)
    """

    #: Region whose warehouses have them; of several that fit, the deepest counts.
    region: RegionCode = attrs.field(converter=as_region)
    #: Who says so: a list, a contract, a report.
    source: str = attrs.field(validator=text("who says so"))
    #: People of one shift; None sizes a crew by the voters behind the warehouse.
    workers: int | None = attrs.field(default=None, validator=maybe(whole(1, "workers")))
    #: Shifts a day that the plan counts on; each has people of its own.
    shifts: int = attrs.field(default=1, validator=whole(1, "shifts", highest=MOST_SHIFTS))
    #: Shifts a day for which people can be found if need be; None is no more.
    most_shifts: int | None = attrs.field(
        default=None, validator=maybe(whole(1, "shifts", highest=MOST_SHIFTS))
    )
    #: Days on end with full output; None is for ever.
    fresh_days: int | None = attrs.field(default=None, validator=maybe(whole(1, "days")))
    #: What each day on end after those takes from the output [per cent of a fresh day].
    drop_pct: int = attrs.field(default=0, validator=whole(0, "per cent", highest=100))
    #: Output that is never fallen below [per cent of a fresh day].
    least_pct: int = attrs.field(default=50, validator=whole(1, "per cent", highest=100))
    #: What one of them does in a shift while fresh; None is the rate of the scenario.
    sheets_per_worker_day: int | None = attrs.field(
        default=None, validator=maybe(whole(1, "sheets"))
    )
    kits_per_worker_day: int | None = attrs.field(
        default=None, validator=maybe(whole(1, "kits"))
    )

    def __attrs_post_init__(self) -> None:
        if self.most_shifts is not None and self.most_shifts < self.shifts:
            raise FieldError(
                f"Workforce.most_shifts is {self.most_shifts}, and {self.shifts} are worked",
                "give as many as are worked, or more",
            )
        if self.drop_pct and self.fresh_days is None:
            raise FieldError(
                "Workforce.drop_pct is given, and fresh_days is not",
                "give fresh_days: after how many days on end the output falls",
            )

    @property
    def shifts_to_add(self) -> int:
        """Shifts a day that can be worked beyond those of the plan."""
        return (self.most_shifts or self.shifts) - self.shifts

    def output_pct(self, nth_day: int) -> int:
        """Return the output of the *nth_day* on end [per cent of a fresh day]."""
        if self.fresh_days is None or nth_day <= self.fresh_days:
            return 100
        return max(self.least_pct, 100 - self.drop_pct * (nth_day - self.fresh_days))


def workforce_at(forces: Iterable[Workforce], region: RegionCode) -> Workforce | None:
    """Return the people of a warehouse in *region*, or None where nobody says anything.

    Example:
        >>> one = Workforce(region="12", source="a list", workers=9)
        >>> two = Workforce(region="12.71", source="a list", workers=400)
        >>> workforce_at([two, one], RegionCode.parse("12.71")).workers
        400
    """
    found = [force for force in forces if force.region.covers(region)]
    return max(found, key=lambda f: f.region.depth, default=None)
