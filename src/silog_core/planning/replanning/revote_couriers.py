"""Couriers of re-votes: ballots of another warehouse's reserve, and goods that lie elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.demand import Commodity
from silog_core.domain.plan import Load, Trip
from silog_core.domain.revotes import RevoteGoods
from silog_core.planning.replanning.ways import Ways, bulk_tour
from silog_core.planning.timing import timed_trip

if TYPE_CHECKING:
    from silog_core.domain.revotes import RevoteBallots
    from silog_core.planning.replanning.revote_drafts import Draft
    from silog_core.planning.replanning.revote_trips import RevoteTrips

_Row = tuple["Draft", "RevoteBallots | RevoteGoods"]
_Ends = tuple[str, str]


@attrs.define(kw_only=True)
class Couriers:
    """Sends what lies elsewhere to the warehouses that pack."""

    rides: RevoteTrips
    ways: Ways

    def __attrs_post_init__(self) -> None:
        for trip in self.rides.trips:
            self._load(trip, 1)

    def recall(self, unused: Iterable[str]) -> None:
        """Take back couriers that carry nothing any more."""
        gone = set(unused)
        for trip in self.rides.trips:
            if trip.id in gone:
                self._load(trip, -1)
        self.rides.drop(gone)

    def _load(self, trip: Trip, sign: int) -> None:
        """Note what a courier takes of the room of its leg, or give it back."""
        if trip.echelon == "line-haul":
            key = (trip.home, trip.stops[0].place, trip.mode.value)
            self.ways.load(key, sign * trip.mass_g, sign * trip.volume_cm3)

    def ballots(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Send for ballots of other warehouses' reserves; return whom nobody can reach."""
        stuck: list[Draft] = []
        loads = _by_ends(drafts, lambda d: d.ballots)
        for (holder, warehouse), rows in sorted(loads.items()):
            if not self._send(holder, warehouse, rows):
                stuck += [d for d, _ in rows if d not in stuck]
        return stuck

    def goods(self, drafts: Sequence[Draft]) -> list[tuple[Draft, RevoteGoods]]:
        """Send for goods of suppliers and ports; return what cannot be there in time."""
        late: list[tuple[Draft, RevoteGoods]] = []
        loads = _by_ends(drafts, lambda d: d.taken)
        for (holder, warehouse), rows in sorted(loads.items()):
            # Who votes first sets the hour for all; those who can wait go again without.
            by_s = min(d.goods_by_s for d, _ in rows)
            if not self._send(holder, warehouse, rows, by_s):
                late += [(d, g) for d, g in rows if isinstance(g, RevoteGoods)]
        return late

    def _send(
        self, holder: str, warehouse: str, rows: list[_Row], by_s: int | None = None
    ) -> bool:
        rides, ways = self.rides, self.ways
        state = rides.state
        pieces: dict[Commodity, int] = {}
        for _, what in rows:
            pieces[what.commodity] = pieces.get(what.commodity, 0) + what.quantity
        cargo = tuple(
            Load(commodity=ware, quantity=n, to=warehouse)
            for ware, n in sorted(pieces.items(), key=lambda x: str(x[0]))
        )
        mass, volume = state.weigh(cargo)
        ways.add_straight(holder, warehouse)
        ready = max(state.first_s, *(rides.there_s(holder, w) for _, w in rows))
        route = ways.quickest(holder, warehouse, ready, (mass, volume))
        now, made = ready, list[Trip]()
        for leg in route.legs if route else ():
            names = ways.escorts(leg)
            vehicle = next(
                (
                    v for v in ways.carriers(leg)
                    if mass <= v.payload_g and volume <= v.volume_cm3
                ), None,
            )  # fmt: skip
            run = ways.run(leg, now, mass) if vehicle else None
            while run is not None:
                busy = state.fleet.guards.busy(leg.tail, names, run.depart_s, run.back_s)
                if not busy:
                    break
                run = ways.run(leg, max(until for _, until in busy), mass)
            if run is None or vehicle is None:
                return False
            unit = state.fleet.unit(
                leg.tail, vehicle.type, run.depart_s, run.back_s, escorts=names
            )
            if unit is None:
                return False
            tour = attrs.evolve(bulk_tour(leg, vehicle, mass, volume), escorts=names)
            trip = timed_trip(
                rides.number("line-haul", leg.tail, made), tour, run,
                latest_s=run.depart_s, unit=unit,
            )  # fmt: skip
            made.append(attrs.evolve(trip, stops=(attrs.evolve(trip.stops[0], loads=cargo),)))
            now = run.times[0][1] + state.scenario.handling.turnround_s
            state.used[vehicle.type] = vehicle
        if not made or (by_s is not None and now > by_s):
            return False
        for trip in made:
            rides.add(trip)
            self._load(trip, 1)
        for draft, what in rows:
            known = draft.senders if isinstance(what, RevoteGoods) else draft.couriers
            known += [t.id for t in made if t.id not in known]
            draft.ready_s = max(draft.ready_s, now)
        return True


def _by_ends(
    drafts: Sequence[Draft],
    what: Callable[[Draft], Sequence[RevoteBallots | RevoteGoods]],
) -> dict[_Ends, list[_Row]]:
    found: dict[_Ends, list[_Row]] = {}
    for draft in drafts:
        for one in what(draft):
            if one.holder != draft.warehouse:
                found.setdefault((one.holder, draft.warehouse), []).append((draft, one))
    return found
