"""Stages of the schedule: what each is called, and which goods go through which."""

from __future__ import annotations

#: Stage of arrival, of receipt, and of the work that waits for both, by whether it is
#: ballots.
RECEIPT = {
    False: ("equipment-arrival", "equipment-receipt", "kitting"),
    True: ("ballot-arrival", "ballot-receipt", "sort-fold"),
}
#: What ballots, and what other goods, go through after they have come.
BALLOTS = (RECEIPT[True][1], "sort-fold", "kitting")
OTHERS = (RECEIPT[False][1], "kitting")
#: All of them, none before one that it waits for.
WORK = (OTHERS[0], *BALLOTS)

#: What people call each stage of a schedule, in English and in Indonesian.
_NAMES = {
    "print": ("printing", "pencetakan"),
    "equipment-receipt": ("count of equipment", "hitung perlengkapan"),
    "ballot-receipt": ("count of ballots", "hitung surat suara"),
    "equipment-arrival": ("equipment arrives", "perlengkapan tiba"),
    "ballot-arrival": ("ballots arrive", "surat suara tiba"),
    "sort-fold": ("sort and fold", "sortir dan lipat"),
    "kitting": ("pack kits", "pengesetan"),
    "dispatch": ("dispatch", "pengiriman"),
}


def stage_name(stage: str, lang: str) -> str:
    """Return what people call a stage in ``id`` or ``en``; itself where it has no name.

    Example:
        >>> stage_name("sort-fold", "id")
        'sortir dan lipat'
    """
    return _NAMES.get(stage, (stage, stage))[lang == "id"]
