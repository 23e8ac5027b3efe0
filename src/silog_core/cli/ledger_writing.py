"""``silog ledger init``, ``append``, ``merge`` and ``checkpoint``."""

from __future__ import annotations

import sys
from pathlib import Path

import attrs
import click

from silog_core.cli.context import FOUND_PROBLEMS, guarded, lang_option, language
from silog_core.cli.ledger_opening import KEY, LEDGER, bodies, events_from, events_in, opened
from silog_core.custody.chain import DeviceLog
from silog_core.custody.fold import CustodyFold
from silog_core.custody.ledger import Ledger
from silog_core.custody.roster import DeviceKey
from silog_core.custody.signing import FileSigner
from silog_core.domain.custody_roles import Role
from silog_core.errors import StorageError
from silog_core.storage import open_store


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
    ledger: Path, origin: str, key: Path | None, device: str, lang: str | None
) -> None:
    """Make a new and empty LEDGER, one file that can be carried away.

    With --key it is signed, and DEVICE may record for every office with that key.
    """
    if ledger.exists():
        raise StorageError(f"{ledger} is there already", "name another file")
    signer, devices = None, []
    if key is not None:
        if key.exists():
            signer = FileSigner.parse(key.read_text("utf-8"))
        else:
            signer = FileSigner.generate(origin)
            key.write_text(signer.secret_text() + "\n", "utf-8")
            key.chmod(0o600)
        roles = frozenset(role.value for role in Role)
        devices = [DeviceKey(device, signer.key, roles)]
    with open_store(f"sqlite:///{ledger}") as store:
        made = Ledger.init(store, origin=origin, signer=signer, devices=devices)
        click.echo(made.checkpoint())
    said = {"id": f"Buku besar ada di {ledger}", "en": f"The ledger lies in {ledger}"}
    click.echo(said[language(lang)])


@click.command("append")
@LEDGER
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--device", default="desk-1", show_default=True, help="Device that records.")
@KEY
@lang_option
@guarded
def append_command(
    ledger: Path, file: Path, device: str, key: Path | None, lang: str | None
) -> None:
    """Record the events of FILE (.csv or .jsonl) in LEDGER: all of them or none.

    Every fault of the file is told with row, column and fix. What is wrong with the
    events themselves is recorded all the same, is told, and ends with exit code 1.
    """
    tongue = language(lang)
    with opened(ledger, key) as found:
        after = found.sequence(device)
        events = [
            attrs.evolve(event, device=device, sequence=after + number)
            for number, event in enumerate(
                events_from(file, device=device, after=after), start=1
            )
        ]
        fold = CustodyFold()
        fold.add_all(events_in(found))
        before = set(fold.state().problems)
        signer = None if key is None else FileSigner.parse(key.read_text("utf-8"))
        size = found.append(bodies(events), device=device, signer=signer)
        fold.add_all(events)
        new = [p for p in fold.state().problems if p not in before]
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
    ledger: Path, logs: tuple[Path, ...], key: Path | None, lang: str | None
) -> None:
    """Take the LOGS of devices that were offline into LEDGER, in any order, repeats too."""
    read = [DeviceLog.parse(log.read_bytes()) for log in logs]
    with opened(ledger, key) as found:
        merged = found.merge(read)
    said = {
        "id": "{} baru, {} sudah ada, {} bercabang",
        "en": "{} new, {} known, {} forked",
    }
    forks = merged.forks
    click.echo(said[language(lang)].format(merged.added, merged.known, len(forks)))
    for device, sequence in forks:
        click.echo(f"{device}:{sequence}")
    sys.exit(FOUND_PROBLEMS if forks else 0)


@click.command("checkpoint")
@LEDGER
@guarded
def checkpoint_command(ledger: Path) -> None:
    """Print the newest signed checkpoint of LEDGER: publish it, give it to witnesses."""
    with opened(ledger) as found:
        click.echo(found.checkpoint(), nl=False)
