"""``legs.csv``, ``stock.csv`` and ``vehicles.csv``."""

from __future__ import annotations

from silog_core.domain.legs import Leg, Mode
from silog_core.domain.problems import InputProblem, Said
from silog_core.domain.stock import StockLot
from silog_core.domain.vehicles import FleetEntry, Vehicle
from silog_core.io.scenario_folder.cells import Row, each_row
from silog_core.io.scenario_folder.links import Codes
from silog_core.io.scenario_folder.tables import Columns, Table

LEGS = Columns(
    file="legs.csv",
    needed=("tail", "head", "mode", "length_m", "travel_s"),
    optional=("cost", "max_load_g", "max_volume_cm3", "months_closed", "basis", "surface"),
    aliases={"cost_per_tonne_rupiah": "cost"},
)
STOCK = Columns(
    file="stock.csv",
    needed=("place", "item", "quantity"),
    optional=("lot", "from_date", "area"),
)
#: Columns of the rests that a vehicle's crew takes.
BREAKS = ("break_after_s", "break_s")
VEHICLES = Columns(
    file="vehicles.csv",
    needed=("type", "home", "mode", "payload_g", "volume_cm3"),
    optional=(
        "count",
        "fixed_cost_rupiah",
        "cost_per_km_rupiah",
        "hours_per_day",
        "skills",
        "basis",
        *BREAKS,
    ),
    aliases={"fixed_cost": "fixed_cost_rupiah", "cost_per_km": "cost_per_km_rupiah"},
)


def read_legs(table: Table, codes: Codes, problems: list[InputProblem]) -> list[Leg]:
    """Return the legs of all sound rows."""
    found, seen = [], _Seen(Said("tail, head and mode", "tail, head dan mode"))
    for row in each_row(table, problems):
        tail, head = _place(row, "tail", codes), _place(row, "head", codes)
        mode = row.choice("mode", Mode)
        length_m = row.needed_whole("length_m", "metres", lowest=1)
        travel_s = row.needed_whole("travel_s", "seconds", lowest=1)
        cost = row.whole("cost", "rupiah", default=0)
        max_load_g = row.whole("max_load_g", "grams", lowest=1)
        max_volume_cm3 = row.whole("max_volume_cm3", "cubic centimetres", lowest=1)
        months = row.months("months_closed")
        if tail and tail == head:
            row.fault(
                "head",
                Said(
                    f"the leg leads from {tail} to itself",
                    f"ruas ini dari {tail} ke tempat itu juga",
                ),
                Said("give another place", "isi tempat lain"),
            )
        if tail and head and mode:
            seen.check(row, "mode", (tail, head, mode.value))
        if not row.sound or not (tail and head and mode and length_m and travel_s):
            continue
        found.append(
            Leg(
                tail=tail,
                head=head,
                mode=mode,
                length_m=length_m,
                travel_s=travel_s,
                cost_per_tonne_rupiah=cost or 0,
                max_load_g=max_load_g,
                max_volume_cm3=max_volume_cm3,
                months_closed=months,
                basis=row.text("basis", "given"),
                surface=row.text("surface"),
            )
        )
    return found


def read_stock(table: Table, codes: Codes, problems: list[InputProblem]) -> list[StockLot]:
    """Return the lots of all sound rows."""
    found, seen = (
        [],
        _Seen(Said("place, item, area, lot and date", "place, item, area, lot dan tanggal")),
    )
    for row in each_row(table, problems):
        place, item = _place(row, "place", codes), row.code("item")
        quantity = row.needed_whole("quantity", "pieces")
        area, lot, day = row.text("area"), row.text("lot"), row.day("from_date")
        if place and item:
            seen.check(row, "lot", (place, item, area, lot, row.text("from_date")))
        if row.sound and place and item and quantity is not None:
            found.append(
                StockLot(
                    place=place,
                    item=item,
                    quantity=quantity,
                    area=area,
                    lot=lot,
                    from_date=day,
                )
            )
    return found


def read_vehicles(
    table: Table, codes: Codes, problems: list[InputProblem]
) -> list[FleetEntry]:
    """Return the fleet of all sound rows."""
    found, seen = [], _Seen(Said("type and home", "type dan home"))
    for row in each_row(table, problems):
        type_ = row.needed(
            "type", Said("a type name such as truck-cdd", "nama jenis seperti truck-cdd")
        )
        home = _place(row, "home", codes)
        mode = row.choice("mode", Mode)
        payload_g = row.needed_whole("payload_g", "grams", lowest=1)
        volume_cm3 = row.needed_whole("volume_cm3", "cubic centimetres", lowest=1)
        count = row.whole("count", "vehicles")
        fixed = row.whole("fixed_cost_rupiah", "rupiah", default=0)
        per_km = row.whole("cost_per_km_rupiah", "rupiah", default=0)
        hours = row.whole("hours_per_day", "hours", lowest=1, highest=24, default=10)
        after = row.whole("break_after_s", "seconds", lowest=1)
        pause = row.whole("break_s", "seconds", lowest=1)
        if row.sound and (after is None) != (pause is None):
            row.holds(
                "break_s" if pause is None else "break_after_s",
                Said(
                    "give both break_after_s and break_s, or neither",
                    "isi break_after_s dan break_s dua-duanya, atau kosongkan dua-duanya",
                ),
            )
        if type_ and home:
            seen.check(row, "type", (type_, home))
        if not row.sound or not (type_ and home and mode and payload_g and volume_cm3):
            continue
        vehicle = Vehicle(
            type=type_,
            mode=mode,
            payload_g=payload_g,
            volume_cm3=volume_cm3,
            fixed_cost_rupiah=fixed or 0,
            cost_per_km_rupiah=per_km or 0,
            hours_per_day=hours or 10,
            skills=row.words("skills"),
            basis=row.text("basis"),
            break_after_s=after,
            break_s=pause or 0,
        )
        found.append(FleetEntry(vehicle=vehicle, home=home, count=count))
    return found


class _Seen:
    """Keys of the rows so far; a second row of one key is a fault."""

    def __init__(self, what: Said) -> None:
        self._what = what
        self._rows: dict[tuple[str, ...], int] = {}

    def check(self, row: Row, column: str, key: tuple[str, ...]) -> None:
        first = self._rows.setdefault(key, row.number)
        if first != row.number:
            row.fault(
                column,
                self._what
                + Said(f" are those of row {first}: ", f" sama dengan baris {first}: ")
                + Said.same(", ".join(k for k in key if k)),
                Said(
                    "join the two rows, or tell them apart",
                    "gabungkan kedua baris, atau bedakan",
                ),
            )


def _place(row: Row, column: str, codes: Codes) -> str | None:
    code = row.code(column)
    if code is not None and code not in codes:
        row.fault(
            column,
            codes.unknown(code),
            Said("give the code of a place in places.csv", "isi kode tempat dari places.csv"),
        )
        return None
    return code
