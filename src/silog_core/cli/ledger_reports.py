"""``silog ledger reconcile`` and ``procurement``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime

import click

from silog_core.cli.context import FOUND_PROBLEMS, guarded, lang_option, language
from silog_core.cli.ledger_opening import LEDGER, opened
from silog_core.domain.custody_problems import CustodyProblem
from silog_core.domain.locale import number, tenths
from silog_core.domain.procurement import Procurement

JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


def end(problems: Iterable[CustodyProblem], tongue: str) -> None:
    """Print *problems* and leave; exit code 1 where there is one."""
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
    from silog_core.custody.by_parts import reconciliation_of

    tongue = language(lang)
    with opened(ledger) as found:
        sums = reconciliation_of(found, after_h1=after_h1, after_return=after_return)
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
    end(sums.problems, tongue)


@click.command("procurement")
@LEDGER
@click.option("--public", is_flag=True, help="Only what anybody may know.")
@click.option(
    "--today",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help="Day to judge open orders on, such as 2024-10-30; default is today.",
)
@JSON
@lang_option
@guarded
def procurement_command(
    ledger: str, public: bool, today: datetime | None, as_json: bool, lang: str | None
) -> None:
    """Print orders of LEDGER: what, from whom, at what price, how far, and what is wrong.

    Budgets and over-order by region and item stand below. Without --public also who
    decided and approved, and the punctuality of suppliers, open orders that are overdue
    today among them; the public view has no persons, times, ways or escorts.
    """
    from silog_core.custody.procurement import KINDS, procurement_of
    from silog_core.custody.search import Search
    from silog_core.domain.wire import to_wire

    tongue = language(lang)
    with opened(ledger) as found:
        book = procurement_of(Search(found).of_kinds(KINDS))
    suppliers = book.suppliers(today=today.date() if today else date.today())
    if as_json:
        shown = {"orders": list(book.public()), "budgets": list(book.public_budgets())}
        whole = {**to_wire(book), "suppliers": to_wire(suppliers)}
        click.echo(json.dumps(shown if public else whole, ensure_ascii=False, indent=1))
        sys.exit(FOUND_PROBLEMS if book.problems and not public else 0)
    for row in book.public():
        click.echo(
            f"{row['order']}\t{row['item']}\t{row['supplier']}"
            f"\t{number(int(row['quantity']), tongue)} x Rp"
            f" {number(int(row['unit-price-rupiah']), tongue)} ({row['price-source']})"
            f"\t{row['stage']}"
        )
    for text in _budgets(book, tongue):
        click.echo(text)
    if public:
        return
    decided, approved = _WORDS[tongue][:2]
    for line in book.lines:
        by = ", ".join(str(party) for party in line.approved_by) or "-"
        click.echo(f"{line.order}\t{decided}: {line.decided_by}\t{approved}: {by}")
    in_time, late, overdue = _WORDS[tongue][2:]
    for supplier in suppliers:
        click.echo(
            f"{supplier.supplier}\t{in_time} {supplier.on_time}/{supplier.lines}"
            f"\t{late} {supplier.late}\t{overdue} {supplier.overdue}"
        )
    end(book.problems, tongue)


_WORDS = {
    "id": ("diputuskan", "disetujui", "tepat waktu", "terlambat", "lewat jatuh tempo"),
    "en": ("decided", "approved", "in time", "late", "overdue"),
}


def _budgets(book: Procurement, tongue: str) -> Iterator[str]:
    for budget in book.budget:
        over = budget.over_order_ppm
        share = "-" if over is None else f"{tenths(over, 10_000, tongue)} %"
        yield (
            f"{budget.region}\t{budget.item}\tRp {number(budget.value_rupiah, tongue)}"
            f" / Rp {number(budget.budget_rupiah, tongue)}\t+{share}"
        )
