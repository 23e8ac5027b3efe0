"""Places of Sumatera Utara: official codes and counts, estimated positions and voters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isqrt

from silog_core.domain.elections import ElectionKind
from silog_core.domain.places import Place, station_code
from silog_core.domain.regions import RegionCode
from silog_core.plugins.tables import from_row, read_table
from silog_region_id.rates import station_caps
from silog_region_id_12.spiral import spiral
from silog_region_id_12.spread import spread
from silog_region_id_12.stations import stations_of_villages, voters_of_stations

PACKAGE = "silog_region_id_12"
BELAWAN = "12.71-P1"
#: The city whose warehouse holds the province's own allotment, under its flag.
SEAT, PROVINCIAL = "12.71", "provincial"
#: Villages lie within this of the middle of their subdistrict [microdegrees], 12 km.
WIDEST = 110_000
#: Stations lie within this of the middle of their village [microdegrees], 1.5 km.
WIDEST_VILLAGE = 13_500
#: Voters of the province on the lists of 2024; the regencies' shares of 2024-11-27
#: stand for both elections.
VOTERS = {ElectionKind.PILKADA: 10_771_496, ElectionKind.PEMILU: 10_853_940}

Row = Mapping[str, str]


def sumut_places(election: ElectionKind = ElectionKind.PILKADA) -> Iterator[Place]:
    """Yield every place of the province, suppliers and ports first."""
    for row in read_table(PACKAGE, "ports.csv"):
        yield from_row(Place, {k: v for k, v in row.items() if k != "source"})
    subdistricts = read_table(PACKAGE, "subdistricts.csv")
    radius = radii(subdistricts)
    flags = _flags()
    below: dict[str, list[Row]] = {}
    for row in [*subdistricts, *read_table(PACKAGE, "villages.csv")]:
        below.setdefault(row["code"].rpartition(".")[0], []).append(row)
    for regency in read_table(PACKAGE, "regencies.csv"):
        yield from _regency(regency, below, radius, flags, election)


def radii(subdistricts: list[dict[str, str]]) -> dict[str, int]:
    """Return the radius within which the villages of each subdistrict are laid.

    It is half the way to the nearest other subdistrict, 12 km at most [microdegrees].
    """
    points = [(int(r["lat_microdeg"]), int(r["lon_microdeg"])) for r in subdistricts]
    found = {}
    for row, (lat, lon) in zip(subdistricts, points, strict=True):
        nearest = min(square for a, b in points if (square := (a - lat) ** 2 + (b - lon) ** 2))
        found[row["code"]] = min(WIDEST, isqrt(nearest) // 2)
    return found


def _regency(
    regency: Row,
    below: Mapping[str, list[Row]],
    radius: Mapping[str, int],
    flags: Mapping[str, tuple[str, ...]],
    election: ElectionKind,
) -> Iterator[Place]:
    code, column = regency["code"], f"stations_{election.value}_2024"
    warehouse = f"{code}-W1"
    held = {code: (*flags.get(code, ()), PROVINCIAL)} if code == SEAT else {}
    yield _place(
        warehouse, "warehouse", code, regency, parent=BELAWAN, flags={**flags, **held}
    )
    cap = next(c.max_voters for c in station_caps() if c.election is election)
    voters = iter(voters_of_stations(_voters(election)[code], int(regency[column]), cap))
    for hub in below[code]:
        yield _place(hub["code"], "hub", hub["code"], hub, parent=warehouse, flags=flags)
        yield from _villages(hub, below[hub["code"]], column, radius, flags, voters)


def _villages(
    hub: Row,
    villages: list[Row],
    column: str,
    radius: Mapping[str, int],
    flags: Mapping[str, tuple[str, ...]],
    voters: Iterator[int],
) -> Iterator[Place]:
    reach = radius[hub["code"]]
    middles = spiral(int(hub["lat_microdeg"]), int(hub["lon_microdeg"]), len(villages), reach)
    counts = stations_of_villages([v["code"] for v in villages], int(hub[column]))
    # Half of what a village has to itself.
    around = min(WIDEST_VILLAGE, reach // (2 * (isqrt(len(villages)) + 1)))
    for village, (lat, lon) in zip(villages, middles, strict=True):
        region = RegionCode.parse(village["code"])
        words = _flags_of(village["code"], flags)
        yield Place(
            code=village["code"],
            kind="village",
            region=region,
            name=village["name"],
            lat_microdeg=lat,
            lon_microdeg=lon,
            parent=hub["code"],
            flags=words,
        )
        count = counts[village["code"]]
        for number, (y, x) in enumerate(spiral(lat, lon, count, around), start=1):
            yield Place(
                code=station_code(village["code"], number),
                kind="station",
                region=region,
                name=f"TPS {number:03d} {village['name']}",
                lat_microdeg=y,
                lon_microdeg=x,
                parent=village["code"],
                voters=next(voters),
                flags=words,
            )


def _place(
    code: str,
    kind: str,
    region: str,
    row: Row,
    *,
    parent: str,
    flags: Mapping[str, tuple[str, ...]],
) -> Place:
    return Place(
        code=code,
        kind=kind,
        region=region,
        name=row.get("seat") or row["name"],
        lat_microdeg=int(row["lat_microdeg"]),
        lon_microdeg=int(row["lon_microdeg"]),
        parent=parent,
        flags=_flags_of(region, flags),
    )


def _voters(election: ElectionKind) -> dict[str, int]:
    rows = read_table(PACKAGE, "regencies.csv")
    voters = [int(row["voters_pilkada_2024"]) for row in rows]
    shares = spread(VOTERS[election], voters)
    return {row["code"]: share for row, share in zip(rows, shares, strict=True)}


def _flags() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in read_table(PACKAGE, "hazards.csv"):
        found[row["scope"]] = (*found.get(row["scope"], ()), row["flag"])
    return found


def _flags_of(code: str, flags: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the flags of a region and of the regions that hold it."""
    return tuple(
        f for end in (2, 5, 8, 13) for f in flags.get(code[:end], ()) if end <= len(code)
    )
