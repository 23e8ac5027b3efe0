"""Lesson files: one JSON object a line, sorted, so that merging is joining and sorting."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from silog_core.domain.lessons import Lesson
from silog_core.domain.problems import InputProblem, Said, ScenarioError
from silog_core.domain.wire import from_wire, to_wire
from silog_core.errors import FieldError
from silog_core.risk.lessons import merge_lessons


def read_lessons(paths: Iterable[str | os.PathLike[str]]) -> tuple[Lesson, ...]:
    """Return the lessons of several files, each once.

    Raises:
        ScenarioError: A line is not a lesson; every one is named.
    """
    problems: list[InputProblem] = []
    found: list[Lesson] = []
    files = [Path(path) for path in paths]
    for file in files:
        rows = file.read_text(encoding="utf-8-sig").splitlines()
        for row, said in enumerate(rows, start=1):
            if not said.strip():
                continue
            try:
                found.append(from_wire(Lesson, json.loads(said)))
            except (ValueError, FieldError, TypeError, KeyError) as wrong:
                problems.append(
                    InputProblem.said(
                        file=file.name,
                        row=row,
                        what=Said(f"no lesson: {wrong}", f"bukan pelajaran: {wrong}"),
                        fix=Said(
                            "write one JSON object a line, as docs/risk-register.md shows",
                            "tulis satu objek JSON per baris, seperti di docs/risk-register.md",
                        ),
                    )
                )
    if problems:
        raise ScenarioError.of(problems, ", ".join(str(f) for f in files))
    return merge_lessons(found)


def write_lessons(lessons: Iterable[Lesson], path: str | os.PathLike[str]) -> Path:
    """Write lessons, each once and in order; return the file."""
    lines = [
        json.dumps(to_wire(x), ensure_ascii=False, sort_keys=True)
        for x in merge_lessons(lessons)
    ]
    file = Path(path)
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return file
