"""What went wrong with a plugin, where, and how to mend it."""

from __future__ import annotations

from enum import Enum

import attrs

from silog_core.domain.regions import RegionCode


class Phase(Enum):
    """When a plugin failed, in the order in which things happen."""

    DISCOVER = "discover"
    IMPORT = "import"
    VALIDATE = "validate"
    MANIFEST = "manifest"
    COLLECT = "collect"
    CONFORM = "conform"
    RUN = "run"


@attrs.frozen(kw_only=True)
class PluginFailure:
    """One failure of one plugin."""

    #: Entry-point name, such as ``region.53``.
    plugin: str
    distribution: str = ""
    version: str = ""
    phase: Phase
    #: Hook that was asked; empty before any was.
    hook: str = ""
    #: What happened, in one sentence.
    cause: str
    #: What to do, in another.
    fix: str
    #: More for the author, such as the last lines of a traceback.
    details: str = ""
    #: Regions that are not planned until it is mended; empty when it is only left out.
    withholds: tuple[RegionCode, ...] = ()

    def __str__(self) -> str:
        where = f" at {self.hook}" if self.hook else ""
        who = " ".join(part for part in (self.distribution, self.version) if part)
        effect = (
            f"\n  withheld: {', '.join(map(str, self.withholds))}" if self.withholds else ""
        )
        return (
            f"{self.plugin}{f' ({who})' if who else ''}: {self.phase.value}{where}:"
            f" {self.cause}\n  fix: {self.fix}{effect}"
        )


class PluginProblemError(Exception):
    """A failure on its way to the host that notes it; never leaves this package."""

    def __init__(self, phase: Phase, cause: str, fix: str, details: str = "") -> None:
        """Keep what the failure will say."""
        super().__init__(phase, cause, fix, details)
        self.phase, self.cause, self.fix, self.details = phase, cause, fix, details
