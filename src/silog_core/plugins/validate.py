"""Look at a plugin's hooks before pluggy does: its complaints then say how to mend it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from silog_core.plugins.failures import Phase, PluginProblemError
from silog_core.plugins.markers import HOOK_API, PROJECT, SPECS
from silog_core.plugins.names import PluginName

_MARK = f"{PROJECT}_impl"


def validate(plugin: object, name: PluginName) -> None:
    """Refuse a plugin whose hooks nobody would call, or not as it thinks.

    Raises:
        PluginProblemError: It has an unknown hook, argument or option.
    """
    if inspect.isclass(plugin):
        raise _problem(
            f"{plugin.__name__} is a class, not a module or an object",
            f"name a module in the entry point, or an instance: {plugin.__name__}()",
        )
    marked = dict(_marked(plugin))
    for attribute in sorted(marked):
        _check_hook(attribute, marked[attribute], name)
    for attribute in sorted(vars(plugin)):
        value = getattr(plugin, attribute)
        ours = attribute.startswith(f"{PROJECT}_") and inspect.isfunction(value)
        if ours and attribute not in marked and attribute in SPECS:
            raise _problem(
                f"{attribute} has no @hookimpl, so it would never be called",
                f"put @hookimpl above def {attribute}",
            )


def hooks_of(plugin: object) -> tuple[str, ...]:
    """Return the names of the hooks that *plugin* answers, sorted."""
    return tuple(sorted(dict(_marked(plugin))))


def _marked(plugin: object) -> Iterator[tuple[str, Any]]:
    for attribute in dir(plugin):
        value = getattr(plugin, attribute, None)
        if inspect.isroutine(value) and getattr(value, _MARK, None):
            yield getattr(value, _MARK).get("specname") or attribute, value


def _check_hook(hook: str, function: Any, name: PluginName) -> None:
    options = getattr(function, _MARK)
    if hook not in SPECS:
        if options.get("optionalhook"):
            return
        close = get_close_matches(hook, SPECS, 1)
        api = ".".join(map(str, HOOK_API))
        raise _problem(
            f"{hook} is no hook of hook API {api}",
            f"did you mean {close[0]}?"
            if close
            else "see silog plugins --hooks for all hooks;"
            " for one of a newer silog-core, upgrade it or write @hookimpl(optionalhook=True)",
        )
    if not name.may_answer(hook):
        raise _problem(
            f"{name.text} answers {hook}, which a plugin of kind {name.kind!r} is never asked",
            f"name the entry point plugin.{name.text.partition('.')[2]}, which may answer all",
        )
    for option in ("wrapper", "hookwrapper", "tryfirst", "trylast"):
        if options.get(option):
            raise _problem(
                f"{hook} is marked {option}, but here no order of plugins exists",
                f"write @hookimpl without {option}",
            )
    _check_arguments(hook, function)


def _check_arguments(hook: str, function: Any) -> None:
    allowed = SPECS[hook].arguments
    for given in inspect.signature(function).parameters.values():
        if (
            given.kind is not inspect.Parameter.POSITIONAL_OR_KEYWORD
            or given.name not in allowed
        ):
            takes = f"({', '.join(allowed)})"
            raise _problem(
                f"{hook} asks for an argument {given.name!r} that it does not get",
                f"write def {hook}{takes}, or leave arguments out",
            )


def _problem(cause: str, fix: str) -> PluginProblemError:
    return PluginProblemError(Phase.VALIDATE, cause, fix)
