"""``scenario.toml``: title, election, contests, windows, handling times, estimates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import attrs

from silog_core.domain.elections import AreaLevel, Contest, Election, ElectionKind
from silog_core.domain.escorts import EscortPool
from silog_core.domain.presses import Press, Receiving
from silog_core.domain.problems import InputProblem, Said
from silog_core.domain.regions import RegionCode
from silog_core.domain.scenario import Handling
from silog_core.domain.workforce import Workforce
from silog_core.errors import FieldError
from silog_core.io.scenario_folder.codes import mend_region
from silog_core.io.scenario_folder.escorts import read_escorts
from silog_core.io.scenario_folder.mending import field_fix, no_region
from silog_core.io.scenario_folder.presses import read_presses, read_receivings
from silog_core.io.scenario_folder.tables import suggest
from silog_core.io.scenario_folder.toml_lines import Section, TomlText, read_toml
from silog_core.io.scenario_folder.workforces import read_workforces

SETTINGS = "scenario.toml"
#: Fields of `Handling` by the table in which they stand.
HANDLING_KEYS = {
    "windows": ("first_hour", "last_hour", "count_done_hour"),
    "handling": ("stop_s", "kit_s", "turnround_s"),
    "defaults": ("sheets_per_worker_day", "voters_per_worker", "kits_per_worker_day"),
}
#: Switches of `Handling`, off where they are not given, by their table.
SWITCHES = {"windows": ("guarded_nights",), "handling": ("in_day",)}
TOP_KEYS = (
    "title",
    "estimates",
    "election",
    "contests",
    "escorts",
    "workforce",
    "press",
    "receiving",
    *HANDLING_KEYS,
)
ELECTION_KEYS = ("kind", "voting_day", "root", "utc_offset_min")
CONTEST_KEYS = ("code", "item", "area_level", "title_id", "title_en", "districts")
_HOME = {
    **dict.fromkeys(("title", "estimates"), ""),
    **dict.fromkeys(ELECTION_KEYS, "election"),
    **{key: table for table, keys in HANDLING_KEYS.items() for key in keys},
    **{key: table for table, keys in SWITCHES.items() for key in keys},
}


@attrs.frozen(kw_only=True)
class Settings:
    """What ``scenario.toml`` says, as far as it could be read."""

    title: str | None
    kind: ElectionKind | None
    root: RegionCode | None
    election: Election | None
    contests: frozenset[str]
    handling: Handling
    estimates: tuple[str, ...]
    escorts: tuple[EscortPool, ...]
    #: The line of each pool in `escorts`.
    escort_lines: tuple[int | None, ...]
    workforces: tuple[Workforce, ...]
    #: The line of each in `workforces`.
    workforce_lines: tuple[int | None, ...]
    presses: tuple[Press, ...]
    #: The line of each in `presses`.
    press_lines: tuple[int | None, ...]
    receivings: tuple[Receiving, ...]
    #: The line of each in `receivings`.
    receiving_lines: tuple[int | None, ...]


def read_settings(content: bytes, problems: list[InputProblem]) -> Settings | None:
    """Return the settings, or None when the file cannot be parsed."""
    source = read_toml(SETTINGS, content, problems)
    if source is None:
        return None
    top = Section(source, "", source.data, problems)
    top.only(TOP_KEYS, _HOME)
    title, estimates = top.text("title"), top.texts("estimates")
    section = _table(source, "election", problems)
    kind, root, day, offset = _election(section)
    contests = _contests(source, root, problems)
    handling = _handling(source, problems)
    escorts, lines = read_escorts(source, root, problems)
    forces, force_lines = read_workforces(source, root, problems)
    presses, press_lines = read_presses(source, problems)
    receivings, receiving_lines = read_receivings(source, root, problems)
    election = None
    if kind and root is not None and day and offset is not None:
        election = Election(
            kind=kind,
            voting_day=day,
            root=root,
            contests=contests,
            utc_offset_min=offset,
        )
    return Settings(
        title=title,
        kind=kind,
        root=root,
        election=election,
        contests=frozenset(c.code for c in contests),
        handling=handling,
        estimates=estimates,
        escorts=escorts,
        escort_lines=lines,
        workforces=forces,
        workforce_lines=force_lines,
        presses=presses,
        press_lines=press_lines,
        receivings=receivings,
        receiving_lines=receiving_lines,
    )


def _table(source: TomlText, name: str, problems: list[InputProblem]) -> Section:
    data = source.data.get(name, {})
    section = Section(source, name, data if isinstance(data, dict) else {}, problems)
    if not isinstance(data, dict):
        Section(source, "", source.data, problems).holds(
            name,
            Said(
                f"make it a table: a line [{name}] and keys below",
                f"jadikan tabel: baris [{name}] dan kunci di bawahnya",
            ),
        )
    return section


def _election(
    section: Section,
) -> tuple[ElectionKind | None, RegionCode | None, date | None, int | None]:
    if not section.data:
        section.fault(
            "",
            Said("the table [election] is missing", "tabel [election] tidak ada"),
            Said(
                "add it with kind, voting_day, root", "tambahkan dengan kind, voting_day, root"
            ),
        )
        return None, None, None, None
    section.only(ELECTION_KEYS, _HOME)
    kind = _choice(section, "kind", ElectionKind)
    root = _region(section, "root", section.text("root"))
    return kind, root, _voting_day(section), _offset(section)


def _choice(section: Section, key: str, kinds: Any) -> Any:
    value = section.text(key)
    names = [k.value for k in kinds]
    if value is None or value in names:
        return None if value is None else kinds(value)
    what = Said(f"{key} is {value!r}", f"{key} berisi {value!r}") + suggest(value, names)
    section.fault(key, what, Said("use ", "gunakan ") + Said.same(", ".join(names)))
    return None


def _region(section: Section, key: str, value: str | None) -> RegionCode | None:
    if value is None:
        return None
    try:
        return RegionCode.parse(value)
    except FieldError:
        section.fault(key, no_region(value), mend_region(value))
        return None


def _voting_day(section: Section) -> date | None:
    value = section.data.get("voting_day")
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    fix = Said(
        "write year, month, day: voting_day = 2024-11-27",
        "tulis tahun, bulan, hari: voting_day = 2024-11-27",
    )
    if value is None:
        missing = Said("voting_day is missing", "voting_day tidak ada")
        section.fault("voting_day", missing, fix)
    else:
        section.holds("voting_day", fix)
    return None


def _offset(section: Section) -> int | None:
    value = section.data.get("utc_offset_min", 420)
    try:
        _check_field(Election, "utc_offset_min", value)
    except FieldError:
        section.holds(
            "utc_offset_min",
            Said(
                "give minutes: 420 for WIB, 480 for WITA, 540 for WIT",
                "isi menit: 420 untuk WIB, 480 untuk WITA, 540 untuk WIT",
            ),
        )
        return None
    return int(value)


def _contests(
    source: TomlText, root: RegionCode | None, problems: list[InputProblem]
) -> tuple[Contest, ...]:
    listed = source.data.get("contests")
    if not isinstance(listed, list) or not all(isinstance(c, dict) for c in listed):
        top = Section(source, "", source.data, problems)
        fix = Said(
            "add a table [[contests]] with code, item and area_level for each ballot",
            "tambahkan tabel [[contests]] dengan code, item dan area_level tiap surat suara",
        )
        if listed is None:
            top.fault("contests", Said("there are no contests", "tidak ada contests"), fix)
        else:
            top.holds("contests", fix)
        return ()
    found: list[Contest] = []
    for at, data in enumerate(listed):
        section = Section(source, "contests", data, problems, at)
        section.only(CONTEST_KEYS, {})
        code, item = section.text("code"), section.text("item")
        level = _choice(section, "area_level", AreaLevel)
        titles = {k: section.text(k, "") or "" for k in ("title_id", "title_en")}
        districts = _districts(section, level, root)
        for key, value in (("code", code), ("item", item)):
            if value is not None and any(getattr(c, key) == value for c in found):
                section.fault(
                    key,
                    Said(
                        f"two contests have {key} {value!r}",
                        f"dua contests punya {key} {value!r}",
                    ),
                    Said(
                        f"give each contest its own {key}: the wrong ballot is worthless",
                        f"beri tiap contests {key} sendiri: surat suara keliru tak berguna",
                    ),
                )
        if code and item and level:
            found.append(
                Contest(code=code, item=item, area_level=level, districts=districts, **titles)
            )
    return tuple(found)


def _districts(
    section: Section, level: AreaLevel | None, root: RegionCode | None
) -> tuple[tuple[str, str], ...]:
    data = section.data.get("districts", {})
    if not isinstance(data, dict) or not all(isinstance(v, str) and v for v in data.values()):
        section.holds(
            "districts",
            Said(
                'name the district of each region: "12.71.01" = "Medan 1"',
                'sebut dapil setiap wilayah: "12.71.01" = "Medan 1"',
            ),
        )
        return ()
    if level is AreaLevel.DISTRICT and not data:
        section.fault(
            "districts",
            Said(
                "the contest is by district, but lists none",
                "contests ini per dapil, tetapi tanpa daftar",
            ),
            Said(
                'add [contests.districts] with lines such as "12.71.01" = "Medan 1"',
                'tambahkan [contests.districts] dengan baris seperti "12.71.01" = "Medan 1"',
            ),
        )
    elif data and level not in (None, AreaLevel.DISTRICT):
        section.fault(
            "districts",
            Said("districts are given", "districts diisi"),
            Said(
                'remove them, or write area_level = "district"',
                'hapus, atau tulis area_level = "district"',
            ),
        )
    for code in data:
        region = _region(section, "districts", code)
        if region is not None and root is not None and not root.covers(region):
            section.fault(
                "districts",
                Said(f"{code} is not in {root}", f"{code} tidak ada di {root}"),
                Said("remove it, or widen the root", "hapus, atau perluas root"),
            )
    return tuple(data.items())


def _handling(source: TomlText, problems: list[InputProblem]) -> Handling:
    given: dict[str, Any] = {}
    for table, keys in HANDLING_KEYS.items():
        section = _table(source, table, problems)
        switches = SWITCHES.get(table, ())
        section.only((*keys, *switches), _HOME)
        for key in switches:
            value = section.data.get(key, False)
            given[key] = value is True
            if not isinstance(value, bool):
                section.holds(key, Said("write true or false", "tulis true atau false"))
        for key in keys:
            if key in section.data:
                try:
                    _check_field(Handling, key, section.data[key])
                except FieldError as wrong:
                    section.holds(key, field_fix(wrong.fix))
                else:
                    given[key] = section.data[key]
    try:
        return Handling(**given)
    except FieldError as wrong:
        _table(source, "windows", problems).fault(
            "last_hour",
            Said(wrong.problem, "hari kerja berakhir sebelum mulai"),
            Said(wrong.fix, "isi last_hour sesudah first_hour"),
        )
        return Handling()


def _check_field(cls: Any, name: str, value: object) -> None:
    field = getattr(attrs.fields(cls), name)
    field.validator(None, field, value)
