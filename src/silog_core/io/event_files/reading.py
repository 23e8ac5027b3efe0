"""Read tables of events, such as officers type them; all problems at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from silog_core.domain.custody_events import Event
from silog_core.domain.custody_kinds import Kind
from silog_core.domain.problems import InputProblem, Said, ScenarioError
from silog_core.errors import FieldError
from silog_core.io.event_files.cells import (
    counts_in,
    event_id_in,
    list_in,
    moment_in,
    pairs_in,
    party_in,
    plain_atom,
    quantities_in,
    stated_in,
)
from silog_core.io.event_files.writing import COLUMNS
from silog_core.io.scenario_folder.tables import Columns, meant, read_table, suggest

_NEEDED = ("kind", "time", "place", "author")


def read_events(
    content: bytes, *, file: str, device: str, after: int = 0, offset_min: int = 420
) -> list[Event]:
    r"""Return the events of a CSV file.

    Args:
        content: The file: UTF-8, comma, semicolon or tab between cells. Columns
            ``kind``, ``time``, ``place`` and ``author`` are needed.
        file: Its name, for messages.
        device: Device of rows that name none.
        after: Sequence number of the device's last event; its rows go on from there.
        offset_min: Local time ahead of UTC where a time does not say it [minutes].

    Raises:
        ScenarioError: Something is wrong; every problem with its row and column.

    Example:
        >>> head = "kind,time,place,author,units"
        >>> row = "packed,2024-11-20 09:00,12.71,operator:12.71,B-1"
        >>> event = read_events(
        ...     f"{head}\n{row}".encode(), file="day.csv", device="desk-1", after=4
        ... )[0]
        >>> str(event.id), event.kind.value, event.units
        ('desk-1:5', 'packed', ('B-1',))
    """
    columns = Columns(
        file=file,
        needed=_NEEDED,
        optional=tuple(name for name in COLUMNS if name not in _NEEDED),
    )
    problems: list[InputProblem] = []
    table = read_table(columns, content, problems)
    events = []
    for row, cells in table.rows if table is not None else ():
        said = {name: cells[at] for name, at in table.column.items()} if table else {}
        if not said.get("device"):
            after += 1
        found = _event(said, file, row, device, after, offset_min, problems)
        if found is not None:
            events.append(found)
    if problems:
        raise ScenarioError.of(problems, file)
    return events


def _event(
    said: Mapping[str, str],
    file: str,
    row: int,
    device: str,
    sequence: int,
    offset_min: int,
    problems: list[InputProblem],
) -> Event | None:
    given: dict[str, Any] = {"device": device, "sequence": sequence}
    before = len(problems)
    for name in _NEEDED:
        if not said.get(name):
            _note(problems, file, row, name, "")
    for name, cell in said.items():
        if cell:
            try:
                given |= _cell(name, cell, offset_min)
            except ValueError as wrong:
                _note(problems, file, row, name, cell, wrong)
    if len(problems) > before:
        return None
    try:
        return Event(**given)
    except FieldError as wrong:
        _note(problems, file, row, "", "", wrong)
        return None


def _cell(name: str, cell: str, offset_min: int) -> dict[str, Any]:
    if name == "time":
        time_s, offset = moment_in(cell, offset_min)
        return {"time_s": time_s, "offset_min": offset}
    if name == "recorded":
        return {"recorded_s": moment_in(cell, offset_min)[0]}
    return {name: _READERS.get(name, plain_atom)(cell)}


def _whole(cell: str) -> int:
    if not cell.isascii() or not cell.isdecimal():
        raise FieldError(f"{cell!r} is no number", "write digits alone")
    return int(cell)


_READERS: Mapping[str, Callable[[str], Any]] = {
    "sequence": _whole,
    "kind": Kind,
    **dict.fromkeys(("author", "giver", "receiver"), party_in),
    "witnesses": lambda cell: tuple(party_in(part) for part in cell.split(";")),
    **dict.fromkeys(("units", "seals_applied", "seals_removed", "seals_broken"), list_in),
    **dict.fromkeys(("seals_given", "seals_taken"), stated_in),
    "quantities": quantities_in,
    "counts": counts_in,
    "corrects": event_id_in,
    "facts": pairs_in,
    "commitments": pairs_in,
}
#: How a column is written: an example that is the same in every language.
_FORMS = {
    "time": "2024-11-26 18:00",
    "recorded": "2024-11-26 18:05",
    "author": "operator:12.71",
    "giver": "operator:12.71",
    "receiver": "subdistrict-committee:12.71.01",
    "witnesses": "supervisor:Bawaslu 12.71",
    "quantities": "ballot-governor:12:LOT-1=310",
    "counts": "received:ballot-governor:12=310;used:ballot-governor:12=250",
    "corrects": "tablet-1:17",
    **dict.fromkeys(("seals_given", "seals_taken"), "BOX-1=S-1,S-2;BOX-2=S-7"),
    "facts": "method=e-catalogue;unit-price-rupiah=400",
    "sequence": "17",
    "place": "12.71.01",
}


def _note(
    problems: list[InputProblem],
    file: str,
    row: int,
    name: str,
    cell: str,
    wrong: ValueError | None = None,
) -> None:
    if name == "kind":
        kinds = [kind.value for kind in Kind]
        what = Said(f"kind is {cell!r}", f"kind berisi {cell!r}") + (
            suggest(cell, kinds) if cell else meant("")
        )
        fix = Said("use a kind of docs/custody.md", "gunakan jenis dari docs/custody.md")
    elif not name:
        why = wrong.problem if isinstance(wrong, FieldError) else str(wrong)
        how = wrong.fix if isinstance(wrong, FieldError) else "mend the row"
        what, fix = Said(why, f"baris ini tidak cocok: {why}"), Said.same(how)
    else:
        what = (
            Said(f"{name} is {cell!r}", f"{name} berisi {cell!r}")
            if cell
            else Said(f"{name} is empty", f"{name} kosong")
        )
        form = _FORMS.get(name, "B-1;B-2")
        fix = Said(f"write it like {form}", f"tulis seperti {form}")
    problems.append(InputProblem.said(file=file, row=row, column=name, what=what, fix=fix))
