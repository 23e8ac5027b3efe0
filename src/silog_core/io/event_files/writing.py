"""Write events as a table that opens in any spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable

from silog_core.domain.custody_events import Event
from silog_core.io.csv_text import csv_bytes
from silog_core.io.event_files.cells import (
    atom,
    count_cell,
    listed,
    moment_cell,
    pairs_cell,
    party_cell,
    quantity_cell,
    stated_cell,
)

#: Columns of the table, in order.
COLUMNS = (
    "device", "sequence", "kind", "time", "recorded", "place", "author", "giver", "receiver",
    "witnesses", "document", "units", "container", "destination", "quantities", "counts",
    "seals_applied", "seals_removed", "seals_broken", "seals_given", "seals_taken", "reason",
    "corrects", "facts", "commitments", "plan",
)  # fmt: skip


def events_csv(events: Iterable[Event]) -> bytes:
    """Return *events* as a CSV file; `read_events` reads it back without loss.

    Example:
        >>> events_csv([]).decode()[:34]
        'device,sequence,kind,time,recorded'
    """
    return csv_bytes(COLUMNS, (_row(event) for event in events))


def _row(event: Event) -> list[object]:
    recorded = "" if event.recorded_s is None else moment_cell(event.recorded_s, 0)
    corrects = event.corrects
    return [
        atom(event.device),
        event.sequence,
        event.kind.value,
        moment_cell(event.time_s, event.offset_min),
        recorded,
        atom(event.place),
        party_cell(event.author),
        party_cell(event.giver),
        party_cell(event.receiver),
        ";".join(party_cell(party) for party in event.witnesses),
        atom(event.document),
        listed(event.units),
        atom(event.container),
        atom(event.destination),
        ";".join(quantity_cell(quantity) for quantity in event.quantities),
        ";".join(count_cell(count) for count in event.counts),
        listed(event.seals_applied),
        listed(event.seals_removed),
        listed(event.seals_broken),
        stated_cell(event.seals_given),
        stated_cell(event.seals_taken),
        atom(event.reason),
        "" if corrects is None else f"{atom(corrects.device)}:{corrects.sequence}",
        pairs_cell(event.facts),
        pairs_cell(event.commitments),
        atom(event.plan),
    ]
