"""Texts of problems of devices, events and units, in both languages."""

from __future__ import annotations

#: Code to: what is wrong (English, Indonesian), what to do (English, Indonesian).
TEXTS: dict[str, tuple[str, str, str, str]] = {
    # The record of a device.
    "fork": (
        "{count} different events carry the number {at}",
        "{count} peristiwa berbeda memakai nomor {at}",
        "ask the holder of the device; withdraw the false one; until then the first in the"
        " order of bytes counts",
        "tanyakan pemegang perangkat; cabut yang salah; sampai saat itu yang pertama menurut"
        " urutan bita yang dihitung",
    ),
    "log-gap": (
        "numbers {first} to {last} are missing",
        "nomor {first} sampai {last} tidak ada",
        "merge the rest of the device's log",
        "gabungkan sisa catatan perangkat itu",
    ),
    "clock-back": (
        "number {at} was entered {seconds} s before the one that precedes it",
        "nomor {at} dicatat {seconds} detik sebelum nomor sebelumnya",
        "set the clock of the device; correct the times that are wrong",
        "setel jam perangkat; koreksi waktu yang salah",
    ),
    "corrects-unknown": (
        "{at} corrects {old}, which is not in the record",
        "{at} mengoreksi {old}, yang tidak ada dalam catatan",
        "merge the log that holds the old event",
        "gabungkan catatan yang memuat peristiwa lama",
    ),
    "corrects-later": (
        "{at} corrects {old}, which was entered later; it has no effect",
        "{at} mengoreksi {old}, yang dicatat lebih kemudian; tidak berlaku",
        "record the correction again",
        "catat ulang koreksi itu",
    ),
    "corrections-compete": (
        "{old} is corrected {count} times; the last one counts",
        "{old} dikoreksi {count} kali; yang terakhir yang dihitung",
        "withdraw those that are wrong, or correct the correction",
        "cabut koreksi yang salah, atau koreksi koreksinya",
    ),
    "correction-by-stranger": (
        "{at} corrects what {office} recorded, and comes from {other}",
        "{at} mengoreksi catatan {office}, dan berasal dari {other}",
        "let the office that recorded it, or its regency, correct it",
        "koreksi harus oleh pencatatnya atau KPU kab/kotanya",
    ),
    # What an event must have.
    "may-not-append": (
        "{role} may not record {kind}",
        "{role_id} tidak berhak mencatat {kind_id}",
        "let one of these record it: {roles}",
        "yang berhak mencatat: {roles_id}",
    ),
    "key-of-another-role": (
        "the key that signed belongs to {key_role}, and the event says {role}",
        "kunci penanda tangan milik {key_role}, padahal peristiwa menyebut {role}",
        "ask who held the device; record it again with the right key",
        "tanyakan pemegang perangkat; catat ulang dengan kunci yang benar",
    ),
    "lacks-field": (
        "{kind} lacks {field}",
        "{kind_id} tanpa {field}",
        "correct it with what is missing",
        "koreksi dengan isian yang kurang",
    ),
    "unknown-fact": (
        "{kind} has no fact {field}",
        "{kind_id} tidak mengenal isian {field}",
        "leave it out, or use a name of the catalogue",
        "hapus, atau pakai nama dari katalog",
    ),
    "too-few-persons": (
        "{kind} needs {count} persons and names {found}",
        "{kind_id} perlu {count} orang dan hanya menyebut {found}",
        "correct it with the second person, or do it again with two",
        "koreksi dengan orang kedua, atau ulangi berdua",
    ),
    "no-witness": (
        "{kind} was not watched by any of: {roles}",
        "{kind_id} tidak disaksikan oleh: {roles_id}",
        "correct it with the witness, or explain why there was none",
        "koreksi dengan saksinya, atau jelaskan mengapa tidak ada",
    ),
    "same-party": (
        "giver and receiver are both {office}",
        "pemberi dan penerima sama-sama {office}",
        "correct it: a hand-over has two parties",
        "koreksi: serah terima punya dua pihak",
    ),
    "wrong-receiver": (
        "{role} may not receive by {kind}",
        "{role_id} tidak berhak menerima dengan {kind_id}",
        "correct the receiver, or the kind of event",
        "koreksi penerima atau jenis peristiwanya",
    ),
    "seals-of-many": (
        "seals are given for {count} units at once; they are counted for {first}",
        "segel dicatat untuk {count} unit sekaligus; dihitung untuk {first}",
        "correct it with one event for each unit",
        "koreksi dengan satu peristiwa untuk setiap unit",
    ),
    # The way of a unit.
    "unknown-unit": (
        "{kind} at {place}, but nothing was ever packed under this code",
        "{kind_id} di {place}, padahal kode ini tidak pernah dipak",
        "keep it apart; see whether the code was misread or a log is missing",
        "pisahkan; periksa apakah kode salah baca atau ada catatan yang belum digabung",
    ),
    "never-packed": (
        "{kind} at {place}, but it was never packed",
        "{kind_id} di {place}, padahal belum pernah dipak",
        "keep it apart and look for the log of the packing",
        "pisahkan dan cari catatan pengepakannya",
    ),
    "step-missing": (
        "{kind} follows '{stage}'; a step between them is missing",
        "{kind_id} setelah {stage_id}; ada langkah yang hilang",
        "merge the missing log, or record the step late with its reason",
        "gabungkan catatan yang hilang, atau catat langkah itu menyusul dengan alasannya",
    ),
    "clock-fault": (
        "{kind} on device {device} comes before {later} on {other}: a clock is wrong",
        "{kind_id} di perangkat {device} mendahului {later_id} di {other}: jam salah",
        "compare both clocks and correct the times",
        "bandingkan kedua jam dan koreksi waktunya",
    ),
    "backwards": (
        "{kind} comes after '{stage}'; it has no effect",
        "{kind_id} setelah {stage_id}; tidak berlaku",
        "correct its time, or withdraw it",
        "koreksi waktunya, atau cabut",
    ),
    "two-places": (
        "{kind} is recorded at {place} and at {other}",
        "{kind_id} tercatat di {place} dan di {other}",
        "see where it is; withdraw the other record",
        "periksa letaknya; cabut catatan yang lain",
    ),
    "no-way-back": (
        "{kind}, but it is {condition}; it has no effect",
        "{kind_id}, padahal {condition_id}; tidak berlaku",
        "keep it apart; take another from the reserve",
        "pisahkan; ambil pengganti dari cadangan",
    ),
    "custody-gap": (
        "{kind} is given by {giver}, but {holder} had it",
        "{kind_id} diserahkan {giver}, padahal dipegang {holder}",
        "record the hand-over that is missing, with its document",
        "catat serah terima yang hilang, beserta dokumennya",
    ),
    "not-holder": (
        "{kind} is recorded by {giver}, but {holder} has it",
        "{kind_id} dicatat {giver}, padahal dipegang {holder}",
        "let the holder record it, or record the hand-over",
        "pemegangnya yang mencatat, atau catat serah terimanya",
    ),
    "same-time": (
        "{kind} and {later} happened in the same second",
        "{kind_id} dan {later_id} terjadi pada detik yang sama",
        "correct the time of one of them",
        "koreksi waktu salah satunya",
    ),
    "wrong-place": (
        "it is for {destination} and was received at {place}",
        "tujuannya {destination} tetapi diterima di {place}",
        "bring it where it belongs; tell the supervisor",
        "antar ke tujuannya; laporkan kepada pengawas",
    ),
    "sealed-content": (
        "its content was changed when it was '{stage}'; it is put in quarantine",
        "isinya diubah saat {stage_id}; dikarantina",
        "count it before witnesses and decide on its release",
        "hitung di depan saksi dan putuskan pelepasannya",
    ),
    "opened-without-authority": (
        "it was opened by {giver} when it was '{stage}'; it is put in quarantine",
        "dibuka oleh {giver} saat {stage_id}; dikarantina",
        "count it before witnesses and decide on its release",
        "hitung di depan saksi dan putuskan pelepasannya",
    ),
    "seal-mismatch": (
        "seals taken off are not those put on: {missing} missing, {extra} unknown",
        "segel yang dilepas bukan yang dipasang: kurang {missing}, tak dikenal {extra}",
        "record an incident; compare with the list of seals",
        "catat insiden; cocokkan dengan daftar segel",
    ),
    "seals-changed": (
        "{kind}, but the seals are not those on record: {missing} missing, {extra} unknown",
        "{kind_id}, padahal segelnya bukan yang tercatat: kurang {missing}, tak dikenal"
        " {extra}",
        "keep it apart; ask who had it since the last hand-over; record the break or the"
        " replacement with its reason",
        "pisahkan; tanyakan pemegang sejak serah terima terakhir; catat kerusakan atau"
        " penggantiannya dengan alasan",
    ),
    "seals-disputed": (
        "{kind}: the giver read the seals {given}, the receiver {taken}",
        "{kind_id}: pemberi membaca segel {given}, penerima {taken}",
        "read them again together, before the supervisor, and correct the hand-over",
        "baca ulang bersama, di depan pengawas, dan koreksi serah terimanya",
    ),
    "seal-unknown": (
        "{kind}, but the seal {extra} was never on it",
        "{kind_id}, padahal segel {extra} tidak pernah terpasang",
        "see whether the number was misread, or the unit is another",
        "periksa apakah nomornya salah baca, atau unitnya yang lain",
    ),
    "seals-of-others": (
        "seals are stated for {found}, which is not handed over",
        "segel dicatat untuk {found}, yang tidak diserahkan",
        "correct it: state the seals of what is handed over",
        "koreksi: catat segel dari yang diserahkan",
    ),
    "seal-twice": (
        "this seal was applied {count} times",
        "segel ini dipasang {count} kali",
        "see which is genuine; correct the serial number that was misread",
        "periksa yang asli; koreksi nomor seri yang salah baca",
    ),
    "open-in-transit": (
        "{kind}, but no seal is on it",
        "{kind_id}, padahal tidak bersegel",
        "seal it before witnesses and record why it was open",
        "segel di depan saksi dan catat mengapa terbuka",
    ),
    "seen-elsewhere": (
        "it was scanned at {place}, but should be at {other}",
        "dipindai di {place}, padahal seharusnya di {other}",
        "see where it is; record the hand-over that is missing",
        "periksa letaknya; catat serah terima yang hilang",
    ),
    "condition-mismatch": (
        "{kind}, but it is {condition}; it has no effect",
        "{kind_id}, padahal {condition_id}; tidak berlaku",
        "withdraw it, or record what came before",
        "cabut, atau catat yang mendahuluinya",
    ),
    "lost-but-seen": (
        "{kind} at {place}, but it is recorded as lost",
        "{kind_id} di {place}, padahal tercatat hilang",
        "record that it was found, before witnesses",
        "catat penemuannya, di depan saksi",
    ),
    "sealed-inside": (
        "{kind}, but it lies in {container}, which is sealed",
        "{kind_id}, padahal berada dalam {container} yang tersegel",
        "see whether the code was misread, or the container opened",
        "periksa apakah kode salah baca, atau wadahnya terbuka",
    ),
    "mixed-contests": (
        "it holds ballots of {found}",
        "berisi surat suara {found}",
        "open it under authority and sort it again",
        "buka dengan wewenang dan sortir ulang",
    ),
    "wrong-area": (
        "it is for {destination} and holds {found}, of another electoral area",
        "untuk {destination} tetapi berisi {found}, dari daerah pemilihan lain",
        "do not use it; exchange it and tell the supervisor",
        "jangan dipakai; tukar dan laporkan kepada pengawas",
    ),
}
