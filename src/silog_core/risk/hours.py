"""Hours at which one who is late can go on, and what waiting for the morning takes."""

from __future__ import annotations

from silog_core.domain.calendar import DAY_S
from silog_core.domain.legs import Mode
from silog_core.domain.shocks import ShockModel
from silog_core.risk.simulate_graph import Hop, Node


class Hours:
    """Daylight of boats and porters, and the working day of crews."""

    def __init__(self, model: ShockModel) -> None:
        self.daylight = frozenset(model.daylight)
        self.nights = frozenset(model.nights) - self.daylight
        self.day = (model.first_hour * 3600, model.last_hour * 3600)
        self.work = (model.work_first_hour * 3600, model.work_last_hour * 3600)

    def start_s(self, mode: Mode | None, hop: Hop, start_s: int) -> int:
        """Return when one who is late, and ready at *start_s*, starts a hop [s].

        Nobody who is ready later starts earlier.
        """
        length_s = hop.arrive_s - hop.start_s
        if mode in self.daylight:
            return _within(self.day, start_s, length_s)
        if mode in self.nights and self._keeps(hop):
            return _within(self.work, start_s, length_s)
        return start_s

    def bears_s(self, node: Node) -> int:
        """Return a delay of a whole node up to which nobody waits for a morning [s]."""
        if len(node.hops) > 1 and node.mode in self.daylight:
            return 0
        least = 2 * DAY_S
        if node.mode in self.nights:
            for hop in node.hops[1:]:
                if self._keeps(hop):
                    least = min(least, self.work[1] - hop.start_s % DAY_S - _length_s(hop))
        return least

    def _keeps(self, hop: Hop) -> bool:
        """Say whether a hop as planned lies in the working hours of one day."""
        second = hop.start_s % DAY_S
        return self.work[0] <= second and second + _length_s(hop) <= self.work[1]


def _length_s(hop: Hop) -> int:
    return hop.arrive_s - hop.start_s


def _within(hours: tuple[int, int], start_s: int, length_s: int) -> int:
    first, last = hours
    day, second = divmod(start_s, DAY_S)
    if second < first:
        return day * DAY_S + first
    if second + min(length_s, last - first) > last:
        return (day + 1) * DAY_S + first
    return start_s
