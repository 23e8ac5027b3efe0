"""Problems of an input folder, collected so that all are reported in one go."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from silog_core.errors import FieldError, SilogError

#: Problems that the text of a `ScenarioError` prints before it only counts.
SHOWN = 20


@attrs.frozen
class Said:
    """One statement in both languages.

    Example:
        >>> Said("use ", "gunakan ") + Said.same("road")
        Said(english='use road', indonesian='gunakan road')
    """

    english: str
    indonesian: str

    @classmethod
    def same(cls, text: str) -> Said:
        """Return a text that is the same in both, such as a number or a name."""
        return cls(text, text)

    def __add__(self, other: Said) -> Said:
        return Said(self.english + other.english, self.indonesian + other.indonesian)


@attrs.frozen(kw_only=True)
class InputProblem:
    """One thing that is wrong in one place of the input, and how to mend it.

    Example:
        >>> found = InputProblem.said(
        ...     file="places.csv",
        ...     row=7,
        ...     column="voters",
        ...     what=Said("voters is '1.204'", "voters berisi '1.204'"),
        ...     fix=Said("write 1204", "tulis 1204"),
        ... )
        >>> print(found)
        places.csv, row 7, column voters: voters is '1.204'; write 1204
        >>> print(found.line("id"))
        places.csv, baris 7, kolom voters: voters berisi '1.204'; tulis 1204
    """

    file: str
    #: Row as a spreadsheet counts it: the header is row 1. Line in a TOML file.
    row: int | None = None
    #: Column, or key in a TOML file; empty where the whole row is meant.
    column: str = ""
    #: What is wrong, and what would mend it, in English.
    what: str
    fix: str
    #: The same in Indonesian.
    what_id: str
    fix_id: str

    @classmethod
    def said(
        cls, *, file: str, row: int | None = None, column: str = "", what: Said, fix: Said
    ) -> InputProblem:
        """Return the problem that is said in both languages."""
        return cls(
            file=file,
            row=row,
            column=column,
            what=what.english,
            fix=fix.english,
            what_id=what.indonesian,
            fix_id=fix.indonesian,
        )

    def where(self, lang: str = "en") -> str:
        """Return file, row and column, as far as they are known."""
        row, column = ("baris", "kolom") if lang == "id" else ("row", "column")
        at = "" if self.row is None else f", {row} {self.row}"
        return f"{self.file}{at}" + (f", {column} {self.column}" if self.column else "")

    def line(self, lang: str = "en") -> str:
        """Return the whole problem on one line, in ``en`` or ``id``."""
        what, fix = (self.what_id, self.fix_id) if lang == "id" else (self.what, self.fix)
        return f"{self.where(lang)}: {what}; {fix}"

    @property
    def order(self) -> tuple[str, int, str, str]:
        """Sort key: file, then row, then column."""
        return (self.file, self.row or 0, self.column, self.what)

    def __str__(self) -> str:
        return self.line()


class ScenarioError(SilogError, ValueError):
    """An input folder has problems; `problems` holds every one of them.

    Example:
        >>> cut = Said("it is cut off", "terpotong")
        >>> fault = InputProblem.said(
        ...     file="legs.csv", row=2, what=cut, fix=Said("mend", "perbaiki")
        ... )
        >>> wrong = ScenarioError.of([fault], "/tmp/padang-lawas")
        >>> wrong.problem
        '/tmp/padang-lawas has 1 problem'
        >>> wrong.problems[0].row
        2
    """

    code = "SLG110"

    def __init__(
        self, problem: str, fix: str, problems: tuple[InputProblem, ...] = ()
    ) -> None:
        """Keep everything in ``args``, so that the error can be pickled."""
        super().__init__(problem, fix)
        self.args = (problem, fix, problems)
        self.problems = problems

    @classmethod
    def of(cls, problems: Iterable[InputProblem], folder: object) -> ScenarioError:
        """Return the error for *problems* of *folder*, in the order of the files."""
        found = tuple(sorted(problems, key=lambda p: p.order))
        if not found:
            raise FieldError("there is no problem to report", "raise nothing")
        plural = "" if len(found) == 1 else "s"
        return cls(
            f"{folder} has {len(found)} problem{plural}",
            "mend each of them as it says; docs/scenario-folder.md has the format",
            found,
        )

    def __str__(self) -> str:
        lines = [f"  {p.where()}: {p.what}\n    fix: {p.fix}" for p in self.problems[:SHOWN]]
        more = len(self.problems) - SHOWN
        if more > 0:
            lines.append(f"  and {more} more, in `problems`")
        return "\n".join([f"[{self.code}] {self.problem}", *lines, f"  fix: {self.fix}"])
