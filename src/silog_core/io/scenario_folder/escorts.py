"""``[[escorts]]`` of ``scenario.toml``, and what places ask of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from silog_core.domain.escorts import ESCORTED, EscortPool, pools_at
from silog_core.domain.places import PlaceKind
from silog_core.domain.problems import InputProblem, Said
from silog_core.domain.regions import RegionCode
from silog_core.domain.scenario import Handling
from silog_core.errors import FieldError
from silog_core.io.scenario_folder.codes import mend_region
from silog_core.io.scenario_folder.mending import no_region
from silog_core.io.scenario_folder.places_table import PLACES, PlaceRow
from silog_core.io.scenario_folder.tables import suggest
from silog_core.io.scenario_folder.toml_lines import Section, TomlText, tables

#: Kinds that goods in bulk leave.
_HAULING = (PlaceKind.SUPPLIER, PlaceKind.PORT, PlaceKind.AIRPORT, PlaceKind.WAREHOUSE)
ESCORT_KEYS = ("name", "region", "count", "on", "shared")


def read_escorts(
    source: TomlText, root: RegionCode | None, problems: list[InputProblem]
) -> tuple[tuple[EscortPool, ...], tuple[int | None, ...]]:
    """Return the pools that are sound, and the line of each."""
    found: list[EscortPool] = []
    lines: list[int | None] = []
    keys = ("name, region and count", "name, region dan count")
    for section in tables(source, "escorts", *keys, problems):
        pool = _pool(section, root)
        if pool is None:
            continue
        if any((p.name, p.region) == (pool.name, pool.region) for p in found):
            section.fault(
                "name",
                Said(
                    f"{pool.name} of {pool.region} is given twice",
                    f"{pool.name} di {pool.region} disebut dua kali",
                ),
                Said(
                    "add up the two counts in one table", "gabungkan jumlahnya di satu tabel"
                ),
            )
            continue
        found.append(pool)
        lines.append(source.line("escorts", "region", section.at))
    return tuple(found), tuple(lines)


def _pool(section: Section, root: RegionCode | None) -> EscortPool | None:
    section.only(ESCORT_KEYS, {})
    name, on = section.text("name"), section.texts("on")
    # Goods in bulk leave suppliers and ports outside the region of the election.
    region = region_of(section, None if "line-haul" in on else root)
    if name is not None and (not name or len(name.split()) != 1 or set(name) & set(",;|")):
        section.holds("name", Said("write one word: police", "tulis satu kata: polisi"))
        name = None
    count = section.data.get("count")
    if type(count) is not int or count < 0:
        section.holds(
            "count",
            Said(
                "give how many each warehouse of the region has, 0 or more",
                "isi berapa yang dimiliki tiap gudang di wilayah itu, 0 atau lebih",
            ),
        )
        count = None
    for trip in on:
        if trip not in ESCORTED:
            section.fault(
                "on",
                Said(f"on holds {trip!r}", f"on berisi {trip!r}") + suggest(trip, ESCORTED),
                Said("use ", "gunakan ") + Said.same(", ".join(ESCORTED)),
            )
            return None
    shared = section.data.get("shared", False)
    if not isinstance(shared, bool):
        section.holds("shared", Said("write true or false", "tulis true atau false"))
        return None
    if name is None or region is None or count is None:
        return None
    return EscortPool(name=name, region=region, count=count, on=on, shared=shared)


def region_of(section: Section, root: RegionCode | None) -> RegionCode | None:
    """Return the region of a table, which must lie in the root or hold it."""
    value = section.text("region")
    if value is None:
        return None
    try:
        region = RegionCode.parse(value)
    except FieldError:
        section.fault("region", no_region(value), mend_region(value))
        return None
    if root is not None and not (root.covers(region) or region.covers(root)):
        section.fault(
            "region",
            Said(f"{value} is not in {root}", f"{value} tidak ada di {root}"),
            Said("remove it, or widen the root", "hapus, atau perluas root"),
        )
        return None
    return region


def nobody_there(
    file: str, line: int | None, column: str, region: RegionCode, who: Said
) -> InputProblem:
    """Return the problem of people whom no warehouse has."""
    return InputProblem.said(
        file=file,
        row=line,
        column=column,
        what=Said(
            f"no warehouse lies in {region}, so nobody has {who.english}",
            f"tidak ada gudang di {region}, jadi {who.indonesian} tak terpakai",
        ),
        fix=Said(
            "give the region of a warehouse, or a wider one",
            "isi wilayah sebuah gudang, atau yang lebih luas",
        ),
    )


def check_escorts(
    rows: Sequence[PlaceRow],
    pools: Sequence[EscortPool],
    lines: Sequence[int | None],
    settings_file: str,
    problems: list[InputProblem],
) -> None:
    """Note pools that no warehouse has, and escorts that places ask for in vain."""
    by_code = {row.code: row for row in rows}
    homes = [r for r in rows if r.kind in _HAULING and r.region is not None]
    warehouses = [r for r in homes if r.kind is PlaceKind.WAREHOUSE]
    for pool, line in zip(pools, lines, strict=True):
        bases = homes if "line-haul" in pool.on else warehouses
        if bases and not any(pool.region.covers(r.region) for r in bases if r.region):
            who = Said(f"these {pool.name}", f"{pool.name} ini")
            problems.append(
                nobody_there(settings_file, line, "escorts.region", pool.region, who)
            )
    known: dict[str, Mapping[str, EscortPool]] = {}
    for row in rows:
        if row.place is None or not row.place.escorts:
            continue
        base = _warehouse(row, by_code)
        if base is None or base.region is None:
            continue
        if base.code not in known:
            known[base.code] = pools_at(pools, base.region)
        for name in row.place.escorts:
            if name not in known[base.code]:
                near = suggest(name, sorted(known[base.code]))
                problems.append(
                    InputProblem.said(
                        file=PLACES.file,
                        row=row.number,
                        column="escorts",
                        what=Said(
                            f"{row.code} asks for {name}, and {base.code} has none",
                            f"{row.code} meminta {name}, dan {base.code} tidak punya",
                        )
                        + near,
                        fix=Said(
                            f'add a table [[escorts]] with name = "{name}" to'
                            f" {settings_file}, with count = 0 if there is nobody",
                            f'tambahkan tabel [[escorts]] dengan name = "{name}" di'
                            f" {settings_file}, dengan count = 0 bila tidak ada orangnya",
                        ),
                    )
                )


def check_guarded(
    rows: Sequence[PlaceRow], handling: Handling, problems: list[InputProblem]
) -> None:
    """Note the first guarded place of a scenario that does not watch nights."""
    if handling.guarded_nights:
        return
    first = next((r for r in rows if r.place is not None and r.place.guarded), None)
    if first is not None:
        problems.append(
            InputProblem.said(
                file=PLACES.file,
                row=first.number,
                column="guarded",
                what=Said(
                    f"{first.code} is guarded at night, and nights are not watched",
                    f"{first.code} dijaga malam hari, tetapi malam tidak diperhatikan",
                ),
                fix=Said(
                    "write guarded_nights = true in [windows] of scenario.toml, or empty the"
                    " column",
                    "tulis guarded_nights = true di [windows] pada scenario.toml, atau"
                    " kosongkan kolom ini",
                ),
            )
        )


def _warehouse(row: PlaceRow, by_code: Mapping[str, PlaceRow]) -> PlaceRow | None:
    """Return the warehouse that a place hangs below, itself included."""
    seen: set[str] = set()
    at: PlaceRow | None = row
    while at is not None and at.code not in seen:
        if at.kind is PlaceKind.WAREHOUSE:
            return at
        seen.add(at.code)
        at = by_code.get(at.parent)
    return None
