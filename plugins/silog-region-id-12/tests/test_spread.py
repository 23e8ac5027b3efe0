"""Whole numbers are spread without loss; points are laid the same way every time."""

from __future__ import annotations

from math import isqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silog_core.errors import FieldError
from silog_region_id_12.spiral import spiral
from silog_region_id_12.spread import spread
from silog_region_id_12.stations import stations_of_villages, voters_of_stations

WEIGHTS = st.lists(st.integers(1, 10**6), min_size=1, max_size=20)


@given(st.integers(0, 10**7), WEIGHTS)
def test_nothing_is_lost(total, weights):
    """Shares sum to the total, and each is within one of its exact part."""
    shares = spread(total, weights)

    assert total == sum(shares)
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share * sum(weights) - total * weight) < sum(weights)


@given(st.integers(1, 600), WEIGHTS, st.data())
def test_a_cap_holds(cap, weights, data):
    """No share is above the cap, and the total is still exact, up to the brim."""
    total = data.draw(st.integers(0, cap * len(weights)))
    shares = spread(total, weights, cap=cap)

    assert total == sum(shares)
    assert all(0 <= share <= cap for share in shares)


@pytest.mark.parametrize(
    "wrong", [(5, [0, 1], None), (-1, [1], None), (3, [1, 1], 1), (1, [], 9)]
)
def test_what_cannot_be_spread_is_refused(wrong):
    """Weights must count, and the total must fit."""
    total, weights, cap = wrong

    with pytest.raises(FieldError):
        spread(total, weights, cap=cap)


@given(st.integers(0, 300), st.integers(1, 40), st.integers(0, 40))
def test_every_village_has_a_station_when_there_are_enough(stations, desa, kelurahan):
    """Totals are exact; a village goes without only where stations are fewer."""
    villages = [f"12.01.01.1{n:03d}" for n in range(kelurahan)]
    villages += [f"12.01.01.2{n:03d}" for n in range(desa)]
    counts = stations_of_villages(villages, stations)

    assert stations == sum(counts.values())
    assert min(counts.values()) >= (1 if stations >= len(villages) else 0)


@given(st.integers(1, 400), st.integers(1, 600), st.data())
def test_no_station_has_more_voters_than_allowed(stations, cap, data):
    """Law 4: totals are exact and the cap holds, whatever the numbers are."""
    voters = data.draw(st.integers(0, cap * stations))
    shares = voters_of_stations(voters, stations, cap)

    assert voters == sum(shares)
    assert max(shares) <= cap


@given(st.integers(-9, 9), st.integers(90, 140), st.integers(1, 90), st.integers(100, 110_000))
def test_points_stay_in_their_disc(lat, lon, count, radius):
    """Every point is within the radius, and no two fall together."""
    points = list(spiral(lat * 10**6, lon * 10**6, count, radius))

    assert count == len(set(points)) or radius < 10 * count
    for y, x in points:
        assert isqrt((y - lat * 10**6) ** 2 + (x - lon * 10**6) ** 2) <= radius + 1
