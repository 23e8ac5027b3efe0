"""``silog ledger reveal`` and ``erase``, and how personal data comes beside a record."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import attrs
import click

from silog_core.cli.context import guarded, lang_option, language
from silog_core.cli.ledger_opening import LEDGER, opened, signer_of
from silog_core.custody.chain import Entry
from silog_core.custody.events import event_from_bytes
from silog_core.custody.ledger import Ledger
from silog_core.custody.people import erase, reveal
from silog_core.domain.custody_events import Event
from silog_core.errors import FileFormatError, SignatureError, StorageError
from silog_core.ports.people import Opening
from silog_core.storage import PeopleFile

_COLUMNS = ["event", "name", "value"]


@contextmanager
def keeping(
    people: Path | None, persons: Path | None, events: list[Event]
) -> Iterator[list[Event]]:
    """Give *events* with the hashes of their personal data, which *people* then keeps.

    If the events are not recorded in the end, nothing is kept of it.
    """
    if people is None or persons is None:
        yield events
        return
    openings = read_persons(persons, len(events))
    fresh = [
        attrs.evolve(
            event,
            commitments=(
                *event.commitments,
                *(one.commitment for one in openings.get(number, ())),
            ),
        )
        for number, event in enumerate(events, 1)
    ]
    flat = [one for some in openings.values() for one in some]
    with closing(PeopleFile(people)) as file:
        # Kept first: a hash in the record whose data was lost could never be opened.
        file.keep(flat)
        try:
            yield fresh
        except BaseException:
            file.drop([one.digest for one in flat])
            raise


def read_persons(file: Path, events: int) -> dict[int, list[Opening]]:
    """Return personal data by the number of its event in the file of events, from 1.

    Raises:
        FileFormatError: Rows are wrong; all are named.
    """
    with file.open(encoding="utf-8-sig", newline="") as opened_file:
        reader = csv.reader(opened_file)
        if next(reader, []) != _COLUMNS:
            raise FileFormatError(
                f"{file.name} has other columns", f"write {','.join(_COLUMNS)}"
            )
        found: dict[int, list[Opening]] = {}
        wrong = []
        for row, cells in enumerate(reader, 2):
            try:
                number, name, value = cells
                found.setdefault(range(1, events + 1).index(int(number)) + 1, []).append(
                    Opening(name, value)
                )
            except ValueError as problem:
                wrong.append(f"row {row}: {str(problem).splitlines()[0]}")
    if wrong:
        raise FileFormatError(
            f"{file.name}: {'; '.join(wrong)}",
            "give the number of the event in its file, a name such as receiver-phone, and"
            " the value",
        )
    return found


def _options(command: Callable[..., None]) -> Callable[..., None]:
    path = click.Path(exists=True, dir_okay=False, path_type=Path)
    for option in (
        click.option("--people", type=path, required=True, help="File with personal data."),
        click.option("--key", type=path, required=True, help="Private key of who asks."),
        click.option("--device", default="desk-1", show_default=True, help="His device."),
        click.option("--reason", required=True, help="Why; it is written down."),
    ):
        command = option(command)
    return command


@click.command("reveal")
@LEDGER
@click.argument("event")
@_options
@lang_option
@guarded
def reveal_command(
    ledger: str,
    event: str,
    people: Path,
    key: Path,
    device: str,
    reason: str,
    lang: str | None,
) -> None:
    """Show the personal data of EVENT (DEVICE:NUMBER), and write down who asked.

    The key has to be of a chair, secretary or head of logistics in the roster.
    """
    signer = signer_of(key)
    if signer is None:
        raise SignatureError("there is no key", "give one")
    with opened(ledger) as found, closing(PeopleFile(people)) as file:
        for name, digest in _commitments(found, event):
            opening = reveal(
                file, digest, roster=found.roster, device=device, signer=signer, reason=reason
            )
            if opening is None:
                value = {"id": "(tidak ada lagi)", "en": "(gone)"}[language(lang)]
            else:
                value = opening.value
                if opening.digest != digest:
                    raise StorageError(
                        f"{name} is not what was recorded", "silog ledger fsck --people"
                    )
            click.echo(f"{name}\t{value}")


@click.command("erase")
@LEDGER
@click.argument("event")
@click.option("--name", "names", multiple=True, help="Only this data; may be repeated.")
@_options
@lang_option
@guarded
def erase_command(
    ledger: str,
    event: str,
    names: tuple[str, ...],
    people: Path,
    key: Path,
    device: str,
    reason: str,
    lang: str | None,
) -> None:
    """Erase the personal data of EVENT (DEVICE:NUMBER) for good; the record stays as it is.

    The key has to be of a chair or secretary in the roster.
    """
    signer = signer_of(key)
    if signer is None:
        raise SignatureError("there is no key", "give one")
    done = 0
    with opened(ledger) as found, closing(PeopleFile(people)) as file:
        for name, digest in _commitments(found, event):
            if not names or name in names:
                done += erase(
                    file,
                    digest,
                    roster=found.roster,
                    device=device,
                    signer=signer,
                    reason=reason,
                )
    said = {"id": "{} data pribadi dihapus", "en": "{} pieces of personal data erased"}
    click.echo(said[language(lang)].format(done))


def _commitments(ledger: Ledger, event: str) -> tuple[tuple[str, str], ...]:
    device, _, number = event.rpartition(":")
    if not (device and number.isascii() and number.isdecimal()):
        raise StorageError(f"{event!r} names no event", "write DEVICE:NUMBER")
    entry = Entry.parse(ledger.record(ledger.find(device, int(number))))
    found = event_from_bytes(entry.body).commitments if entry else ()
    if not found:
        raise StorageError(f"{event} has no personal data", "name another event")
    return found
