"""Findings of checks: what is wrong where, and what would help."""

from __future__ import annotations

from enum import IntEnum

import attrs

from silog_core.domain.fields import text, whole
from silog_core.domain.regions import COUNTRY, RegionCode, as_region


class Severity(IntEnum):
    """How much a finding matters; a check may raise it, never lower it."""

    INFO = 1
    WARN = 2
    #: Stations are likely to be late or short unless something is done.
    SERIOUS = 3
    #: The plan must not be carried out as it is.
    BLOCK = 4


@attrs.frozen(kw_only=True)
class Finding:
    """One thing that a check found in a plan or scenario."""

    #: Name of the check, such as ``late-stop``.
    check: str = attrs.field(validator=text("the name of the check"))
    severity: Severity = attrs.field(converter=Severity)
    #: What is wrong, in English.
    message: str = attrs.field(validator=text("a sentence"))
    #: The same in Indonesian.
    message_id: str = attrs.field(validator=text("a sentence in Indonesian"))
    #: What would help.
    fix: str = attrs.field(validator=text("what would help"))
    fix_id: str = attrs.field(validator=text("what would help, in Indonesian"))
    region: RegionCode = attrs.field(default=COUNTRY, converter=as_region)
    place: str = ""
    #: Voters behind it, for ranking.
    voters: int = attrs.field(default=0, validator=whole(0, "voters"))
    stations: int = attrs.field(default=0, validator=whole(0, "stations"))

    @property
    def rank(self) -> tuple[int, int, str, str]:
        """Sort key: most severe first, then most voters, then by name and place."""
        return (-int(self.severity), -self.voters, self.check, self.place)
