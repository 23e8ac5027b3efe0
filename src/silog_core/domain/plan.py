"""A plan: trips with their stops and loads, a schedule, findings, and where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import attrs

from silog_core.domain.allocation_result import Fairness
from silog_core.domain.demand import Commodity, Needs
from silog_core.domain.echelons import ECHELON_TRIPS as ECHELON_TRIPS  # noqa: PLC0414
from silog_core.domain.elections import Election
from silog_core.domain.explanation import Reason
from silog_core.domain.fields import sorted_texts, text, whole
from silog_core.domain.findings import Finding
from silog_core.domain.handover_rules import HandoverRule, HandoverRules
from silog_core.domain.items import Item
from silog_core.domain.legs import Mode
from silog_core.domain.lending import Lending, Transfer
from silog_core.domain.losses import Losses
from silog_core.domain.revotes import RevoteKit
from silog_core.domain.vehicles import Vehicle

#: Kinds of rest.
REST_KINDS = ("break", "night")


@attrs.frozen(kw_only=True)
class Load:
    """A quantity of one commodity in bulk, for one place."""

    commodity: Commodity
    quantity: int = attrs.field(validator=whole(1, "pieces"))
    #: Place that it is for.
    to: str = attrs.field(validator=text("a place code"))


@attrs.frozen(kw_only=True)
class Stop:
    """One halt of a trip: what is handed over there, and when.

    Times are seconds from 00:00 local time of the voting day, negative before it.
    """

    place: str = attrs.field(validator=text("a place code"))
    arrive_s: int
    depart_s: int
    #: Places whose sealed kits are handed over (or, on the way back, taken in) here.
    kits: tuple[str, ...] = ()
    #: Material in bulk that is handed over here.
    loads: tuple[Load, ...] = ()
    #: Places on the way to this one that the vehicle drives through without handing over.
    via: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Rest:
    """Time of a trip in which the vehicle stands and its crew rests."""

    #: ``break`` within a day, ``night`` over midnight.
    kind: str = attrs.field(validator=attrs.validators.in_(REST_KINDS))
    #: Where it stands; empty is on the way between two halts.
    place: str
    #: From when until when [s from 00:00 of voting day].
    from_s: int
    until_s: int


@attrs.frozen(kw_only=True)
class Trip:
    """One vehicle, out from its home and back."""

    id: str = attrs.field(validator=text("an id"))
    #: One of `ECHELON_TRIPS`.
    echelon: str = attrs.field(validator=attrs.validators.in_(ECHELON_TRIPS))
    vehicle: str = attrs.field(validator=text("a vehicle type"))
    mode: Mode = attrs.field(converter=Mode)
    home: str = attrs.field(validator=text("a place code"))
    stops: tuple[Stop, ...]
    #: Departure from home and return to it [s from 00:00 of voting day].
    depart_s: int
    back_s: int
    distance_m: int = attrs.field(validator=whole(0, "metres"))
    cost_rupiah: int = attrs.field(validator=whole(0, "rupiah"))
    mass_g: int = attrs.field(validator=whole(0, "grams"))
    volume_cm3: int = attrs.field(validator=whole(0, "cubic centimetres"))
    #: Latest departure at which every deadline below still holds [s].
    latest_depart_s: int
    #: Number of the vehicle within its type at its home, from 1.
    unit: int = attrs.field(default=1, validator=whole(1, "vehicles"))
    #: Rests of its crew, in order, where vehicles or nights have rules for them.
    rests: tuple[Rest, ...] = ()
    #: Who rides along, from its departure to its return.
    escorts: tuple[str, ...] = attrs.field(default=(), converter=sorted_texts)

    def way_to(self, stop: int) -> tuple[str, ...]:
        """Return the places from home to a stop, counted from 0; driven-through ones too.

        Example:
            >>> from silog_core.testing.worlds import small_world
            >>> trip = small_world().plan.trips[0]
            >>> trip.way_to(0) == (trip.home, *trip.stops[0].via, trip.stops[0].place)
            True
        """
        stops = self.stops[: stop + 1]
        return (self.home, *(code for s in stops for code in (*s.via, s.place)))


@attrs.frozen(kw_only=True)
class StageSlot:
    """One stage of the work at one place, from its start to its end [s]."""

    stage: str
    place: str
    start_s: int
    finish_s: int
    #: Latest start at which everything below is still on time [s].
    latest_start_s: int
    workers: int = 0
    #: Stage that determines the latest start of this one.
    critical_next: str = ""
    #: What is printed, and for whom; stages at warehouses are of all their goods.
    load: Load | None = None
    #: The how-many-th order of the same goods for the same place it is.
    turn: int = 1

    @property
    def step(self) -> str:
        """The name of the stage among the steps of a plan, such as ``kitting@12.01``."""
        name = f"{self.stage}@{self.place}"
        if self.load is None:
            return name
        again = f"+{self.turn}" if self.turn > 1 else ""
        return f"{name}:{self.load.commodity}>{self.load.to}{again}"

    @property
    def slack_s(self) -> int:
        """Time that the stage may slip [s]; below zero it is already too late."""
        return self.latest_start_s - self.start_s


@attrs.frozen(kw_only=True)
class Schedule:
    """Stages of all places, from the wide to the narrow."""

    stages: tuple[StageSlot, ...] = ()

    def at(self, place: str) -> tuple[StageSlot, ...]:
        """Return the stages at *place*, in the order of work."""
        return self._by_place.get(place, ())

    @cached_property
    def _by_place(self) -> Mapping[str, tuple[StageSlot, ...]]:
        found: dict[str, list[StageSlot]] = {}
        for slot in self.stages:
            found.setdefault(slot.place, []).append(slot)
        return {k: tuple(v) for k, v in found.items()}


@attrs.frozen(kw_only=True)
class Supply:
    """Which lot serves a place: one line of the allocation."""

    to: str
    commodity: Commodity
    quantity: int
    from_place: str
    lot: str
    #: Place codes on the way, both ends included.
    path: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Shortfall:
    """What a place does not get, with the reason and what would mend it."""

    place: str
    commodity: Commodity
    needed: int
    served: int
    #: ``supply``, ``leg-capacity``, ``area``, ``time``, ``floor`` or ``unreachable``.
    code: str
    reason: str
    reason_id: str
    action: str
    action_id: str

    @property
    def missing(self) -> int:
        """Pieces that are missing."""
        return self.needed - self.served


@attrs.frozen(kw_only=True)
class Allocation:
    """Who gets what from where: lines to warehouses, and the shares below them."""

    lines: tuple[Supply, ...] = ()
    #: Places below a warehouse that get less than they need: (place, commodity, served).
    short: tuple[tuple[str, Commodity, int], ...] = ()
    cost_rupiah: int = 0
    solver: str = ""
    #: Upper bound on how far the cost is above the optimum [per million].
    gap_ppm: int = 0
    #: How evenly all places are served: `by_place` by warehouse, `by_group` by the worst
    #: way to a place: road, water or remote. None where it was not measured.
    fairness: Fairness | None = None

    @cached_property
    def lines_to(self) -> Mapping[str, tuple[Supply, ...]]:
        """Lines by receiving place."""
        found: dict[str, list[Supply]] = {}
        for line in self.lines:
            found.setdefault(line.to, []).append(line)
        return {k: tuple(v) for k, v in found.items()}


@attrs.frozen(kw_only=True)
class Provenance:
    """What the plan was made with: the same again gives the same plan."""

    seed: int
    rules_digest: str
    #: Plugin name and version.
    plugins: tuple[tuple[str, str], ...] = ()
    #: Regions that were planned although a plugin for them failed.
    accepted_degraded: tuple[str, ...] = ()
    allocation_solver: str = ""
    routing_solver: str = ""
    #: Routing iterations for each problem.
    iterations: int = 0


@attrs.frozen(kw_only=True)
class RuleNote:
    """A rule as the plan cites it."""

    id: str
    formula: str
    source: str
    confidence: str


@attrs.frozen(kw_only=True)
class HandoverNote:
    """What hand-overs at one stage ask for, as the plan cites it."""

    stage: str
    asks: str
    source: str
    #: The rule itself, which the record of custody is held to.
    rule: HandoverRule | None = None


@attrs.frozen(kw_only=True)
class WaiverNote:
    """A rule that lifts a wider one, as the plan lists it."""

    rule: str
    waives: str
    source: str


@attrs.frozen(kw_only=True)
class UnservedKit:
    """A kit that no trip carries, with the reason."""

    kit: str
    echelon: str
    code: str
    reason: str
    reason_id: str
    action: str
    action_id: str


@attrs.frozen(kw_only=True)
class Plan:
    """The whole answer: needs, allocation, trips, schedule, findings, shortfalls."""

    title: str
    election: Election
    needs: Needs
    allocation: Allocation
    trips: tuple[Trip, ...]
    schedule: Schedule
    findings: tuple[Finding, ...]
    shortfalls: tuple[Shortfall, ...]
    #: What warehouses could lend each other to mend shortfalls; the plan does not do it.
    lending: Lending = attrs.field(factory=Lending)
    #: Transfers between warehouses that the plan carries out.
    lent: tuple[Transfer, ...] = ()
    #: What was lost since the plan was made first.
    losses: Losses = attrs.field(factory=Losses)
    #: Stations that vote again, with their new kits, and the trips of those, out and back.
    revotes: tuple[RevoteKit, ...] = ()
    revote_trips: tuple[Trip, ...] = ()
    #: What the new kits lack of goods that are no ballots.
    revote_shortfalls: tuple[Shortfall, ...] = ()
    unserved: tuple[UnservedKit, ...] = ()
    #: Name of each place, for people.
    names: tuple[tuple[str, str], ...] = ()
    #: Supplying place of each place.
    parents: tuple[tuple[str, str], ...] = ()
    rules: tuple[RuleNote, ...] = ()
    handovers: tuple[HandoverNote, ...] = ()
    #: Rules of regions that lift wider ones.
    waivers: tuple[WaiverNote, ...] = ()
    #: Items and vehicle types that it counts with.
    items: tuple[Item, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    provenance: Provenance
    estimates: tuple[str, ...] = ()

    @cached_property
    def trips_to(self) -> Mapping[str, tuple[Trip, ...]]:
        """Trips that carry the kit of each place, in the order of the way."""
        found: dict[str, list[Trip]] = {}
        for trip in self.trips:
            for stop in trip.stops:
                for kit in stop.kits:
                    found.setdefault(kit, []).append(trip)
        order = {name: i for i, name in enumerate(ECHELON_TRIPS)}
        return {k: tuple(sorted(v, key=lambda t: order[t.echelon])) for k, v in found.items()}

    @cached_property
    def handover_rules(self) -> HandoverRules:
        """What hand-overs ask for at each place, by the rules of its own region."""
        return HandoverRules(tuple(n.rule for n in self.handovers if n.rule is not None))

    @cached_property
    def name_of(self) -> Mapping[str, str]:
        """Names by place code."""
        return dict(self.names)

    @cached_property
    def parent_of(self) -> Mapping[str, str]:
        """Supplying place by place code."""
        return dict(self.parents)

    def explain(self, place: str, *, lang: str = "en") -> Reason:
        """Return why *place* gets what it gets, and when, as a tree.

        Raises:
            FieldError: The plan has no such place.
        """
        from silog_core.domain.plan_reasons import explain_place

        return explain_place(self, place, lang=lang)
