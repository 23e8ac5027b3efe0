"""Stations of each village and voters of each station: estimates with exact totals."""

from __future__ import annotations

from collections.abc import Sequence

from silog_region_id_12.spread import spread

#: Stations of a kelurahan for one of a desa: 5 to 2. Least squares over the 144
#: subdistricts of the regencies that have kelurahan gives 8.2 and 3.2 stations.
WEIGHT_OF_KIND = {"1": 5, "2": 2}
#: How far stations differ from the mean of their regency, at most [per mille].
SPREAD_PERMILLE = 150
_GOLDEN = 618_034  # millionths; steps of it fill an interval evenly


def stations_of_villages(villages: Sequence[str], stations: int) -> dict[str, int]:
    """Return how many stations each village of one subdistrict has.

    Each has at least one when there are enough; the rest is spread by the kind of
    village, which the first digit of its number tells: 1 kelurahan, 2 desa.

    Example:
        >>> stations_of_villages(["12.01.01.1001", "12.01.01.2001"], 9)
        {'12.01.01.1001': 6, '12.01.01.2001': 3}
    """
    weights = [WEIGHT_OF_KIND[code[9]] for code in villages]
    each = 1 if stations >= len(villages) else 0
    rest = spread(stations - each * len(villages), weights)
    return {code: each + more for code, more in zip(villages, rest, strict=True)}


def voters_of_stations(voters: int, stations: int, cap: int) -> list[int]:
    """Return the voters of each of a regency's stations, none above *cap*.

    No voters per station were published. Stations differ from the mean by up to 15 %,
    less where the cap is near, and sum to *voters* exactly.

    Example:
        >>> voters_of_stations(1000, 3, 600)
        [303, 369, 328]
    """
    room = 1000 * (cap * stations - voters) // max(1, voters)
    reach = max(0, min(SPREAD_PERMILLE, room))
    weights = [
        1_000_000_000 + reach * (2 * (k * _GOLDEN % 1_000_000) - 1_000_000)
        for k in range(stations)
    ]
    return spread(voters, weights, cap=cap)
