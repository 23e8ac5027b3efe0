"""Texts of problems of quantities, plans and sums, in both languages."""

from __future__ import annotations

#: Code to: what is wrong (English, Indonesian), what to do (English, Indonesian).
TEXTS: dict[str, tuple[str, str, str, str]] = {
    # Quantities.
    "receipt-does-not-add-up": (
        "{what}: note {note} plus surplus {surplus} less shortage {shortage} is not the"
        " counted {counted}, or good {good} and damaged {damaged} are not",
        "{what}: surat jalan {note} ditambah lebih {surplus} dikurangi kurang {shortage} tidak"
        " sama dengan {counted}, atau baik {good} dan rusak {damaged} tidak",
        "count again before both parties and correct the receipt",
        "hitung ulang di depan kedua pihak dan koreksi tanda terimanya",
    ),
    "short-receipt": (
        "{what}: {shortage} short of the delivery note of {note}",
        "{what}: kurang {shortage} dari surat jalan {note}",
        "ask the supplier through the province for the rest",
        "minta sisanya kepada penyedia melalui provinsi",
    ),
    "carton-missing": (
        "it was shipped under the delivery note {note} and did not come",
        "dikirim dengan surat jalan {note} dan tidak datang",
        "look for it with the carrier; claim what it holds from the supplier",
        "cari bersama pengangkut; mintakan isinya kepada penyedia",
    ),
    "carton-extra": (
        "it came and is not on the delivery note {note}",
        "datang padahal tidak ada di surat jalan {note}",
        "keep it apart; ask the supplier whose it is",
        "pisahkan; tanyakan kepada penyedia milik siapa",
    ),
    "carton-twice": (
        "{kind} {count} times under one code",
        "{kind_id} {count} kali dengan satu kode",
        "see whether the code was misread or stands on two cartons",
        "periksa apakah kodenya salah baca atau tertempel di dua karton",
    ),
    "carton-count": (
        "the delivery note says {count} cartons and lists {found}",
        "surat jalan menyebut {count} karton dan mendaftar {found}",
        "count the cartons with the carrier and correct the note",
        "hitung kartonnya bersama pengangkut dan koreksi surat jalannya",
    ),
    "note-differs": (
        "{what}: the receipt reads {note} on the delivery note {number}, which was"
        " {shipped} when it left",
        "{what}: tanda terima membaca {note} pada surat jalan {number}, padahal {shipped}"
        " saat berangkat",
        "compare both copies of the note with the supplier",
        "cocokkan kedua lembar surat jalan dengan penyedia",
    ),
    "more-than-before": (
        "{later} pieces of {what} are {stage}, but only {earlier} were {before}",
        "{later} lembar {what} {stage_id}, padahal hanya {earlier} {before_id}",
        "merge the missing log, or correct the quantity",
        "gabungkan catatan yang hilang, atau koreksi jumlahnya",
    ),
    "negative-stock": (
        "{count} more {what} left it than ever came in",
        "{what} keluar {count} lebih banyak daripada yang pernah masuk",
        "record the receipt that is missing, or correct the quantity",
        "catat penerimaan yang belum tercatat, atau koreksi jumlahnya",
    ),
    "not-accounted": (
        "{what}: received {received} is not used {used}, spoiled {spoiled} and unused"
        " {unused} together",
        "{what}: diterima {received} tidak sama dengan dipakai {used}, rusak {spoiled} dan"
        " sisa {unused}",
        "count again before witnesses and correct the minutes",
        "hitung ulang di depan saksi dan koreksi berita acaranya",
    ),
    "use-does-not-add-up": (
        "{what}: used {used} is not valid {valid} and invalid {invalid} together, or not as"
        " many as the {signatures} signatures",
        "{what}: dipakai {used} tidak sama dengan sah {valid} dan tidak sah {invalid}, atau"
        " dengan {signatures} tanda tangan",
        "count again before witnesses and correct the minutes",
        "hitung ulang di depan saksi dan koreksi berita acaranya",
    ),
    "more-used-than-voters": (
        "{what}: {used} used by {voters} voters",
        "{what}: {used} dipakai oleh {voters} pemilih",
        "compare the attendance list with the ballots, before the supervisor",
        "cocokkan daftar hadir dengan surat suara, di depan pengawas",
    ),
    "counted-twice": (
        "{what} was counted {count} times; the last count stands",
        "{what} dihitung {count} kali; hitungan terakhir yang dipakai",
        "withdraw the count that is wrong",
        "cabut hitungan yang salah",
    ),
    "received-differs": (
        "{what}: {received} received, {packed} packed for it",
        "{what}: diterima {received}, dipak {packed}",
        "short ballots come from the nearest station with the same ballot; record it",
        "kekurangan diambil dari TPS terdekat dengan surat suara yang sama; catat",
    ),
    "donor-left-short": (
        "{what}: gives more than it holds, or more than its voters spare",
        "{what}: memberi lebih dari yang dimiliki, atau dari yang dapat dilepas pemilihnya",
        "take it from another station",
        "ambil dari TPS lain",
    ),
    # Expected against actual.
    "step-not-taken": (
        "{step} at {place} was due {due} and is not recorded",
        "{step_id} di {place} seharusnya {due} dan belum tercatat",
        "ask the officer there; merge the device's log",
        "tanyakan petugas di sana; gabungkan catatan perangkatnya",
    ),
    "step-late": (
        "{step} at {place} was due {due}, and came {late} h later",
        "{step_id} di {place} seharusnya {due}, terlambat {late} jam",
        "shorten what follows, or send a second vehicle",
        "percepat langkah berikutnya, atau kirim kendaraan kedua",
    ),
    "other-place": (
        "{step} happened at {place} and not at {expected}",
        "{step_id} terjadi di {place}, bukan di {expected}",
        "bring it where it belongs, or record why the way changed",
        "antar ke tujuannya, atau catat mengapa rutenya berubah",
    ),
    "not-in-plan": (
        "it is not in the plan",
        "tidak ada dalam rencana",
        "see whether the code was misread; the plan names all kits",
        "periksa apakah kode salah baca; rencana memuat semua kit",
    ),
    "extra-step": (
        "{step} at {place} is not in the plan",
        "{step_id} di {place} tidak ada dalam rencana",
        "record why the way changed",
        "catat mengapa rutenya berubah",
    ),
    "other-quantity": (
        "{what}: {found} packed, {wanted} planned",
        "{what}: dipak {found}, direncanakan {wanted}",
        "open it under authority and complete it, or correct the record",
        "buka dengan wewenang dan lengkapi, atau koreksi catatannya",
    ),
    "silent": (
        "{count} steps are overdue and nothing was heard for {hours} h",
        "{count} langkah terlambat dan tidak ada kabar selama {hours} jam",
        "call the officer; without network let a messenger bring the log",
        "hubungi petugasnya; tanpa jaringan kirim kurir membawa catatannya",
    ),
    # Reconciliation.
    "loose-ballots": (
        "{count} {what} lie loose at the warehouse after the day before the vote",
        "{count} {what} masih lepas di gudang setelah H-1",
        "destroy the surplus before witnesses, with minutes",
        "musnahkan kelebihannya di depan saksi, dengan berita acara",
    ),
    "not-conserved": (
        "{what}: {produced} produced, {found} found in all places together",
        "{what}: diproduksi {produced}, ditemukan {found} di semua tempat",
        "look for the step at which they part; merge the logs that are missing",
        "cari langkah selisihnya; gabungkan catatan yang hilang",
    ),
    "box-not-back": (
        "it went out and is not back, and no incident is open",
        "keluar dan belum kembali, tanpa insiden terbuka",
        "ask the station and the village; record an incident",
        "tanyakan KPPS dan PPS; catat insiden",
    ),
    "sum-differs": (
        "{what}: {total} stated, {found} added up from below",
        "{what}: tertulis {total}, jumlah bawahannya {found}",
        "find the station that differs, and correct it",
        "cari TPS yang berbeda, dan koreksi",
    ),
    # Procurement.
    "order-not-approved": (
        "it was carried out without an approval",
        "dilaksanakan tanpa persetujuan",
        "let the secretary or the chair approve it, and ask why it went ahead",
        "mintakan persetujuan sekretaris atau ketua, dan tanyakan mengapa sudah berjalan",
    ),
    "approved-by-decider": (
        "{who} both decided and approved it",
        "{who} memutuskan sekaligus menyetujui",
        "let a second person approve it",
        "mintakan persetujuan orang kedua",
    ),
    "more-than-ordered": (
        "{received} pieces of {what} came, {ordered} were ordered",
        "{what} datang {received}, dipesan {ordered}",
        "keep the surplus apart and report it; correct the receipt if it was miscounted",
        "pisahkan kelebihannya dan laporkan; koreksi tanda terima bila salah hitung",
    ),
    "no-quality-control": (
        "{what} was shipped, and no quality control is recorded",
        "{what} dikirim tanpa catatan uji mutu",
        "inspect it at the receipt; merge the log of the inspection",
        "periksa saat diterima; gabungkan catatan uji mutunya",
    ),
    "over-budget": (
        "{item} is ordered for Rp {value}, the budget is Rp {budget}",
        "{item} dipesan seharga Rp {value}, anggarannya Rp {budget}",
        "lower the order, or have the budget revised before the contract",
        "kurangi pesanan, atau revisi anggaran sebelum kontrak",
    ),
}
