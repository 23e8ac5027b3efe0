"""Writes the trips of a plan as a person would type them."""

from __future__ import annotations

from silog_core.domain.echelons import ECHELON_TRIPS, OUTBOUND
from silog_core.io.csv_text import csv_bytes
from silog_core.io.plan_folder.trip_tables import clock

HEADER = ("trip", "vehicle", "home", "departs", "place", "arrives", "unit", "kits", "load")
#: Trips below the warehouse, on the way out.
OUT = OUTBOUND


def rows_of(plan, *, homes=None, loads=False):
    """Return one row a stop, as texts; trips of all homes, or of some."""
    at = clock(plan.election.voting_day)
    return [
        [
            trip.id, trip.vehicle, trip.home, at(trip.depart_s), stop.place,
            at(stop.arrive_s), str(trip.unit) if loads else "", " ".join(stop.kits), "",
        ]
        for trip in plan.trips
        if trip.echelon in OUT and (homes is None or trip.home in homes)
        for stop in trip.stops
    ]  # fmt: skip


#: Columns of trips that come back or carry goods in bulk.
MORE = ("direction", "escorts", "item", "quantity", "rests")


def whole_rows_of(plan, *, echelons=ECHELON_TRIPS):
    """Return the rows of all trips, with goods in bulk one row each."""
    at = clock(plan.election.voting_day)
    rows = []
    for trip in plan.trips:
        if trip.echelon not in echelons:
            continue
        back = "back" if trip.echelon.startswith("return") else "out"
        for stop in trip.stops:
            start = [trip.id, trip.vehicle, trip.home, at(trip.depart_s), stop.place]
            cells = [*start, at(stop.arrive_s), "", " ".join(stop.kits), "", back]
            who = " ".join(trip.escorts)
            rests = ""
            if stop is trip.stops[0]:
                rests = "; ".join(_rest(rest, at) for rest in trip.rests)
            goods = {}
            for load in stop.loads:
                item = load.commodity.item
                goods[item] = goods.get(item, 0) + load.quantity
            for item, quantity in sorted(goods.items()) or [("", "")]:
                rows.append([*cells, who, item, str(quantity), rests])
                rests = ""
    return rows


def _rest(rest, at):
    return f"{at(rest.from_s)}/{at(rest.until_s)}" + (f" @ {rest.place}" if rest.place else "")


def table_of(rows, path):
    """Write rows to a file; return its path."""
    header = (*HEADER, *MORE)[: len(rows[0])] if rows else HEADER
    path.write_bytes(csv_bytes(header, rows))
    return path
