"""A TOML file with the line of each key, so that a problem can name it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import attrs

from silog_core.domain.problems import InputProblem, Said
from silog_core.io.scenario_folder.tables import decode, suggest

_TABLE = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]\]?")
_KEY = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*=""")
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


@attrs.frozen(kw_only=True)
class TomlText:
    """The data of a file, and where its keys stand."""

    file: str
    data: dict[str, Any]
    #: (table, its number from 0, key) to line; an empty key is the table's own line.
    lines: dict[tuple[str, int, str], int]

    def line(self, table: str, key: str, at: int = 0) -> int | None:
        """Return the line of a key, else that of its table, else None."""
        own = self.lines.get((table, at, ""), None if table else self.lines.get((key, 0, "")))
        return self.lines.get((table, at, key), own)


@attrs.define
class Section:
    """One table of a file. Every reading method returns None after noting a fault."""

    source: TomlText
    #: Name of the table; empty at the top of the file.
    table: str
    data: dict[str, Any]
    problems: list[InputProblem]
    at: int = 0

    def fault(self, key: str, what: Said, fix: Said) -> None:
        """Note a problem of this table."""
        name = f"{self.table}.{key}" if self.table and key else self.table or key
        self.problems.append(
            InputProblem.said(
                file=self.source.file,
                row=self.source.line(self.table, key, self.at),
                column=name,
                what=what,
                fix=fix,
            )
        )

    def only(self, known: tuple[str, ...], elsewhere: dict[str, str]) -> None:
        """Note keys that do not belong here; *elsewhere* maps a key to its table."""
        for key in self.data:
            if key in known:
                continue
            if key in elsewhere and elsewhere[key] != self.table:
                home = f"[{elsewhere[key]}]" if elsewhere[key] else "scenario.toml"
                self.fault(
                    key,
                    Said(f"{key} does not belong here", f"{key} tidak pada tempatnya"),
                    Said(f"move it to {home}", f"pindahkan ke {home}"),
                )
            else:
                near = suggest(key, [k for k in known if k not in self.data])
                self.fault(
                    key,
                    Said(f"there is no key {key!r}", f"tidak ada kunci {key!r}") + near,
                    Said("use ", "gunakan ") + Said.same(", ".join(known)),
                )

    def text(self, key: str, default: str | None = None) -> str | None:
        """Return a text; it must be given unless there is a *default*."""
        value = self.data.get(key, default)
        if isinstance(value, str) and value == value.strip() and (value or default == ""):
            return value
        if value is None:
            self.missing(key, '"..."')
        else:
            self.holds(
                key, Said('give a text in quotes: "..."', 'isi teks dalam kutip: "..."')
            )
        return None

    def missing(self, key: str, like: str = "...") -> None:
        """Note that a key is not there."""
        self.fault(
            key,
            Said(f"{key} is missing", f"{key} tidak ada"),
            Said(f"add {key} = {like}", f"tambahkan {key} = {like}"),
        )

    def holds(self, key: str, fix: Said) -> None:
        """Note that a key holds something that it cannot."""
        value = self.data.get(key)
        shown = repr(value if isinstance(value, str | int | list | dict) else str(value))
        self.fault(key, Said(f"{key} is {shown}", f"{key} berisi {shown}"), fix)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; none where it is missing."""
        value = self.data.get(key, [])
        if isinstance(value, list) and all(isinstance(v, str) for v in value):
            return tuple(value)
        self.holds(
            key,
            Said('give a list of texts: ["...", "..."]', 'isi daftar teks: ["...", "..."]'),
        )
        return ()


def tables(
    source: TomlText, name: str, keys: str, keys_id: str, problems: list[InputProblem]
) -> Iterator[Section]:
    """Yield each table of a list ``[[name]]``, or note that it is no list of tables.

    Args:
        source: The file.
        name: Name of the tables.
        keys: What each has to say, in English.
        keys_id: The same in Indonesian.
        problems: Where faults are noted.
    """
    listed = source.data.get(name, [])
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        fix = Said(
            f"make it tables [[{name}]] with {keys}",
            f"jadikan tabel [[{name}]] dengan {keys_id}",
        )
        Section(source, "", source.data, problems).holds(name, fix)
        return
    for at, data in enumerate(listed):
        yield Section(source, name, data, problems, at)


def read_toml(file: str, content: bytes, problems: list[InputProblem]) -> TomlText | None:
    """Return the data of a TOML file, or None when it cannot be parsed."""
    before = len(problems)
    text = decode(file, content, problems)
    if text is None or len(problems) > before:
        return None
    text = text.replace("\r\n", "\n")
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as wrong:
        found = _PLACE.search(str(wrong))
        row = int(found[1]) if found and found[1] else text.rstrip().count("\n") + 1
        problems.append(
            InputProblem.said(
                file=file,
                row=row,
                what=Said("this is not TOML: ", "ini bukan TOML: ")
                + Said.same(_PLACE.sub("", str(wrong))),
                fix=Said(
                    "write texts in quotes, dates as 2024-11-27, and each key once",
                    "tulis teks dalam kutip, tanggal seperti 2024-11-27, dan tiap kunci sekali",
                ),
            )
        )
        return None
    return TomlText(file=file, data=data, lines=_lines(text))


def _lines(text: str) -> dict[tuple[str, int, str], int]:
    found: dict[tuple[str, int, str], int] = {}
    table, at, seen = "", 0, dict[str, int]()
    for number, line in enumerate(text.split("\n"), start=1):
        head, key = _TABLE.match(line), _KEY.match(line)
        if key:
            name = next(part for part in key.groups() if part is not None)
            found.setdefault((table, at, name), number)
        elif head:
            table = head[1]
            if line.lstrip().startswith("[["):
                seen[table] = seen.get(table, -1) + 1
            # A table inside an array of tables belongs to the last of the array.
            at = seen.get(table, seen.get(table.rpartition(".")[0], 0))
            found.setdefault((table, at, ""), number)
    return found
