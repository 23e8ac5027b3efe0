"""Tables of events, for spreadsheets."""

from silog_core.io.event_files.reading import read_events
from silog_core.io.event_files.writing import events_csv

__all__ = ["events_csv", "read_events"]
