"""The tables of the national pack are complete, sourced and of the right size."""

from __future__ import annotations

import csv
from collections import Counter
from importlib.resources import files

import pytest

from shared_data import shared
from silog_core.domain.regions import RegionCode
from silog_core.plugins.tables import read_table
from silog_region_id.rates import PACKAGE

TABLES = sorted(p.name for p in (files(PACKAGE) / "data").iterdir())


def test_every_table_says_where_it_comes_from():
    """sources.csv has one row for each other table, with a date and a licence."""
    rows = read_table(PACKAGE, "sources.csv")

    assert TABLES == sorted([*(row["file"] for row in rows), "sources.csv"])
    assert all(row["as_of"] and row["source"] and row["licence"] for row in rows)


@pytest.mark.parametrize(
    "name", sorted(set(TABLES) - {"sources.csv", "regions.csv", "contests.csv"})
)
def test_every_row_has_a_basis(name):
    """A figure without a basis is not carried; no source mark is left unexpanded."""
    for row in read_table(PACKAGE, name):
        basis = row.get("source") or row.get("basis")

        assert basis
        assert "[S" not in basis


def test_the_country_has_38_provinces_and_514_regencies():
    """Law 38, the country: as the ministry counts them."""
    rows = read_table(PACKAGE, "regions.csv")
    count = Counter(row["level"] for row in rows)

    assert (38, 514) == (count["province"], count["regency"] + count["city"])
    for row in rows:
        code = RegionCode.parse(row["code"])

        assert code.level == ("province" if row["level"] == "province" else "regency")
    assert len(rows) == len({row["code"] for row in rows})


def test_every_regency_lies_in_a_listed_province():
    """Law 16, the country: a code begins with the code of what holds it."""
    codes = {row["code"] for row in read_table(PACKAGE, "regions.csv")}

    assert all(code[:2] in codes for code in codes)


def test_names_agree_with_an_independent_list():
    """The same 514 codes and names stand in a list made from boundary polygons."""
    with shared("data/centroids_kab.csv").open(encoding="utf-8", newline="") as lines:
        other = {row["kode"]: row["nama"] for row in csv.DictReader(lines)}
    mine = {
        r["code"]: r["name"] for r in read_table(PACKAGE, "regions.csv") if "." in r["code"]
    }

    assert other == mine
