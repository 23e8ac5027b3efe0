"""Elections and their contests, each with the area whose ballot it is."""

from __future__ import annotations

from datetime import date
from enum import Enum

import attrs

from silog_core.domain.fields import a_tuple, text, whole
from silog_core.domain.regions import RegionCode, as_region


class ElectionKind(Enum):
    """Which law the election is held under."""

    #: Regional head election (governor, regent, mayor).
    PILKADA = "pilkada"
    #: General election (president and the councils).
    PEMILU = "pemilu"


class AreaLevel(Enum):
    """How wide one ballot is valid: the level of its electoral area."""

    COUNTRY = "country"
    PROVINCE = "province"
    REGENCY = "regency"
    #: An electoral district below a regency or across several.
    DISTRICT = "district"


@attrs.frozen(kw_only=True)
class Contest:
    """One vote on one ballot, such as that for governor.

    A ballot carries its electoral area: that of another area is worthless, and a
    vote held with it has to be repeated.

    Example:
        >>> regent = Contest(code="regent", item="ballot-regent", area_level="regency")
        >>> str(regent.area_of(RegionCode.parse("12.71.01.1001")))
        '12.71'
    """

    code: str = attrs.field(validator=text("a short code"))
    #: Item code of the ballot.
    item: str = attrs.field(validator=text("an item code"))
    area_level: AreaLevel = attrs.field(converter=AreaLevel)
    #: For ``DISTRICT``: region code to name of the electoral district.
    districts: tuple[tuple[str, str], ...] = attrs.field(default=(), validator=a_tuple)
    title_id: str = ""
    title_en: str = ""

    def area_of(self, region: RegionCode) -> str:
        """Return the electoral area that holds *region*, as a code or district name.

        An empty text means that the region has no such contest.
        """
        if self.area_level is AreaLevel.DISTRICT:
            named = dict(self.districts)
            for scope in reversed(list(region.lineage())):
                if str(scope) in named:
                    return named[str(scope)]
            return ""
        return str(region.at(self.area_level.value))


@attrs.frozen(kw_only=True)
class Election:
    """What is voted on, where and when."""

    kind: ElectionKind = attrs.field(converter=ElectionKind)
    voting_day: date = attrs.field(validator=attrs.validators.instance_of(date))
    #: Widest region of the plan.
    root: RegionCode = attrs.field(converter=as_region)
    contests: tuple[Contest, ...] = attrs.field(validator=a_tuple)
    #: Local time ahead of UTC [minutes], 420 for WIB.
    utc_offset_min: int = attrs.field(
        default=420, validator=whole(-720, "minutes", highest=840)
    )

    def contest_of(self, item: str) -> Contest | None:
        """Return the contest whose ballot *item* is, or None for other material."""
        for contest in self.contests:
            if contest.item == item:
                return contest
        return None
