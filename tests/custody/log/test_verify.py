"""The verifier of a stored ledger: an honest one is whole, and any change is found."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silog_core.custody.chain import DeviceLog, chained
from silog_core.custody.ledger import Ledger
from silog_core.custody.roster import DeviceKey
from silog_core.custody.signing import FileSigner
from silog_core.custody.verify import verify_ledger
from silog_core.storage import MemoryStore, open_store

OFFICE = FileSigner.generate("kpu-12.71")
PHONE = FileSigner.generate("phone-7")


def body(device, sequence, kind="packed"):
    """An event that an operator may record, as far as admission reads it."""
    return (
        f'{{"author":["operator","12.71"],"device":"{device}","kind":"{kind}",'
        f'"seq":{sequence}}}'
    ).encode()


def fill(store, *, signed=True, each=9):
    """A ledger with an office that is connected, and a phone that was offline.

    The office writes *each* events, twice.
    """
    devices = [
        DeviceKey("office", OFFICE.key, frozenset({"operator"})),
        DeviceKey("phone", PHONE.key, frozenset({"operator"})),
    ]
    ledger = Ledger.init(
        store,
        origin="silog/12.71",
        signer=OFFICE if signed else None,
        devices=devices if signed else (),
    )
    phone = DeviceLog("phone", genesis=ledger.genesis)
    for part in range(2):
        first = part * each + 1
        ledger.append(
            [body("office", n) for n in range(first, first + each)],
            device="office",
            signer=OFFICE if signed else None,
        )
        phone.append([body("phone", part * 2 + n) for n in (1, 2)])
        if signed:
            phone.seal(PHONE)
        ledger.merge([phone])
    return ledger


def rows_of(store):
    """All that a store holds."""
    return {stream: store.read(stream) for stream in store.streams()}


def stored(rows):
    """A store that holds *rows*, whoever wrote them."""
    store = MemoryStore()
    for stream, events in rows.items():
        if events:
            store.append(stream, events, after=0)
    return store


SIGNED = rows_of(fill(store := MemoryStore()).store)
#: A few rows of each kind: every byte of them is changed once.
SHORT = rows_of(fill(MemoryStore(), each=2).store)
PLACES = [
    (stream, row, place)
    for stream, rows in SHORT.items()
    for row, data in enumerate(rows)
    for place in range(len(data))
]


def codes(rows):
    """Codes of what the verifier finds in *rows*."""
    return {fault.code for fault in verify_ledger(stored(rows)).faults}


@pytest.mark.parametrize("signed", [True, False])
def test_an_honest_ledger_is_whole(signed, tmp_path):
    """Law 20: what was only appended verifies, in memory and in a file, read once more."""
    with open_store(f"sqlite:///{tmp_path}/ledger.db") as file:
        for kept in (MemoryStore(), file):
            ledger = fill(kept, signed=signed)
            found = verify_ledger(kept, keys=[OFFICE.key] if signed else ())

            assert ((), ledger.size, signed) == (found.faults, found.size, found.trusted)


def test_every_byte_counts():
    """Law 20: a change of any one byte of a stored ledger is found."""
    missed = []
    for stream, row, place in PLACES:
        rows = {name: list(events) for name, events in SHORT.items()}
        data = bytearray(rows[stream][row])
        data[place] ^= 1 + place % 255
        rows[stream][row] = bytes(data)
        if not codes(rows):
            missed.append((stream, row, place))

    assert [] == missed


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_row_deleted_repeated_or_moved_is_found(data):
    """Law 20: so is a row that is left out, repeated, moved or cut short."""
    rows = {name: list(events) for name, events in SIGNED.items()}
    stream = data.draw(st.sampled_from(sorted(rows)))
    events = rows[stream]
    row = data.draw(st.integers(0, len(events) - 1))
    how = data.draw(st.sampled_from(["delete", "repeat", "swap", "cut", "extend", "tail"]))
    if how == "delete":
        del events[row]
    elif how == "repeat":
        events.insert(row, events[row])
    elif how == "swap":
        other = data.draw(st.integers(0, len(events) - 1))
        events[row], events[other] = events[other], events[row]
    elif how == "cut":
        events[row] = events[row][:-1]
    elif how == "extend":
        events[row] += b"0"
    else:
        del events[row:]

    assert rows == SIGNED or codes(rows)


def test_a_fork_is_told_from_a_break():
    """Two events of one number are a fork; what joins nothing is a broken chain."""
    store = MemoryStore()
    ledger = Ledger.init(store, origin="silog/12.71")
    one, other = (DeviceLog("phone", genesis=ledger.genesis) for _ in range(2))
    one.append([b"a", b"b"])
    other.append([b"a", b"x", b"y"])
    ledger.merge([one])
    assert (("phone", 2),) == ledger.merge([other]).forks
    assert {"fork"} == {fault.code for fault in verify_ledger(store).faults}

    records, _ = chained("tablet", [b"z"], sequence=4, link=bytes(32))
    ledger._log.write(records)  # past the ledger's own checks
    assert {"fork", "chain"} == {fault.code for fault in verify_ledger(store).faults}


def test_a_replaced_ledger_needs_a_known_key():
    """A ledger made anew is whole in itself; only a key from elsewhere tells."""
    store = MemoryStore()
    thief = FileSigner.generate("kpu-12.71")
    Ledger.init(store, origin="silog/12.71", signer=thief)

    assert () == verify_ledger(store).faults
    assert ["checkpoint"] == [f.code for f in verify_ledger(store, keys=[OFFICE.key]).faults]


def test_what_a_role_may_not_record_is_found():
    """Rights hold by key: an event outside the key's roles is named, whoever wrote it."""
    store = MemoryStore()
    ledger = fill(store)
    tip, link = ledger._log.tip("office")
    records, _ = chained(
        "office", [body("office", tip + 1, "nothing")], sequence=tip, link=link
    )
    ledger._log.write(records)

    assert {"not-allowed", "unsealed"} == {f.code for f in verify_ledger(store).faults}
    assert {"no-ledger"} == {f.code for f in verify_ledger(MemoryStore()).faults}


def test_faults_speak_both_languages():
    """Each fault says where and what, in Indonesian and English."""
    rows = {name: list(events) for name, events in SIGNED.items()}
    rows["record"][3] = rows["record"][3] + b"!"
    for fault in verify_ledger(stored(rows)).faults:
        assert fault.said("id") != fault.said("en")


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 3)), max_size=12))
def test_law_runs_of_devices_lie_where_the_index_says(batches):
    """Devices by turns and in one merge, empty events, many batches: never a fault."""
    ledger = Ledger.init(store := MemoryStore(), origin="silog/12.71")
    for number, (device, count) in enumerate(batches):
        if number % 3:
            ledger.append([b""] * count, device=device)
        else:
            logs = [ledger.go_on(name) for name in sorted({device, "c"})]
            for log in logs:
                log.append([b"%d" % n for n in range(count)])
            ledger.merge(logs)

    assert () == verify_ledger(store).faults


def test_an_entry_without_its_end_of_line_is_no_entry():
    """Cut to its first line, a record is named; what comes behind it is read on."""
    ledger = Ledger.init(store := MemoryStore(), origin="silog/12.71")
    ledger.append([b"", b"2"], device="a")
    store._streams["record"][1] = store._streams["record"][1][:-1]

    assert ("record", 2) in {(f.code, f.row) for f in verify_ledger(store).faults}
