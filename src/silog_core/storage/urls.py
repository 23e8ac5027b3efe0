"""Open a built-in store by its URL."""

from __future__ import annotations

from contextlib import AbstractContextManager
from difflib import get_close_matches

from silog_core.errors import UnknownChoiceError
from silog_core.ports.store import OpenStore, Store
from silog_core.storage.memory import open_memory
from silog_core.storage.sqlite import open_sqlite

#: The stores of the core by URL scheme; a session adds those of plugins.
OPENERS: dict[str, OpenStore] = {"memory": open_memory, "sqlite": open_sqlite}


def open_store(url: str) -> AbstractContextManager[Store]:
    """Return a context in which the store at *url* is open.

    Args:
        url: ``memory:``, or ``sqlite:///`` and the path of a file.

    Raises:
        UnknownChoiceError: The core has no store of that scheme.
        StorageError: The store cannot be opened.

    Example:
        >>> with open_store("memory:") as store:
        ...     store.append("boxes", [b"sealed"], after=0), store.streams()
        (1, ['boxes'])
    """
    scheme = url.partition(":")[0]
    if scheme not in OPENERS:
        near = get_close_matches(scheme, OPENERS, n=1)
        raise UnknownChoiceError(
            f"the core has no store {scheme!r}"
            + (f"; did you mean {near[0]}?" if near else ""),
            "write sqlite:/// and a path; other stores are opened through a Session",
        )
    return OPENERS[scheme](url)
