"""``silog ledger``: made, filled, read and carried away, by the program alone."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from custody_world import honest
from silog_core.cli.main import cli
from silog_core.custody.export_jsonl import events_jsonl, read_jsonl
from silog_core.domain.problems import ScenarioError
from silog_core.io.event_files import events_csv
from silog_core.storage import open_store

ENV = {"SILOG_PLUGINS": "region.ID", "SILOG_LANG": "en"}


def silog(*words):
    """Run the program in this process."""
    return CliRunner().invoke(cli, ["ledger", *map(str, words)], env=ENV)


@pytest.fixture
def ledger(tmp_path):
    """A signed ledger with the honest record of three stations."""
    path = tmp_path / "r.db"
    (tmp_path / "day.csv").write_bytes(events_csv(sorted(honest(3), key=lambda e: e.order)))
    made = silog("init", path, "--origin", "silog/12.71", "--key", tmp_path / "r.key")
    assert 0 == made.exit_code, made.output
    done = silog("append", path, tmp_path / "day.csv", "--key", tmp_path / "r.key")
    assert 0 == done.exit_code, done.output
    return path


def test_one_box_says_where_it_is(ledger):
    """Stage, place, holder and history of a box; another code is an error."""
    box = json.loads(silog("where", ledger, honest(1)[-1].units[0], "--json").stdout)

    assert ("archived", "operator 12.71", []) == (
        box["stage"],
        box["custodian"],
        box["problems"],
    )
    assert 2 == silog("where", ledger, "BOX-none").exit_code


@pytest.mark.parametrize(
    ("form", "ending"), [("csv", "csv"), ("jsonl", "jsonl"), ("epcis", "json")]
)
def test_what_is_exported_is_imported_without_loss(ledger, tmp_path, form, ending):
    """Invariant 37: a ledger goes through every format and comes back the same."""
    out, copy = tmp_path / f"x.{ending}", tmp_path / "copy.db"
    assert 0 == silog("export", ledger, "--format", form, "--out", out).exit_code
    silog("init", copy, "--origin", "silog/copy")
    assert 0 == silog("import", copy, out).exit_code
    again = tmp_path / f"y.{ending}"
    silog("export", copy, "--format", form, "--out", again)

    assert out.read_bytes() == again.read_bytes()


def test_a_faulty_file_leaves_the_ledger_as_it_was(ledger, tmp_path):
    """Every fault with row and column, exit code 2, and nothing half done."""
    before = silog("checkpoint", ledger).stdout
    bad = tmp_path / "bad.csv"
    bad.write_text("kind,time,place,author\npaked,now,12.71,operator:12.71\n", "utf-8")
    found = silog("append", ledger, bad, "--key", tmp_path / "r.key")

    assert 2 == found.exit_code
    assert "row 2, column kind" in found.output
    assert "row 2, column time" in found.output
    assert before == silog("checkpoint", ledger).stdout


def test_the_reports_close_on_an_honest_record(ledger):
    """Reconciled, all archived, nothing wrong: exit code 0."""
    sums = silog("reconcile", ledger, "--after-return")
    progress = silog("progress", ledger)
    public = silog("procurement", ledger, "--public", "--json")

    assert (0, 0, 0) == (sums.exit_code, progress.exit_code, public.exit_code), sums.output
    assert "boxes out 3, back 3" in sums.stdout
    assert "archived\t3/3\t100%" in progress.stdout
    assert ["PT Cetak"] == [row["supplier"] for row in json.loads(public.stdout)["orders"]]


def test_lines_of_json_may_be_typed(tmp_path):
    """Keys stand in any order; what cannot be read is told with its line."""
    events = honest(1)
    lines = b"".join(events_jsonl(events))
    turned = b"\n".join(
        json.dumps(dict(reversed(json.loads(line).items()))).encode()
        for line in lines.splitlines()
    )

    assert events == read_jsonl(turned, file="x")
    with pytest.raises(ScenarioError) as wrong:
        read_jsonl(lines + b"{}\n[1.5]\n", file="x")
    assert [len(events) + 1, len(events) + 2] == [p.row for p in wrong.value.problems]


def test_a_ledger_verifies_until_a_byte_changes(ledger):
    """Law 20: exit code 0 for an honest ledger; 1 and a named place for a changed one."""
    assert 0 == silog("verify", ledger).exit_code
    with open_store(f"sqlite:///{ledger}") as store:
        rows = {stream: store.read(stream) for stream in store.streams()}
    rows["record"][4] = rows["record"][4][:-1] + b"?"
    ledger.unlink()
    with open_store(f"sqlite:///{ledger}") as store:
        for stream, events in rows.items():
            store.append(stream, events, after=0)
    found = json.loads(silog("verify", ledger, "--json").stdout)

    assert "root" in {fault["code"] for fault in found["faults"]}
    assert 1 == silog("verify", ledger).exit_code


def test_one_box_is_proven_offline(ledger, tmp_path):
    """A proof holds without the ledger; one with another record in it does not."""
    proof = tmp_path / "box.proof"
    assert 0 == silog("prove", ledger, honest(1)[-1].units[0], "--out", proof).exit_code
    ledger.unlink()
    assert 0 == silog("verify-proof", proof).exit_code
    text = proof.read_text()
    proof.write_text(text.replace("\nindex ", "\nindex 1"))

    assert 1 == silog("verify-proof", proof).exit_code


def test_the_demonstration_finds_all_six():
    """Six ways to falsify a record: each is found, in either language."""
    shown = silog("demo")

    assert (0, 6, 0) == (
        shown.exit_code,
        shown.stdout.count("found"),
        shown.stdout.count("MISSED"),
    )


def test_open_orders_are_overdue_from_the_day_after(ledger, tmp_path):
    """The day counts: what did not come by its due day is overdue, with exit code 0 or 1."""
    open_order = [e for e in honest(1) if e.kind.value in {"ordered", "order-approved"}]
    path = tmp_path / "open.db"
    (tmp_path / "o.csv").write_bytes(events_csv(open_order))
    silog("init", path, "--origin", "silog/open")
    silog("append", path, tmp_path / "o.csv")

    def overdue(day):
        text = silog("procurement", path, "--json", "--today", day).stdout
        return json.loads(text)["suppliers"][0]["overdue"]

    assert (0, 1) == (overdue("2024-10-29"), overdue("2024-10-30"))
    assert "overdue 1" in silog("procurement", path).stdout
