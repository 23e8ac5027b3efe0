"""docs/hooks.md says what the specs and the suites say."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from silog_core import testing
from silog_core.plugins import specs
from silog_core.plugins.documentation import ORDER, hook_sections
from silog_core.plugins.markers import SPECS
from silog_core.testing.laws import SUITES, law_sections, laws_of

PAGE = Path(__file__).parents[2] / "docs" / "hooks.md"
pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="the docs are not here")


@pytest.mark.parametrize("hook", sorted(SPECS))
def test_every_hook_is_documented(hook):
    """The page has a heading that is the hook's signature."""
    signature = ", ".join(inspect.signature(getattr(specs, hook)).parameters)

    assert f"## {hook}({signature})\n" in PAGE.read_text(encoding="utf-8")


def test_the_page_says_what_the_code_says():
    """Both generated parts are as they would be written now: python docs/write_hooks.py."""
    text = PAGE.read_text(encoding="utf-8")

    assert hook_sections() in text
    assert law_sections() in text
    assert set(ORDER) == set(SPECS)


@pytest.mark.parametrize("name", SUITES)
def test_laws_are_numbered_without_gaps(name):
    """Each law is cited by its number: R1, R2, R3."""
    numbers = [number for number, _ in laws_of(getattr(testing, name))]
    letter = numbers[0][0]

    assert [f"{letter}{n}" for n in range(1, len(numbers) + 1)] == numbers


SOURCES = sorted((PAGE.parents[1] / "plugins").glob("silog-*/src/**/*.py"))


@pytest.mark.skipif(not SOURCES, reason="the source trees are not here: wheels are tested")
@pytest.mark.parametrize("hook", sorted(set(SPECS) - {"silog_manifest"}))
def test_every_hook_has_a_real_user(hook):
    """A hook ships with a plugin that uses it; built-ins do not count."""
    assert any(f"def {hook}(" in path.read_text(encoding="utf-8") for path in SOURCES)
