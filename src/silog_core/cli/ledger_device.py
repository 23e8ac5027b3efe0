"""``silog ledger device``: a phone or laptop keeps its own log while it is offline."""

from __future__ import annotations

import sys
from pathlib import Path

import attrs
import click

from silog_core.cli.context import FOUND_PROBLEMS, guarded, lang_option, language
from silog_core.cli.ledger_opening import (
    LEDGER,
    bodies,
    events_from,
    opened,
    signer_of,
    store_at,
)
from silog_core.custody.completeness import check_complete
from silog_core.custody.device_store import (
    begin_device,
    device_in,
    genesis_in,
    genesis_text,
)
from silog_core.custody.requirements import problems_of

_LOG = click.argument("log")
_KEY = click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File with the device's private key, from silog ledger key.",
)


@click.group("device")
def device_group() -> None:
    """Record on a device that is offline; its log is carried by file and merged."""


@device_group.command("invite")
@LEDGER
@guarded
def invite_command(ledger: str) -> None:
    """Print the word that names LEDGER to its devices: carry it to each of them once."""
    with opened(ledger) as found:
        click.echo(genesis_text(found.genesis))


@device_group.command("init")
@_LOG
@click.option("--device", required=True, help="Name of the device, as it is enrolled.")
@click.option(
    "--invitation",
    required=True,
    help="What silog ledger device invite printed, or a file with it.",
)
@lang_option
@guarded
def init_command(log: str, device: str, invitation: str, lang: str | None) -> None:
    """Make the empty LOG of a device, a file of its own."""
    told = Path(invitation)
    word = told.read_text("utf-8").strip() if told.is_file() else invitation
    genesis = genesis_in(word)
    with store_at(log, new=True) as store:
        begin_device(store, device, genesis=genesis)
    said = {"id": f"Catatan {device} ada di {log}", "en": f"The log of {device} is {log}"}
    click.echo(said[language(lang)])


@device_group.command("append")
@_LOG
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_KEY
@lang_option
@guarded
def append_command(log: str, file: Path, key: Path | None, lang: str | None) -> None:
    """Record the events of FILE (.csv or .jsonl) in LOG, and seal it with the key.

    Events that can never be right are refused, what else is wrong with one by itself is
    told at once; what only the other devices know comes out when the logs are merged.
    """
    tongue = language(lang)
    signer = signer_of(key)
    with store_at(log) as store:
        found = device_in(store)
        after = found.sequence
        events = [
            attrs.evolve(event, device=found.device, sequence=number)
            for number, event in enumerate(
                events_from(file, device=found.device, after=after), start=after + 1
            )
        ]
        check_complete(events)
        last = found.append(bodies(events))
        if signer is not None:
            found.seal(signer)
    said = {"id": "{} peristiwa dicatat; nomor {}", "en": "{} events recorded; number {}"}
    click.echo(said[tongue].format(len(events), last))
    problems = [problem for event in events for problem in problems_of(event)]
    for problem in problems:
        click.echo(problem.said(tongue))
    sys.exit(FOUND_PROBLEMS if problems else 0)


@device_group.command("export")
@_LOG
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File."
)
@click.option(
    "--after", default=0, show_default=True, help="Leave out what was carried before."
)
@_KEY
@lang_option
@guarded
def export_command(
    log: str, out: Path, after: int, key: Path | None, lang: str | None
) -> None:
    """Write LOG to a file for silog ledger merge; with --key it is sealed first."""
    with store_at(log) as store:
        found = device_in(store)
        signer = signer_of(key)
        if signer is not None:
            found.seal(signer)
        content = found.dump(after=after)
    out.write_bytes(content)
    said = {
        "id": f"{found.device}: nomor {after + 1} sampai {found.sequence} ada di {out}",
        "en": f"{found.device}: numbers {after + 1} to {found.sequence} are in {out}",
    }
    click.echo(said[language(lang)])
