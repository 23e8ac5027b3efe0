"""``silog ledger key`` and ``enrol``: who may sign what."""

from __future__ import annotations

import os
from pathlib import Path

import click

from silog_core.cli.context import guarded, lang_option, language
from silog_core.cli.ledger_opening import KEY, LEDGER, key_of, opened
from silog_core.custody.roster import DeviceKey
from silog_core.custody.signing import COSIGNER, PLAIN, FileSigner
from silog_core.domain.custody_roles import Role
from silog_core.errors import FieldError, StorageError


def write_key(path: Path, signer: FileSigner) -> None:
    """Write a private key for nobody but its owner, and beside it the public one.

    Raises:
        StorageError: Something is there already.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise StorageError(
            f"{path} is there already", "name another file; a key is never replaced"
        ) from None
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(signer.secret_text() + "\n")
    path.with_name(path.name + ".pub").write_text(signer.key.text + "\n", "utf-8")


@click.command("key")
@click.argument("name")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="File of the private key; keep it secret.",
)
@click.option("--witness", is_flag=True, help="A key that cosigns checkpoints.")
@guarded
def key_command(name: str, out: Path, witness: bool) -> None:
    """Make a key for NAME, and print its public half: publish it, have it enrolled.

    The public half is also written beside the private one, to a file that ends in .pub.
    """
    signer = FileSigner.generate(name, COSIGNER if witness else PLAIN)
    write_key(out, signer)
    click.echo(signer.key.text)


@click.command("enrol")
@LEDGER
@KEY
@click.option(
    "--device",
    "devices",
    multiple=True,
    help="NAME=ROLE,ROLE=KEY: this key may seal that device's log, in these roles.",
)
@click.option(
    "--revoke",
    multiple=True,
    help="NAME=KEY: from now on this key may not; what it signed before stays.",
)
@click.option("--witness", "witnesses", multiple=True, help="KEY of a witness.")
@lang_option
@guarded
def enrol_command(
    ledger: str,
    key: Path | None,
    devices: tuple[str, ...],
    revoke: tuple[str, ...],
    witnesses: tuple[str, ...],
    lang: str | None,
) -> None:
    """Add or revoke keys in the roster of LEDGER, from here on; each may be repeated."""
    listed = [_device(text) for text in devices]
    seen = [key_of(text) for text in witnesses]
    with opened(ledger, key) as found:
        listed += [_revoked(text, found.roster.devices) for text in revoke]
        if not listed and not seen:
            raise FieldError("nothing is to change", "give --device, --revoke or --witness")
        size = found.enrol(listed, seen)
    said = {"id": "Daftar kunci diubah; besar {}", "en": "Roster changed; size {}"}
    click.echo(said[language(lang)].format(size))


def _device(text: str) -> DeviceKey:
    name, _, rest = text.partition("=")
    roles, _, key = rest.partition("=")
    known = {role.value for role in Role}
    asked = set(roles.split(","))
    if not key or not asked <= known:
        wrong = ", ".join(sorted(asked - known)) if key else text
        raise FieldError(
            f"--device {wrong!r} says no device, roles and key",
            f"write NAME=ROLE,ROLE=KEY; roles are {', '.join(sorted(known))}",
        )
    return DeviceKey(name, key_of(key), frozenset(asked))


def _revoked(text: str, devices: dict[str, dict[str, DeviceKey]]) -> DeviceKey:
    name, _, word = text.partition("=")
    key = key_of(word)
    found = devices.get(name, {}).get(key.text)
    if found is None:
        raise FieldError(
            f"the roster has no key of {key.name} for {name}",
            "write NAME=KEY as it was enrolled",
        )
    return DeviceKey(name, key, found.roles, revoked=True)
