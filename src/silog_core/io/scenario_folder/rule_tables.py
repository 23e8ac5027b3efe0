"""``items.csv`` and ``rates.csv``: rules of the scenario that stand in for the pack's."""

from __future__ import annotations

from typing import Any

from silog_core.domain.calendar import DateRange
from silog_core.domain.contributions import Contribution
from silog_core.domain.elections import ElectionKind
from silog_core.domain.items import Confidence, Item, Sensitivity
from silog_core.domain.needs_rules import PER, ItemRule, NeedsRule
from silog_core.domain.problems import InputProblem, Said
from silog_core.domain.regions import RegionCode
from silog_core.errors import FieldError
from silog_core.io.scenario_folder.cells import Row, each_row
from silog_core.io.scenario_folder.tables import Columns, Table

#: What every rule may say besides its source.
RULE_COLUMNS = ("scope", "confidence", "valid_from", "valid_to", "replaces", "waives")
ITEMS = Columns(
    file="items.csv",
    needed=("code", "title_id", "title_en", "mass_g", "volume_cm3", "source"),
    optional=(
        "pack_size",
        "pack_name",
        "sensitivity",
        "in_kit",
        "reserve",
        "reusable",
        *RULE_COLUMNS,
        "item_source",
        "item_confidence",
    ),
)
RATES = Columns(
    file="rates.csv",
    needed=("item", "per", "source"),
    optional=(
        "quantity",
        "per_voter",
        "reserve_numerator",
        "reserve_denominator",
        "contest",
        "only_flags",
        "not_in",
        "legal_minimum",
        "election",
        *RULE_COLUMNS,
    ),
)


def read_items(table: Table, root: RegionCode, problems: list[InputProblem]) -> list[ItemRule]:
    """Return the items of all sound rows."""
    found: list[ItemRule] = []
    for row in each_row(table, problems):
        code = row.code("code")
        title_id = row.needed(
            "title_id", Said("the Indonesian name", "nama dalam bahasa Indonesia")
        )
        title_en = row.needed(
            "title_en", Said("the English name", "nama dalam bahasa Inggris")
        )
        mass_g = row.needed_whole("mass_g", "grams")
        volume_cm3 = row.needed_whole("volume_cm3", "cubic centimetres")
        pack_size = row.whole("pack_size", "pieces", lowest=1, default=1)
        sensitivity = row.choice("sensitivity", Sensitivity, Sensitivity.NON_SENSITIVE)
        in_kit = row.flag("in_kit", default=True)
        reserve = row.flag("reserve", default=False)
        reusable = row.flag("reusable", default=False)
        rule = _rule(row, root)
        own = row.choice("item_confidence", Confidence, rule["confidence"])
        if not row.sound:
            continue
        try:
            item = Item(
                code=code or "",
                title_id=title_id or "",
                title_en=title_en or "",
                mass_g=mass_g or 0,
                volume_cm3=volume_cm3 or 0,
                pack_size=pack_size or 1,
                pack_name=row.text("pack_name", "piece"),
                sensitivity=sensitivity,
                in_kit=in_kit,
                reserve=reserve,
                reusable=reusable,
                source=row.text("item_source" if row.has("item_source") else "source"),
                confidence=own,
            )
            made = ItemRule(item=item, **rule)
        except FieldError as wrong:
            row.fault("", Said.same(wrong.problem), Said.same(wrong.fix))
        else:
            _check_twice(row, made, found)
            found.append(made)
    return found


def read_rates(
    table: Table,
    root: RegionCode,
    election: ElectionKind,
    contests: frozenset[str],
    problems: list[InputProblem],
) -> list[NeedsRule]:
    """Return the rates of all sound rows."""
    found: list[NeedsRule] = []
    for row in each_row(table, problems):
        item = row.code("item")
        per = row.text("per")
        if per not in PER and row.has("per"):
            row.unknown("per", PER)
        numbers: dict[str, Any] = {
            "quantity": row.whole("quantity", "pieces", default=0),
            "per_voter": row.whole("per_voter", "pieces", default=0),
            "reserve_numerator": row.whole("reserve_numerator", "parts", default=0),
            "reserve_denominator": row.whole(
                "reserve_denominator", "parts", lowest=1, default=1
            ),
        }
        contest = row.text("contest")
        if contest and contest not in contests:
            row.unknown("contest", sorted(contests))
        kind = row.choice("election", ElectionKind, election)
        legal = row.flag("legal_minimum", default=False)
        rule = _rule(row, root)
        if not row.sound:
            continue
        try:
            made = NeedsRule(
                item=item or "",
                per=per,
                contest=contest,
                only_flags=row.words("only_flags"),
                not_in=row.words("not_in"),
                legal_minimum=legal,
                election=kind,
                **numbers,
                **rule,
            )
        except FieldError as wrong:
            row.fault("", Said.same(wrong.problem), Said.same(wrong.fix))
        else:
            _check_twice(row, made, found)
            found.append(made)
    return found


def _rule(row: Row, root: RegionCode) -> dict[str, Any]:
    first, last = row.day("valid_from"), row.day("valid_to")
    valid = DateRange()
    if first and last and last < first:
        row.fault(
            "valid_to",
            Said(
                f"valid_to is before valid_from {first}",
                f"valid_to sebelum valid_from {first}",
            ),
            Said("swap the two dates", "tukar kedua tanggal"),
        )
    else:
        valid = DateRange(first=first, last=last)
    scope = row.region("scope", root)
    if scope is not None and not (root.covers(scope) or scope.covers(root)):
        row.fault(
            "scope",
            Said(f"scope {scope} is not in {root}", f"scope {scope} tidak ada di {root}"),
            Said(f"give a region of {root}", f"isi wilayah di {root}"),
        )
    return {
        "scope": scope or root,
        "source": row.needed(
            "source",
            Said(
                "the decree, address or other basis of the row",
                "keputusan, alamat atau dasar lain baris ini",
            ),
        ),
        "confidence": row.choice("confidence", Confidence, Confidence.ESTIMATE),
        "valid": valid,
        "replaces": row.text("replaces"),
        "waives": row.text("waives"),
    }


def _check_twice(row: Row, made: Contribution, found: Any) -> None:
    for other in found:
        if other.id == made.id and other.valid.overlaps(made.valid):
            row.fault(
                "",
                Said(f"{made.id} is there twice", f"{made.id} ada dua kali"),
                Said("remove one of the two rows", "hapus salah satu baris"),
            )
            return
