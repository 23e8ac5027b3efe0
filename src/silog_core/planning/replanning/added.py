"""Stations that a court adds: what they need, and kits that lack too much to be carried."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from silog_core.domain.incidents import StationsAdded
from silog_core.domain.plan import Shortfall
from silog_core.domain.scenario import Scenario
from silog_core.planning.needs import compute_needs
from silog_core.planning.replanning.changed import kits_under_way
from silog_core.planning.replanning.lost import contents
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
    """Leave kits that open no station; what there is of them stays at the warehouse.

    A kit that is packed anew needs a ballot for each voter and something of every item;
    one that was planned stays as long as anything is in it.
    """
    gaps: dict[str, list[Shortfall]] = {}
    for gap in supply.shortfalls:
        if gap.place in state.carry or gap.place in supply.lacking:
            gaps.setdefault(gap.place, []).append(gap)
    for kit, lacking in sorted(gaps.items()):
        if kit not in state.kits:
            continue
        place = state.scenario.by_code[kit]
        if kit in state.carry:
            useless = any(
                not g.served or (g.commodity.area and g.served < place.voters) for g in lacking
            )
        else:
            empty = {g.commodity for g in lacking if not g.served}
            useless = contents(state.plan, kit).keys() <= empty
        if not useless:
            continue
        goods = ", ".join(f"{g.missing} {g.commodity}" for g in lacking)
        incident = state.carry.get(kit) or supply.lacking[kit][0][2]
        code = "added" if kit in state.carry and kit not in state.lost_kits else "lost"
        unserved = left(
            state.plan.election, code, kit=kit, echelon="warehouse-hub", incident=incident,
            place=f"{kit} {place.name}".strip(), goods=goods, warehouse=state.warehouse(kit),
        )  # fmt: skip
        state.dropped[kit] = (unserved, incident)
