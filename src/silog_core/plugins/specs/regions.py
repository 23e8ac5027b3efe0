"""Hooks of region packs: rules, each for a region and with a source."""

from __future__ import annotations

from collections.abc import Iterable

from silog_core.domain.calendar_rules import DayOff, StageWindow
from silog_core.domain.elections import ElectionKind
from silog_core.domain.handover_rules import HandoverRule
from silog_core.domain.manifest import Manifest
from silog_core.domain.needs_rules import ItemRule, NeedsRule, StationCap
from silog_core.domain.travel_rules import (
    AccessRule,
    Closure,
    SpeedRule,
    TypicalVehicle,
    VehicleLimit,
)
from silog_core.plugins.markers import OnError, hookspec
from silog_core.rules.combine import Combine


@hookspec(combine=Combine.NAMED, on_error=OnError.WITHHOLD, since="1.0", gives=(Manifest,))
def silog_manifest() -> Manifest | None:
    """Say what the plugin is: its title, its regions, the hook API it needs.

    Called once, right after the import. Every plugin answers it; one that does not, or
    whose regions do not fit its entry-point name, is left out.

    Returns:
        One manifest.

    Example:
        >>> from silog_core.plugins import Manifest, hookimpl
        >>> @hookimpl
        ... def silog_manifest():
        ...     return Manifest(title="Nusa Tenggara Timur", regions=("53",))
        >>> [str(region) for region in silog_manifest().regions]
        ['53']
    """


@hookspec(
    combine=Combine.DEEPEST,
    on_error=OnError.WITHHOLD,
    since="1.0",
    gives=(NeedsRule, StationCap, ItemRule, HandoverRule),
)
def silog_needs_rules(
    election: ElectionKind,
) -> Iterable[NeedsRule | StationCap | ItemRule | HandoverRule] | None:
    """Say how much of what a place needs, what the things are, and how they are handed over.

    Called once for each kind of election that is planned, when the rule book is built.
    The rate of the deepest region holds for each item and level; it has to say with
    ``replaces=`` which wider one it stands in for, and cannot give less than a legal
    minimum. Of station caps the smallest holds. A hand-over of a legal minimum keeps
    its parties, persons, witnesses, escort, hours and stated seals; the record of
    custody is held to the rule of the region where it happens.

    Args:
        election: Kind of the election, such as ``ElectionKind.PILKADA``.

    Returns:
        Rates, items and station caps, each inside the regions of the manifest.

    Example:
        >>> from silog_core.domain.needs_rules import NeedsRule
        >>> from silog_core.plugins import hookimpl
        >>> @hookimpl
        ... def silog_needs_rules(election):
        ...     return [
        ...         NeedsRule(
        ...             scope="53.71",
        ...             election=election,
        ...             item="ink-bottle",
        ...             per="station",
        ...             quantity=3,
        ...             replaces="needs:ink-bottle/station@ID",
        ...             source="the regency's decree, with number and date",
        ...         )
        ...     ]
        >>> [rule.id for rule in silog_needs_rules("pilkada")]
        ['needs:ink-bottle/station@53.71']
    """


@hookspec(
    combine=Combine.ALL,
    on_error=OnError.WITHHOLD,
    since="1.0",
    gives=(DayOff, StageWindow),
)
def silog_calendars(year: int) -> Iterable[DayOff | StageWindow] | None:
    """Say on which days nobody works, and when each stage may run.

    Called once for each year that is planned, when the rule book is built. All days off
    hold; of the windows of a stage what they have in common is left, and a deadline of
    the law can only be brought forward. A day off can be lifted with ``waives=``.

    Args:
        year: Year of the voting day, such as 2029.

    Returns:
        Days off and windows, each inside the regions of the manifest.

    Example:
        >>> from datetime import date
        >>> from silog_core.domain.calendar_rules import DayOff
        >>> from silog_core.plugins import hookimpl
        >>> @hookimpl
        ... def silog_calendars(year):
        ...     day = date(year, 11, 26)
        ...     return [DayOff(scope="53", day=day, name="a feast", source="a decree")]
        >>> [rule.id for rule in silog_calendars(2029)]
        ['day-off:2029-11-26@53']
    """


@hookspec(
    combine=Combine.DEEPEST,
    on_error=OnError.WITHHOLD,
    since="1.0",
    gives=(SpeedRule, AccessRule),
)
def silog_leg_speeds(year: int) -> Iterable[SpeedRule | AccessRule] | None:
    """Say how fast each mode goes on each surface, and which mode reaches what.

    Called once for each year that is planned, when the rule book is built. The rule of
    the deepest region holds for each mode and surface; on a leg between two regions the
    slower end counts. A rule that shadows a wider one says so with ``replaces=``.

    Args:
        year: Year of the voting day, such as 2029.

    Returns:
        Speeds and ways of access, each inside the regions of the manifest.

    Example:
        >>> from silog_core.domain.travel_rules import SpeedRule
        >>> from silog_core.plugins import hookimpl
        >>> @hookimpl
        ... def silog_leg_speeds(year):
        ...     return [
        ...         SpeedRule(scope="53", mode="horse", speed_m_per_h=5000, source="a survey")
        ...     ]
        >>> silog_leg_speeds(2029)[0].travel_s(2500)
        1800
    """


@hookspec(combine=Combine.ALL, on_error=OnError.WITHHOLD, since="1.0", gives=(Closure,))
def silog_leg_closures(year: int) -> Iterable[Closure] | None:
    """Say when legs of a mode cannot be used.

    Called once for each year that is planned, when the rule book is built. A leg belongs
    to the regions at both of its ends, and is closed when either one closes it. A
    narrower region opens what a wider one closed only with ``waives=``, which every
    report lists.

    Args:
        year: Year of the voting day, such as 2029.

    Returns:
        Closures, each inside the regions of the manifest.

    Example:
        >>> from silog_core.domain.travel_rules import Closure
        >>> from silog_core.plugins import hookimpl
        >>> @hookimpl
        ... def silog_leg_closures(year):
        ...     return [
        ...         Closure(
        ...             scope="53",
        ...             name="west-monsoon",
        ...             mode="boat",
        ...             months=(1, 2, 12),
        ...             reason="small boats stay in port",
        ...             source="the port authority's notice",
        ...         )
        ...     ]
        >>> silog_leg_closures(2029)[0].holds(month=2, weekday=0, hour=9)
        True
    """


@hookspec(
    combine=Combine.TIGHTEST,
    on_error=OnError.WITHHOLD,
    since="1.0",
    gives=(VehicleLimit, TypicalVehicle),
)
def silog_vehicle_limits(year: int) -> Iterable[VehicleLimit | TypicalVehicle] | None:
    """Say how much a vehicle may carry somewhere, and which can be hired there.

    Called once for each year that is planned, when the rule book is built. Of limits the
    tightest of both ends of a leg holds; of typical vehicles the deepest region's for
    each type.

    Args:
        year: Year of the voting day, such as 2029.

    Returns:
        Limits and vehicles, each inside the regions of the manifest.

    Example:
        >>> from silog_core.domain.travel_rules import VehicleLimit
        >>> from silog_core.plugins import hookimpl
        >>> @hookimpl
        ... def silog_vehicle_limits(year):
        ...     return [
        ...         VehicleLimit(
        ...             scope="53.10",
        ...             name="old-bridge",
        ...             mode="road",
        ...             max_payload_g=2_000_000,
        ...             reason="a bridge that holds little",
        ...             source="the public works office",
        ...         )
        ...     ]
        >>> silog_vehicle_limits(2029)[0].topic
        'vehicle-limit:road/old-bridge'
    """
