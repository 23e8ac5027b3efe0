"""Problems of an input folder, collected so that all are reported in one go."""

from __future__ import annotations

import attrs

from silog_core.errors import FieldError, SilogError

#: Problems that the text of a `ScenarioError` prints before it only counts.
SHOWN = 20


@attrs.frozen(kw_only=True)
class InputProblem:
    """One thing that is wrong in one place of the input, and how to mend it.

    Example:
        >>> print(
        ...     InputProblem(
        ...         file="places.csv",
        ...         row=7,
        ...         column="voters",
        ...         what="voters is '1.204'",
        ...         fix="write 1204",
        ...     )
        ... )
        places.csv, row 7, column voters: voters is '1.204'; write 1204
    """

    file: str
    #: Row as a spreadsheet counts it: the header is row 1. Line in a TOML file.
    row: int | None = None
    #: Column, or key in a TOML file; empty where the whole row is meant.
    column: str = ""
    what: str
    fix: str

    @property
    def where(self) -> str:
        """File, row and column, as far as they are known."""
        row = "" if self.row is None else f", row {self.row}"
        return f"{self.file}{row}" + (f", column {self.column}" if self.column else "")

    @property
    def order(self) -> tuple[str, int, str, str]:
        """Sort key: file, then row, then column."""
        return (self.file, self.row or 0, self.column, self.what)

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.fix}"


class ScenarioError(SilogError, ValueError):
    """An input folder has problems; `problems` holds every one of them.

    Example:
        >>> fault = InputProblem(file="legs.csv", row=2, what="it is cut off", fix="mend it")
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
    def of(cls, problems: list[InputProblem], folder: object) -> ScenarioError:
        """Return the error for *problems* of *folder*, in the order of the files."""
        if not problems:
            raise FieldError("there is no problem to report", "raise nothing")
        found = tuple(sorted(problems, key=lambda p: p.order))
        plural = "" if len(found) == 1 else "s"
        return cls(
            f"{folder} has {len(found)} problem{plural}",
            "mend each of them as it says; docs/scenario-folder.md has the format",
            found,
        )

    def __str__(self) -> str:
        lines = [f"  {p.where}: {p.what}\n    fix: {p.fix}" for p in self.problems[:SHOWN]]
        more = len(self.problems) - SHOWN
        if more > 0:
            lines.append(f"  and {more} more, in `problems`")
        return "\n".join([f"[{self.code}] {self.problem}", *lines, f"  fix: {self.fix}"])
