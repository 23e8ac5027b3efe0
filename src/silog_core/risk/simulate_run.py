"""All draws of one group of nodes: who is late, in which draws, by how much, and why.

Draws in which nothing happens cost nothing: everything below is kept for the draws that
something strikes, and passed on only to what cannot bear it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

import attrs

from silog_core.domain.calendar import DAY_S, day_of
from silog_core.domain.legs import Mode
from silog_core.domain.regions import RegionCode
from silog_core.domain.shocks import Relief, Rescue, Shock, ShockModel, Unit
from silog_core.risk.chance import hits, stream
from silog_core.risk.hours import Hours
from silog_core.risk.rescues import Rescues
from silog_core.risk.simulate_graph import Hop, Node
from silog_core.risk.weather import Spell, Weather, travel, weather

#: Lateness of one node by draw: seconds times 256, plus the number of its main cause.
Late = dict[int, int]
CAUSES = 256
_NOTHING: Late = {}
#: One late station in a tally.
ONE_STATION = 1 << 40


def regency_of(station: str) -> str:
    """Return the code of a station's regency or city."""
    return ".".join(station.split(".")[:2])


@attrs.frozen(kw_only=True)
class Task:
    """One group of nodes, with how late what they wait for is."""

    nodes: tuple[Node, ...]
    #: Number of each node in the plan's graph.
    numbers: tuple[int, ...]
    #: Lateness that other groups hand on, by number.
    given: Mapping[int, Late]
    model: ShockModel
    reliefs: tuple[Relief, ...]
    voting_day: date
    draws: int
    seed: int
    due_s: int
    #: Voters of each station that is on time as planned.
    voters: Mapping[str, int]
    rescues: tuple[Rescue, ...] = ()
    #: Whether to keep how late each station is, and not only how often.
    keep: bool = False


@attrs.frozen(kw_only=True)
class Outcome:
    """What one group of nodes comes to."""

    #: Draws in which each station is late, by its main cause.
    causes: Mapping[str, Mapping[int, int]]
    #: By regency and draw: late stations times 2 ** 40, plus their voters.
    tally: Mapping[str, Mapping[int, int]]
    #: Lateness handed on to nodes of other groups, by number.
    onward: Mapping[int, Late]
    #: Lateness beyond the due moment of each station that is ever late [s x 256 + cause].
    late: Mapping[str, Late]


def run(task: Task) -> Outcome:
    """Return the outcome of all draws of a group."""
    return _Run(task).run()


class _Run:
    def __init__(self, task: Task) -> None:
        self.task = task
        self.shocks = tuple(enumerate(task.model.shocks, start=1))
        self.hours = Hours(task.model)
        self.rescues = Rescues(task.rescues, task.model)
        self.known: dict[tuple[int, str], Weather] = {}
        self.lots: dict[tuple[int, str], list[tuple[int, int]]] = {}
        self.inbox: dict[int, Late] = {n: dict(late) for n, late in task.given.items()}
        self.late: dict[str, Late] = {}
        self.causes: dict[str, Mapping[int, int]] = {}
        self.tally: dict[str, dict[int, int]] = {}
        self.first_s = min((n.hops[0].start_s for n in task.nodes), default=0)

    def run(self) -> Outcome:
        own = set(self.task.numbers)
        for number, node in zip(self.task.numbers, self.task.nodes, strict=True):
            self._node(node, self.inbox.pop(number, {}))
        onward = {n: late for n, late in self.inbox.items() if n not in own}
        return Outcome(causes=self.causes, tally=self.tally, onward=onward, late=self.late)

    # --- one node -----------------------------------------------------------------------

    def _node(self, node: Node, late: Late) -> None:
        """Drive one trip, or do one stage, in all draws in which it is not as planned."""
        begins = self._mishaps(node, Unit.STAGE if node.mode is None else Unit.TRIP, node.key)
        if node.source:
            _add_all(begins, self._mishaps(node, Unit.SOURCE, node.home))
        hops = [(hop, self._weathers(node, hop)) for hop in node.hops]
        out = not node.kind.startswith("return")
        shorts = {
            station: short
            for hop in (node.hops if out else ())
            for station in hop.stations
            if station in self.task.voters and (short := self._shorts(hop, station))
        }
        boxes = [self._boxes(node, hop) for hop in node.hops]
        struck = self._struck(node, {id(one): one for _, found in hops for one in found})
        after: list[Late] = [{} for _ in hops]
        # A short kit adds to what is late already: its draws have to be looked at too.
        for draw in struck.union(late, begins, *shorts.values(), *boxes):
            now = late.get(draw, 0)
            if draw in begins:
                now = _added(now, begins[draw])
            for i, (hop, found) in enumerate(hops):
                now = max(self._hop(node, hop, found, draw, now), boxes[i].get(draw, 0))
                if now >= CAUSES:
                    after[i][draw] = now
        for (hop, _), at_end in zip(hops, after, strict=True):
            if hop.delivers:
                _add_all(
                    at_end,
                    self._mishaps(node, Unit.DELIVERY, f"{node.key}|{'|'.join(hop.legs)}"),
                )
            self._hand_on(hop, at_end, shorts)

    def _struck(self, node: Node, weathers: Mapping[int, Weather]) -> set[int]:
        """Return the draws in which weather can make anybody late who waits for a node.

        Weather takes away no more than its own time, less what speed it leaves. Where all
        of it, as long as the trip lasts and the delay that can be borne, takes no more
        than that delay, nobody is late for it, and the draw need not be looked at.
        """
        bears_s = self._bears_s(node)
        from_s = node.hops[0].start_s
        until_s = node.hops[-1].arrive_s + bears_s
        lost: dict[int, int] = {}
        for one in weathers.values():
            one.losses(from_s, until_s, lost)
        return {draw for draw, thousandths in lost.items() if thousandths > bears_s * 1000}

    def _bears_s(self, node: Node) -> int:
        """Return the delay of a whole node that makes nobody late [s]."""
        if self.rescues.answer_weather:
            return 0  # whoever is rescued takes the place of another
        most_s = self.hours.bears_s(node)
        if not most_s:
            return 0
        bears = [bears_s for hop in node.hops for _, bears_s in hop.next]
        bears += [max(0, self.task.due_s - hop.done_s) for hop in node.hops if hop.stations]
        return min(most_s, min(bears, default=2 * DAY_S))

    def _hop(
        self, node: Node, hop: Hop, found: tuple[Weather, ...], draw: int, now: int
    ) -> int:
        """Return how late a hop is done that begins *now* late [s x 256 + cause]."""
        late_s = now >> 8
        start_s = hop.start_s + late_s
        length_s = hop.arrive_s - hop.start_s
        if late_s:
            start_s = self.hours.start_s(node.mode, hop, start_s)
        spells = [s for one in found for s in one.by_draw.get(draw, ())]
        if not spells:
            arrives_s = start_s + length_s
        else:
            arrives_s = travel(start_s, length_s, spells)
            if self.task.reliefs and arrives_s > start_s + length_s:
                arrives_s = self._relieved(hop, start_s, length_s, spells, arrives_s)
            if self.rescues.answer_weather and arrives_s > start_s + length_s:
                arrives_s = self.rescues.arrives_s(
                    hop.regions, draw, start_s, length_s, spells, arrives_s
                )
        more_s = arrives_s - hop.arrive_s - late_s
        if more_s <= 0:
            return now
        total_s = late_s + more_s
        cause = now & CAUSES - 1
        if more_s > late_s:
            blame = [n for a, e, _, n in spells if a < arrives_s and e > start_s]
            cause = blame[0] if blame else cause
        return total_s * CAUSES + cause

    def _relieved(
        self, hop: Hop, start_s: int, length_s: int, spells: list[Spell], arrives_s: int
    ) -> int:
        caps = {
            n: cap for n, shock in self.shocks if (cap := self._cap(shock, hop.regions)) >= 0
        }
        eased = [s for s in spells if s[3] in caps and s[0] < arrives_s and s[1] > start_s]
        if not eased:
            return arrives_s
        rest = [s for s in spells if s[3] not in caps]
        cap = max(caps[s[3]] for s in eased)
        return min(arrives_s, travel(start_s, length_s, rest) + cap)

    def _hand_on(self, hop: Hop, at_end: Late, shorts: Mapping[str, Late]) -> None:
        for number, bears_s in hop.next:
            bears = bears_s * CAUSES
            box = self.inbox.setdefault(number, {})
            for draw, late in at_end.items():
                over = late - bears
                if over >= CAUSES and over > box.get(draw, 0):
                    box[draw] = over
        margin = (self.task.due_s - hop.done_s) * CAUSES
        for station in hop.stations:
            short = shorts.get(station, _NOTHING)
            if station not in self.task.voters or not (at_end or short):
                continue
            found = {}
            for draw in at_end.keys() | short.keys() if short else at_end:
                now = at_end.get(draw, 0)
                if draw in short:
                    now = _added(now, short[draw])
                if now - margin >= CAUSES:
                    found[draw] = now - margin
            if found:
                self._count(station, found)

    def _count(self, station: str, found: Late) -> None:
        if self.task.keep:
            self.late[station] = found
        self.causes[station] = Counter([late & CAUSES - 1 for late in found.values()])
        tally = self.tally.setdefault(regency_of(station), {})
        more = ONE_STATION + self.task.voters[station]
        for draw in found:
            tally[draw] = tally.get(draw, 0) + more

    # --- what strikes ---------------------------------------------------------------------

    def _mishaps(self, node: Node, unit: Unit, name: str) -> Late:
        """Return what mishaps of one kind cost this node, by draw."""
        found: Late = {}
        month = self._month(node.hops[0].start_s)
        ends = node.hops[0].regions + node.hops[-1].regions
        for number, shock in self.shocks:
            if shock.unit is unit and _concerns(shock, node.kind, node.mode, month, ends):
                _add_all(found, self._delays(number, shock, name, ends))
        return found

    def _boxes(self, node: Node, hop: Hop) -> Late:
        """Return how long a hop has to wait at its end for boxes, by draw."""
        found: Late = {}
        for station in hop.fetches:
            for draw, late in self._mishaps(node, Unit.BOX, station).items():
                found[draw] = max(found.get(draw, 0), late)
        return found

    def _shorts(self, hop: Hop, station: str) -> Late:
        found: Late = {}
        for number, shock in self.shocks:
            if shock.unit not in (Unit.KIT, Unit.KITS) or not _concerns(
                shock, "", None, self._month(hop.start_s), hop.regions
            ):
                continue
            if shock.unit is Unit.KIT:
                _add_all(found, self._delays(number, shock, station, hop.regions))
            else:
                _add_all(found, self._shared(number, shock, station, hop.regions))
        return found

    def _shared(
        self, number: int, shock: Shock, station: str, regions: tuple[RegionCode, ...]
    ) -> Late:
        """Return what a station loses by strokes that hit a share of its regency at once."""
        regency = regency_of(station)
        strokes = self.lots.get((number, regency))
        if strokes is None:
            rng = stream(self.task.seed, shock.name, regency)
            strokes = [
                (draw, shock.lasts.at(rng.random()))
                for draw in hits(shock.chance_ppm, self.task.draws, rng)
            ]
            self.lots[(number, regency)] = strokes
        own = stream(self.task.seed, shock.name, station)
        struck = (strokes[i] for i in hits(shock.share_permille * 1000, len(strokes), own))
        return self._costs(number, shock, struck, regions)

    def _delays(
        self, number: int, shock: Shock, name: str, regions: tuple[RegionCode, ...]
    ) -> Late:
        rng = stream(self.task.seed, shock.name, name)
        strokes = (
            (draw, shock.lasts.at(rng.random()))
            for draw in hits(shock.chance_ppm, self.task.draws, rng)
        )
        return self._costs(number, shock, strokes, regions)

    def _costs(
        self,
        number: int,
        shock: Shock,
        strokes: Iterable[tuple[int, int]],
        regions: tuple[RegionCode, ...],
    ) -> Late:
        """Return what strokes cost by draw, less what is prepared and who is sent."""
        cap = self._cap(shock, regions)
        found: Late = {}
        for draw, full_s in strokes:
            costs_s = min(full_s, cap) if cap >= 0 else full_s
            if self.task.rescues:
                costs_s = self.rescues.costs_s(shock, regions, draw, costs_s)
            if costs_s:
                found[draw] = costs_s * CAUSES + number
        return found

    def _cap(self, shock: Shock, regions: Iterable[RegionCode]) -> int:
        """Return what a shock costs at most there [s]; -1 where nothing is prepared."""
        caps = [
            r.at_most_s
            for r in self.task.reliefs
            if r.shock == shock.name and any(r.scope.covers(region) for region in regions)
        ]
        return min(caps, default=-1)

    def _weathers(self, node: Node, hop: Hop) -> tuple[Weather, ...]:
        """Return the weather of all shocks that can strike a hop."""
        found = []
        for number, shock in self.shocks:
            if not shock.unit.lasts or not _concerns(shock, node.kind, node.mode, 0, ()):
                continue
            # Work under a roof is struck only by what names its stage.
            if node.mode is None and node.kind not in shock.only:
                continue
            for where in _where(shock, hop):
                if (number, where) not in self.known:
                    self.known[(number, where)] = self._weather(number, shock, where)
                if self.known[(number, where)].by_draw:
                    found.append(self.known[(number, where)])
        return tuple(found)

    def _weather(self, number: int, shock: Shock, where: str) -> Weather:
        first = (self.first_s - shock.lasts.most_s) // DAY_S
        last = max(self.task.due_s, 0) // DAY_S
        days = (
            day
            for day in range(first, last + 1)
            if not shock.months or self._month(day * DAY_S) in shock.months
        )
        return weather(
            shock, number, where, days=days, draws=self.task.draws, seed=self.task.seed
        )

    def _month(self, moment_s: int) -> int:
        return day_of(moment_s, self.task.voting_day).month


def _concerns(
    shock: Shock, kind: str, mode: Mode | None, month: int, regions: tuple[RegionCode, ...]
) -> bool:
    """Say whether a shock is about that kind of work, mode, month and regions, as given."""
    return (
        (not shock.only or kind in shock.only)
        and (mode is None or not shock.modes or mode in shock.modes)
        and (not month or not shock.months or month in shock.months)
        and (not regions or any(shock.scope.covers(r) for r in regions))
    )


def _where(shock: Shock, hop: Hop) -> list[str]:
    """Return the regions, or the leg, of a hop that a shock strikes as a whole."""
    inside = [r for r in hop.regions if shock.scope.covers(r)]
    if shock.unit is Unit.LEG:
        return list(hop.legs) if inside else []
    level = shock.unit.value
    depth = _DEPTH[shock.unit]
    return sorted({str(r.at(level)) for r in inside if r.depth >= depth})


_DEPTH = {
    Unit.COUNTRY: 0,
    Unit.PROVINCE: 1,
    Unit.REGENCY: 2,
    Unit.SUBDISTRICT: 3,
    Unit.VILLAGE: 4,
}


def _added(one: int, two: int) -> int:
    """Return both delays together; the longer of the two is the main cause."""
    seconds = (one >> 8) + (two >> 8)
    cause = one & CAUSES - 1 if one >> 8 >= two >> 8 else two & CAUSES - 1
    return seconds * CAUSES + cause


def _add_all(found: Late, more: Late) -> None:
    for draw, late in more.items():
        found[draw] = _added(found[draw], late) if draw in found else late
