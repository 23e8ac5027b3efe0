"""``silog ledger init``, ``append``, ``merge`` and ``checkpoint``."""

from __future__ import annotations

import sys
from pathlib import Path

import attrs
import click

from silog_core.cli.context import FOUND_PROBLEMS, guarded, lang_option, language
from silog_core.cli.ledger_keys import write_key
from silog_core.cli.ledger_opening import (
    KEY,
    LEDGER,
    bodies,
    events_from,
    is_url,
    opened,
    signer_of,
    store_at,
)
from silog_core.cli.ledger_people import keeping
from silog_core.custody.chain import DeviceLog
from silog_core.custody.completeness import check_complete, check_logs
from silog_core.custody.ledger import Ledger
from silog_core.custody.merge import OF_DEVICES
from silog_core.custody.record_events import events_in
from silog_core.custody.roster import DeviceKey
from silog_core.custody.signing import FileSigner
from silog_core.custody.surroundings import new_problems
from silog_core.domain.custody_roles import Role
from silog_core.errors import StorageError


@click.command("init")
@LEDGER
@click.option("--origin", required=True, help="Name of the ledger, such as silog/12.71/2024.")
@click.option(
    "--key",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Sign: write a new private key to this file, or use the one that it holds.",
)
@click.option("--device", default="desk-1", show_default=True, help="Device that records.")
@lang_option
@guarded
def init_command(
    ledger: str, origin: str, key: Path | None, device: str, lang: str | None
) -> None:
    """Make a new and empty LEDGER, one file that can be carried away.

    With --key it is signed, and DEVICE may record for every office with that key.
    """
    if not is_url(ledger) and Path(ledger).exists():
        raise StorageError(f"{ledger} is there already", "name another file")
    signer, devices = None, []
    if key is not None:
        if key.exists():
            signer = FileSigner.parse(key.read_text("utf-8"))
        else:
            signer = FileSigner.generate(origin)
            write_key(key, signer)
        roles = frozenset(role.value for role in Role)
        devices = [DeviceKey(device, signer.key, roles)]
    with store_at(ledger, new=True) as store:
        made = Ledger.init(store, origin=origin, signer=signer, devices=devices)
        click.echo(made.checkpoint())
    said = {"id": f"Buku besar ada di {ledger}", "en": f"The ledger lies in {ledger}"}
    click.echo(said[language(lang)])


@click.command("append")
@LEDGER
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--device", default="desk-1", show_default=True, help="Device that records.")
@KEY
@click.option(
    "--persons",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV of personal data (event, name, value); only its salted hash is recorded.",
)
@click.option(
    "--people",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File beside the ledger that keeps personal data.",
)
@lang_option
@guarded
def append_command(
    ledger: str,
    file: Path,
    device: str,
    key: Path | None,
    persons: Path | None,
    people: Path | None,
    lang: str | None,
) -> None:
    """Record the events of FILE (.csv or .jsonl) in LEDGER: all of them or none.

    Every fault of the file is told with row, column and fix. Events that can never be
    right, such as a hand-over without its paper, are refused. What is wrong with what
    happened is recorded all the same, is told, and ends with exit code 1.
    """
    if (persons is None) != (people is None):
        raise StorageError("--persons and --people go together", "give both, or none")
    tongue = language(lang)
    with opened(ledger, key) as found:
        after = found.sequence(device)
        events = [
            attrs.evolve(event, device=device, sequence=after + number)
            for number, event in enumerate(
                events_from(file, device=device, after=after), start=1
            )
        ]
        check_complete(events)
        before = found.size
        with keeping(people, persons, events) as events:
            size = found.append(bodies(events), device=device, signer=signer_of(key))
        new = new_problems(found, events, until=before)
    said = {"id": "{} peristiwa dicatat; besar {}", "en": "{} events recorded; size {}"}
    click.echo(said[tongue].format(len(events), size))
    for problem in new:
        click.echo(problem.said(tongue))
    sys.exit(FOUND_PROBLEMS if new else 0)


@click.command("merge")
@LEDGER
@click.argument(
    "logs",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@KEY
@lang_option
@guarded
def merge_command(
    ledger: str, logs: tuple[Path, ...], key: Path | None, lang: str | None
) -> None:
    """Take the LOGS of devices that were offline into LEDGER, in any order, repeats too.

    All are taken or none. Entries behind the last seal of a log wait for the next one.
    Forks, gaps, clocks and corrections that do not fit are explained; exit code 1 then.
    """
    tongue = language(lang)
    read = [DeviceLog.parse(log.read_bytes()) for log in logs]
    check_logs(read)
    with opened(ledger, key) as found:
        before = found.size
        merged = found.merge(read)
        told = new_problems(found, events_in(found, after=before), until=before)
        new = [problem for problem in told if problem.code in OF_DEVICES]
    said = {
        "id": "{} baru, {} sudah ada, {} bercabang",
        "en": "{} new, {} known, {} forked",
    }
    forks = merged.forks
    click.echo(said[tongue].format(merged.added, merged.known, len(forks)))
    for device, sequence in forks:
        click.echo(f"{device}:{sequence}")
    waiting = {
        "id": "{}: {} peristiwa terakhir belum disegel perangkatnya dan belum digabung",
        "en": "{}: its last {} events are not sealed by the device yet, and wait",
    }[tongue]
    for device, count in merged.waiting:
        click.echo(waiting.format(device, count))
    for problem in new:
        click.echo(problem.said(tongue))
    sys.exit(FOUND_PROBLEMS if forks or new or merged.waiting else 0)


@click.command("checkpoint")
@LEDGER
@click.option(
    "--since",
    type=click.IntRange(min=0),
    help="Ask a witness: add the proof that the ledger goes on from this size; 0 at first.",
)
@guarded
def checkpoint_command(ledger: str, since: int | None) -> None:
    """Print the newest signed checkpoint of LEDGER: publish it, give it to witnesses."""
    from silog_core.custody.witness_book import request_of

    with opened(ledger) as found:
        asked = found.checkpoint() if since is None else request_of(found, since).text()
    click.echo(asked, nl=False)
