"""Which kit of a place a unit belongs to: that of the first vote, or that of a re-vote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from silog_core.domain.custody_state import UnitState
from silog_core.domain.custody_steps import ExpectedKit


class KitsByPlace:
    """The kits that a plan expects, and the units of the record that belong to each.

    A unit that holds marked ballots of a re-vote belongs to the kit of the re-vote, any
    other one to that of the first vote.

    Example:
        >>> from silog_core.custody.expected import compile_plan
        >>> from silog_core.testing.worlds import small_world
        >>> kits = KitsByPlace(compile_plan(small_world().plan))
        >>> [kit.again for kit in kits.at("12.01.01.1001-001")]
        ['']
    """

    def __init__(self, kits: Iterable[ExpectedKit]) -> None:
        """Take the steps of a plan, from `compile_plan`."""
        found: dict[str, list[ExpectedKit]] = {}
        for kit in kits:
            found.setdefault(kit.place, []).append(kit)
        self._by_place = {place: tuple(several) for place, several in found.items()}

    @property
    def places(self) -> Mapping[str, tuple[ExpectedKit, ...]]:
        """The kits by place."""
        return self._by_place

    def at(self, place: str) -> tuple[ExpectedKit, ...]:
        """Return the kits of a place."""
        return self._by_place.get(place, ())

    def of(self, unit: UnitState, units: Mapping[str, UnitState]) -> ExpectedKit | None:
        """Return the kit that *unit* belongs to; None where the plan expects none."""
        several = self.at(unit.destination)
        again = [kit for kit in several if kit.again]
        if again:
            items = set(_items(unit, units))
            for kit in again:
                if not items.isdisjoint(ware.item for ware, _ in kit.holds):
                    return kit
        return next((kit for kit in several if not kit.again), None)

    @property
    def units(self) -> Mapping[str, int]:
        """How many units have to reach each place, those of re-votes among them."""
        return {place: sum(k.units for k in kits) for place, kits in self._by_place.items()}


def _items(unit: UnitState, units: Mapping[str, UnitState]) -> Iterator[str]:
    for ware, _ in unit.quantities:
        yield ware.item
    for code in unit.contents:
        if code in units:
            yield from _items(units[code], units)
