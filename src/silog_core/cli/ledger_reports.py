"""``silog ledger reconcile``, ``progress``, ``where`` and ``procurement``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import click

from silog_core.cli.context import FOUND_PROBLEMS, guarded, lang_option, language
from silog_core.cli.ledger_opening import LEDGER, events_in, opened
from silog_core.custody.fold import CustodyFold, state_of
from silog_core.domain.custody_problems import CustodyProblem
from silog_core.domain.locale import number, tenths
from silog_core.errors import StorageError

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
_PLAN = click.option(
    "--plan",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Plan folder: what has to reach which place.",
)


def _end(problems: Iterable[CustodyProblem], tongue: str) -> None:
    found = list(problems)
    for problem in found:
        click.echo(problem.said(tongue))
    sys.exit(FOUND_PROBLEMS if found else 0)


@click.command("reconcile")
@LEDGER
@click.option("--after-h1", is_flag=True, help="No ballot may lie loose any more.")
@click.option("--after-return", is_flag=True, help="All boxes have to be back.")
@lang_option
@guarded
def reconcile_command(
    ledger: str, after_h1: bool, after_return: bool, lang: str | None
) -> None:
    """Account for every sheet and box in LEDGER; exit code 1 where something is left."""
    from silog_core.custody.reconcile import reconcile

    tongue = language(lang)
    with opened(ledger) as found:
        sums = reconcile(events_in(found), after_h1=after_h1, after_return=after_return)
    said = {
        "id": "{item} {region}: diterima {received} = dipakai {used} + rusak {spoiled}"
        " + sisa {unused}",
        "en": "{item} {region}: received {received} = used {used} + spoiled {spoiled}"
        " + unused {unused}",
    }[tongue]
    for tally in sums.tallies:
        if tally.level in {"province", "regency"}:
            pieces = {
                name: number(getattr(tally, name), tongue)
                for name in ("received", "used", "spoiled", "unused")
            }
            click.echo(said.format(item=tally.item, region=tally.region, **pieces))
    boxes = {
        "id": "kotak keluar {}, kembali {}, dalam insiden {}",
        "en": "boxes out {}, back {}, in incidents {}",
    }[tongue]
    click.echo(boxes.format(sums.boxes_out, sums.boxes_back, sums.boxes_in_incidents))
    _end(sums.problems, tongue)


@click.command("progress")
@LEDGER
@_PLAN
@click.option("--level", default="regency", show_default=True, help="Level of regions.")
@lang_option
@guarded
def progress_command(ledger: str, plan: Path | None, level: str, lang: str | None) -> None:
    """Print how much of LEDGER has reached each stage, by region, and the six scores.

    With --plan, boxes that the plan asks for and nobody packed count too.
    """
    from silog_core.custody.progress import Progress
    from silog_core.custody.scorecard import scorecard

    tongue = language(lang)
    fold = CustodyFold()
    with opened(ledger) as found:
        fold.add_all(events_in(found))
    state = fold.state()
    expected: dict[str, int] = {}
    for unit in state.units.values():
        if unit.destination and not unit.container:
            expected[unit.destination] = expected.get(unit.destination, 0) + 1
    if plan is not None:
        from silog_core.io.plan_folder import read_plan

        most = max(expected.values(), default=1)
        stations = read_plan(plan).needs.level("station").codes
        expected = {**dict.fromkeys(stations, most), **expected}
    for share in Progress(fold, expected).table(level):
        stage = share.stage.title_id if tongue == "id" else share.stage.title_en
        click.echo(
            f"{share.region or 'ID'}\t{stage}\t{share.reached}/{share.expected}"
            f"\t{share.percent}%"
        )
    of = {unit.code: unit.destination for unit in state.units.values()}
    for score in scorecard(expected, state.problems, station_of=of):
        goal = score.goal.value if tongue == "id" else score.goal.title_en
        click.echo(f"{goal}\t{score.kept}/{score.stations}\t{score.percent}%")
    _end(state.problems, tongue)


@click.command("where")
@LEDGER
@click.argument("unit")
@_JSON
@lang_option
@guarded
def where_command(ledger: str, unit: str, as_json: bool, lang: str | None) -> None:
    """Say of one UNIT what it is, where it is, who has it, what came before, what is wrong."""
    tongue = language(lang)
    with opened(ledger) as found:
        events = {event.id: event for event in events_in(found)}
    state = state_of(events.values())
    box = state.units.get(unit)
    if box is None:
        raise StorageError(
            f"no unit {unit} is in the ledger", "see whether the code was misread"
        )
    indonesian = tongue == "id"
    stage = box.stage and (box.stage.title_id if indonesian else box.stage.title_en)
    holder = box.custodian and (
        f"{box.custodian.role.title_id if indonesian else box.custodian.role.title_en}"
        f" {box.custodian.office}"
    )
    told: dict[str, Any] = {
        "unit": box.code,
        "for": box.destination,
        "stage": stage,
        "condition": box.condition.title_id if indonesian else box.condition.value,
        "place": box.place,
        "custodian": holder,
        "content": [f"{what} {pieces}" for what, pieces in box.quantities],
        "seals": list(box.seals),
        "history": [_line(events[name], indonesian) for name in box.events if name in events],
        "problems": [problem.said(tongue) for problem in state.of(unit)],
    }
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        words = _WORDS if indonesian else {}
        for key, value in told.items():
            lines = value if isinstance(value, list) else [value or "-"]
            click.echo(
                f"{words.get(key, key)}: "
                + "\n  ".join(["", *lines] if len(lines) > 1 else lines)
            )
    sys.exit(FOUND_PROBLEMS if told["problems"] else 0)


_WORDS = {
    "for": "untuk", "stage": "tahap", "condition": "keadaan", "place": "tempat",
    "custodian": "pemegang", "content": "isi", "seals": "segel", "history": "riwayat",
    "problems": "masalah",
}  # fmt: skip


def _line(event: Any, indonesian: bool) -> str:
    zone = timezone(timedelta(minutes=event.offset_min))
    when = datetime.fromtimestamp(event.time_s, zone).strftime("%Y-%m-%d %H:%M %z")
    kind = event.kind.title_id if indonesian else event.kind.title_en
    return f"{when} {kind} {event.place} {event.document}".rstrip()


@click.command("procurement")
@LEDGER
@click.option("--public", is_flag=True, help="Only what anybody may know.")
@_JSON
@lang_option
@guarded
def procurement_command(ledger: str, public: bool, as_json: bool, lang: str | None) -> None:
    """Print orders of LEDGER: what, from whom, at what price, how far, and what is wrong.

    Without --public also who decided and approved, budgets and the punctuality of
    suppliers; the public view has no persons, times, ways or escorts.
    """
    from silog_core.custody.procurement import procurement_of
    from silog_core.domain.wire import to_wire

    tongue = language(lang)
    with opened(ledger) as found:
        book = procurement_of(events_in(found))
    if as_json:
        data = list(book.public()) if public else to_wire(book)
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        sys.exit(FOUND_PROBLEMS if book.problems and not public else 0)
    for row in book.public():
        click.echo(
            f"{row['order']}\t{row['item']}\t{row['supplier']}"
            f"\t{number(int(row['quantity']), tongue)} x Rp"
            f" {number(int(row['unit-price-rupiah']), tongue)} ({row['price-source']})"
            f"\t{row['stage']}"
        )
    if public:
        return
    words = {"id": ("diputuskan", "disetujui"), "en": ("decided", "approved")}[tongue]
    for line in book.lines:
        by = ", ".join(str(party) for party in line.approved_by) or "-"
        click.echo(f"{line.order}\t{words[0]}: {line.decided_by}\t{words[1]}: {by}")
    for budget in book.budget:
        over = budget.over_order_ppm
        share = "-" if over is None else f"{tenths(over, 10_000, tongue)} %"
        click.echo(
            f"{budget.region}\t{budget.item}\tRp {number(budget.value_rupiah, tongue)}"
            f" / Rp {number(budget.budget_rupiah, tongue)}\t+{share}"
        )
    for supplier in book.suppliers():
        click.echo(f"{supplier.supplier}\t{supplier.on_time}/{supplier.lines}")
    _end(book.problems, tongue)
