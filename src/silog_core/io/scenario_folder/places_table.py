"""``places.csv``: every place of the network, checked by itself."""

from __future__ import annotations

import attrs

from silog_core.domain.places import (
    HOLDING,
    MICRO,
    Place,
    PlaceKind,
    parse_station,
)
from silog_core.domain.problems import InputProblem, Said
from silog_core.domain.regions import RegionCode
from silog_core.errors import FieldError
from silog_core.io.scenario_folder.cells import Row, each_row
from silog_core.io.scenario_folder.codes import dotted, mend_region, mend_station
from silog_core.io.scenario_folder.mending import empty
from silog_core.io.scenario_folder.tables import Columns, Table

#: Columns that a plan obeys where they are filled in.
PLACE_EXTRAS = (
    "guarded", "skills", "escorts", "open_hour", "close_hour", "holds_kits", "priority",
)  # fmt: skip
PLACES = Columns(
    file="places.csv",
    needed=("code", "kind", "region"),
    optional=("name", "lat", "lon", "parent", "voters", "flags", *PLACE_EXTRAS),
)
#: Box around Indonesia [microdegrees]: from Rote to Weh, from Weh to Merauke.
LAT_RANGE = (-11_500_000, 6_500_000)
LON_RANGE = (94_500_000, 141_500_000)
#: Least depth of the region of each kind: a village lies in a village.
_DEPTH = {
    PlaceKind.WAREHOUSE: 1,
    PlaceKind.HUB: 3,
    PlaceKind.VILLAGE: 4,
    PlaceKind.STATION: 4,
}
#: Kinds that trips stop at, with escorts and vehicles that can.
_ASKING = (
    PlaceKind.PORT, PlaceKind.AIRPORT, PlaceKind.WAREHOUSE,
    PlaceKind.HUB, PlaceKind.VILLAGE, PlaceKind.STATION,
)  # fmt: skip
_LEVEL = {
    1: Said("province", "provinsi"),
    3: Said("subdistrict", "kecamatan"),
    4: Said("village", "desa"),
}


@attrs.frozen(kw_only=True)
class PlaceRow:
    """What is known of one row, even where it is not sound: others refer to it."""

    number: int
    code: str
    kind: PlaceKind | None
    region: RegionCode | None
    parent: str
    place: Place | None


def read_places(table: Table, problems: list[InputProblem]) -> list[PlaceRow]:
    """Return a record for each row that has a code."""
    found = []
    for row in each_row(table, problems):
        code = row.code("code")
        kind = row.choice("kind", PlaceKind)
        region = row.region("region")
        if code and kind and region:
            _check_code(row, code, kind, region)
        lat, lon = _position(row)
        voters = _voters(row, kind)
        parent, flags = row.text("parent"), row.words("flags")
        guarded = row.flag("guarded", default=False)
        _check_asks(row, kind)
        opens, closes = _open_hours(row)
        place = None
        if row.sound and code and kind and region:
            place = Place(
                code=code,
                kind=kind,
                region=region,
                name=row.text("name"),
                lat_microdeg=lat,
                lon_microdeg=lon,
                parent=parent,
                voters=voters,
                flags=flags,
                guarded=guarded,
                skills=row.words("skills"),
                escorts=row.words("escorts"),
                open_hour=opens,
                close_hour=closes,
                holds_kits=_holds(row, kind),
                priority=row.whole("priority", "steps") or 0,
            )
        if code:
            found.append(
                PlaceRow(
                    number=row.number,
                    code=code,
                    kind=kind,
                    region=region,
                    parent=parent,
                    place=place,
                )
            )
    return found


def _check_code(row: Row, code: str, kind: PlaceKind, region: RegionCode) -> None:
    depth = _DEPTH.get(kind, 0)
    if region.depth < depth:
        row.fault(
            "region",
            Said(
                f"a {kind.value} cannot lie in {region}, which is a {region.level}",
                f"{kind.value} tidak dapat berada di {region}, wilayah yang terlalu luas",
            ),
            Said("give the code of its ", "isi kode tingkat ") + _LEVEL[depth],
        )
        return
    if kind is PlaceKind.STATION:
        _check_station(row, code, region)
        return
    if dotted(code):
        row.fault(
            "code",
            Said(f"code {code!r} has no dots", f"kode {code!r} tanpa titik"),
            Said(f"write {dotted(code)}", f"tulis {dotted(code)}"),
        )
        return
    begins, _, tail = code.partition("-")
    if not begins[:2].isdigit() or begins[2:3] not in ("", "."):
        return  # a free code such as PT-GRAMEDIA or 1st-depot
    try:
        named = RegionCode.parse(begins)
    except FieldError:
        what = Said(
            f"code {code!r} begins like a region code",
            f"kode {code!r} bermula seperti kode wilayah",
        )
        row.fault("code", what, mend_region(begins))
        return
    exact = not tail and kind in (PlaceKind.HUB, PlaceKind.VILLAGE)
    if (named != region) if exact else not (named.covers(region) or region.covers(named)):
        row.fault(
            "region",
            Said(
                f"{kind.value} {code} is said to lie in {region}",
                f"{kind.value} {code} dinyatakan berada di {region}",
            ),
            Said(
                f"give region {named}, which its code names, or another code",
                f"isi region {named} sesuai kodenya, atau ganti kodenya",
            ),
        )


def _check_station(row: Row, code: str, region: RegionCode) -> None:
    try:
        village, _number = parse_station(code)
    except FieldError:
        what = Said(f"{code!r} is not a station code", f"{code!r} bukan kode TPS")
        row.fault("code", what, mend_station(code))
        return
    if village != region:
        row.fault(
            "region",
            Said(
                f"station {code} is said to lie in {region}, outside its village",
                f"TPS {code} dinyatakan berada di {region}, di luar desanya",
            ),
            Said(
                f"give region {village}, which its code begins with",
                f"isi region {village}, awal kodenya",
            ),
        )


def _check_asks(row: Row, kind: PlaceKind | None) -> None:
    """Note what a place asks of trips where no trip looks at it."""
    if kind is None or kind in _ASKING:
        return
    for column in ("skills", "escorts"):
        if row.text(column):
            row.fault(
                column,
                Said(f"a {kind.value} asks for {column}", f"{kind.value} meminta {column}"),
                Said(
                    "empty it: ports, airports, warehouses, hubs, villages and stations ask",
                    "kosongkan: hanya port, airport, warehouse, hub, village dan station"
                    " yang dapat meminta",
                ),
            )


def _open_hours(row: Row) -> tuple[int, int | None]:
    """Return when a place opens and closes; None is never."""
    opens = row.whole("open_hour", "hours", highest=23)
    closes = row.whole("close_hour", "hours", lowest=1, highest=24)
    if closes is not None and closes <= (opens or 0):
        row.fault(
            "close_hour",
            Said(
                f"it closes at {closes} but opens at {opens or 0}",
                f"tutup pukul {closes} padahal buka pukul {opens or 0}",
            ),
            Said(
                "give an hour after open_hour, 24 for midnight",
                "isi jam setelah open_hour, 24 untuk tengah malam",
            ),
        )
    return opens or 0, closes


def _holds(row: Row, kind: PlaceKind | None) -> int | None:
    """Return how many kits are safe at a place; None is any number."""
    if row.text("holds_kits") and kind is not None and kind not in HOLDING:
        row.fault(
            "holds_kits",
            Said(f"a {kind.value} holds no kits", f"{kind.value} tidak menyimpan kit"),
            Said(
                "give it for warehouses, hubs, villages and landings alone",
                "isi hanya untuk warehouse, hub, village dan landing",
            ),
        )
        return None
    return row.whole("holds_kits", "kits", lowest=1)


def _position(row: Row) -> tuple[int | None, int | None]:
    lat, lon = row.degrees("lat"), row.degrees("lon")
    if lat is None or lon is None:
        has_lat, has_lon = bool(row.text("lat")), bool(row.text("lon"))
        if has_lat != has_lon:
            missing = "lon" if has_lat else "lat"
            row.fault(
                missing,
                empty(missing),
                Said(
                    "give both lat and lon, or neither",
                    "isi lat dan lon dua-duanya, atau kosongkan dua-duanya",
                ),
            )
        return None, None
    if LAT_RANGE[0] <= lat <= LAT_RANGE[1] and LON_RANGE[0] <= lon <= LON_RANGE[1]:
        return lat, lon
    shown = f"lat {_degrees(lat)}, lon {_degrees(lon)}"
    if LAT_RANGE[0] <= lon <= LAT_RANGE[1] and LON_RANGE[0] <= lat <= LON_RANGE[1]:
        row.fault(
            "lat",
            Said(f"{shown} are swapped", f"{shown} tertukar"),
            Said(
                f"write lat {_degrees(lon)} and lon {_degrees(lat)}",
                f"tulis lat {_degrees(lon)} dan lon {_degrees(lat)}",
            ),
        )
    elif lat == 0 and lon == 0:
        row.fault(
            "lat",
            Said(f"{shown} is a placeholder", f"{shown} hanya pengisi"),
            Said("give the position, or leave it empty", "isi posisinya, atau kosongkan"),
        )
    else:
        outside = "lat" if not LAT_RANGE[0] <= lat <= LAT_RANGE[1] else "lon"
        row.fault(
            outside,
            Said(f"{shown} is outside Indonesia", f"{shown} di luar Indonesia"),
            Said(
                "give lat from -11.5 to 6.5 and lon from 94.5 to 141.5",
                "isi lat dari -11.5 sampai 6.5 dan lon dari 94.5 sampai 141.5",
            ),
        )
    return None, None


def _degrees(microdegrees: int) -> str:
    return f"{microdegrees / MICRO:g}"


def _voters(row: Row, kind: PlaceKind | None) -> int:
    voters = row.whole("voters", "voters")
    if kind is PlaceKind.STATION:
        if row.has("voters") and not row.text("voters"):
            row.fault(
                "voters",
                empty("voters"),
                Said(
                    "give the voters on the station's list", "isi jumlah pemilih dalam DPT TPS"
                ),
            )
    elif voters and kind is not None:
        row.fault(
            "voters",
            Said(
                f"a {kind.value} has {voters} voters", f"{kind.value} punya {voters} pemilih"
            ),
            Said(
                "give voters to stations alone; sums are made from them",
                "isi pemilih pada TPS saja; jumlahnya dihitung dari situ",
            ),
        )
    return voters or 0
