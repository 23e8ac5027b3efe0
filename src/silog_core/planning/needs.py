"""Needs: what every place requires of every item, by the rule that holds there."""

from __future__ import annotations

from collections.abc import Sequence

from silog_core.domain.demand import NeedColumn, Needs, PlaceRows
from silog_core.domain.elections import Contest
from silog_core.domain.needs_rules import PER, NeedsRule
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.regions import RegionCode
from silog_core.domain.scenario import Scenario
from silog_core.errors import PlanningError
from silog_core.rules.book import RuleBook

_KIND_OF = {
    "station": PlaceKind.STATION,
    "village": PlaceKind.VILLAGE,
    "subdistrict": PlaceKind.HUB,
    "regency": PlaceKind.WAREHOUSE,
    "province": PlaceKind.WAREHOUSE,
}
#: Flag of the regency warehouse that also holds what its province is allotted.
PROVINCIAL = "provincial"
#: A warehouse serves the regency or the province whose code it carries.
_DEPTH_OF = {"regency": 2, "province": 1}


def compute_needs(scenario: Scenario, book: RuleBook) -> Needs:
    """Return the needs of all places, rounded at each place and never later.

    Args:
        scenario: Places with their voters; its own items and rates stand in for
            those of the book.
        book: Rules of the election.

    Returns:
        One column for each item and level; quantities are whole pieces.

    Raises:
        PlanningError: The book has no rate at all for the election.
    """
    book = book.with_overrides(items=scenario.items, rates=scenario.rates)
    topics = book.needs_topics()
    if not topics:
        raise PlanningError(
            f"no rate is known for a {scenario.election.kind.value} election",
            "install silog-region-id, or give rates.csv in the scenario",
        )
    levels = tuple(_level(scenario, per) for per in PER)
    places = {per: _places(scenario, per) for per in PER}
    columns = []
    for topic in topics:
        per = book.needs_rules_of(topic)[0].per
        rows = levels[PER.index(per)]
        if rows.codes:
            column = _column(topic, rows, places[per], scenario, book)
            if column is not None:
                columns.append(column)
    return Needs(levels=levels, columns=tuple(columns))


def _places(scenario: Scenario, per: str) -> tuple[Place, ...]:
    depth = _DEPTH_OF.get(per)
    found = scenario.of_kind(_KIND_OF[per])
    return found if depth is None else _one_each(found, depth)


def _one_each(warehouses: Sequence[Place], depth: int) -> tuple[Place, ...]:
    """Return one warehouse for each region, so that its allotment is counted once.

    That is the region's own warehouse, else the one below it that is flagged as holding
    the province's goods, else the first below it.
    """
    best: dict[tuple[str, ...], Place] = {}
    ranked = sorted(
        (p for p in warehouses if p.region.depth >= depth),
        key=lambda p: (p.region.depth != depth, PROVINCIAL not in p.flags, p.code),
    )
    for place in ranked:
        if depth in {1, place.region.depth}:
            best.setdefault(place.region.parts[:depth], place)
    return tuple(sorted(best.values(), key=lambda p: p.code))


def _level(scenario: Scenario, per: str) -> PlaceRows:
    places = _places(scenario, per)
    return PlaceRows(
        per=per,
        codes=tuple(p.code for p in places),
        regions=tuple(p.region for p in places),
        voters=tuple(p.voters for p in places),
    )


def _column(
    topic: str, rows: PlaceRows, places: Sequence[Place], scenario: Scenario, book: RuleBook
) -> NeedColumn | None:
    rules, rule_of_row = _rules_of_rows(topic, rows, places, scenario, book)
    if not rules:
        return None
    item = book.item(rules[0].item)
    contest = _contest(rules[0], scenario)
    if rules[0].contest and contest is None:
        return None  # the election does not hold this contest
    if len(rules) == 1 and -1 not in rule_of_row:
        quantities = _quantities(rules[0], rows.voters)
    else:
        quantities = _quantities_of_rows(rules, rule_of_row, rows.voters)
    return NeedColumn(
        item=rules[0].item,
        per=rows.per,
        contest=contest,
        reserve=item.reserve if item else False,
        quantities=quantities,
        rules=tuple(rule.id for rule in rules),
        rule_of_row=rule_of_row,
    )


def _contest(rule: NeedsRule, scenario: Scenario) -> Contest | None:
    return next((c for c in scenario.election.contests if c.code == rule.contest), None)


def _quantities(rule: NeedsRule, voters: tuple[int, ...]) -> tuple[int, ...]:
    """Return the needs of all rows under one rule: the fast way for 820,161 stations."""
    base, each = rule.quantity, rule.per_voter
    num, den = rule.reserve_numerator, rule.reserve_denominator
    if not each and not num:
        return (base,) * len(voters)
    return tuple([base + each * v - (-v * num // den) for v in voters])


def _quantities_of_rows(
    rules: Sequence[NeedsRule], rule_of_row: tuple[int, ...], voters: tuple[int, ...]
) -> tuple[int, ...]:
    """Return the needs of rows under different rules, 0 where none holds."""
    rates = [
        (r.quantity, r.per_voter, r.reserve_numerator, r.reserve_denominator) for r in rules
    ]
    rates.append((0, 0, 0, 1))  # at -1
    return tuple(
        [
            base + each * v - (-v * num // den)
            for (base, each, num, den), v in zip(
                map(rates.__getitem__, rule_of_row), voters, strict=True
            )
        ]
    )


def _rules_of_rows(
    topic: str, rows: PlaceRows, places: Sequence[Place], scenario: Scenario, book: RuleBook
) -> tuple[tuple[NeedsRule, ...], tuple[int, ...]]:
    """Return the distinct rules of a topic and, for each row, which of them holds."""
    root = scenario.election.root
    given = book.needs_rules_of(topic)
    everywhere = all(
        r.scope.covers(root) and not any(root.covers(n) or n.covers(root) for n in r.not_in)
        for r in given
    )
    flags = set(given[0].only_flags)
    if everywhere and not flags:
        only = book.needs_rule(topic, root)
        return ((only,), (0,) * len(rows.codes)) if only else ((), ())
    # Regions that are alike to this depth have the same rule.
    depth = max(region.depth for r in given for region in (r.scope, *r.not_in))
    cuts = [region.parts[:depth] for region in rows.regions]
    rule_at = {cut: book.needs_rule(topic, RegionCode(cut)) for cut in dict.fromkeys(cuts)}
    # A scenario's own rate may share the id of the plugin's that holds where it does not.
    rules = list({id(r): r for r in rule_at.values() if r is not None}.values())
    index = {id(rule): i for i, rule in enumerate(rules)}
    number = {cut: index[id(rule)] if rule else -1 for cut, rule in rule_at.items()}
    found = [number[cut] for cut in cuts]
    if flags:
        found = [
            n if flags.intersection(place.flags) else -1
            for n, place in zip(found, places, strict=True)
        ]
    used = [n for n in dict.fromkeys(found) if n >= 0]
    renumbered = {n: i for i, n in enumerate(used)} | {-1: -1}
    return tuple(rules[n] for n in used), tuple([renumbered[n] for n in found])
