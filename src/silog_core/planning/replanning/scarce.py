"""Who goes short of what is missing for good: kits that had left lack nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from silog_core.domain.demand import Commodity
from silog_core.domain.plan import Shortfall
from silog_core.planning.replanning.lost import Missing
from silog_core.planning.replanning.shares import even_shares
from silog_core.planning.replanning.texts import reasons

if TYPE_CHECKING:
    from silog_core.planning.allocate import Wanted
    from silog_core.planning.replanning.state import State

_Pile = tuple[str, Commodity]
#: What each place lacks more than before: commodity, pieces and the incident.
Lacking = dict[str, tuple[tuple[Commodity, int, str], ...]]


def share_out(
    state: State,
    missing: Sequence[Missing],
    mended: Mapping[_Pile, tuple[int, str]],
    wanted: Mapping[_Pile, tuple[Wanted, ...]],
    gone: Mapping[str, str],
) -> tuple[tuple[tuple[str, Commodity, int], ...], tuple[Shortfall, ...], Lacking]:
    """Return the shares and shortfalls after the incidents, and what is new in them.

    Ballots are shared among all whose kits have not left, a ballot for each voter first.
    Other goods that some kits alone lack are missing there alone.

    Args:
        state: The plan as it stands.
        missing: What nobody could bring.
        mended: What was short before and is brought now.
        wanted: What each place needs, by warehouse.
        gone: Kits that had left, which stay whole.
    """
    served = {(p, c): n for p, c, n in state.plan.allocation.short}
    if state.needs is not state.plan.needs:
        # What more voters need is there, unless it is among what is missing.
        quantity = {(w.place, key[1]): w.quantity for key, ws in wanted.items() for w in ws}
        for old in state.plan.shortfalls:
            at = (old.place, old.commodity)
            if at in served:
                served[at] += quantity.get(at, old.needed) - old.needed
    lacking: Lacking = {}
    gaps: dict[_Pile, list[Missing]] = {}
    for gap in missing:
        if gap.pieces:
            gaps.setdefault((gap.warehouse, gap.ware), []).append(gap)
    useless: set[str] = set()
    # Ballots come last: a kit that lacks a box altogether takes none from others.
    for key in sorted({*gaps, *mended}, key=lambda k: (k[0], bool(k[1].area), str(k[1]))):
        everyone = wanted.get(key, ())
        members = [w for w in everyone if w.place not in gone]
        now = {w.place: served.get((w.place, key[1]), w.quantity) for w in everyone}
        back = mended.get(key, (0, ""))[0]
        if back:
            now |= _given(members, now, back)
        for gap in gaps.get(key, ()):
            left = _less(members, now, gap, useless)
            # Pieces that never came cannot be in kits that had left, whatever was planned.
            _off(everyone, now, left)
        cause = gaps[key][0].incident if key in gaps else mended[key][1]
        if key in gaps:
            total = sum(g.pieces for g in gaps[key])
            state.say("short", key[0], cause, pieces=total, item=key[1])
        for member in everyone:
            before = served.get((member.place, key[1]), member.quantity)
            if now[member.place] < before:
                known = lacking.get(member.place, ())
                lost = (key[1], member.quantity - now[member.place], cause)
                lacking[member.place] = (*known, lost)
            served[(member.place, key[1])] = now[member.place]
            if not now[member.place] and member.place in state.carry:
                useless.add(member.place)
    return (*_tables(state, served, wanted, lacking), lacking)


def _given(members: Sequence[Wanted], now: dict[str, int], pieces: int) -> dict[str, int]:
    """Share pieces out among those that lack some."""
    lacks = [w.quantity - now[w.place] for w in members]
    shares = even_shares(lacks, [0] * len(lacks), pieces)
    return {w.place: now[w.place] + n for w, n in zip(members, shares, strict=True)}


def _less(
    members: Sequence[Wanted], now: dict[str, int], gap: Missing, useless: set[str]
) -> int:
    """Take a gap off those who cause it, else off all.

    Others give of their reserve, if that makes the kits whole that lack the pieces; a
    ballot for each of their own voters they keep.
    """
    own = [w for w in members if w.place in gap.own]
    left = gap.pieces
    if own and gap.ware.area:
        others = [w for w in members if w.place not in gap.own]
        reserve = sum(max(0, now[w.place] - w.floor) for w in others)
        above = sum(max(0, now[w.place] - w.floor) for w in own if w.place not in useless)
        if not useless.intersection(gap.own) and left <= reserve + above:
            left = _off(members, now, left)
    if own:
        left = _off(own, now, left)
    return _off(members, now, left)


def _off(members: Sequence[Wanted], now: dict[str, int], pieces: int) -> int:
    have = sum(now[w.place] for w in members)
    less = min(pieces, have)
    if less:
        shares = even_shares(
            [now[w.place] for w in members],
            [min(w.floor, now[w.place]) for w in members],
            have - less,
        )
        now.update({w.place: n for w, n in zip(members, shares, strict=True)})
    return pieces - less


def _tables(
    state: State,
    served: Mapping[tuple[str, Commodity], int],
    wanted: Mapping[_Pile, tuple[Wanted, ...]],
    lacking: Lacking,
) -> tuple[tuple[tuple[str, Commodity, int], ...], tuple[Shortfall, ...]]:
    old = {(s.place, s.commodity): s for s in state.plan.shortfalls}
    new = {(place, ware): why for place, rows in lacking.items() for ware, _, why in rows}
    short, shortfalls = [], []
    for (warehouse, ware), members in wanted.items():
        for member in members:
            key = (member.place, ware)
            got = served.get(key, member.quantity)
            if got >= member.quantity:
                continue
            short.append((member.place, ware, got))
            known = old.get(key)
            if known is not None and (known.needed, known.served) == (member.quantity, got):
                shortfalls.append(known)
                continue
            texts = reasons(
                state.plan.election, "short", incident=new.get(key, state.incidents[0].id),
                missing=member.quantity - got, item=ware, place=member.place,
                warehouse=warehouse,
            )  # fmt: skip
            shortfalls.append(
                Shortfall(
                    place=member.place, commodity=ware, needed=member.quantity, served=got,
                    code="supply", reason=texts[0], reason_id=texts[1], action=texts[2],
                    action_id=texts[3],
                )
            )  # fmt: skip
    return tuple(short), tuple(shortfalls)
