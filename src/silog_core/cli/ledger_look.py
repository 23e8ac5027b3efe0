"""``silog ledger progress`` and ``where``: how far everything is, and one thing closely."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any

import click

from silog_core.cli.context import FOUND_PROBLEMS, guarded, lang_option, language
from silog_core.cli.ledger_opening import LEDGER, opened
from silog_core.cli.ledger_reports import JSON
from silog_core.custody.fold import CustodyFold
from silog_core.custody.search import Search
from silog_core.custody.state import CustodyState
from silog_core.custody.which_kit import KitsByPlace
from silog_core.domain.custody_events import Event
from silog_core.domain.custody_kinds import Kind
from silog_core.domain.custody_roles import Party
from silog_core.domain.custody_state import UnitState
from silog_core.domain.custody_steps import ExpectedKit
from silog_core.domain.handover_rules import HandoverRules
from silog_core.domain.plan import Plan
from silog_core.errors import StorageError

PLAN = click.option(
    "--plan",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Plan folder: what has to reach which place until when, by which rules.",
)
AT = click.option(
    "--at", help="Moment to look at, such as 2024-11-26T18:00+07:00; default is now."
)


def moment_of(at: str | None) -> int:
    """Return the moment that was given, or now [s since 1970, UTC]."""
    if at is None:
        return int(time.time())
    from silog_core.io.event_files.cells import moment_in

    return moment_in(at, 420)[0]


def _read(plan: Path | None) -> Plan | None:
    """Return the plan of a folder, if one is given."""
    if plan is None:
        return None
    from silog_core.io.plan_folder import read_plan

    return read_plan(plan)


def _kits(plan: Plan, units: int = 1) -> tuple[ExpectedKit, ...]:
    """Return the steps that the kits with ballots take."""
    from silog_core.custody.expected import compile_plan

    kits = compile_plan(plan, units=units)
    # Kits without ballots, such as those of villages, travel in no box of their own.
    return tuple(kit for kit in kits if kit.holds) or kits


@click.command("progress")
@LEDGER
@PLAN
@click.option("--level", default="regency", show_default=True, help="Level of regions.")
@AT
@JSON
@lang_option
@guarded
def progress_command(
    ledger: str, plan: Path | None, level: str, at: str | None, as_json: bool, lang: str | None
) -> None:
    """Print how much of LEDGER has reached each stage, by region, the six scores and alerts.

    With --plan the record is held against it: late, short, elsewhere, silent, against the
    rules of hand-overs; boxes that nobody packed count too.
    """
    from silog_core.custody.by_parts import overview_of
    from silog_core.domain.wire import to_wire

    tongue = language(lang)
    made, now_s = _read(plan), moment_of(at)
    rules = made.handover_rules if made else None
    with opened(ledger) as found:
        seen = overview_of(
            found,
            partial(_kits, made) if made else None,
            rules=rules,
            now_s=now_s,
            level=level,
        )
    if as_json:
        click.echo(json.dumps(to_wire(seen), ensure_ascii=False, indent=1))
        sys.exit(FOUND_PROBLEMS if seen.alerts else 0)
    indonesian = tongue == "id"
    for share in seen.shares:
        stage = share.stage.title_id if indonesian else share.stage.title_en
        click.echo(
            f"{share.region or 'ID'}\t{stage}\t{share.reached}/{share.expected}"
            f"\t{share.percent}%"
        )
    for score in seen.scores:
        goal = score.goal.value if indonesian else score.goal.title_en
        click.echo(f"{goal}\t{score.kept}/{score.stations}\t{score.percent}%")
    for raised in seen.alerts:
        name = raised.alert.title_id if indonesian else raised.alert.value
        click.echo(f"[{name}] {raised.problem.said(tongue)}")
    sys.exit(FOUND_PROBLEMS if seen.alerts else 0)


@click.command("where")
@LEDGER
@click.argument("code")
@PLAN
@AT
@JSON
@lang_option
@guarded
def where_command(
    ledger: str, code: str, plan: Path | None, at: str | None, as_json: bool, lang: str | None
) -> None:
    """Say of one box, carton or station CODE what and where it is, who has it, what is next.

    With --plan also where and until when the next step is due, and why it is late.
    """
    tongue = language(lang)
    made, now_s = _read(plan), moment_of(at)
    rules = made.handover_rules if made else None
    with opened(ledger) as found:
        search = Search(found)
        fold = folded(search.about(code), rules)
        units = _units(fold, code)
        by_place = KitsByPlace(())
        if not units and code in fold.state().cartons:
            # What is wrong with a carton depends on the others of its delivery note.
            fold = folded(search.of_kinds((Kind.SHIPPED, Kind.RECEIVED)), rules)
        elif units and made is not None:
            by_place = KitsByPlace(_kits(made))
            # Why a step is late depends on what else its place recorded.
            late_at = _due_at(units, fold, by_place, now_s)
            fold = folded(search.at_places(late_at), rules)
    state, units = fold.state(), _units(fold, code)
    if not units and code in state.cartons:
        told = [_carton(state, code, tongue)]
    elif units:
        look = _Look(fold, state, by_place, now_s, tongue == "id")
        told = [look.at(unit) for unit in sorted(units, key=lambda u: u.code)]
    else:
        raise StorageError(
            f"no unit {code} is in the ledger", "see whether the code was misread"
        )
    if as_json:
        shown = told[0] if code not in {u.destination for u in units} else told
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        for one in told:
            _print(one, _WORDS if tongue == "id" else {})
    sys.exit(FOUND_PROBLEMS if any(one["problems"] for one in told) else 0)


def folded(events: Iterable[Event], rules: HandoverRules | None) -> CustodyFold:
    """Return a record of *events*, read."""
    fold = CustodyFold(rules)
    fold.add_all(events)
    return fold


def _units(fold: CustodyFold, code: str) -> list[UnitState]:
    """Return the unit with this code, else those that are for the place with this code."""
    unit = fold.unit(code)
    return [unit] if unit else [u for u in fold.units.values() if u.destination == code]


def _due_at(
    units: Iterable[UnitState],
    fold: CustodyFold,
    kits: KitsByPlace,
    now_s: int,
) -> set[str]:
    """Return the places of the steps that *units* have to take next."""
    from silog_core.custody.next_step import next_step

    found = (next_step(u, fold, kits.of(u, fold.units), now_s=now_s) for u in units)
    return {step.place for step in found if step is not None and step.late_s}


class _Look:
    """What there is to say of units at one moment, in one language."""

    def __init__(
        self,
        fold: CustodyFold,
        state: CustodyState,
        kits: KitsByPlace,
        now_s: int,
        indonesian: bool,
    ) -> None:
        self._state, self._kits, self._now_s = state, kits, now_s
        self._fold, self._indonesian = fold, indonesian

    def at(self, box: UnitState) -> dict[str, Any]:
        indonesian = self._indonesian
        history = self._fold.history(box)
        stage = box.stage and (box.stage.title_id if indonesian else box.stage.title_en)
        return {
            "unit": box.code,
            "for": box.destination,
            "stage": stage,
            "condition": box.condition.title_id if indonesian else box.condition.value,
            "place": box.place,
            "custodian": box.custodian and _office(box.custodian, indonesian),
            "content": [f"{what} {pieces}" for what, pieces in box.quantities],
            "seals": list(box.seals),
            "next": self._next(box),
            "history": [_line(event, indonesian) for event in history],
            "problems": [
                problem.said("id" if indonesian else "en")
                for problem in self._state.of(box.code)
            ],
        }

    def _next(self, box: UnitState) -> dict[str, Any] | None:
        from silog_core.custody.comparison import moment
        from silog_core.custody.next_step import next_step

        step = next_step(
            box,
            self._fold,
            self._kits.of(box, self._fold.units),
            now_s=self._now_s,
        )
        if step is None:
            return None
        indonesian = self._indonesian
        return {
            "step": step.kind.title_id if indonesian else step.kind.title_en,
            "place": step.place,
            "who": [r.title_id if indonesian else r.title_en for r in step.roles],
            "persons": step.persons,
            "until": "" if step.due_s is None else moment(step.due_s, 420),
            "late_h": -(-step.late_s // 3600),
            "why": step.why_id if indonesian else step.why_en,
        }


def _carton(state: CustodyState, code: str, tongue: str) -> dict[str, Any]:
    carton = state.cartons[code]
    return {
        "carton": code,
        "note": ", ".join(carton.notes),
        "place": ", ".join(carton.received_at),
        "problems": [problem.said(tongue) for problem in state.of(code)],
    }


def _print(told: dict[str, Any], words: dict[str, str]) -> None:
    for key, value in told.items():
        if isinstance(value, dict):
            click.echo(f"{words.get(key, key)}:")
            for name, part in value.items():
                shown = ", ".join(part) if isinstance(part, list) else part
                click.echo(f"  {words.get(name, name)}: {shown if shown != '' else '-'}")
            continue
        lines = value if isinstance(value, list) else [value or "-"]
        click.echo(
            f"{words.get(key, key)}: " + "\n  ".join(["", *lines] if len(lines) > 1 else lines)
        )


_WORDS = {
    "for": "untuk", "stage": "tahap", "condition": "keadaan", "place": "tempat",
    "custodian": "pemegang", "content": "isi", "seals": "segel", "history": "riwayat",
    "problems": "masalah", "next": "berikutnya", "step": "langkah", "who": "oleh",
    "persons": "orang", "until": "paling lambat", "late_h": "terlambat (jam)",
    "why": "sebab", "carton": "karton", "note": "surat jalan",
}  # fmt: skip


def _office(party: Party, indonesian: bool) -> str:
    return f"{party.role.title_id if indonesian else party.role.title_en} {party.office}"


def _line(event: Event, indonesian: bool) -> str:
    zone = timezone(timedelta(minutes=event.offset_min))
    when = datetime.fromtimestamp(event.time_s, zone).strftime("%Y-%m-%d %H:%M %z")
    kind = event.kind.title_id if indonesian else event.kind.title_en
    return f"{when} {kind} {event.place} {event.document}".rstrip()
