"""A Gantt chart: the stages of each warehouse, and its waves of vehicles."""

from __future__ import annotations

from collections import Counter

from silog_core.domain.calendar import DAY_S, day_of
from silog_core.domain.locale import moment, number
from silog_core.domain.plan import Plan
from silog_core.domain.stages import stage_name
from silog_core.reports.svg import bar, drawing, label, line

_LEFT, _TOP, _DAY, _ROW = 230, 60, 16, 26
#: Colours that differ in lightness too, for print and for those who see few colours.
_FILLS = {
    "print": "#807dba",
    "equipment-arrival": "#9ecae1",
    "equipment-receipt": "#c7e9c0",
    "ballot-arrival": "#4292c6",
    "ballot-receipt": "#a1d99b",
    "sort-fold": "#fdd0a2",
    "kitting": "#f16913",
    "dispatch": "#7f2704",
}
#: Stages that only some plans have: their colour is explained where they occur.
_SOME = ("print", "equipment-receipt", "ballot-receipt")
_WAVES = {
    "warehouse-hub": "#00441b",
    "hub-village": "#238b45",
    "village-station": "#74c476",
}
_WORDS = {
    "en": {
        "title": "Stages and waves: {title}",
        "desc": "One row for each warehouse, farthest first. Bars are stages of work, from"
        " their start to their end; ticks below are departures, darker for bigger vehicles'"
        " levels. {late} stages start later than they may.",
        "slack": "{stage} at {place}: {start} to {finish}, slack {hours} h",
        "wave": "{count} departures on that day, {echelon}",
        "above": " Above them stand those who print, with a bar for each order.",
        "for": "{pieces} {ware} for {place}: ",
    },
    "id": {
        "title": "Tahap dan gelombang: {title}",
        "desc": "Satu baris untuk tiap gudang, yang paling awal berangkat di atas. Batang"
        " adalah tahap kerja dari awal sampai akhir; garis di bawahnya keberangkatan. {late}"
        " tahap mulai lebih lambat dari yang diizinkan.",
        "slack": "{stage} di {place}: {start} sampai {finish}, kelonggaran {hours} jam",
        "wave": "{count} keberangkatan pada hari itu, {echelon}",
        "above": " Di atasnya percetakan, satu batang untuk tiap pesanan.",
        "for": "{pieces} {ware} untuk {place}: ",
    },
}


def gantt(plan: Plan, *, lang: str = "en") -> str:
    """Return the chart of a plan as SVG; what is late has a red edge.

    Example:
        >>> from silog_core.testing.worlds import small_world
        >>> gantt(small_world().plan).startswith("<svg xmlns=")
        True
    """
    say = _WORDS[lang]
    first: dict[str, int] = {}
    for slot in plan.schedule.stages:
        if slot.stage == "dispatch":
            first[slot.place] = slot.start_s
    presses = sorted({s.place for s in plan.schedule.stages if s.load})
    places = presses + sorted(
        {s.place for s in plan.schedule.stages}.difference(presses),
        key=lambda p: (first.get(p, 0), p),
    )
    used = {s.stage for s in plan.schedule.stages}
    shown = {s: fill for s, fill in _FILLS.items() if s in used or s not in _SOME}
    days = [s.start_s // DAY_S for s in plan.schedule.stages]
    zero, last = min(days, default=-1), 1
    width = _LEFT + (last - zero) * _DAY + 20
    parts = _axis(plan, zero, last, _TOP + _ROW * len(places))
    parts += [
        bar(_LEFT + 130 * i, 8, 10, 10, fill, stage_name(stage, lang))
        + label(_LEFT + 130 * i + 14, 17, stage_name(stage, lang))
        for i, (stage, fill) in enumerate(shown.items())
    ]
    waves = _waves(plan)
    for i, place in enumerate(places):
        top = _TOP + _ROW * i
        name = plan.name_of.get(place, "")
        parts.append(label(4, top + 11, f"{place} {name}".strip()[:38]))
        for slot in plan.schedule.at(place):
            said = say["slack"].format(
                stage=stage_name(slot.stage, lang), place=place,
                start=_at(plan, slot.start_s, lang), finish=_at(plan, slot.finish_s, lang),
                hours=number(slot.slack_s // 3600, lang),
            )  # fmt: skip
            if slot.load:
                ware, pieces = slot.load.commodity, number(slot.load.quantity, lang)
                said = say["for"].format(pieces=pieces, ware=ware, place=slot.load.to) + said
            mark = ' stroke="#cb181d" stroke-width="2"' if slot.slack_s < 0 else ""
            fill = _FILLS.get(slot.stage, "#bdbdbd")
            x, end = _x(slot.start_s, zero), _x(slot.finish_s, zero)
            parts.append(bar(x, top + 2, end - x, 12, fill, said, mark))
        for row, (echelon, fill) in enumerate(_WAVES.items()):
            for day, count in sorted(waves.get((place, echelon), Counter()).items()):
                x, said = _LEFT + (day - zero) * _DAY, say["wave"]
                told = said.format(count=number(count, lang), echelon=echelon)
                parts.append(bar(x + 5 * row, top + 16, 4, 7, fill, told))
    late = sum(s.slack_s < 0 for s in plan.schedule.stages)
    return drawing(
        max(width, _LEFT + 10 + 130 * len(shown)), _TOP + _ROW * len(places) + 10,
        say["title"].format(title=plan.title),
        say["desc"].format(late=late) + (say["above"] if presses else ""), parts,
    )  # fmt: skip


def _x(moment_s: int, zero: int) -> int:
    return _LEFT + (moment_s - zero * DAY_S) * _DAY // DAY_S


def _at(plan: Plan, moment_s: int, lang: str) -> str:
    election = plan.election
    return moment(moment_s, election.voting_day, lang=lang, offset_min=election.utc_offset_min)


def _axis(plan: Plan, zero: int, last: int, bottom: int) -> list[str]:
    parts = []
    for day in range(zero, last + 1):
        x = _LEFT + (day - zero) * _DAY
        if day % 7 == 0:
            parts.append(line(x, _TOP - 6, x, bottom, "#d9d9d9", 1))
            date = day_of(day * DAY_S, plan.election.voting_day)
            parts.append(label(x, _TOP - 22, f"H{day:+d}" if day else "H", anchor="middle"))
            parts.append(label(x, _TOP - 10, f"{date.day}/{date.month}", anchor="middle"))
    return parts


def _waves(plan: Plan) -> dict[tuple[str, str], Counter[int]]:
    """Return departures by warehouse, level and day."""
    warehouses = {s.place for s in plan.schedule.stages}
    found: dict[tuple[str, str], Counter[int]] = {}
    for trip in plan.trips:
        if trip.echelon not in _WAVES:
            continue
        home = trip.home
        while home and home not in warehouses:
            home = plan.parent_of.get(home, "")
        if home:
            days = found.setdefault((home, trip.echelon), Counter())
            days[trip.depart_s // DAY_S] += 1
    return found
