"""Checks of scenarios and plans, and mitigations that answer what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.fields import sorted_texts, text, whole
from silog_core.domain.findings import Finding
from silog_core.domain.plan import Plan
from silog_core.domain.regions import COUNTRY, RegionCode, as_region
from silog_core.domain.scenario import Scenario
from silog_core.domain.shocks import Relief

if TYPE_CHECKING:
    from silog_core.rules.book import RuleBook

#: Checks a scenario before anything is planned.
ValidateScenario = Callable[["Scenario", "RuleBook"], Iterable[Finding]]
#: Checks a plan that has been made.
CheckPlan = Callable[["Scenario", "RuleBook", "Plan"], Iterable[Finding]]


@attrs.frozen(kw_only=True)
class Validator:
    """A check of a scenario, before anything is planned."""

    name: str = attrs.field(validator=text("a short name such as voters-per-station"))
    #: Region that it speaks for; it is run when a scenario lies in or around it.
    scope: RegionCode = attrs.field(default=COUNTRY, converter=as_region)
    run: ValidateScenario


@attrs.frozen(kw_only=True)
class Check:
    """A check of a plan: pure, so that the same plan gives the same findings."""

    name: str = attrs.field(validator=text("a short name such as late-stop"))
    #: Region that it speaks for; it is run when a plan lies in or around it.
    scope: RegionCode = attrs.field(default=COUNTRY, converter=as_region)
    run: CheckPlan


@attrs.frozen(kw_only=True)
class Proposal:
    """A change that would answer a finding: of the scenario, of the plan, or a relief."""

    mitigation: str = attrs.field(validator=text("the name of the mitigation"))
    #: What would be done, in English and Indonesian.
    message: str = attrs.field(validator=text("what would be done"))
    message_id: str = attrs.field(validator=text("what would be done, in Indonesian"))
    #: Price of the change itself [rupiah].
    cost_rupiah: int = attrs.field(default=0, validator=whole(0, "rupiah"))
    #: What that price is founded on; empty where there is none.
    price_source: str = ""
    #: The scenario with the change made; as it was, where the plan alone is changed.
    scenario: Scenario
    #: The changed plan, where nothing need be planned again; None to plan *scenario*.
    plan: Plan | None = None
    #: What is prepared against shocks, where that is the change.
    reliefs: tuple[Relief, ...] = ()

    def changes(self, scenario: Scenario, plan: Plan) -> bool:
        """Say whether anything is changed at all."""
        return bool(
            self.scenario != scenario
            or self.reliefs
            or (self.plan is not None and self.plan != plan)
        )

    @property
    def rank(self) -> tuple[int, str, str]:
        """Sort key: the cheapest first."""
        return (self.cost_rupiah, self.mitigation, self.message)


Propose = Callable[["Finding", "Scenario", "Plan"], Iterable[Proposal]]


@attrs.frozen(kw_only=True)
class Mitigation:
    """Answers findings of some checks with changed scenarios, plans or reliefs."""

    name: str = attrs.field(validator=text("a short name such as one-more-boat"))
    #: Names of the checks whose findings it answers.
    answers: tuple[str, ...] = attrs.field(converter=sorted_texts)
    propose: Propose
