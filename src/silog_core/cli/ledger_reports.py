"""``silog ledger reconcile`` and ``procurement``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable

import click

from silog_core.cli.context import FOUND_PROBLEMS, guarded, lang_option, language
from silog_core.cli.ledger_opening import LEDGER, events_in, opened
from silog_core.domain.custody_problems import CustodyProblem
from silog_core.domain.locale import number, tenths

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
    end(sums.problems, tongue)


@click.command("procurement")
@LEDGER
@click.option("--public", is_flag=True, help="Only what anybody may know.")
@JSON
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
    end(book.problems, tongue)
