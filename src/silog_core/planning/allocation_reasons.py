"""Why pieces are missing, in both languages, and the smallest change that mends it.

Computed from an allocation, whoever made it: for every unmet piece the first thing that
holds it back, in the order unreachable, time, leg capacity, area, floor, supply.
"""

from __future__ import annotations

from collections import defaultdict
from heapq import heappop, heappush
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.allocation import Mending, MoreRoom, ShortCode, Unmet
from silog_core.domain.locale import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from silog_core.domain.allocation import (
        AllocationProblem,
        Attribution,
        CommodityFlow,
        Demand,
    )

_TEXTS = {
    ShortCode.UNREACHABLE: (
        "no leg leads to {place} from {source}, where {item} is left",
        "tidak ada ruas dari {source}, tempat sisa {item}, ke {place}",
        "add a leg from {source} towards {place}{sooner}",
        "tambahkan ruas dari {source} menuju {place}{sooner}",
    ),
    ShortCode.TIME: (
        "{item} left at {source} would reach {place} {late} s late",
        "sisa {item} di {source} akan tiba di {place} terlambat {late} detik",
        "have lot {lot} ready {late} s earlier, or use a faster leg{room}",
        "siapkan lot {lot} {late} detik lebih awal, atau pakai ruas yang lebih cepat{room}",
    ),
    ShortCode.LEG_CAPACITY: (
        "the way from {source} to {place} is full at {legs}",
        "jalur dari {source} ke {place} penuh di {legs}",
        "raise the limit of {room}",
        "tambah batas muatan {room}",
    ),
    ShortCode.AREA: (
        "every {item} of area {area} is used; {other} are left, of other areas",
        "semua {item} dapil {area} terpakai; sisa {other} untuk dapil lain",
        "order {count} more of area {area}",
        "pesan {count} lagi untuk dapil {area}",
    ),
    ShortCode.FLOOR: (
        "every {item} is what others are guaranteed by law or keep of their own",
        "semua {item} adalah jatah minimum tempat lain atau milik yang mereka simpan",
        "order {count} more {item}, delivered by a place that can reach {place}",
        "pesan {count} {item} lagi, dari tempat yang bisa mencapai {place}",
    ),
    ShortCode.SUPPLY: (
        "there is too little {item}: every lot is used",
        "persediaan {item} kurang: semua lot terpakai",
        "order {count} more {item}, delivered by a place that can reach {place}",
        "pesan {count} {item} lagi, dari tempat yang bisa mencapai {place}",
    ),
}


def explain_unmet(
    problem: AllocationProblem,
    flows: Sequence[CommodityFlow],
    served: Sequence[int],
    attributions: Sequence[Attribution],
) -> tuple[Unmet, ...]:
    """Return a reason for every piece that a demand does not get.

    Args:
        problem: The question.
        flows: Pieces on the legs.
        served: Pieces for each demand.
        attributions: Which lot serves which demand.

    Returns:
        Lines in the order of the demands; a demand may have several, their quantities
        add up to what it lacks.
    """
    short = [d for d, row in enumerate(problem.demands) if served[d] < row.quantity]
    if not short:
        return ()
    return tuple(_Inquiry(problem, flows, served, attributions).run(short))


def _due_to(demand: Demand) -> int:
    """Return the pieces that nobody else may be given."""
    return max(demand.floor, demand.kept)


@attrs.frozen(kw_only=True)
class _Way:
    """A way from one lot to a demand."""

    full_legs: int
    arrive_s: int | None
    supply: int
    legs: tuple[int, ...]


_Said = tuple[str, str]
#: By how much a leg has to take more, and what else has to happen, in both languages.
_ROOM = {
    "en": "{leg} by {mass} g and {volume} cm3",
    "id": "{leg} sebesar {mass} g dan {volume} cm3",
}
_AND_ROOM = {"en": ", and raise the limit of {room}", "id": ", dan tambah batas muatan {room}"}
_AND_SOONER = {
    "en": ", and have lot {lot} ready {late} s earlier",
    "id": ", dan siapkan lot {lot} {late} detik lebih awal",
}


class _Inquiry:
    """What is left, and what is full, in one allocation."""

    def __init__(
        self,
        problem: AllocationProblem,
        flows: Sequence[CommodityFlow],
        served: Sequence[int],
        attributions: Sequence[Attribution],
    ) -> None:
        self.problem, self.served = problem, served
        self.left = [lot.quantity for lot in problem.supplies]
        for line in attributions:
            self.left[line.supply] -= line.quantity
        self.load_g: dict[int, int] = defaultdict(int)
        self.load_cm3: dict[int, int] = defaultdict(int)
        for flow in flows:
            size = problem.commodities[flow.commodity]
            self.load_g[flow.leg] += flow.quantity * size.mass_g
            self.load_cm3[flow.leg] += flow.quantity * size.volume_cm3
        self.into: dict[int, list[int]] = defaultdict(list)
        for leg, (_, head) in enumerate(problem.ends):
            self.into[head].append(leg)
        #: For each commodity, how many demands get something, and more than they must.
        self._held = [
            (
                sum(served[i] > 0 for i in numbers),
                sum(served[i] > _due_to(problem.demands[i]) for i in numbers),
            )
            for numbers in problem.demands_of
        ]
        #: Pieces left of each item, whatever the area.
        self.left_of_item: dict[str, int] = defaultdict(int)
        for lot, left in zip(problem.supplies, self.left, strict=True):
            self.left_of_item[lot.commodity.item] += left

    def run(self, short: Sequence[int]) -> list[Unmet]:
        """Explain the demands *short*, one after the other."""
        lines: list[Unmet] = []
        for d in short:
            demand = self.problem.demands[d]
            missing = demand.quantity - self.served[d]
            commodity = self.problem.commodity_index[demand.commodity]
            lots = [i for i in self.problem.lots_of[commodity] if self.left[i]]
            while missing and lots:
                line, supply = self._held_back(d, missing, lots)
                lines.append(line)
                self.left[supply] -= line.quantity
                self.left_of_item[demand.commodity.item] -= line.quantity
                missing -= line.quantity
                lots = [i for i in lots if self.left[i]]
            if missing:
                lines.append(self._lacking(d, missing))
        return lines

    def _held_back(self, d: int, missing: int, lots: Sequence[int]) -> tuple[Unmet, int]:
        """Explain pieces that exist and do not arrive, and say of which lot."""
        demand = self.problem.demands[d]
        quickest = self._ways(d, lots, missing, quickest=True)
        if not quickest:
            return self._unreachable(d, missing, lots)
        due = demand.due_s
        in_time = [
            way
            for way in (*self._ways(d, lots, missing, quickest=False), *quickest)
            if due is None or way.arrive_s is None or way.arrive_s <= due
        ]
        if in_time:
            way = min(in_time, key=lambda w: (w.full_legs, w.supply))
            late = 0
        else:
            way = min(quickest, key=lambda w: (w.arrive_s or 0, w.supply))
            late = (way.arrive_s or 0) - (due or 0)
        count = min(missing, self.left[way.supply])
        room = self._widen(d, count, way.legs)
        lot = self.problem.supplies[way.supply]
        mending = Mending(room=room, supply=way.supply if late else None, earlier_s=late)
        if late:
            line = self._line(
                d,
                count,
                ShortCode.TIME,
                mending,
                source=lot.place,
                lot=lot.lot or "-",
                late=late,
                room=self._room_said(room, _AND_ROOM) if room else "",
            )
        else:
            line = self._line(
                d,
                count,
                ShortCode.LEG_CAPACITY,
                mending,
                source=lot.place,
                legs=", ".join(self._name(more.leg) for more in room) or demand.place,
                room=self._room_said(room, None) if room else demand.place,
            )
        return line, way.supply

    def _unreachable(self, d: int, missing: int, lots: Sequence[int]) -> tuple[Unmet, int]:
        """Explain pieces that lie where no leg leads from; the first that are there."""
        due = self.problem.demands[d].due_s
        starts = {i: self.problem.supplies[i].available_s for i in lots}
        supply = min(lots, key=lambda i: (starts[i] is not None, starts[i] or 0, i))
        start = starts[supply]
        late = 0 if start is None or due is None else max(0, start - due)
        lot = self.problem.supplies[supply].lot or "-"
        sooner = [
            _AND_SOONER[lang].format(lot=lot, late=number(late, lang)) for lang in ("en", "id")
        ]
        line = self._line(
            d,
            min(missing, self.left[supply]),
            ShortCode.UNREACHABLE,
            Mending(supply=supply, earlier_s=late, add_leg=True),
            source=self.problem.supplies[supply].place,
            sooner=(sooner[0], sooner[1]) if late else "",
        )
        return line, supply

    def _widen(self, d: int, count: int, legs: Sequence[int]) -> tuple[MoreRoom, ...]:
        """Return what each leg must take more for *count* pieces; count them as loaded."""
        commodity = self.problem.commodity_index[self.problem.demands[d].commodity]
        size = self.problem.commodities[commodity]
        room = []
        for number_of_leg in legs:
            leg = self.problem.legs[number_of_leg]
            grams = self.load_g[number_of_leg] + count * size.mass_g
            bulk = self.load_cm3[number_of_leg] + count * size.volume_cm3
            mass_g = max(0, grams - leg.max_load_g) if leg.max_load_g is not None else 0
            volume_cm3 = (
                max(0, bulk - leg.max_volume_cm3) if leg.max_volume_cm3 is not None else 0
            )
            # What the leg is widened by is room that the next line finds taken.
            self.load_g[number_of_leg] = grams - mass_g
            self.load_cm3[number_of_leg] = bulk - volume_cm3
            if mass_g or volume_cm3:
                room.append(MoreRoom(leg=number_of_leg, mass_g=mass_g, volume_cm3=volume_cm3))
        return tuple(room)

    def _name(self, leg: int) -> str:
        return f"{self.problem.legs[leg].tail} - {self.problem.legs[leg].head}"

    def _room_said(self, room: Sequence[MoreRoom], around: dict[str, str] | None) -> _Said:
        said = []
        for lang in ("en", "id"):
            told = ", ".join(
                _ROOM[lang].format(
                    leg=self._name(more.leg),
                    mass=number(more.mass_g, lang),
                    volume=number(more.volume_cm3, lang),
                )
                for more in room
            )
            said.append(around[lang].format(room=told) if around else told)
        return said[0], said[1]

    def _lacking(self, d: int, count: int) -> Unmet:
        """Explain pieces that do not exist."""
        demand = self.problem.demands[d]
        area, item = demand.commodity.area, demand.commodity.item
        if area and self.left_of_item[item]:
            return self._line(
                d,
                count,
                ShortCode.AREA,
                Mending(pieces=count),
                other=self.left_of_item[item],
            )
        k = self.problem.commodity_index[demand.commodity]
        some, above = self._held[k]
        some -= self.served[d] > 0
        above -= self.served[d] > _due_to(demand)
        code = ShortCode.FLOOR if some and not above else ShortCode.SUPPLY
        return self._line(d, count, code, Mending(pieces=count))

    def _line(
        self,
        d: int,
        count: int,
        code: ShortCode,
        mending: Mending,
        **facts: str | int | _Said,
    ) -> Unmet:
        demand = self.problem.demands[d]
        texts = []
        for text, lang in zip(_TEXTS[code], ("en", "id", "en", "id"), strict=True):
            said = {
                key: _in_words(value, lang) for key, value in {"count": count, **facts}.items()
            }
            texts.append(
                text.format(
                    place=demand.place,
                    item=str(demand.commodity),
                    area=demand.commodity.area,
                    **said,
                )
            )
        reason, reason_id, action, action_id = texts
        return Unmet(
            demand=d,
            quantity=count,
            code=code,
            reason=reason,
            reason_id=reason_id,
            action=action,
            action_id=action_id,
            mending=mending,
        )

    def _is_full(self, leg: int, mass_g: int, volume_cm3: int) -> bool:
        """Say whether *leg* has no room for that much more."""
        limit_g = self.problem.legs[leg].max_load_g
        limit_cm3 = self.problem.legs[leg].max_volume_cm3
        return (limit_g is not None and self.load_g[leg] + mass_g > limit_g) or (
            limit_cm3 is not None and self.load_cm3[leg] + volume_cm3 > limit_cm3
        )

    def _ways(self, d: int, lots: Sequence[int], count: int, *, quickest: bool) -> list[_Way]:
        """Return for each lot its quickest way, or that with the fewest full legs."""
        demand = self.problem.demands[d]
        size = self.problem.commodities[self.problem.commodity_index[demand.commodity]]
        start = self.problem.place_index[demand.place]
        done: dict[int, tuple[int, int, tuple[int, ...]]] = {}
        heap: list[tuple[int, int, int, int, tuple[int, ...]]] = [(0, 0, start, 0, ())]
        while heap:
            _, travel, place, full, way = heappop(heap)
            if place in done:
                continue
            done[place] = (travel, full, way)
            for leg in self.into[place]:
                tail = self.problem.ends[leg][0]
                if tail in done:
                    continue
                shut = self._is_full(leg, count * size.mass_g, count * size.volume_cm3)
                further = travel + self.problem.legs[leg].travel_s
                more = full + shut
                first = further if quickest else more
                heappush(heap, (first, further, tail, more, (leg, *way)))
        ways = []
        for i in lots:
            lot = self.problem.supplies[i]
            place = self.problem.place_index[lot.place]
            if place in done:
                travel, full, way = done[place]
                arrive = None if lot.available_s is None else lot.available_s + travel
                ways.append(_Way(full_legs=full, arrive_s=arrive, supply=i, legs=way))
        return ways


def _in_words(value: str | int | _Said, lang: str) -> str:
    if isinstance(value, tuple):
        return value[0 if lang == "en" else 1]
    return number(value, lang) if isinstance(value, int) else value
