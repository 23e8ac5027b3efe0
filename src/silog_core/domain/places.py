"""Places of the network, from the printer to the polling station."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache

import attrs

from silog_core.domain.fields import maybe, sorted_texts, text, whole
from silog_core.domain.regions import RegionCode, as_region
from silog_core.errors import FieldError

MICRO = 1_000_000
_STATION = re.compile(r"(\d{2}\.\d{2}\.\d{2}\.\d{4})-(\d{3})")


class PlaceKind(Enum):
    """What a place is for. A hub is a PPK, a village a PPS, a station a TPS."""

    SUPPLIER = "supplier"
    PORT = "port"
    AIRPORT = "airport"
    WAREHOUSE = "warehouse"
    HUB = "hub"
    VILLAGE = "village"
    STATION = "station"
    #: A harbour, jetty or road's end where kits below the warehouse change vehicles.
    LANDING = "landing"


#: Chain of hand-overs; ports and airports lie between the first two.
ECHELONS = (
    PlaceKind.SUPPLIER,
    PlaceKind.WAREHOUSE,
    PlaceKind.HUB,
    PlaceKind.VILLAGE,
    PlaceKind.STATION,
)
#: Where kits wait to go on.
HOLDING = (PlaceKind.WAREHOUSE, PlaceKind.HUB, PlaceKind.VILLAGE, PlaceKind.LANDING)


@attrs.frozen(kw_only=True)
class Place:
    """A node of the network.

    Positions are whole microdegrees: 3.595196 degrees north is 3595196.
    """

    #: Unique; a station's is its village and number, ``12.71.01.1001-001``.
    code: str = attrs.field(validator=text("a code"))
    kind: PlaceKind = attrs.field(converter=PlaceKind)
    region: RegionCode = attrs.field(converter=as_region)
    name: str = attrs.field(default="")
    lat_microdeg: int | None = attrs.field(
        default=None,
        validator=maybe(whole(-90 * MICRO, "microdegrees", highest=90 * MICRO)),
    )
    lon_microdeg: int | None = attrs.field(
        default=None,
        validator=maybe(whole(-180 * MICRO, "microdegrees", highest=180 * MICRO)),
    )
    #: Code of the place that supplies this one.
    parent: str = ""
    #: Voters on the list; only a station has any of its own.
    voters: int = attrs.field(default=0, validator=whole(0, "voters"))
    #: Words that rules and checks look at, such as ``special`` or ``flood-prone``.
    flags: tuple[str, ...] = attrs.field(default=(), converter=sorted_texts)
    #: Whether boxes are guarded here overnight, so that a vehicle may spend a night.
    guarded: bool = False
    #: What a vehicle that serves it must be able to do; all of them.
    skills: tuple[str, ...] = attrs.field(default=(), converter=sorted_texts)
    #: Who has to ride along on a trip that stops here.
    escorts: tuple[str, ...] = attrs.field(default=(), converter=sorted_texts)

    #: Hour of the day from which, and until which, it hands over and takes in [0-24];
    #: None is until midnight.
    open_hour: int = attrs.field(default=0, validator=whole(0, "hours", highest=23))
    close_hour: int | None = attrs.field(
        default=None, validator=maybe(whole(1, "hours", highest=24))
    )
    #: Kits that are safe here at one time; None is any number.
    holds_kits: int | None = attrs.field(default=None, validator=maybe(whole(1, "kits")))

    #: Who is served first where not everybody can be; the higher, the sooner.
    priority: int = attrs.field(default=0, validator=whole(0, "steps"))

    def __attrs_post_init__(self) -> None:
        if self.close_hour is not None and self.close_hour <= self.open_hour:
            raise FieldError(
                f"{self.code} closes at {self.close_hour} but opens at {self.open_hour}",
                "give a close_hour after open_hour",
            )
        if self.kind is PlaceKind.STATION:
            village, _number = parse_station(self.code)
            if village != self.region:
                raise FieldError(
                    f"station {self.code} is said to lie in {self.region}",
                    f"give region {village}, which its code begins with",
                )

    @property
    def open_hours(self) -> tuple[int, int]:
        """From which hour of a day until which it hands over and takes in."""
        return (self.open_hour, 24 if self.close_hour is None else self.close_hour)

    @property
    def has_position(self) -> bool:
        """Whether both coordinates are known."""
        return self.lat_microdeg is not None and self.lon_microdeg is not None


@cache
def _village_of(text_: str) -> RegionCode:
    return RegionCode.parse(text_)


def parse_station(code: str) -> tuple[RegionCode, int]:
    """Return the village and the number of a station code.

    Raises:
        FieldError: The text is not a station code.

    Example:
        >>> village, number = parse_station("12.71.01.1001-003")
        >>> str(village), number
        ('12.71.01.1001', 3)
    """
    found = _STATION.fullmatch(code)
    if not found or found[2] == "000":
        raise FieldError(
            f"{code!r} is not a station code",
            "give the village code, a hyphen and three digits: 12.71.01.1001-001",
        )
    return _village_of(found[1]), int(found[2])


def station_code(village: RegionCode | str, number: int) -> str:
    """Return the code of station *number* of a village."""
    return f"{village}-{number:03d}"


def kpu_station_id(code: str) -> str:
    """Return KPU's 13-digit id of a station: village and number without signs.

    Example:
        >>> kpu_station_id("12.71.01.1001-003")
        '1271011001003'
    """
    parse_station(code)
    return code.replace(".", "").replace("-", "")
