"""Needs against the scenario: every place is there, and ballots cover the voters."""

from __future__ import annotations

from collections.abc import Iterator

from silog_core.domain.demand import NeedColumn, PlaceRows
from silog_core.domain.plan import Plan
from silog_core.domain.scenario import Scenario
from silog_core.domain.violations import Violation


def check_needs(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    """Yield what is wrong with the needs of a plan."""
    for rows in plan.needs.levels:
        for code, voters in zip(rows.codes, rows.voters, strict=True):
            place = scenario.by_code.get(code)
            if place is None:
                yield Violation(
                    code="unknown-place", where=code, text="the scenario has no such place"
                )
            elif place.voters != voters:
                yield Violation(
                    code="voters",
                    where=code,
                    text=f"counted {voters} voters where the list has {place.voters}",
                )
    counted = {code for rows in plan.needs.levels for code in rows.codes}
    for place in scenario.places:
        if place.voters and place.code not in counted:
            yield Violation(
                code="forgotten-place",
                where=place.code,
                text=f"its {place.voters} voters are not counted",
            )
    for column in plan.needs.columns:
        rows = plan.needs.level(column.per)
        if not len(column.quantities) == len(column.rule_of_row) == len(rows.codes):
            yield Violation(
                code="column-length", where=column.item, text="not one number for each place"
            )
        elif column.contest is not None and column.per == "station" and not column.reserve:
            yield from _ballots(column, rows)


def _ballots(column: NeedColumn, rows: PlaceRows) -> Iterator[Violation]:
    """Check that there is a ballot for each voter: less would keep people from voting."""
    for code, voters, ballots in zip(rows.codes, rows.voters, column.quantities, strict=True):
        if ballots < voters:
            yield Violation(
                code="fewer-ballots-than-voters",
                where=code,
                text=f"{ballots} of {column.item} for {voters} voters",
            )
