"""The built-in checks of a plan: pure, each finding with what would help."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from silog_core.domain.calendar import day_of
from silog_core.domain.demand import Commodity
from silog_core.domain.findings import Finding, Severity
from silog_core.domain.items import Confidence
from silog_core.domain.places import PlaceKind
from silog_core.domain.plan import Plan, Shortfall, UnservedKit
from silog_core.domain.scenario import Scenario
from silog_core.domain.stages import WORK
from silog_core.network.reach import single_ways, unreachable
from silog_core.network.upper import upper_legs
from silog_core.risk.behind import behind
from silog_core.risk.finding_texts import say
from silog_core.risk.labour import work_done_in_time
from silog_core.risk.returns import late_returns
from silog_core.risk.storage import kits_within_storage
from silog_core.rules.book import RuleBook

#: Stage whose window a place has to keep, by its kind.
_STAGE_OF = {
    PlaceKind.STATION: "at-station",
    PlaceKind.VILLAGE: "at-village",
    PlaceKind.HUB: "at-hub",
}
_DAY_S = 86_400


def timely_stops(scenario: Scenario, book: RuleBook, plan: Plan) -> Iterator[Finding]:
    """Find stops after their deadline, or before their window opens."""
    weight = behind(scenario)
    for trip in plan.trips:
        if trip.echelon.startswith(("return", "line")):
            continue
        for stop in trip.stops:
            place = scenario.by_code[stop.place]
            rule = book.stage_window(_STAGE_OF.get(place.kind, ""), place.region)
            closes_s = 0
            opens_s = stop.arrive_s
            if rule is not None:
                closes_s = -rule.last_days_before * _DAY_S + rule.last_hour * 3600
                opens_s = -rule.first_days_before * _DAY_S + rule.first_hour * 3600
            voters, stations = weight[stop.place]
            if stop.depart_s > closes_s:
                yield say(
                    "late-stop", Severity.BLOCK, place, voters=voters, stations=stations,
                    trip=trip.id, hours=-(-(stop.depart_s - closes_s) // 3600),
                )  # fmt: skip
            elif stop.arrive_s < opens_s:
                yield say(
                    "too-early", Severity.WARN, place, voters=voters, stations=stations,
                    trip=trip.id, hours=-(-(opens_s - stop.arrive_s) // 3600),
                )  # fmt: skip


def timely_stages(scenario: Scenario, book: RuleBook, plan: Plan) -> Iterator[Finding]:
    """Find stages that start later than they may: their slack is below zero."""
    del book
    weight = behind(scenario)
    for slot in plan.schedule.stages:
        if slot.slack_s < 0:
            voters, stations = weight[slot.place]
            yield say(
                "late-stage", Severity.SERIOUS, scenario.by_code[slot.place],
                voters=voters, stations=stations, stage=slot.stage,
                hours=-(slot.slack_s // 3600),
            )  # fmt: skip


def stages_in_windows(scenario: Scenario, book: RuleBook, plan: Plan) -> Iterator[Finding]:
    """Find printing, and work at warehouses, outside the window of its stage.

    These windows move nothing, since the latest start follows from the deadline, but
    whoever planned the hall and the guards by them has to know. One that is an estimate
    says when the work usually runs: a plan that works as late as it may need not keep it.
    """
    weight = behind(scenario)
    for slot in plan.schedule.stages:
        if slot.stage not in ("print", *WORK, "dispatch"):
            continue
        place = scenario.by_code[slot.place]
        rule = book.stage_window(slot.stage, place.region)
        if rule is None or rule.confidence is Confidence.ESTIMATE:
            continue
        opens_s = -rule.first_days_before * _DAY_S + rule.first_hour * 3600
        closes_s = -rule.last_days_before * _DAY_S + rule.last_hour * 3600
        voters, stations = weight[slot.place]
        for outside_s, side, side_id in (
            (opens_s - slot.start_s, "too early", "terlalu awal"),
            (slot.finish_s - closes_s, "too late", "terlalu akhir"),
        ):
            if outside_s > 0:
                yield say(
                    "stage-window", Severity.INFO, place, voters=voters, stations=stations,
                    stage=slot.stage, hours=-(-outside_s // 3600), side=side, side_id=side_id,
                )  # fmt: skip


def unserved_kits(scenario: Scenario, book: RuleBook, plan: Plan) -> Iterator[Finding]:
    """Find kits that nobody carries, one finding for each hub and reason."""
    del book
    weight = behind(scenario)
    groups: dict[tuple[str, str], list[UnservedKit]] = {}
    for kit in plan.unserved:
        parent = scenario.by_code[kit.kit].parent or kit.kit
        groups.setdefault((parent, kit.code), []).append(kit)
    for (parent, _code), kits in sorted(groups.items()):
        places = [scenario.by_code[k.kit] for k in kits]
        first = kits[0]
        # Without its goods a warehouse serves nobody; a hub's own kit is its own affair.
        weights = [
            weight[p.code]
            if p.kind is PlaceKind.WAREHOUSE
            else (p.voters, int(p.kind is PlaceKind.STATION))
            for p in places
        ]
        yield say(
            "not-carried", Severity.BLOCK, scenario.by_code.get(parent, places[0]),
            voters=sum(voters for voters, _ in weights),
            stations=sum(stations for _, stations in weights),
            count=len(kits), reason=first.reason, reason_id=first.reason_id,
            action=first.action, action_id=first.action_id,
        )  # fmt: skip


def shortages(scenario: Scenario, book: RuleBook, plan: Plan) -> Iterator[Finding]:
    """Find what is missing, one finding for each warehouse and commodity."""
    del book
    groups: dict[tuple[str, Commodity], list[Shortfall]] = {}
    for gap in plan.shortfalls:
        code = gap.place
        while code and scenario.by_code[code].kind is not PlaceKind.WAREHOUSE:
            code = scenario.by_code[code].parent
        groups.setdefault((code or gap.place, gap.commodity), []).append(gap)
    ballots = {c.item for c in plan.needs.columns if c.contest is not None and not c.reserve}
    for (code, ware), gaps in sorted(groups.items(), key=lambda x: (x[0][0], str(x[0][1]))):
        places = [scenario.by_code[g.place] for g in gaps]
        yield say(
            "short", Severity.BLOCK if ware.item in ballots else Severity.SERIOUS,
            scenario.by_code[code],
            voters=sum(p.voters for p in places),
            stations=sum(p.kind is PlaceKind.STATION for p in places),
            count=len(gaps), item=str(ware), missing=sum(g.missing for g in gaps),
            action=gaps[0].action, action_id=gaps[0].action_id,
        )  # fmt: skip


def ways_in(scenario: Scenario, book: RuleBook, plan: Plan) -> Iterator[Finding]:
    """Find warehouses that cannot be reached, and single ways by the voters behind."""
    legs = upper_legs(scenario, book)
    month = plan.election.voting_day.month
    open_legs = [g for g in legs if month not in g.months_closed]
    closed = [g for g in legs if month in g.months_closed]
    suppliers = [p.code for p in scenario.of_kind(PlaceKind.SUPPLIER)]
    sources = suppliers or [lot.place for lot in scenario.stock]
    if not sources:
        return  # every warehouse is its own source
    weight = behind(scenario)
    wanted = [p.code for p in scenario.of_kind(PlaceKind.WAREHOUSE)]
    for lost in unreachable(wanted, open_legs, sources, closed=closed):
        voters, stations = weight[lost.place]
        yield say(
            "unreachable", Severity.BLOCK, scenario.by_code[lost.place],
            voters=voters, stations=stations,
            cut=", ".join(f"{a} - {b}" for a, b in lost.cut) or "-",
        )  # fmt: skip
    for way in single_ways(open_legs, sources):
        places = [scenario.by_code[c] for c in way.behind]
        served = [p for p in places if p.kind is PlaceKind.WAREHOUSE]
        voters = sum(weight[p.code][0] for p in served)
        if not voters:
            continue
        yield say(
            "single-way-in", Severity.INFO, scenario.by_code[way.head],
            voters=voters, stations=sum(weight[p.code][1] for p in served),
            way=f"{way.tail} - {way.head}", count=len(served), modes=", ".join(way.modes),
        )  # fmt: skip


def closed_ways(scenario: Scenario, book: RuleBook, plan: Plan) -> Iterator[Finding]:
    """Find trips that set out in a month in which a given leg of theirs is closed."""
    del book
    closed = {
        (frozenset((g.tail, g.head)), g.mode): g for g in scenario.legs if g.months_closed
    }
    if not closed:
        return
    weight = behind(scenario)
    for trip in plan.trips:
        for number, stop in enumerate(trip.stops):
            legs = [
                leg
                for ends in pairwise(trip.way_to(number)[-2 - len(stop.via) :])
                if (leg := closed.get((frozenset(ends), trip.mode))) is not None
            ]
            month = day_of(stop.arrive_s, plan.election.voting_day).month
            for leg in (leg for leg in legs if month in leg.months_closed):
                voters, stations = weight[stop.place]
                yield say(
                    "closed-leg", Severity.BLOCK, scenario.by_code[stop.place],
                    voters=voters, stations=stations, trip=trip.id, modes=leg.mode.value,
                )  # fmt: skip


def loads(scenario: Scenario, book: RuleBook, plan: Plan) -> Iterator[Finding]:
    """Find trips that carry more than their vehicle takes, in mass or in room."""
    del book
    vehicles = {v.type: v for v in plan.vehicles}
    own = {(e.home, e.vehicle.type): e.vehicle for e in scenario.fleet}
    for trip in plan.trips:
        vehicle = own.get((trip.home, trip.vehicle)) or vehicles.get(trip.vehicle)
        if vehicle is None:
            continue
        permille = max(
            trip.mass_g * 1000 // vehicle.payload_g,
            trip.volume_cm3 * 1000 // vehicle.volume_cm3,
        )
        if trip.mass_g > vehicle.payload_g or trip.volume_cm3 > vehicle.volume_cm3:
            yield say(
                "over-capacity", Severity.BLOCK, scenario.by_code[trip.stops[0].place],
                trip=trip.id, share=f"{permille / 10:.1f} %", vehicle=vehicle.type,
            )  # fmt: skip


def station_sizes(scenario: Scenario, book: RuleBook, plan: Plan) -> Iterator[Finding]:
    """Find stations with more voters than the law allows."""
    del plan
    for place in scenario.of_kind(PlaceKind.STATION):
        cap = book.station_cap(place.region)
        if cap is not None and place.voters > cap.max_voters:
            yield say(
                "over-cap", Severity.SERIOUS, place, voters=place.voters, stations=1,
                count=place.voters, cap=cap.max_voters,
            )  # fmt: skip


#: Checks by name, in the order in which they run.
BUILT_IN = {
    "timely-stops": timely_stops,
    "timely-stages": timely_stages,
    "stages-in-windows": stages_in_windows,
    "work-done-in-time": work_done_in_time,
    "kits-within-storage": kits_within_storage,
    "late-returns": late_returns,
    "unserved-kits": unserved_kits,
    "shortages": shortages,
    "ways-in": ways_in,
    "closed-ways": closed_ways,
    "loads": loads,
    "station-sizes": station_sizes,
}
