"""What places say of each other: unique codes, parents of the right kind, no cycles."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches

import attrs

from silog_core.domain.places import PlaceKind
from silog_core.domain.problems import InputProblem, Said
from silog_core.domain.regions import RegionCode
from silog_core.io.scenario_folder.places_table import PLACES, PlaceRow
from silog_core.io.scenario_folder.tables import meant

_UPSTREAM = (PlaceKind.SUPPLIER, PlaceKind.PORT, PlaceKind.AIRPORT)
#: Kinds that may supply a place of each kind.
PARENT_KINDS: Mapping[PlaceKind, tuple[PlaceKind, ...]] = {
    PlaceKind.SUPPLIER: (),
    PlaceKind.PORT: _UPSTREAM,
    PlaceKind.AIRPORT: _UPSTREAM,
    PlaceKind.WAREHOUSE: (*_UPSTREAM, PlaceKind.WAREHOUSE),
    PlaceKind.HUB: (PlaceKind.WAREHOUSE, PlaceKind.LANDING),
    PlaceKind.VILLAGE: (PlaceKind.HUB, PlaceKind.LANDING),
    PlaceKind.STATION: (PlaceKind.VILLAGE, PlaceKind.LANDING),
    PlaceKind.LANDING: (PlaceKind.WAREHOUSE, PlaceKind.HUB, PlaceKind.VILLAGE),
}
#: Kind that supplies a place which a landing hands on to.
_BEFORE_LANDING = {
    PlaceKind.HUB: PlaceKind.WAREHOUSE,
    PlaceKind.VILLAGE: PlaceKind.HUB,
    PlaceKind.STATION: PlaceKind.VILLAGE,
}
#: Kinds that nothing reaches unless a parent is named.
_NEEDS_PARENT = (PlaceKind.HUB, PlaceKind.VILLAGE, PlaceKind.STATION, PlaceKind.LANDING)
#: Kinds that must lie within the root region; the others may be anywhere.
_WITHIN_ROOT = (*_NEEDS_PARENT, PlaceKind.WAREHOUSE)
_NO_PARENT = Said("empty it: suppliers have none", "kosongkan: pemasok tidak punya parent")
#: Codes that are compared in search of what was meant, in one folder: about a second.
_COMPARISONS = 60_000
#: Characters of a code that name its regency.
_AREA = 5


@attrs.define
class Codes:
    """The codes of all places, and the closest to one that is not there."""

    codes: Collection[str]
    _left: int = _COMPARISONS
    _known: dict[str, Said] = attrs.field(factory=dict)
    _areas: dict[str, list[str]] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        for code in self.codes:
            self._areas.setdefault(code[:_AREA], []).append(code)

    def __contains__(self, code: str) -> bool:
        return code in self.codes

    def unknown(self, code: str) -> Said:
        """Return that there is no such place, and which may have been meant."""
        what = f"there is no place with code {code!r}", f"tidak ada tempat berkode {code!r}"
        return Said(*what) + self._closest(code)

    def _closest(self, code: str) -> Said:
        if code not in self._known:
            near: list[str] = []
            if self._left > 0:
                # Most slips are in the last digits: look within the regency before all.
                around = self._areas.get(code[:_AREA]) or list(self.codes)
                self._left -= len(around)
                near = get_close_matches(code, around, n=1, cutoff=0.75)
            self._known[code] = meant(near[0] if near else "")
        return self._known[code]


def check_places(
    rows: list[PlaceRow], root: RegionCode | None, problems: list[InputProblem]
) -> Codes:
    """Note every problem between places; return their codes."""
    by_code: dict[str, PlaceRow] = {}
    for row in rows:
        first = by_code.setdefault(row.code, row)
        if first is not row:
            _note(
                problems,
                row,
                "code",
                Said(
                    f"code {row.code} stands in row {first.number} already",
                    f"kode {row.code} sudah ada di baris {first.number}",
                ),
                Said(
                    "give each place a code of its own, or remove the second row",
                    "beri setiap tempat kode sendiri, atau hapus baris kedua",
                ),
            )
    codes = Codes(by_code)
    for row in rows:
        _check_root(row, root, problems)
        _check_parent(row, by_code, codes, problems)
    _check_cycles(by_code, problems)
    return codes


def _note(
    problems: list[InputProblem], row: PlaceRow, column: str, what: Said, fix: Said
) -> None:
    problems.append(
        InputProblem.said(file=PLACES.file, row=row.number, column=column, what=what, fix=fix)
    )


def _check_root(row: PlaceRow, root: RegionCode | None, problems: list[InputProblem]) -> None:
    if root is None or row.region is None or row.kind not in _WITHIN_ROOT:
        return
    if not root.covers(row.region):
        _note(
            problems,
            row,
            "region",
            Said(
                f"{row.code} lies in {row.region}, outside the root region {root}",
                f"{row.code} berada di {row.region}, di luar wilayah induk {root}",
            ),
            Said(
                f"remove the place, or widen root in scenario.toml, which is {root}",
                f"hapus tempat itu, atau perluas root di scenario.toml, kini {root}",
            ),
        )


def _check_parent(
    row: PlaceRow, by_code: dict[str, PlaceRow], codes: Codes, problems: list[InputProblem]
) -> None:
    if row.kind is None:
        return
    allowed = PARENT_KINDS[row.kind]
    wanted = Said(
        " or ".join(kind.value for kind in allowed), " atau ".join(k.value for k in allowed)
    )
    mend = Said("give the code of a ", "isi kode ") + wanted if allowed else _NO_PARENT
    if not row.parent:
        if row.kind in _NEEDS_PARENT:
            likely = _likely_parent(row)
            example = Said("", "")
            if likely in by_code:
                example = Said(f", such as {likely}", f", misalnya {likely}")
            _note(
                problems,
                row,
                "parent",
                Said(
                    f"{row.kind.value} {row.code} has no parent, so nothing reaches it",
                    f"{row.kind.value} {row.code} tanpa parent, tidak ada yang memasoknya",
                ),
                Said("give the code of the ", "isi kode ")
                + wanted
                + Said(" that supplies it", " yang memasoknya")
                + example,
            )
        return
    parent = by_code.get(row.parent)
    if parent is None:
        fix = Said("add that place, or ", "tambahkan tempat itu, atau ") if allowed else None
        _note(problems, row, "parent", codes.unknown(row.parent), fix + mend if fix else mend)
    elif parent is row:
        _note(
            problems,
            row,
            "parent",
            Said(
                f"{row.code} is its own parent", f"{row.code} menjadi parent dirinya sendiri"
            ),
            mend,
        )
    elif parent.kind is not None and parent.kind not in allowed:
        _note(
            problems,
            row,
            "parent",
            Said(
                f"parent {row.parent} of {row.kind.value} {row.code} is a {parent.kind.value}",
                f"parent {row.parent} dari {row.kind.value} {row.code}"
                f" berjenis {parent.kind.value}",
            ),
            mend,
        )
    elif parent.kind is PlaceKind.LANDING:
        _check_landing(row, parent, by_code, problems)


def _check_landing(
    row: PlaceRow,
    landing: PlaceRow,
    by_code: dict[str, PlaceRow],
    problems: list[InputProblem],
) -> None:
    """Note a landing that is supplied from the wrong level for what it hands on to."""
    above, kind = by_code.get(landing.parent), row.kind
    if above is None or above.kind is None or kind not in _BEFORE_LANDING:
        return
    wanted = _BEFORE_LANDING[kind]
    if above.kind is wanted:
        return
    _note(
        problems,
        row,
        "parent",
        Said(
            f"landing {landing.code} of {row.code} is supplied by a {above.kind.value}",
            f"landing {landing.code} dari {row.code} dipasok {above.kind.value}",
        ),
        Said(
            f"a {wanted.value} supplies the landing of a {kind.value}: change the parent"
            f" of one of the two",
            f"landing untuk {kind.value} dipasok {wanted.value}: ubah parent salah satunya",
        ),
    )


def _likely_parent(row: PlaceRow) -> str:
    if row.region is None:
        return ""
    depth = {PlaceKind.STATION: 4, PlaceKind.VILLAGE: 3, PlaceKind.HUB: 2}
    return str(RegionCode(row.region.parts[: depth[row.kind]])) if row.kind in depth else ""


def _check_cycles(by_code: dict[str, PlaceRow], problems: list[InputProblem]) -> None:
    done: set[str] = set()
    for start in by_code:
        way: dict[str, None] = {}
        code = start
        while code in by_code and code not in done and code not in way:
            way[code] = None
            code = by_code[code].parent
        if code in way:
            members = list(way)
            members = members[members.index(code) :]
            if len(members) > 1:
                first = min((by_code[c] for c in members), key=lambda r: r.number)
                _note(
                    problems,
                    first,
                    "parent",
                    Said("parents go round in a circle: ", "parent berputar: ")
                    + Said.same(" > ".join([*members, code])),
                    Said(
                        "let one of them be supplied from outside the circle",
                        "pasok salah satunya dari luar lingkaran",
                    ),
                )
        done.update(way)
