"""Rules in words, for explanations."""

from __future__ import annotations

from functools import singledispatch

from silog_core.domain.calendar_rules import DayOff, StageWindow
from silog_core.domain.contributions import Contribution
from silog_core.domain.handover_rules import HandoverRule
from silog_core.domain.needs_rules import ItemRule, NeedsRule, StationCap
from silog_core.domain.travel_rules import (
    AccessRule,
    Closure,
    SpeedRule,
    TypicalVehicle,
    VehicleLimit,
)


@singledispatch
def describe(rule: Contribution) -> str:
    """Return what *rule* says, in a few words.

    Example:
        >>> box = NeedsRule(
        ...     scope="ID",
        ...     source="s",
        ...     election="pilkada",
        ...     item="box",
        ...     per="station",
        ...     quantity=2,
        ... )
        >>> describe(box)
        '2 for each station'
    """
    return rule.topic


@describe.register
def _(rule: NeedsRule) -> str:
    flags = f", only where {' or '.join(rule.only_flags)}" if rule.only_flags else ""
    flags += f", not in {' or '.join(map(str, rule.not_in))}" if rule.not_in else ""
    return rule.formula() + flags + (", legal minimum" if rule.legal_minimum else "")


@describe.register
def _(rule: StationCap) -> str:
    return f"at most {rule.max_voters} voters a station"


@describe.register
def _(rule: ItemRule) -> str:
    item = rule.item
    return f"{item.mass_g} g and {item.volume_cm3} cm3 a piece, {item.pack_size} a pack"


@describe.register
def _(rule: HandoverRule) -> str:
    return rule.in_words() + (", legal minimum" if rule.legal_minimum else "")


@describe.register
def _(rule: SpeedRule) -> str:
    return (
        f"{rule.speed_m_per_h} m an hour, {rule.circuity_permille} m of way for 1000 m,"
        f" {rule.transfer_s} s to change"
    )


@describe.register
def _(rule: AccessRule) -> str:
    surface = f" ({rule.surface})" if rule.surface else ""
    return f"a {rule.to.value} is reached by {rule.mode.value}{surface}"


@describe.register
def _(rule: Closure) -> str:
    when = [
        f"{name} {', '.join(map(str, values))}"
        for name, values in (
            ("months", rule.months),
            ("weekdays", rule.weekdays),
            ("hours", rule.hours),
        )
        if values
    ]
    return f"{rule.mode.value} is closed in {'; '.join(when) or 'all months'}: {rule.reason}"


@describe.register
def _(rule: VehicleLimit) -> str:
    parts = []
    if rule.max_payload_g is not None:
        parts.append(f"{rule.max_payload_g} g")
    if rule.max_volume_cm3 is not None:
        parts.append(f"{rule.max_volume_cm3} cm3")
    return f"{rule.mode.value} carries at most {' and '.join(parts) or 'anything'}"


@describe.register
def _(rule: TypicalVehicle) -> str:
    vehicle = rule.vehicle
    return f"{vehicle.mode.value}, {vehicle.payload_g} g and {vehicle.volume_cm3} cm3"


@describe.register
def _(rule: DayOff) -> str:
    return f"{rule.day.isoformat()}, {rule.name}"


@describe.register
def _(rule: StageWindow) -> str:
    law = ", the law's deadline" if rule.legal_minimum else ""
    return (
        f"from H-{rule.first_days_before} {rule.first_hour:02d}:00"
        f" to H-{rule.last_days_before} {rule.last_hour:02d}:00{law}"
    )
