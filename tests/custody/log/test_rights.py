"""Who may record what is held by key: roles, keys that come and go, forks, two writers."""

from __future__ import annotations

import pytest

from silog_core.custody.chain import DeviceLog
from silog_core.custody.ledger import Ledger
from silog_core.custody.roster import DeviceKey
from silog_core.custody.signing import FileSigner
from silog_core.custody.verify import verify_ledger
from silog_core.domain.custody_kinds import Kind
from silog_core.domain.custody_roles import Role
from silog_core.errors import (
    ForeignChainError,
    LedgerError,
    NotAllowedError,
    SignatureError,
    StaleWriteError,
)
from silog_core.ports.store import Write
from silog_core.storage import MemoryStore

OFFICE, TABLET, OTHER = (FileSigner(name, bytes([n]) * 32) for n, name in enumerate("abc"))

#: What each office does by DOMAIN 1.3, and what belongs to another.
OFFICES = [
    ("kpu-national", "budgeted", "packed"),
    ("kpu-province", "order-approved", "ordered"),
    ("regency-chair", "order-approved", "kitted"),
    ("regency-secretary", "accepted", "packed"),
    ("commitment-officer", "contract-signed", "order-approved"),
    ("logistics-head", "dispatched", "order-approved"),
    ("operator", "scanned", "order-approved"),
    ("operator", "packed", "released"),
    ("subdistrict-committee", "received-hub", "received-station"),
    ("village-committee", "received-village", "counted"),
    ("station-committee", "counted", "dispatched"),
    ("supervisor", "seal-broken", "packed"),
    ("party-witness", "incident", "counted"),
    ("police", "incident", "opened"),
    ("supplier", "produced", "quality-passed"),
    ("carrier", "lost", "counted"),
]


def body(role, kind, sequence, device="tablet"):
    """An event as far as admission reads it."""
    text = '{"author":["%s","12.71"],"device":"%s","kind":"%s","seq":%d}'
    return (text % (role, device, kind, sequence)).encode()


def ledger_for(*roles):
    """A signed ledger in which one tablet has *roles*."""
    key = DeviceKey("tablet", TABLET.key, frozenset(roles))
    return Ledger.init(MemoryStore(), origin="silog/r", signer=OFFICE, devices=[key])


def test_every_role_is_tried():
    """No office of DOMAIN 1.3 is left out of the table above."""
    assert {role.value for role in Role} == {role for role, _, _ in OFFICES}


@pytest.mark.parametrize(("role", "may", "may_not"), OFFICES)
def test_a_key_records_what_its_office_does(role, may, may_not):
    """Own kinds are taken; another's, in own name or in another's, is refused, with no trace."""
    ledger = ledger_for(role)
    ledger.append([body(role, may, 1)], device="tablet", signer=TABLET)
    before = ledger.checkpoint()
    holder = next(one for one, kind, _ in OFFICES if kind == "incident")
    for bad in (body(role, may_not, 2), body(holder, "incident", 2), b"not an event"):
        if bad == body(role, "incident", 2):
            continue
        with pytest.raises(NotAllowedError):
            ledger.append([body(role, may, 2), bad], device="tablet", signer=TABLET)

    assert before == ledger.checkpoint()


def test_rights_hold_for_logs_too():
    """What a role may not record is refused in a sealed log of an offline device as well."""
    ledger = ledger_for("operator")
    log = DeviceLog("tablet", genesis=ledger.genesis)
    log.append([body("operator", "packed", 1), body("operator", "released", 2)])
    log.seal(TABLET)

    with pytest.raises(NotAllowedError):
        ledger.merge([log])
    assert 1 == ledger.size


def test_every_kind_has_somebody():
    """There is no kind of event that nobody may record, and none that everybody may not."""
    for kind in Kind:
        ledger = ledger_for(*(role.value for role in Role))
        taken = 0
        for role in Role:
            try:
                ledger.append(
                    [body(role.value, kind.value, taken + 1)], device="tablet", signer=TABLET
                )
                taken += 1
            except NotAllowedError:
                pass
        assert 0 < taken


def test_a_revoked_key_signed_what_it_signed():
    """What it signed before stays and verifies; what it signs later is refused."""
    ledger = ledger_for("operator")
    offline = DeviceLog("tablet", genesis=ledger.genesis)
    offline.append([body("operator", "packed", 1)])
    offline.seal(TABLET)
    ledger.merge([offline])
    offline.append([body("operator", "sealed", 2)])
    offline.seal(TABLET)
    old = DeviceKey("tablet", TABLET.key, frozenset({"operator"}), revoked=True)
    ledger.enrol([old])

    with pytest.raises(NotAllowedError):
        ledger.append([body("operator", "packed", 2)], device="tablet", signer=TABLET)
    with pytest.raises(NotAllowedError):
        ledger.merge([offline])
    assert [b"packed" in entry.body for entry in ledger.entries()] == [True]
    new = DeviceKey("tablet", OTHER.key, frozenset({"operator"}))
    ledger.enrol([new])
    ledger.append([body("operator", "packed", 2)], device="tablet", signer=OTHER)
    with pytest.raises(SignatureError):
        ledger.append([body("operator", "packed", 3)], device="tablet", signer=TABLET)
    assert () == verify_ledger(ledger.store, keys=[OFFICE.key]).faults


def test_what_a_revoked_key_seals_later_is_found():
    """Written past the program, a seal of a revoked key is a fault of its own."""
    ledger = ledger_for("operator")
    ledger.enrol([DeviceKey("tablet", TABLET.key, frozenset({"operator"}), revoked=True)])
    log = DeviceLog("tablet", genesis=ledger.genesis)
    log.append([body("operator", "packed", 1)])
    log.seal(TABLET)
    ledger._log.write(log.records)

    codes = {fault.code for fault in verify_ledger(ledger.store).faults}
    assert {"seal", "not-allowed"} <= codes


def test_only_the_office_changes_the_roster():
    """A roster that another key signed is refused by the ledger, and found if it is there."""
    ledger = ledger_for("operator")
    with pytest.raises(SignatureError):
        Ledger(ledger.store, signer=OTHER).enrol(
            [DeviceKey("tablet", OTHER.key, frozenset({"operator"}))]
        )
    with pytest.raises(LedgerError):
        Ledger.init(ledger.store, origin="silog/r", signer=OFFICE)


def test_of_two_writers_with_an_old_head_none_is_lost():
    """A writer whose head is old reads again, and appends behind the other: no fork."""
    store = MemoryStore()
    Ledger.init(store, origin="silog/two")
    one, other = Ledger(store), Ledger(store)
    for number in range(5):
        for ledger, device in ((one, "a"), (other, "b")):
            ledger.append([b"%d" % number], device=device)
    # Both for one device: the second goes on from the first's number.
    one.append([b"x"], device="a")
    other.append([b"y"], device="a")

    assert (7, 5) == (Ledger(store).sequence("a"), Ledger(store).sequence("b"))
    assert () == verify_ledger(store).faults


def test_a_head_that_stays_old_is_told():
    """Who loses the race every time is told so, and nothing of his is kept."""

    class Busy(MemoryStore):
        """Somebody else is always first."""

        busy = False

        def append_all(self, writes: list[Write]) -> None:
            if self.busy:
                raise StaleWriteError("somebody was first", "read again")
            super().append_all(writes)

    store = Busy()
    ledger = Ledger.init(store, origin="silog/busy")
    store.busy = True
    with pytest.raises(StaleWriteError):
        ledger.append([b"x"], device="a")
    store.busy = False

    assert 1 == ledger.size
    assert 2 == ledger.append([b"x"], device="a")


def test_forks_are_kept_and_named():
    """Two stories of one device: both stay, merge and verify name the number."""
    ledger = Ledger.init(MemoryStore(), origin="silog/f")
    one, other = (DeviceLog("phone", genesis=ledger.genesis) for _ in range(2))
    one.append([b"a", b"b", b"c"])
    other.append([b"a", b"x"])

    assert () == ledger.merge([one]).forks
    assert (("phone", 2),) == ledger.merge([other]).forks
    assert (("phone", 2),) == tuple(
        (fault.detail, 2) for fault in verify_ledger(ledger.store).faults
    )
    assert 4 == sum(1 for _ in ledger.entries())
    with pytest.raises(ForeignChainError):
        ledger.merge([DeviceLog("phone", genesis=bytes(32))])


def test_law_a_merge_takes_what_is_sealed_and_counts_what_waits():
    """Entries behind the last seal stay with the device, and come with the next seal."""
    ledger = ledger_for("operator")
    log = DeviceLog("tablet", genesis=ledger.genesis)
    log.append([body("operator", "packed", 1)])
    log.seal(TABLET)
    log.append([body("operator", "packed", 2), body("operator", "packed", 3)])
    first = ledger.merge([log.dump()])
    reached = ledger.sequence("tablet")
    log.seal(TABLET)
    second = ledger.merge([log])

    assert (1, (("tablet", 2),), 1) == (first.added, first.waiting, reached)
    assert (2, 1, (), 3) == (
        second.added,
        second.known,
        second.waiting,
        ledger.sequence("tablet"),
    )
    assert verify_ledger(ledger.store, keys=[OFFICE.key]).size == ledger.size
