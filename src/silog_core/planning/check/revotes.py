"""Re-votes of a re-plan: it shares no code with what plans them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

import attrs

from silog_core.domain.incidents import Blockage, ReVote
from silog_core.domain.plan import Plan, Trip
from silog_core.domain.replanning import Replan
from silog_core.domain.revotes import TERM_DAYS, RevoteBallots, RevoteGoods, RevoteKit
from silog_core.domain.scenario import Scenario
from silog_core.domain.violations import Violation
from silog_core.planning.check.revote_goods import check_revote_goods
from silog_core.planning.check.revote_work import check_revote_work

_DAY_S = 86_400
#: Polls close at 13.00 [s].
_CLOSED_S = 13 * 3600


def check_revotes(
    before: Plan, after: Scenario, answer: Replan, hit: Callable[[Blockage, Trip], bool]
) -> Iterator[Violation]:
    """Yield what is wrong with re-votes: orders, ballots, ways out and back, vehicles.

    Args:
        before: The plan before.
        after: The scenario after the incidents.
        answer: The re-plan.
        hit: Says whether a trip runs into a blockage.
    """
    judge = _Judge(before=before, after=after, answer=answer)
    yield from judge.frozen()
    yield from judge.ordered()
    yield from judge.reserve()
    for kit in answer.plan.revotes:
        yield from judge.kit(kit)
    yield from judge.trips(hit)
    yield from judge.vehicles()
    yield from check_revote_goods(after, answer)
    yield from check_revote_work(after, answer)


@attrs.frozen(kw_only=True)
class _Judge:
    before: Plan
    after: Scenario
    answer: Replan

    @property
    def by_id(self) -> Mapping[str, Trip]:
        return {t.id: t for t in self.answer.plan.revote_trips}

    @property
    def left(self) -> list[RevoteKit]:
        """Kits of the plan before that had left when the last incident became known."""
        by_id = {t.id: t for t in self.before.revote_trips}
        return [
            k
            for k in self.before.revotes
            if min((by_id[i].depart_s for i in (*k.couriers, *k.out)), default=0)
            < self.answer.now_s
        ]

    def frozen(self) -> Iterator[Violation]:
        """Yield kits and trips of earlier re-votes that had left and are not the same."""
        old = {t.id: t for t in self.before.revote_trips}
        for kit in self.left:
            ids = (*kit.couriers, *kit.out, *kit.back)
            if kit not in self.answer.plan.revotes or any(
                self.by_id.get(i) != old[i] for i in ids
            ):
                yield _bad("revote-frozen", kit.station, "had left, and is not the same")

    def ordered(self) -> Iterator[Violation]:
        """Yield stations that were ordered to vote again and have neither kit nor reason."""
        kits = [k.station for k in self.answer.plan.revotes]
        # Who lacks goods, or whose boxes wait, has a kit all the same.
        listed = {
            r.station
            for r in self.answer.at_risk
            if r.code not in {"revote-goods", "revote-back"}
        }
        for one in self.answer.incidents:
            for code in one.stations if isinstance(one, ReVote) else ():
                if code not in kits and code not in listed:
                    yield _bad(
                        "revote-missing", code, f"votes again ({one.id}), without a kit"
                    )
        for code in sorted({c for c in kits if kits.count(c) > 1}):
            yield _bad("revote-twice", code, "has two kits for a re-vote")

    def reserve(self) -> Iterator[Violation]:
        """Yield reserves that give more ballots than lie in them."""
        plan = self.answer.plan
        kept = {c.item for c in plan.needs.columns if c.reserve}
        had: dict[tuple[str, str], int] = {}
        for line in plan.allocation.lines:
            key = (line.to, str(line.commodity))
            had[key] = had.get(key, 0) + line.quantity
        given: dict[tuple[str, str], int] = {}
        brought: dict[tuple[str, str], int] = {}
        for kit in plan.revotes:
            for b in kit.ballots:
                key = (b.holder, str(b.commodity))
                given[key] = given.get(key, 0) + b.quantity
                if b.commodity.item not in kept:
                    yield _bad("revote-ballot", kit.station, f"{b.commodity} is no reserve")
            pieces: tuple[RevoteBallots | RevoteGoods, ...] = (*kit.ballots, *kit.taken)
            for piece in pieces:
                if piece.holder != kit.warehouse:
                    to = (kit.warehouse, str(piece.commodity))
                    brought[to] = brought.get(to, 0) + piece.quantity
        for key, n in sorted(given.items()):
            if n > had.get(key, 0):
                text = f"gives {n} {key[1]} of a reserve of {had.get(key, 0)}"
                yield _bad("revote-reserve", key[0], text)
        came: dict[tuple[str, str], int] = {}
        for trip in plan.revote_trips:
            for load in (n for s in trip.stops for n in s.loads if s.place == n.to):
                key = (load.to, str(load.commodity))
                came[key] = came.get(key, 0) + load.quantity
        for key, n in sorted(brought.items()):
            if n > came.get(key, 0):
                yield _bad(
                    "revote-courier", key[0], f"{came.get(key, 0)} of {n} {key[1]} come"
                )

    def kit(self, kit: RevoteKit) -> Iterator[Violation]:
        """Yield what is wrong with one kit."""
        plan, place = self.answer.plan, self.after.by_code[kit.station]
        orders = [
            i for i in self.answer.incidents if isinstance(i, ReVote) and i.id == kit.incident
        ]
        if kit.day_s % _DAY_S or not 0 < kit.day_s <= TERM_DAYS * _DAY_S:
            yield _bad("revote-day", kit.station, f"votes again more than {TERM_DAYS} days on")
        wanted = {
            c.code: c.area_of(place.region)
            for c in plan.election.contests
            if c.area_of(place.region)
            and all(not o.contests or c.code in o.contests for o in orders)
        }
        got: dict[str, int] = {}
        for b in kit.ballots:
            got[b.contest] = got.get(b.contest, 0) + b.quantity
            if b.commodity.area != wanted.get(b.contest):
                yield _bad("revote-area", kit.station, f"{b.commodity} is of another area")
        for contest in wanted if orders else ():
            if got.get(contest, 0) < place.voters:
                text = f"has {got.get(contest, 0)} ballots of {contest} for {place.voters}"
                yield _bad("revote-ballots", kit.station, text)
        yield from self._way(kit)

    def _way(self, kit: RevoteKit) -> Iterator[Violation]:
        by_id = self.by_id
        if any(i not in by_id for i in (*kit.couriers, *kit.out, *kit.back)):
            yield _bad("revote-trip", kit.station, "rides on a trip that is not there")
            return
        #: Home, departure, place, arrival and departure there; and home again.
        hops = [
            (t.home, t.depart_s, *_at(t, kit.station), t.back_s)
            for t in (by_id[i] for i in kit.out)
        ]
        back = [
            (t.home, t.depart_s, *_at(t, kit.station), t.back_s)
            for t in (by_id[i] for i in kit.back)
        ]
        ends = [kit.warehouse, *(h[2] for h in hops)]
        if [h[0] for h in hops] != ends[:-1] or ends[-1] != kit.station:
            yield _bad("revote-way", kit.station, "its kit does not come from the warehouse")
            return
        if hops[0][1] < kit.packed_s:
            yield _bad("revote-early", kit.station, "its kit leaves before it is packed")
        for one, two in pairwise(hops):
            if two[1] < one[4]:
                yield _bad("revote-gap", kit.station, f"leaves {two[0]} before it is there")
        if hops[-1][4] > kit.day_s:
            yield _bad("revote-late", kit.station, "its kit comes after its day has begun")
        came = [by_id[i].stops[-1].arrive_s for i in kit.couriers]
        if came and kit.packed_s < max(came):
            yield _bad("revote-early", kit.station, "is packed before its ballots are there")
        listed = {r.station for r in self.answer.at_risk if r.code == "revote-back"}
        ways = [(h[0], h[2]) for h in back]
        if ways != [(h[0], h[2]) for h in reversed(hops)][: len(ways)] or (
            len(ways) < len(hops) and kit.station not in listed
        ):
            yield _bad("revote-back", kit.station, "its boxes do not come back as they went")
            return
        ready = kit.day_s + _CLOSED_S
        for hop in back:
            if hop[4] < ready:
                yield _bad("revote-gap", kit.station, f"leaves {hop[2]} before it is there")
            ready = hop[5]

    def trips(self, hit: Callable[[Blockage, Trip], bool]) -> Iterator[Violation]:
        """Yield trips that leave in the past, are too heavy, blocked, or carry strangers."""
        plan = self.answer.plan
        blocks = [i for i in self.answer.incidents if isinstance(i, Blockage)]
        riders = {(i, k.station) for k in plan.revotes for i in (*k.out, *k.back)}
        types = {v.type: v for v in plan.vehicles}
        old = {i for k in self.left for i in (*k.couriers, *k.out, *k.back)}
        for trip in plan.revote_trips:
            if trip.id in old:
                continue
            if trip.depart_s < self.answer.now_s:
                yield _bad("in-the-past", trip.id, "leaves before the re-vote is known")
            vehicle = types.get(trip.vehicle)
            if (
                vehicle is None
                or trip.mass_g > vehicle.payload_g
                or trip.volume_cm3 > vehicle.volume_cm3
            ):
                yield _bad("overweight", trip.id, f"is too heavy or bulky for {trip.vehicle}")
            for block in blocks:
                if hit(block, trip):
                    yield _bad("blocked", trip.id, f"runs into {block.id}")
            for code in (k for s in trip.stops for k in s.kits):
                if (trip.id, code) not in riders:
                    yield _bad("revote-rider", trip.id, f"carries a kit of {code} unasked")

    def vehicles(self) -> Iterator[Violation]:
        """Yield counted vehicles that are on two trips at once."""
        counts = {(e.home, e.vehicle.type): e.count for e in self.after.fleet}
        away: dict[tuple[str, str, int], list[Trip]] = {}
        for trip in (*self.answer.plan.trips, *self.answer.plan.revote_trips):
            if counts.get((trip.home, trip.vehicle)) is not None:
                away.setdefault((trip.home, trip.vehicle, trip.unit), []).append(trip)
        own = {t.id for t in self.answer.plan.revote_trips}
        for trips in away.values():
            for one, two in pairwise(sorted(trips, key=lambda t: t.depart_s)):
                if two.depart_s < one.back_s and {one.id, two.id} & own:
                    yield _bad("two-at-once", two.id, f"its vehicle is still on {one.id}")


def _at(trip: Trip, kit: str) -> tuple[str, int, int]:
    """Return where a kit gets off or on, and when it is there and goes on."""
    for stop in trip.stops:
        if kit in stop.kits:
            return stop.place, stop.arrive_s, stop.depart_s
    return "", 0, 0


def _bad(code: str, where: str, text: str) -> Violation:
    return Violation(code=code, where=where, text=text)
