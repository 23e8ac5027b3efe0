"""``silog ledger verify``, ``prove``, ``verify-proof`` and ``demo``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from silog_core.cli.context import FOUND_PROBLEMS, guarded, lang_option, language
from silog_core.cli.ledger_opening import (
    LEDGER,
    TRUST,
    keys_of,
    opened,
    store_at,
)
from silog_core.custody.record_events import events_in
from silog_core.errors import CustodyError, ProofError, SignatureError, StorageError
from silog_core.storage import MemoryStore

_WITNESSES = click.option(
    "--witnesses",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="How many witnesses must have signed.",
)


@click.command("verify")
@LEDGER
@TRUST
@_WITNESSES
@click.option(
    "--known",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Checkpoint that you saw before: the ledger has to go on from it; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@lang_option
@guarded
def verify_command(
    ledger: str,
    trust: tuple[str, ...],
    witnesses: int,
    known: tuple[Path, ...],
    as_json: bool,
    lang: str | None,
) -> None:
    """Hold every byte of LEDGER against its hashes and signatures; exit code 1 on faults."""
    from silog_core.custody.verify import verify_ledger

    tongue = language(lang)
    notes = [file.read_text("utf-8") for file in known]
    with store_at(ledger) as store:
        found = verify_ledger(store, keys=keys_of(trust), known=notes, witnesses=witnesses)
    if as_json:
        told = {
            "origin": found.origin,
            "size": found.size,
            "root": found.root.hex(),
            "trusted": found.trusted,
            "witnessed": found.witnessed,
            "faults": [
                {
                    "code": fault.code,
                    "stream": fault.stream,
                    "row": fault.row,
                    "text": fault.said(tongue),
                }
                for fault in found.faults
            ],
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for fault in found.faults:
            click.echo(fault.said(tongue))
        said = {
            "id": "{origin}: {size} catatan, akar {root}, {faults} kesalahan; disaksikan"
            " sampai {witnessed}",
            "en": "{origin}: {size} records, root {root}, {faults} faults; witnessed up to"
            " {witnessed}",
        }[tongue]
        click.echo(
            said.format(
                origin=found.origin or "-",
                size=found.size,
                root=found.root.hex()[:16] or "-",
                faults=len(found.faults),
                witnessed=found.witnessed,
            )
        )
    sys.exit(FOUND_PROBLEMS if found.faults else 0)


@click.command("prove")
@LEDGER
@click.argument("what")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="File of the proof; one that ends in .svg is a QR code.",
)
@_WITNESSES
@lang_option
@guarded
def prove_command(ledger: str, what: str, out: Path, witnesses: int, lang: str | None) -> None:
    """Write a proof that WHAT is in LEDGER: an event, as DEVICE:NUMBER, or a box's last one."""
    from silog_core.custody.proofs import qr_svg

    with opened(ledger) as found:
        device, _, number = what.rpartition(":")
        if not (device and number.isascii() and number.isdecimal()):
            last = [event.id for event in events_in(found) if what in event.units]
            if not last:
                raise StorageError(
                    f"no unit {what} is in the ledger", "see whether the code was misread"
                )
            device, number = last[-1].device, str(last[-1].sequence)
        proof = found.prove(found.find(device, int(number)), witnesses=witnesses)
    out.write_text(qr_svg(proof.qr_text()) if out.suffix == ".svg" else proof.text(), "utf-8")
    said = {
        "id": f"Bukti {device}:{number} ada di {out}",
        "en": f"Proof of {device}:{number} in {out}",
    }
    click.echo(said[language(lang)])


@click.command("verify-proof")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@TRUST
@_WITNESSES
@lang_option
@guarded
def verify_proof_command(
    file: Path, trust: tuple[str, ...], witnesses: int, lang: str | None
) -> None:
    """Hold the proof in FILE against its checkpoint, without the ledger and offline.

    Without --trust the keys in the proof are taken, and the answer says so.
    """
    from silog_core.custody.proofs import verify_proof

    tongue = language(lang)
    try:
        keys = keys_of(trust) if trust else None
        proven = verify_proof(file.read_text("utf-8"), keys=keys, witnesses=witnesses)
    except (ProofError, SignatureError) as wrong:
        click.echo(str(wrong))
        sys.exit(FOUND_PROBLEMS)
    event = proven.entry.body.decode("utf-8", "replace") if proven.entry else ""
    head = proven.checkpoint
    said = {
        "id": f"Catatan {proven.index} dari {head.size} di {head.origin} terbukti.",
        "en": f"Record {proven.index} of {head.size} in {head.origin} is proven.",
    }
    doubt = {
        "id": "Kuncinya dari bukti itu sendiri: bandingkan dengan yang diumumkan.",
        "en": "The keys are the proof's own: compare them with the published ones.",
    }
    click.echo(said[tongue])
    if not proven.trusted:
        click.echo(doubt[tongue])
    for key in proven.signers:
        click.echo(key.text)
    click.echo(event)


@click.command("demo")
@lang_option
@guarded
def demo_command(lang: str | None) -> None:
    """Falsify a small ledger in six ways, and fail if one of them slips through."""
    from silog_core.custody.tampering import tamper

    tongue = language(lang)
    ways = tamper(MemoryStore)
    words = {"id": ("ketahuan", "LOLOS"), "en": ("found", "MISSED")}[tongue]
    for way in ways:
        title = way.title_id if tongue == "id" else way.title_en
        click.echo(f"{words[not way.found]}: {title}")
    if not all(way.found for way in ways):
        raise CustodyError("a falsified record was not found", "do not use this version")
