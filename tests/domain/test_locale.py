"""Numbers, dates and moments as people write them, in either language."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silog_core.domain.locale import LANGS, long_date, moment, number, parse_number, tenths
from silog_core.errors import FieldError

DAY = date(2024, 11, 27)


@given(st.integers(), st.sampled_from(LANGS))
def test_37_a_number_reads_back(value, lang):
    """Invariant 37: 1.845.966 is 1845966 again, and groups have three digits."""
    text = number(value, lang)

    assert value == parse_number(text, lang)
    assert re.fullmatch(r"-?\d{1,3}([.,]\d{3})*", text)


@pytest.mark.parametrize(
    "text", ["1.84.596", "1,845", "1.845.96", "", "a", "01", "+1", " 1", "1_0"]
)
def test_a_number_in_another_form_is_refused(text):
    """What `number` would not write is not guessed at."""
    with pytest.raises(FieldError, match="whole number"):
        parse_number(text, "id")


@given(st.integers(0, 10**12), st.integers(1, 10**6), st.sampled_from(LANGS))
def test_tenths_are_rounded_to_the_nearest(value, divisor, lang):
    """The figure is at most a twentieth off."""
    text = tenths(value, divisor, lang)
    whole_part, tenth = text[:-2], text[-1]
    shown = 10 * parse_number(whole_part, lang) + int(tenth)

    assert text[-2] == {"id": ",", "en": "."}[lang]
    assert abs(shown * divisor - 10 * value) * 2 <= divisor


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_date_names_its_month_in_each_language(day):
    """Day and year are figures, the month is a word; most differ by language."""
    for lang in LANGS:
        shown_day, month, year = long_date(day, lang).split()
        assert (str(day.day), str(day.year)) == (shown_day, year)
        assert month.isalpha()


@pytest.mark.parametrize(
    ("second", "lang", "offset", "expected"),
    [
        (0, "id", 420, "27 November 2024 00.00 WIB"),
        (-1, "en", 480, "26 November 2024 23:59 WITA"),
        (3 * 86_400 + 61, "en", 540, "30 November 2024 00:01 WIT"),
        (-40 * 86_400, "id", 420, "18 Oktober 2024 00.00 WIB"),
        (0, "en", 330, "27 November 2024 00:00 UTC+5"),
    ],
)
def test_a_moment_is_local_time_with_its_zone(second, lang, offset, expected):
    """Seconds before the vote become a date, an hour and a zone that people use."""
    assert expected == moment(second, DAY, lang=lang, offset_min=offset)
