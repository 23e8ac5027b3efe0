"""Validators for fields: each says what the value is and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import attrs

from silog_core.errors import FieldError

Validator = Callable[[Any, "attrs.Attribute[Any]", Any], None]


def _name(instance: object, attribute: attrs.Attribute[Any]) -> str:
    return f"{type(instance).__name__}.{attribute.name}"


def whole(lowest: int, unit: str, *, highest: int | None = None) -> Validator:
    """Return a validator for a whole number of *unit*, from *lowest* on.

    Booleans and floats are refused: ``True`` is not one box, and ``2.0`` hides a
    computation that was not exact.

    Example:
        >>> @attrs.frozen
        ... class Crate:
        ...     mass_g: int = attrs.field(validator=whole(1, "grams"))
        >>> Crate(-3)
        Traceback (most recent call last):
            ...
        silog_core.errors.FieldError: [SLG100] Crate.mass_g is -3
          fix: give a whole number of grams, 1 or more
    """

    def check(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        # The common case first: values are made by the million.
        if type(value) is int and value >= lowest and (highest is None or value <= highest):
            return
        bound = f"{lowest} or more" if highest is None else f"from {lowest} to {highest}"
        raise FieldError(
            f"{_name(instance, attribute)} is {value!r}",
            f"give a whole number of {unit}, {bound}",
        )

    return check


def text(what: str) -> Validator:
    """Return a validator for a text that is not empty and has no outer spaces."""

    def check(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if not isinstance(value, str) or not value or value != value.strip():
            raise FieldError(
                f"{_name(instance, attribute)} is {value!r}",
                f"give {what} as a text without spaces around it",
            )

    return check


def a_tuple(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Refuse anything but a tuple: a list inside a frozen value could still change."""
    if not isinstance(value, tuple):
        raise FieldError(
            f"{_name(instance, attribute)} is a {type(value).__name__}",
            "give a tuple, such as tuple(values)",
        )


def each_within(lowest: int, highest: int, what: str) -> Validator:
    """Return a validator for a tuple of whole numbers in a range, rising, no repeats."""

    def check(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        fine = isinstance(value, tuple) and all(
            type(v) is int and lowest <= v <= highest for v in value
        )
        if not fine or list(value) != sorted(set(value)):  # type: ignore[call-overload]
            raise FieldError(
                f"{_name(instance, attribute)} is {value!r}",
                f"give {what} from {lowest} to {highest}, rising and without repeats",
            )

    return check


def maybe(validator: Validator) -> Validator:
    """Return a validator that also takes None."""
    return attrs.validators.optional(validator)


def sorted_texts(values: Iterable[str]) -> tuple[str, ...]:
    """Return the texts sorted and without repeats: an attrs converter."""
    return tuple(sorted(set(values)))
