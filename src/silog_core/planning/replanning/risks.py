"""Who may not have all on time after incidents, and why no plan mends that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from silog_core.domain.incidents import Flooded, StationMoved
from silog_core.domain.places import PlaceKind
from silog_core.domain.replanning import AtRisk
from silog_core.planning.replanning.added import Late
from silog_core.planning.replanning.lost import OUT
from silog_core.planning.replanning.state import State
from silog_core.planning.replanning.supply import Supplied
from silog_core.planning.replanning.texts import reasons

#: Voting goes on from 07.00 to 13.00 [s].
_VOTING_S = (7 * 3600, 13 * 3600)


def who_is_at_risk(
    state: State, supply: Supplied, too_late: Iterable[Late], again: Iterable[AtRisk] = ()
) -> tuple[AtRisk, ...]:
    """Return every station that may not have all on time, those with most voters first."""
    found: dict[str, AtRisk] = {}

    lacks = {
        code: tuple((ware, n) for ware, n, _ in rows) for code, rows in supply.lacking.items()
    }

    def note(station: str, incident: str, code: str, texts: tuple[str, str, str, str]) -> None:
        place = state.scenario.by_code[station]
        if place.kind is PlaceKind.STATION and station not in found:
            found[station] = AtRisk(
                station=station, name=place.name, voters=place.voters, incident=incident,
                code=code, reason=texts[0], reason_id=texts[1], action=texts[2],
                action_id=texts[3], lacks=lacks.get(station, ()),
            )  # fmt: skip

    lost = {(k.kit, t) for k in state.lost_kits.values() for t in k.trips}
    for trip_id in sorted(state.frozen):
        trip = state.trips[trip_id]
        if trip.echelon not in OUT:
            continue
        hits = state.blocks.hit_trip(trip, after_s=state.now_s)
        moved = state.moved(trip)
        for stop in trip.stops:
            if hits and stop.arrive_s > hits[0].from_s:
                texts = reasons(
                    state.plan.election, "under-way",
                    trip=trip.id, place=stop.place, incident=hits[0].id,
                )  # fmt: skip
                for kit in (k for k in stop.kits if (k, trip_id) not in lost):
                    note(kit, hits[0].id, "under-way", texts)
            elif moved:
                at = {i.station for i in state.incidents if isinstance(i, StationMoved)}
                if stop.place in at:
                    texts = reasons(
                        state.plan.election, "moved",
                        trip=trip.id, place=stop.place, incident=moved,
                    )  # fmt: skip
                    note(stop.place, moved, "moved", texts)
    for kit, (unserved, incident) in state.dropped.items():
        texts = (unserved.reason, unserved.reason_id, unserved.action, unserved.action_id)
        note(kit, incident, unserved.code, texts)
    for station, incident, texts in too_late:
        note(station, incident, "grown", texts)
    short = {(s.place, s.commodity): s for s in supply.shortfalls}
    for code, rows in supply.lacking.items():
        ware, _, incident = rows[0]
        gap = short[(code, ware)]
        note(code, incident, "short", (gap.reason, gap.reason_id, gap.action, gap.action_id))
    for code, flood_id in _under_water(state):
        texts = reasons(state.plan.election, "flooded", place=code, incident=flood_id)
        note(code, flood_id, "flooded", texts)
    for risk in again:  # that a station cannot vote again weighs more than what it lacked
        found[risk.station] = risk
    return tuple(sorted(found.values(), key=lambda r: (-r.voters, r.station)))


def _under_water(state: State) -> Iterator[tuple[str, str]]:
    """Yield each place that is flooded during the vote, with the incident."""
    for flood in (i for i in state.incidents if isinstance(i, Flooded)):
        begins, ends = flood.from_s, flood.until_s
        if begins < _VOTING_S[1] and (ends is None or ends > _VOTING_S[0]):
            for code in sorted(state.blocks.flooded(flood)):
                yield code, flood.id
