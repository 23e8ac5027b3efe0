"""Lay points around a centre, evenly and always in the same way."""

from __future__ import annotations

from collections.abc import Iterator
from math import isqrt

#: Cosine and sine of the golden angle, in billionths: whole numbers give the same
#: positions on every machine.
_COS, _SIN = -737_368_878, 675_490_294
_ONE = 1_000_000_000


def spiral(lat: int, lon: int, count: int, radius: int) -> Iterator[tuple[int, int]]:
    """Yield *count* points that fill a disc evenly, from the middle outwards.

    Neighbours turn by the golden angle, as the seeds of a sunflower do. A degree of
    longitude counts as long as one of latitude, which near the equator it is.

    Args:
        lat: Latitude of the centre [microdegrees].
        lon: Longitude of the centre [microdegrees].
        count: How many points.
        radius: Radius of the disc [microdegrees].

    Example:
        >>> list(spiral(0, 0, 2, 1000))
        [(500, 0), (-639, 585)]
    """
    x, y = _ONE, 0
    for k in range(count):
        distance = isqrt(radius * radius * (2 * k + 1) // (2 * count))
        yield lat + _rounded(distance * x), lon + _rounded(distance * y)
        x, y = (x * _COS - y * _SIN) // _ONE, (x * _SIN + y * _COS) // _ONE


def _rounded(billionths: int) -> int:
    return (billionths + _ONE // 2) // _ONE
