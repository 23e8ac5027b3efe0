"""Trips that a person typed in a table."""

from __future__ import annotations

from silog_core.io.trip_files.dialects import Dialect, file_dialect, scenario_dialect
from silog_core.io.trip_files.reading import read_typed_trips

__all__ = ["Dialect", "file_dialect", "read_typed_trips", "scenario_dialect"]
