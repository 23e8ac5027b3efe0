"""What may go wrong on the way: shocks as data, each with its source."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

import attrs

from silog_core.domain.fields import a_tuple, each_within, sorted_texts, text, whole
from silog_core.domain.items import Confidence
from silog_core.domain.legs import Mode
from silog_core.domain.regions import COUNTRY, RegionCode, as_region
from silog_core.errors import FieldError

MILLION = 1_000_000


def _as_modes(modes: Iterable[Mode | str]) -> tuple[Mode, ...]:
    return tuple(Mode(mode) for mode in modes)


class Unit(Enum):
    """What one stroke of a shock hits, as a whole.

    Weather strikes a region or a leg at a moment, and lasts: all who are under way there
    meet it together. A mishap belongs to one trip, kit, stage, delivery or source.
    """

    COUNTRY = "country"
    PROVINCE = "province"
    REGENCY = "regency"
    SUBDISTRICT = "subdistrict"
    VILLAGE = "village"
    #: One way between two places, whoever passes it.
    LEG = "leg"
    #: One vehicle on its round, when it sets out.
    TRIP = "trip"
    #: The sealed material of one place: short or wrong, and to be brought again.
    KIT = "kit"
    #: A share of the sealed materials of one regency or city, from the same cause.
    KITS = "kits"
    #: The box of one station: not ready when it is fetched, on the way back.
    BOX = "box"
    #: Work at one warehouse.
    STAGE = "stage"
    #: One vehicle's load in bulk: what is missing of it comes later.
    DELIVERY = "delivery"
    #: One place where goods start, such as a printer: all that leaves it.
    SOURCE = "source"

    @property
    def lasts(self) -> bool:
        """Whether it strikes a region or leg for a time, instead of one piece of work."""
        return self in _LASTING


_LASTING = frozenset(
    {
        Unit.COUNTRY,
        Unit.PROVINCE,
        Unit.REGENCY,
        Unit.SUBDISTRICT,
        Unit.VILLAGE,
        Unit.LEG,
    }
)


@attrs.frozen(kw_only=True)
class Spread:
    """How long something lasts [s]: half of the cases below the usual, half above.

    Between the least and the usual, and from there to the most, all whole seconds are
    equally likely.
    """

    least_s: int = attrs.field(validator=whole(0, "seconds"))
    usual_s: int = attrs.field(validator=whole(0, "seconds"))
    most_s: int = attrs.field(validator=whole(0, "seconds"))

    def __attrs_post_init__(self) -> None:
        if not self.least_s <= self.usual_s <= self.most_s:
            raise FieldError(
                f"a spread of {self.least_s}, {self.usual_s} and {self.most_s} s",
                "give the least, the usual and the most in rising order",
            )

    @classmethod
    def exactly(cls, seconds: int) -> Spread:
        """Return the spread of what always lasts as long."""
        return cls(least_s=seconds, usual_s=seconds, most_s=seconds)

    def at(self, share: float) -> int:
        """Return the length that *share* of all cases stays below [s].

        Example:
            >>> Spread(least_s=0, usual_s=100, most_s=1100).at(0.75)
            601
        """
        if share < 0.5:
            return self.least_s + int(2 * share * (self.usual_s - self.least_s + 1))
        above = self.most_s - self.usual_s
        return self.usual_s + (1 + int((2 * share - 1) * above) if above else 0)


@attrs.frozen(kw_only=True)
class Shock:
    """One kind of thing that may go wrong: what it hits, how often, how long."""

    name: str = attrs.field(validator=text("a short name such as flood"))
    title: str = attrs.field(validator=text("what it is"))
    title_id: str = attrs.field(validator=text("what it is, in Indonesian"))
    unit: Unit = attrs.field(converter=Unit)
    #: Region that the figures are for.
    scope: RegionCode = attrs.field(default=COUNTRY, converter=as_region)
    #: Modes that it hits; empty is all.
    modes: tuple[Mode, ...] = attrs.field(default=(), converter=_as_modes)
    #: Echelons or stages that it hits, such as ``village-station``; empty is all.
    only: tuple[str, ...] = attrs.field(default=(), converter=sorted_texts)
    #: Months in which it strikes [1-12]; empty is all.
    months: tuple[int, ...] = attrs.field(default=(), validator=each_within(1, 12, "months"))
    #: Chance for each region or leg and day, or for each piece of work [per million].
    chance_ppm: int = attrs.field(validator=whole(0, "per million", highest=MILLION))
    #: How long it lasts, or the delay that it costs.
    lasts: Spread
    #: Share of the materials that one stroke hits [per mille]. Of `Unit.KITS` only.
    share_permille: int = attrs.field(
        default=1000, validator=whole(1, "per mille", highest=1000)
    )
    #: Speed that is left while it lasts [per mille]; 0 is closed. Of regions and legs only.
    speed_permille: int = attrs.field(default=0, validator=whole(0, "per mille", highest=1000))
    source: str = attrs.field(validator=text("where the figures come from"))
    confidence: Confidence = attrs.field(default=Confidence.ESTIMATE, converter=Confidence)


@attrs.frozen(kw_only=True)
class ShockModel:
    """All that may go wrong, and how vehicles behave when they are late."""

    shocks: tuple[Shock, ...] = attrs.field(validator=a_tuple)
    #: Modes that move by daylight alone: when late they wait for the morning.
    daylight: tuple[Mode, ...] = attrs.field(default=(), converter=_as_modes)
    #: First hour of daylight, and the hour at which it ends.
    first_hour: int = attrs.field(default=6, validator=whole(0, "hours", highest=23))
    last_hour: int = attrs.field(default=18, validator=whole(1, "hours", highest=24))
    #: Modes whose crews stop for the night: when late they go on the next morning, but
    #: for ways that the plan itself drives by night.
    nights: tuple[Mode, ...] = attrs.field(default=(), converter=_as_modes)
    #: Hour at which crews set out, and the hour by which they have to be there.
    work_first_hour: int = attrs.field(default=5, validator=whole(0, "hours", highest=23))
    work_last_hour: int = attrs.field(default=22, validator=whole(1, "hours", highest=24))

    def __attrs_post_init__(self) -> None:
        names = [shock.name for shock in self.shocks]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise FieldError(
                f"two shocks are named {', '.join(twice)}", "give each shock its own name"
            )
        for what, kind in (("daylight", ""), ("work", "work_")):
            first = getattr(self, f"{kind}first_hour")
            last = getattr(self, f"{kind}last_hour")
            if last <= first:
                raise FieldError(
                    f"{what} ends at {last} but begins at {first}",
                    f"give a {kind}last_hour after {kind}first_hour",
                )


@attrs.frozen(kw_only=True)
class Relief:
    """What has been prepared: where it holds, a shock costs no more than so much.

    A spare boat, a second way, a reserve beyond the strait: none of them prevents the
    shock, and each bounds what it costs.
    """

    #: Name of the shock that it answers.
    shock: str = attrs.field(validator=text("the name of a shock"))
    #: Region in which it helps.
    scope: RegionCode = attrs.field(default=COUNTRY, converter=as_region)
    #: Most that one stroke costs one trip, hop, kit or stage [s].
    at_most_s: int = attrs.field(validator=whole(0, "seconds"))


@attrs.frozen(kw_only=True)
class Rescue:
    """What is sent after those who are stuck: a spare vehicle, a helicopter, a second trip.

    Unlike a relief it is counted: in each draw, each warehouse sends it *count* times to
    whom a stroke costs more than it takes, in the order in which the plan has them leave.
    """

    #: Names of the shocks that it answers.
    shocks: tuple[str, ...] = attrs.field(converter=sorted_texts)
    #: Region in which it helps.
    scope: RegionCode = attrs.field(default=COUNTRY, converter=as_region)
    #: How often it can be sent from one warehouse; the line haul counts as one, too.
    count: int = attrs.field(validator=whole(0, "times"))
    #: Time until it has put right what the stroke did [s].
    ready_s: int = attrs.field(validator=whole(0, "seconds"))
