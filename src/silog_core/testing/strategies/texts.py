"""Texts and tuples that other strategies are made of.

Strategies without arguments are kept: to make and validate one anew for each value that is
drawn costs ten times as much as the drawing.
"""

from __future__ import annotations

from functools import cache
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

T = TypeVar("T")


@cache
def words() -> SearchStrategy[str]:
    """Draw short codes without spaces, shrinking towards ``a``."""
    return st.text("abcdefghij-7", min_size=1, max_size=8).filter(lambda s: s[0] != "-")


@cache
def sentences() -> SearchStrategy[str]:
    """Draw texts with signs that files have to quote, without spaces around them."""
    signs = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(",;\"'#=\\")
    return st.text(signs, min_size=1, max_size=20).map(str.strip).filter(bool)


def few(values: SearchStrategy[T], *, at_most: int = 3) -> SearchStrategy[tuple[T, ...]]:
    """Draw tuples of up to *at_most* values."""
    return st.lists(values, max_size=at_most).map(tuple)


@cache
def rising(lowest: int, highest: int) -> SearchStrategy[tuple[int, ...]]:
    """Draw rising whole numbers without repeats."""
    return st.sets(st.integers(lowest, highest)).map(lambda found: tuple(sorted(found)))
