"""Bring what is missing, late or blocked from where it can be had in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.calendar import DAY_S
from silog_core.domain.demand import Commodity
from silog_core.domain.incidents import LendingApproved
from silog_core.domain.labour import labour_at
from silog_core.domain.legs import Leg
from silog_core.domain.lending import Transfer
from silog_core.domain.plan import Supply
from silog_core.planning.allocate import Wanted, wanted_by_warehouse
from silog_core.planning.replanning.bulk import Bulk, Line
from silog_core.planning.replanning.haul import Stuck, haul
from silog_core.planning.replanning.lost import Missing, kits_that_left
from silog_core.planning.replanning.orders import ORDERS, greatest
from silog_core.planning.replanning.settle import waiting
from silog_core.planning.replanning.sources import LOAN, Source, Sources
from silog_core.planning.replanning.ways import LENT, Ways
from silog_core.planning.unserved import unserved

if TYPE_CHECKING:
    from silog_core.planning.replanning.state import State

#: Warehouse to when ballots (True) and other goods (False) are all there, and why.
Arrives = dict[str, dict[bool, tuple[int, str]]]
_Pile = tuple[str, Commodity]


@attrs.define
class _Bundle:
    """Goods that leave one place together by one way."""

    legs: tuple[Leg, ...]
    ready_s: int
    incident: str
    cargo: dict[_Pile, int] = attrs.field(factory=dict)
    gaps: list[tuple[Missing, int]] = attrs.field(factory=list)


@attrs.define(kw_only=True)
class Refill:
    """Fills gaps, one after the other, in the order of the strategy."""

    state: State
    bulk: Bulk
    missing: list[Missing]
    wanted: Mapping[_Pile, tuple[Wanted, ...]]
    ways: Ways
    sources: Sources
    lent: list[Transfer] = attrs.field(factory=list)
    arrives: Arrives = attrs.field(factory=dict)
    #: Pieces that mend what was short before, with the incident.
    mended: dict[_Pile, tuple[int, str]] = attrs.field(factory=dict)
    _before: dict[_Pile, int] = attrs.field(factory=dict)
    _bundles: dict[tuple[object, ...], _Bundle] = attrs.field(factory=dict)

    @classmethod
    def of(cls, state: State, bulk: Bulk, missing: list[Missing]) -> Refill:
        """Return what fills the gaps of a state."""
        wanted = wanted_by_warehouse(state.scenario, state.needs)
        owner = {w.place: key[0] for key, members in wanted.items() for w in members}
        gone = kits_that_left(state)
        before: dict[_Pile, int] = {}
        lacks: dict[_Pile, int] = {}
        for short in state.plan.shortfalls:
            key = (owner.get(short.place, ""), short.commodity)
            lacks[key] = lacks.get(key, 0) + short.missing
            if short.place not in gone:
                before[key] = before.get(key, 0) + short.missing
        for gap in missing:
            key = (gap.warehouse, gap.ware)
            lacks[key] = lacks.get(key, 0) + gap.pieces
        ways = Ways.of(state)
        need = {key: sum(w.quantity for w in members) for key, members in wanted.items()}
        sources = Sources(state=state, bulk=bulk, ways=ways, need=need, lacks=lacks)
        return cls(
            state=state, bulk=bulk, missing=missing, wanted=wanted, ways=ways,
            sources=sources, before=before,
        )  # fmt: skip

    def fill(self, loans: Sequence[LendingApproved]) -> None:
        """Carry out loans that are approved, fill the gaps, and send what is found."""
        self._detach(only_stranded=not self.state.strategy.reroute)
        self.state.choices = bool(self.missing)
        for loan in loans:
            self._loan(loan)
        self.state.contested = len({m.ware for m in self.missing}) < len(self.missing)
        rank = ORDERS[self.state.strategy.order]
        order = sorted(
            self.missing,
            key=lambda m: (rank(self, m), greatest(self, m), m.warehouse, str(m.ware)),
        )
        # Own stock first: who lacks nothing then may lend. The last round asks once more.
        for own in (True, False, False):
            for gap in order:
                self._take(gap, gap.pieces, donor=gap.warehouse if own else "")
        self._send()

    def _loan(self, loan: LendingApproved) -> None:
        ware = Commodity(item=loan.item, area=loan.area)
        key = (loan.receiver, ware)
        left = loan.quantity
        for gap in self.missing:
            if (gap.warehouse, gap.ware) == key:
                most = min(left, gap.pieces)
                left -= self._take(gap, most, donor=loan.donor, loan=loan)
        known = self.mended.get(key, (0, ""))[0]
        open_ = min(left, self._before.get(key, 0) - known)
        if open_ > 0:
            gap = Missing(loan.receiver, ware, open_, loan.id)
            got = self._take(gap, open_, donor=loan.donor, loan=loan)
            left -= got
            if got:
                self.mended[key] = (known + got, loan.id)
        if left == loan.quantity:
            self.state.say("no-loan", loan.receiver, loan.id, donor=loan.donor, item=ware)

    def _take(
        self,
        gap: Missing,
        most: int,
        *,
        donor: str = "",
        loan: LendingApproved | None = None,
    ) -> int:
        """Book up to *most* pieces for a gap; return how many there are."""
        got = 0
        if most > 0:
            for source in self.sources.of(gap.warehouse, gap.ware, most, donor=donor):
                n = min(most - got, self.sources.spare(source.lot))
                if n > 0 and self._in_time(gap, n, source.route.arrive_s):
                    self._book(gap, source, n, loan)
                    got += n
                if got == most:
                    break
        gap.pieces -= got
        key = (gap.warehouse, gap.ware)
        self.sources.lacks[key] = self.sources.lacks.get(key, 0) - got
        return got

    def due_s(self, gap: Missing) -> int | None:
        """Return when the work with a commodity begins; None where nothing waits for it."""
        item = self.state.book.item(gap.ware.item)
        if item is None or not item.in_kit or item.reserve:
            return None
        slots = {s.stage: s for s in self.state.plan.schedule.at(gap.warehouse)}
        # Ballots, and nothing else, are bound to an area; they are sorted first.
        slot = slots.get("sort-fold") if gap.ware.area else None
        slot = slot or slots.get("kitting")
        if slot is None:
            return None
        is_ballot = bool(gap.ware.area)
        return self.state.counts.due_s(gap.warehouse, slot.start_s, is_ballot=is_ballot)

    def _in_time(self, gap: Missing, pieces: int, arrive_s: int) -> bool:
        """Say whether pieces that come at a moment can still be packed and carried."""
        due = self.due_s(gap)
        if arrive_s >= 0 or due is None or arrive_s <= due:
            return arrive_s < 0
        return self.state.strategy.patient or self._for_the_last(gap, pieces, arrive_s)

    def _for_the_last(self, gap: Missing, pieces: int, arrive_s: int) -> bool:
        """Say whether pieces come early enough for the kits that are packed last.

        Whatever leaves a day later, or later still, can be packed with them.
        """
        packed_s = arrive_s + self._work_days(gap, pieces) * DAY_S
        late = set(gap.own & self.state.carry.keys())
        for trip in self.state.trips.values():
            if (
                trip.echelon == "warehouse-hub"
                and trip.home == gap.warehouse
                and trip.id not in self.state.frozen
                and trip.depart_s >= packed_s
            ):
                late |= {k for s in trip.stops for k in s.kits}
        members = self.wanted.get((gap.warehouse, gap.ware), ())
        return pieces <= sum(w.quantity for w in members if w.place in late)

    def _work_days(self, gap: Missing, pieces: int) -> int:
        """Return the days after which pieces that came are packed; ballots are sorted too."""
        slots = {s.stage: s for s in self.state.plan.schedule.at(gap.warehouse)}
        sort = slots.get("sort-fold") if gap.ware.area else None
        counted = self.state.counts.days(gap.warehouse, is_ballot=bool(gap.ware.area))
        if sort is None:
            return 1 + counted
        scenario = self.state.scenario
        home = scenario.by_code[gap.warehouse]
        crew = labour_at(scenario, home, sheets=True, people=sort.workers)
        # A day more than it takes: it may come at any hour.
        return crew.days(pieces + 1) + counted

    def _book(
        self, gap: Missing, source: Source, pieces: int, loan: LendingApproved | None = None
    ) -> None:
        """Make a line of pieces to spare, and put them among what is to be carried."""
        state, lot = self.state, source.lot
        supply = Supply(
            to=gap.warehouse, commodity=gap.ware, quantity=pieces, from_place=lot.place,
            lot=lot.lot, path=(lot.place, *source.route.places),
        )  # fmt: skip
        self.bulk.lines.append(Line(supply, [0] * len(source.route.legs)))
        state.prints.take(supply)
        told: dict[str, object] = {"pieces": pieces, "item": gap.ware, "home": lot.place}
        if source.rank == LOAN:
            paper = self.sources.transfer(source, gap.warehouse, gap.ware, pieces)
            if loan is not None:
                paper = attrs.evolve(
                    paper, document=loan.document, approver=loan.approver,
                    approver_id=loan.approver,
                )  # fmt: skip
            self.lent.append(paper)
            told |= {
                "document": paper.document, "approver": paper.approver,
                "approver_id": paper.approver_id, "supervisor": paper.supervisor,
                "supervisor_id": paper.supervisor_id,
            }  # fmt: skip
        kind = "lent" if source.rank == LOAN else "other-source"
        state.say(kind, gap.warehouse, gap.incident, lot=lot.lot, **told)
        self._carry(supply, source.route.legs, source.ready_s, gap, pieces)

    def _carry(
        self, supply: Supply, legs: tuple[Leg, ...], ready_s: int, gap: Missing, pieces: int
    ) -> None:
        key = (tuple(leg.key for leg in legs), supply.to, ready_s, gap.incident)
        bundle = self._bundles.setdefault(key, _Bundle(legs, ready_s, gap.incident))
        pile = (supply.to, supply.commodity)
        bundle.cargo[pile] = bundle.cargo.get(pile, 0) + pieces
        bundle.gaps.append((gap, pieces))
        mass, volume = self.state.size(supply.commodity)
        for leg in legs:
            self.ways.load(leg.key, pieces * mass, pieces * volume)

    def _detach(self, *, only_stranded: bool) -> None:
        """Send what is late or blocked another way, where that is quicker than waiting.

        What cannot come before the vote, however long it waits, is missing where it was
        to go, and stays where it is.
        """
        from silog_core.planning.replanning.late import hindered

        lines = {line.supply: line for line in self.bulk.lines}
        for supply, ready_s, incident in list(hindered(self.state, tuple(lines))):
            line = lines[supply]
            for number in range(len(supply.path) - 1):
                if line.at(number) and self.bulk.trips_ahead(supply, number):
                    earliest = max(self.bulk.came_s(line, number), self.state.first_s)
                    if number == 0:
                        earliest = max(earliest, ready_s)
                    waits_s = self._waits_s(line, number, earliest)
                    if waits_s is None or not only_stranded:
                        self._other_way(line, number, earliest, waits_s, incident)
                    left = line.at(number)
                    if waits_s is None and left:
                        self._strand(line, number, left, incident)

    def _waits_s(self, line: Line, number: int, ready_s: int) -> int | None:
        """Return when goods that wait for the planned way are there; None if too late."""
        ahead = line.supply.path[number:]
        legs = [self.ways.leg(a, b) for a, b in pairwise(ahead)]
        known = tuple(leg for leg in legs if leg is not None)
        if len(known) < len(legs):
            return None
        for at in range(number, len(line.supply.path) - 1):
            trips = [trip for trip, _, _ in self.bulk.trips_ahead(line.supply, at)]
            later = [waiting(self.state, trip, ready_s) for trip in trips]
            if None in later:
                return None
            if at == number:
                ready_s = min([t.depart_s for t in later if t], default=ready_s)
        mass, _ = self.state.size(line.supply.commodity)
        waits_s = self.ways.along(known, ready_s, mass * line.at(number))
        return waits_s if waits_s is not None and waits_s < 0 else None

    def _strand(self, line: Line, number: int, pieces: int, incident: str) -> None:
        supply = line.supply
        if number:
            self.bulk.lose(line, number, pieces, incident)
        else:
            self.bulk.cut(line, number, pieces, incident)
        gap = Missing(supply.to, supply.commodity, pieces, incident)
        self.missing.append(gap)
        key = (supply.to, supply.commodity)
        self.sources.lacks[key] = self.sources.lacks.get(key, 0) + pieces

    def _other_way(
        self, line: Line, number: int, ready_s: int, waits_s: int | None, incident: str
    ) -> None:
        state, supply, pieces = self.state, line.supply, line.at(number)
        mass, volume = state.size(supply.commodity)
        start = supply.path[number]
        gap = Missing(supply.to, supply.commodity, pieces, incident)
        due = self.due_s(gap)
        if waits_s is not None and (due is None or waits_s <= due):
            return
        last_s = 0 if waits_s is None else waits_s
        route = self.ways.quickest(start, supply.to, ready_s, (mass * pieces, volume * pieces))
        better = route is not None and route.arrive_s < last_s
        for source in self.sources.of(gap.warehouse, gap.ware, pieces) if not number else ():
            arrive_s = source.route.arrive_s
            n = min(pieces, self.sources.spare(source.lot))
            same = (source.lot.place, source.lot.lot) == (supply.from_place, supply.lot)
            sooner = arrive_s < last_s and not (
                better and route is not None and route.arrive_s <= (due or 0)
            )
            if n > 0 and not same and sooner and self._in_time(gap, n, arrive_s):
                self.bulk.cut(line, 0, n, incident)
                self._book(gap, source, n)
                pieces -= n
        if not pieces or route is None or not better:
            return
        self.bulk.cut(line, number, pieces, incident)
        path = (*supply.path[: number + 1], *route.places)
        other = attrs.evolve(supply, quantity=pieces, path=path)
        self.bulk.lines.append(Line(other, [pieces] * number + [0] * len(route.legs)))
        state.say(
            "other-path", supply.to, incident, pieces=pieces, item=supply.commodity,
            via=" - ".join((start, *route.places)),
        )  # fmt: skip
        self._carry(other, route.legs, ready_s, gap, pieces)

    def _send(self) -> None:
        """Put all that is booked on vehicles; note what comes after the work has begun."""
        for _, bundle in sorted(self._bundles.items(), key=lambda b: str(b[0])):
            arrive_s: int | Stuck = bundle.ready_s
            if bundle.legs:
                arrive_s = haul(
                    self.state, self.ways, bundle.legs, bundle.cargo, bundle.ready_s,
                    bundle.incident,
                )  # fmt: skip
                self._keep_legs(bundle.legs)
            if isinstance(arrive_s, Stuck):
                leg = arrive_s.leg
                self.state.unhauled += [
                    unserved(
                        arrive_s.code, kit=to, echelon="line-haul", home=leg.tail,
                        place=leg.head, mode=leg.mode.value, who=arrive_s.who,
                    )
                    for to in sorted({to for to, _ in bundle.cargo})
                ]  # fmt: skip
                continue
            for gap, pieces in bundle.gaps:
                self._arrived(gap, pieces, arrive_s)

    def _keep_legs(self, legs: Sequence[Leg]) -> None:
        """Let the scenario know the straight roads that loans take."""
        scenario = self.state.scenario
        known = {frozenset((g.tail, g.head)) for g in scenario.legs}
        more = tuple(
            g for g in legs if g.basis == LENT and frozenset((g.tail, g.head)) not in known
        )
        if more:
            self.state.scenario = attrs.evolve(scenario, legs=scenario.legs + more)

    def _arrived(self, gap: Missing, pieces: int, arrive_s: int) -> None:
        state = self.state
        for kit in gap.own & state.carry.keys():
            packed_s = arrive_s + self._work_days(gap, pieces) * DAY_S
            state.packed_s[kit] = max(state.packed_s.get(kit, packed_s), packed_s)
        due = self.due_s(gap)
        if due is None or arrive_s <= due or self._for_the_last(gap, pieces, arrive_s):
            return
        known = self.arrives.setdefault(gap.warehouse, {})
        at, ballot = (arrive_s, gap.incident), bool(gap.ware.area)
        known[ballot] = max(known.get(ballot, at), at)
