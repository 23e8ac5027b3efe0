"""Plan election logistics: needs, allocation, routes, schedule, risk, each with a reason.

Names are imported when they are first used, so that ``import silog_core`` costs little.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from silog_core.custody.fold import state_of as state_of
    from silog_core.custody.ledger import Ledger as Ledger
    from silog_core.custody.proofs import verify_proof as verify_proof
    from silog_core.custody.reconcile import reconcile as reconcile
    from silog_core.custody.state import CustodyState as CustodyState
    from silog_core.custody.verify import verify_ledger as verify_ledger
    from silog_core.domain.custody_events import Event as Event
    from silog_core.domain.custody_roles import Party as Party
    from silog_core.domain.custody_roles import Role as Role
    from silog_core.domain.demand import Commodity as Commodity
    from silog_core.domain.demand import Needs as Needs
    from silog_core.domain.elections import Contest as Contest
    from silog_core.domain.elections import Election as Election
    from silog_core.domain.elections import ElectionKind as ElectionKind
    from silog_core.domain.explanation import Reason as Reason
    from silog_core.domain.findings import Finding as Finding
    from silog_core.domain.findings import Severity as Severity
    from silog_core.domain.items import Item as Item
    from silog_core.domain.legs import Leg as Leg
    from silog_core.domain.legs import Mode as Mode
    from silog_core.domain.places import Place as Place
    from silog_core.domain.places import PlaceKind as PlaceKind
    from silog_core.domain.plan import Plan as Plan
    from silog_core.domain.presses import Press as Press
    from silog_core.domain.presses import Receiving as Receiving
    from silog_core.domain.problems import InputProblem as InputProblem
    from silog_core.domain.problems import ScenarioError as ScenarioError
    from silog_core.domain.regions import RegionCode as RegionCode
    from silog_core.domain.regions import RegionTable as RegionTable
    from silog_core.domain.scenario import Handling as Handling
    from silog_core.domain.scenario import Scenario as Scenario
    from silog_core.domain.stock import StockLot as StockLot
    from silog_core.domain.vehicles import FleetEntry as FleetEntry
    from silog_core.domain.vehicles import Vehicle as Vehicle
    from silog_core.domain.violations import Violation as Violation
    from silog_core.domain.workforce import Workforce as Workforce
    from silog_core.errors import SilogError as SilogError
    from silog_core.io.incidents import read_incidents as read_incidents
    from silog_core.io.plan_folder import read_plan as read_plan
    from silog_core.io.plan_folder import write_plan as write_plan
    from silog_core.io.scenario_folder import check_scenario as check_scenario
    from silog_core.io.scenario_folder import read_scenario as read_scenario
    from silog_core.io.scenario_folder import write_scenario as write_scenario
    from silog_core.planning.allocate import allocate as allocate
    from silog_core.planning.check import check_plan as check_plan
    from silog_core.planning.check import check_replan as check_replan
    from silog_core.planning.needs import compute_needs as compute_needs
    from silog_core.planning.replanning import replan as replan
    from silog_core.planning.route import route as route
    from silog_core.planning.schedule import schedule as schedule
    from silog_core.planning.timeline import critical_path as critical_path
    from silog_core.planning.timeline import repair_forward as repair_forward
    from silog_core.plugins.examples import example_names as example_names
    from silog_core.plugins.examples import load_example as load_example
    from silog_core.risk.assess import assess as assess
    from silog_core.risk.buffers import buffers as buffers
    from silog_core.risk.critical import best_protection as best_protection
    from silog_core.risk.critical import criticality as criticality
    from silog_core.risk.mitigate import evaluate_mitigations as evaluate_mitigations
    from silog_core.risk.simulate import simulate as simulate
    from silog_core.risk.simulate_back import return_due_s as return_due_s
    from silog_core.risk.simulate_back import simulate_return as simulate_return
    from silog_core.rules import RuleBook as RuleBook
    from silog_core.session import Session as Session

#: Where each public name lives; `docs/api.txt` lists the same names.
_HOMES = {
    "Commodity": "domain.demand",
    "Contest": "domain.elections",
    "CustodyState": "custody.state",
    "Election": "domain.elections",
    "ElectionKind": "domain.elections",
    "Event": "domain.custody_events",
    "Finding": "domain.findings",
    "FleetEntry": "domain.vehicles",
    "Handling": "domain.scenario",
    "InputProblem": "domain.problems",
    "Item": "domain.items",
    "Ledger": "custody.ledger",
    "Leg": "domain.legs",
    "Mode": "domain.legs",
    "Needs": "domain.demand",
    "Party": "domain.custody_roles",
    "Place": "domain.places",
    "PlaceKind": "domain.places",
    "Plan": "domain.plan",
    "Press": "domain.presses",
    "Reason": "domain.explanation",
    "Receiving": "domain.presses",
    "RegionCode": "domain.regions",
    "RegionTable": "domain.regions",
    "Role": "domain.custody_roles",
    "RuleBook": "rules",
    "Scenario": "domain.scenario",
    "ScenarioError": "domain.problems",
    "Session": "session",
    "Severity": "domain.findings",
    "SilogError": "errors",
    "StockLot": "domain.stock",
    "Vehicle": "domain.vehicles",
    "Violation": "domain.violations",
    "Workforce": "domain.workforce",
    "allocate": "planning.allocate",
    "assess": "risk.assess",
    "best_protection": "risk.critical",
    "buffers": "risk.buffers",
    "check_plan": "planning.check",
    "check_replan": "planning.check",
    "check_scenario": "io.scenario_folder",
    "compute_needs": "planning.needs",
    "critical_path": "planning.timeline",
    "criticality": "risk.critical",
    "evaluate_mitigations": "risk.mitigate",
    "example_names": "plugins.examples",
    "load_example": "plugins.examples",
    "read_incidents": "io.incidents",
    "read_plan": "io.plan_folder",
    "read_scenario": "io.scenario_folder",
    "reconcile": "custody.reconcile",
    "repair_forward": "planning.timeline",
    "replan": "planning.replanning",
    "return_due_s": "risk.simulate_back",
    "route": "planning.route",
    "schedule": "planning.schedule",
    "simulate": "risk.simulate",
    "simulate_return": "risk.simulate_back",
    "state_of": "custody.fold",
    "verify_ledger": "custody.verify",
    "verify_proof": "custody.proofs",
    "write_plan": "io.plan_folder",
    "write_scenario": "io.scenario_folder",
}
__all__ = sorted(_HOMES)  # noqa: PLE0605 - a list of names, kept in one place


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'silog_core' has no attribute {name!r}")
    value = getattr(import_module(f"silog_core.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
