"""``silog ledger public``: what anybody may know of the boxes, as data and as a page."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from silog_core.cli.context import guarded, lang_option, language
from silog_core.cli.ledger_opening import LEDGER, opened
from silog_core.custody.checkpoint import Checkpoint, SignedNote
from silog_core.custody.search import Search


@click.command("public")
@LEDGER
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder for boxes.json and index.html.",
)
@click.option("--region", default="", help="Code of a region; everywhere without it.")
@lang_option
@guarded
def public_command(ledger: str, out: Path, region: str, lang: str | None) -> None:
    """Write what anybody may know of the boxes in LEDGER: data, and a page for offline use.

    Where each box is, sealed by which serials, verified by whom, in both languages;
    never escorts, vehicles, times, papers or persons.
    """
    from silog_core.custody.by_parts import public_boxes_of
    from silog_core.custody.public_view import FORM, public_boxes
    from silog_core.reports.public_page import public_page

    tongue = language(lang)
    with opened(ledger) as found:
        head = Checkpoint.of(SignedNote.parse(found.checkpoint()))
        # The record of one region is found without reading that of the others.
        boxes = (
            public_boxes(Search(found).for_region(region), region=region)
            if region
            else public_boxes_of(found)
        )
        # As text a box takes a tenth of the room.
        told = sorted((box.station, box.code, _dumped(box.data())) for box in boxes)
    lines = [line for _station, _code, line in told]
    del told
    record = {"origin": head.origin, "size": head.size, "root": head.root.hex()}
    data = {"form": FORM, "ledger": record, "boxes": map(json.loads, lines)}
    page = public_page(data, lang=tongue)  # whole before a file is touched
    out.mkdir(parents=True, exist_ok=True)
    (out / "boxes.json").write_text(_lines(FORM, record, lines), "utf-8")
    (out / "index.html").write_text(page, "utf-8")
    said = {"id": "{} kotak ditulis ke {}", "en": "{} boxes written to {}"}
    click.echo(said[tongue].format(len(lines), out))


def _lines(form: str, ledger: dict[str, Any], boxes: Iterable[str]) -> str:
    """Return the data as JSON with a line for each box: small, and what changed is seen."""
    shown = ",\n".join(boxes)
    return f'{{"form":{_dumped(form)},\n"ledger":{_dumped(ledger)},\n"boxes":[\n{shown}\n]}}\n'


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
