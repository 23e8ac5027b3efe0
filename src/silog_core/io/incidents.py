"""Incident files: TOML, one ``[[incident]]`` table for each; ``docs/replan.md`` has the keys."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import Any

from silog_core.domain.calendar import DAY_S
from silog_core.domain.incidents import (
    INCIDENT_KINDS,
    ROAD_MODES,
    SEA_MODES,
    AddedStation,
    Detour,
    Incident,
)
from silog_core.domain.legs import Mode
from silog_core.domain.places import MICRO
from silog_core.domain.problems import InputProblem, Said, ScenarioError
from silog_core.errors import SilogError
from silog_core.io.scenario_folder.toml_lines import Section, read_toml

#: Keys of each kind, beside those that every incident has.
_KEYS = {
    "road-cut": ("from", "until", "place", "other", "modes", "way"),
    "sea-closed": ("from", "until", "regions", "modes"),
    "flooded": ("from", "until", "places"),
    "vehicle-lost": ("home", "type", "count"),
    "lot-late": ("place", "item", "lot", "ready"),
    "press-stopped": ("place", "items", "ready"),
    "station-moved": ("station", "lat", "lon"),
    "lot-short": ("place", "item", "lot", "quantity"),
    "goods-lost": ("place", "trip", "items"),
    "stations-added": ("added",),
    "lending-approved": (
        *("donor", "receiver", "item", "area", "quantity", "document", "approver"),
    ),
    "re-vote": ("stations", "contests", "day"),
}
#: Keys that may be left out of any kind.
_OPTIONAL = ("other", "lot", "trip", "area")
_COMMON = ("kind", "id", "known_at", "source")


def read_incidents(path: str | os.PathLike[str], voting_day: date) -> tuple[Incident, ...]:
    """Return the incidents of a file, in its order.

    Args:
        path: A TOML file with ``[[incident]]`` tables.
        voting_day: Day from which moments are counted; the file has local times.

    Raises:
        ScenarioError: Something in it is wrong; every problem is named with its line.
    """
    file = Path(path)
    problems: list[InputProblem] = []
    source = read_toml(file.name, file.read_bytes(), problems)
    found: list[Incident] = []
    if source is not None:
        top = Section(source, "", source.data, problems)
        top.only(("incident",), {})
        rows = source.data.get("incident")
        if not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
            top.fault(
                "incident",
                Said("there is no [[incident]]", "tidak ada [[incident]]"),
                Said("begin each incident with [[incident]]", "awali dengan [[incident]]"),
            )
            rows = []
        ways = added = 0
        for at, row in enumerate(rows):
            one = _Reader(source, "incident", row, problems, at)
            found += one.incident(voting_day, {"way": ways, "added": added})
            ways += one.count_of("way")
            added += one.count_of("added")
    if problems:
        raise ScenarioError.of(problems, file)
    return tuple(found)


class _Reader(Section):
    """Reads one table."""

    def count_of(self, key: str) -> int:
        """Return how many tables of a kind the incident holds."""
        rows = self.data.get(key)
        return len(rows) if isinstance(rows, list) else 0

    def incident(self, voting_day: date, rows: dict[str, int]) -> list[Incident]:
        before = len(self.problems)
        kind = self.text("kind")
        if kind is not None and kind not in _KEYS:
            self.holds("kind", Said("use ", "gunakan ") + Said.same(", ".join(_KEYS)))
        if kind not in _KEYS:
            return []
        self.only((*_COMMON, *_KEYS[kind]), {})
        known_s = self.moment("known_at", voting_day)
        given: dict[str, Any] = {
            "id": self.text("id", f"incident-{self.at + 1}"),
            "known_at_s": known_s,
            "source": self.text("source", ""),
        }
        for key in _KEYS[kind]:
            given.update(self._field(key, voting_day, known_s, kind, rows))
        if len(self.problems) > before:
            return []
        try:
            return [INCIDENT_KINDS[kind](**given)]
        except SilogError as wrong:
            self.fault("", Said.same(wrong.problem), Said.same(wrong.fix))
            return []

    def _field(
        self, key: str, day: date, known_s: int | None, kind: str, before: dict[str, int]
    ) -> dict[str, Any]:
        if key == "from":
            return {"from_s": self.moment(key, day) if key in self.data else known_s}
        if key == "until":
            return {"until_s": self.moment(key, day) if key in self.data else None}
        if key == "ready":
            return {"ready_s": self.moment(key, day)}
        if key == "modes":
            usual = ROAD_MODES if kind == "road-cut" else SEA_MODES
            return {"modes": self.modes(usual)}
        if key == "way":
            return {"detours": self.detours(before["way"])}
        if key == "added":
            return {"stations": self.added(before["added"])}
        if key == "day":
            return {"day_s": self.day(voting_day=day)}
        if key in {"regions", "places", "stations"}:
            return {key: self.some(key)}
        if key in {"items", "contests"}:
            return {key: self.texts(key) if key in self.data else ()}
        if key == "quantity":
            return {key: self.number(key, least=0)}
        if key == "count":
            return {key: self.number(key) if key in self.data else None}
        if key in {"lat", "lon"}:
            return {f"{key}_microdeg": self.degrees(key)}
        optional = key in _OPTIONAL or (kind == "goods-lost" and key == "place")
        return {key: self.text(key, "" if optional else None)}

    def moment(self, key: str, voting_day: date) -> int | None:
        """Return a local time [s from 00:00 of voting day]."""
        value = self.data.get(key)
        if isinstance(value, datetime) and value.tzinfo is None:
            start = datetime(voting_day.year, voting_day.month, voting_day.day)
            return int((value - start).total_seconds())
        fix = Said(
            "write the local time, as 2024-11-23T15:00:00 without quotes",
            "tulis waktu setempat, seperti 2024-11-23T15:00:00 tanpa kutip",
        )
        if value is None:
            self.fault(key, Said(f"{key} is missing", f"{key} tidak ada"), fix)
        else:
            self.holds(key, fix)
        return None

    def day(self, *, voting_day: date) -> int | None:
        """Return 00:00 of a later day [s from 00:00 of voting day]."""
        value = self.data.get("day")
        if isinstance(value, date) and not isinstance(value, datetime) and value > voting_day:
            return (value - voting_day).days * DAY_S
        fix = Said(
            "write a day after the vote, as 2024-12-05 without quotes",
            "tulis hari setelah pemungutan suara, seperti 2024-12-05 tanpa kutip",
        )
        if value is None:
            self.fault("day", Said("day is missing", "day tidak ada"), fix)
        else:
            self.holds("day", fix)
        return None

    def modes(self, usual: tuple[Mode, ...]) -> tuple[str, ...]:
        known = [m.value for m in Mode]
        given = self.texts("modes") or tuple(m.value for m in usual)
        if any(m not in known for m in given):
            self.holds("modes", Said("use ", "gunakan ") + Said.same(", ".join(known)))
        return given

    def some(self, key: str) -> tuple[str, ...]:
        """Return a list of codes, at least one."""
        codes = self.texts(key)
        if not codes and not isinstance(self.data.get(key), str):
            self.fault(
                key,
                Said(f"{key} is empty", f"{key} kosong"),
                Said("list at least one code", "isi sedikitnya satu kode"),
            )
        return codes

    def number(self, key: str, *, least: int = 1) -> int | None:
        value = self.data.get(key)
        if type(value) is int and value >= least:
            return value
        self.holds(
            key,
            Said(
                f"give a whole number, {least} or more", f"isi bilangan bulat, {least} ke atas"
            ),
        )
        return None

    def degrees(self, key: str) -> int | None:
        value = self.data.get(key)
        most = 90 if key == "lat" else 180
        if isinstance(value, int | float) and abs(value) <= most:
            return round(value * MICRO)
        self.holds(key, Said("give degrees, such as 3.1961", "isi derajat, seperti 3.1961"))
        return None

    def added(self, first: int) -> tuple[AddedStation, ...]:
        """Return the stations that a court adds or makes bigger."""
        rows = self.data.get("added")
        if not isinstance(rows, list) or not rows:
            self.fault(
                "added",
                Said("there is no [[incident.added]]", "tidak ada [[incident.added]]"),
                Said(
                    "write [[incident.added]] with station and voters for each station",
                    "tulis [[incident.added]] dengan station dan voters untuk setiap TPS",
                ),
            )
            return ()
        found = []
        for at, row in enumerate(rows):
            one = _Reader(self.source, "incident.added", row, self.problems, first + at)
            one.only(("station", "voters", "name", "lat", "lon"), {})
            station, voters = one.text("station"), one.number("voters")
            name = one.text("name", "")
            spot = {
                f"{key}_microdeg": one.degrees(key) for key in ("lat", "lon") if key in row
            }
            if station and voters:
                found.append(
                    AddedStation(station=station, voters=voters, name=name or "", **spot)
                )
        return tuple(found)

    def detours(self, first: int) -> tuple[Detour, ...]:
        rows = self.data.get("way", [])
        found = []
        for at, row in enumerate(rows if isinstance(rows, list) else []):
            way = _Reader(self.source, "incident.way", row, self.problems, first + at)
            way.only(("mode", "length_m", "travel_s", "note"), {})
            length, travel = way.number("length_m"), way.number("travel_s")
            mode, note = way.text("mode", "road"), way.text("note", "")
            if mode not in {m.value for m in Mode}:
                way.holds("mode", Said("use road, foot...", "gunakan road, foot..."))
            elif length and travel:
                found.append(
                    Detour(mode=mode, length_m=length, travel_s=travel, note=note or "")
                )
        return tuple(found)
