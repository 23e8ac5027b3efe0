"""Words of the schedule report, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

_EN = {
    "path": "What fixes when {place} has to begin: slack {slack} h",
    "plan": "the plan",
    "step": "{id}: {place} to {to}, {start}; at the latest {latest}",
    "slack": "slack {slack} h: {free} h its own, {shared} h shared with later steps",
    "because": "because {why}",
    "owner": "Most of the slack belongs to {id}: {free} h",
    "nobody": "nothing here has slack of its own",
    "begun": "{count} steps have begun and stay",
    "shifted": "{count} steps start later",
    "shift": "{step}: {old} -> {new}{waits}",
    "waits": " (waits for {step})",
    "unmet": "{count} stations cannot be met:",
    "met": "every station that could be met still is",
    "helps": "what helps: {action}",
    "more": "and {count} more",
    "saved": "The repaired plan lies in {path}",
}
_ID = {
    "path": "Yang menentukan kapan {place} harus mulai: kelonggaran {slack} jam",
    "plan": "rencana ini",
    "step": "{id}: {place} ke {to}, {start}; paling lambat {latest}",
    "slack": "kelonggaran {slack} jam: {free} jam miliknya, {shared} jam bersama langkah"
    " sesudahnya",
    "because": "karena {why}",
    "owner": "Kelonggaran terbesar milik {id}: {free} jam",
    "nobody": "tidak ada langkah yang punya kelonggaran sendiri",
    "begun": "{count} langkah sudah mulai dan tetap",
    "shifted": "{count} langkah mulai lebih lambat",
    "shift": "{step}: {old} -> {new}{waits}",
    "waits": " (menunggu {step})",
    "unmet": "{count} TPS tidak dapat dipenuhi:",
    "met": "setiap TPS yang dapat dipenuhi tetap dipenuhi",
    "helps": "yang membantu: {action}",
    "more": "dan {count} lagi",
    "saved": "Rencana yang diperbaiki ada di {path}",
}


def schedule_words(lang: str) -> Mapping[str, str]:
    """Return the words of a language, ``id`` or ``en``.

    Example:
        >>> schedule_words("id").keys() == schedule_words("en").keys()
        True
    """
    return _ID if lang == "id" else _EN
