"""Published files are read as they stand, and reported in their own terms."""

from __future__ import annotations

import json
import math

import pytest

from shared_data import shared
from silog_core.domain.routing import Route, RoutingSolution
from silog_core.domain.stopping import MaxIterations
from silog_core.errors import FileFormatError
from silog_core.io.vrp_files import read_vrp_file
from silog_core.planning.route_check import check_routing
from silog_core.solvers.routing import ruin_recreate

CVRP = """\
NAME : tiny
COMMENT : two clients and a depot
TYPE : CVRP
DIMENSION : 3
EDGE_WEIGHT_TYPE : EUC_2D
CAPACITY : 10
NODE_COORD_SECTION
1 0 0
2 1 1
3 3 4
DEMAND_SECTION
1 0
2 4
3 5
DEPOT_SECTION
1
-1
EOF
"""
MIXED = """\
NAME: mixed
TYPE: HFVRP
DIMENSION: 3
VEHICLES: 3
EDGE_WEIGHT_TYPE: EUC_2D
NODE_COORD_SECTION
1 0 0
2 1 1
3 3 4
DEMAND_SECTION
1 0
2 4
3 5
CAPACITY_SECTION
1 5
2 5
3 9
VEHICLES_FIXED_COST_SECTION
1 2.5
2 2.5
3 4
VEHICLES_UNIT_DISTANCE_COST_SECTION
1 1.5
2 1.5
3 2
DEPOT_SECTION
1
-1
EOF
"""
SOLOMON = """\
T1

VEHICLE
NUMBER     CAPACITY
  2         10

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE TIME

    0      0         0          0          0        100          0
    1      1         1          4          5         20          2
    2      3         4          5          0         50          2
"""
CORDEAU = """\
2 2 2 2
0 10
50 10
1 1 1 2 4 1 2 1 2
2 3 4 2 5 1 2 1 2
3 0 0 0 0 0 0
4 5 5 0 0 0 0
"""


def read(tmp_path, text, name="file.vrp"):
    """Return the problem of a file with this text."""
    path = tmp_path / name
    path.write_text(text)
    return read_vrp_file(path)


def route_of(*clients):
    """Return a plan of one tour of the first kind."""
    route = Route(vehicle_type=0, trips=(clients,), start_s=0, end_s=0, distance_m=0, cost=0)
    return RoutingSolution(routes=(route,), cost=0)


def test_plain_distances_are_rounded(tmp_path):
    """A capacitated problem has whole distances, and clients keep their numbers."""
    source = read(tmp_path, CVRP)

    assert "tiny" == source.name
    assert 1 == source.scale
    assert [[0, 1, 5], [1, 0, 4], [5, 4, 0]] == source.distances
    assert [[2, 3]] == source.routes_of(route_of(0, 1))
    assert 10 == source.cost_of(route_of(0, 1))


def test_a_mixed_fleet_is_read_by_kind(tmp_path):
    """Vehicles that are alike are counted together, prices are whole inside."""
    source = read(tmp_path, MIXED)
    problem = source.problem()

    assert [(2, 5), (1, 9)] == [(f.count, f.capacity) for f in source.fleets]
    assert [15, 20] == [k.cost_per_m for k in problem.vehicle_types]
    assert [250_000, 400_000] == [k.fixed_cost for k in problem.vehicle_types]
    assert math.isclose(2.5 + 1.5 * 2 * 2**0.5, source.cost_of(route_of(0)), abs_tol=1e-6)


def test_solomon_has_real_distances_and_windows(tmp_path):
    """Times and distances are fine enough for two decimals of the cost."""
    source = read(tmp_path, SOLOMON, "t1.txt")
    problem = source.problem()

    assert ("T1", "solomon") == (source.name, source.style)
    assert ((50_000, 200_000),) == problem.clients[0].windows
    assert 20_000 == problem.clients[0].service_s
    assert ((0, 1_000_000),) == problem.depots[0].windows
    assert 2 == problem.vehicle_types[0].count


def test_cordeau_has_a_fleet_at_each_depot(tmp_path):
    """Every depot has its vehicles, and a limit of zero is none."""
    source = read(tmp_path, CORDEAU, "p99.txt")
    kinds = source.problem().vehicle_types

    assert [0, 1] == [k.depot for k in kinds]
    assert [None, 500_000] == [k.max_duration_s for k in kinds]
    assert [[1, 2]] == source.routes_of(route_of(0, 1))


@pytest.mark.parametrize("name", ["missing", "empty", "text", "cut", "form", "section"])
def test_a_damaged_file_is_refused_with_a_fix(tmp_path, name):
    """Whatever is wrong with a file, the error says what to do."""
    texts = {
        "empty": "",
        "text": "not a routing file\nat all\n",
        "cut": CVRP.replace("3 3 4\n", ""),
        "form": CVRP.replace("EUC_2D", "GEO"),
        "section": CVRP.replace("DEPOT_SECTION", "BACKHAUL_SECTION"),
    }
    path = tmp_path / "file.vrp"
    if name in texts:
        path.write_text(texts[name])

    with pytest.raises(FileFormatError) as caught:
        read_vrp_file(path)

    assert caught.value.fix


@pytest.mark.parametrize(
    ("file", "reference"), [("vrptw/C101.txt", 828.94), ("mdvrp/pr01.txt", 861.32)]
)
def test_a_published_optimum_is_met_in_its_convention(file, reference):
    """Easy instances come out at the published cost, to two decimals."""
    source = read_vrp_file(shared(f"bench/{file}"))
    problem = source.problem()

    plan = ruin_recreate(problem, seed=1, stop=MaxIterations(6000))

    assert [] == check_routing(problem, plan)
    assert reference == round(source.cost_of(plan), 2)


def test_a_published_solution_costs_what_it_says():
    """The cost of a published plan comes out as published."""
    path = shared("bench/cvrp/X-n115-k10.vrp")
    source = read_vrp_file(path)
    *lines, cost = path.with_suffix(".sol").read_text().strip().splitlines()
    routes = [[int(c) - 1 for c in line.split(":")[1].split()] for line in lines]

    total = sum(source.cost_of(route_of(*route)) for route in routes)

    assert int(cost.split()[-1]) == total


def test_the_command_prints_what_programs_read():
    """``silog route --json`` prints one object with the promised keys."""
    testing = pytest.importorskip("click.testing")
    from silog_core.cli.route import route_command

    path = shared("bench/vrptw/C101.txt")
    run = testing.CliRunner().invoke(
        route_command, [str(path), "--seconds", "0.5", "--seed", "3", "--json"]
    )
    answer = json.loads(run.output)

    assert 0 == run.exit_code
    assert {"solver", "cost", "routes", "seconds", "iterations", "feasible"} == answer.keys()
    assert list(range(1, 101)) == sorted(c for route in answer["routes"] for c in route)


def test_the_command_refuses_a_bad_file(tmp_path):
    """A file that cannot be read ends the command with code 2 and a fix."""
    testing = pytest.importorskip("click.testing")
    from silog_core.cli.route import route_command

    run = testing.CliRunner().invoke(route_command, [str(tmp_path / "none.vrp")])

    assert 2 == run.exit_code
    assert "fix:" in run.output
