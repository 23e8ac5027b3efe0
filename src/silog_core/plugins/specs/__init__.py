"""All hooks. The docstring of each is its contract; the example in it runs."""

from __future__ import annotations

from silog_core.plugins.specs.checks import silog_mitigations as silog_mitigations
from silog_core.plugins.specs.checks import silog_risk_checks as silog_risk_checks
from silog_core.plugins.specs.checks import silog_validators as silog_validators
from silog_core.plugins.specs.output import silog_cli_commands as silog_cli_commands
from silog_core.plugins.specs.output import silog_exporters as silog_exporters
from silog_core.plugins.specs.output import silog_importers as silog_importers
from silog_core.plugins.specs.output import silog_report_sections as silog_report_sections
from silog_core.plugins.specs.regions import silog_calendars as silog_calendars
from silog_core.plugins.specs.regions import silog_leg_closures as silog_leg_closures
from silog_core.plugins.specs.regions import silog_leg_speeds as silog_leg_speeds
from silog_core.plugins.specs.regions import silog_manifest as silog_manifest
from silog_core.plugins.specs.regions import silog_needs_rules as silog_needs_rules
from silog_core.plugins.specs.regions import silog_vehicle_limits as silog_vehicle_limits
from silog_core.plugins.specs.services import (
    silog_allocation_solvers as silog_allocation_solvers,
)
from silog_core.plugins.specs.services import silog_executors as silog_executors
from silog_core.plugins.specs.services import silog_routing_solvers as silog_routing_solvers
from silog_core.plugins.specs.services import silog_stores as silog_stores
