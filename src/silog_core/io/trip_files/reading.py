"""Read a table of trips, one row a stop; every fault with row, column and fix."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.problems import InputProblem, Said, ScenarioError
from silog_core.domain.typed_trips import TypedGoods, TypedStop, TypedTrip
from silog_core.errors import StorageError
from silog_core.io.scenario_folder.cells import Row, each_row
from silog_core.io.scenario_folder.tables import Columns, read_table, suggest
from silog_core.io.trip_files.dialects import BACK_FROM_S
from silog_core.io.trip_files.rests import read_rests

if TYPE_CHECKING:
    from pathlib import Path

    from silog_core.io.trip_files.dialects import Dialect

_ALIASES = {
    "perjalanan": "trip", "kendaraan": "vehicle", "asal": "home", "berangkat": "departs",
    "departure": "departs", "urutan": "stop", "order": "stop", "tempat": "place",
    "client": "place", "klien": "place", "tiba": "arrives", "arrival": "arrives",
    "nomor": "unit", "kit": "kits", "muatan": "load", "load_kg": "load",
    "arah": "direction", "barang": "item", "jumlah": "quantity", "pengawal": "escorts",
    "istirahat": "rests",
}  # fmt: skip
_OPTIONAL: tuple[str, ...] = ("vehicle", "departs", "stop", "arrives", "load")
#: Columns of a scenario's trips alone.
_WITH_HOMES = ("home", "unit", "kits", "direction", "item", "quantity", "escorts", "rests")
#: Ways to say where a trip goes; True is back.
_DIRECTIONS = {"out": False, "pergi": False, "back": True, "balik": True, "kembali": True}


def read_typed_trips(path: Path, dialect: Dialect) -> tuple[TypedTrip, ...]:
    """Read trips, in the order in which their first rows stand.

    What belongs to a trip (vehicle, home, departure, number of the vehicle) stands in its
    first row and may be repeated or left empty in the others.

    Args:
        path: A CSV file in UTF-8, such as a spreadsheet saves.
        dialect: Which places and vehicles there are, and how to read cells.

    Raises:
        ScenarioError: Rows are wrong; every fault is in ``problems``.
        StorageError: The file cannot be read.
    """
    try:
        content = path.read_bytes()
    except OSError as exc:
        raise StorageError(
            f"{path} cannot be read: {exc.strerror}", "give the path of a table of trips"
        ) from exc
    columns = Columns(
        file=path.name,
        needed=("trip", "place"),
        optional=_OPTIONAL + (_WITH_HOMES if dialect.homes else ()),
        aliases=_ALIASES,
    )
    problems: list[InputProblem] = []
    table = read_table(columns, content, problems)
    groups: dict[str, list[Row]] = {}
    if table is not None:
        for row in each_row(table, problems):
            trip = row.needed("trip", Said("the name of the trip", "nama perjalanan"))
            if trip is not None:
                groups.setdefault(trip, []).append(row)
        if not table.rows and not problems:
            problems.append(
                InputProblem.said(
                    file=path.name,
                    what=Said(
                        "there is no trip in the file", "tidak ada perjalanan di berkas"
                    ),
                    fix=Said("write one row for each stop", "tulis satu baris tiap hentian"),
                )
            )
    trips = [_trip(name, rows, dialect) for name, rows in groups.items()]
    if problems:
        count = len(problems)
        raise ScenarioError(
            f"{path} has {count} problem{'' if count == 1 else 's'}",
            "mend each of them as it says; docs/routing.md has the columns",
            tuple(sorted(problems, key=lambda p: p.order)),
        )
    return tuple(trip for trip in trips if trip is not None)


def _trip(name: str, rows: list[Row], dialect: Dialect) -> TypedTrip | None:
    """Return the trip of some rows, None when one of them is wrong."""
    first = rows[0]
    vehicle = _once(rows, "vehicle") or dialect.vehicle
    if not vehicle:
        first.needed("vehicle", Said("the type of the vehicle", "jenis kendaraan"))
        if not first.has("vehicle"):
            first.fault(
                "vehicle",
                Said("no vehicle is given", "kendaraan tidak disebut"),
                Said("add a column vehicle", "tambahkan kolom vehicle"),
            )
    elif vehicle not in dialect.vehicles:
        known = sorted(dialect.vehicles)
        first.fault(
            "vehicle",
            Said(
                f"there is no vehicle type {vehicle!r}",
                f"tidak ada jenis kendaraan {vehicle!r}",
            )
            + suggest(vehicle, known),
            Said("use ", "gunakan ") + Said.same(", ".join(known[:12])),
        )
    home = _once(rows, "home")
    if home and home not in dialect.places:
        _unknown_place(first, "home", home, dialect)
    departs = _once(rows, "departs")
    depart_s = _read(first, "departs", departs, dialect.moment, dialect.moment_fix)
    if dialect.homes and not departs:
        first.fault(
            "departs",
            Said("the trip has no departure", "perjalanan ini tidak punya jam berangkat"),
            dialect.moment_fix,
        )
    unit = first.whole("unit", "vehicles", lowest=1)
    back = _back(first, _once(rows, "direction"), depart_s, dialect)
    escorts = _once(rows, "escorts")
    rests = tuple(rest for row in rows for rest in read_rests(row, dialect))
    stops = _joined([_stop(row, dialect) for row in _in_order(rows)])
    if not all(row.sound for row in rows):
        return None
    return TypedTrip(
        id=name,
        vehicle=vehicle,
        home=home,
        depart_s=depart_s,
        unit=unit,
        back=back,
        escorts=tuple(escorts.replace(",", " ").split()) if first.has("escorts") else None,
        rests=rests if first.has("rests") else None,
        stops=tuple(stop for stop in stops if stop is not None),
    )


def _back(first: Row, said: str, depart_s: int | None, dialect: Dialect) -> bool:
    """Return whether a trip comes back; where nobody says, by when it leaves."""
    if said.lower() in _DIRECTIONS:
        return _DIRECTIONS[said.lower()]
    if said:
        first.fault(
            "direction",
            Said(f"direction is {said!r}", f"direction berisi {said!r}"),
            Said("write out or back", "tulis pergi atau balik"),
        )
    return dialect.homes and depart_s is not None and depart_s >= BACK_FROM_S


def _joined(stops: list[TypedStop | None]) -> list[TypedStop | None]:
    """Join rows of one place that follow each other and name goods to one stop."""
    found: list[TypedStop | None] = []
    for stop in stops:
        last = found[-1] if found else None
        if stop and last and stop.goods and last.goods and stop.place == last.place:
            found[-1] = attrs.evolve(last, goods=last.goods + stop.goods)
        else:
            found.append(stop)
    return found


def _goods(row: Row, dialect: Dialect) -> tuple[TypedGoods, ...]:
    item = row.text("item")
    if not item:
        if row.text("quantity"):
            row.fault(
                "item",
                Said("a quantity of nothing", "jumlah tanpa barang"),
                Said("give the item's code, or empty the quantity",
                     "isi kode barang, atau kosongkan jumlahnya"),
            )  # fmt: skip
        return ()
    if item not in dialect.items:
        row.fault(
            "item",
            Said(f"there is no item {item!r}", f"tidak ada barang {item!r}")
            + suggest(item, sorted(dialect.items)),
            Said("write a code as `silog needs` prints it",
                 "tulis kode seperti yang dicetak `silog needs`"),
        )  # fmt: skip
    quantity = row.needed_whole("quantity", "pieces", lowest=1)
    if quantity is None and not row.has("quantity"):
        row.fault(
            "quantity",
            Said("no quantity is given", "jumlah tidak disebut"),
            Said("add a column quantity", "tambahkan kolom quantity"),
        )
    return (TypedGoods(row=row.number, item=item, quantity=quantity),) if quantity else ()


def _once(rows: list[Row], column: str) -> str:
    """Return what a column says of the trip; a row that contradicts is a fault."""
    said = ""
    for row in rows:
        cell = row.text(column)
        if cell and said and cell != said:
            row.fault(
                column,
                Said(
                    f"{column} is {cell!r}, and {said!r} further up in the same trip",
                    f"{column} berisi {cell!r}, padahal {said!r} di atas untuk perjalanan ini",
                ),
                Said("give it once", "isi sekali saja"),
            )
        said = said or cell
    return said


def _in_order(rows: list[Row]) -> list[Row]:
    """Return rows in the order of the stops: by the column ``stop``, else as they stand."""
    if not any(row.text("stop") for row in rows):
        return rows
    numbered: dict[int, Row] = {}
    for row in rows:
        if row.needed("stop", Said("its place in the trip", "urutannya dalam perjalanan")):
            number = row.whole("stop", "stops", lowest=1)
            if number in numbered:
                row.fault(
                    "stop",
                    Said(
                        f"stop {number} is row {numbered[number].number} already",
                        f"hentian {number} sudah ada di baris {numbered[number].number}",
                    ),
                    Said("give each stop its own number", "beri tiap hentian nomor sendiri"),
                )
            elif number is not None:
                numbered[number] = row
    # Rows without a good number are faults already; they are read for further ones.
    rest = [row for row in rows if row not in numbered.values()]
    return [numbered[number] for number in sorted(numbered)] + rest


def _stop(row: Row, dialect: Dialect) -> TypedStop | None:
    place = row.needed("place", Said("the place of the stop", "tempat hentian"))
    if place is not None and place not in dialect.places:
        _unknown_place(row, "place", place, dialect)
    arrive_s = _read(row, "arrives", row.text("arrives"), dialect.moment, dialect.moment_fix)
    load_g = _read(row, "load", row.text("load"), dialect.load, dialect.load_fix)
    kits = row.words("kits") or None
    for kit in kits or ():
        if kit not in dialect.places:
            _unknown_place(row, "kits", kit, dialect)
    goods = _goods(row, dialect)
    if place is None or not row.sound:
        return None
    return TypedStop(
        row=row.number, place=place, arrive_s=arrive_s, kits=kits, load_g=load_g, goods=goods
    )


def _read(
    row: Row, column: str, cell: str, reader: Callable[[str], int | None], fix: Said
) -> int | None:
    if not cell:
        return None
    value = reader(cell)
    if value is None:
        row.fault(column, Said(f"{column} is {cell!r}", f"{column} berisi {cell!r}"), fix)
    return value


def _unknown_place(row: Row, column: str, code: str, dialect: Dialect) -> None:
    near = [known for known in dialect.places if known[:5] == code[:5]][:5000]
    row.fault(
        column,
        Said(f"there is no place {code!r}", f"tidak ada tempat {code!r}")
        + suggest(code, near),
        Said("write a code as in places.csv", "tulis kode seperti di places.csv")
        if dialect.homes
        else Said(
            "write a client's number as in the file", "tulis nomor klien seperti di berkas"
        ),
    )
