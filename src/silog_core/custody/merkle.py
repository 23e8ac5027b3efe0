"""The Merkle tree of RFC 9162: hashes, growth, and the checks of its two proofs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from silog_core.errors import ProofError

#: Length of a hash [bytes].
HASH_BYTES = 32
#: Root of the tree without leaves.
EMPTY_ROOT = sha256(b"").digest()
_FIX = "ask for the proof again; if it fails again, keep both and tell the supervisor"


def leaf_hash(record: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256 of a zero byte and the record.

    Example:
        >>> leaf_hash(b"").hex()[:16]
        '6e340b9cffb37a98'
    """
    return sha256(b"\x00" + record).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: SHA-256 of a one byte and both children."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """All that a tree has to remember in order to grow: one hash a level, at most.

    Example:
        >>> tree = Frontier()
        >>> tree.extend([leaf_hash(b"packed"), leaf_hash(b"sealed")])
        >>> tree.size, tree.root() == node_hash(leaf_hash(b"packed"), leaf_hash(b"sealed"))
        (2, True)
    """

    def __init__(self, size: int = 0, peaks: dict[int, bytes] | None = None) -> None:
        """Begin at *size* leaves, with the hash of the full subtree of each set bit."""
        self.size = size
        self._peaks = dict(peaks or {})

    def peaks(self) -> dict[int, bytes]:
        """Return the hash of the full subtree of each set bit of the size, by level."""
        return dict(self._peaks)

    def copy(self) -> Frontier:
        """Return another one, which grows by itself."""
        return Frontier(self.size, self._peaks)

    def extend(
        self, leaves: Sequence[bytes], *, kept: dict[int, list[bytes]] | None = None
    ) -> None:
        """Add the hashes of *leaves*.

        Args:
            leaves: Leaf hashes, in order.
            kept: Gets the nodes that become complete, for each level among its keys.
        """
        sha, level, nodes = sha256, 0, list(leaves)
        size, self.size = self.size, self.size + len(nodes)
        while nodes:
            if kept is not None and level in kept:
                kept[level].extend(nodes)
            if size >> level & 1:
                nodes.insert(0, self._peaks.pop(level))
            if len(nodes) & 1:
                self._peaks[level] = nodes.pop()
            pairs = iter(nodes)
            nodes = [
                sha(b"\x01" + left + right).digest()
                for left, right in zip(pairs, pairs, strict=True)
            ]
            level += 1

    def root(self) -> bytes:
        """Return the root hash of the tree as it is now."""
        found = None
        for level in sorted(self._peaks):
            peak = self._peaks[level]
            found = peak if found is None else node_hash(peak, found)
        return EMPTY_ROOT if found is None else found


def check_inclusion(
    *, leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Hold against *root* that the leaf is at *index* of a tree with *size* leaves.

    Args:
        leaf: Hash of the leaf.
        index: Its place, from 0.
        size: Leaves of the tree, from the signed checkpoint and nowhere else.
        proof: Sibling hashes, from the leaf upwards.
        root: From the signed checkpoint.

    Raises:
        ProofError: It does not follow.
    """
    if not 0 <= index < size:
        raise ProofError(f"place {index} is outside of a record of {size}", _FIX)
    _check_lengths((leaf, root, *proof))
    found = leaf
    for sibling, left in _siblings(index, size - 1, proof):
        found = node_hash(sibling, found) if left else node_hash(found, sibling)
    if found != root:
        raise ProofError("the proof leads to another root than the checkpoint's", _FIX)


def check_consistency(
    *, size1: int, size2: int, proof: Sequence[bytes], root1: bytes, root2: bytes
) -> None:
    """Hold that the tree of *size2* leaves begins with the one of *size1* leaves.

    Raises:
        ProofError: It does not follow.
    """
    if not 0 <= size1 <= size2:
        raise ProofError(f"a record of {size2} cannot go on from one of {size1}", _FIX)
    _check_lengths((root1, root2, *proof))
    if size1 in {0, size2}:
        _check_trivial(size1, size2, proof, root1, root2)
        return
    if not proof:
        raise ProofError("the proof is empty", _FIX)
    path = [root1, *proof] if size1 & (size1 - 1) == 0 else list(proof)
    place, last = size1 - 1, size2 - 1
    while place & 1:
        place >>= 1
        last >>= 1
    old = new = path[0]
    for sibling, left in _siblings(place, last, path[1:]):
        if left:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
        else:
            new = node_hash(new, sibling)
    if old != root1:
        raise ProofError("the proof does not lead to the earlier root", _FIX)
    if new != root2:
        raise ProofError("the proof does not lead to the later root", _FIX)


def _siblings(place: int, last: int, proof: Sequence[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield the hashes of a proof on the way up, and whether each stands on the left."""
    for sibling in proof:
        if last == 0:
            raise ProofError("the proof is too long", _FIX)
        left = bool(place & 1) or place == last
        yield sibling, left
        if left:
            while not place & 1 and place:
                place >>= 1
                last >>= 1
        place >>= 1
        last >>= 1
    if last:
        raise ProofError("the proof is too short", _FIX)


def _check_trivial(
    size1: int, size2: int, proof: Sequence[bytes], root1: bytes, root2: bytes
) -> None:
    if proof:
        raise ProofError("the proof should be empty", _FIX)
    if size1 == size2 and root1 != root2:
        raise ProofError("two roots for one size: the record was forked", _FIX)
    if size1 == 0 and root1 != EMPTY_ROOT:
        raise ProofError("the empty record has another root", _FIX)


def _check_lengths(hashes: Iterable[bytes]) -> None:
    if any(len(one) != HASH_BYTES for one in hashes):
        raise ProofError(f"a hash has not {HASH_BYTES} bytes", _FIX)
