"""Who may see and erase personal data, and whether it fits the record."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from silog_core.custody.chain import Entry
from silog_core.custody.events import event_from_bytes
from silog_core.custody.log import CHUNK
from silog_core.custody.roster import Roster
from silog_core.custody.signing import Signer, signature_holds
from silog_core.custody.tiles import RECORDS
from silog_core.domain.custody_roles import Role
from silog_core.errors import FieldError, NotAllowedError, SilogError
from silog_core.ports.people import Act, Opening, People
from silog_core.ports.store import Store

#: Roles whose holders may see personal data, and those who may erase it.
MAY_REVEAL = frozenset({Role.CHAIR, Role.SECRETARY, Role.LOGISTICS_HEAD})
MAY_ERASE = frozenset({Role.CHAIR, Role.SECRETARY})


def reveal(
    people: People, digest: str, *, roster: Roster, device: str, signer: Signer, reason: str
) -> Opening | None:
    """Return personal data to somebody whose key has the right to see it, and note who.

    Raises:
        NotAllowedError: The key is not the device's, or none of its roles may.
    """
    act = _allowed("reveal", digest, roster, device, signer, reason, MAY_REVEAL)
    found = people.find(digest)
    if found is not None:
        people.note(act)
    return found


def erase(
    people: People, digest: str, *, roster: Roster, device: str, signer: Signer, reason: str
) -> bool:
    """Erase personal data for good, and note who did; the record is not touched.

    Raises:
        NotAllowedError: The key is not the device's, or none of its roles may.
    """
    return people.erase(_allowed("erase", digest, roster, device, signer, reason, MAY_ERASE))


def act_holds(act: Act, roster: Roster) -> bool:
    """Say whether an act is signed by a key of the roster that is, or was, the device's."""
    key = roster.devices.get(act.device, {}).get(act.key)
    return key is not None and signature_holds(key.key.raw, act.text(), act.signature)


@attrs.frozen
class PeopleReport:
    """How personal data and the commitments of a record fit."""

    held: int
    erased: int
    #: Commitments of events whose data is not in this store.
    elsewhere: int
    #: Code and digest: ``people-wrong`` or ``people-orphan``.
    faults: tuple[tuple[str, str], ...]


def check_people(store: Store, people: People) -> PeopleReport:
    """Hold all that is still there against the commitments of the events in *store*."""
    committed = dict(_commitments(store))
    kept = people.digests()
    faults = []
    for digest, here in sorted(kept.items()):
        found = people.find(digest) if here else None
        if found is not None and found.digest != digest:
            faults.append(("people-wrong", digest))
        if here and digest not in committed:
            faults.append(("people-orphan", digest))
    held = sum(kept.values())
    return PeopleReport(held, len(kept) - held, len(committed.keys() - kept), tuple(faults))


def _commitments(store: Store) -> Iterator[tuple[str, str]]:
    after, end = 0, store.end(RECORDS)
    while after < end:
        rows = store.read(RECORDS, after=after, limit=CHUNK)
        if not rows:
            return
        after += len(rows)
        for row in rows:
            entry = Entry.parse(row) if b'"commitments"' in row else None
            if entry is None:
                continue
            try:
                pairs = event_from_bytes(entry.body).commitments
            except SilogError:
                continue  # the check of the record names it
            yield from ((digest, name) for name, digest in pairs)


def _allowed(
    what: str,
    digest: str,
    roster: Roster,
    device: str,
    signer: Signer,
    reason: str,
    roles: frozenset[Role],
) -> Act:
    key = roster.devices.get(device, {}).get(signer.key.text)
    wanted = {role.value for role in roles}
    if key is None or key.revoked or not wanted & key.roles:
        raise NotAllowedError(
            f"the key of {signer.key.name} may not {what} personal data as {device}",
            f"let {' or '.join(sorted(wanted))} do it, with the key in the roster",
        )
    if not reason.strip():
        raise FieldError("no reason is given", "say why, in a few words")
    act = Act(what, digest, device, signer.key.text, reason)
    return attrs.evolve(act, signature=signer.sign(act.text()))
