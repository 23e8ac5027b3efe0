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


class PluginError(SilogError):
    """A plugin does not do what a plugin must."""

    code = "SLG200"


class RuleConflictError(PluginError, ValueError):
    """Rules contradict each other; all contradictions are in ``conflicts``."""

    code = "SLG210"

    def __init__(self, problem: str, fix: str, conflicts: tuple[object, ...] = ()) -> None:
        """Keep the conflicts beside the two sentences that sum them up."""
        super().__init__(problem, fix)
        self.args = (problem, fix, conflicts)
        self.conflicts = conflicts


class NoRulesError(PluginError, LookupError):
    """No installed plugin has rules for the election."""

    code = "SLG211"


class RegionWithheldError(PluginError):
    """A region is not planned, because a plugin that speaks for it failed."""

    code = "SLG220"


class UnknownChoiceError(PluginError, LookupError):
    """A store, solver, executor or format was chosen by a name that nobody gives."""

    code = "SLG221"


class UnknownExampleError(PluginError, LookupError):
    """No installed plugin ships an example of that name."""

    code = "SLG206"


class PlanningError(SilogError):
    """A plan cannot be made as asked."""

    code = "SLG300"


class InfeasibleError(PlanningError):
    """Everything was demanded, and not everything can be met."""

    code = "SLG301"


class IncidentError(PlanningError, LookupError):
    """An incident speaks of something that the scenario does not have."""

    code = "SLG302"


class FileFormatError(SilogError, ValueError):
    """A file is not of the format, or the version, that is read here."""

    code = "SLG600"


class StorageError(SilogError):
    """A folder, file or store cannot be read or written."""

    code = "SLG601"


class StaleWriteError(StorageError):
    """Somebody else wrote first; nothing of this write was kept."""

    code = "SLG602"


class ClosedStoreError(StorageError, ValueError):
    """A store was used after it was closed."""

    code = "SLG603"


class ExecutionError(SilogError):
    """Work could not be carried out by the workers."""

    code = "SLG310"


class WorkerMismatchError(ExecutionError):
    """A worker runs other versions, or another rule book, than the one that asks."""

    code = "SLG311"


class WorkerLostError(ExecutionError):
    """A worker process died, again and again, over the same task."""

    code = "SLG312"


class RiskError(SilogError):
    """A question about risk cannot be answered as it is asked."""

    code = "SLG400"


class CustodyError(SilogError):
    """The record of custody, or a proof about it, is not what it should be."""

    code = "SLG500"


class EventFormatError(CustodyError, ValueError):
    """Bytes are not the canonical form of an event."""

    code = "SLG501"


class IncompleteEventError(CustodyError, ValueError):
    """Events lack what their kind asks for, or name what it does not know."""

    code = "SLG502"


class LedgerError(CustodyError):
    """A ledger cannot be used as asked: not there, there already, another one, damaged."""

    code = "SLG510"


class ForeignChainError(LedgerError, ValueError):
    """A device's log does not fit this ledger: a gap, a broken chain, another ledger."""

    code = "SLG511"


class ProofError(CustodyError, ValueError):
    """A proof does not prove what it says."""

    code = "SLG520"


class SignatureError(CustodyError, ValueError):
    """A signature, key or signed text is missing, unreadable or wrong."""

    code = "SLG521"


class WitnessRefusedError(CustodyError, ValueError):
    """A witness does not sign: the record does not go on from what it signed before."""

    code = "SLG522"


class NotAllowedError(CustodyError, PermissionError):
    """A key may not record this event."""

    code = "SLG523"
