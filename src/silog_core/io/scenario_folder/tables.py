"""Tables of a scenario folder: from bytes to rows whose columns are known."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

import attrs

from silog_core.domain.problems import InputProblem, Said

_TOO_MANY = Said(
    'put a text that holds the separator in quotes: "Desa A, B"',
    'apit teks yang berisi tanda pemisah dengan kutip: "Desa A, B"',
)
_TOO_FEW = Said(
    "add the missing cells, empty ones too", "tambahkan sel yang kurang, juga yang kosong"
)


@attrs.frozen(kw_only=True)
class Columns:
    """The columns of one file: those it must have, may have, and old names for them."""

    file: str
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()
    #: Other spelling to column name.
    aliases: dict[str, str] = attrs.field(factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """All column names."""
        return self.needed + self.optional


@attrs.frozen(kw_only=True)
class Table:
    """The rows of one file, each with the number that a spreadsheet shows."""

    file: str
    #: Position of each known column.
    column: dict[str, int]
    #: Row number and cells, stripped of outer spaces.
    rows: list[tuple[int, list[str]]]


def meant(near: str) -> Said:
    """Return the question whether *near* was meant; nothing where there is none."""
    return Said(f"; did you mean {near}?", f"; maksudnya {near}?") if near else Said("", "")


def suggest(word: str, among: Sequence[str]) -> Said:
    """Return whether the one of *among* that is closest to *word* was meant."""
    return meant(next(iter(get_close_matches(word, among, n=1, cutoff=0.6)), ""))


def decode(file: str, content: bytes, problems: list[InputProblem]) -> str | None:
    """Return the text of a UTF-8 file, with or without a byte order mark."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        problems.append(
            InputProblem.said(
                file=file,
                row=1,
                what=Said(
                    "the file is UTF-16, as from 'Unicode Text'",
                    "berkas ini UTF-16, seperti dari 'Unicode Text'",
                ),
                fix=Said(
                    "save it as 'CSV UTF-8 (Comma delimited)'",
                    "simpan sebagai 'CSV UTF-8 (Comma delimited)'",
                ),
            )
        )
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    for row, line in enumerate(content.split(b"\n"), start=1):
        try:
            line.decode()
        except UnicodeDecodeError as wrong:
            near = line[: wrong.start].decode()[-20:]
            problems.append(
                InputProblem.said(
                    file=file,
                    row=row,
                    what=Said(
                        f"byte 0x{line[wrong.start]:02x} after {near!r} is not UTF-8",
                        f"bita 0x{line[wrong.start]:02x} setelah {near!r} bukan UTF-8",
                    ),
                    fix=Said(
                        "save the file as 'CSV UTF-8', not as plain CSV or ANSI",
                        "simpan sebagai 'CSV UTF-8', bukan CSV biasa atau ANSI",
                    ),
                )
            )
    # The other rows can still be checked.
    return content.decode("utf-8-sig", errors="replace")


def read_table(columns: Columns, content: bytes, problems: list[InputProblem]) -> Table | None:
    """Return the rows of a file, or None when not even its header can be used."""
    text = decode(columns.file, content, problems)
    if text is None:
        return None
    separator = ""
    if text[:4].lower() == "sep=":  # a line for Excel alone, which does not count it
        line, _, text = text.partition("\n")
        separator = line[4:5]
    head = text.partition("\n")[0]
    separator = separator or max(",;\t", key=lambda sign: (head.count(sign), sign == ","))
    rows = _split(columns.file, text, separator, problems)
    header = next(rows, (1, []))[1]
    if not any(header):
        problems.append(
            InputProblem.said(
                file=columns.file,
                row=1,
                what=Said("the file has no header", "berkas ini tidak punya judul kolom"),
                fix=Said("begin it with ", "mulailah dengan ")
                + Said.same(",".join(columns.needed)),
            )
        )
        return None
    found = _columns(columns, header, problems)
    body = _body(columns.file, header, rows, problems)
    return Table(file=columns.file, column=found, rows=body)


def _split(
    file: str, text: str, separator: str, problems: list[InputProblem]
) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    row = 0
    while True:
        row += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            problems.append(
                InputProblem.said(
                    file=file,
                    row=row,
                    what=Said(
                        f"the row cannot be split into cells: {wrong}",
                        f"baris ini tidak dapat dipisah menjadi sel: {wrong}",
                    ),
                    fix=Said(
                        'close every quote, and write a quote inside a cell as ""',
                        'tutup setiap tanda kutip; di dalam sel tulis kutip sebagai ""',
                    ),
                )
            )
            return
        yield row, [cell.strip() for cell in cells]


def _columns(
    columns: Columns, header: list[str], problems: list[InputProblem]
) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(header):
        name = "_".join(cell.lower().replace("-", " ").split())
        name = columns.aliases.get(name, name)
        if not cell:
            continue  # a spreadsheet's empty column; its cells are checked to be empty
        if name in found:
            problems.append(
                InputProblem.said(
                    file=columns.file,
                    row=1,
                    column=name,
                    what=Said(f"column {name} is there twice", f"kolom {name} ada dua kali"),
                    fix=Said("remove one of the two", "hapus salah satunya"),
                )
            )
        elif name in columns.names:
            found[name] = at
        else:
            missing = [n for n in columns.names if n not in found]
            problems.append(
                InputProblem.said(
                    file=columns.file,
                    row=1,
                    column=cell,
                    what=Said(f"there is no column {cell!r}", f"tidak ada kolom {cell!r}")
                    + suggest(name, missing),
                    fix=Said(
                        f"use {', '.join(columns.names)}, or remove it",
                        f"gunakan {', '.join(columns.names)}, atau hapus",
                    ),
                )
            )
    problems.extend(
        InputProblem.said(
            file=columns.file,
            row=1,
            column=name,
            what=Said(f"column {name} is missing", f"kolom {name} tidak ada"),
            fix=Said(f"add a column {name}", f"tambahkan kolom {name}"),
        )
        for name in columns.needed
        if name not in found
    )
    return found


def _body(
    file: str,
    header: list[str],
    rows: Iterator[tuple[int, list[str]]],
    problems: list[InputProblem],
) -> list[tuple[int, list[str]]]:
    width = len(header)
    nameless = [at for at, cell in enumerate(header) if not cell]
    body = []
    for row, cells in rows:
        if not any(cells):
            continue
        if len(cells) != width:
            problems.append(
                InputProblem.said(
                    file=file,
                    row=row,
                    what=Said(
                        f"the row has {len(cells)} cells, the header has {width}",
                        f"baris ini punya {len(cells)} sel, judulnya {width}",
                    ),
                    fix=_TOO_MANY if len(cells) > width else _TOO_FEW,
                )
            )
            cells = [*cells[:width], *[""] * (width - len(cells))]  # noqa: PLW2901
        problems.extend(
            InputProblem.said(
                file=file,
                row=row,
                what=Said(
                    f"{cells[at]!r} stands in a column without a name",
                    f"{cells[at]!r} ada di kolom tanpa judul",
                ),
                fix=Said(
                    "name the column, or empty the cell",
                    "beri judul kolom, atau kosongkan sel",
                ),
            )
            for at in nameless
            if cells[at]
        )
        body.append((row, cells))
    return body
