"""Every rule can be said in a few words, on one line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from rule_making import cap, closure, day_off, limit, rate, speed, window
from silog_core.rules.describe import describe
from silog_core.testing.strategies import contributions


@settings(max_examples=60, deadline=None)
@given(contributions())
def test_any_rule_has_words(rule):
    """No rule is left to its topic alone, or takes more than a line."""
    text = describe(rule)

    assert text
    assert text != rule.topic
    assert "\n" not in text


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (rate(quantity=0), "0 for each station"),
        (rate(only_flags=("special",)), "2 for each station, only where special"),
        (cap(max_voters=600), "at most 600 voters a station"),
        (speed(transfer_s=60), "30000 m an hour, 1300 m of way for 1000 m, 60 s to change"),
        (
            closure(months=(1, 2), hours=(5,)),
            "sea is closed in months 1, 2; hours 5: swell",
        ),
        (closure(), "sea is closed in all months: swell"),
        (limit(max_payload_g=5, max_volume_cm3=6), "road carries at most 5 g and 6 cm3"),
        (limit(), "road carries at most anything"),
        (day_off(), "2024-11-26, a feast"),
        (window(legal_minimum=True), "from H-3 00:00 to H-1 24:00, the law's deadline"),
    ],
)
def test_the_words_say_what_the_rule_says(rule, words):
    """Numbers, units and conditions, as an officer would read them out."""
    assert words == describe(rule)
