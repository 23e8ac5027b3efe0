"""What an entry-point name tells before anything is imported: kind and scope."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import attrs

from silog_core.domain.regions import COUNTRY, RegionCode
from silog_core.errors import FieldError
from silog_core.plugins.failures import Phase, PluginProblemError

_CHECKS = frozenset({"silog_validators", "silog_risk_checks", "silog_mitigations"})
_SOLVERS = frozenset({"silog_allocation_solvers", "silog_routing_solvers"})
_FORMATS = frozenset({"silog_importers", "silog_exporters"})

#: Hooks that a plugin of a kind may answer beside the manifest; None is every hook.
#: A session that needs no solver thus imports no solver plugin.
KINDS: Mapping[str, frozenset[str] | None] = MappingProxyType(
    {
        "region": None,
        "plugin": None,
        "checks": _CHECKS,
        "store": frozenset({"silog_stores"}),
        "solver": _SOLVERS,
        "executor": frozenset({"silog_executors"}),
        "format": _FORMATS,
        "report": frozenset({"silog_report_sections"}) | _FORMATS,
        "cli": frozenset({"silog_cli_commands"}),
    }
)
_NAME = re.compile(r"[a-z]+\.[A-Za-z0-9][A-Za-z0-9._-]*")


@attrs.frozen
class PluginName:
    """An entry-point name: ``region.53.71``, ``store.postgres``, ``checks.bawaslu``."""

    text: str
    kind: str
    #: Region that a region pack speaks for; None for the other kinds.
    scope: RegionCode | None = None

    @classmethod
    def parse(cls, text: str) -> PluginName:
        """Read a name.

        Raises:
            PluginProblemError: It does not say what kind of plugin it is.
        """
        kind, _, rest = text.partition(".")
        if not _NAME.fullmatch(text) or kind not in KINDS:
            raise PluginProblemError(
                Phase.DISCOVER,
                f"the entry-point name {text!r} does not say what kind of plugin it is",
                f"name it KIND.NAME with one of {', '.join(KINDS)}, such as region.53",
            )
        if kind != "region":
            return cls(text, kind)
        try:
            return cls(text, kind, RegionCode.parse(rest))
        except FieldError as wrong:
            raise PluginProblemError(
                Phase.DISCOVER, f"{text!r} names no region: {wrong.problem}", wrong.fix
            ) from wrong

    def may_answer(self, hook: str) -> bool:
        """Say whether a plugin of this kind may answer *hook*."""
        allowed = KINDS.get(self.kind)
        return allowed is None or hook == "silog_manifest" or hook in allowed

    @property
    def withholds(self) -> tuple[RegionCode, ...]:
        """Regions that cannot be planned without it, as far as the name tells.

        A nationwide check that does not load could have stopped any region's plan.
        """
        if self.scope is not None:
            return (self.scope,)
        return (COUNTRY,) if self.kind in ("checks", "plugin") else ()


def scope_in_name(text: str) -> tuple[RegionCode, ...]:
    """Return what a name that may be faulty withholds: a region if it names one."""
    try:
        return PluginName.parse(text).withholds
    except PluginProblemError:
        return ()


def name_of_module(module: Any) -> str:
    """Return the name of a module that was given without one, by what it says itself."""
    last = str(getattr(module, "__name__", type(module).__name__)).rpartition(".")[2]
    try:
        regions = module.silog_manifest().regions
    except Exception:  # noqa: BLE001 - registering it will say what is wrong
        regions = ()
    return f"region.{regions[0]}" if regions else f"plugin.{last}"
