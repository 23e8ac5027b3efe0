"""The laws of checks and mitigations, C1 to C5 and M1 to M5 of ``docs/hooks.md``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from silog_core.domain.findings import Finding, Severity
from silog_core.domain.plan import Plan, Schedule
from silog_core.domain.scenario import Scenario
from silog_core.ports.check import Check, Mitigation, Proposal
from silog_core.testing.worlds import World, empty_world, small_world

_SLACK_S = 6 * 3600


class RiskCheckSuite:
    """Subclass me as ``TestMyChecks``, and return the checks from `checks`.

    Override `worlds` to add plans in which they find something.
    """

    def checks(self) -> Sequence[Check]:
        """Return the checks as the plugin gives them."""
        raise NotImplementedError(f"{type(self).__name__} has to override checks")

    def worlds(self) -> Iterable[World]:
        """Return scenarios with their rules and plans to look at."""
        return (small_world(),)

    def test_c1_the_same_plan_has_the_same_findings(self) -> None:
        """C1. Pure: no clock, no chance, nothing remembered from the run before."""
        for check, world in self._pairs():
            assert self._run(check, world) == self._run(check, world), check.name

    def test_c2_an_empty_plan_has_no_findings(self) -> None:
        """C2. Where nothing is planned and no place is there, nothing is wrong."""
        for check in self.checks():
            assert self._run(check, empty_world()) == [], check.name

    def test_c3_findings_say_where_and_what_helps(self) -> None:
        """C3. Inside the check's region, under a name of its own, in both languages."""
        for check, world in self._pairs():
            for finding in self._run(check, world):
                assert isinstance(finding, Finding)
                assert check.scope.covers(finding.region), finding.message
                assert finding.message != finding.message_id, check.name
                assert finding.fix != finding.fix_id, check.name

    def test_c4_slack_never_makes_it_worse(self) -> None:
        """C4. With six more hours everywhere, no finding is graver than before."""
        for check, world in self._pairs():
            before = _worst(self._run(check, world))
            after = _worst(self._run(check, attrs.evolve(world, plan=_relaxed(world.plan))))

            assert {
                key: severity
                for key, severity in after.items()
                if severity > before.get(key, 0)
            } == {}, check.name

    def test_c5_names_are_unique(self) -> None:
        """C5. Two checks of one plugin have two names."""
        names = [check.name for check in self.checks()]

        assert sorted(names) == sorted(set(names))

    def _pairs(self) -> list[tuple[Check, World]]:
        return [(check, world) for check in self.checks() for world in self.worlds()]

    def _run(self, check: Check, world: World) -> list[Finding]:
        return list(check.run(world.scenario, world.book, world.plan))


def _worst(findings: Iterable[Finding]) -> dict[tuple[str, str, str], int]:
    found: dict[tuple[str, str, str], int] = {}
    for f in findings:
        key = (f.check, f.place, str(f.region))
        found[key] = max(found.get(key, 0), int(f.severity))
    return found


def _relaxed(plan: Plan) -> Plan:
    return attrs.evolve(
        plan,
        trips=tuple(
            attrs.evolve(t, latest_depart_s=t.latest_depart_s + _SLACK_S) for t in plan.trips
        ),
        schedule=Schedule(
            stages=tuple(
                attrs.evolve(s, latest_start_s=s.latest_start_s + _SLACK_S)
                for s in plan.schedule.stages
            )
        ),
    )


class MitigationSuite:
    """Subclass me as ``TestMyMitigation``; return it, and findings that it answers."""

    def mitigation(self) -> Mitigation:
        """Return the mitigation as the plugin gives it."""
        raise NotImplementedError(f"{type(self).__name__} has to override mitigation")

    def cases(self) -> Iterable[tuple[Finding, World]]:
        """Return at least one finding that it answers, with its world."""
        raise NotImplementedError(f"{type(self).__name__} has to override cases")

    def replan(self, scenario: Scenario, world: World) -> Plan:
        """Return the plan of a changed scenario, by the built-in solvers."""
        from silog_core.planning.pipeline import make_plan
        from silog_core.solvers.allocation import solve_allocation
        from silog_core.solvers.routing import ruin_recreate

        return make_plan(
            scenario,
            world.book,
            allocation_solver=solve_allocation,
            routing_solver=ruin_recreate,
            provenance=world.plan.provenance,
        )

    def test_m1_names_the_checks_that_it_answers(self) -> None:
        """M1. At least one, and the cases are of these."""
        mitigation = self.mitigation()

        assert mitigation.answers
        assert {f.check for f, _ in self.cases()} <= set(mitigation.answers)

    def test_m2_proposes_something_for_each_case(self) -> None:
        """M2. The same each time, under its own name, at a price in whole rupiah."""
        for finding, world in self.cases():
            first, second = self._propose(finding, world), self._propose(finding, world)

            assert first
            assert first == second
            assert {p.mitigation for p in first} == {self.mitigation().name}

    def test_m3_keeps_the_voters(self) -> None:
        """M3. No station, voter or contest is lost in the changed scenario."""
        for proposal, world in self._proposals():
            before, after = world.scenario, proposal.scenario

            assert after.election == before.election
            assert {(p.code, p.voters) for p in before.places if p.voters} == {
                (p.code, p.voters) for p in after.places if p.voters
            }

    def test_m4_changes_something(self) -> None:
        """M4. A proposal that leaves everything as it is answers nothing."""
        for proposal, world in self._proposals():
            assert proposal.changes(world.scenario, world.plan)

    def test_m5_raises_no_other_alarm(self) -> None:
        """M5. Planned again, the changed scenario has no more findings of severity BLOCK."""
        from silog_core.risk.assess import assess

        for proposal, world in self._proposals():
            before = assess(world.scenario, world.book, world.plan)
            plan = proposal.plan or self.replan(proposal.scenario, world)
            after = assess(proposal.scenario, world.book, plan)

            assert _blocks(after) <= _blocks(before)

    def _propose(self, finding: Finding, world: World) -> list[Proposal]:
        return list(self.mitigation().propose(finding, world.scenario, world.plan))

    def _proposals(self) -> list[tuple[Proposal, World]]:
        return [(p, w) for f, w in self.cases() for p in self._propose(f, w)]


def _blocks(findings: Iterable[Finding]) -> int:
    return sum(finding.severity is Severity.BLOCK for finding in findings)
