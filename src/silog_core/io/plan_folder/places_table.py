"""``places.csv``: the name and the supplying place of each place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from silog_core.io.csv_text import csv_bytes
from silog_core.io.plan_folder.flat_rows import read_rows

Pairs = Sequence[tuple[str, str]]

PLACES_FILE = "places.csv"
#: Only there when names and parents do not fit into one table.
PARENTS_FILE = "parents.csv"
_HEADER = ("code", "name", "parent")


def write_places(names: Pairs, parents: Pairs) -> dict[str, bytes]:
    """Return one table, or two where the order of the places differs."""
    codes = _merged([c for c, _ in names], [c for c, _ in parents])
    if codes is None or any(not value for _, value in (*names, *parents)):
        return {
            PLACES_FILE: csv_bytes(_HEADER, [(code, name, "") for code, name in names]),
            PARENTS_FILE: csv_bytes(_HEADER[::2], parents),
        }
    name_of, parent_of = dict(names), dict(parents)
    rows = [(code, name_of.get(code, ""), parent_of.get(code, "")) for code in codes]
    return {PLACES_FILE: csv_bytes(_HEADER, rows)}


def read_places(
    files: Mapping[str, bytes],
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Return names and parents, each in its own order."""
    rows = list(read_rows(PLACES_FILE, files[PLACES_FILE], _HEADER))
    if PARENTS_FILE in files:
        apart = read_rows(PARENTS_FILE, files[PARENTS_FILE], _HEADER[::2])
        return (
            tuple((code, name) for code, name, _ in rows),
            tuple((code, parent) for code, parent in apart),
        )
    return (
        tuple((code, name) for code, name, _ in rows if name),
        tuple((code, parent) for code, _, parent in rows if parent),
    )


def _merged(one: list[str], two: list[str]) -> list[str] | None:
    """Return all codes in an order that keeps both, or None where there is none."""
    in_one, in_two = set(one), set(two)
    if len(in_one) < len(one) or len(in_two) < len(two):
        return None
    found: list[str] = []
    a = b = 0
    while a < len(one) or b < len(two):
        if a < len(one) and one[a] not in in_two:
            found.append(one[a])
            a += 1
        elif b < len(two) and two[b] not in in_one:
            found.append(two[b])
            b += 1
        elif a < len(one) and b < len(two) and one[a] == two[b]:
            found.append(one[a])
            a, b = a + 1, b + 1
        else:
            return None
    return found
