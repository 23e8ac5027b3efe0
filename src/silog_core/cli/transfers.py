"""``silog transfers``: what neighbours could lend each other."""

from __future__ import annotations

import csv
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from silog_core.cli.context import guarded, lang_option, language
from silog_core.domain.locale import number, tenths

if TYPE_CHECKING:
    from datetime import date

    from silog_core.domain.lending import Lending, Transfer, Withheld

_WORDS = {
    "en": {
        "transfers": "{count} transfers could be arranged",
        "transfer": "{quantity} {item}: {donor} lends {receiver}, {hours} h away",
        "document": "  document {document}; approves {approver}; attends {supervisor}",
        "why": "  why {donor}: {reason}",
        "withheld": "Cannot be lent:",
        "line": "{missing} {item} for {receiver}: {reason}{holders}",
        "by": " (by {places})",
        "more": "{places} and {count} more",
        "nothing": "Nothing is missing that a neighbour could lend.",
    },
    "id": {
        "transfers": "{count} pemindahan dapat diatur",
        "transfer": "{quantity} {item}: {donor} meminjami {receiver}, {hours} jam",
        "document": "  dokumen {document}; disetujui {approver}; dihadiri {supervisor}",
        "why": "  mengapa {donor}: {reason}",
        "withheld": "Tidak dapat dipinjamkan:",
        "line": "{missing} {item} untuk {receiver}: {reason}{holders}",
        "by": " (oleh {places})",
        "more": "{places} dan {count} lagi",
        "nothing": "Tidak ada kekurangan yang bisa dipinjamkan tetangga.",
    },
}
#: Holders that are named in a line of the table.
_NAMED = 3


@click.command("transfers")
@click.argument("path", metavar="SCENARIO|PLAN",
                type=click.Path(exists=True, path_type=Path))  # fmt: skip
@click.option("--item", default=None, help="Only this item code.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), default=None,
              help="Leave out stock that comes after this day.")  # fmt: skip
@click.option("--withheld", is_flag=True, help="As CSV: what cannot be lent, instead.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]),
              default="table", show_default=True)  # fmt: skip
@lang_option
@guarded
def transfers_command(
    path: Path,
    item: str | None,
    on: datetime | None,
    form: str,
    lang: str | None,
    withheld: bool,
) -> None:
    """Print what warehouses could lend each other now, and what they may not lend.

    Of a scenario its stock is set against its needs; of a plan, what it leaves against
    what it lacks. Nothing is changed.
    """
    found = _lending(path, on.date() if on else None)
    if item is not None:
        found = attrs.evolve(
            found,
            transfers=tuple(t for t in found.transfers if t.commodity.item == item),
            withheld=tuple(w for w in found.withheld if w.commodity.item == item),
        )
    said = language(lang)
    if form == "json":
        click.echo(
            json.dumps(
                {
                    "transfers": [_transfer_row(t, said) for t in found.transfers],
                    "withheld": [_withheld_row(w, said) for w in found.withheld],
                },
                indent=1,
                ensure_ascii=False,
            )
        )
    elif form == "csv":
        _csv(found, said, withheld=withheld)
    else:
        _table(found, said)


def _lending(path: Path, on: date | None) -> Lending:
    from silog_core.cli.reading import read_any
    from silog_core.errors import FieldError
    from silog_core.io.plan_folder import read_plan
    from silog_core.planning.holdings import lend_now
    from silog_core.planning.needs import compute_needs
    from silog_core.session import Session

    if (path / "plan.json").is_file():
        if on is not None:
            raise FieldError("a plan has no stock of its own", "leave out --on")
        return read_plan(path).lending
    with Session.from_environment() as session:
        scenario = read_any(path, session)
        book = session.rule_book_for(scenario).with_overrides(
            items=scenario.items, rates=scenario.rates
        )
    if not scenario.stock:
        raise FieldError(
            f"{path} lists no stock", "add a stock.csv: place, item, quantity, lot, from_date"
        )
    return lend_now(scenario, book, compute_needs(scenario, book), on=on)


def _transfer_row(t: Transfer, lang: str) -> dict[str, object]:
    return {
        "donor": t.donor,
        "receiver": t.receiver,
        "item": t.commodity.item,
        "area": t.commodity.area,
        "quantity": t.quantity,
        "travel_s": t.travel_s,
        "document": t.document,
        "approver": t.approver if lang == "en" else t.approver_id,
        "supervisor": t.supervisor if lang == "en" else t.supervisor_id,
        "keeps_need": t.keeps_need,
        "keeps_reserve": t.keeps_reserve,
        "reason": t.reason if lang == "en" else t.reason_id,
    }


def _withheld_row(w: Withheld, lang: str) -> dict[str, object]:
    return {
        "receiver": w.receiver,
        "item": w.commodity.item,
        "area": w.commodity.area,
        "missing": w.missing,
        "code": w.code,
        "quantity": w.quantity,
        "holders": list(w.holders),
        "reason": w.reason if lang == "en" else w.reason_id,
    }


def _csv(found: Lending, lang: str, *, withheld: bool) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if withheld:
        writer.writerow([*("receiver", "item", "area", "missing", "code", "quantity"),
                         *("holders", "reason")])  # fmt: skip
        for w in found.withheld:
            row = _withheld_row(w, lang)
            writer.writerow({**row, "holders": " ".join(w.holders)}.values())
        return
    writer.writerow([*("donor", "receiver", "item", "area", "quantity", "travel_s"),
                     *("document", "approver", "supervisor", "keeps_need"),
                     *("keeps_reserve", "reason")])  # fmt: skip
    for t in found.transfers:
        writer.writerow(_transfer_row(t, lang).values())


def _table(found: Lending, lang: str) -> None:
    say = _WORDS[lang]
    if not found.transfers and not found.withheld:
        click.echo(say["nothing"])
        return
    click.echo(say["transfers"].format(count=number(len(found.transfers), lang)))
    for t in found.transfers:
        facts = {
            **_transfer_row(t, lang),
            "item": t.commodity,
            "quantity": number(t.quantity, lang),
            "hours": tenths(t.travel_s, 3600, lang),
        }
        for line in ("transfer", "document", "why"):
            click.echo(say[line].format(**facts))
    if found.withheld:
        click.echo(say["withheld"])
    for w in found.withheld:
        places = ", ".join(w.holders[:_NAMED])
        if len(w.holders) > _NAMED:
            places = say["more"].format(places=places, count=len(w.holders) - _NAMED)
        click.echo(
            say["line"].format(
                missing=number(w.missing, lang),
                item=w.commodity,
                receiver=w.receiver,
                reason=w.reason if lang == "en" else w.reason_id,
                holders=say["by"].format(places=places) if places else "",
            )
        )
