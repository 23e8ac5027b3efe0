"""``silog ledger device``: recorded offline, carried by file, merged at once."""

from __future__ import annotations

import json
from random import Random

import attrs
import pytest
from click.testing import CliRunner

from custody_world import honest, renumbered
from silog_core.cli.main import cli
from silog_core.custody.chain import DeviceLog
from silog_core.custody.device_store import device_in, sealed_parts
from silog_core.custody.events import event_bytes
from silog_core.custody.export_jsonl import events_jsonl
from silog_core.custody.ledger import Ledger
from silog_core.custody.signing import FileSigner
from silog_core.domain.custody_kinds import Kind
from silog_core.storage import MemoryStore, open_store

ENV = {"SILOG_PLUGINS": "region.ID", "SILOG_LANG": "en"}
ROLES = "station-committee,village-committee,subdistrict-committee,operator,commitment-officer,supplier"  # fmt: skip


def silog(*words):
    """Run the program in this process."""
    return CliRunner().invoke(cli, ["ledger", *map(str, words)], env=ENV)


def _logs():
    """Return the honest record by device, as JSON lines."""
    named = [attrs.evolve(e, device=e.device.replace(" ", "-")) for e in honest(2)]
    found = {}
    for event in renumbered(named):
        found.setdefault(event.device, []).append(event)
    return found


@pytest.fixture
def office(tmp_path):
    """A signed ledger whose devices are enrolled, and what makes a device."""
    ledger = tmp_path / "r.db"
    silog("init", ledger, "--origin", "silog/12.71", "--key", tmp_path / "r.key")
    word = silog("device", "invite", ledger).stdout.strip()

    def device(name):
        key, log = tmp_path / f"{name}.key", tmp_path / f"{name}.db"
        public = silog("key", name, "--out", key).stdout.strip()
        done = silog(
            "enrol",
            ledger,
            "--key",
            tmp_path / "r.key",
            "--device",
            f"{name}={ROLES}={public}",
        )
        assert 0 == done.exit_code, done.output
        assert (
            0 == silog("device", "init", log, "--device", name, "--invitation", word).exit_code
        )
        return log, key

    return ledger, device, tmp_path


def _write(path, events):
    path.write_bytes(b"".join(events_jsonl(events)))
    return path


def test_offline_devices_come_together_in_one_record(office):
    """Each device records alone; merged in any order, the record has nothing to tell."""
    ledger, device, folder = office
    files = []
    for name, events in _logs().items():
        log, key = device(name)
        half = len(events) // 2
        for part in (events[:half], events[half:]):
            if part:
                file = _write(folder / "day.jsonl", part)
                done = silog("device", "append", log, file, "--key", key)
                assert 0 == done.exit_code, done.output
        files.append(folder / f"{name}.log")
        assert 0 == silog("device", "export", log, "--out", files[-1]).exit_code
    Random(3).shuffle(files)
    with open_store(f"sqlite:///{ledger}") as store:
        heads = store.end("heads")
    merged = silog("merge", ledger, *files, "--key", folder / "r.key")

    assert 0 == merged.exit_code, merged.output
    assert f"{len(renumbered(honest(2)))} new, 0 known" in merged.stdout
    with open_store(f"sqlite:///{ledger}") as store:
        assert heads + 1 == store.end("heads")  # one checkpoint over all of them
    assert 0 == silog("verify", ledger).exit_code
    assert 0 == silog("reconcile", ledger, "--after-return").exit_code


def test_what_is_not_sealed_yet_waits(office):
    """The sealed part is taken, the rest named; with the next seal it comes too."""
    ledger, device, folder = office
    events = _logs()["d-12.71"]
    log, key = device("d-12.71")
    silog("device", "append", log, _write(folder / "a.jsonl", events[:5]), "--key", key)
    silog("device", "append", log, _write(folder / "b.jsonl", events[5:8]))
    silog("device", "export", log, "--out", folder / "one.log")
    first = silog("merge", ledger, folder / "one.log", "--key", folder / "r.key")
    silog("device", "export", log, "--out", folder / "two.log", "--key", key, "--after", 5)
    second = silog("merge", ledger, folder / "two.log", "--key", folder / "r.key")

    assert "5 new" in first.stdout
    assert "d-12.71: its last 3 events are not sealed" in first.stdout
    assert "3 new" in second.stdout, second.output
    assert 0 == silog("verify", ledger).exit_code


def test_a_device_that_tells_two_stories_is_explained(office):
    """A copy of the log that goes on otherwise: both stay, and the merge says what to do."""
    ledger, device, folder = office
    log, key = device("d-12.71")
    events = _logs()["d-12.71"]
    silog("device", "append", log, _write(folder / "a.jsonl", events[:4]), "--key", key)
    copy = folder / "copy.db"
    copy.write_bytes(log.read_bytes())
    other = [attrs.evolve(events[4], document="another")]
    silog("device", "append", log, _write(folder / "b.jsonl", events[4:5]), "--key", key)
    silog("device", "append", copy, _write(folder / "c.jsonl", other), "--key", key)
    for at in (log, copy):
        silog("device", "export", at, "--out", at.with_suffix(".log"))
    merged = silog(
        "merge", ledger, log.with_suffix(".log"), copy.with_suffix(".log"), "--key", folder / "r.key"
    )  # fmt: skip

    assert 1 == merged.exit_code
    assert "2 different events carry the number 5" in merged.stdout
    assert "ask the holder of the device" in merged.stdout


def test_a_device_refuses_what_can_never_be_right(office):
    """A hand-over without its document, and what else lacks: all named, none recorded (18)."""
    _ledger, device, folder = office
    log, key = device("d-12.71")
    first, second = _logs()["d-12.71"][:2]
    bad = [first, attrs.evolve(second, document=""), attrs.evolve(second, giver=None)]
    done = silog("device", "append", log, _write(folder / "a.jsonl", bad), "--key", key)

    assert 2 == done.exit_code
    assert "[SLG502] nothing is recorded: event 2" in done.output
    assert "lacks document" in done.output
    assert "event 3" in done.output
    assert "lacks giver" in done.output
    done = silog("device", "append", log, _write(folder / "a.jsonl", [first]), "--key", key)
    assert "number 1" in done.stdout
    assert 2 == silog("device", "init", log, "--device", "x", "--invitation", "AA").exit_code


def test_a_device_tells_at_once_what_was_not_kept_to(office):
    """That nobody else was there when a box was packed is recorded, and told (19)."""
    _ledger, device, folder = office
    log, key = device("d-12.71")
    packed = next(e for e in _logs()["d-12.71"] if e.kind is Kind.PACKED)
    lone = [attrs.evolve(packed, witnesses=())]
    done = silog("device", "append", log, _write(folder / "a.jsonl", lone), "--key", key)

    assert 1 == done.exit_code
    assert "1 events recorded" in done.stdout
    assert "[too-few-persons]" in done.stdout


def test_a_log_with_bytes_that_are_no_event_is_not_merged(office):
    """Who has a good key cannot bring in what would stop every report; all are named."""
    ledger, device, folder = office
    log, key = device("d-12.71")
    event = _logs()["d-12.71"][0]
    silog("device", "append", log, _write(folder / "a.jsonl", [event]), "--key", key)
    loose = event_bytes(attrs.evolve(event, sequence=2)).replace(b'"v":1', b'"v":2')
    with open_store(f"sqlite:///{log}") as store:
        found = device_in(store)
        found.append([loose, event_bytes(attrs.evolve(event, sequence=3))[:-1] + b" }"])
        found.seal(FileSigner.parse(key.read_text("utf-8")))
    silog("device", "export", log, "--out", folder / "d.log")
    before = silog("checkpoint", ledger).stdout
    done = silog("merge", ledger, folder / "d.log", "--key", folder / "r.key")

    assert 2 == done.exit_code
    assert "d-12.71:2 is no event" in done.output
    assert "d-12.71:3 is no event" in done.output
    assert before == silog("checkpoint", ledger).stdout


def test_one_faulty_log_keeps_all_others_out(office):
    """A merge is all or nothing: a foreign key in one log leaves the ledger as it was."""
    ledger, device, folder = office
    files = []
    for name, events in list(_logs().items())[:2]:
        log, key = device(name)
        stranger = FileSigner.generate("stranger")
        if files:
            key = folder / "stranger.key"
            key.write_text(stranger.secret_text() + "\n", "utf-8")
        silog("device", "append", log, _write(folder / "a.jsonl", events), "--key", key)
        files.append(log.with_suffix(".log"))
        silog("device", "export", log, "--out", files[-1])
    before = silog("checkpoint", ledger).stdout

    assert 2 == silog("merge", ledger, *files, "--key", folder / "r.key").exit_code
    assert before == silog("checkpoint", ledger).stdout


@pytest.mark.parametrize("seals", [(), (1,), (1, 3), (4,), (2, 4)])
def test_law_the_sealed_part_is_all_before_the_last_seal(seals):
    """Seals in between stay; a signed ledger takes the part whatever its seals."""
    signer = FileSigner.generate("t")
    log = DeviceLog("t", genesis=bytes(32))
    for number in range(1, 5):
        log.append([b"x%d" % number])
        if number in seals:
            log.seal(signer)
    parts, left = sealed_parts([log])
    reached = max(seals, default=0)

    assert ({"t": 4 - reached} if reached < 4 else {}) == left
    assert [reached] * bool(reached) == [part.sequence for part in parts]


@pytest.mark.parametrize("form", ["csv", "jsonl", "epcis"])
def test_the_same_events_export_to_the_same_bytes(tmp_path, form):
    """Merged in any order, every format gives one file (24, 37)."""
    logs = list(_logs().items())
    contents = set()
    for seed in range(3):
        Random(seed).shuffle(logs)
        ledger = tmp_path / f"{seed}.db"
        silog("init", ledger, "--origin", "silog/12.71")
        for name, events in logs:
            file = _write(tmp_path / "e.jsonl", events)
            assert 0 == silog("import", ledger, file).exit_code, name
        silog("export", ledger, "--format", form, "--out", tmp_path / "x")
        contents.add((tmp_path / "x").read_bytes())

    assert 1 == len(contents)


def test_an_import_is_one_write(tmp_path):
    """All devices of a file come with one checkpoint, not one for each."""
    events = [e for several in _logs().values() for e in several]
    ledger = tmp_path / "r.db"
    silog("init", ledger, "--origin", "silog/12.71")
    silog("import", ledger, _write(tmp_path / "e.jsonl", events))
    with open_store(f"sqlite:///{ledger}") as store:
        assert 2 == store.end("heads")
    with open_store(f"sqlite:///{ledger}") as store:
        found = Ledger(store)

        assert len(events) == sum(1 for _entry in found.entries())
        assert json.loads(next(iter(found.entries())).body)["seq"] == 1


def test_a_log_goes_on_where_the_ledger_ends():
    """An empty log of the ledger joins what the ledger has."""
    ledger = Ledger.init(MemoryStore(), origin="silog/x")
    for number in range(2):
        log = ledger.go_on("t")
        log.append([b"e%d" % number])
        ledger.merge([log])

    assert 2 == ledger.sequence("t")
