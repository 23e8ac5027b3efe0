"""Rules of hand-overs: who signs, watches and escorts, at which hours, on which paper."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

import attrs

from silog_core.domain.calendar_rules import STAGES
from silog_core.domain.contributions import Contribution
from silog_core.domain.elections import ElectionKind
from silog_core.domain.fields import sorted_texts, text, whole
from silog_core.domain.regions import COUNTRY, RegionCode
from silog_core.errors import FieldError


@attrs.frozen(kw_only=True)
class HandoverRule(Contribution):
    """What a hand-over at one stage asks for; the deepest region holds.

    Example:
        >>> rule = HandoverRule(
        ...     scope="ID",
        ...     source="s",
        ...     election="pilkada",
        ...     stage="at-hub",
        ...     witnesses=("supervisor", "police"),
        ...     document="BAST",
        ... )
        >>> rule.parties, rule.witnesses
        (2, ('police', 'supervisor'))
    """

    kind: ClassVar[str] = "handover"

    election: ElectionKind = attrs.field(converter=ElectionKind)
    stage: str = attrs.field(validator=attrs.validators.in_(STAGES))
    #: Parties that sign: who gives and who takes are two.
    parties: int = attrs.field(default=2, validator=whole(1, "parties"))
    #: Who is present besides, such as ``supervisor`` or ``police``.
    witnesses: tuple[str, ...] = attrs.field(default=(), converter=sorted_texts)
    #: Who has to travel along, such as ``police``.
    escort: tuple[str, ...] = attrs.field(default=(), converter=sorted_texts)
    #: Different persons that have to stand in the record of it; 0 leaves it open.
    persons: int = attrs.field(default=0, validator=whole(0, "persons"))
    #: Local hours between which it may happen [0-23, 1-24].
    first_hour: int = attrs.field(default=0, validator=whole(0, "hours", highest=23))
    last_hour: int = attrs.field(default=24, validator=whole(1, "hours", highest=24))
    #: Giver and receiver both state the serial numbers of the seals.
    states_seals: bool = False
    #: Paper that records it.
    document: str = attrs.field(validator=text("the name of the paper"))
    #: A region may ask for more, never for less.
    legal_minimum: bool = False

    @property
    def topic(self) -> str:
        """Election and stage."""
        return f"{self.kind}:{self.election.value}/{self.stage}"

    def in_words(self) -> str:
        """Return what it asks for, in a few words."""
        watched = (
            f", in the presence of {' and '.join(self.witnesses)}" if self.witnesses else ""
        )
        more = [
            f", escorted by {' and '.join(self.escort)}" if self.escort else "",
            f", {self.persons} persons" if self.persons else "",
            f", from {self.first_hour:02d}:00 to {self.last_hour:02d}:00"
            if (self.first_hour, self.last_hour) != (0, 24)
            else "",
            ", both state the seals" if self.states_seals else "",
        ]
        return f"{self.parties} parties sign the {self.document}{watched}{''.join(more)}"


def asks_no_less(narrow: HandoverRule, wide: HandoverRule) -> None:
    """Refuse a *narrow* rule that drops a party or a witness of a legal minimum.

    Raises:
        FieldError: It does; the message names both rules and what is missing.
    """
    lacks = [f"the witness {w}" for w in sorted({*wide.witnesses} - {*narrow.witnesses})]
    lacks += [f"the escort {e}" for e in sorted({*wide.escort} - {*narrow.escort})]
    for name in ("parties", "persons"):
        asked, left = getattr(wide, name), getattr(narrow, name)
        if left < asked:
            lacks.append(f"{asked - left} of {asked} {name}")
    if narrow.first_hour < wide.first_hour or narrow.last_hour > wide.last_hour:
        lacks.append(f"the hours from {wide.first_hour} to {wide.last_hour}")
    if wide.states_seals and not narrow.states_seals:
        lacks.append("the seals")
    if wide.legal_minimum and lacks:
        raise FieldError(
            f"{narrow.id} drops {' and '.join(lacks)} that the legal minimum {wide.id} asks"
            f" for ({wide.source})",
            f"add them to {narrow.id}, or remove it",
        )


@attrs.frozen(slots=False)
class HandoverRules:
    """Rules of several regions: at each place those of its own deepest region hold.

    Example:
        >>> def rule(scope, hour):
        ...     return HandoverRule(
        ...         scope=scope,
        ...         source="s",
        ...         election="pilkada",
        ...         stage="at-hub",
        ...         document="BAST",
        ...         last_hour=hour,
        ...     )
        >>> rules = HandoverRules((rule("ID", 24), rule("12.14", 18)))
        >>> rules.at("at-hub", "12.14.01").last_hour
        18
        >>> rules.at("at-hub", "12.71.01.1001-001").last_hour
        24
    """

    rules: tuple[HandoverRule, ...] = ()

    def at(self, stage: str, place: str) -> HandoverRule | None:
        """Return what a hand-over at a stage asks for at *place*, None for nothing.

        What happens at a place without a region's code, such as a port, keeps the
        rule of the country.
        """
        known = self._known
        key = (stage, place.partition("-")[0])
        if key not in known:
            known[key] = self._deepest(*key)
        return known[key]

    def _deepest(self, stage: str, place: str) -> HandoverRule | None:
        try:
            region = RegionCode.parse(place)
        except FieldError:
            region = COUNTRY
        holding = (r for r in self._by_stage.get(stage, ()) if r.applies_in(region))
        return max(holding, key=lambda r: (r.scope.depth, r.id), default=None)

    @cached_property
    def _by_stage(self) -> dict[str, list[HandoverRule]]:
        found: dict[str, list[HandoverRule]] = {}
        for rule in self.rules:
            found.setdefault(rule.stage, []).append(rule)
        return found

    @cached_property
    def _known(self) -> dict[tuple[str, str], HandoverRule | None]:
        return {}
