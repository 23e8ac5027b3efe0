"""The boxes of the public page in few bytes: tables of words, and one line for each box.

Names of steps, offices and places stand in a box a dozen times; here each stands once in
a table, and a box has its number. So the page of a regency fits on any phone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any


class _Table:
    """Things, each once, by number."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self._at: dict[Any, int] = {}

    def at(self, thing: Any) -> int:
        number = self._at.get(thing)
        if number is None:
            number = self._at[thing] = len(self.rows)
            self.rows.append(thing)
        return number


def public_lines(boxes: Iterable[Mapping[str, Any]]) -> str:
    """Return boxes as JSON that may stand in a page: tables first, then a line for each.

    ``words`` are pairs, Indonesian and English; ``texts`` are places, offices and items;
    ``parties`` a word and a text. A line is code, station, stage, condition, place (-1 on
    its way), content, serials, how many of these are on it now, steps and problems.

    Args:
        boxes: As `silog_core.custody.public_view.PublicBox.data` gives them.

    Example:
        >>> print(public_lines([]))
        {"words":[],
        "texts":[],
        "parties":[],
        "boxes":[]}
    """
    words, texts, parties = _Table(), _Table(), _Table()
    lines = [_dumped(_line(box, words, texts, parties)) for box in boxes]
    tables = {"words": words.rows, "texts": texts.rows, "parties": parties.rows}
    told = ",\n".join(f'"{name}":{_dumped(rows)}' for name, rows in tables.items())
    shown = ",\n".join(lines)
    return f'{{{told},\n"boxes":[{shown}]}}'


def _line(box: Mapping[str, Any], words: _Table, texts: _Table, parties: _Table) -> list[Any]:
    serials = _Table()
    for seal in box["seals"]:
        serials.at(seal)
    on_it = len(serials.rows)
    steps = [
        [
            words.at((step["step_id"], step["step_en"])),
            texts.at(step["place"]) if step["place"] else -1,
            [serials.at(seal) for seal in step["seals"]],
            [
                parties.at((words.at((by["role_id"], by["role_en"])), texts.at(by["office"])))
                for by in step["verified_by"]
            ],
        ]
        for step in box["steps"]
    ]
    return [
        box["box"],
        box["station"],
        words.at((box["stage_id"], box["stage_en"])),
        words.at((box["condition_id"], box["condition"])),
        texts.at(box["place"]) if box["place"] else -1,
        [
            [texts.at(" ".join(filter(None, (one["item"], one["area"])))), one["pieces"]]
            for one in box["holds"]
        ],
        serials.rows,
        on_it,
        steps,
        [[told["id"], told["en"]] for told in box["problems"]],
    ]


def _dumped(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Nothing in the data may end the element that it stands in, or begin another one.
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
