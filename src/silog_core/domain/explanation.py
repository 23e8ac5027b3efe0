"""Answers to "why?": a tree of sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs


def _as_reasons(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(reasons)


@attrs.frozen(kw_only=True)
class Reason:
    """One statement, and the statements that it follows from."""

    text: str
    because: tuple[Reason, ...] = attrs.field(default=(), converter=_as_reasons)

    def lines(self, depth: int = 0) -> Iterator[str]:
        r"""Yield the tree as indented lines.

        Example:
            >>> print(
            ...     "\n".join(Reason(text="2 boxes", because=(Reason(text="rate"),)).lines())
            ... )
            2 boxes
              rate
        """
        yield "  " * depth + self.text
        for reason in self.because:
            yield from reason.lines(depth + 1)

    def __str__(self) -> str:
        return "\n".join(self.lines())
