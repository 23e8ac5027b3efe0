from __future__ import annotations

import csv
import io
import json

import attrs
import pytest
from click.testing import CliRunner

from silog_core.cli.main import cli
from silog_core.domain.stock import StockLot
from silog_core.io.plan_folder import read_plan, write_plan
from silog_core.io.scenario_folder import write_scenario
from small_world import planned, stocked, world

ENV = {"SILOG_PLUGINS": "region.ID", "SILOG_LANG": "en"}
TWINS = ((((300,),),), (((300,),),))


def silog(*words):
    """Run the program in this process."""
    return CliRunner().invoke(cli, [str(w) for w in words], env=ENV)


@pytest.fixture(scope="module")
def scenario():
    """Two regencies: one has inks to spare, the other none, all else as needed."""
    found = stocked(world(TWINS))
    ink = [
        StockLot(place="12.01", item="ink-bottle", quantity=900, lot="I"),
        StockLot(place="12.01", item="seal", quantity=5000, lot="S"),
        StockLot(place="12.01", item="seal-sticker", quantity=5000, lot="T"),
    ]
    rest = tuple(s for s in found.stock if s.item != "seal")
    return attrs.evolve(found, stock=(*rest, *ink))


@pytest.fixture(scope="module")
def folder(scenario, tmp_path_factory):
    return write_scenario(scenario, tmp_path_factory.mktemp("s") / "scenario")


def test_a_transfer_names_parties_paper_and_offices(folder):
    """The table says who, how far, on which paper, who approves, and why this donor."""
    english, indonesian = (silog("transfers", folder, "--lang", lg) for lg in ("en", "id"))

    assert 0 == english.exit_code, english.output
    for words in (
        "12.01 lends 12.02",
        "berita acara",
        "KPU province 12",
        "why 12.01: nearest",
    ):
        assert words in english.stdout
    for words in ("meminjami", "KPU Provinsi 12", "Tidak dapat dipinjamkan", "terdekat"):
        assert words in indonesian.stdout


def test_programs_read_the_same(folder):
    """JSON and CSV hold the same transfers, and what is withheld with its reason."""
    data = json.loads(silog("transfers", folder, "--format", "json").stdout)
    rows = list(
        csv.DictReader(io.StringIO(silog("transfers", folder, "--format", "csv").stdout))
    )
    kept = silog("transfers", folder, "--format", "csv", "--withheld").stdout

    assert [str(t["quantity"]) for t in data["transfers"]] == [r["quantity"] for r in rows]
    assert all(t["donor"] != t["receiver"] for t in data["transfers"])
    assert len(data["withheld"]) + 1 == len(kept.splitlines())
    assert {"none", "need"} >= {w["code"] for w in data["withheld"]}


def test_one_item_can_be_asked_for(folder):
    """Other items are left out of both lists."""
    data = json.loads(
        silog("transfers", folder, "--item", "seal-sticker", "--format", "json").stdout
    )

    assert {"seal-sticker"} == {t["item"] for t in data["transfers"] + data["withheld"]}


def test_a_plan_folder_remembers_what_could_be_lent(scenario, tmp_path):
    """What a plan holds is written, read back and printed."""
    # Seals in a subdistrict are beyond the plan's reach, not beyond that of people.
    lots = tuple(
        attrs.evolve(s, place="12.01.01") if s.item == "seal" else s for s in scenario.stock
    )
    plan = planned(attrs.evolve(scenario, stock=lots))
    out = write_plan(plan, tmp_path / "plan")
    data = json.loads(silog("transfers", out, "--format", "json").stdout)

    assert plan.lending.transfers
    assert plan == read_plan(out)
    assert [t.quantity for t in plan.lending.transfers] == [
        t["quantity"] for t in data["transfers"]
    ]


def test_a_scenario_without_stock_has_nothing_to_lend(tmp_path):
    """The message says which file to add."""
    done = silog("transfers", write_scenario(world(), tmp_path / "s"))

    assert 2 == done.exit_code
    assert "stock.csv" in done.output
