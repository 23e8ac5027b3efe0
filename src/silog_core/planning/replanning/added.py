"""Stations that a court adds: what they need, and kits that lack too much to be carried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from silog_core.domain.incidents import StationsAdded
from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import Shortfall
from silog_core.domain.scenario import Scenario
from silog_core.planning.needs import compute_needs
from silog_core.planning.replanning.changed import kits_under_way
from silog_core.planning.replanning.texts import left, reasons

if TYPE_CHECKING:
    from silog_core.planning.replanning.state import State
    from silog_core.planning.replanning.supply import Supplied

#: Station, incident and texts of a station whose kit left before the order.
Late = tuple[str, str, tuple[str, str, str, str]]


def note_added(state: State, before: Scenario) -> list[Late]:
    """Note which kits are new or grow; return the stations whose kit had left before."""
    late: list[Late] = []
    under_way = kits_under_way(state.plan, state.now_s)
    for one in (i for i in state.incidents if isinstance(i, StationsAdded)):
        for added in one.stations:
            known = before.by_code.get(added.station)
            if known is not None and added.voters == known.voters:
                continue
            if added.station in under_way and known is not None:
                lacking = _more_for(state, added.station, added.voters)
                texts = reasons(
                    state.plan.election, "grown", incident=one.id, place=added.station,
                    old=known.voters, new=added.voters, goods=lacking,
                )  # fmt: skip
                late.append((added.station, one.id, texts))
                continue
            if known is None:
                state.carry[added.station] = one.id
            else:
                state.grown[added.station] = one.id
            state.say("new", added.station, one.id, voters=added.voters)
    return late


def _more_for(state: State, station: str, voters: int) -> str:
    """Return what more voters at a station would need, in words."""
    import attrs

    place = state.scenario.by_code[station]
    alone = attrs.evolve(state.scenario, places=(attrs.evolve(place, voters=voters),))
    now = {n.item: n.quantity for n in state.plan.needs.at(station)}
    more = [
        f"{n.quantity - now.get(n.item, 0)} {n.item}"
        for n in compute_needs(alone, state.book).at(station)
        if n.quantity > now.get(n.item, 0)
    ]
    return ", ".join(more) or "-"


def drop_empty(state: State, supply: Supplied) -> None:
    """Leave kits that would lack ballots for their voters, or some item altogether.

    Such a kit opens no station; what there is of it stays at the warehouse.
    """
    gaps: dict[str, list[Shortfall]] = {}
    for gap in supply.shortfalls:
        if gap.place in state.carry:
            gaps.setdefault(gap.place, []).append(gap)
    for kit, lacking in sorted(gaps.items()):
        place = state.scenario.by_code[kit]
        useless = [
            g for g in lacking
            if not g.served or (g.commodity.area and g.served < place.voters)
        ]  # fmt: skip
        if not useless and place.kind is PlaceKind.STATION:
            continue
        goods = ", ".join(f"{g.missing} {g.commodity}" for g in lacking)
        incident = state.carry[kit]
        code = "lost" if kit in state.lost_kits else "added"
        unserved = left(
            state.plan.election, code, kit=kit, echelon="warehouse-hub", incident=incident,
            place=f"{kit} {place.name}".strip(), goods=goods, warehouse=state.warehouse(kit),
        )  # fmt: skip
        state.dropped[kit] = (unserved, incident)
