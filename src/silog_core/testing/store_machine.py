"""Any calls to a store in any order, beside a model made of lists."""

from __future__ import annotations

from contextlib import AbstractContextManager

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from silog_core.errors import StaleWriteError
from silog_core.ports.store import Store, Write

_NAMES = st.sampled_from("ab")
_PLACES = st.integers(0, 5)
_BATCHES = st.lists(st.binary(max_size=8), max_size=3)


class StoreMachine(RuleBasedStateMachine):
    """Holds each answer of a store against plain lists."""

    def __init__(self, context: AbstractContextManager[Store]) -> None:
        """Open the store, which has to be empty."""
        super().__init__()
        self._context = context
        self._store = context.__enter__()
        self._model: dict[str, list[bytes]] = {"a": [], "b": []}

    def teardown(self) -> None:
        """Hold all that was kept against the lists, and close the store."""
        try:
            assert {name: self._store.read(name) for name in "ab"} == self._model
        finally:
            self._context.__exit__(None, None, None)

    @rule(name=_NAMES, events=_BATCHES, after=_PLACES)
    def append(self, name: str, events: list[bytes], after: int) -> None:
        """Append where the stream ends, or be refused."""
        own = self._model[name]
        try:
            assert self._store.append(name, events, after=after) == after + len(events)
        except StaleWriteError:
            assert after != len(own)
        else:
            assert after == len(own)
            own.extend(events)

    @rule(both=st.tuples(_BATCHES, _BATCHES), miss=st.booleans())
    def append_both(self, both: tuple[list[bytes], list[bytes]], miss: bool) -> None:  # noqa: FBT001 - drawn
        """Append to both streams at once, or to none."""
        ends = [len(self._model["a"]), len(self._model["b"]) + miss]
        writes = [Write(*one) for one in zip("ab", ends, both, strict=True)]
        try:
            self._store.append_all(writes)
        except StaleWriteError:
            assert miss
        else:
            assert not miss
            for one in writes:
                self._model[one.stream].extend(one.events)

    @rule(name=_NAMES, after=_PLACES, limit=st.none() | st.integers(0, 4))
    def read(self, name: str, after: int, limit: int | None) -> None:
        """Read a part, and the end."""
        own = self._model[name]
        stop = None if limit is None else after + limit
        assert self._store.read(name, after=after, limit=limit) == own[after:stop]
        assert self._store.end(name) == len(own)
        assert self._store.streams() == [one for one in "ab" if self._model[one]]
