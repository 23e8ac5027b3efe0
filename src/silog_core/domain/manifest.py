"""What a plugin says of itself."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from silog_core.domain.fields import a_tuple, text
from silog_core.domain.regions import RegionCode, RegionTable, as_region


def _as_regions(codes: Iterable[RegionCode | str]) -> tuple[RegionCode, ...]:
    return tuple(as_region(code) for code in codes)


@attrs.frozen(kw_only=True)
class Manifest:
    """Title, regions and the hook API that a plugin needs."""

    title: str = attrs.field(validator=text("a title"))
    #: Regions that the plugin speaks for; empty for a store, solver or format.
    regions: tuple[RegionCode, ...] = attrs.field(default=(), converter=_as_regions)
    #: Least hook API that it needs, ``major.minor``.
    hook_api: str = "1.0"
    homepage: str = ""
    #: Names of the region codes that it knows, with their date.
    table: RegionTable | None = None
    #: Old code to new code, for regions that were renamed or split.
    renames: tuple[tuple[str, str], ...] = attrs.field(default=(), validator=a_tuple)
