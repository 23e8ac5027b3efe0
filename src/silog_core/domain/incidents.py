"""Incidents: what happened after a plan was made, and from when on that is known.

Times are seconds from 00:00 local time of the voting day, negative before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import attrs

from silog_core.domain.fields import a_tuple, maybe, sorted_texts, text, whole
from silog_core.domain.legs import Mode
from silog_core.domain.regions import RegionCode, as_region
from silog_core.errors import FieldError

_LONG_AGO = -(10**10)
#: Modes that the sea closes.
SEA_MODES = (Mode.BOAT, Mode.SEA)
#: Modes that a road carries.
ROAD_MODES = (Mode.MOTORCYCLE, Mode.ROAD)


def _as_modes(modes: Iterable[Mode | str]) -> tuple[Mode, ...]:
    return tuple(sorted({Mode(m) for m in modes}, key=lambda m: m.value))


def _as_regions(codes: Iterable[RegionCode | str]) -> tuple[RegionCode, ...]:
    return tuple(sorted({as_region(c) for c in codes}))


@attrs.frozen(kw_only=True)
class Incident:
    """What every incident has."""

    kind: ClassVar[str] = ""

    #: Short name that changes and reasons refer to.
    id: str = attrs.field(validator=text("a short name such as karo-landslide"))
    #: When the planners know of it [s]: whatever left before stays as it is.
    known_at_s: int = attrs.field(validator=whole(_LONG_AGO, "seconds"))
    #: Who says so.
    source: str = ""


@attrs.frozen(kw_only=True)
class Blockage(Incident):
    """An incident during which nothing moves on some ways."""

    #: From when until when [s]; without an end, nobody knows when it is over.
    from_s: int = attrs.field(validator=whole(_LONG_AGO, "seconds"))
    until_s: int | None = attrs.field(
        default=None, validator=maybe(whole(_LONG_AGO, "seconds"))
    )

    def __attrs_post_init__(self) -> None:
        if self.until_s is not None and self.until_s <= self.from_s:
            raise FieldError(
                f"{self.id} ends at {self.until_s} s, but begins at {self.from_s} s",
                "give an end after the beginning",
            )


@attrs.frozen(kw_only=True)
class Detour:
    """A way around a cut that somebody has checked: the whole way, from home to place."""

    mode: Mode = attrs.field(converter=Mode)
    length_m: int = attrs.field(validator=whole(1, "metres"))
    travel_s: int = attrs.field(validator=whole(1, "seconds"))
    note: str = ""


@attrs.frozen(kw_only=True)
class RoadCut(Blockage):
    """A way is cut: to one place from anywhere, or between two places."""

    kind: ClassVar[str] = "road-cut"

    place: str = attrs.field(validator=text("a place code"))
    #: Other end of the way; empty where every way to the place is cut.
    other: str = ""
    modes: tuple[Mode, ...] = attrs.field(default=ROAD_MODES, converter=_as_modes)
    detours: tuple[Detour, ...] = attrs.field(default=(), validator=a_tuple)


@attrs.frozen(kw_only=True)
class SeaClosed(Blockage):
    """Nothing sails to, from or within some regions."""

    kind: ClassVar[str] = "sea-closed"

    regions: tuple[RegionCode, ...] = attrs.field(converter=_as_regions)
    modes: tuple[Mode, ...] = attrs.field(default=SEA_MODES, converter=_as_modes)


@attrs.frozen(kw_only=True)
class Flooded(Blockage):
    """Places stand under water: a warehouse, a village, stations; nothing gets in or out."""

    kind: ClassVar[str] = "flooded"

    places: tuple[str, ...] = attrs.field(converter=sorted_texts)


@attrs.frozen(kw_only=True)
class VehicleLost(Incident):
    """Vehicles of a type are no longer there."""

    kind: ClassVar[str] = "vehicle-lost"

    home: str = attrs.field(validator=text("a place code"))
    type: str = attrs.field(validator=text("a vehicle type"))
    #: How many; None is all of them, and none to be hired either.
    count: int | None = attrs.field(default=None, validator=maybe(whole(1, "vehicles")))


@attrs.frozen(kw_only=True)
class LotLate(Incident):
    """A lot can leave its place later than it should."""

    kind: ClassVar[str] = "lot-late"

    place: str = attrs.field(validator=text("a place code"))
    item: str = attrs.field(validator=text("an item code"))
    lot: str = ""
    #: When it can leave [s].
    ready_s: int = attrs.field(validator=whole(_LONG_AGO, "seconds"))


@attrs.frozen(kw_only=True)
class PressStopped(Incident):
    """A printer makes nothing from now on until some moment."""

    kind: ClassVar[str] = "press-stopped"

    place: str = attrs.field(validator=text("a place code"))
    #: The presses that make one of them stand; all at the place if empty.
    items: tuple[str, ...] = attrs.field(default=(), converter=sorted_texts)
    #: When it makes something again [s].
    ready_s: int = attrs.field(validator=whole(_LONG_AGO, "seconds"))


@attrs.frozen(kw_only=True)
class StationMoved(Incident):
    """A station votes elsewhere in its village."""

    kind: ClassVar[str] = "station-moved"

    station: str = attrs.field(validator=text("a station code"))
    lat_microdeg: int
    lon_microdeg: int


@attrs.frozen(kw_only=True)
class LotShort(Incident):
    """A lot delivers fewer pieces than it should, or is rejected as a whole."""

    kind: ClassVar[str] = "lot-short"

    place: str = attrs.field(validator=text("a place code"))
    item: str = attrs.field(validator=text("an item code"))
    lot: str = ""
    #: Good pieces that the lot gives in all; 0 is a lot that is rejected.
    quantity: int = attrs.field(validator=whole(0, "pieces"))


@attrs.frozen(kw_only=True)
class GoodsLost(Incident):
    """Goods are lost: in a warehouse, a port, a hub or a village, or aboard a trip."""

    kind: ClassVar[str] = "goods-lost"

    #: Where they lay; empty where they were aboard a trip.
    place: str = ""
    #: Id of the trip that had an accident.
    trip: str = ""
    #: Items that are lost; all of them if empty. Kits are lost as a whole.
    items: tuple[str, ...] = attrs.field(default=(), converter=sorted_texts)

    def __attrs_post_init__(self) -> None:
        if bool(self.place) == bool(self.trip):
            raise FieldError(
                f"{self.id} says neither or both of where goods were lost and on which trip",
                "give place, or trip",
            )


@attrs.frozen(kw_only=True)
class AddedStation:
    """A station that a court adds, or one whose list of voters it makes longer."""

    station: str = attrs.field(validator=text("a station code"))
    #: Voters on its list from now on.
    voters: int = attrs.field(validator=whole(1, "voters"))
    name: str = ""
    lat_microdeg: int | None = None
    lon_microdeg: int | None = None


@attrs.frozen(kw_only=True)
class StationsAdded(Incident):
    """By order of a court there are more stations, or more voters at some."""

    kind: ClassVar[str] = "stations-added"

    stations: tuple[AddedStation, ...] = attrs.field(validator=a_tuple)


@attrs.frozen(kw_only=True)
class LendingApproved(Incident):
    """A transfer between warehouses is approved, and is to be carried out."""

    kind: ClassVar[str] = "lending-approved"

    donor: str = attrs.field(validator=text("a place code"))
    receiver: str = attrs.field(validator=text("a place code"))
    item: str = attrs.field(validator=text("an item code"))
    #: Electoral area of a ballot; empty for material that is the same everywhere.
    area: str = ""
    quantity: int = attrs.field(validator=whole(1, "pieces"))
    #: Number of the paper, and the office that signed it.
    document: str = attrs.field(validator=text("a document number"))
    approver: str = attrs.field(validator=text("the office that approved it"))


@attrs.frozen(kw_only=True)
class ReVote(Incident):
    """Stations vote again (PSU), by order of the election office."""

    kind: ClassVar[str] = "re-vote"

    stations: tuple[str, ...] = attrs.field(converter=sorted_texts)
    #: Codes of the contests that are voted on again; all of them if empty.
    contests: tuple[str, ...] = attrs.field(default=(), converter=sorted_texts)
    #: 00:00 of the day of the re-vote [s].
    day_s: int = attrs.field(validator=whole(1, "seconds"))


#: Every kind of incident, by the name that files use.
INCIDENT_KINDS: dict[str, type[Incident]] = {
    kind.kind: kind
    for kind in (
        RoadCut,
        SeaClosed,
        Flooded,
        VehicleLost,
        LotLate,
        PressStopped,
        StationMoved,
        LotShort,
        GoodsLost,
        StationsAdded,
        LendingApproved,
        ReVote,
    )
}
