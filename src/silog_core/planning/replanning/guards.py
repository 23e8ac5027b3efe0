"""Who rides along when, while a plan is repaired: trips take their escorts and give them back."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from silog_core.domain.echelons import RETURN_OF
from silog_core.domain.escorts import pools_at
from silog_core.domain.plan import Trip
from silog_core.domain.scenario import Scenario
from silog_core.planning.roster import Roster, asked_for, owner_of, rides_from

_OUT_OF = {back: out for out, back in RETURN_OF.items()}


@attrs.define
class Guards:
    """Escorts of suppliers, ports and warehouses, and with which trips they are out."""

    scenario: Scenario
    #: By owner and name: the trips that somebody is out with, from when until when [s].
    _out: dict[tuple[str, str], dict[str, tuple[int, int]]] = attrs.field(factory=dict)

    def base(self, home: str, echelon: str) -> str:
        """Return whose escorts ride along from a home: what goes in bulk takes its own."""
        return rides_from(self.scenario, home, echelon)

    def asked(self, home: str, echelon: str, places: Iterable[str]) -> tuple[str, ...]:
        """Return who rides along from a home to some places, or back from them, sorted."""
        if not self.scenario.escorts:
            return ()
        by_code = self.scenario.by_code
        pools = pools_at(self.scenario.escorts, by_code[self.base(home, echelon)].region)
        return asked_for(
            pools, _OUT_OF.get(echelon, echelon), (by_code[code] for code in places)
        )

    def roster(self, base: str, names: Iterable[str]) -> Roster:
        """Return who of some names is out from a base."""
        pools = pools_at(self.scenario.escorts, self.scenario.by_code[base].region)
        return Roster(
            {name: pool.count for name, pool in pools.items()},
            {name: list(self._out.get(self._key(base, name), {}).values()) for name in names},
        )

    def busy(
        self, base: str, names: Iterable[str], leaves_s: int, back_s: int
    ) -> list[tuple[int, int]]:
        """Return the trips that keep somebody from riding along, as (leaves, back) [s]."""
        names = tuple(names)
        return self.roster(base, names).busy(names, leaves_s, back_s) if names else []

    def _key(self, base: str, name: str) -> tuple[str, str]:
        """Return the owner of people of one name whom a base has, and the name."""
        return owner_of(self.scenario, base, name), name

    def there(self, base: str, names: Iterable[str]) -> bool:
        """Say whether there is anybody of each name at all."""
        names = tuple(names)
        return not names or self.roster(base, ()).can(names)

    def back(self, base: str, names: Iterable[str], from_s: int, until_s: int) -> set[int]:
        """Return the moments between two others at which somebody comes back [s]."""
        return {
            back
            for name in names
            for _, back in self._out.get(self._key(base, name), {}).values()
            if from_s <= back <= until_s
        }

    def take(self, trip: Trip) -> None:
        """Note that the escorts of a trip are out with it."""
        for name in trip.escorts:
            key = self._key(self.base(trip.home, trip.echelon), name)
            self._out.setdefault(key, {})[trip.id] = (trip.depart_s, trip.back_s)

    def release(self, trip: Trip) -> None:
        """Take that back."""
        for name in trip.escorts:
            key = self._key(self.base(trip.home, trip.echelon), name)
            self._out.get(key, {}).pop(trip.id, None)
