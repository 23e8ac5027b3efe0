"""Rules of hand-overs: how many parties sign, who watches, which paper records it."""

from __future__ import annotations

from typing import ClassVar

import attrs

from silog_core.domain.calendar_rules import STAGES
from silog_core.domain.contributions import Contribution
from silog_core.domain.elections import ElectionKind
from silog_core.domain.fields import sorted_texts, text, whole
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
        return f"{self.parties} parties sign the {self.document}{watched}"


def asks_no_less(narrow: HandoverRule, wide: HandoverRule) -> None:
    """Refuse a *narrow* rule that drops a party or a witness of a legal minimum.

    Raises:
        FieldError: It does; the message names both rules and what is missing.
    """
    dropped = sorted(set(wide.witnesses) - set(narrow.witnesses))
    if wide.legal_minimum and (dropped or narrow.parties < wide.parties):
        lacks = [f"the witness {name}" for name in dropped]
        if narrow.parties < wide.parties:
            lacks.append(f"{wide.parties - narrow.parties} of {wide.parties} parties")
        raise FieldError(
            f"{narrow.id} drops {' and '.join(lacks)} that the legal minimum {wide.id} asks"
            f" for ({wide.source})",
            f"add them to {narrow.id}, or remove it",
        )
