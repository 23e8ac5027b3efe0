"""Words of re-plans, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

_EN = {
    "at risk": "Stations still at risk: {count}",
    "helps": "What helps: {action}",
    "changes": "Changes: {count}",
    "more": "and {count} more",
    "frozen": "Trips that had left and stay as they are: {count}",
    "saved": "The new plan lies in {path}",
}
_ID = {
    "at risk": "TPS yang masih berisiko: {count}",
    "helps": "Yang membantu: {action}",
    "changes": "Perubahan: {count}",
    "more": "dan {count} lagi",
    "frozen": "Perjalanan yang sudah berangkat dan tidak diubah: {count}",
    "saved": "Rencana baru ada di {path}",
}


def replan_words(lang: str) -> Mapping[str, str]:
    """Return the words of a language, ``id`` or ``en``.

    Example:
        >>> replan_words("id")["changes"].format(count=2)
        'Perubahan: 2'
    """
    return _ID if lang == "id" else _EN
