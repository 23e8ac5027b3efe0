"""What is said of a station that cannot be met from today on, in both languages."""

from __future__ import annotations

from silog_core.domain.locale import tenths
from silog_core.domain.places import Place
from silog_core.domain.plan import Plan
from silog_core.domain.timeline import Unmet
from silog_core.planning.timeline.network import Ease

_REASON = (
    "{root} begins too late: its kit comes {hours} h after its window closes",
    "{root} mulai terlambat: kitnya tiba {hours} jam setelah jendelanya ditutup",
)
_NEVER = (
    "{root} begins too late: no open hours are left for its kit",
    "{root} mulai terlambat: tidak ada lagi jam buka untuk kitnya",
)
_ACTIONS = {
    "rest": (
        "send on at once what is taken over: without the rest it is in time",
        "kirim segera setelah serah terima: tanpa jeda masih tepat waktu",
    ),
    "night": (
        "let vehicles on land go on by night: then it is in time",
        "biarkan kendaraan darat jalan malam hari: masih tepat waktu",
    ),
    "escort": (
        "find one more group of {who} to ride along: then it is in time",
        "cari satu regu {who} lagi untuk mengawal: masih tepat waktu",
    ),
    "press": (
        "print with twice the output, on a second press or at a second printer: then it is in"
        " time",
        "cetak dengan hasil dua kali, di mesin atau percetakan kedua: masih tepat waktu",
    ),
    "crew": (
        "work with {crews} times the crew at the warehouse: then it is in time",
        "bekerja dengan {crews} kali jumlah pekerja di gudang: masih tepat waktu",
    ),
    "shift": (
        "add {crews} shifts a day at the warehouse, for which people can be found: then it is"
        " in time",
        "tambah {crews} regu kerja sehari di gudang, yang orangnya dapat dicari: masih tepat"
        " waktu",
    ),
    "known": (
        "all shifts for which people can be found, no rest and driving by night, all"
        " together: then it is in time",
        "semua regu kerja yang orangnya dapat dicari, tanpa jeda, dan jalan malam, semuanya:"
        " masih tepat waktu",
    ),
    "all": (
        "three times the crew, no rest and driving by night, all together: then it is in time",
        "tiga kali jumlah pekerja, tanpa jeda, dan jalan malam, semuanya: masih tepat waktu",
    ),
    "deadline": (
        "nothing of this plan brings it in time: re-plan with another way or vehicle, or move"
        " its deadline by {hours} h",
        "tidak ada langkah rencana ini yang menepati: rencanakan ulang dengan jalan atau"
        " kendaraan lain, atau mundurkan tenggatnya {hours} jam",
    ),
}
#: Later than this nothing arrives at all [s].
_NEVER_S = 86_400 * 200


def unmet(
    plan: Plan,
    place: Place,
    root: str,
    *,
    late_s: int,
    mend: str,
    ease: Ease,
    at: str,
    known: bool,
) -> Unmet:
    """Return what is said of a place that is *late_s* late because of a step.

    Where people are *known*, further ones are found only for the shifts that were said.
    """
    actions = _ACTIONS["known" if known and mend == "all" else mend]
    where = f"{root} ({at} {plan.name_of.get(at, '')})".replace(" )", ")")
    reasons = _NEVER if late_s > _NEVER_S else _REASON

    def said(texts: tuple[str, str], n: int) -> str:
        hours = tenths(late_s, 3600, ("en", "id")[n])
        crews = ease.shifts if mend == "shift" else ease.crews
        return texts[n].format(root=where, hours=hours, crews=crews, who=ease.escort)

    return Unmet(
        station=place.code, name=place.name, voters=place.voters, root=root, late_s=late_s,
        mend=mend, reason=said(reasons, 0), reason_id=said(reasons, 1),
        action=said(actions, 0), action_id=said(actions, 1),
    )  # fmt: skip
