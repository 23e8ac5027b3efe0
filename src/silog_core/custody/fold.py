"""From events to state: at once, or event by event, with the same result.

Events are kept as a set, so the state does not depend on the order in which logs come
nor on how often. Only what a new event touches is read again: the units that hang
together with its own, its lot, its station, its device.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from silog_core.custody import books
from silog_core.custody.accounts import Account, account_of, account_problems
from silog_core.custody.bulk_books import BulkBooks
from silog_core.custody.carton_books import CartonBooks
from silog_core.custody.catalogue import CATALOGUE
from silog_core.custody.catalogue_form import Subject
from silog_core.custody.grouping import Groups
from silog_core.custody.handover_checks import handover_problems
from silog_core.custody.machine import UnitMachine
from silog_core.custody.merge import Journal, closed_incident
from silog_core.custody.problem_texts import problem
from silog_core.custody.requirements import problems_of
from silog_core.custody.state import CustodyState
from silog_core.domain.custody_events import Event, EventId
from silog_core.domain.custody_kinds import Kind
from silog_core.domain.custody_problems import CustodyProblem
from silog_core.domain.custody_state import UnitState
from silog_core.domain.demand import Commodity
from silog_core.domain.handover_rules import HandoverRules

#: One use of a serial number: the unit that it was put on, the kind of event, the event.
SealUse = tuple[str, str, EventId]


class Listener(Protocol):
    """Hears of every event that comes to stand, or stands no more."""

    def __call__(self, event: Event, *, undo: bool) -> None:
        """Count *event* in, or out again."""
        ...


class Share(Protocol):
    """What of a record is at home in one part of it."""

    def has_unit(self, code: str) -> bool:
        """Say whether a unit is."""
        ...

    def has_place(self, code: str) -> bool:
        """Say whether a place is."""
        ...

    def has_event(self, name: EventId) -> bool:
        """Say whether an event is."""
        ...


def state_of(events: Iterable[Event], rules: HandoverRules | None = None) -> CustodyState:
    """Return what *events* say: where everything is, and what is wrong with the record.

    Order and repeats of *events* do not matter. With *rules*, such as those of a plan,
    each hand-over is held to what its own region asks for. A sequence that cannot be gives
    problems in the state, never an error.

    Example:
        >>> from silog_core.domain.custody_roles import Party
        >>> scan = Event(
        ...     device="t1",
        ...     sequence=1,
        ...     kind="scanned",
        ...     time_s=0,
        ...     place="12.71.01",
        ...     author=Party("subdistrict-committee", "12.71.01"),
        ...     units=("BOX-1",),
        ... )
        >>> state = state_of([scan, scan])
        >>> state.units["BOX-1"].condition.value
        'quarantined'
        >>> print(state.problems[0].message)
        Scanned at 12.71.01, but nothing was ever packed under this code
    """
    fold = CustodyFold(rules)
    fold.add_all(events)
    return fold.state()


class CustodyFold:
    """A record that takes events one by one, in any order."""

    def __init__(self, rules: HandoverRules | None = None) -> None:
        """Start with an empty record.

        Args:
            rules: What hand-overs ask for in each region; None asks for nothing more
                than the catalogue.
        """
        self._rules = rules
        self.journal = Journal()
        #: What stands of each event: its last correction, unless it was withdrawn.
        self.standing: dict[EventId, Event] = {}
        self._groups = Groups()
        #: Units by code, as of the last `flush`.
        self.units: dict[str, UnitState] = {}
        self._codes: dict[str, tuple[str, ...]] = {}
        self._books = BulkBooks()
        self._cartons = CartonBooks()
        self._counts: dict[tuple[str, Commodity], list[Event]] = {}
        #: Accounts of stations, as of the last `flush`.
        self.accounts: dict[tuple[str, Commodity], Account] = {}
        #: Uses of each serial number.
        self.seals: dict[str, list[SealUse]] = {}
        self._seals_twice: set[str] = set()
        self._incidents: set[EventId] = set()
        self._closings: dict[EventId, list[EventId]] = {}
        self._problems: dict[tuple[str, Any], list[CustodyProblem]] = {}
        self._dirty_devices: set[str] = set()
        self._dirty_accounts: set[tuple[str, Commodity]] = set()
        #: Called with every event that comes to stand, or stands no more.
        self.on_standing: list[Listener] = []

    def add_all(self, events: Iterable[Event]) -> int:
        """Take *events* in; return how many were new."""
        return sum(1 for event in events if self.add(event))

    def add(self, event: Event) -> bool:
        """Take one event in; say whether it was new."""
        name, journal = event.id, self.journal
        before = journal.events.get(name)
        if not journal.add(event):
            return False
        self._dirty_devices.add(event.device)
        self._stand(name)
        touched = list(journal.corrections.get(name, ()))
        pointed = (event.corrects, before.corrects if before else None)
        touched += [journal.root(old) for old in pointed if old in journal.events]
        for other in touched:
            self._stand(other)
        return True

    def _stand(self, name: EventId) -> None:
        """See what stands of *name* now, and enter that instead of what stood before."""
        new, old = self.journal.effective(name), self.standing.get(name)
        if new is old:
            return
        if old is not None:
            del self.standing[name]
            self._enter(name, old, undo=True)
        if new is not None:
            self.standing[name] = new
            self._enter(name, new, undo=False)
        for listener in self.on_standing:
            for event, undo in ((old, True), (new, False)):
                if event is not None:
                    listener(event, undo=undo)

    def _enter(self, name: EventId, event: Event, *, undo: bool) -> None:
        found = list(problems_of(event))
        rules = CATALOGUE[event.kind]
        if rules.handover and self._rules is not None:
            found += handover_problems(event, self._rules)
        if rules.subject is Subject.LOT and event.counts:
            found += books.receipt_problems(event)
        if undo:
            self._problems.pop(("event", name), None)
        elif found:
            self._problems["event", name] = found
        if rules.subject is Subject.LOT:
            self._cartons.enter(name, event, undo=undo)
        elif event.units or event.container:
            self._enter_units(name, event, rules.subject, undo=undo)
        if event.quantities or event.counts:
            self._books.enter(event, undo=undo)
            if event.kind is Kind.COUNTED:
                self._enter_counts(event, undo=undo)
        if event.kind is Kind.INCIDENT:
            (self._incidents.discard if undo else self._incidents.add)(name)
        elif event.kind is Kind.INCIDENT_CLOSED:
            self._enter_closing(name, event, undo=undo)

    def _enter_units(
        self, name: EventId, event: Event, subject: Subject, *, undo: bool
    ) -> None:
        if subject is Subject.ACCOUNT:
            return
        kit = event.kind is Kind.KITTED
        if kit and not event.container:
            return  # Nobody knows what was put into what; the event itself is told of.
        # What is put into a container hangs together with it; what only travels together
        # does not.
        together = [(event.container, *event.units)] if kit else [(u,) for u in event.units]
        for codes in together:
            if undo:
                self._groups.retract(codes[0], name)
            else:
                self._groups.enter(codes, name)
        if not together:
            return
        first = together[0][0]
        for seal in event.seals_applied:
            self._enter_seal(seal, (first, event.kind.value, event.id), undo=undo)

    def _enter_seal(self, seal: str, use: SealUse, *, undo: bool) -> None:
        uses = self.seals.setdefault(seal, [])
        if undo:
            uses.remove(use)
        else:
            uses.append(use)
        if len(uses) > 1 and len({use[:2] for use in uses}) > 1:
            self._seals_twice.add(seal)
        else:
            self._seals_twice.discard(seal)

    def _enter_counts(self, event: Event, *, undo: bool) -> None:
        for commodity in dict.fromkeys(c.commodity for c in event.counts):
            key = (event.place, commodity)
            lines = self._counts.setdefault(key, [])
            if undo:
                lines.remove(event)
            else:
                lines.append(event)
            self._dirty_accounts.add(key)

    def _enter_closing(self, name: EventId, event: Event, *, undo: bool) -> None:
        old = closed_incident(event)
        if old is None:
            return
        closings = self._closings.setdefault(old, [])
        if undo:
            closings.remove(name)
        else:
            closings.append(name)
        incident = self.standing.get(old)
        for code in incident.units if incident else ():
            self._groups.dirty.add(self._groups.find(code))

    # Reading again what changed.

    def flush(self) -> None:
        """Read again what new events touched."""
        for name in self._groups.dirty:
            self._read_group(name)
        self._groups.dirty.clear()
        for key in self._dirty_accounts:
            self._read_account(key)
        self._dirty_accounts.clear()
        for device in self._dirty_devices:
            self._set_problems(("device", device), self.journal.device_problems(device))
        self._dirty_devices.clear()

    def _read_group(self, name: str) -> None:
        groups, standing = self._groups, self.standing
        events = [standing[n] for n in dict.fromkeys(groups.events[name])]
        if len(events) > 1:
            events.sort(key=_order)
        machine = UnitMachine(events, lambda code: groups.find(code) == name)
        for part in (name, *groups.merged.pop(name, ())):
            for code in self._codes.pop(part, ()):
                del self.units[code]
            self._problems.pop(("group", part), None)
        for code, unit in machine.units.items():
            unit.incidents = [i for i in unit.incidents if not self._closings.get(i)]
            self.units[code] = unit.shown()
        self._codes[name] = tuple(machine.units)
        self._set_problems(("group", name), machine.problems)

    def _read_account(self, key: tuple[str, Commodity]) -> None:
        account = account_of(*key, sorted(self._counts[key], key=_order))
        if account is None:
            self.accounts.pop(key, None)
            self._set_problems(("account", key), [])
        else:
            self.accounts[key] = account
            self._set_problems(("account", key), list(account_problems(account)))

    def _set_problems(self, where: tuple[str, Any], found: list[CustodyProblem]) -> None:
        if found:
            self._problems[where] = found
        else:
            self._problems.pop(where, None)

    def history(self, unit: UnitState) -> list[Event]:
        """Return the events of *unit* in order of time, each as it was corrected last."""
        return [self.journal.events[name] for name in unit.events]

    def unit(self, code: str) -> UnitState | None:
        """Return one unit as the record has it now, or None."""
        self.flush()
        return self.units.get(code)

    def state(self) -> CustodyState:
        """Return what the record says now."""
        self.flush()
        found = self.told()
        found += seal_problems((seal, self.seals[seal]) for seal in self._seals_twice)
        found += self._books.problems()
        found += self._cartons.problems()
        return CustodyState(
            units=dict(self.units),
            accounts=dict(self.accounts),
            lots=self._books.lots(),
            stock=self._books.stock(),
            packed=dict(self._books.packed),
            destroyed=dict(self._books.destroyed),
            damaged=dict(self._books.damaged),
            surplus=dict(self._books.surplus),
            cartons=self._cartons.cartons(),
            problems=tuple(sorted(found, key=lambda p: p.rank)),
            standing=len(self.standing),
            open_incidents=tuple(
                sorted(i for i in self._incidents if not self._closings.get(i))
            ),
        )

    def told(self, mine: Share | None = None) -> list[CustodyProblem]:
        """Return what is wrong with single events, units, devices and accounts.

        With *mine*, only what is at home in this part is read; devices then wait for the
        other parts, and no later event may come.
        """
        if mine is not None:
            self._leave_others(mine)
        self.flush()
        found = [p for several in self._problems.values() for p in several]
        told = (*self.journal.fork_problems(), *self.journal.correction_problems())
        found += (one for one in told if mine is None or mine.has_event(one.events[0]))
        for (place, what), account in self.accounts.items():
            found += self._books.receipt_differs(place, what, account)
        return found

    def _leave_others(self, mine: Share) -> None:
        self._groups.dirty = {name for name in self._groups.dirty if mine.has_unit(name)}
        self._dirty_accounts = {key for key in self._dirty_accounts if mine.has_place(key[0])}
        self._dirty_devices.clear()
        for where in [w for w in self._problems if not mine.has_event(w[1])]:
            del self._problems[where]


def seal_problems(seals: Iterable[tuple[str, Iterable[SealUse]]]) -> Iterator[CustodyProblem]:
    """Yield the seals among *seals* that were put on more than one thing."""
    for seal, told in seals:
        uses = list(told)
        if len({use[:2] for use in uses}) > 1:
            names = sorted(name for _unit, _kind, name in uses)
            yield problem("seal-twice", seal, names, count=len(uses))


def _order(event: Event) -> tuple[int, str, int]:
    return (event.time_s, event.device, event.sequence)
