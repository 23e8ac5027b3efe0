"""Texts of problems of custody, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from silog_core.custody import texts_of_goods, texts_of_handovers, texts_of_units
from silog_core.domain.custody_events import EventId
from silog_core.domain.custody_problems import CustodyProblem

#: Code to: what is wrong (English, Indonesian), what to do (English, Indonesian).
TEXTS = {**texts_of_units.TEXTS, **texts_of_handovers.TEXTS, **texts_of_goods.TEXTS}


def problem(
    code: str, subject: str, events: Iterable[EventId] = (), **given: Any
) -> CustodyProblem:
    """Return a problem of *code*, its texts filled in with *given*."""
    message, message_id, fix, fix_id = (text.format(**given) for text in TEXTS[code])
    return CustodyProblem(
        code=code,
        subject=subject,
        events=tuple(events),
        message=message,
        message_id=message_id,
        fix=fix,
        fix_id=fix_id,
    )
