"""The laws of a report section, T1 to T4 of ``docs/hooks.md``."""

from __future__ import annotations

from typing import ClassVar

from hypothesis import given, settings

from silog_core.domain.locale import LANGS
from silog_core.domain.plan import Plan
from silog_core.ports.section import Section, SectionSpec
from silog_core.testing.effort import QUICK
from silog_core.testing.strategies import plans
from silog_core.testing.worlds import empty_world, small_world


class SectionSuite:
    """Subclass me as ``TestMySection``, and return the spec from `spec`."""

    #: How many examples each law is tried on.
    effort: ClassVar[settings] = QUICK

    def spec(self) -> SectionSpec:
        """Return the section as the plugin offers it."""
        raise NotImplementedError(f"{type(self).__name__} has to override spec")

    def test_t1_speaks_both_languages(self) -> None:
        """T1. Its title is not the same in Indonesian and English."""
        titles = {self.spec().rendered(small_world().plan, lang).title for lang in LANGS}

        assert len(titles) == len(LANGS)

    def test_t2_the_same_plan_reads_the_same(self) -> None:
        """T2. Nothing of the day or the machine gets into a report."""
        plan = small_world().plan
        for lang in LANGS:
            assert self.spec().rendered(plan, lang) == self.spec().rendered(plan, lang)

    def test_t3_rows_fit_their_heads(self) -> None:
        """T3. Every row of a table has a cell for each column, whatever the plan."""

        @self.effort
        @given(plans())
        def law(plan: Plan) -> None:
            for lang in LANGS:
                section = self.spec().rendered(plan, lang)

                assert isinstance(section, Section)
                for table in section.tables:
                    assert {len(row) for row in table.rows} <= {len(table.head)}

        law()

    def test_t4_an_empty_plan_is_no_error(self) -> None:
        """T4. It says that there is nothing."""
        for lang in LANGS:
            section = self.spec().rendered(empty_world().plan, lang)

            assert section.paragraphs or section.tables
