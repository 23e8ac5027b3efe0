"""How evenly a plan spreads what is short: by warehouse, and by how remote a place is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from silog_core.domain.legs import Mode
from silog_core.planning.allocation_fairness import Share, measure_shares

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from silog_core.domain.allocation import Fairness
    from silog_core.domain.demand import Commodity
    from silog_core.domain.scenario import Scenario
    from silog_core.planning.allocate import Wanted
    from silog_core.rules.book import RuleBook

#: Modes that make a place remote, or one across water; all others are by road.
_REMOTE = {Mode.FOOT, Mode.HORSE, Mode.AIR, Mode.HELICOPTER}
_WATER = {Mode.SEA, Mode.BOAT, Mode.RIVER, Mode.LAKE}
_CLASSES = ("road", "water", "remote")


def plan_fairness(
    scenario: Scenario,
    book: RuleBook,
    wanted: Mapping[tuple[str, Commodity], tuple[Wanted, ...]],
    short: Iterable[tuple[str, Commodity, int]],
) -> Fairness:
    """Return the fairness numbers over every place and item below the warehouses.

    Args:
        scenario: The places.
        book: Rules: by what mode places are reached.
        wanted: What every place needs, by warehouse.
        short: Places that get less than they need, with what they get.
    """
    served = {(place, ware): got for place, ware, got in short}
    remoteness = _Remoteness(scenario, book)
    return measure_shares(
        Share(
            place=warehouse,
            group=remoteness.of(member.place),
            quantity=member.quantity,
            served=served.get((member.place, ware), member.quantity),
        )
        for (warehouse, ware), members in wanted.items()
        for member in members
    )


class _Remoteness:
    """The worst way on which a place is reached from its warehouse."""

    def __init__(self, scenario: Scenario, book: RuleBook) -> None:
        self._places, self._book = scenario.by_code, book
        self._known: dict[str, int] = {}

    def of(self, code: str) -> str:
        return _CLASSES[self._class_of(code)]

    def _class_of(self, code: str) -> int:
        if code not in self._known:
            place = self._places[code]
            self._known[code] = 0  # a circle of parents ends here
            access = self._book.access(place.kind, place.region)
            own = 0
            if access is not None:
                own = 2 if access.mode in _REMOTE else int(access.mode in _WATER)
            above = self._class_of(place.parent) if place.parent in self._places else 0
            self._known[code] = max(own, above)
        return self._known[code]
