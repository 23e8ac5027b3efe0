"""Rule books of region packs, made the way a session makes them, and times of plans."""

from __future__ import annotations

from datetime import date

from silog_core.domain.calendar import day_of
from silog_core.domain.elections import ElectionKind
from silog_core.domain.regions import RegionTable
from silog_core.plugins.facade import PluginHost
from silog_core.rules import build_rule_book

PILKADA, PEMILU = date(2024, 11, 27), date(2024, 2, 14)


def given_by(*packs, election="pilkada", on=PILKADA):
    """Return what packs give, as pairs of a name and a rule; none may fail."""
    host = _host(packs)
    found = list(host.contributions(ElectionKind(election), on.year))
    assert [str(failure) for failure in host.failures] == []
    return found


def book_of(*packs, election="pilkada", on=PILKADA, more=(), change=None, **options):
    """Return the book of packs, pairs of a name and a module, and of more such rules.

    *change* is asked for each rule and answers the one to put in its place, or None.
    """
    given = [*given_by(*packs, election=election, on=on), *more]
    if change is not None:
        changed = [(name, change(rule)) for name, rule in given]
        given = [(name, rule) for name, rule in changed if rule is not None]
    table = RegionTable(as_of=on, source="no code list", names={})
    for _, manifest in _host(packs).manifests():
        if manifest.table:
            table = table.merged(manifest.table)
    return build_rule_book(given, table=table, election_kind=election, on=on, **options)


def moments(plan, trips=None):
    """Return when each trip leaves, is at a stop, and is back, as seconds with its mode."""
    return [
        (trip, second)
        for trip in (plan.trips if trips is None else trips)
        for second in (
            trip.depart_s,
            *(s for stop in trip.stops for s in (stop.arrive_s, stop.depart_s)),
            trip.back_s,
        )
    ]


def weekday(second, plan):
    """Return the weekday of a moment [0 Monday - 6 Sunday]."""
    return day_of(second, plan.election.voting_day).weekday()


def _host(packs):
    host = PluginHost()
    for name, module in packs:
        host.register(module, name=name)
    return host
