"""The rule book: what holds where, for one election on one day."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import attrs

from silog_core.domain.calendar_rules import DayOff, StageWindow
from silog_core.domain.contributions import Contribution
from silog_core.domain.elections import ElectionKind
from silog_core.domain.explanation import Reason
from silog_core.domain.handover_rules import HandoverRule
from silog_core.domain.items import Item
from silog_core.domain.legs import Mode
from silog_core.domain.needs_rules import ItemRule, NeedsRule, StationCap
from silog_core.domain.places import PlaceKind
from silog_core.domain.regions import COUNTRY, RegionCode, RegionTable, as_region
from silog_core.domain.travel_rules import (
    AccessRule,
    Closure,
    SpeedRule,
    TypicalVehicle,
    VehicleLimit,
)
from silog_core.domain.vehicles import Vehicle
from silog_core.rules.conflicts import raise_all
from silog_core.rules.entry import SCENARIO, Entry, by_topic, in_force
from silog_core.rules.minimums import check_minimums
from silog_core.rules.reasons import candidates, explain_rules
from silog_core.rules.scopes import ScopeIndex
from silog_core.rules.ties import check_ties
from silog_core.rules.windows import tightest

T = TypeVar("T")


@attrs.frozen(kw_only=True, eq=False, slots=False)
class RuleBook:
    """Rules of one election on one day; made by `build_rule_book`.

    Frozen and picklable, so that it travels to worker processes. Two books are equal
    when their digests are. Look-ups cost a dictionary access, whatever the number of
    places.
    """

    #: Every rule with its author, those that are set aside included.
    entries: tuple[Entry, ...]
    #: The code list that scopes refer to.
    table: RegionTable
    election_kind: ElectionKind
    #: Day on which the rules have to be valid.
    on: date
    #: Name and version of every plugin that gave a rule.
    plugins: tuple[tuple[str, str], ...]
    #: What every report has to say of the rules: waivers first.
    notes: tuple[str, ...] = ()

    # --- needs -------------------------------------------------------------------

    def needs_topics(self) -> tuple[str, ...]:
        """Return the topics of all rates, sorted."""
        return self._topics_of(NeedsRule)

    def needs_rule(self, topic: str, region: RegionCode) -> NeedsRule | None:
        """Return the rate that holds in *region*, None where there is none."""
        index = self._topics.get(topic)
        for rule in reversed(index.covering(region) if index else ()):
            if isinstance(rule, NeedsRule) and rule.applies_in(region):
                return rule
        return None

    def needs_rules_of(self, topic: str) -> tuple[NeedsRule, ...]:
        """Return all rates of a topic that hold somewhere, wide to narrow."""
        index = self._topics.get(topic)
        return tuple(e.rule for e in index.entries) if index else ()  # type: ignore[misc]

    def item(self, code: str, region: RegionCode = COUNTRY) -> Item | None:
        """Return what an item is in *region*, None when nobody describes it."""
        rule: ItemRule | None = self._holding(f"item:{code}", region)
        return rule.item if rule else None

    def item_codes(self) -> tuple[str, ...]:
        """Return the codes of all items that are described, sorted."""
        return tuple(t.partition(":")[2] for t in self._topics_of(ItemRule))

    def station_cap(self, region: RegionCode) -> StationCap | None:
        """Return the smallest cap on the voters of a station, None for no cap."""
        caps = self._covering(StationCap, region)
        return min(caps, key=lambda c: (c.max_voters, c.id), default=None)

    def handover(self, stage: str, region: RegionCode) -> HandoverRule | None:
        """Return what a hand-over at a stage asks for in *region*."""
        topic = f"handover:{self.election_kind.value}/{stage}"
        found: HandoverRule | None = self._holding(topic, region)
        return found

    def handovers_within(self, region: RegionCode) -> tuple[HandoverRule, ...]:
        """Return the rules of hand-overs that hold somewhere in *region*, wide to narrow."""
        rules = (e.rule for e in in_force(self.entries) if _meet(region, e.scope))
        return tuple(
            r
            for r in rules
            if isinstance(r, HandoverRule) and r.election is self.election_kind
        )

    # --- travel ------------------------------------------------------------------

    def speed(self, mode: Mode, surface: str, region: RegionCode) -> SpeedRule | None:
        """Return the speed of a mode on a surface, else on the mode's ordinary one."""
        named: SpeedRule | None = None
        if surface:
            named = self._holding(f"speed:{mode.value}/{surface}", region)
        return named or self._holding(f"speed:{mode.value}", region)

    def leg_speed(self, mode: Mode, surface: str, *regions: RegionCode) -> SpeedRule | None:
        """Return the speed of a leg that belongs to *regions*: the slowest counts."""
        found = [s for s in (self.speed(mode, surface, r) for r in regions) if s]
        return min(
            found,
            key=lambda s: (s.speed_m_per_h, -s.circuity_permille, -s.transfer_s, s.id),
            default=None,
        )

    def access(self, kind: PlaceKind, region: RegionCode) -> AccessRule | None:
        """Return how places of a kind are reached in *region*."""
        found: AccessRule | None = self._holding(f"access:{kind.value}", region)
        return found

    def closures(self, mode: Mode, *regions: RegionCode) -> tuple[Closure, ...]:
        """Return every closure of a leg that belongs to *regions*."""
        found = {c for r in regions for c in self._covering(Closure, r) if c.mode is mode}
        return tuple(sorted(found, key=lambda c: (c.topic, c.scope, c.digest())))

    def vehicle_limit(self, mode: Mode, *regions: RegionCode) -> tuple[int | None, int | None]:
        """Return the heaviest [g] and bulkiest [cm3] load allowed; None is no limit."""
        limits = [
            v for r in regions for v in self._covering(VehicleLimit, r) if v.mode is mode
        ]
        masses = [v.max_payload_g for v in limits if v.max_payload_g is not None]
        volumes = [v.max_volume_cm3 for v in limits if v.max_volume_cm3 is not None]
        return min(masses, default=None), min(volumes, default=None)

    def typical_vehicles(
        self, mode: Mode, to: PlaceKind, region: RegionCode
    ) -> tuple[Vehicle, ...]:
        """Return vehicles for hire that drive to places of a kind, by type.

        Their load is cut to what the region allows.
        """
        key = ("vehicles", mode, to, self._cut(region))
        return self._remember(key, lambda: tuple(self._vehicles(mode, to, region)))

    def _vehicles(self, mode: Mode, to: PlaceKind, region: RegionCode) -> Iterator[Vehicle]:
        mass, volume = self.vehicle_limit(mode, region)
        for topic in self._topics_of(TypicalVehicle):
            rule: TypicalVehicle | None = self._holding(topic, region)
            if rule and rule.vehicle.mode is mode and to in rule.to:
                yield attrs.evolve(
                    rule.vehicle,
                    payload_g=min(rule.vehicle.payload_g, mass or rule.vehicle.payload_g),
                    volume_cm3=min(rule.vehicle.volume_cm3, volume or rule.vehicle.volume_cm3),
                )

    def vehicle_rules(self) -> tuple[TypicalVehicle, ...]:
        """Return every vehicle for hire that some region knows, by type and region."""
        rules = [e.rule for e in in_force(self.entries)]
        return tuple(r for r in rules if isinstance(r, TypicalVehicle))

    # --- calendar ----------------------------------------------------------------

    def stage_window(self, stage: str, region: RegionCode) -> StageWindow | None:
        """Return when a stage may run in *region*: what all that apply leave."""

        def compute() -> StageWindow | None:
            found = [w for w in self._covering(StageWindow, region) if w.stage == stage]
            return tightest(found, region) if found else None

        return self._remember(("stage", stage, self._cut(region)), compute)

    def days_off(self, region: RegionCode) -> tuple[DayOff, ...]:
        """Return the days on which nobody works in *region*, in order."""
        return tuple(sorted(self._covering(DayOff, region), key=lambda d: (d.day, d.id)))

    # --- the book as a whole -----------------------------------------------------

    @property
    def waivers(self) -> tuple[Contribution, ...]:
        """Rules in force that lift a wider one, by id: every plan lists them."""
        return tuple(e.rule for e in in_force(self.entries) if e.rule.waives)

    def with_overrides(
        self, items: Iterable[ItemRule] = (), rates: Iterable[NeedsRule] = ()
    ) -> RuleBook:
        """Return a book in which a scenario's own rules come before every plugin's.

        Raises:
            RuleConflictError: Two of them are for one topic and region, or one gives
                less than a legal minimum.
        """
        own = [
            Entry(plugin=SCENARIO, rule=rule)
            for rule in dict.fromkeys([*items, *rates])
            if getattr(rule, "election", self.election_kind) is self.election_kind
            and rule.valid.holds_on(self.on)
        ]
        if not own:
            return self
        entries = sorted([*self.entries, *own], key=lambda e: e.sort_key)
        mine = {e.rule.id for e in own}
        found = [*check_ties(own), *check_minimums(entries)]
        raise_all(c for c in found if c.rule in mine)
        return attrs.evolve(self, entries=tuple(entries))

    def restrict(self, region: RegionCode | str) -> RuleBook:
        """Return the part of the book that matters in one region and below."""
        at = as_region(region)
        names = {
            code: name
            for code, name in self.table.names.items()
            if _meet(at, RegionCode.parse(code))
        }
        kept = tuple(e for e in self.entries if _meet(at, e.scope))
        return attrs.evolve(
            self,
            entries=kept,
            table=attrs.evolve(self.table, names=names),
            plugins=tuple(sorted({(e.plugin, e.version) for e in kept if not e.own})),
        )

    def explain(self, topic: str, at: RegionCode | str = COUNTRY) -> Reason:
        """Return every candidate for a topic or rule id, and which holds why.

        Raises:
            FieldError: No rule is about that topic.
        """
        return explain_rules(candidates(self.entries, topic), as_region(at), self.table)

    def rule(self, rule_id: str) -> Contribution | None:
        """Return the rule of that id that is in force, None when there is none."""
        return self._by_id.get(rule_id)

    def digest(self) -> str:
        """Return 32 hexadecimal digits that change whenever anything in the book does."""
        return self._digest

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RuleBook) and self._digest == other._digest

    def __hash__(self) -> int:
        return hash(self._digest)

    def __getstate__(self) -> dict[str, Any]:
        # Indexes are quickly made again and need not travel.
        return {a.name: getattr(self, a.name) for a in attrs.fields(type(self))}

    # --- indexes -----------------------------------------------------------------

    @cached_property
    def _digest(self) -> str:
        table = [
            self.table.as_of.isoformat(),
            self.table.source,
            sorted(self.table.names.items()),
        ]
        rules = [
            [e.plugin, e.version, e.rule.kind, e.rule_digest, e.out] for e in self.entries
        ]
        content = [table, self.election_kind.value, self.on.isoformat(), rules]
        canonical = json.dumps(content, separators=(",", ":"))
        return hashlib.blake2b(canonical.encode(), digest_size=16).hexdigest()

    @cached_property
    def _by_id(self) -> dict[str, Contribution]:
        return {e.rule.id: e.rule for e in in_force(self.entries)}

    @cached_property
    def _topics(self) -> dict[str, ScopeIndex]:
        return {t: ScopeIndex(same) for t, same in by_topic(in_force(self.entries)).items()}

    @cached_property
    def _kinds(self) -> dict[str, ScopeIndex]:
        found: dict[str, list[Entry]] = {}
        for entry in in_force(self.entries):
            found.setdefault(entry.rule.kind, []).append(entry)
        return {kind: ScopeIndex(same) for kind, same in found.items()}

    @cached_property
    def _memo(self) -> dict[object, Any]:
        return {}

    @cached_property
    def _deepest(self) -> int:
        return max((e.scope.depth for e in self.entries), default=0)

    def _cut(self, region: RegionCode) -> tuple[str, ...]:
        return region.parts[: self._deepest]

    def _remember(self, key: object, compute: Callable[[], T]) -> T:
        memo = self._memo
        if key not in memo:
            memo[key] = compute()
        found: T = memo[key]
        return found

    def _holding(self, topic: str, region: RegionCode) -> Any:
        index = self._topics.get(topic)
        return index.holding(region) if index else None

    def _covering(self, kind: type[Contribution], region: RegionCode) -> tuple[Any, ...]:
        index = self._kinds.get(kind.kind)
        return index.covering(region) if index else ()

    def _topics_of(self, kind: type[Contribution]) -> tuple[str, ...]:
        return self._remember(
            ("topics", kind.kind),
            lambda: tuple(sorted(t for t in self._topics if t.split(":")[0] == kind.kind)),
        )


def _meet(one: RegionCode, two: RegionCode) -> bool:
    return one.covers(two) or two.covers(one)
