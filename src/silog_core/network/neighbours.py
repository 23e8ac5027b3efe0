"""How long it takes from one warehouse to another, by the network or straight."""

from __future__ import annotations

from collections import defaultdict
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from silog_core.domain.legs import Mode
from silog_core.network.travel import Travel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from silog_core.domain.legs import Leg
    from silog_core.domain.places import Place
    from silog_core.domain.scenario import Scenario
    from silog_core.rules.book import RuleBook


class TravelBetween:
    """Time from place to place: the legs, or the straight way where that is quicker.

    The straight way takes the mode by which the two places are reached; where one is
    reached by road and the other is not, the other's mode counts.
    """

    def __init__(self, scenario: Scenario, book: RuleBook, legs: Iterable[Leg]) -> None:
        """Index the legs, each in its direction."""
        self._places, self._book = scenario.by_code, book
        self._travel = Travel(book, scenario.legs)
        self._out: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for leg in legs:
            self._out[leg.tail].append((leg.head, leg.travel_s))
        self._times: dict[str, dict[str, int]] = {}

    def __call__(self, donor: str, receiver: str) -> int | None:
        """Return the time from *donor* to *receiver* [s]; None where no way is known."""
        if donor not in self._times:
            self._times[donor] = self._from(donor)
        by_legs = self._times[donor].get(receiver)
        straight = self._straight(self._places[donor], self._places[receiver])
        return min((t for t in (by_legs, straight) if t is not None), default=None)

    def _from(self, start: str) -> dict[str, int]:
        done: dict[str, int] = {}
        heap = [(0, start)]
        while heap:
            time, place = heappop(heap)
            if place in done:
                continue
            done[place] = time
            for head, travel_s in self._out.get(place, ()):
                if head not in done:
                    heappush(heap, (time + travel_s, head))
        return done

    def _straight(self, tail: Place, head: Place) -> int | None:
        rules = [self._book.access(place.kind, place.region) for place in (tail, head)]
        known = [(rule.mode, rule.surface) for rule in rules if rule]
        mode, surface = next(
            (found for found in known if found[0] is not Mode.ROAD),
            known[-1] if known else (Mode.ROAD, ""),
        )
        way = self._travel.way(tail, head, mode, surface)
        return None if way is None else max(1, way.travel_s)
