"""The catalogue of events: what each kind needs, who may record it, where it leads.

It is data: the fold, the checks, the documentation and the exports all read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from silog_core.custody.catalogue_form import KindRules
from silog_core.custody.catalogue_side import SIDE
from silog_core.custody.catalogue_supply import PROCUREMENT
from silog_core.custody.catalogue_units import UNITS
from silog_core.domain.custody_kinds import Kind

#: Rules of every kind.
CATALOGUE: Mapping[Kind, KindRules] = MappingProxyType(
    {rules.kind: rules for rules in (*PROCUREMENT, *UNITS, *SIDE)}
)
