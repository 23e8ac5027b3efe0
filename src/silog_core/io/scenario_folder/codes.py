"""What is wrong with a region or place code, and how it should be written."""

from __future__ import annotations

import re

from silog_core.domain.problems import Said

_LENGTHS = {2: "province", 4: "regency", 6: "subdistrict", 10: "village"}
_STATION_DIGITS = 13


def dotted(digits: str) -> str:
    """Return the dotted form of a code that KPU writes without signs.

    Example:
        >>> dotted("1271011001"), dotted("1271011001003"), dotted("127")
        ('12.71.01.1001', '12.71.01.1001-003', '')
    """
    if not digits.isascii() or not digits.isdigit():
        return ""
    if len(digits) == _STATION_DIGITS:
        return f"{dotted(digits[:10])}-{digits[10:]}"
    if len(digits) not in _LENGTHS:
        return ""
    cuts = [digits[0:2], digits[2:4], digits[4:6], digits[6:10]]
    return ".".join(part for part in cuts if part)


def mend_region(text: str) -> Said:
    """Return how to write a region code that was written as *text*.

    Example:
        >>> mend_region("1271").english
        'write it with dots: 12.71'
        >>> mend_region("12.1").english
        'write 12.10 and format the column as text: a spreadsheet dropped the last 0'
    """
    plain, other = dotted(text), re.sub(r"[\s,/_-]+", ".", text)
    if plain and "-" not in plain:
        return _dots(plain)
    if other != text and _region_like(other):
        return _dots(other)
    if re.fullmatch(r"\d{2}\.\d", text):
        return Said(
            f"write {text}0 and format the column as text: a spreadsheet dropped the last 0",
            f"tulis {text}0 dan jadikan kolom itu teks: lembar kerja membuang 0 terakhir",
        )
    if _station_like(text):
        village = text.partition("-")[0]
        return Said(f"give the village alone: {village}", f"tulis desanya saja: {village}")
    if text and not any(c.isdigit() for c in text):
        return Said(
            "give the Kemendagri code, such as 12.71.01.1001, not the name",
            "tulis kode Kemendagri, misalnya 12.71.01.1001, bukan namanya",
        )
    return Said(
        "write ID, or digits such as 12, 12.71, 12.71.01 or 12.71.01.1001",
        "tulis ID, atau angka seperti 12, 12.71, 12.71.01 atau 12.71.01.1001",
    )


def mend_station(code: str) -> Said:
    """Return how to write a station code that was written as *code*.

    Example:
        >>> mend_station("1271011001003").english
        'write it with dots: 12.71.01.1001-003'
        >>> mend_station("12.71.01.1001-3").english
        'write the number with three digits: 12.71.01.1001-003'
    """
    plain = dotted(code)
    if "-" in plain:
        return _dots(plain)
    found = re.fullmatch(r"(\d{2}\.\d{2}\.\d{2}\.\d{4})[-./ ]?(\d{1,3})", code)
    if found and int(found[2]) == 0:
        return Said(
            f"number stations from 001, special locations from 901: {found[1]}-001",
            f"nomor TPS mulai dari 001, lokasi khusus dari 901: {found[1]}-001",
        )
    if found:
        full = f"{found[1]}-{int(found[2]):03d}"
        return Said(
            f"write the number with three digits: {full}", f"tulis nomor tiga angka: {full}"
        )
    return Said(
        "write the village code, a hyphen and three digits: 12.71.01.1001-001",
        "tulis kode desa, tanda hubung dan tiga angka: 12.71.01.1001-001",
    )


def _dots(code: str) -> Said:
    return Said(f"write it with dots: {code}", f"tulis dengan titik: {code}")


def _region_like(text: str) -> bool:
    return re.fullmatch(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?", text) is not None


def _station_like(text: str) -> bool:
    return re.fullmatch(r"\d{2}\.\d{2}\.\d{2}\.\d{4}-\d{1,3}", text) is not None
