"""What changes and why, and who is at risk and why, in both languages."""

from __future__ import annotations

from silog_core.domain.elections import Election
from silog_core.domain.locale import moment
from silog_core.domain.plan import UnservedKit
from silog_core.domain.replanning import Change

#: Kind of change: the sentence in English and in Indonesian.
_CHANGES = {
    "later": (
        "{what} leaves on {new_s} instead of {old_s}, because of {incident}",
        "{what} berangkat {new_s}, bukan {old_s}, karena {incident}",
    ),
    "earlier": (
        "{what} leaves on {new_s} instead of {old_s}, ahead of {incident}",
        "{what} berangkat {new_s}, bukan {old_s}, mendahului {incident}",
    ),
    "other-vehicle": (
        "{what} goes with vehicle {unit} of type {vehicle}: {incident}",
        "{what} memakai kendaraan {unit} jenis {vehicle}: {incident}",
    ),
    "other-way": (
        "{what} serves {place} by {mode} over {km} km: {incident} blocks the planned way{note}",
        "{what} melayani {place} dengan {mode} sejauh {km} km: {incident} menutup jalan"
        " semula{note}",
    ),
    "lighter": (
        "{what} goes without {places}: {incident}",
        "{what} berjalan tanpa {places}: {incident}",
    ),
    "dropped": (
        "{what} does not run: {incident} leaves it nothing to carry",
        "{what} tidak berjalan: {incident} membuatnya tanpa muatan",
    ),
    "moved": (
        "{what} drives to where the station is now: {incident}",
        "{what} menuju lokasi baru TPS: {incident}",
    ),
    "added": (
        "{what} carries the kits of {places}: {incident}",
        "{what} membawa kit {places}: {incident}",
    ),
    "supply": (
        "{what} of {item} for {place} come from lot {lot} at {home}: {incident}",
        "{what} {item} untuk {place} berasal dari lot {lot} di {home}: {incident}",
    ),
    "stage": (
        "{stage} at {what} starts on {new_s} instead of {old_s}: {incident}",
        "{stage} di {what} mulai {new_s}, bukan {old_s}: {incident}",
    ),
    "crew": (
        "{stage} at {what} takes {new} workers instead of {old}, in shifts: {incident} leaves"
        " fewer days",
        "{stage} di {what} memakai {new} pekerja, bukan {old}, bergiliran: {incident}"
        " menyisakan lebih sedikit hari",
    ),
}
#: Reason code: reason and action, each in English and in Indonesian.
_REASONS = {
    "cut": (
        "{incident} blocks the way to {place}, and no other way or mode gets there in time",
        "{incident} menutup jalan ke {place}, dan tidak ada jalan atau moda lain yang sempat",
        "name a checked way round in the incident file, or ask for a helicopter",
        "isi jalan memutar yang sudah diperiksa di berkas kejadian, atau minta helikopter",
    ),
    "no-time": (
        "after {incident} the kits for {place} cannot be there by {due_s}",
        "setelah {incident} kit untuk {place} tidak bisa tiba sebelum {due_s}",
        "add workers or vehicles, or prepare a postponed vote",
        "tambah pekerja atau kendaraan, atau siapkan pemungutan suara susulan",
    ),
    "under-way": (
        "{trip} was on its way to {place} when {incident} began",
        "{trip} sedang menuju {place} ketika {incident} mulai",
        "call the driver: wait in a guarded place, or turn back",
        "hubungi pengemudi: tunggu di tempat terjaga, atau kembali",
    ),
    "flooded": (
        "{incident}: {place} is under water during the vote; no plan changes that",
        "{incident}: {place} terendam saat pemungutan suara; rencana tidak mengubahnya",
        "keep the sealed kit dry and prepare a postponed vote within 10 days",
        "amankan kit tersegel dan siapkan pemungutan suara susulan dalam 10 hari",
    ),
    "lost": (
        "{incident}: what lay at {place} and had not left is lost",
        "{incident}: barang di {place} yang belum berangkat hilang",
        "order anew, and take the same ballot from the nearest stations",
        "pesan ulang, dan ambil surat suara yang sama dari TPS terdekat",
    ),
    "moved": (
        "{trip} had left for {place} when {incident} became known",
        "{trip} sudah berangkat ke {place} ketika {incident} diketahui",
        "carry the sealed kit on to the new place, with a record",
        "bawa kit tersegel ke lokasi baru, dengan berita acara",
    ),
    "short": (
        "{incident}: {missing} pieces of {item} are missing below {place}",
        "{incident}: kurang {missing} {item} di bawah {place}",
        "claim from the supplier, or take the same item from the nearest stations",
        "klaim ke penyedia, atau ambil barang yang sama dari TPS terdekat",
    ),
}


def _filled(template: str, election: Election, lang: str, given: dict[str, object]) -> str:
    told = {
        key: moment(value, election.voting_day, lang=lang, offset_min=election.utc_offset_min)
        if key.endswith("_s") and isinstance(value, int)
        else value
        for key, value in given.items()
    }
    return template.format(**told)


def change(
    election: Election, kind: str, *, what: str, incident: str, **given: object
) -> Change:
    """Return a change with its sentences; arguments that end in ``_s`` are moments."""
    words = {"what": what, "incident": incident, **given}
    english, indonesian = _CHANGES[kind]
    return Change(
        kind=kind,
        what=what,
        incident=incident,
        reason=_filled(english, election, "en", words),
        reason_id=_filled(indonesian, election, "id", words),
    )


def reasons(election: Election, code: str, **given: object) -> tuple[str, str, str, str]:
    """Return reason and action, each in English and in Indonesian."""
    one, two, three, four = _REASONS[code]
    return (
        _filled(one, election, "en", given),
        _filled(two, election, "id", given),
        _filled(three, election, "en", given),
        _filled(four, election, "id", given),
    )


def left(
    election: Election, code: str, *, kit: str, echelon: str, **given: object
) -> UnservedKit:
    """Return the record of a kit that nobody carries any more."""
    reason, reason_id, action, action_id = reasons(election, code, **given)
    return UnservedKit(
        kit=kit, echelon=echelon, code=code,
        reason=reason, reason_id=reason_id, action=action, action_id=action_id,
    )  # fmt: skip
