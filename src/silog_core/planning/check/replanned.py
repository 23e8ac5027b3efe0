"""A re-plan against the plan before: it shares no code with what repairs plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

import attrs

from silog_core.domain.incidents import Blockage, Flooded, LotShort, RoadCut, SeaClosed
from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import Plan, Trip
from silog_core.domain.replanning import Replan
from silog_core.domain.scenario import Scenario
from silog_core.domain.violations import Violation
from silog_core.planning.check.reprinted import check_reprinted
from silog_core.planning.check.revotes import check_revotes

_Ways = Iterator[tuple[str, str, int, int]]


def check_replan(scenario: Scenario, plan: Plan, answer: Replan) -> list[Violation]:
    """Return what a re-plan breaks of its promises, in order; empty when it is sound.

    `check_plan` judges the new plan by itself. This judges the change: trips that had left
    are the same, whatever is different has a reason that names an incident, nothing runs
    into what is blocked, no short lot gives more than it has, loans are on paper and leave
    the donor whole, every station that lacks something is listed, and re-votes are held
    with ballots of their reserve, in kits that come and go without a gap.

    Args:
        scenario: What was planned for before.
        plan: The plan before.
        answer: The re-plan.
    """
    after = answer.scenario or scenario
    judge = _Judge(before=plan, after=after, answer=answer)
    return sorted(
        {
            *judge.frozen(),
            *judge.named(),
            *judge.blocked(),
            *judge.lots(),
            *judge.loans(),
            *judge.listed(),
            *check_revotes(plan, after, answer, judge.hit),
            *check_reprinted(after, plan, answer, judge.now_s),
        }
    )


@attrs.frozen(kw_only=True)
class _Judge:
    before: Plan
    after: Scenario
    answer: Replan

    @property
    def new(self) -> Mapping[str, Trip]:
        return {t.id: t for t in self.answer.plan.trips}

    @property
    def now_s(self) -> int:
        """When the last incident became known, whatever the answer says [s]."""
        return max((i.known_at_s for i in self.answer.incidents), default=-(10**12))

    def left(self) -> set[str]:
        """Return the trips that had left when the last incident became known."""
        return {t.id for t in self.before.trips if t.depart_s < self.now_s}

    def frozen(self) -> Iterator[Violation]:
        """Yield trips that had left and are not what they were."""
        new, left = self.new, self.left()
        for trip in self.before.trips:
            if trip.id in left and new.get(trip.id) != trip:
                yield Violation(
                    code="frozen-trip", where=trip.id, text="had left, and is not the same"
                )
        if set(self.answer.frozen) != left:
            yield Violation(
                code="frozen-list", where="frozen", text="does not list the trips that left"
            )

    def named(self) -> Iterator[Violation]:
        """Yield differences without a reason, and reasons without an incident."""
        old, new, left = {t.id: t for t in self.before.trips}, self.new, self.left()
        said = {c.what for c in self.answer.changes}
        ids = {i.id for i in self.answer.incidents}
        for code in sorted(old.keys() | new.keys()):
            if code in left or old.get(code) == new.get(code):
                continue  # what had left is judged above
            if code not in said:
                yield Violation(
                    code="no-reason", where=code, text="is different, and nothing says why"
                )
            trip = new.get(code)
            if trip is not None and trip.depart_s < self.now_s:
                yield Violation(
                    code="in-the-past", where=code, text="leaves before the incident is known"
                )
        for change in self.answer.changes:
            if change.what in left:
                yield Violation(
                    code="frozen-named", where=change.what, text="had left, and is changed"
                )
            if not set(change.incident.split(", ")) <= ids:
                yield Violation(
                    code="no-incident",
                    where=change.what,
                    text=f"is changed for {change.incident!r}, which did not happen",
                )

    def blocked(self) -> Iterator[Violation]:
        """Yield trips that have yet to leave and run into what is blocked."""
        blocks = [i for i in self.answer.incidents if isinstance(i, Blockage)]
        left = self.left()
        for trip in self.answer.plan.trips if blocks else ():
            if trip.id in left:
                continue
            for block in blocks:
                if self.hit(block, trip):
                    yield Violation(
                        code="blocked", where=trip.id, text=f"runs into {block.id}"
                    )

    def hit(self, block: Blockage, trip: Trip) -> bool:
        """Say whether a trip runs into a blockage."""
        if isinstance(block, RoadCut) and any(
            d.mode is trip.mode and 2 * d.length_m == trip.distance_m for d in block.detours
        ):
            return False
        return any(
            self._stops(block, trip, a, b)
            for a, b, leaves, arrives in _ways(trip)
            if arrives > block.from_s and (block.until_s is None or leaves < block.until_s)
        )

    def _stops(self, block: Blockage, trip: Trip, a: str, b: str) -> bool:
        places = self.after.by_code
        if isinstance(block, RoadCut):
            if trip.mode not in block.modes:
                return False
            if block.other:
                return sorted((a, b)) == sorted((block.place, block.other))
            return self._under(a, block.place) != self._under(b, block.place)
        if isinstance(block, SeaClosed):
            regions = [str(places[c].region) for c in (a, b)]
            return trip.mode in block.modes and any(
                f"{r}.".startswith(f"{closed}.") for closed in block.regions for r in regions
            )
        assert isinstance(block, Flooded)  # there is no other kind
        return any(
            c == wet
            or (
                places[wet].kind in {PlaceKind.VILLAGE, PlaceKind.STATION}
                and self._under(c, wet)
            )
            for wet in block.places
            for c in (a, b)
        )

    def _under(self, code: str, top: str) -> bool:
        seen: set[str] = set()
        while code and code not in seen:
            if code == top:
                return True
            seen.add(code)
            code = self.after.by_code[code].parent if code in self.after.by_code else ""
        return False

    def lots(self) -> Iterator[Violation]:
        """Yield short lots that give more good pieces than they have."""
        for one in self.answer.incidents:
            if isinstance(one, LotShort):
                given = sum(
                    line.quantity
                    for line in self.answer.plan.allocation.lines
                    if (line.from_place, line.commodity.item, line.lot)
                    == (one.place, one.item, one.lot)
                )
                if given > one.quantity:
                    yield Violation(
                        code="short-lot",
                        where=one.place,
                        text=f"lot {one.lot!r} gives {given} of {one.quantity}",
                    )

    def loans(self) -> Iterator[Violation]:
        """Yield loans without a paper, against the law, or that the donor cannot spare."""
        plan = self.answer.plan
        lent: dict[tuple[str, str, str], int] = {}
        for paper in plan.lent:
            key = (paper.donor, paper.receiver, str(paper.commodity))
            lent[key] = lent.get(key, 0) + paper.quantity
            name = f"{paper.donor} > {paper.receiver}"
            if not (paper.document and paper.approver):
                yield Violation(code="loan-paper", where=name, text="nobody approves it")
            area = paper.commodity.area
            ends = [str(self.after.by_code[c].region) for c in (paper.donor, paper.receiver)]
            if area and not all(f"{r}.".startswith(f"{area}.") for r in ends):
                yield Violation(
                    code="loan-area", where=name, text=f"{paper.commodity} leaves its area"
                )
            if any(
                s.commodity == paper.commodity and self._under(s.place, paper.donor)
                for s in plan.shortfalls
            ):
                yield Violation(
                    code="donor-short", where=name, text=f"lacks {paper.commodity} itself"
                )
        had: dict[tuple[str, str, str], int] = {}
        moved: dict[tuple[str, str, str], int] = {}
        for lines, into in (
            (self.before.allocation.lines, had),
            (plan.allocation.lines, moved),
        ):
            for line in lines:
                tail = self.after.by_code[line.from_place]
                if tail.kind is PlaceKind.WAREHOUSE and line.from_place != line.to:
                    key = (line.from_place, line.to, str(line.commodity))
                    into[key] = into.get(key, 0) + line.quantity
        for key, pieces in sorted(moved.items()):
            if pieces > had.get(key, 0) + lent.get(key, 0):
                yield Violation(
                    code="no-loan",
                    where=f"{key[0]} > {key[1]}",
                    text=f"gives {pieces} {key[2]}, {lent.get(key, 0)} of them on paper",
                )

    def listed(self) -> Iterator[Violation]:
        """Yield stations that lack something and are not listed, or not in order."""
        old = {(s.place, s.commodity): s.missing for s in self.before.shortfalls}
        lacking = {
            s.place
            for s in self.answer.plan.shortfalls
            if s.missing > old.get((s.place, s.commodity), 0)
        }
        lacking |= {u.kit for u in self.answer.plan.unserved} - {
            u.kit for u in self.before.unserved
        }
        listed = [r.station for r in self.answer.at_risk]
        for code in sorted(lacking - set(listed)):
            place = self.after.by_code.get(code)
            if place is not None and place.kind is PlaceKind.STATION:
                yield Violation(
                    code="not-listed", where=code, text="lacks something, and is not listed"
                )
        voters = [r.voters for r in self.answer.at_risk]
        if voters != sorted(voters, reverse=True):
            yield Violation(
                code="risk-order", where="at risk", text="the most voters do not come first"
            )


def _ways(trip: Trip) -> _Ways:
    """Yield each way between two places that a trip drives, and from when until when."""
    codes, times = [trip.home], trip.depart_s
    for stop in trip.stops:
        for a, b in pairwise([codes[-1], *stop.via, stop.place]):
            yield a, b, times, stop.arrive_s
        codes.append(stop.place)
        times = stop.depart_s
    through = reversed(trip.stops[0].via) if len(trip.stops) == 1 else ()
    for a, b in pairwise([codes[-1], *through, trip.home]):
        yield a, b, times, trip.back_s
