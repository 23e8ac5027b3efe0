"""Lessons: an incident somewhere, and what worked, for regions alike."""

from __future__ import annotations

import attrs

from silog_core.domain.fields import each_within, text
from silog_core.domain.incidents import INCIDENT_KINDS
from silog_core.domain.legs import Mode


@attrs.frozen(kw_only=True, order=True)
class Lesson:
    """One incident and what was done about it; the values themselves tell lessons apart."""

    #: Region code of where it happened.
    region: str = attrs.field(validator=text("a region code"))
    #: A kind of incident, such as ``road-cut``.
    incident: str = attrs.field(validator=attrs.validators.in_(tuple(INCIDENT_KINDS)))
    mode: str = attrs.field(validator=attrs.validators.in_(tuple(m.value for m in Mode)))
    #: Such as ``island``, ``mountain`` or ``lowland``; empty where it does not matter.
    terrain: str = ""
    #: Months in which it happens [1-12]; empty is any.
    months: tuple[int, ...] = attrs.field(default=(), validator=each_within(1, 12, "months"))
    worked: str = attrs.field(validator=text("what worked"))
    worked_id: str = attrs.field(validator=text("what worked, in Indonesian"))
    source: str = attrs.field(validator=text("a source"))

    def in_words(self, lang: str) -> str:
        """Return the lesson as one line."""
        worked = self.worked_id if lang == "id" else self.worked
        return f"{self.region} ({self.incident}, {self.mode}): {worked} [{self.source}]"
