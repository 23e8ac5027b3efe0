"""``silog ledger fsck``, ``backup`` and ``restore``."""

from __future__ import annotations

import json
import sys
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from silog_core.cli.context import FOUND_PROBLEMS, guarded, lang_option, language
from silog_core.cli.ledger_opening import LEDGER, TRUST, is_url, keys_of, store_at
from silog_core.custody.backup_join import join_backup
from silog_core.custody.backup_parts import reach_of, write_part
from silog_core.custody.checkup import Checkup, Damage, check_up
from silog_core.custody.copying import copy_ledger
from silog_core.custody.verify import Verified
from silog_core.errors import FileFormatError
from silog_core.storage import PeopleFile, new_store_file

PEOPLE = click.option(
    "--people",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File beside the ledger that keeps personal data.",
)


@click.command("fsck")
@LEDGER
@TRUST
@PEOPLE
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@lang_option
@guarded
def fsck_command(
    ledger: str, trust: tuple[str, ...], people: Path | None, as_json: bool, lang: str | None
) -> None:
    """Name every damage of LEDGER, and say how to mend it; nothing is changed.

    Exit code 1 if there is one. What is looked at: the file itself, records, index,
    checkpoints, chains of devices, the roster, rows that belong to nothing, and
    personal data.
    """
    tongue = language(lang)
    with ExitStack() as stack:
        beside = None
        if people is not None:
            beside = PeopleFile(people)
            stack.callback(beside.close)
        try:
            store = stack.enter_context(store_at(ledger))
        except FileFormatError as wrong:
            found = Checkup("", 0, (Damage("unread", ledger, 0, wrong.problem),))
        else:
            found = check_up(store, keys=keys_of(trust), people=beside)
    if as_json:
        _print_json(found, tongue)
    else:
        counted: Counter[str] = Counter()
        for damage in found.damages:
            counted[damage.code] += 1
            if counted[damage.code] <= _SHOWN:
                click.echo(damage.said(tongue))
                click.echo(f"  {_MEND[tongue]}: {damage.mend(tongue)}")
        for code, count in sorted(counted.items()):
            if count > _SHOWN:
                click.echo(_MORE[tongue].format(code, count - _SHOWN))
        click.echo(_SUM[tongue].format(found.origin or "-", found.size, len(found.damages)))
        if people is not None:
            click.echo(_PEOPLE[tongue].format(found.held, found.erased, found.elsewhere))
    sys.exit(FOUND_PROBLEMS if found.damages else 0)


#: Damages of one kind that are printed one by one; one cause may have many.
_SHOWN = 20
_MORE = {
    "id": "[{}] dan {} lagi; semuanya dengan --json",
    "en": "[{}] and {} more; all of them with --json",
}
_MEND = {"id": "perbaikan", "en": "mend"}
_SUM = {"id": "{}: {} catatan, {} kerusakan", "en": "{}: {} records, {} damages"}
_PEOPLE = {
    "id": "data pribadi: {} disimpan, {} dihapus, {} di tempat lain",
    "en": "personal data: {} held, {} erased, {} elsewhere",
}


def _print_json(found: Checkup, tongue: str) -> None:
    told = {
        "origin": found.origin,
        "size": found.size,
        "damages": [
            {
                "code": damage.code,
                "where": damage.where,
                "row": damage.row,
                "text": damage.said(tongue),
                "mend": damage.mend(tongue),
            }
            for damage in found.damages
        ],
        "people": {
            "held": found.held,
            "erased": found.erased,
            "elsewhere": found.elsewhere,
        },
    }
    click.echo(json.dumps(told, ensure_ascii=False, indent=1))


@click.command("backup")
@LEDGER
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--since",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An earlier backup, or part of one: copy only what is new since.",
)
@TRUST
@lang_option
@guarded
def backup_command(
    ledger: str, out: Path, since: Path | None, trust: tuple[str, ...], lang: str | None
) -> None:
    """Copy LEDGER, while it is in use, to OUT: one file that is a ledger itself, verified.

    Nothing is replaced, and OUT is there only when it is complete. Personal data is not
    copied. With --since OUT is a part: `restore` needs that earlier backup too.
    """
    keys = keys_of(trust)
    if since is None:
        with store_at(ledger) as store, new_store_file(out) as target:
            found = copy_ledger(store, target, keys=keys)
        _tell(found, str(out), lang)
        return
    with (
        store_at(ledger) as store,
        store_at(str(since)) as base,
        new_store_file(out) as target,
    ):
        begin = reach_of(base).size
        end = write_part(store, target, base=base, keys=keys)
    said = {
        "id": "{}: catatan {} sampai {}, {} yang baru, utuh; di {}",
        "en": "{}: records {} to {}, {} that are new, whole; in {}",
    }[language(lang)]
    click.echo(said.format(end.origin, begin, end.size, end.size - begin, out))


@click.command("restore")
@click.argument("backup", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("ledger", metavar="LEDGER")
@click.option(
    "--part",
    "parts",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A part that was backed up since BACKUP; may be repeated, in any order.",
)
@TRUST
@lang_option
@guarded
def restore_command(
    backup: Path,
    ledger: str,
    parts: tuple[Path, ...],
    trust: tuple[str, ...],
    lang: str | None,
) -> None:
    """Verify BACKUP, and make LEDGER of it: a new file, or an empty store at a URL."""
    keys = keys_of(trust)
    with ExitStack() as stack:
        store = stack.enter_context(store_at(str(backup)))
        more = [stack.enter_context(store_at(str(part))) for part in parts]
        if not is_url(ledger):
            with new_store_file(ledger) as target:
                if more:
                    found = join_backup(store, more, target, keys=keys)
                else:
                    found = copy_ledger(store, target, keys=keys)
        else:
            if more:  # joined and verified before anything is written there
                here = Path(stack.enter_context(TemporaryDirectory())) / "joined.db"
                with new_store_file(here) as target:
                    join_backup(store, more, target, keys=keys)
                store = stack.enter_context(store_at(str(here)))
            with store_at(ledger) as target:
                found = copy_ledger(store, target, keys=keys, at_once=True)
    _tell(found, ledger, lang)


def _tell(found: Verified, place: str, lang: str | None) -> None:
    said = {
        "id": "{}: {} catatan, akar {}, utuh; di {}",
        "en": "{}: {} records, root {}, whole; in {}",
    }[language(lang)]
    click.echo(said.format(found.origin, found.size, found.root.hex()[:16], place))
