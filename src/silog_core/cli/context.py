"""What every command shares: language, output, errors turned into exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, Self, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from silog_core.domain.problems import ScenarioError
from silog_core.errors import SilogError
from silog_core.reports.words import words

P = ParamSpec("P")
R = TypeVar("R")

FINE, FOUND_PROBLEMS, BAD_INPUT, INTERNAL = 0, 1, 2, 3


def language(asked: str | None) -> str:
    """Return ``id`` or ``en``: as asked, or as the environment says, or English."""
    if asked:
        return asked
    for name in ("SILOG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "").lower()
        if value:
            return "en" if value.startswith(("en", "c.", "posix")) or value == "c" else "id"
    return "en"


def lang_option(command: Callable[P, R]) -> Callable[P, R]:
    """Add ``--lang`` to a command."""
    return click.option(
        "--lang", type=click.Choice(["id", "en"]), help="Language of what is printed."
    )(command)


def guarded(command: Callable[P, R]) -> Callable[P, R]:
    """Turn the library's errors into one clear message and exit code 2."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except ScenarioError as wrong:
            for problem in wrong.problems:
                click.echo(problem.line(language(kwargs.get("lang"))), err=True)
            click.echo(wrong.problem, err=True)
            sys.exit(BAD_INPUT)
        except (SilogError, OSError) as wrong:
            click.echo(str(wrong), err=True)
            sys.exit(BAD_INPUT)

    return run


class Bars:
    """Progress bars on the error stream, one for each stage; silent where nobody looks."""

    def __init__(self, lang: str) -> None:
        """Take the language of the labels."""
        self._words = words(lang)
        self._progress = Progress(
            TextColumn("{task.description:<24}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.elapsed:.0f} s"),
            console=Console(stderr=True),
        )
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is."""
        if stage not in self._tasks:
            label = self._words.get(f"stage {stage}", stage)
            self._tasks[stage] = self._progress.add_task(label, total=total)
        self._progress.update(self._tasks[stage], completed=done, total=total)
