"""Things that hang together, as trees of small numbers: little memory for many of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator


class Trees:
    """Sets of keys that grow together.

    Example:
        >>> trees = Trees()
        >>> one, two, three = (trees.node(key) for key in (b"a", b"b", b"c"))
        >>> trees.join([one, three])
        >>> trees.find(one) == trees.find(three), trees.find(one) == trees.find(two)
        (True, False)
        >>> [trees.find(one), two] == list(trees.roots())
        True
    """

    def __init__(self) -> None:
        """Start empty."""
        self._above = array("l")
        self._at: dict[bytes, int] = {}

    def node(self, key: bytes) -> int:
        """Return the number of *key*, which may be new."""
        found = self._at.get(key)
        if found is None:
            found = self._at[key] = len(self._above)
            self._above.append(found)
        return found

    def known(self, key: bytes) -> int | None:
        """Return the number of *key*, or None."""
        return self._at.get(key)

    def named(self) -> Iterable[tuple[bytes, int]]:
        """Return each key with its number."""
        return self._at.items()

    def find(self, node: int) -> int:
        """Return the number that stands for all that *node* hangs together with."""
        above = self._above
        while above[node] != node:
            above[node] = above[above[node]]
            node = above[node]
        return node

    def join(self, nodes: Iterable[int]) -> None:
        """Make *nodes* hang together."""
        first = -1
        for node in nodes:
            other = self.find(node)
            if first < 0:
                first = other
            elif other != first:
                self._above[other] = first

    def roots(self) -> Iterator[int]:
        """Yield what stands for each set, in the order of the least key in it."""
        told = bytearray(len(self._above))
        for key in sorted(self._at):
            root = self.find(self._at[key])
            if not told[root]:
                told[root] = 1
                yield root
