"""The long search draws as often as it says."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from more_draws import with_more_draws


def test_a_law_draws_so_many_times_as_often():
    """Three times four draws are twelve."""
    seen = []

    @settings(max_examples=4)
    @given(st.integers())
    def law(number):
        seen.append(number)

    with_more_draws(law, 3)()

    assert 12 == len(seen)
