"""Trips as a person typed them, and what an independent judge holds against them."""

from __future__ import annotations

import attrs

from silog_core.domain.problems import Said


@attrs.frozen(kw_only=True)
class TypedGoods:
    """Goods in bulk that are handed over at a stop."""

    #: Row as a spreadsheet counts it.
    row: int
    item: str
    quantity: int


@attrs.frozen(kw_only=True)
class TypedStop:
    """One row of a typed plan: a halt of a trip."""

    #: Row as a spreadsheet counts it: the header is row 1.
    row: int
    #: Code of the place; in a published file the number of the client.
    place: str
    #: Arrival that was typed [s]; None where it follows from the departure.
    arrive_s: int | None = None
    #: Places whose kits are handed over; None is every kit that the place is waiting for.
    kits: tuple[str, ...] | None = None
    #: Load that was typed for the stop [g]; None where it follows from the needs.
    load_g: int | None = None
    #: Goods in bulk, on trips to warehouses and ports.
    goods: tuple[TypedGoods, ...] = ()


@attrs.frozen(kw_only=True)
class TypedRest:
    """A rest of the crew, as typed."""

    #: Row as a spreadsheet counts it.
    row: int
    from_s: int
    until_s: int
    #: Place that it is taken at; empty on the way.
    place: str = ""


@attrs.frozen(kw_only=True)
class TypedTrip:
    """One vehicle out and back, as typed."""

    id: str
    #: Vehicle type; in a published file its number.
    vehicle: str
    #: Place that it leaves from; empty in a published file, where the vehicle says it.
    home: str = ""
    #: Departure [s]; None is as early as may be.
    depart_s: int | None = None
    #: Number of the vehicle within its type at its home; None is any.
    unit: int | None = None
    #: Whether it fetches boxes after the vote.
    back: bool = False
    #: Who rides along; None where nothing was typed.
    escorts: tuple[str, ...] | None = None
    #: Rests of the crew, nights included; None where the table has no column for them.
    rests: tuple[TypedRest, ...] | None = None
    stops: tuple[TypedStop, ...]

    @property
    def row(self) -> int:
        """Row of the first stop that was typed."""
        return min(stop.row for stop in self.stops)


@attrs.frozen(kw_only=True)
class TripFinding:
    """One rule that typed trips break, where, and what to do.

    Example:
        >>> found = TripFinding(
        ...     code="late",
        ...     row=4,
        ...     trip="T1",
        ...     amount=60,
        ...     what=Said("a minute late", "terlambat semenit"),
        ...     fix=Said("leave earlier", "berangkat lebih awal"),
        ... )
        >>> found.line("trips.csv", "id")
        'trips.csv, baris 4, perjalanan T1: terlambat semenit; berangkat lebih awal [late]'
    """

    #: Stable word for programs, such as ``payload``.
    code: str
    #: Row of the file; None where something is missing from it.
    row: int | None = None
    #: Trip; empty where no single one is meant.
    trip: str = ""
    #: By how much, in the unit that the text names.
    amount: int = 1
    what: Said
    fix: Said

    def line(self, file: str, lang: str = "en") -> str:
        """Return the finding on one line, in ``en`` or ``id``."""
        row, trip = ("baris", "perjalanan") if lang == "id" else ("row", "trip")
        at = file + (f", {row} {self.row}" if self.row is not None else "")
        at += f", {trip} {self.trip}" if self.trip else ""
        what, fix = (
            (said.indonesian if lang == "id" else said.english)
            for said in (self.what, self.fix)
        )
        return f"{at}: {what}; {fix} [{self.code}]"

    @property
    def order(self) -> tuple[bool, int, str, str]:
        """Sort key: rows first, in their order, then what is missing."""
        return (self.row is None, self.row or 0, self.code, self.what.english)
