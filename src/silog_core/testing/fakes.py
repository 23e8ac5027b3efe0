"""Stand-ins for tests: a clock that is set by hand, plugins made on the spot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from types import ModuleType
from typing import Any

from silog_core.domain.manifest import Manifest
from silog_core.plugins.markers import hookimpl

#: Western Indonesia Time.
WIB = timezone(timedelta(hours=7))


class FakeClock:
    """A clock that stands still until it is moved.

    Example:
        >>> clock = FakeClock(datetime(2024, 11, 26, 6, 0, tzinfo=WIB))
        >>> clock.advance(90 * 60)
        >>> clock.now().isoformat()
        '2024-11-26T07:30:00+07:00'
    """

    def __init__(self, start: datetime | None = None) -> None:
        """Start at *start*, or the morning before the vote of 2024."""
        self._now = start or datetime(2024, 11, 26, 6, 0, tzinfo=WIB)

    def now(self) -> datetime:
        """Return the moment that was set."""
        return self._now

    def advance(self, seconds: int) -> None:
        """Move on by *seconds*."""
        self._now += timedelta(seconds=seconds)


def plugin_module(
    *regions: str, name: str = "a_plugin", title: str = "A plugin", **hooks: Any
) -> ModuleType:
    """Return a module that is a plugin, for a host or session in a test.

    Args:
        regions: Codes that its manifest names.
        name: Name of the module.
        title: Title of its manifest.
        hooks: What each hook answers: a list, or a function that is called.

    Example:
        >>> from silog_core.plugins.facade import PluginHost
        >>> host = PluginHost()
        >>> host.register(plugin_module("53", silog_leg_closures=[]), name="region.53")
        >>> host.failures
        ()
    """
    module = ModuleType(name)

    @hookimpl
    def silog_manifest() -> Manifest:
        return Manifest(title=title, regions=regions)

    vars(module)["silog_manifest"] = silog_manifest
    for hook, answer in hooks.items():
        vars(module)[hook] = hookimpl(answer if callable(answer) else _giving(answer))
    return module


def _giving(answer: Any) -> Callable[[], Any]:
    return lambda: answer
