"""What a damage of a ledger is, and how it is mended, in both languages."""

from __future__ import annotations

#: Damages besides those of `silog_core.custody.verify_texts`: Indonesian and English.
DAMAGES: dict[str, tuple[str, str]] = {
    "unread": ("penyimpanan tidak terbaca: {}", "the store cannot be read: {}"),
    "pages": ("berkas rusak: {}", "the file is damaged: {}"),
    "hole": ("ada baris yang hilang: {}", "rows are missing: {}"),
    "orphan": ("{} baris tanpa aliran", "{} rows belong to no stream"),
    "guard": (
        "pengaman terhadap perubahan dicabut",
        "what refuses changes was taken away",
    ),
    "rows-missing": (
        "seharusnya ada {} baris, sebagian hilang",
        "there should be {} rows, and some are missing",
    ),
    "orphan-rows": (
        "seharusnya ada {} baris, selebihnya tidak tercakup titik cek",
        "there should be {} rows; no checkpoint covers the others",
    ),
    "index-only": (
        "indeks tidak sesuai; catatannya sendiri utuh",
        "the index does not fit; the records themselves are whole",
    ),
    "device-log": ("log perangkat rusak: {}", "the device's own log is broken: {}"),
    "backup-part": ("bagian cadangan rusak: {}", "the part of a backup is broken: {}"),
    "people-wrong": (
        "data pribadi tidak cocok dengan komitmen {}",
        "personal data does not fit the commitment {}",
    ),
    "people-orphan": (
        "data pribadi {} tidak dirujuk peristiwa mana pun",
        "personal data {} is of no event",
    ),
}

_RESTORE = (
    "simpan salinannya sebagai bukti, pulihkan cadangan terakhir yang utuh dengan silog"
    " ledger restore, lalu gabungkan lagi log semua perangkat",
    "keep a copy as evidence, restore the last backup that is whole with silog ledger"
    " restore, then merge the logs of all devices again",
)
_COPY = (
    "salin ke penyimpanan baru, yang memilikinya lagi: silog ledger backup, lalu restore;"
    " cari tahu siapa yang melakukannya",
    "copy it to a new store, which has it again: silog ledger backup, then restore; find"
    " out who did it",
)
_ANEW = (
    "buat cadangan dengan silog ledger backup, yang menyusun indeks baru, lalu pulihkan",
    "write a backup with silog ledger backup, which builds the index anew, then restore it",
)

#: What to do about each damage: Indonesian and English.
MENDS: dict[str, tuple[str, str]] = {
    "no-ledger": (
        "sebutkan berkas lain, atau pulihkan cadangan",
        "name another file, or restore a backup",
    ),
    **dict.fromkeys(
        (
            "checkpoint",
            "root",
            "record",
            "chain",
            "roster",
            "index",
            "hole",
            "pages",
            "unread",
            "rows-missing",
        ),
        _RESTORE,
    ),
    **dict.fromkeys(("guard", "orphan", "foreign", "orphan-rows"), _COPY),
    "index-only": _ANEW,
    "seal": (
        "minta log dari perangkat itu sendiri; bila tetap tidak sah, simpan sebagai bukti",
        "ask for the log from the device itself; if it still fails, keep it as evidence",
    ),
    "backup-part": (
        "salin bagian itu sekali lagi dari tempat simpannya; bila hilang, buat cadangan utuh",
        "copy the part again from where it was kept; if it is lost, make a whole backup",
    ),
    "device-log": (
        "simpan berkasnya sebagai bukti; yang sudah digabungkan aman; mulai log baru dengan"
        " nama perangkat dan kunci baru",
        "keep the file as evidence; what was merged is safe; begin a new log under a new"
        " name and key",
    ),
    "unsealed": (
        "gabungkan log terbaru perangkat itu, yang disegel",
        "merge the newest log of that device, which is sealed",
    ),
    "fork": (
        "keduanya disimpan: tanyakan kepada pencatatnya, koreksi dengan peristiwa baru, dan"
        " cabut kunci perangkat yang disalin",
        "both are kept: ask who recorded them, correct with a new event, and revoke the key"
        " of a device that was copied",
    ),
    "not-allowed": (
        "cari siapa yang menulis di luar program, cabut kuncinya, dan biarkan pemegang peran"
        " itu mencatat koreksi",
        "find out who wrote past the program, revoke that key, and let the holder of the role"
        " record a correction",
    ),
    "known": (
        "bandingkan kedua titik cek dengan pengawas: salah satunya palsu, atau salinan ini"
        " lebih lama",
        "compare both checkpoints with the supervisor: one is forged, or this copy is older",
    ),
    "witnesses": (
        "bawa titik cek kepada saksi: silog ledger witness",
        "take the checkpoint to witnesses: silog ledger witness",
    ),
    "people-wrong": (
        "data itu bukan yang dicatat: ambil dari cadangan data pribadi, atau hapus",
        "it is not what was recorded: take it from a backup of the personal data, or erase it",
    ),
    "people-orphan": (
        "hapus: silog ledger erase; tidak ada peristiwa yang memerlukannya",
        "erase it: silog ledger erase; no event needs it",
    ),
}
