"""The error tree: what is wrong in one sentence, how to mend it in another.

Codes: ``SLG1xx`` input, ``SLG2xx`` plugins, ``SLG3xx`` planning, ``SLG4xx`` risk,
``SLG5xx`` custody, ``SLG6xx`` storage and files.
"""

from __future__ import annotations

from typing import ClassVar


class SilogError(Exception):
    """What is wrong, in one sentence, and what to do about it, in another.

    Example:
        >>> raise SilogError("the box is empty", "pack it again")
        Traceback (most recent call last):
            ...
        silog_core.errors.SilogError: [SLG000] the box is empty
          fix: pack it again
    """

    code: ClassVar[str] = "SLG000"

    def __init__(self, problem: str, fix: str) -> None:
        """Keep both sentences in ``args``, so that the error can be pickled."""
        super().__init__(problem, fix)
        self.problem, self.fix = problem, fix

    def __str__(self) -> str:
        return f"[{self.code}] {self.problem}\n  fix: {self.fix}"


class FieldError(SilogError, ValueError):
    """A value does not fit its field."""

    code = "SLG100"


class ProblemInstanceError(SilogError, ValueError):
    """A published problem file, or a problem built in code, cannot be read or solved."""

    code = "SLG103"


class PlanningError(SilogError):
    """A plan cannot be made as asked."""

    code = "SLG300"


class InfeasibleError(PlanningError):
    """Everything was demanded, and not everything can be met."""

    code = "SLG301"


class FileFormatError(SilogError, ValueError):
    """A file is not of the format, or the version, that is read here."""

    code = "SLG600"
