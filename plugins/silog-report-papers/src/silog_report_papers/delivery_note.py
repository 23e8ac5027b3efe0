"""The delivery note (surat jalan) of one trip, to be printed and signed."""

from __future__ import annotations

from silog_core.domain.locale import moment, number, tenths
from silog_core.domain.plan import Plan, Trip

_WORDS = {
    "id": {
        "title": "SURAT JALAN", "vehicle": "Kendaraan", "home": "Dari", "leaves": "Berangkat",
        "latest": "Paling lambat", "mass": "Berat", "stop": "Tujuan", "arrives": "Tiba",
        "kits": "Kit", "for": "Untuk", "seals": "Nomor segel", "gives": "Yang menyerahkan",
        "takes": "Yang menerima", "watches": "Pengawas", "name": "Nama, tanda tangan, waktu",
    },
    "en": {
        "title": "DELIVERY NOTE", "vehicle": "Vehicle", "home": "From", "leaves": "Leaves",
        "latest": "At the latest", "mass": "Mass", "stop": "Stop", "arrives": "Arrives",
        "kits": "Kits", "for": "For", "seals": "Seal numbers", "gives": "Handed over by",
        "takes": "Taken over by", "watches": "Supervisor", "name": "Name, signature, time",
    },
}  # fmt: skip


def delivery_note(plan: Plan, trip: Trip, lang: str = "id") -> str:
    """Return the note of *trip* as Markdown.

    Args:
        plan: Gives names and the voting day.
        trip: The trip.
        lang: ``id`` or ``en``.
    """
    say = _WORDS[lang]

    def place(code: str) -> str:
        return f"{code} {plan.name_of.get(code, '')}".strip()

    def when(at_s: int) -> str:
        election = plan.election
        return moment(at_s, election.voting_day, lang=lang, offset_min=election.utc_offset_min)

    lines = [
        f"# {say['title']} {trip.id}",
        "",
        f"- {say['vehicle']}: {trip.vehicle} {trip.unit}",
        f"- {say['home']}: {place(trip.home)}",
        f"- {say['leaves']}: {when(trip.depart_s)}",
        f"- {say['latest']}: {when(trip.latest_depart_s)}",
        f"- {say['mass']}: {tenths(trip.mass_g, 1000, lang)} kg",
        "",
        f"| {say['stop']} | {say['arrives']} | {say['kits']} | {say['seals']} |",
        "|---|---|---:|---|",
    ]
    lines += [
        f"| {place(s.place)} | {when(s.arrive_s)} | {number(len(s.kits), lang)} | |"
        for s in trip.stops
    ]
    lines.append("")
    for stop in trip.stops:
        lines += [f"## {place(stop.place)}", "", f"{say['for']}:", ""]
        lines += [f"- [ ] {place(kit)}" for kit in stop.kits]
        lines += [
            f"- [ ] {number(load.quantity, lang)} {load.commodity} > {place(load.to)}"
            for load in stop.loads
        ]
        lines += ["", f"| | {say['name']} |", "|---|---|"]
        lines += [f"| {say[who]} | |" for who in ("gives", "takes", "watches")]
        lines.append("")
    return "\n".join(lines)
