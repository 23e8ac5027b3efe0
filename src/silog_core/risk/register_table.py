"""The starter register: eighteen risks of election logistics, with what was done about them.

Ratings are this library's own estimates, from how often each happened in 2019 and 2024;
a regency replaces them by its own.
"""

from __future__ import annotations

from silog_core.domain.register import RiskEntry, Told

_OWN = "own estimate; treatments as seen in practice"
#: Code; likelihood, impact, and both after treatment; review day; then event, cause,
#: consequence, control and treatment, each in English and Indonesian.
_ROWS: tuple[tuple[str, tuple[int, int, int, int], int, tuple[str, ...]], ...] = (
    ("LOG-01", (3, 5, 2, 4), 45, (
        "material is printed or delivered late", "barang terlambat dicetak atau dikirim",
        "late contracts, full printers", "kontrak terlambat, percetakan penuh",
        "stations open late or not at all, as 2,249 did in 2019",
        "TPS terlambat dibuka atau tidak dibuka, seperti 2.249 TPS pada 2019",
        "progress of production is watched daily", "kemajuan produksi dipantau setiap hari",
        "order early, and ship to the farthest first",
        "pesan lebih awal, dan kirim ke yang terjauh lebih dulu")),
    ("LOG-02", (3, 4, 2, 3), 20, (
        "a regency receives less than it needs", "kabupaten/kota menerima kurang dari kebutuhan",
        "short packing, wrong delivery notes", "isi kurang, surat jalan keliru",
        "ballots are missing at stations", "surat suara kurang di TPS",
        "everything is counted against the delivery note",
        "semua dihitung dan dicocokkan dengan surat jalan",
        "claim through the province at once", "segera klaim melalui provinsi")),
    ("LOG-03", (4, 3, 2, 3), 8, (
        "a kit is miscounted when it is packed", "isi kit salah hitung saat dipak",
        "tired packers, bundles of uneven size", "petugas lelah, isi ikatan tidak seragam",
        "single stations are short", "beberapa TPS kekurangan",
        "each kit has a packing list", "setiap kit memiliki daftar isi",
        "count twice, check bundle sizes, let people rest",
        "hitung dua kali, periksa isi ikatan, beri waktu istirahat")),
    ("LOG-04", (3, 4, 1, 4), 8, (
        "ballots of another area are packed", "surat suara daerah lain ikut dipak",
        "several areas in one hall", "beberapa daerah dalam satu ruang",
        "the vote is repeated", "pemungutan suara diulang",
        "ballots are bound to their area", "surat suara terikat pada daerahnya",
        "sort by area, scan when packing", "sortir per daerah, pindai saat pengepakan")),
    ("LOG-05", (3, 3, 2, 2), 10, (
        "material gets wet", "barang basah",
        "leaking roofs, rain and waves", "atap bocor, hujan dan ombak",
        "ballots and boxes are spoiled", "surat suara dan kotak rusak",
        "kits are closed", "kit tertutup",
        "plastic liners, tarpaulins, pallets, a look at the roof",
        "pelapis plastik, terpal, palet, periksa atap")),
    ("LOG-06", (4, 4, 3, 3), 7, (
        "a road is cut", "jalan putus",
        "landslides, floods, broken bridges", "longsor, banjir, jembatan rusak",
        "villages behind it get nothing in time",
        "desa di baliknya tidak menerima tepat waktu",
        "closures are in the plan", "penutupan jalan ada dalam rencana",
        "prepare a second way, place reserves beyond it, ask police and army",
        "siapkan jalan kedua, simpan cadangan di baliknya, libatkan TNI-Polri")),
    ("LOG-07", (4, 4, 3, 3), 7, (
        "sea or air is closed", "laut atau udara ditutup",
        "storm, swell, fog", "badai, gelombang, kabut",
        "islands get nothing in time, or boxes do not come back",
        "pulau tidak menerima tepat waktu, atau kotak tidak kembali",
        "months of closure are in the plan", "bulan penutupan ada dalam rencana",
        "leave five days before, by the weather service's window; keep a spare boat",
        "berangkat H-5 menurut prakiraan BMKG; siapkan perahu cadangan")),
    ("LOG-08", (2, 5, 1, 5), 5, (
        "material is stolen or destroyed", "barang dicuri atau dirusak",
        "unguarded stores, conflict", "gudang tidak dijaga, konflik",
        "the vote is put off", "pemungutan suara ditunda",
        "two parties at each hand-over", "dua pihak pada setiap serah terima",
        "escort, cameras, seals checked at each stop",
        "pengawalan, CCTV, segel diperiksa di setiap perhentian")),
    ("LOG-09", (2, 5, 2, 4), 14, (
        "a warehouse burns or is flooded", "gudang terbakar atau kebanjiran",
        "low ground, old wiring", "letak rendah, kabel tua",
        "the kits of a regency are lost", "kit satu kabupaten hilang",
        "the site is inspected", "lokasi diperiksa",
        "a second site, insurance, goods off the floor",
        "lokasi kedua, asuransi, barang di atas lantai")),
    ("LOG-10", (3, 3, 2, 3), 3, (
        "a seal is broken or does not match", "segel rusak atau tidak cocok",
        "rough handling, records kept late", "penanganan kasar, catatan terlambat",
        "the result is disputed", "hasil disengketakan",
        "seal numbers are recorded", "nomor segel dicatat",
        "quarantine, seal again with a record and a witness",
        "karantina, segel ulang dengan berita acara dan saksi")),
    ("LOG-11", (3, 3, 1, 3), 2, (
        "surplus ballots lie loose", "surat suara lebih tidak diamankan",
        "surplus is found late", "kelebihan terlambat ditemukan",
        "ballots are misused", "surat suara disalahgunakan",
        "surplus is counted", "kelebihan dihitung",
        "destroy it the day before the vote, with a record",
        "musnahkan pada H-1 dengan berita acara")),
    ("LOG-12", (5, 2, 5, 1), 5, (
        "internet or power fails", "internet atau listrik padam",
        "remote places, storms", "tempat terpencil, badai",
        "progress is not seen", "kemajuan tidak terlihat",
        "paper records", "berita acara kertas",
        "record offline, send later", "catat luring, kirim kemudian")),
    ("LOG-13", (3, 3, 2, 2), 30, (
        "operators are few or new", "operator sedikit atau baru",
        "people change posts", "pergantian petugas",
        "entries are late or wrong", "entri terlambat atau salah",
        "there is a manual", "ada panduan",
        "two operators a regency, training, roles",
        "dua operator tiap kabupaten, pelatihan, pembagian peran")),
    ("LOG-14", (2, 4, 2, 3), 45, (
        "a supplier fails", "penyedia gagal",
        "lack of money or paper", "kekurangan dana atau kertas",
        "whole lots are missing", "seluruh lot tidak tersedia",
        "framework contracts", "kontrak payung",
        "name another supplier beforehand", "tetapkan penyedia pengganti")),
    ("LOG-15", (2, 5, 1, 5), 0, (
        "boxes are lost on the way back", "kotak hilang saat kembali",
        "night, storm, tired people", "malam, badai, petugas lelah",
        "votes are lost", "suara hilang",
        "boxes are counted at the regency", "kotak dihitung di kabupaten",
        "the same custody back as out, boxes counted at each level",
        "serah terima yang sama saat kembali, kotak dihitung di setiap tingkat")),
    ("LOG-16", (3, 3, 3, 2), 2, (
        "a station moves at the last moment", "TPS pindah mendadak",
        "floods, a landlord's refusal", "banjir, pemilik lahan menolak",
        "the kit goes to the wrong place", "kit menuju tempat yang salah",
        "places are visited", "lokasi dikunjungi",
        "re-plan the trip, change the label", "rencanakan ulang perjalanan, ganti label")),
    ("LOG-17", (3, 2, 1, 2), 30, (
        "a local day of rest stops work", "hari istirahat setempat menghentikan pekerjaan",
        "church and custom", "gereja dan adat",
        "a day is lost", "satu hari hilang",
        "national holidays are in the calendar", "libur nasional ada dalam kalender",
        "put local days into the region's calendar",
        "masukkan hari setempat ke kalender wilayah")),
    ("LOG-18", (2, 4, 1, 4), 60, (
        "procurement data are false", "data pengadaan tidak benar",
        "one person enters and approves", "satu orang mengisi dan menyetujui",
        "money is lost, deliveries are missing", "kerugian uang, barang tidak dikirim",
        "documents are kept", "dokumen disimpan",
        "a trail for auditors, two people approve", "jejak audit, dua orang menyetujui")),
)  # fmt: skip


def starter_register() -> tuple[RiskEntry, ...]:
    """Return the eighteen starter risks.

    Example:
        >>> len(starter_register())
        18
    """
    return tuple(_entry(*row) for row in _ROWS)


def _entry(
    code: str, rated: tuple[int, int, int, int], review: int, said: tuple[str, ...]
) -> RiskEntry:
    event, cause, consequence, control, treatment = (
        Told(english=said[i], indonesian=said[i + 1]) for i in range(0, 10, 2)
    )
    return RiskEntry(
        code=code,
        cause=cause,
        event=event,
        consequence=consequence,
        likelihood=rated[0],
        impact=rated[1],
        control=control,
        treatment=treatment,
        residual_likelihood=rated[2],
        residual_impact=rated[3],
        review_days_before=review,
        source=_OWN,
    )
