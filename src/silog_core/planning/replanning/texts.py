"""What changes and why, and who is at risk and why, in both languages."""

from __future__ import annotations

from silog_core.domain.elections import Election
from silog_core.domain.locale import moment, number
from silog_core.domain.plan import UnservedKit
from silog_core.domain.replanning import Change
from silog_core.domain.stages import stage_name

#: Kind of change: the sentence in English and in Indonesian.
_CHANGES = {
    "later": (
        "{what} leaves on {new_s} instead of {old_s}, because of {incident}",
        "{what} berangkat {new_s}, bukan {old_s}, karena {incident}",
    ),
    "printed": (
        "{what} is done on {new_s} instead of {old_s}, because of {incident}",
        "{what} selesai {new_s}, bukan {old_s}, karena {incident}",
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
    "around": (
        "{what} drives through {via}, where the way is open as far as is known: {incident}"
        " blocks the planned way",
        "{what} lewat {via}, yang sejauh diketahui terbuka: {incident} menutup jalan semula",
    ),
    "waits": (
        "{what} keeps its departure, and waits on its way: {incident}",
        "{what} tetap berangkat pada waktunya, dan menunggu di jalan: {incident}",
    ),
    "replaced": (
        "{what} does not run; what it was to carry goes otherwise, or stays: {incident}",
        "{what} tidak berjalan; muatannya dibawa dengan cara lain, atau tinggal: {incident}",
    ),
    "moved": (
        "{what} drives to where the station is now: {incident}",
        "{what} menuju lokasi baru TPS: {incident}",
    ),
    "added": (
        "{what} carries the kits of {places}: {incident}",
        "{what} membawa kit {places}: {incident}",
    ),
    "joined": (
        "{what} also takes the kits of {places}: {incident}",
        "{what} juga membawa kit {places}: {incident}",
    ),
    "heavier": (
        "{what} carries more for {places}: {incident}",
        "{what} membawa lebih banyak untuk {places}: {incident}",
    ),
    "back": (
        "{what} brings back other kits than planned, as they went out: {incident}",
        "{what} membawa pulang kit lain daripada rencana, sesuai keberangkatannya: {incident}",
    ),
    "less": (
        "{what} carries fewer goods: {incident} takes some of them, or sends them otherwise",
        "{what} membawa lebih sedikit barang: {incident} mengambil sebagian atau mengirimnya"
        " lewat cara lain",
    ),
    "hauled": (
        "{what} carries {goods} by {mode} from {home} to {place} on {new_s}: {incident}",
        "{what} membawa {goods} dengan {mode} dari {home} ke {place} pada {new_s}: {incident}",
    ),
    "other-source": (
        "{pieces} {item} for {what} come from lot {lot} at {home}: {incident}",
        "{pieces} {item} untuk {what} diambil dari lot {lot} di {home}: {incident}",
    ),
    "other-path": (
        "{pieces} {item} for {what} go by {via}: {incident} holds up the planned way",
        "{pieces} {item} untuk {what} lewat {via}: {incident} menahan jalan semula",
    ),
    "lent": (
        "{home} lends {pieces} {item} to {what}: {incident}; on {document}, approved by"
        " {approver}, {supervisor} attending",
        "{home} meminjamkan {pieces} {item} kepada {what}: {incident}; dengan {document},"
        " disetujui {approver}, disaksikan {supervisor}",
    ),
    "no-loan": (
        "{donor} lends {what} no {item}: nothing is lacking, or nothing is to spare in time"
        " ({incident})",
        "{donor} tidak meminjamkan {item} kepada {what}: tidak ada yang kurang, atau tidak"
        " ada yang lebih tepat waktu ({incident})",
    ),
    "short": (
        "{what} gets {pieces} {item} less, and nobody has them to spare in time: {incident}",
        "{what} menerima {pieces} {item} lebih sedikit, dan tidak ada yang lebih tepat"
        " waktu: {incident}",
    ),
    "lost": (
        "the kit of {what} is lost and another one is packed for it: {incident}",
        "kit {what} hilang dan kit lain disiapkan untuknya: {incident}",
    ),
    "new": (
        "{what} is served with {voters} voters on its list: {incident}",
        "{what} dilayani dengan {voters} pemilih di daftarnya: {incident}",
    ),
    "re-vote": (
        "{what} votes again on {day} ({incident}): {pieces} marked ballots from the re-vote"
        " reserve of {holders} (rule {rules}), packed anew at {home}; out by {out}, back by {back}",
        "{what} memungut suara ulang pada {day} ({incident}): {pieces} surat suara bertanda"
        " dari cadangan PSU {holders} (aturan {rules}), dikemas ulang di {home}; pergi dengan {out}, pulang"
        " dengan {back}",
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
    "escort": (
        "after {incident} no {who} is free to ride along to {place} so that the kits are there"
        " by {due_s}",
        "setelah {incident} tidak ada {who} yang bebas mengawal ke {place} sehingga kit tiba"
        " sebelum {due_s}",
        "find more {who} for the warehouse, or ask a neighbouring regency for some",
        "cari tambahan {who} untuk gudang, atau minta bantuan kabupaten tetangga",
    ),
    "escort-back": (
        "after {incident} no {who} is free to ride along with the sealed boxes to {place}",
        "setelah {incident} tidak ada {who} yang bebas mengawal kotak tersegel ke {place}",
        "keep them guarded where they are, and find more {who}",
        "jaga kotak di tempatnya, dan cari tambahan {who}",
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
        "{incident}: the kit of {place} is lost, and for another one these are missing:"
        " {goods}",
        "{incident}: kit {place} hilang, dan untuk kit pengganti masih kurang: {goods}",
        "have them delivered to {warehouse} in time, or take the same ballot from the"
        " nearest stations",
        "minta barang itu dikirim ke {warehouse} tepat waktu, atau ambil surat suara yang"
        " sama dari TPS terdekat",
    ),
    "added": (
        "{incident}: {place} needs a kit, and for it these are missing: {goods}",
        "{incident}: {place} memerlukan kit, dan untuk itu masih kurang: {goods}",
        "have them delivered to {warehouse} in time, or take the same ballot from the"
        " nearest stations",
        "minta barang itu dikirim ke {warehouse} tepat waktu, atau ambil surat suara yang"
        " sama dari TPS terdekat",
    ),
    "grown": (
        "{incident}: the kit of {place} had left with {old} voters on the list, {new} are"
        " on it now: {goods}",
        "{incident}: kit {place} sudah berangkat dengan {old} pemilih di daftar, sekarang"
        " {new}: {goods}",
        "take the same ballot from the nearest stations, or send a sealed supplement with a"
        " record",
        "ambil surat suara yang sama dari TPS terdekat, atau kirim tambahan tersegel dengan"
        " berita acara",
    ),
    "revote-short": (
        "{incident}: the re-vote reserve that is left does not suffice for {place}; missing:"
        " {goods}",
        "{incident}: cadangan PSU yang tersisa tidak cukup untuk {place}; kurang: {goods}",
        "have so many marked ballots of the same contest and area printed and delivered to"
        " {warehouse}; no ordinary ballot may be used",
        "minta surat suara PSU pemilihan dan daerah yang sama sebanyak itu dicetak dan"
        " dikirim ke {warehouse}; surat suara biasa tidak boleh dipakai",
    ),
    "revote-goods": (
        "{incident}: no lot has {goods} to spare for the new kit of {place}, and nothing that"
        " may be used again comes back in time",
        "{incident}: tidak ada lot yang lebih untuk {goods} bagi kit baru {place}, dan tidak ada"
        " barang yang boleh dipakai lagi kembali tepat waktu",
        "have them delivered to {warehouse} by {by_s}, or borrow them from the nearest"
        " warehouse, on paper; the kit travels with what there is",
        "minta barang itu dikirim ke {warehouse} sebelum {by_s}, atau pinjam dari gudang"
        " terdekat dengan berita acara; kit berangkat dengan isi yang ada",
    ),
    "revote-escort": (
        "{incident}: no escort is free to bring the new kit of {place} to {at} before {day}",
        "{incident}: tidak ada pengawal yang bebas untuk membawa kit baru {place} ke {at}"
        " sebelum {day}",
        "ask for one more escort, or hold the re-vote on another day within {term} days of the"
        " vote ({law})",
        "minta satu pengawal lagi, atau adakan pemungutan suara ulang pada hari lain dalam"
        " {term} hari setelah pemungutan suara ({law})",
    ),
    "revote-late": (
        "{incident}: the new kit of {place} cannot be at {at} before {day}",
        "{incident}: kit baru {place} tidak bisa tiba di {at} sebelum {day}",
        "hold the re-vote on a later day within {term} days of the vote ({law})",
        "adakan pemungutan suara ulang pada hari lain dalam {term} hari setelah pemungutan"
        " suara ({law})",
    ),
    "revote-cut": (
        "{incident}: no way is known by which ballots and kit get to {place}",
        "{incident}: tidak ada jalan yang diketahui untuk surat suara dan kit ke {place}",
        "name a checked way round in the incident file, or ask for a helicopter",
        "isi jalan memutar yang sudah diperiksa di berkas kejadian, atau minta helikopter",
    ),
    "revote-back": (
        "{incident}: the sealed boxes of {place} cannot be fetched to {home}",
        "{incident}: kotak tersegel {place} tidak bisa dijemput ke {home}",
        "keep them guarded where they are, and say when the way is open",
        "jaga kotak di tempatnya, dan beri tahu kapan jalan terbuka",
    ),
    "moved": (
        "{trip} had left for {place} when {incident} became known",
        "{trip} sudah berangkat ke {place} ketika {incident} diketahui",
        "carry the sealed kit on to the new place, with a record",
        "bawa kit tersegel ke lokasi baru, dengan berita acara",
    ),
    "short": (
        "{incident}: {missing} of {item} are missing at {place}, and no stock, lot or"
        " warehouse that may lend has them to spare in time",
        "{incident}: kurang {missing} {item} di {place}, dan tidak ada stok, lot, atau"
        " gudang yang boleh meminjamkan yang lebih tepat waktu",
        "have {missing} more delivered to {warehouse} in time, or take the same item from"
        " the nearest stations",
        "minta {missing} lagi dikirim ke {warehouse} tepat waktu, atau ambil barang yang"
        " sama dari TPS terdekat",
    ),
}


def _filled(template: str, election: Election, lang: str, given: dict[str, object]) -> str:
    told: dict[str, object] = {}
    for key, value in given.items():
        if not isinstance(value, int):
            told[key] = value
        elif key.endswith("_s"):
            told[key] = moment(
                value, election.voting_day, lang=lang, offset_min=election.utc_offset_min
            )
        else:
            told[key] = number(value, lang)
        # What has words of its own in Indonesian is given as well with that ending.
        if lang == "id" and f"{key}_id" in given:
            told[key] = given[f"{key}_id"]
    if lang == "id" and "stage" in given:
        told["stage"] = stage_name(str(given["stage"]), lang)
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
