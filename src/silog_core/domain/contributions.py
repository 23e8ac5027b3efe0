"""What every rule that a plugin gives has in common."""

from __future__ import annotations

import hashlib
import json
from typing import ClassVar

import attrs

from silog_core.domain.calendar import DateRange
from silog_core.domain.fields import text
from silog_core.domain.items import Confidence
from silog_core.domain.regions import RegionCode, as_region
from silog_core.domain.wire import to_wire


@attrs.frozen(kw_only=True)
class Contribution:
    """A sourced rule for one region and, optionally, for some dates.

    Rules of one `topic` compete or add up, as their kind says. The `id` names a
    rule across plugins; ``replaces`` and ``waives`` refer to it.
    """

    kind: ClassVar[str] = "rule"

    #: Region that the rule is for; it holds in all regions below.
    scope: RegionCode = attrs.field(converter=as_region)
    #: Decree, address or other basis. Compulsory: a rule without one is refused.
    source: str = attrs.field(validator=text("where the rule comes from"))
    confidence: Confidence = attrs.field(default=Confidence.ESTIMATE, converter=Confidence)
    valid: DateRange = attrs.field(factory=DateRange)
    #: Id of the wider rule that this one stands in for.
    replaces: str = ""
    #: Id of the wider rule that this one lifts.
    waives: str = ""

    @property
    def topic(self) -> str:
        """What the rule is about: rules of the same topic meet each other."""
        return self.kind

    @property
    def id(self) -> str:
        """Topic and scope, such as ``needs:ballot-box/station@12``."""
        return f"{self.topic}@{self.scope}"

    def applies_in(self, region: RegionCode) -> bool:
        """Say whether the rule speaks for *region*."""
        return self.scope.covers(region)

    def digest(self) -> str:
        """Return 16 hexadecimal digits that change whenever the rule does."""
        canonical = json.dumps(to_wire(self), sort_keys=True, separators=(",", ":"))
        return hashlib.blake2b(canonical.encode(), digest_size=8).hexdigest()
