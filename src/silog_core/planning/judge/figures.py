"""Figures of findings as people write them, in both languages."""

from __future__ import annotations

from silog_core.domain.legs import Mode
from silog_core.domain.locale import LANGS, mode_name, tenths
from silog_core.domain.problems import Said

#: What people type is rounded to so much [s].
GRAIN_S = 60


def by_mode(*modes: Mode) -> Said:
    """Return modes of transport by their names.

    Example:
        >>> by_mode(Mode.ROAD, Mode.SEA)
        Said(english='road or sea', indonesian='darat atau laut')
    """
    return Said(
        " or ".join(mode_name(mode.value, "en") for mode in modes),
        " atau ".join(mode_name(mode.value, "id") for mode in modes),
    )


def kilograms(mass_g: int) -> Said:
    """Return a mass.

    Example:
        >>> kilograms(14_040)
        Said(english='14.0 kg', indonesian='14,0 kg')
    """
    said = {lang: f"{tenths(mass_g, 1000, lang)} kg" for lang in LANGS}
    return Said(said["en"], said["id"])


def cubic_metres(volume_cm3: int) -> Said:
    """Return a volume."""
    said = {lang: f"{tenths(volume_cm3, 10**6, lang)} m3" for lang in LANGS}
    return Said(said["en"], said["id"])


def hours_minutes(seconds: int) -> Said:
    """Return a stretch of time, rounded up to the minute.

    Example:
        >>> hours_minutes(3601)
        Said(english='1 h 1 min', indonesian='1 jam 1 menit')
    """
    hours, minutes = divmod(-(-seconds // 60), 60)
    return Said(f"{hours} h {minutes} min", f"{hours} jam {minutes} menit")


def plain(value: int, scale: int) -> str:
    """Return a value in the numbers of the file, to four decimals at most.

    Example:
        >>> plain(125_000, 10_000), plain(7, 1)
        ('12.5', '7')
    """
    text = f"{value / scale:.4f}"
    return text.rstrip("0").rstrip(".")
