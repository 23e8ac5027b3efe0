"""Why pieces are missing, in both languages, and the smallest change that mends it.

Computed from an allocation, whoever made it: for every unmet piece the first thing that
holds it back, in the order unreachable, time, leg capacity, area, floor, supply.
"""

from __future__ import annotations

from collections import defaultdict
from heapq import heappop, heappush
from typing import TYPE_CHECKING

import attrs

from silog_core.domain.allocation import ShortCode, Unmet
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
        "add a leg from {source} towards {place}",
        "tambahkan ruas dari {source} menuju {place}",
    ),
    ShortCode.TIME: (
        "{item} left at {source} would reach {place} {late} s late",
        "sisa {item} di {source} akan tiba di {place} terlambat {late} detik",
        "have lot {lot} ready {late} s earlier, or use a faster leg",
        "siapkan lot {lot} {late} detik lebih awal, atau pakai ruas yang lebih cepat",
    ),
    ShortCode.LEG_CAPACITY: (
        "the way from {source} to {place} is full at {legs}",
        "jalur dari {source} ke {place} penuh di {legs}",
        "raise the limit of {legs} by {mass} g and {volume} cm3",
        "tambah batas muatan {legs} sebesar {mass} g dan {volume} cm3",
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
    blocked: tuple[int, ...]


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
            here = min(missing, sum(self.left[i] for i in lots))
            if here:
                lines.append(self._held_back(d, here, lots))
                for i in lots:
                    used = min(here, self.left[i])
                    self.left[i] -= used
                    self.left_of_item[demand.commodity.item] -= used
                    here -= used
                    missing -= used
            if missing:
                lines.append(self._lacking(d, missing))
        return lines

    def _held_back(self, d: int, count: int, lots: Sequence[int]) -> Unmet:
        """Explain pieces that exist and do not arrive."""
        demand = self.problem.demands[d]
        quickest = self._ways(d, lots, quickest=True)
        if not quickest:
            return self._line(d, count, ShortCode.UNREACHABLE, source=self._sources(lots))
        due = demand.due_s
        in_time = [
            way
            for way in (*self._ways(d, lots, quickest=False), *quickest)
            if due is None or way.arrive_s is None or way.arrive_s <= due
        ]
        if not in_time:
            soonest = min(quickest, key=lambda w: (w.arrive_s or 0, w.supply))
            assert soonest.arrive_s is not None
            assert due is not None
            return self._line(
                d,
                count,
                ShortCode.TIME,
                source=self.problem.supplies[soonest.supply].place,
                lot=self.problem.supplies[soonest.supply].lot or "-",
                late=soonest.arrive_s - due,
            )
        best = min(in_time, key=lambda w: (w.full_legs, w.supply))
        size = self.problem.commodities[self.problem.commodity_index[demand.commodity]]
        named = [
            f"{self.problem.legs[leg].tail} - {self.problem.legs[leg].head}"
            for leg in best.blocked
        ]
        return self._line(
            d,
            count,
            ShortCode.LEG_CAPACITY,
            source=self.problem.supplies[best.supply].place,
            legs=", ".join(named) or demand.place,
            mass=count * size.mass_g,
            volume=count * size.volume_cm3,
        )

    def _lacking(self, d: int, count: int) -> Unmet:
        """Explain pieces that do not exist."""
        demand = self.problem.demands[d]
        area, item = demand.commodity.area, demand.commodity.item
        if area and self.left_of_item[item]:
            return self._line(d, count, ShortCode.AREA, other=self.left_of_item[item])
        k = self.problem.commodity_index[demand.commodity]
        some, above = self._held[k]
        some -= self.served[d] > 0
        above -= self.served[d] > _due_to(demand)
        code = ShortCode.FLOOR if some and not above else ShortCode.SUPPLY
        return self._line(d, count, code)

    def _line(self, d: int, count: int, code: ShortCode, **facts: str | int) -> Unmet:
        demand = self.problem.demands[d]
        texts = []
        for text, lang in zip(_TEXTS[code], ("en", "id", "en", "id"), strict=True):
            said = {
                key: number(value, lang) if isinstance(value, int) else value
                for key, value in {"count": count, **facts}.items()
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
        )

    def _sources(self, lots: Sequence[int]) -> str:
        return ", ".join(sorted({self.problem.supplies[i].place for i in lots})[:3])

    def _is_full(self, leg: int, mass_g: int, volume_cm3: int) -> bool:
        """Say whether *leg* has no room for one more piece."""
        limit_g = self.problem.legs[leg].max_load_g
        limit_cm3 = self.problem.legs[leg].max_volume_cm3
        return (limit_g is not None and self.load_g[leg] + mass_g > limit_g) or (
            limit_cm3 is not None and self.load_cm3[leg] + volume_cm3 > limit_cm3
        )

    def _ways(self, d: int, lots: Sequence[int], *, quickest: bool) -> list[_Way]:
        """Return for each lot its quickest way, or that with the fewest full legs."""
        demand = self.problem.demands[d]
        size = self.problem.commodities[self.problem.commodity_index[demand.commodity]]
        start = self.problem.place_index[demand.place]
        done: dict[int, tuple[int, tuple[int, ...]]] = {}
        heap: list[tuple[int, int, int, tuple[int, ...]]] = [(0, 0, start, ())]
        while heap:
            _, travel, place, blocked = heappop(heap)
            if place in done:
                continue
            done[place] = (travel, blocked)
            for leg in self.into[place]:
                tail = self.problem.ends[leg][0]
                if tail in done:
                    continue
                shut = self._is_full(leg, size.mass_g, size.volume_cm3)
                further = travel + self.problem.legs[leg].travel_s
                full = (leg, *blocked) if shut else blocked
                first = 0 if quickest else len(full)
                heappush(heap, (first, further, tail, full))
        ways = []
        for i in lots:
            lot = self.problem.supplies[i]
            place = self.problem.place_index[lot.place]
            if place in done:
                travel, blocked = done[place]
                arrive = None if lot.available_s is None else lot.available_s + travel
                ways.append(
                    _Way(full_legs=len(blocked), arrive_s=arrive, supply=i, blocked=blocked)
                )
        return ways
