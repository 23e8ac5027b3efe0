"""How to write a number, a position or a date that was written otherwise."""

from __future__ import annotations

import re

from silog_core.domain.problems import Said

#: Decimal degrees.
DEGREES = re.compile(r"[+-]?\d{1,3}(\.\d+)?")
#: Units as Indonesian names them.
UNITS_ID = {
    "pieces": "buah",
    "voters": "pemilih",
    "metres": "meter",
    "seconds": "detik",
    "grams": "gram",
    "cubic centimetres": "sentimeter kubik",
    "vehicles": "kendaraan",
    "hours": "jam",
    "parts": "bagian",
    "sheets": "lembar",
    "kits": "paket",
    "rupiah": "rupiah",
}


def empty(column: str) -> Said:
    """Return that a cell is empty."""
    return Said(f"{column} is empty", f"{column} kosong")


def no_region(text: str) -> Said:
    """Return that a text is not a region code."""
    return Said(f"{text!r} is not a region code", f"{text!r} bukan kode wilayah")


def whole_of(unit: str) -> Said:
    """Return a whole number of a unit."""
    return Said(f"a whole number of {unit}", f"bilangan bulat {UNITS_ID.get(unit, unit)}")


def mend_whole(cell: str, unit: str, lowest: int, highest: int | None) -> Said:
    """Return how to write the whole number that was written as *cell*.

    Example:
        >>> mend_whole("1.204", "voters", 0, None).english
        'write it without thousands signs: 1204'
    """
    bound = Said(f", {lowest} or more", f", {lowest} atau lebih")
    if highest is not None:
        bound = Said(f", from {lowest} to {highest}", f", dari {lowest} sampai {highest}")
    if re.fullmatch(r"\d{1,3}([.,  ']\d{3})+", cell):
        plain = re.sub("[^0-9]", "", cell)
        return Said(
            f"write it without thousands signs: {plain}", f"tulis tanpa tanda ribuan: {plain}"
        )
    if re.fullmatch(r"\d+[.,]0+", cell):
        plain = re.split("[.,]", cell)[0]
        return Said(f"write it without decimals: {plain}", f"tulis tanpa desimal: {plain}")
    if re.fullmatch(r"\d+[.,]\d+", cell):
        return Said("round it: ", "bulatkan: ") + whole_of(unit) + bound
    if re.fullmatch(r"\d([.,]\d+)?[eE]\+?\d+", cell):
        return Said(
            "write all its digits: a spreadsheet shortened it",
            "tulis semua angkanya: lembar kerja menyingkatnya",
        )
    digits = Said(", in plain digits", ", dengan angka saja")
    return Said("give ", "isi ") + whole_of(unit) + bound + digits


def field_fix(english: str) -> Said:
    """Return the fix of a field's validator in both languages.

    Example:
        >>> field_fix("give a whole number of hours, from 0 to 23").indonesian
        'isi bilangan bulat jam, dari 0 sampai 23'
    """
    found = re.fullmatch(
        r"give a whole number of (.+), (?:from (\d+) to|(\d+) or) (.+)", english
    )
    if not found:
        return Said.same(english)
    unit, low, least, high = found.groups()
    bound = f"{least} atau lebih" if least else f"dari {low} sampai {high}"
    return Said(english, f"isi {whole_of(unit).indonesian}, {bound}")


def mend_degrees(cell: str) -> Said:
    """Return how to write the degrees that were written as *cell*."""
    point = cell.replace(",", ".")
    if DEGREES.fullmatch(point):
        return Said(
            f"write the decimal sign as a point: {point}",
            f"tulis desimal dengan titik: {point}",
        )
    if cell.count(".") + cell.count(",") > 1:
        return Said(
            "write degrees with one decimal point and no thousands signs: 98.672223",
            "tulis derajat dengan satu titik desimal tanpa tanda ribuan: 98.672223",
        )
    return Said(
        "write decimal degrees such as 3.595196, south and west negative",
        "tulis derajat desimal seperti 3.595196; selatan dan barat negatif",
    )


def mend_day(cell: str) -> Said:
    """Return how to write the date that was written as *cell*.

    Example:
        >>> mend_day("27/11/2024").english
        'write year, month, day: 2024-11-27'
    """
    day = "2024-11-27"
    found = re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", cell)
    if found and int(found[2]) <= 12 and 1 <= int(found[1]) <= 31:
        day = f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    return Said(f"write year, month, day: {day}", f"tulis tahun, bulan, hari: {day}")
