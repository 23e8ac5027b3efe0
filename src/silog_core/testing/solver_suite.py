"""The laws of solvers, A1 to A7 and V1 to V6 of ``docs/hooks.md``."""

from __future__ import annotations

import json
from typing import Any, ClassVar

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silog_core.domain.allocation import AllocationProblem, AllocationResult
from silog_core.domain.routing import Client, Depot, Profile, RoutingProblem, VehicleType
from silog_core.domain.stopping import MaxIterations
from silog_core.domain.wire import from_wire, to_wire
from silog_core.planning.allocation_check import check_allocation
from silog_core.planning.route_check import check_routing
from silog_core.ports.allocation import AllocationSolver
from silog_core.ports.routing import RoutingSolver
from silog_core.solvers.allocation import solve_allocation
from silog_core.testing.effort import QUICK
from silog_core.testing.strategies import allocation_problems, routing_problems


class AllocationSolverSuite:
    """Subclass me as ``TestMySolver``, and return the solver from `solver`.

    ``exact``: the cost is the least wherever no two commodities compete for a leg.
    """

    #: How many examples each law is tried on.
    effort: ClassVar[settings] = QUICK

    can: ClassVar[frozenset[str] | set[str]] = frozenset()

    def solver(self) -> AllocationSolver:
        """Return the solver."""
        raise NotImplementedError(f"{type(self).__name__} has to override solver")

    def test_a1_one_seed_gives_one_result(self) -> None:
        """A1. The same problem and seed give the same result."""
        solve = self.solver()

        @self.effort
        @given(allocation_problems(), st.integers(0, 3))
        def law(problem: AllocationProblem, seed: int) -> None:
            assert solve(problem, seed=seed) == solve(problem, seed=seed)

        law()

    def test_a2_an_independent_checker_finds_nothing(self) -> None:
        """A2. Pieces are conserved, no leg is overloaded, nobody gets more than he needs."""
        solve = self.solver()

        @self.effort
        @given(allocation_problems())
        def law(problem: AllocationProblem) -> None:
            assert check_allocation(problem, solve(problem)) == []

        law()

    def test_a3_what_is_missing_is_listed(self) -> None:
        """A3. Served and unmet add up to the need, each unmet piece with a reason."""
        solve = self.solver()

        @self.effort
        @given(allocation_problems())
        def law(problem: AllocationProblem) -> None:
            result = solve(problem)
            for number, demand in enumerate(problem.demands):
                unmet = [u for u in result.unmet if u.demand == number]

                assert (
                    result.served[number] + sum(u.quantity for u in unmet) == demand.quantity
                )
                assert all(u.reason and u.action for u in unmet)

        law()

    def test_a4_a_result_survives_json(self) -> None:
        """A4. What is written can be read back."""
        solve = self.solver()

        @self.effort
        @given(allocation_problems())
        def law(problem: AllocationProblem) -> None:
            result = solve(problem)
            wire = json.loads(json.dumps(to_wire(result)))

            assert from_wire(AllocationResult, wire) == result

        law()

    def test_a5_cost_is_the_least(self) -> None:
        """A5. No dearer than the built-in solver, pieces being equal (exact)."""
        self._needs_exact()
        solve = self.solver()

        @self.effort
        @given(allocation_problems(max_wares=1))
        def law(problem: AllocationProblem) -> None:
            mine, ours = solve(problem), solve_allocation(problem)

            assert sum(mine.served) == sum(ours.served)
            if mine.served == ours.served:
                assert mine.cost_microrupiah <= ours.cost_microrupiah

        law()

    def test_a6_more_supply_never_leaves_more_unmet(self) -> None:
        """A6. One more piece in a lot cannot make the shortage worse (exact)."""
        self._needs_exact()
        solve = self.solver()

        @self.effort
        @given(allocation_problems(max_wares=1).filter(lambda p: p.supplies))
        def law(problem: AllocationProblem) -> None:
            first = problem.supplies[0]
            more = attrs.evolve(first, quantity=first.quantity + 1)
            richer = attrs.evolve(problem, supplies=(more, *problem.supplies[1:]))

            assert sum(solve(problem).served) <= sum(solve(richer).served)

        law()

    def test_a7_prices_times_two_cost_twice(self) -> None:
        """A7. Doubling every price doubles the cost (exact)."""
        self._needs_exact()
        solve = self.solver()

        @self.effort
        @given(allocation_problems(max_wares=1))
        def law(problem: AllocationProblem) -> None:
            dearer = tuple(
                attrs.evolve(leg, cost_per_tonne_rupiah=2 * leg.cost_per_tonne_rupiah)
                for leg in problem.legs
            )
            twice = solve(attrs.evolve(problem, legs=dearer))

            assert twice.cost_microrupiah == 2 * solve(problem).cost_microrupiah

        law()

    def _needs_exact(self) -> None:
        if "exact" not in self.can:
            pytest.skip(f"{type(self).__name__} does not claim 'exact' in `can`")


class RoutingSolverSuite:
    """Subclass me as ``TestMySolver``, and return the solver from `solver`.

    ``clock``: understands opening hours and service times. ``reasons``: says why a stop
    is not served.
    """

    #: How many examples each law is tried on.
    effort: ClassVar[settings] = QUICK

    can: ClassVar[frozenset[str] | set[str]] = frozenset({"clock"})
    #: Iterations that each problem is given.
    iterations: int = 20

    def solver(self) -> RoutingSolver:
        """Return the solver."""
        raise NotImplementedError(f"{type(self).__name__} has to override solver")

    def test_v1_one_seed_gives_one_solution(self) -> None:
        """V1. The same problem, seed and iterations give the same solution."""

        @self.effort
        @given(self._problems(), st.integers(0, 3))
        def law(problem: RoutingProblem, seed: int) -> None:
            assert self._solve(problem, seed) == self._solve(problem, seed)

        law()

    def test_v2_an_independent_checker_finds_nothing(self) -> None:
        """V2. No vehicle is overloaded, late, too far or double."""

        @self.effort
        @given(self._problems())
        def law(problem: RoutingProblem) -> None:
            assert check_routing(problem, self._solve(problem)) == []

        law()

    def test_v3_every_stop_is_served_or_listed(self) -> None:
        """V3. Each client is in one trip or listed (with reasons: why); none is dropped."""

        @self.effort
        @given(self._problems())
        def law(problem: RoutingProblem) -> None:
            found = self._solve(problem)
            visited = [c for route in found.routes for trip in route.trips for c in trip]
            left = [u.client for u in found.unserved]

            assert sorted(visited + left) == list(range(len(problem.clients)))
            fleet = sum(kind.count for kind in problem.vehicle_types)
            if "reasons" in self.can and fleet:
                assert all(u.reasons for u in found.unserved)

        law()

    def test_v4_a_solution_survives_json(self) -> None:
        """V4. What is written can be read back."""

        @self.effort
        @given(self._problems())
        def law(problem: RoutingProblem) -> None:
            found = self._solve(problem)
            wire = json.loads(json.dumps(to_wire(attrs.evolve(found, seconds=0.0))))

            assert from_wire(type(found), wire) == found

        law()

    def test_v5_the_budget_is_kept(self) -> None:
        """V5. No more iterations than were given."""

        @self.effort
        @given(self._problems())
        def law(problem: RoutingProblem) -> None:
            assert self._solve(problem).iterations <= self.iterations

        law()

    def test_v6_serves_what_one_vehicle_can(self) -> None:
        """V6. Where one vehicle could serve everybody, everybody is served."""

        @self.effort
        @given(st.integers(1, 8))
        def law(count: int) -> None:
            way = tuple(tuple(abs(a - b) for b in range(count + 1)) for a in range(count + 1))
            problem = RoutingProblem(
                depots=(Depot(name="hub"),),
                clients=tuple(Client(name=f"c{n}", mass_g=1) for n in range(count)),
                vehicle_types=(VehicleType(name="truck", payload_g=count),),
                profiles=(Profile(distance_m=way, duration_s=way),),
            )
            found = self._solve(problem)

            assert found.unserved == ()
            assert found.feasible

        law()

    def _problems(self) -> st.SearchStrategy[RoutingProblem]:
        return routing_problems(clock="clock" in self.can)

    def _solve(self, problem: RoutingProblem, seed: int = 1) -> Any:
        return self.solver()(problem, seed=seed, stop=MaxIterations(self.iterations))
