"""Texts of what hand-overs lack of their region's rules, in both languages."""

from __future__ import annotations

_FIX = (
    "correct it with what is missing, or tell the supervisor why it was done otherwise",
    "koreksi dengan yang kurang, atau laporkan kepada pengawas mengapa dilakukan lain",
)
#: Code to: what is wrong (English, Indonesian), what to do (English, Indonesian).
TEXTS: dict[str, tuple[str, str, str, str]] = {
    "rule-witness": (
        "{kind} without {role} as a witness, whom {scope} asks for ({source})",
        "{kind_id} tanpa saksi {role_id}, yang diwajibkan {scope} ({source})",
        *_FIX,
    ),
    "rule-parties": (
        "{kind} by {found} parties; {scope} asks for {count} ({source})",
        "{kind_id} oleh {found} pihak; {scope} mewajibkan {count} ({source})",
        *_FIX,
    ),
    "rule-persons": (
        "{kind} by {found} persons; {scope} asks for {count} ({source})",
        "{kind_id} oleh {found} orang; {scope} mewajibkan {count} ({source})",
        *_FIX,
    ),
    "rule-escort": (
        "{kind} without {role} as an escort, whom {scope} asks for ({source})",
        "{kind_id} tanpa kawalan {role_id}, yang diwajibkan {scope} ({source})",
        *_FIX,
    ),
    "rule-hours": (
        "{kind} in the hour from {hour}:00; {scope} allows {first}:00 to {last}:00 ({source})",
        "{kind_id} pada jam {hour}.00; {scope} membolehkan {first}.00 sampai {last}.00"
        " ({source})",
        *_FIX,
    ),
    "rule-seals": (
        "{kind} without both sides stating the seals of {found}, which {scope} asks for"
        " ({source})",
        "{kind_id} tanpa kedua pihak menyebut segel {found}, yang diwajibkan {scope}"
        " ({source})",
        *_FIX,
    ),
}
