"""Re-votes: ballots from their reserve, kits packed anew, out to the stations and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.calendar import day_of
from silog_core.domain.demand import Commodity
from silog_core.domain.echelons import OUTBOUND
from silog_core.domain.incidents import ReVote
from silog_core.domain.locale import long_date
from silog_core.domain.places import Place, PlaceKind
from silog_core.domain.plan import Shortfall, Trip
from silog_core.domain.replanning import AtRisk
from silog_core.domain.revotes import (
    TERM_DAYS,
    TERM_SOURCE,
    TERM_SOURCE_ID,
    RevoteBallots,
    RevoteKit,
)
from silog_core.planning.replanning.revote_couriers import Couriers
from silog_core.planning.replanning.revote_drafts import Draft
from silog_core.planning.replanning.revote_goods import RevoteStock
from silog_core.planning.replanning.revote_trips import RevoteTrips
from silog_core.planning.replanning.revote_work import pack
from silog_core.planning.replanning.texts import reasons
from silog_core.planning.replanning.ways import Ways

if TYPE_CHECKING:
    from silog_core.planning.replanning.state import State
    from silog_core.planning.replanning.supply import Supplied


@attrs.define(kw_only=True)
class Revotes:
    """Plans re-votes after all else is repaired; who cannot be served is at risk."""

    state: State
    supply: Supplied
    kits: list[RevoteKit] = attrs.field(factory=list)
    #: What the kits lack besides ballots.
    short: list[Shortfall] = attrs.field(factory=list)
    #: What carries them, couriers included.
    rides: RevoteTrips
    at_risk: list[AtRisk] = attrs.field(factory=list)
    _left: dict[tuple[str, Commodity], int] = attrs.field(factory=dict)

    def plan(self) -> None:
        """Keep what is under way, and serve the stations that are ordered to vote again."""
        state = self.state
        orders = {
            code: one
            for one in state.incidents
            if isinstance(one, ReVote)
            for code in one.stations
        }
        self._keep(orders)
        if not orders:
            return
        reserves = {c.item for c in state.plan.needs.columns if c.reserve}
        for line in self.supply.lines:
            if line.commodity.item in reserves:
                key = (line.to, line.commodity)
                self._left[key] = self._left.get(key, 0) + line.quantity
        for kit in self.kits:
            for b in kit.ballots:
                key = (b.holder, b.commodity)
                self._left[key] = self._left.get(key, 0) - b.quantity
        done = {kit.station for kit in self.kits}
        drafts = self._drafts({c: o for c, o in orders.items() if c not in done})
        couriers = Couriers(rides=self.rides, ways=Ways.of(state))
        for d in (stuck := couriers.ballots(drafts)):
            self._risk(d.place, d.order, "revote-cut")
        drafts = [d for d in drafts if d not in stuck]
        stock = self._stock(drafts, couriers)
        self._send(drafts, couriers, stock)
        while gone := self.rides.carry(drafts):
            self.rides.undo(drafts)
            at = {d.warehouse for d, _, _ in gone}
            if waiting := [d for d in drafts if d.warehouse in at and d.waits]:
                # Ballots do not come late for the sake of other goods.
                for d in waiting:
                    d.home_s = d.ballots_s
                    stock.without(d, list(d.waits))
                self._send(drafts, couriers, stock)
                continue
            # Without those that cannot be there in time the others travel anew.
            for d, place, code in gone:
                self._risk(d.place, d.order, code, at=place)
            late = [d for d, _, _ in gone]
            drafts = [d for d in drafts if d not in late]
            self._send(drafts, couriers, stock)
        used = {i for d in drafts for i in (*d.couriers, *d.senders)}
        used |= {i for k in self.kits for i in (*k.couriers, *k.out, *k.back)}
        couriers.recall(
            t.id for t in self.rides.trips if t.echelon == "line-haul" and t.id not in used
        )
        for d, home in self.rides.fetch(drafts):
            self._risk(d.place, d.order, "revote-back", home=home)
        for d in drafts:
            self._note(d)

    def _stock(self, drafts: list[Draft], couriers: Couriers) -> RevoteStock:
        """Find what else belongs into the kits, and note what is missing."""
        stock = RevoteStock(state=self.state, supply=self.supply, ways=couriers.ways)
        stock.open(tuple(self.kits))
        for d in drafts:
            for b in d.ballots:
                if b.holder == d.warehouse:
                    d.ready_s = max(d.ready_s, self.rides.there_s(b.holder, b))
            d.unsorted = self.rides.unsorted(d)
            d.begin()
            stock.fill(d)
        return stock

    def _send(self, drafts: list[Draft], couriers: Couriers, stock: RevoteStock) -> None:
        """Send for goods that lie elsewhere, and set when each kit is packed."""
        couriers.recall(i for d in drafts for i in d.senders)
        for d in drafts:
            d.senders.clear()
            d.ready_s = d.home_s
        for d, goods in couriers.goods(drafts):
            stock.without(d, [goods])
        pack(self.state, drafts, self.kits)

    def _keep(self, orders: dict[str, ReVote]) -> None:
        """Keep kits that had left, and those of which no incident speaks any more."""
        state = self.state
        by_id = {t.id: t for t in state.plan.revote_trips}
        for kit in state.plan.revotes:
            first = min((by_id[i].depart_s for i in (*kit.couriers, *kit.out)), default=0)
            if first < state.now_s or kit.station not in orders:
                self.kits.append(kit)
                self.short += [
                    s for s in state.plan.revote_shortfalls if s.place == kit.station
                ]
        used = {i for k in self.kits for i in (*k.couriers, *k.out, *k.back)}
        for trip in state.plan.revote_trips:
            if trip.id in used:
                self.rides.add(trip)

    def _drafts(self, orders: dict[str, ReVote]) -> list[Draft]:
        """Return the kits that the reserve and the ways suffice for, most voters first."""
        state, wanted = self.state, dict[Commodity, int]()
        rows: list[tuple[Place, ReVote, list[tuple[str, Commodity, int]]]] = []
        for code, order in orders.items():
            place = state.scenario.by_code[code]
            ballots = self._ballots(place, order)
            rows.append((place, order, ballots))
            for _, ware, n in ballots:
                wanted[ware] = wanted.get(ware, 0) + n
        there: dict[Commodity, int] = {}
        for (_, ware), n in self._left.items():
            there[ware] = there.get(ware, 0) + n
        found = []
        for place, order, ballots in sorted(
            rows, key=lambda r: (r[1].day_s, -r[0].voters, r[0].code)
        ):
            way = self._way(place.code)
            if not way:
                self._risk(place, order, "revote-cut")
                continue
            warehouse = way[0][0].home
            # The reserve of a kit is given up where it would leave another station without.
            least = [
                (contest, ware, n if wanted[ware] <= there.get(ware, 0) else place.voters)
                for contest, ware, n in ballots
            ]
            taken = self._take(warehouse, least)
            if taken is None:
                self._short(place, order, warehouse, least)
                continue
            found.append(Draft(order, place, warehouse, taken, way, state.first_s))
        return found

    def _ballots(self, place: Place, order: ReVote) -> list[tuple[str, Commodity, int]]:
        """Return contest, re-vote ballot and number for each contest that is voted on."""
        plan, found = self.state.plan, []
        first = {(n.item, n.area): n.quantity for n in plan.needs.at(place.code)}
        kept = {c.contest.code: c for c in plan.needs.columns if c.reserve and c.contest}
        for contest in plan.election.contests:
            area = contest.area_of(place.region)
            if not area or (order.contests and contest.code not in order.contests):
                continue
            column = kept.get(contest.code)
            item = column.item if column else f"re-vote ballot of {contest.code}"
            n = first.get((contest.item, area), place.voters)
            if place.voters:
                found.append((contest.code, Commodity(item=item, area=area), n))
        return found

    def _way(self, station: str) -> tuple[tuple[Trip, str], ...]:
        """Return the trips on which the first kit came, from the warehouse to the station."""
        chain = []
        for echelon in OUTBOUND:
            for trip in self.state.trips.values():
                at = [s.place for s in trip.stops if station in s.kits]
                if trip.echelon == echelon and at:
                    chain.append((trip, at[0]))
        # Of a kit that was carried twice the later trip counts.
        chain = list({t.echelon: (t, at) for t, at in chain}.values())
        hops = [t.home for t, _ in chain] + [station]
        whole = bool(chain) and hops[1:] == [at for _, at in chain]
        kind = self.state.scenario.by_code[hops[0]].kind
        return tuple(chain) if whole and kind is PlaceKind.WAREHOUSE else ()

    def _take(
        self, warehouse: str, ballots: Sequence[tuple[str, Commodity, int]]
    ) -> tuple[RevoteBallots, ...] | None:
        """Take ballots out of the reserve, the warehouse's own first; None if it lacks any."""
        taken, left = [], dict(self._left)
        for contest, ware, pieces in ballots:
            holders = sorted(
                (h for h, w in left if w == ware), key=lambda h: (h != warehouse, h)
            )
            for holder in holders:
                n = min(pieces, left[(holder, ware)])
                if n > 0:
                    left[(holder, ware)] -= n
                    pieces -= n  # noqa: PLW2901 - what is still to find
                    taken.append(
                        RevoteBallots(
                            contest=contest, commodity=ware, quantity=n, holder=holder
                        )
                    )
            if pieces > 0:
                return None
        self._left = left
        return tuple(taken)

    def _note(self, d: Draft) -> None:
        """Note a kit and say what is done, and by which rule."""
        state = self.state
        kit = RevoteKit(
            station=d.place.code, incident=d.order.id, day_s=d.order.day_s,
            voters=d.place.voters, warehouse=d.warehouse, packed_s=d.packed_s,
            ballots=d.ballots, goods=d.goods, taken=d.taken, couriers=(*d.couriers, *d.senders),
            out=tuple(d.out), back=tuple(d.back),
        )  # fmt: skip
        self.kits.append(kit)
        state.say(
            "re-vote", kit.station, kit.incident, **self._day(kit.day_s),
            pieces=kit.pieces, rules=", ".join(self._rules(kit)),
            home=kit.warehouse, out=", ".join(kit.out), back=", ".join(kit.back),
            holders=", ".join(sorted({b.holder for b in kit.ballots})),
        )  # fmt: skip
        self.short += d.lacks
        if d.lacks and kit.station not in {r.station for r in self.at_risk}:
            goods = ", ".join(f"{s.missing} {s.commodity}" for s in d.lacks)
            self._risk(
                d.place, d.order, "revote-goods", tuple((s.commodity, s.missing) for s in d.lacks),
                goods=goods, warehouse=d.warehouse, by_s=d.goods_by_s,
            )  # fmt: skip

    def _day(self, day_s: int) -> dict[str, str]:
        day = day_of(day_s, self.state.plan.election.voting_day)
        return {"day": long_date(day, "en"), "day_id": long_date(day, "id")}

    def _rules(self, kit: RevoteKit) -> list[str]:
        """Return the rules by which there is a reserve of the kit's ballots."""
        own = {b.commodity.item for b in kit.ballots}
        return sorted(
            {r for c in self.state.plan.needs.columns if c.item in own for r in c.rules}
        )

    def _short(
        self,
        place: Place,
        order: ReVote,
        warehouse: str,
        ballots: Sequence[tuple[str, Commodity, int]],
    ) -> None:
        there: dict[Commodity, int] = {}
        for (_, ware), n in self._left.items():
            there[ware] = there.get(ware, 0) + n
        lacks = tuple(
            (ware, n - there.get(ware, 0)) for _, ware, n in ballots if n > there.get(ware, 0)
        )
        goods = ", ".join(f"{n} {ware}" for ware, n in lacks)
        self._risk(place, order, "revote-short", lacks, goods=goods, warehouse=warehouse)

    def _risk(
        self, place: Place, order: ReVote, code: str,
        lacks: tuple[tuple[Commodity, int], ...] = (), **given: object,
    ) -> None:  # fmt: skip
        words = {
            "place": place.code, "incident": order.id,
            "term": TERM_DAYS, "law": TERM_SOURCE, "law_id": TERM_SOURCE_ID,
            **self._day(order.day_s), **given,
        }  # fmt: skip
        told = reasons(self.state.plan.election, code, **words)
        self.at_risk.append(
            AtRisk(
                station=place.code,
                name=place.name,
                voters=place.voters,
                incident=order.id,
                code=code,
                reason=told[0],
                reason_id=told[1],
                action=told[2],
                action_id=told[3],
                lacks=lacks,
            )
        )
