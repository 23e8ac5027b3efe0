"""The honest story of an election's material: what each office records, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import attrs

from silog_core.domain.calendar import DAY_S
from silog_core.domain.custody_events import Count, Measure, Quantity
from silog_core.domain.custody_roles import Party, Role
from silog_core.domain.demand import Commodity
from silog_core.domain.handover_rules import HandoverRules
from silog_core.domain.plan import Plan, Trip

HOUR_S = 3600
OFFSET_MIN = 420
SHEETS_A_CARTON = 2_000
#: Echelons of a plan, in the order of the way, and the event with which each ends.
HANDOVERS = (
    ("warehouse-hub", "received-hub"),
    ("hub-village", "received-village"),
    ("village-station", "received-station"),
    ("return-station-village", "returned-village"),
    ("return-village-hub", "returned-hub"),
    ("return-hub-warehouse", "returned-regency"),
)
#: Trips of the same level to, or from, where boxes change vehicles.
LANDINGS = {
    "warehouse-hub": "warehouse-landing",
    "hub-village": "hub-landing",
    "village-station": "village-landing",
    "return-station-village": "return-landing-village",
    "return-village-hub": "return-landing-hub",
    "return-hub-warehouse": "return-landing-warehouse",
}
#: Where a plan has no trip: seconds from 00:00 of the voting day.
_USUAL_S = {
    "warehouse-hub": -4 * DAY_S,
    "hub-village": -3 * DAY_S,
    "village-station": -DAY_S - 6 * HOUR_S,
    "return-station-village": 19 * HOUR_S,
    "return-village-hub": 30 * HOUR_S,
    "return-hub-warehouse": 4 * DAY_S,
}


@attrs.define
class Step:
    """One event before it has its number; *fields* are those of the event."""

    device: str
    when_s: int
    kind: str
    fields: dict[str, Any]
    #: Time that a wrong clock shows instead.
    told_s: int | None = None
    #: Told twice under one number, in two versions.
    forked: bool = False
    #: Recorded, and gone from the device's log.
    lost: bool = False


@attrs.define
class Way:
    """The way of the boxes of one station, out and back."""

    station: str
    regency: str
    #: Ballot of each box, and the sheets that it holds.
    boxes: dict[str, tuple[Commodity, int]]
    committees: tuple[Party, Party, Party]
    steps: list[Step]

    def step(self, kind: str, box: str = "") -> Step:
        """Return the step of a kind, of one box where each has its own."""
        return next(s for s in self.steps if s.kind == kind and (not box or box in named(s)))

    def before(self, kind: str) -> Step:
        """Return the step with which boxes leave for a receipt: at a landing, or that one."""
        between = [s for s in self.steps if s.kind == f"{kind}-landing"]
        return between[0] if between else self.step(kind)

    def drop(self, step: Step) -> None:
        """Leave a step out."""
        self.steps.remove(step)


def named(step: Step) -> tuple[str, ...]:
    """Return the boxes that a step names."""
    box = step.fields.get("container")
    return (box,) if box else step.fields.get("units", ())


@attrs.define
class Regency:
    """One warehouse: its offices, its lots, and the ways of its stations."""

    code: str
    clerks: tuple[str, ...]
    steps: list[Step]
    ways: list[Way]
    #: Devices, of any regency, whose logs already have a fault.
    faulty: set[str]
    #: What hand-overs ask for.
    rules: HandoverRules

    @property
    def clerk(self) -> Party:
        """Who works the warehouse."""
        return Party(Role.OPERATOR, self.code)


@attrs.frozen(kw_only=True)
class Ballots:
    """Sheets of one ballot for each station of a regency."""

    contest: str
    commodity: Commodity
    sheets: Mapping[str, int]


def watcher(regency: str) -> Party:
    """Return the supervisor who watches in a regency."""
    return Party(Role.SUPERVISOR, f"Bawaslu {regency}")


def police(regency: str) -> Party:
    """Return the police who guard in a regency."""
    return Party(Role.POLICE, f"Polres {regency}")


def supply(
    regency: Regency, ballots: Ballots, spare: int, vote_s: int, *, number: int
) -> None:
    """Tell how the sheets of one ballot come to the warehouse, and what is left of them."""
    code, device, clerk = regency.code, regency.clerks[0], regency.clerk
    head, officer = Party(Role.LOGISTICS_HEAD, code), Party(Role.COMMITMENT_OFFICER, code)
    secretary, watch = Party(Role.SECRETARY, code), watcher(code)
    supplier = Party(Role.SUPPLIER, f"PT Cetak {number}")
    carrier = Party(Role.CARRIER, f"CV Angkut {number}")
    needed = sum(ballots.sheets.values())
    what, lot = ballots.commodity, f"LOT-{code}-{ballots.contest}"
    total, paper = needed + spare, f"{code}/{ballots.contest}"
    goods: dict[str, Any] = {"quantities": (Quantity(what, total, lot),)}
    due = datetime.fromtimestamp(vote_s, UTC) + timedelta(minutes=OFFSET_MIN, days=-25)
    offer = {
        "method": "e-catalogue",
        "supplier": supplier.office,
        "unit-price-rupiah": 380 + 5 * number,
        "price-source": "e-catalogue of the procurement agency",
        "due": due.date().isoformat(),
        "needed": needed,
    }
    budget = (("budget-rupiah", total * 500),)

    def say(day: int, kind: str, author: Party, **fields: Any) -> None:
        when_s = vote_s + day * DAY_S + number * 60
        regency.steps.append(
            Step(device, when_s, kind, {"author": author, "place": code, **fields})
        )

    say(-60, "need-stated", clerk, quantities=(Quantity(what, needed, lot),))
    say(-58, "budgeted", secretary, document=f"DIPA/{paper}", facts=budget, **goods)
    say(-55, "ordered", officer, document=f"SP/{paper}", facts=tuple(offer.items()), **goods)
    say(-54, "order-approved", secretary, document=f"SP/{paper}", **goods)
    parties = {"giver": supplier, "receiver": officer}
    say(-50, "contract-signed", officer, document=f"K/{paper}", **parties, **goods)
    say(-40, "produced", officer, document=f"SP/{paper}", **goods)
    say(-38, "quality-passed", officer, witnesses=(head,), document=f"QC/{paper}", **goods)
    parties = {"giver": supplier, "receiver": carrier}
    note = f"SJ/{paper}"
    cartons = tuple(f"{lot}/C{at:03d}" for at in range(1, 2 + total // SHEETS_A_CARTON))
    packed = (("cartons", len(cartons)),)
    goods["units"] = cartons
    say(-36, "shipped", officer, document=note, facts=packed, **parties, **goods)
    counts = (Count(what, Measure.NOTE, total), Count(what, Measure.GOOD, total))
    came = {"giver": carrier, "receiver": clerk, "witnesses": (watch, police(code))}
    came |= {"counts": counts, "facts": (("delivery-note", note),)}
    say(-28, "received", clerk, document=f"BTTB/{paper}", **came, **goods)
    del goods["units"]
    say(-27, "accepted", officer, witnesses=(secretary,), document=f"BAST/{paper}", **goods)
    sorted_out = (Count(what, Measure.GOOD, total),)
    say(-24, "sorted", clerk, witnesses=(head,), counts=sorted_out)
    say(-20, "folded", clerk, **goods)
    if spare:
        left = (Quantity(what, spare, lot),)
        say(
            -1,
            "destroyed",
            clerk,
            witnesses=(head, watch),
            document=f"BA-MUSNAH/{paper}",
            reason="surplus on the day before the vote",
            quantities=left,
        )


@attrs.frozen(kw_only=True)
class Times:
    """When the boxes of a station change hands: as the plan's trips say."""

    plan: Plan
    vote_s: int

    def of(self, station: str) -> tuple[int, dict[str, int], str]:
        """Return the departure, the time of each hand-over, and who drives first."""
        trips = {trip.echelon: trip for trip in self.plan.trips_to.get(station, ())}
        first = trips.get("warehouse-landing") or trips.get("warehouse-hub")
        start = first.depart_s if first else _USUAL_S["warehouse-hub"] - HOUR_S
        vehicle = f"{first.vehicle} {first.id}" if first else "truck"
        last, found = self.vote_s + start, {}
        for echelon, kind in HANDOVERS:
            way = _level(trips, echelon)
            if kind == "returned-village":
                last = max(last, self.vote_s + 18 * HOUR_S)
            if len(way) > 1:
                last = max(last + 60, self.vote_s + _done_s(way[0], station))
                found[f"{kind}-landing"] = last
            moment = _done_s(way[-1], station) if way else _USUAL_S[echelon]
            last = max(last + 60, self.vote_s + moment)
            found[kind] = last
        return self.vote_s + start, found, vehicle

    def landings(self, station: str) -> dict[str, tuple[str, str]]:
        """Return where boxes change vehicles, by the receipt after it, and who drives on."""
        trips = {trip.echelon: trip for trip in self.plan.trips_to.get(station, ())}
        found = {}
        for echelon, kind in HANDOVERS:
            way = _level(trips, echelon)
            if len(way) > 1:
                place = way[0].home if echelon.startswith("return") else way[1].home
                found[kind] = place, f"{way[1].vehicle} {way[1].id}"
        return found


def _level(trips: Mapping[str, Trip], echelon: str) -> list[Trip]:
    """Return the trips of a level in the order of the way: two where there is a landing."""
    names = [LANDINGS[echelon], echelon]
    if echelon.startswith("return"):
        names.reverse()
    return [trips[name] for name in names if name in trips]


def _done_s(trip: Trip, station: str) -> int:
    """Return when a trip hands the boxes of a station over [s from 00:00 of voting day]."""
    stop = next(s for s in trip.stops if station in s.kits)
    return trip.back_s if trip.echelon.startswith("return") else stop.depart_s


def station_way(
    regency: Regency,
    station: str,
    hub_device: str,
    committees: tuple[Party, Party, Party],
    held: Sequence[tuple[str, Commodity, int]],
    *,
    voters: int,
    times: Times,
    random: Random,
    at: int,
) -> Way:
    """Tell how the boxes of one station go out, are used and come back, without a fault.

    Args:
        regency: The warehouse that packs.
        station: Code of the station.
        hub_device: Device that the offices below the warehouse record with.
        committees: Those of the subdistrict, the village and the station.
        held: Contest, ballot and sheets of each box.
        voters: Voters on the list of the station.
        times: When the boxes change hands.
        random: Draws turnout and spoiled ballots.
        at: Number of the station in its regency, from 0.
    """
    hub, village, table = committees
    clerk, watch = regency.clerk, watcher(regency.code)
    head = Party(Role.LOGISTICS_HEAD, regency.code)
    device, vote_s = regency.clerks[at % len(regency.clerks)], times.vote_s
    boxes = {f"BOX-{station}-{contest}": (what, n) for contest, what, n in held}
    way = Way(station, regency.code, boxes, committees, [])

    def say(where: str, when_s: int, kind: str, author: Party, **fields: Any) -> None:
        way.steps.append(Step(where, when_s, kind, {"author": author, **fields}))

    pack_s = vote_s - 14 * DAY_S + at * 60
    here = {"place": regency.code}
    for n, (contest, what, sheets) in enumerate(held):
        box, t = f"BOX-{station}-{contest}", pack_s + 20 * n
        content = (Quantity(what, sheets, f"LOT-{regency.code}-{contest}"),)
        kitted = {"container": box, "destination": station, "quantities": content}
        say(device, t, "kitted", clerk, **kitted, **here)
        say(device, t + 4, "packed", clerk, units=(box,), witnesses=(head,), **here)
        seals = (f"{box}/1", f"{box}/2")
        sealed = {"units": (box,), "witnesses": (watch,), "seals_applied": seals}
        say(device, t + 8, "sealed", clerk, **sealed, **here)
    start_s, moments, vehicle = times.of(station)
    carrier, both = Party(Role.CARRIER, vehicle), tuple(boxes)
    paper = f"BAST-{station}"
    seen = {"witnesses": (watch, police(regency.code))}
    sent = {"giver": clerk, "receiver": carrier, **seen, **_read(both, "/1", "/2")}
    sent["facts"] = (("escort", f"police:Polres {regency.code}"),)
    say(device, start_s, "dispatched", clerk, units=both, document=paper, **sent, **here)
    takers = (hub, village, table, village, hub, clerk)
    giver, landings = carrier, times.landings(station)
    for (_echelon, kind), taker in zip(HANDOVERS, takers, strict=True):
        if kind == "returned-village":
            _use(way, say, hub_device, held, vote_s, voters, random, watch)
            giver = table
            seen |= _read(both, "/3")
        elif kind == "received-hub":
            seen |= _read(both, "/1", "/2")
        if kind in landings:
            place, driver = landings[kind][0], Party(Role.CARRIER, landings[kind][1])
            handed = {"giver": giver, "receiver": driver, "place": place, **seen}
            between = f"{kind}-landing"
            say(
                hub_device,
                moments[between],
                between,
                driver,
                units=both,
                document=paper,
                **handed,
            )
            giver = driver
        where = device if taker is clerk else hub_device
        handed = {"giver": giver, "receiver": taker, "place": taker.office, **seen}
        say(where, moments[kind], kind, taker, units=both, document=paper, **handed)
        giver = taker
    done_s = moments["returned-regency"] + DAY_S
    say(device, done_s, "archived", clerk, units=both, **here)
    return way


def _read(boxes: tuple[str, ...], *seals: str) -> dict[str, Any]:
    """Return what both sides of a hand-over read on boxes."""
    told = tuple(sorted((box, tuple(f"{box}{seal}" for seal in seals)) for box in boxes))
    return {"seals_given": told, "seals_taken": told}


def _use(
    way: Way,
    say: Any,
    device: str,
    held: Sequence[tuple[str, Commodity, int]],
    vote_s: int,
    voters: int,
    random: Random,
    watch: Party,
) -> None:
    table, at = way.committees[2], {"place": way.station}
    came = voters * random.randint(40, 75) // 100
    for n, (contest, what, sheets) in enumerate(held):
        box, t = f"BOX-{way.station}-{contest}", vote_s + 7 * HOUR_S + 30 * n
        seen = {"units": (box,), "witnesses": (watch,), **at}
        off = (f"{box}/1", f"{box}/2")
        say(device, t, "opened", table, seals_removed=off, **seen)
        say(
            device,
            t + 7 * HOUR_S,
            "counted",
            table,
            counts=tuple(_counts(what, sheets, min(came, sheets), random)),
            document=f"C-HASIL/{way.station}/{contest}",
            witnesses=(watch,),
            **at,
        )
        say(device, t + 8 * HOUR_S, "resealed", table, seals_applied=(f"{box}/3",), **seen)


def _counts(what: Commodity, sheets: int, used: int, random: Random) -> list[Count]:
    spoiled = min(random.choice((0, 0, 0, 0, 1)), sheets - used)
    invalid = min(used, random.randint(0, 12))
    told = {
        Measure.RECEIVED: sheets,
        Measure.USED: used,
        Measure.SPOILED: spoiled,
        Measure.UNUSED: sheets - used - spoiled,
        Measure.VALID: used - invalid,
        Measure.INVALID: invalid,
        Measure.SIGNATURES: used,
        Measure.VOTERS_LISTED: used,
    }
    return [Count(what, measure, pieces) for measure, pieces in told.items()]
