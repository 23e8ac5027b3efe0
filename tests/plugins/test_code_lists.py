"""Code lists of several packs become one, in whatever order they come."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from silog_core.domain.manifest import Manifest
from silog_core.domain.regions import COUNTRY, RegionCode, RegionTable
from silog_core.plugins.code_lists import merged_table

DAY = date(2024, 11, 27)


def pack(region, names, day=DAY):
    """Return a plugin's name and manifest with a code list."""
    table = RegionTable(as_of=day, source=f"list of {region}", names=names)
    return f"region.{region}", Manifest(title=region, regions=(region,), table=table)


PACKS = [
    pack("ID", {"12": "Sumatera Utara", "53": "NTT"}, date(2024, 1, 1)),
    pack("12", {"12": "Sumut", "12.71": "Kota Medan"}),
    pack("53", {"53.71": "Kota Kupang"}),
    ("checks.x", Manifest(title="x")),
]


@given(st.permutations(PACKS))
def test_narrower_lists_add_to_wider_ones(packs):
    """Date and source are the country's; where both know a name, the narrower one's holds."""
    found = merged_table(packs, COUNTRY, day=DAY)

    assert (date(2024, 1, 1), "list of ID") == (found.as_of, found.source)
    assert {"12": "Sumut", "12.71": "Kota Medan", "53": "NTT", "53.71": "Kota Kupang"} == dict(
        found.names
    )


def test_only_the_lineage_speaks():
    """A plan of one province knows the codes of the country and of its own."""
    found = merged_table(PACKS, RegionCode.parse("12"), day=DAY)

    assert "53.71" not in found
    assert "12.71" in found


def test_without_a_list_there_is_an_empty_one():
    """Dated on the day asked for, and said to be nobody's."""
    found = merged_table([], COUNTRY, day=DAY)

    assert (DAY, {}) == (found.as_of, dict(found.names))
