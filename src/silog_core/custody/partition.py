"""A long record cut into parts, each of which can be read by itself.

Units that hang together, the place that they are for, and all that its station counted
lie in one part. With an event come those that correct it or that it corrects, what its
device told under the same number, and the incident that it closes. An event that names
units of several parts lies in each of them, and is at home in the first. So a fold of a
part says of what is at home there what a fold of the whole record says, and the rest (the
books of goods in bulk, devices, seals used twice) adds up.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import pairwise

from silog_core.custody.catalogue import CATALOGUE
from silog_core.custody.catalogue_form import Subject
from silog_core.custody.chain import ENTRY
from silog_core.custody.events import event_from_bytes
from silog_core.custody.glance import Glance, Name, glance
from silog_core.custody.ledger import Ledger
from silog_core.custody.merge import closed_incident
from silog_core.custody.record_events import events_at
from silog_core.custody.trees import Trees
from silog_core.domain.custody_events import Event, EventId
from silog_core.domain.custody_kinds import Kind
from silog_core.errors import EventFormatError

#: Records of a part, about: a part of them takes some 50 MB when it is read.
PART = 1 << 15
_LOTS = {kind.value.encode() for kind in Kind if CATALOGUE[kind].subject is Subject.LOT}
_KITTED = Kind.KITTED.value.encode()
_OF_ACCOUNTS = {kind.value.encode() for kind in (Kind.COUNTED, Kind.TRANSFERRED)}
_CLOSED = Kind.INCIDENT_CLOSED.value.encode()


class Partition:
    """Which records, units and places belong to which part.

    Example:
        >>> from silog_core.storage import MemoryStore
        >>> ledger = Ledger.init(MemoryStore(), origin="silog/12")
        >>> [list(events) for events in Partition(ledger).parts()]
        [[]]
    """

    def __init__(self, ledger: Ledger, *, size: int = PART) -> None:
        """Look at the bytes of all events, and cut.

        Args:
            ledger: The record, as it is now.
            size: How many records a part should have; what hangs together is not cut.
        """
        self._ledger, self._until = ledger, ledger.size
        self._trees = Trees()
        #: Where the nodes of each record begin in `_nodes`, and whether it is an entry.
        self._starts, self._nodes, self._is = array("l", [0]), array("l"), bytearray()
        self._names: dict[bytes, int] = {}
        self._by_number: list[str] = []
        self._devices, self._numbers = array("l"), array("q")
        self._links: list[tuple[int, Name]] = []
        self._seals = array("q")
        #: Boxes of each place, and what lies in others, as they were packed.
        self._boxes: dict[bytes, set[bytes]] = {}
        self._inside: set[bytes] = set()
        self._look()
        self._part_of_root = self._cut(size)
        self.count = max(self._part_of_root.values(), default=0) + 1
        self._homes: dict[EventId, int] = {}
        self._members = self._assign()
        #: Hashes of serial numbers that may have been used more than once.
        self.seals_again = _repeated(self._seals)

    # --- what belongs where -------------------------------------------------------

    def part_of_unit(self, code: str) -> int:
        """Return the part that a unit belongs to."""
        return self._part(b"u" + code.encode())

    def part_of_place(self, code: str) -> int:
        """Return the part that what is for a place belongs to."""
        return self._part(b"p" + code.encode())

    def home(self, name: EventId, part: int) -> int:
        """Return the part that an event is at home in, seen from *part*, where it lies."""
        return self._homes.get(name, part)

    def units_each(self) -> int:
        """Return how many units a station has, as most do; `units_each` of all events."""
        from silog_core.custody.overview import most

        return most(len(codes - self._inside) for codes in self._boxes.values())

    def parts(self) -> Iterator[Iterator[Event]]:
        """Yield the events of each part, in the order of the record.

        Raises:
            EventFormatError: An entry is no event; the first one is named.
        """
        for members in self._members:
            yield events_at(self._ledger, members)

    # --- how it is cut ------------------------------------------------------------

    def _look(self) -> None:
        last: dict[int, int] = {}
        for at, record in enumerate(self._ledger.records()):
            if at >= self._until:
                return
            is_entry = record.startswith(ENTRY)
            self._is.append(is_entry)
            if is_entry:
                body = record[record.find(b"\n") + 1 :]
                seen = glance(body)
                self._note_name(at, seen, body, last)
                self._note_nodes(seen)
                for seal in seen.seals:
                    self._seals.append(hash(seal))
            else:
                self._devices.append(-1)
                self._numbers.append(-1)
            self._starts.append(len(self._nodes))

    def _note_name(self, at: int, seen: Glance, body: bytes, last: dict[int, int]) -> None:
        device, text = seen.name
        who = self._names.setdefault(device, len(self._names))
        number = _number(text)
        self._devices.append(who)
        self._numbers.append(number)
        # Devices count upwards: what does not rise may have been told before.
        if number <= last.get(who, 0):
            self._links.append((at, seen.name))
        else:
            last[who] = number
        if seen.corrects is not None:
            self._links.append((at, seen.corrects))
        if seen.kind == _CLOSED:
            try:
                old = closed_incident(event_from_bytes(body))
            except EventFormatError:
                old = None
            if old is not None:
                self._links.append((at, (old.device.encode(), b"%d" % old.sequence)))

    def _note_nodes(self, seen: Glance) -> None:
        kind = seen.kind
        if kind in _LOTS:
            return
        trees = self._trees
        nodes = [trees.node(b"u" + code) for code in seen.codes]
        if seen.destination:
            nodes.append(trees.node(b"p" + seen.destination))
        if (seen.destination and seen.codes) or kind == _KITTED:
            trees.join(nodes)
            nodes = nodes[:1]
        if kind in _OF_ACCOUNTS:
            nodes.append(trees.node(b"p" + seen.place))
        self._nodes.extend(nodes)
        if kind == _KITTED and seen.container:
            self._boxes.setdefault(seen.destination, set()).add(seen.container)
            self._inside.update(code for code in seen.codes[1:])

    def _cut(self, size: int) -> dict[int, int]:
        """Return the part of each tree: those of neighbouring places go together."""
        weights: dict[int, int] = {}
        find, nodes, starts = self._trees.find, self._nodes, self._starts
        for at in range(len(starts) - 1):
            if starts[at] < starts[at + 1]:
                root = find(nodes[starts[at]])
                weights[root] = weights.get(root, 0) + 1
        parts, part, held = dict[int, int](), 0, 0
        for root in self._trees.roots():
            weight = weights.get(root, 0)
            if held and held + weight > size:
                part, held = part + 1, 0
            parts[root] = part
            held += weight
        return parts

    def _assign(self) -> list[array[int]]:
        """Return the places of the records of each part."""
        linked = self._linked()
        members = [array("l") for _part in range(self.count)]
        find, nodes, starts = self._trees.find, self._nodes, self._starts
        part_of, total = self._part_of_root, max(1, len(self._is))
        for at, is_entry in enumerate(self._is):
            if not is_entry:
                continue
            parts = linked.get(at)
            if parts is None:
                begin, end = starts[at], starts[at + 1]
                if begin == end:
                    parts = (at * self.count // total,)
                elif begin + 1 == end:
                    parts = (part_of[find(nodes[begin])],)
                else:
                    parts = tuple(sorted({part_of[find(n)] for n in nodes[begin:end]}))
            if len(parts) > 1:
                self._homes[self._id(at)] = parts[0]
            for part in parts:
                members[part].append(at)
        return members

    def _linked(self) -> dict[int, tuple[int, ...]]:
        """Return the parts of records that only say all together with others."""
        if not self._links:
            return {}
        wanted = {
            (self._names.get(device, -1), _number(n)) for _at, (device, n) in self._links
        }
        places: dict[tuple[int, int], list[int]] = {}
        for at, name in enumerate(zip(self._devices, self._numbers, strict=True)):
            if name in wanted:
                places.setdefault(name, []).append(at)
        trees = Trees()
        for at, (device, text) in self._links:
            name = (self._names.get(device, -1), _number(text))
            told = [b"n" + device + b":" + text, b"%d" % at]
            own = (self._devices[at], self._numbers[at])
            told += (b"%d" % other for other in (*places.get(name, ()), *places.get(own, ())))
            trees.join([trees.node(key) for key in told])
        clusters: dict[int, list[int]] = {}
        for key, node in trees.named():
            if key.isdigit():
                clusters.setdefault(trees.find(node), []).append(int(key))
        found: dict[int, tuple[int, ...]] = {}
        for cluster in clusters.values():
            parts = {part for at in cluster for part in self._parts_of(at)}
            found |= dict.fromkeys(cluster, tuple(sorted(parts)) or (0,))
        return found

    def _parts_of(self, at: int) -> set[int]:
        nodes = self._nodes[self._starts[at] : self._starts[at + 1]]
        return {self._part_of_root[self._trees.find(node)] for node in nodes}

    def _id(self, at: int) -> EventId:
        if not self._by_number:
            self._by_number = [name.decode("utf-8", "replace") for name in self._names]
        return EventId(self._by_number[self._devices[at]], self._numbers[at])

    def _part(self, key: bytes) -> int:
        node = self._trees.known(key)
        return 0 if node is None else self._part_of_root[self._trees.find(node)]


def _number(text: bytes) -> int:
    return int(text) if text.isdigit() and len(text) < 17 else -1


def _repeated(hashes: array[int]) -> frozenset[int]:
    """Return those that stand more than once."""
    return frozenset(one for one, other in pairwise(sorted(hashes)) if one == other)
