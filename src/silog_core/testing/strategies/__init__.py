"""This package provides Hypothesis strategies for every value of the domain.

Names are plural; arguments are keyword-only and narrow what is drawn. Values shrink
towards the country, the first village, empty tables and small numbers. What several
values share fits together: a scenario's legs join its own places, its stock is of its
own items.
"""

from __future__ import annotations

from silog_core.testing.strategies.calendar import date_ranges as date_ranges
from silog_core.testing.strategies.calendar import days as days
from silog_core.testing.strategies.calendar import windows as windows
from silog_core.testing.strategies.elections import contests as contests
from silog_core.testing.strategies.elections import elections as elections
from silog_core.testing.strategies.goods import commodities as commodities
from silog_core.testing.strategies.goods import fleet_entries as fleet_entries
from silog_core.testing.strategies.goods import items as items
from silog_core.testing.strategies.goods import stock_lots as stock_lots
from silog_core.testing.strategies.goods import vehicles as vehicles
from silog_core.testing.strategies.networks import escort_pools as escort_pools
from silog_core.testing.strategies.networks import legs as legs
from silog_core.testing.strategies.networks import networks as networks
from silog_core.testing.strategies.networks import scenarios as scenarios
from silog_core.testing.strategies.networks import workforces as workforces
from silog_core.testing.strategies.plans import allocations as allocations
from silog_core.testing.strategies.plans import findings as findings
from silog_core.testing.strategies.plans import needs as needs
from silog_core.testing.strategies.plans import plans as plans
from silog_core.testing.strategies.plans import reasons as reasons
from silog_core.testing.strategies.plans import rests as rests
from silog_core.testing.strategies.plans import schedules as schedules
from silog_core.testing.strategies.plans import shortfalls as shortfalls
from silog_core.testing.strategies.plans import trips as trips
from silog_core.testing.strategies.problems import allocation_problems as allocation_problems
from silog_core.testing.strategies.problems import routing_problems as routing_problems
from silog_core.testing.strategies.regions import manifests as manifests
from silog_core.testing.strategies.regions import region_codes as region_codes
from silog_core.testing.strategies.regions import region_tables as region_tables
from silog_core.testing.strategies.rules import access_rules as access_rules
from silog_core.testing.strategies.rules import closures as closures
from silog_core.testing.strategies.rules import contributions as contributions
from silog_core.testing.strategies.rules import days_off as days_off
from silog_core.testing.strategies.rules import item_rules as item_rules
from silog_core.testing.strategies.rules import needs_rules as needs_rules
from silog_core.testing.strategies.rules import rule_books as rule_books
from silog_core.testing.strategies.rules import speed_rules as speed_rules
from silog_core.testing.strategies.rules import stage_windows as stage_windows
from silog_core.testing.strategies.rules import station_caps as station_caps
from silog_core.testing.strategies.rules import typical_vehicles as typical_vehicles
from silog_core.testing.strategies.rules import vehicle_limits as vehicle_limits
