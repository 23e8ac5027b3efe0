"""Make a rule book of what the plugins gave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from silog_core.domain.contributions import Contribution
from silog_core.domain.elections import ElectionKind
from silog_core.domain.regions import RegionTable
from silog_core.rules.book import RuleBook
from silog_core.rules.conflicts import Conflict, raise_all
from silog_core.rules.entry import Entry
from silog_core.rules.known_scopes import check_scopes
from silog_core.rules.minimums import check_minimums
from silog_core.rules.replacing import check_replacing
from silog_core.rules.ties import check_ties, prefer_one
from silog_core.rules.waivers import check_waivers, waiver_notes
from silog_core.rules.windows import check_windows

_NONE: Mapping[str, str] = MappingProxyType({})


def build_rule_book(
    contributions: Iterable[tuple[str, Contribution]],
    *,
    table: RegionTable,
    election_kind: ElectionKind | str,
    on: date,
    prefer: Mapping[str, str] = _NONE,
    allow_waivers: bool = True,
    versions: Mapping[str, str] = _NONE,
) -> RuleBook:
    """Return the rules that hold for an election, in whatever order they come.

    Args:
        contributions: Name of the plugin, and what it gave.
        table: Codes of the regions, with their date.
        election_kind: Rules that name another election are left out.
        on: Day on which a rule has to be valid: the voting day.
        prefer: For a rule id that two plugins give, the plugin whose rule holds.
        allow_waivers: Whether a narrower rule may lift a wider one.
        versions: Version of each plugin, for explanations.

    Returns:
        The book, frozen and picklable.

    Raises:
        RuleConflictError: Rules contradict each other. The message lists all
            contradictions, each with the line to add.

    Example:
        >>> from silog_core.domain.needs_rules import NeedsRule
        >>> box = NeedsRule(
        ...     scope="ID",
        ...     source="s",
        ...     election="pilkada",
        ...     item="box",
        ...     per="station",
        ...     quantity=2,
        ... )
        >>> table = RegionTable(as_of=date(2024, 1, 1), source="s", names={"12": "Sumut"})
        >>> book = build_rule_book(
        ...     [("region.ID", box)],
        ...     table=table,
        ...     election_kind="pilkada",
        ...     on=date(2024, 11, 27),
        ... )
        >>> book.needs_topics()
        ('needs:box/station',)
    """
    kind = ElectionKind(election_kind)
    given = {
        (plugin, rule): Entry(
            plugin=plugin,
            version=versions.get(plugin, ""),
            rule=rule,
            out="" if rule.valid.holds_on(on) else f"not valid on {on.isoformat()}",
        )
        for plugin, rule in contributions
        if getattr(rule, "election", kind) is kind
    }
    entries = prefer_one(sorted(given.values(), key=lambda e: e.sort_key), prefer)
    raise_all(_conflicts(entries, table=table, allow_waivers=allow_waivers))
    return RuleBook(
        entries=tuple(entries),
        table=table,
        election_kind=kind,
        on=on,
        plugins=tuple(sorted({(e.plugin, e.version) for e in entries})),
        notes=waiver_notes(entries) + _unused(entries, prefer),
    )


def _conflicts(
    entries: Sequence[Entry], *, table: RegionTable, allow_waivers: bool
) -> Iterator[Conflict]:
    yield from check_scopes(entries, table)
    tied = list(check_ties(entries))
    yield from tied
    # What a tied rule replaces or undercuts is only known once the tie is settled.
    ids = {one.rule for one in tied}
    settled = [e for e in entries if e.rule.id not in ids]
    yield from (one for one in check_replacing(entries) if one.rule not in ids)
    yield from check_minimums(settled)
    yield from check_waivers(entries, allowed=allow_waivers)
    yield from check_windows(settled)


def _unused(entries: Sequence[Entry], prefer: Mapping[str, str]) -> tuple[str, ...]:
    having = {(e.rule.id, e.plugin) for e in entries}
    return tuple(
        f"prefer names {rule_id} of {plugin}, which is not given"
        for rule_id, plugin in sorted(prefer.items())
        if (rule_id, plugin) not in having
    )
