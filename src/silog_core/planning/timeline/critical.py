"""Latest starts, exact to the second, and the chain of steps that fixes one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from silog_core.domain.calendar import DAY_S
from silog_core.domain.locale import moment
from silog_core.domain.plan import Plan
from silog_core.domain.scenario import Scenario
from silog_core.domain.timeline import CriticalPath, Step
from silog_core.errors import PlanningError
from silog_core.planning.hours import BEFORE_DAYS
from silog_core.planning.timeline.network import Network, Node, network_of
from silog_core.rules.book import RuleBook

_LONG_AGO_S = -BEFORE_DAYS * DAY_S
_WHY = {
    "window": (
        "{at} must have it by {when}",
        "{at} harus sudah menerima paling lambat {when}",
    ),
    "step": ("{at} must begin by {when}", "{at} harus mulai paling lambat {when}"),
    "press": (
        "{at} must begin on the same press by {when}",
        "{at} harus mulai di mesin cetak yang sama paling lambat {when}",
    ),
    "vehicle": (
        "{at} must leave with its vehicle by {when}",
        "{at} harus berangkat dengan kendaraannya paling lambat {when}",
    ),
    "escort": (
        "{at} must leave with its escorts by {when}",
        "{at} harus berangkat dengan pengawalnya paling lambat {when}",
    ),
}

Bound = tuple[int, int, str]


def latest_starts(network: Network) -> Mapping[str, tuple[int, Bound | None]]:
    """Return for each step the latest start, and the bound that one second more breaks."""
    found: dict[str, tuple[int, Bound | None]] = {}
    for node in reversed(list(network.nodes.values())):
        at = {link.to: found[link.to][0] for link in node.next}
        found[node.id] = latest_start(node, list(node.bounds(at)))
    return found


def latest_start(node: Node, bounds: Iterable[Bound]) -> tuple[int, Bound | None]:
    """Return the latest start at which a step keeps all bounds, and the one that binds.

    What starts later never ends earlier, so the last good second can be bisected.
    """
    wanted = sorted(bounds, key=lambda b: (b[1], b[2]))
    if not wanted:
        return node.times[0], None

    def broken(start_s: int) -> Bound | None:
        run = node.clock.run(start_s)
        if run is None:
            return wanted[0]
        return next((b for b in wanted if run[b[0]] > b[1]), None)

    good, bad = _LONG_AGO_S, wanted[0][1] + 1
    near = bad - 3 * DAY_S
    if near > good and broken(near) is None:
        good = near
    elif broken(good) is not None:
        return good, broken(good)
    while bad - good > 1:
        middle = (good + bad) // 2
        if broken(middle) is None:
            good = middle
        else:
            bad = middle
    return good, broken(good + 1)


def critical_path(
    scenario: Scenario, book: RuleBook, plan: Plan, place: str = ""
) -> CriticalPath:
    """Return the chain of trips, work and hand-overs that fixes when all has to begin.

    It starts with the step that has least slack among those that wait for no other, and
    each step is followed by the one that fixes its latest start, up to a window that
    closes. Slack is *free* where a step can use it while all others go as planned; the
    rest is *shared* with later steps, who own it.

    Args:
        scenario: What was planned for.
        book: Rules of the regions.
        plan: The plan.
        place: A station, village, hub or warehouse; empty for the plan as a whole.

    Raises:
        PlanningError: No step of the plan serves that place.

    Example:
        >>> from silog_core.testing.worlds import small_world
        >>> world = small_world()
        >>> path = critical_path(world.scenario, world.book, world.plan, "12.01.01.1001-001")
        >>> [step.kind for step in path.steps][1:]
        ['sort-fold', 'kitting', 'warehouse-hub', 'hub-village', 'village-station']
        >>> path.ends_at, path.deadline_s, path.slack_s == path.steps[0].slack_s
        ('12.01.01.1001-001', 0, True)
    """
    network = network_of(scenario, book, plan, place=place)
    if not network.nodes:
        raise PlanningError(
            f"no step of the plan serves {place or 'anybody'}",
            "name a place that the plan serves, such as 12.71.01.1001-001",
        )
    latest = latest_starts(network)
    first = min(network.first, key=lambda n: (latest[n.id][0] - n.times[0], n.times[0], n.id))
    steps: list[Step] = []
    at, end, deadline_s = first.id, "", 0
    while at:
        node = network.nodes[at]
        latest_s, bound = latest[at]
        steps.append(_step(network, plan, node, latest_s, bound))
        at = bound[2] if bound and bound[2] in network.nodes else ""
        if bound and not at:
            end, deadline_s = bound[2], bound[1]
    return CriticalPath(place=place, steps=tuple(steps), ends_at=end, deadline_s=deadline_s)


def _step(
    network: Network, plan: Plan, node: Node, latest_s: int, bound: Bound | None
) -> Step:
    planned = {link.to: network.nodes[link.to].times[0] for link in node.next}
    free_s = latest_start(node, list(node.bounds(planned)))[0] - node.times[0]
    event, bound_s, other = bound or (len(node.times) - 1, node.times[-1], "")
    to = node.place
    if node.trip is not None and 0 < event <= 2 * len(node.trip.stops):
        to = node.trip.stops[(event - 1) // 2].place
    kind = "window"
    if other in network.nodes:
        links = [x for x in node.next if x.to == other and x.event == event]
        link = max(links, key=lambda x: x.wait_s)
        kind, bound_s = link.kind, bound_s + link.wait_s
    election = plan.election
    en, ind = (
        text.format(
            at=f"{other} {plan.name_of.get(other, '')}".strip(),
            when=moment(
                bound_s, election.voting_day, lang=lang, offset_min=election.utc_offset_min
            ),
        )
        for text, lang in zip(_WHY[kind], ("en", "id"), strict=True)
    )
    return Step(
        id=node.id, kind=node.kind, place=node.place, to=to, start_s=node.times[0],
        finish_s=node.times[event], latest_start_s=latest_s, free_s=free_s,
        bound_by=other, why=en, why_id=ind,
    )  # fmt: skip
