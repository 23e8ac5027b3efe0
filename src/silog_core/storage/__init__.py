"""Where events are kept: in memory, or durably in one SQLite file."""

from silog_core.storage.memory import MemoryStore, open_memory
from silog_core.storage.sqlite import SqliteStore, open_sqlite
from silog_core.storage.urls import open_store

__all__ = ["MemoryStore", "SqliteStore", "open_memory", "open_sqlite", "open_store"]
