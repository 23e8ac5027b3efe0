"""Where events are kept: in memory, or durably in one SQLite file."""

from silog_core.storage.memory import MemoryStore, open_memory
from silog_core.storage.new_file import new_store_file
from silog_core.storage.people_file import PeopleFile
from silog_core.storage.sqlite import SqliteStore, open_sqlite
from silog_core.storage.urls import open_store

__all__ = [
    "MemoryStore",
    "PeopleFile",
    "SqliteStore",
    "new_store_file",
    "open_memory",
    "open_sqlite",
    "open_store",
]
