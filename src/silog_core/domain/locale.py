"""Numbers, dates and moments as people in Indonesia, or readers of English, write them."""

from __future__ import annotations

from datetime import date

from silog_core.domain.calendar import DAY_S, day_of
from silog_core.errors import FieldError

LANGS = ("id", "en")
_MONTHS = {
    "id": [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
#: Modes of transport; in English they are called by their own word.
_MODES_ID = {
    "road": "darat",
    "sea": "laut",
    "boat": "perahu",
    "river": "sungai",
    "lake": "danau",
    "air": "udara",
    "helicopter": "helikopter",
    "motorcycle": "sepeda motor",
    "horse": "kuda",
    "foot": "jalan kaki",
}
_ZONES = {420: "WIB", 480: "WITA", 540: "WIT"}


def mode_name(mode: str, lang: str = "id") -> str:
    """Return the name of a mode of transport.

    Example:
        >>> mode_name("road"), mode_name("road", "en")
        ('darat', 'road')
    """
    return _MODES_ID.get(mode, mode) if lang == "id" else mode


def number(value: int, lang: str = "id") -> str:
    """Return a whole number with its thousands set apart.

    Example:
        >>> number(1845966), number(1845966, "en")
        ('1.845.966', '1,845,966')
    """
    grouped = f"{value:,}"
    return grouped.replace(",", ".") if lang == "id" else grouped


def parse_number(text: str, lang: str = "id") -> int:
    """Return the whole number that `number` wrote.

    Raises:
        FieldError: The text is not written that way.

    Example:
        >>> parse_number("1.845.966")
        1845966
    """
    plain = text.replace("." if lang == "id" else ",", "")
    try:
        value = int(plain)
    except ValueError:
        value = None
    if value is None or number(value, lang) != text:
        raise FieldError(f"{text!r} is not a whole number", "write it like 1.845.966")
    return value


def tenths(value: int, divisor: int, lang: str = "id") -> str:
    """Return ``value / divisor`` with one decimal, rounded half up.

    Example:
        >>> tenths(12_345, 1000), tenths(12_345, 1000, "en")
        ('12,3', '12.3')
    """
    scaled = (20 * value + divisor) // (2 * divisor)
    whole_part, tenth = divmod(scaled, 10)
    return f"{number(whole_part, lang)}{',' if lang == 'id' else '.'}{tenth}"


def long_date(day: date, lang: str = "id") -> str:
    """Return a date with the month as a word.

    Example:
        >>> long_date(date(2024, 11, 27)), long_date(date(2024, 8, 1), "id")
        ('27 November 2024', '1 Agustus 2024')
    """
    return f"{day.day} {_MONTHS[lang][day.month - 1]} {day.year}"


def moment(moment_s: int, voting_day: date, *, lang: str = "id", offset_min: int = 420) -> str:
    """Return a moment [s from 00:00 of voting day] as local date, hour and zone.

    Example:
        >>> moment(-6 * 3600, date(2024, 11, 27))
        '26 November 2024 18.00 WIB'
        >>> moment(-6 * 3600, date(2024, 11, 27), lang="en")
        '26 November 2024 18:00 WIB'
    """
    minutes = moment_s % DAY_S // 60
    sep = "." if lang == "id" else ":"
    zone = _ZONES.get(offset_min, f"UTC{offset_min // 60:+d}")
    day = long_date(day_of(moment_s, voting_day), lang)
    return f"{day} {minutes // 60:02d}{sep}{minutes % 60:02d} {zone}"
