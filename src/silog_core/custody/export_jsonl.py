"""Events as JSON lines: the canonical bytes of each on a line of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from silog_core.custody.events import event_bytes, event_from_bytes
from silog_core.domain.custody_events import Event
from silog_core.domain.problems import InputProblem, Said, ScenarioError
from silog_core.errors import EventFormatError


def events_jsonl(events: Iterable[Event]) -> Iterator[bytes]:
    """Yield *events* as lines."""
    for event in events:
        yield event_bytes(event) + b"\n"


def read_jsonl(content: bytes, *, file: str) -> list[Event]:
    r"""Return the events of a file of JSON lines; keys may stand in any order.

    Raises:
        ScenarioError: Something is wrong; every problem with its line.

    Example:
        >>> read_jsonl(b"\n", file="day.jsonl")
        []
    """
    problems: list[InputProblem] = []
    events = []
    for row, line in enumerate(content.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            events.append(event_from_bytes(_canonical(line)))
        except EventFormatError as wrong:
            problems.append(
                InputProblem.said(
                    file=file,
                    row=row,
                    what=Said(wrong.problem, f"baris ini bukan peristiwa: {wrong.problem}"),
                    fix=Said(
                        "write the keys that docs/custody.md lists",
                        "tulis kunci yang ada di docs/custody.md",
                    ),
                )
            )
    if problems:
        raise ScenarioError.of(problems, file)
    return events


def _canonical(line: bytes) -> bytes:
    """Return the line with its keys sorted and without spaces; what else is wrong stays."""
    try:
        found = json.loads(line, object_pairs_hook=_unrepeated)
        return json.dumps(
            found, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode()
    except (ValueError, RecursionError):
        return line


def _unrepeated(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found
