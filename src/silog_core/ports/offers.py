"""What a plugin offers under a name, and its loading when it is wanted."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import attrs

from silog_core.domain.fields import sorted_texts, text
from silog_core.errors import UnknownChoiceError


@attrs.frozen(kw_only=True)
class Offer:
    """Something that is chosen by name: a store, a solver, a format, a section.

    What does the work is given as a callable, or as ``"package.module:name"``, which is
    imported only when the offer is chosen: a solver that nobody uses costs nothing.
    """

    name: str = attrs.field(validator=text("a short name"))
    #: One line for people.
    title: str = ""
    #: What it can do beyond the least; the conformance suites then demand it.
    can: tuple[str, ...] = attrs.field(default=(), converter=sorted_texts)
    #: What to install when its import fails, such as ``silog-solver-pyvrp``.
    needs: str = ""


def load(offer: Offer, target: Any) -> Any:
    """Return the callable that *target* is or names.

    Raises:
        UnknownChoiceError: Its module cannot be imported, or has no such name.

    Example:
        >>> load(Offer(name="x"), "math:isqrt")(9)
        3
    """
    if not isinstance(target, str):
        return target
    module, _, name = target.partition(":")
    try:
        return getattr(import_module(module), name)
    except (ImportError, AttributeError) as wrong:
        raise UnknownChoiceError(
            f"{offer.name} cannot be loaded from {target}: {wrong}",
            f"pip install {offer.needs}" if offer.needs else f"repair or remove {offer.name}",
        ) from wrong
