"""Turn frozen values into plain JSON data and back, by their type annotations."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union

import attrs

from silog_core.errors import FieldError

T = TypeVar("T")


def to_wire(value: Any) -> Any:
    """Return *value* as data that ``json.dumps`` takes.

    Fields that still have their default are left out, so that files stay short and
    a field that is added later does not change old digests.

    Example:
        >>> from silog_core.domain.legs import Leg
        >>> to_wire(Leg(tail="a", head="b", mode="sea", length_m=9, travel_s=3))
        {'tail': 'a', 'head': 'b', 'mode': 'sea', 'length_m': 9, 'travel_s': 3}
    """
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [to_wire(v) for v in value]
    if isinstance(value, frozenset | set):
        return sorted(to_wire(v) for v in value)
    if isinstance(value, Mapping):
        return {str(k): to_wire(v) for k, v in value.items()}
    if attrs.has(type(value)):
        if hasattr(value, "parts") and hasattr(type(value), "parse"):
            return str(value)
        return {
            a.name: to_wire(getattr(value, a.name))
            for a in attrs.fields(type(value))
            if a.init and not _is_default(a, getattr(value, a.name))
        }
    raise FieldError(
        f"a {type(value).__name__} cannot be written as JSON",
        "use texts, whole numbers, dates, tuples and attrs values",
    )


def _is_default(attribute: attrs.Attribute[Any], value: Any) -> bool:
    default = attribute.default
    if default is attrs.NOTHING:
        return False
    factory = getattr(default, "factory", None)
    if factory is not None:
        default = factory()
    return type(default) is type(value) and bool(default == value)


def from_wire(cls: type[T], data: Any, *, path: str = "$") -> T:
    """Return the *cls* that `to_wire` wrote as *data*.

    Raises:
        FieldError: The data does not fit; the message holds the path, such as
            ``$.legs[3].mode``.
    """
    return typing.cast("T", _read(cls, data, path))


def _read(kind: Any, data: Any, path: str) -> Any:
    origin = typing.get_origin(kind)
    if kind is Any:
        return data
    if origin in (Union, types.UnionType):
        return _read_union(typing.get_args(kind), data, path)
    if origin is tuple:
        args = typing.get_args(kind)
        items = _expect(data, list, path)
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(_read(args[0], v, f"{path}[{i}]") for i, v in enumerate(items))
        return tuple(
            _read(a, v, f"{path}[{i}]")
            for i, (a, v) in enumerate(zip(args, items, strict=True))
        )
    if origin is not None and issubclass(origin, Mapping):
        _key, of = typing.get_args(kind)
        found = _expect(data, dict, path)
        return {k: _read(of, v, f"{path}.{k}") for k, v in found.items()}
    return _read_plain(kind, data, path)


def _read_plain(kind: Any, data: Any, path: str) -> Any:
    try:
        if kind is date:
            return date.fromisoformat(_expect(data, str, path))
        if kind is type(None):
            return _expect(data, type(None), path)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return kind(data)
        if isinstance(kind, type) and attrs.has(kind):
            if isinstance(data, str) and hasattr(kind, "parse"):
                return kind.parse(data)
            return _read_attrs(kind, _expect(data, dict, path), path)
    except FieldError as wrong:
        if wrong.problem.startswith(("$", "at $")):
            raise
        raise FieldError(f"at {path}: {wrong.problem}", wrong.fix) from wrong
    except ValueError as wrong:
        raise FieldError(f"at {path}: {wrong}", f"give a {kind.__name__}") from wrong
    return _expect(data, kind, path)


def _read_union(kinds: tuple[Any, ...], data: Any, path: str) -> Any:
    if data is None and type(None) in kinds:
        return None
    problems = []
    for kind in kinds:
        if kind is not type(None):
            try:
                return _read(kind, data, path)
            except FieldError as wrong:
                problems.append(wrong)
    raise problems[0]


def _read_attrs(cls: Any, data: dict[str, Any], path: str) -> Any:
    hints = _hints(cls)
    known = {a.name: a for a in attrs.fields(cls) if a.init}
    unknown = sorted(set(data) - set(known))
    if unknown:
        raise FieldError(
            f"{path} has no field {unknown[0]!r}", f"use one of {', '.join(known)}"
        )
    given = {name: _read(hints[name], v, f"{path}.{name}") for name, v in data.items()}
    missing = [n for n, a in known.items() if a.default is attrs.NOTHING and n not in given]
    if missing:
        raise FieldError(f"{path} lacks {missing[0]!r}", f"give {', '.join(missing)}")
    return cls(**given)


@cache
def _hints(cls: Any) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _expect(data: Any, kind: Any, path: str) -> Any:
    if not isinstance(data, kind) or (kind is int and isinstance(data, bool)):
        raise FieldError(
            f"{path} is {data!r}", f"give a {getattr(kind, '__name__', kind)} there"
        )
    return data
