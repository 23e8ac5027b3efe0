"""Who is sent after those who are stuck, draw by draw, as long as there are any left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from silog_core.domain.regions import RegionCode
from silog_core.domain.shocks import Rescue, Shock, ShockModel
from silog_core.risk.weather import Spell, travel


class Rescues:
    """Rescues of one group of nodes, and how often each has been sent in each draw.

    One more of a kind never makes anybody later: until it is sent all goes as without it,
    and from then on everybody is as early or earlier, while without it none is left.
    """

    def __init__(self, rescues: Iterable[Rescue], model: ShockModel) -> None:
        # The quickest is sent first.
        self.given = sorted(
            rescues, key=lambda r: (r.ready_s, str(r.scope), r.shocks, r.count)
        )
        self.name_of = {n: shock.name for n, shock in enumerate(model.shocks, start=1)}
        lasting = {shock.name for shock in model.shocks if shock.unit.lasts}
        #: Whether any of them helps against weather.
        self.answer_weather = any(lasting.intersection(r.shocks) for r in self.given)
        self.sent: dict[tuple[int, int], int] = {}

    def costs_s(
        self, shock: Shock, regions: Sequence[RegionCode], draw: int, costs_s: int
    ) -> int:
        """Return what a stroke costs once help is sent, where there is any left [s]."""
        for i, rescue in enumerate(self.given):
            if shock.name in rescue.shocks and self._goes(i, regions, draw, costs_s):
                return rescue.ready_s
        return costs_s

    def arrives_s(
        self,
        regions: Sequence[RegionCode],
        draw: int,
        start_s: int,
        length_s: int,
        spells: Sequence[Spell],
        arrives_s: int,
    ) -> int:
        """Return when a hop through weather is done once help is sent [s]."""
        for i, rescue in enumerate(self.given):
            rest = [s for s in spells if self.name_of[s[3]] not in rescue.shocks]
            if len(rest) == len(spells):
                continue
            without_s = travel(start_s, length_s, rest)
            if self._goes(i, regions, draw, arrives_s - without_s):
                return without_s + rescue.ready_s
        return arrives_s

    def _goes(self, i: int, regions: Sequence[RegionCode], draw: int, costs_s: int) -> bool:
        rescue = self.given[i]
        if costs_s <= rescue.ready_s or not any(rescue.scope.covers(r) for r in regions):
            return False
        sent = self.sent.get((i, draw), 0)
        if sent >= rescue.count:
            return False
        self.sent[(i, draw)] = sent + 1
        return True
