"""Distances between positions, in whole metres."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

#: Mean radius of the Earth [m] (IUGG).
EARTH_RADIUS_M = 6_371_009


def great_circle_m(lat_a: int, lon_a: int, lat_b: int, lon_b: int) -> int:
    """Return the great-circle distance between two positions in microdegrees [m].

    The haversine form stays exact for places a few metres apart; the result is
    rounded to the metre, so that it is the same on every machine.

    Example:
        >>> great_circle_m(3_595_196, 98_672_223, 3_595_196, 98_672_223)
        0
        >>> great_circle_m(0, 98_000_000, 1_000_000, 98_000_000)
        111195
    """
    phi_a, phi_b = radians(lat_a / 1e6), radians(lat_b / 1e6)
    half_phi = (phi_b - phi_a) / 2
    half_lambda = radians((lon_b - lon_a) / 1e6) / 2
    h = sin(half_phi) ** 2 + cos(phi_a) * cos(phi_b) * sin(half_lambda) ** 2
    return round(2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(h))))
