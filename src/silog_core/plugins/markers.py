"""The marks on hooks: what a plugin puts on its functions, and the data of each hook."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from types import MappingProxyType
from typing import TypeVar

import attrs
import pluggy

from silog_core.rules.combine import Combine

#: Entry-point group; its number is the major version of the hook API.
GROUP = "silog.v1"
#: Version of the hook API, major and minor.
HOOK_API = (1, 0)

PROJECT = "silog"
_SPEC = pluggy.HookspecMarker(PROJECT)
#: Put on a function whose name is a hook's: ``@hookimpl``.
hookimpl = pluggy.HookimplMarker(PROJECT)

F = TypeVar("F", bound=Callable[..., object])


class OnError(Enum):
    """What happens when a plugin fails at a hook."""

    #: Its regions are not planned until it is mended or accepted by name.
    WITHHOLD = "withhold"
    #: It is left out, and the plugin list says so; an error if it was chosen by name.
    SKIP = "skip"


@attrs.frozen(kw_only=True)
class HookSpec:
    """A hook as data, for the documentation, the command and the tests."""

    name: str
    combine: Combine
    on_error: OnError
    #: Hook API in which it came.
    since: str
    #: Types of what an answer may hold; empty when nothing is answered.
    gives: tuple[type, ...]
    arguments: tuple[str, ...]
    summary: str


_SPECS: dict[str, HookSpec] = {}
#: Every hook by its name, read-only.
SPECS = MappingProxyType(_SPECS)


def hookspec(
    *, combine: Combine, on_error: OnError, since: str, gives: tuple[type, ...] = ()
) -> Callable[[F], F]:
    """Return a decorator that declares a hook together with its data."""

    def declare(function: F) -> F:
        code = function.__code__
        name: str = function.__name__
        _SPECS[name] = HookSpec(
            name=name,
            combine=combine,
            on_error=on_error,
            since=since,
            gives=gives,
            arguments=code.co_varnames[: code.co_argcount],
            summary=(function.__doc__ or name).partition("\n")[0],
        )
        return _SPEC(function)

    return declare
