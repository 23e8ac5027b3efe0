"""``silog ledger witness`` and ``add-cosignature``."""

from __future__ import annotations

import time
from pathlib import Path

import click

from silog_core.cli.context import guarded, lang_option, language
from silog_core.cli.ledger_opening import (
    LEDGER,
    TRUST,
    is_url,
    keys_of,
    opened,
)
from silog_core.custody.checkpoint import Checkpoint, SignedNote
from silog_core.custody.signing import FileSigner
from silog_core.custody.witness_book import WitnessBook, WitnessRequest, request_of
from silog_core.storage import open_store


@click.command("witness")
@click.argument("ledger", metavar="LEDGER")
@click.option(
    "--key",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File with the witness's private key: silog ledger key NAME --witness.",
)
@click.option(
    "--state",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The witness's own book of what it signed; made at the first time.",
)
@TRUST
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="File of the cosigned checkpoint; hand it to the ledger's office.",
)
@lang_option
@guarded
def witness_command(
    ledger: str,
    key: Path,
    state: Path,
    trust: tuple[str, ...],
    out: Path,
    lang: str | None,
) -> None:
    """Cosign the newest checkpoint of LEDGER, if it goes on from the last that was signed.

    LEDGER is a ledger, or a file that ``silog ledger checkpoint --since`` wrote. A head
    that does not go on is refused with exit code 2, and the book stays as it was.
    """
    signer = FileSigner.parse(key.read_text("utf-8"))
    with open_store(f"sqlite:///{state}") as store:
        book = WitnessBook(store, signer, keys=keys_of(trust))
        request = _request(ledger, book)
        signed = book.cosign(request.note, request.proof, time_s=int(time.time()))
    out.write_text(signed, "utf-8")
    head = Checkpoint.of(SignedNote.parse(signed))
    said = {
        "id": "{} berukuran {} ditandatangani {}: {}",
        "en": "{} of size {} signed by {}: {}",
    }[language(lang)]
    click.echo(said.format(head.origin, head.size, signer.key.name, out))


def _request(place: str, book: WitnessBook) -> WitnessRequest:
    path = Path(place)
    if not is_url(place) and path.is_file():
        with path.open("rb") as file:
            begin = file.read(4)
        if begin == b"old ":
            return WitnessRequest.parse(path.read_text("utf-8"))
    with opened(place) as found:
        last = book.last(found.origin).size
        if last > found.size:  # let the proof fail with the witness's own words
            return WitnessRequest(last, (), found.checkpoint())
        return request_of(found, last)


@click.command("add-cosignature")
@LEDGER
@click.argument(
    "notes",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@lang_option
@guarded
def add_cosignature_command(ledger: str, notes: tuple[Path, ...], lang: str | None) -> None:
    """Keep NOTES, checkpoints that witnesses signed, in LEDGER; its roster names them."""
    texts = [note.read_text("utf-8") for note in notes]
    with opened(ledger) as found:
        for text in texts:
            found.add_cosignatures(text)
    said = {"id": "{} titik cek bersaksi disimpan", "en": "{} witnessed checkpoints kept"}
    click.echo(said[language(lang)].format(len(texts)))
