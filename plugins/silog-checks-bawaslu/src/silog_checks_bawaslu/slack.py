"""Stations whose kit comes with little time to spare."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from silog_core.domain.plan import Plan

#: Less than this is little [s]: a tyre, a shower or low water takes as long.
LITTLE_S = 3 * 3600


def little_slack(plan: Plan) -> frozenset[str]:
    """Return the codes of kits that ride on some trip which can hardly leave later.

    The way back is no matter here, nor is the line haul, which carries no kits.
    """
    return frozenset(
        kit
        for trip in plan.trips
        if not trip.echelon.startswith(("return", "line"))
        and trip.latest_depart_s - trip.depart_s < LITTLE_S
        for stop in trip.stops
        for kit in stop.kits
    )
