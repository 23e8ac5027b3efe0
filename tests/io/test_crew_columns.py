"""What a scenario folder says of crews: read, written, and every fault explained."""

from __future__ import annotations

import pytest

from scenario_head import HEAD
from silog_core.domain.escorts import EscortPool
from silog_core.io.scenario_folder import check_scenario, read_scenario

TOML = f"""\
{HEAD}
[windows]
guarded_nights = true

[handling]
in_day = true

[[escorts]]
name = "police"
region = "12.71"
count = 2
on = ["warehouse-hub"]
"""
PLACES = """\
code,kind,region,parent,guarded,skills,escorts
12.71,warehouse,12.71,,,,
12.71.01,hub,12.71.01,12.71,yes,gps,police
"""
VEHICLES = """\
type,home,mode,payload_g,volume_cm3,skills,break_after_s,break_s
truck,12.71,road,4000000,16000000,gps,14400,1800
"""


def folder(here, toml=TOML, places=PLACES, vehicles=VEHICLES):
    """Make a folder."""
    for name, text in (
        ("scenario.toml", toml), ("places.csv", places), ("vehicles.csv", vehicles),
    ):  # fmt: skip
        (here / name).write_text(text)
    return here


def test_a_scenario_says_what_it_asks_of_crews(tmp_path):
    """Nights, days, escorts, skills and rests are read as they stand."""
    scenario = read_scenario(folder(tmp_path))
    hub, truck = scenario.by_code["12.71.01"], scenario.fleet[0].vehicle

    assert (True, True) == (scenario.handling.guarded_nights, scenario.handling.in_day)
    assert (
        EscortPool(name="police", region="12.71", count=2, on=("warehouse-hub",)),
    ) == scenario.escorts
    assert (True, ("gps",), ("police",)) == (hub.guarded, hub.skills, hub.escorts)
    assert (14_400, 1800) == (truck.break_after_s, truck.break_s)


def test_a_supplier_elsewhere_has_escorts_for_the_line_haul(tmp_path):
    """Who rides along from a printer may be of its region, outside that of the election."""
    toml = TOML + '\n[[escorts]]\nname = "guard"\nregion = "31"\ncount = 1\n'
    places = PLACES + "PRINTER,supplier,31.71,,,,\n"
    told = folder(tmp_path, toml=toml + 'on = ["line-haul"]\n', places=places)

    assert ["guard"] == [p.name for p in read_scenario(told).escorts if "line-haul" in p.on]


FAULTS = {
    "half a rest": (
        {"vehicles": VEHICLES.replace(",1800", ",")},
        ("vehicles.csv", 2, "break_s"),
        "give both break_after_s and break_s, or neither",
    ),
    "nights not watched": (
        {"toml": TOML.replace("guarded_nights = true", "")},
        ("places.csv", 3, "guarded"),
        "write guarded_nights = true in [windows] of scenario.toml, or empty the column",
    ),
    "no switch": (
        {"toml": TOML.replace("in_day = true", 'in_day = "yes"')},
        ("scenario.toml", 17, "handling.in_day"),
        "write true or false",
    ),
    "nobody of that name": (
        {"places": PLACES.replace("gps,police", "gps,polce")},
        ("places.csv", 3, "escorts"),
        'add a table [[escorts]] with name = "polce" to scenario.toml, with count = 0 if'
        " there is nobody",
    ),
    "a supplier asks": (
        {"places": PLACES + "PRINTER,supplier,31.71,,,gps,\n"},
        ("places.csv", 4, "skills"),
        "empty it: ports, airports, warehouses, hubs, villages and stations ask",
    ),
    "no warehouse there": (
        {
            "toml": TOML.replace('region = "12.71"', 'region = "12.14"'),
            "places": PLACES.replace(",gps,police", ",gps,"),
        },
        ("scenario.toml", 21, "escorts.region"),
        "give the region of a warehouse, or a wider one",
    ),
    "an echelon that is none": (
        {"toml": TOML.replace("warehouse-hub", "hub"), "places": PLACES.replace("police", "")},
        ("scenario.toml", 23, "escorts.on"),
        "use line-haul, warehouse-hub, hub-village, village-station",
    ),
    "no number": (
        {"toml": TOML.replace("count = 2", "count = -1"), "places": PLACES.replace("police", "")},
        ("scenario.toml", 22, "escorts.count"),
        "give how many each warehouse of the region has, 0 or more",
    ),
    "twice": (
        {"toml": TOML + '\n[[escorts]]\nname = "police"\nregion = "12.71"\ncount = 1\n'},
        ("scenario.toml", 26, "escorts.name"),
        "add up the two counts in one table",
    ),
    "outside": (
        {
            "toml": TOML.replace('region = "12.71"', 'region = "32"'),
            "places": PLACES.replace("police", ""),
        },
        ("scenario.toml", 21, "escorts.region"),
        "remove it, or widen the root",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_of_crews_is_explained(tmp_path, name):
    """Each fault has its file, row, column and fix, in both languages."""
    files, place, fix = FAULTS[name]
    (problem,) = check_scenario(folder(tmp_path, **files))

    assert place == (problem.file, problem.row, problem.column)
    assert fix == problem.fix
    assert problem.what != problem.what_id
    assert problem.fix != problem.fix_id
