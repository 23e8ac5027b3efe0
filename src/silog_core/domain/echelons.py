"""Kinds of trip, in the order in which cargo takes them, out and back."""

from __future__ import annotations

#: Below the warehouse, on the way out. A landing is where a level changes its mode.
OUTBOUND = (
    "warehouse-landing",
    "warehouse-hub",
    "hub-landing",
    "hub-village",
    "village-landing",
    "village-station",
)
#: The way back of each of them.
RETURN_OF = {
    "warehouse-landing": "return-landing-warehouse",
    "warehouse-hub": "return-hub-warehouse",
    "hub-landing": "return-landing-hub",
    "hub-village": "return-village-hub",
    "village-landing": "return-landing-village",
    "village-station": "return-station-village",
}
#: On the way back, in order.
INBOUND = tuple(RETURN_OF[name] for name in reversed(OUTBOUND))
#: All kinds of trip.
ECHELON_TRIPS = ("line-haul", *OUTBOUND, *INBOUND)
#: What leaves a warehouse with kits.
DISPATCH = OUTBOUND[:2]
#: What leaves stations on voting night.
FROM_STATIONS = ("return-station-village", "return-landing-village")
