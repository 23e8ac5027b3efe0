"""Voters and stations behind each place: what a finding there is weighed by."""

from __future__ import annotations

from collections.abc import Mapping

from silog_core.domain.places import PlaceKind
from silog_core.domain.scenario import Scenario


def behind(scenario: Scenario) -> Mapping[str, tuple[int, int]]:
    """Return (voters, stations) at and below every place."""
    found = {p.code: (p.voters, int(p.kind is PlaceKind.STATION)) for p in scenario.places}
    total = dict(found)
    for place in scenario.places:
        voters, stations = found[place.code]
        if not (voters or stations):
            continue
        above, seen = place.parent, {place.code}
        while above in total and above not in seen:
            seen.add(above)
            total[above] = (total[above][0] + voters, total[above][1] + stations)
            above = scenario.by_code[above].parent
    return total
