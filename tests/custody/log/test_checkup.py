"""A checkup names each damage at its place, with what to do, and changes nothing."""

from __future__ import annotations

import pytest

from silog_core.custody.chain import DeviceLog, chained
from silog_core.custody.checkpoint import Checkpoint, SignedNote
from silog_core.custody.checkup import Damage, check_up
from silog_core.custody.checkup_texts import MENDS
from silog_core.custody.copying import copy_ledger
from silog_core.custody.device_store import begin_device
from silog_core.custody.ledger import Ledger
from silog_core.custody.roster import DeviceKey, roster_record
from silog_core.custody.signing import FileSigner
from silog_core.errors import LedgerError
from silog_core.storage import MemoryStore

OFFICE, PHONE = FileSigner("kpu", bytes(32)), FileSigner("phone", bytes([1]) * 32)
BATCH, BATCHES = 20, 40


def body(number, device="desk"):
    """An event that an operator may record."""
    text = '{"author":["operator","1"],"device":"%s","kind":"packed","seq":%d}'
    return (text % (device, number)).encode()


def filled():
    """A signed ledger of forty checkpoints."""
    keys = [DeviceKey(name, OFFICE.key, frozenset({"operator"})) for name in ("desk", "phone")]
    ledger = Ledger.init(MemoryStore(), origin="silog/c", signer=OFFICE, devices=keys)
    for number in range(BATCHES):
        bodies = [body(number * BATCH + n) for n in range(1, BATCH + 1)]
        ledger.append(bodies, device="desk", signer=OFFICE)
    return ledger


def codes(store):
    """Codes of the damages of what *store* holds."""
    return {damage.code for damage in check_up(store).damages}


def test_two_damages_are_two_damages():
    """Two edited records far apart are both named near their places, and nothing between."""
    store = filled().store
    rows = store._streams["record"]
    places = (100, 611)
    for place in places:
        rows[place] = rows[place].replace(b"packed", b"sealed")
    rooted = [d.row for d in check_up(store).damages if d.code == "root"]
    chains = [d.row for d in check_up(store).damages if d.code == "chain"]

    assert [place + 2 for place in places] == chains  # the next entry names the one before
    assert len(rooted) <= 4
    assert all(min(abs(row - place) for place in places) < 3 * BATCH for row in rooted)
    assert all(min(abs(row - place) for row in rooted) < 3 * BATCH for place in places)


def past_the_program(ledger, *records):
    """Write records as somebody would who has the office's key and no scruples."""
    ledger._log.write(records)
    return ledger.store


def forked(ledger):
    """A device of which there are two."""
    one, other = (DeviceLog("phone", genesis=ledger.genesis) for _ in range(2))
    one.append([body(1, "phone")])
    other.append([body(1, "phone").replace(b"packed", b"sealed")])
    for log in (one, other):
        log.seal(OFFICE)
        ledger.merge([log])
    return ledger.store


WAYS = {
    "record": lambda ledger: past_the_program(ledger, b"hello"),
    "chain": lambda ledger: past_the_program(
        ledger, *chained("phone", [body(9, "phone")], sequence=8, link=bytes(32))[0]
    ),
    "unsealed": lambda ledger: past_the_program(
        ledger, *chained("phone", [body(1, "phone")], sequence=0, link=ledger.genesis)[0]
    ),
    "seal": lambda ledger: past_the_program(ledger, b"s1 desk 1 kpu+x+y\nAAAA"),
    "not-allowed": lambda ledger: past_the_program(
        ledger,
        *chained(
            "phone",
            [body(1, "phone").replace(b"packed", b"released")],
            sequence=0,
            link=ledger.genesis,
        )[0],
    ),
    "fork": forked,
}


@pytest.mark.parametrize("code", WAYS)
def test_each_kind_has_its_name(code):
    """What is wrong with records that are in the tree is told by kind."""
    assert code in codes(WAYS[code](filled()))


def test_a_roster_of_somebody_else_is_named():
    """A roster that the office did not sign is a damage, and gives no rights."""
    ledger = filled()
    store, log = ledger.store, ledger._log
    bad = roster_record("silog/c", signer=PHONE)
    object.__setattr__(log, "roster", _Lenient(log.roster))
    log.write([bad])

    assert "roster" in codes(store)


class _Lenient:
    """A roster that takes everything, as the writer of a forged record would."""

    def __init__(self, roster):
        self.authority, self.origin = roster.authority, roster.origin

    def follow(self, record):
        return self


@pytest.mark.parametrize(
    ("stream", "code"), [("record", "orphan-rows"), ("heads", "checkpoint"), ("x", "foreign")]
)
def test_rows_that_belong_to_nothing_are_named(stream, code):
    """Rows behind the last checkpoint, and streams that no ledger has."""
    store = filled().store
    store.append(stream, [b"extra"], after=store.end(stream))

    assert code in codes(store)


def test_missing_rows_are_named():
    """Records that are cut off fall short of the root, an index of its own length."""
    for stream, code in (("record", "root"), ("rosters", "rows-missing")):
        ledger = filled()
        ledger.enrol([DeviceKey("late", OFFICE.key, frozenset({"operator"}))])
        rows = ledger.store._streams["record"]
        if stream == "rosters":  # not the index alone: then the record would be whole
            rows[9] += b"!"
        del ledger.store._streams[stream][-1:]

        assert code in codes(ledger.store)


@pytest.mark.parametrize("stream", ["index/04", "device/desk"])
def test_a_broken_index_is_mended_by_a_copy(stream):
    """The records are whole: the damage says so, and a copy has a sound index again."""
    ledger = filled()
    store, copy = ledger.store, MemoryStore()
    store._streams[stream][3] = bytes(32)
    assert {"index-only"} == codes(store)
    copied = copy_ledger(store, copy, keys=[OFFICE.key])

    assert set() == codes(copy)
    assert (copied.size, copied.root) == (
        filled().size,
        check_root(copy),
    )


def check_root(store):
    """Root of the ledger in *store*, by its own checkpoint."""
    return Checkpoint.of(SignedNote.parse(Ledger(store).checkpoint())).root


def test_a_damaged_record_is_not_copied():
    """What does not verify goes nowhere, at once or in parts."""
    store = filled().store
    rows = store._streams["record"]
    rows[50] = rows[50].replace(b"packed", b"sealed")
    for at_once in (True, False):
        with pytest.raises(LedgerError, match="damaged"):
            copy_ledger(store, MemoryStore(), at_once=at_once)


@pytest.mark.parametrize("code", sorted(MENDS))
def test_every_damage_says_what_to_do(code):
    """In both languages, and not the same."""
    damage = Damage(code, "record", 1, "x")

    assert damage.said("id") != damage.said("en")
    assert damage.mend("id") != damage.mend("en")


def test_a_device_log_is_looked_at():
    """In a file of its own, or beside a ledger: whole it is fine, changed it is named."""
    ledger, alone = filled(), MemoryStore()
    begin_device(alone, "phone", genesis=ledger.genesis).append([b"a", b"b", b"c"])
    beside = DeviceLog("phone", genesis=ledger.genesis, store=ledger.store)
    beside.append([b"a", b"b", b"c"])
    for store in (alone, ledger.store):
        assert set() == codes(store)
        store._streams["chain/phone"][1] += b"!"
        assert {"device-log"} == codes(store)
