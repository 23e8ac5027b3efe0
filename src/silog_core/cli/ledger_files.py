"""``silog ledger export`` and ``import``: the events as files of other programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile

import click

from silog_core.cli.context import guarded, lang_option, language
from silog_core.cli.ledger_opening import (
    KEY,
    LEDGER,
    bodies,
    events_from,
    opened,
    signer_of,
)
from silog_core.custody.by_time import InTime
from silog_core.domain.custody_events import Event
from silog_core.errors import StorageError

FORMATS = ("epcis", "csv", "jsonl")


@click.command("export")
@LEDGER
@click.option("--format", "form", type=click.Choice(FORMATS), required=True, help="Format.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File."
)
@lang_option
@guarded
def export_command(ledger: str, form: str, out: Path, lang: str | None) -> None:
    """Write all events of LEDGER to a file, without loss: EPCIS, CSV or JSON lines.

    They stand in order of time: the same events give the same bytes, in whatever order
    their logs were merged.
    """
    count = 0
    # Whole before the file is touched, and on the disk rather than in memory.
    with TemporaryFile() as made:
        with opened(ledger) as found:
            told = InTime(found)

            def parts() -> Iterator[list[Event]]:
                nonlocal count
                for part in told.parts():
                    count += len(part)
                    yield part

            for piece in _pieces(parts(), told, form):
                made.write(piece)
        made.seek(0)
        with out.open("wb") as file:
            copyfileobj(made, file)
    said = {"id": "{} peristiwa ditulis ke {}", "en": "{} events written to {}"}
    click.echo(said[language(lang)].format(count, out))


def _pieces(parts: Iterable[list[Event]], told: InTime, form: str) -> Iterator[bytes]:
    if form == "csv":
        from silog_core.io.event_files import events_csv

        yield events_csv([])
        for part in parts:
            yield events_csv(part).partition(b"\n")[2]
    elif form == "jsonl":
        from silog_core.custody.export_jsonl import events_jsonl

        yield from events_jsonl(chain.from_iterable(parts))
    else:
        from silog_core.custody.epcis_writing import epcis_lines

        lines = epcis_lines(
            chain.from_iterable(parts), latest_s=told.latest_s, earlier=told.corrected()
        )
        yield from (line.encode() for line in lines)


@click.command("import")
@LEDGER
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@KEY
@lang_option
@guarded
def import_command(ledger: str, file: Path, key: Path | None, lang: str | None) -> None:
    """Record the events of a file that was exported, under their own devices and numbers.

    LEDGER must go on where the devices of FILE begin; nothing is recorded otherwise.
    """
    signer = signer_of(key)
    with opened(ledger, key) as found:
        logs: dict[str, list[Event]] = {}
        for event in events_from(file, device="import"):
            logs.setdefault(event.device, []).append(event)
        for device, events in logs.items():
            events.sort(key=lambda event: event.sequence)
            first = found.sequence(device) + 1
            if [e.sequence for e in events] != list(range(first, first + len(events))):
                raise StorageError(
                    f"the events of {device} do not go on from number {first - 1}",
                    "import into a new ledger, or merge the device's own log",
                )
        new = []
        for device, events in logs.items():
            log = found.go_on(device)
            log.append(bodies(events))
            if signer is not None:
                log.seal(signer)
            new.append(log)
        found.merge(new)  # all devices at once, or none
    total = sum(map(len, logs.values()))
    said = {"id": "{} peristiwa dari {} perangkat", "en": "{} events of {} devices"}
    click.echo(said[language(lang)].format(total, len(logs)))
