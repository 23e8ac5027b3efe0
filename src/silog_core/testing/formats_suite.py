"""The laws of importers and exporters, I1 to I5 and X1 to X4 of ``docs/hooks.md``."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

import pytest
from hypothesis import given, settings

from silog_core.domain.plan import Plan
from silog_core.domain.scenario import Scenario
from silog_core.errors import SilogError
from silog_core.ports.formats import ExporterSpec, ImporterSpec
from silog_core.testing.effort import QUICK
from silog_core.testing.strategies import plans
from silog_core.testing.worlds import small_world


class ImporterSuite:
    """Subclass me as ``TestMyImporter``, and return the spec from `spec`."""

    #: How many examples each law is tried on.
    effort: ClassVar[settings] = QUICK

    def spec(self) -> ImporterSpec:
        """Return the importer as the plugin offers it."""
        raise NotImplementedError(f"{type(self).__name__} has to override spec")

    def test_i1_has_an_example(self) -> None:
        """I1. Anyone can try it, without asking for a file."""
        names = [name for name, _ in self.spec().examples()]

        assert names
        assert all(name.endswith(self.spec().suffixes) for name in names)

    def test_i2_reads_its_examples(self) -> None:
        """I2. Each becomes a scenario with places."""
        for name, content in self.spec().examples():
            found = self._read(name, content)

            assert isinstance(found, Scenario), name
            assert found.places, name

    def test_i3_reads_the_same_twice(self) -> None:
        """I3. A file says the same each time."""
        for name, content in self.spec().examples():
            assert self._read(name, content) == self._read(name, content)

    def test_i4_says_what_is_wrong_with_a_file(self) -> None:
        """I4. A file that it cannot read is an error with a fix, not a crash."""
        for suffix in self.spec().suffixes:
            for content in (b"", b"\x00\xff not of this format", b"a,b\n1"):
                with pytest.raises(SilogError):
                    self._read(f"broken{suffix}", content)

    def test_i5_suffixes_begin_with_a_dot(self) -> None:
        """I5. So that a file is recognised by its name."""
        assert all(suffix.startswith(".") for suffix in self.spec().suffixes)

    def _read(self, name: str, content: bytes) -> Scenario:
        with TemporaryDirectory() as here:
            path = Path(here) / name
            path.write_bytes(content)
            return self.spec().reader()(path)


class ExporterSuite:
    """Subclass me as ``TestMyExporter``, and return the spec from `spec`."""

    #: How many examples each law is tried on.
    effort: ClassVar[settings] = QUICK

    def spec(self) -> ExporterSpec:
        """Return the exporter as the plugin offers it."""
        raise NotImplementedError(f"{type(self).__name__} has to override spec")

    def test_x1_writes_any_plan(self) -> None:
        """X1. A plan that is empty, or odd, is written as well."""

        @self.effort
        @given(plans())
        def law(plan: Plan) -> None:
            assert self._written(plan)

        law()

    def test_x2_the_same_plan_is_the_same_file(self) -> None:
        """X2. Byte for byte, whenever it is written."""
        plan = small_world().plan

        assert self._written(plan) == self._written(plan)

    def test_x3_writes_one_file_and_no_other(self) -> None:
        """X3. At the path that it was given; what lay there before is replaced."""
        with TemporaryDirectory() as here:
            path = Path(here) / f"plan{self.spec().suffixes[0]}"
            path.write_bytes(b"an older file")
            self.spec().writer()(small_world().plan, path)

            assert [found.name for found in Path(here).iterdir()] == [path.name]
            assert path.read_bytes() != b"an older file"

    def test_x4_suffixes_begin_with_a_dot(self) -> None:
        """X4. So that a file is recognised by its name."""
        assert all(suffix.startswith(".") for suffix in self.spec().suffixes)

    def _written(self, plan: Plan) -> bytes:
        with TemporaryDirectory() as here:
            path = Path(here) / f"plan{self.spec().suffixes[0]}"
            self.spec().writer()(plan, path)
            return path.read_bytes()
