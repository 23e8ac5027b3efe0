"""Words of the risk report, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

_EN = {
    "register": "Register, the heaviest first (weight, after treatment)",
    "owner": "Owner {owner}, manager {manager}, review H-{days}",
    "treatment": "treatment: {said}",
    "more": "and {count} more",
    "legs": "Legs without another way: stations and voters behind",
    "odds": "P(everything on time), {draws} draws, seed {seed}",
    "late": "stations late on average {mean}, in the worst 5 % of the draws {worst}",
    "worst": "Stations with the least chance (95 % interval)",
    "regencies": "Regencies with late stations: on average, worst 5 %, least chance",
    "mitigations": "Mitigations, on the same draws: gain in stations and voters, cost, left",
    "priced": "; the price: {source}",
    "back": "P(boxes back by {due})",
    "back_late": "stations whose boxes are late on average {mean}, in the worst 5 % {worst}",
    "back_nobody": "no station's boxes are late in any draw",
    "back_unasked": "the calendar gives no deadline for the way back",
    "back_none": "the plan has no way back",
    "none": "none",
    "nobody": "no station is late in any draw",
    "rupiah": "Rp {count}",
    "lessons": "What helped in regions alike",
    "saved": "Register and drawings lie in {path}",
    "very_low": "very low", "low": "low", "medium": "medium", "high": "high",
    "very_high": "very high",
}  # fmt: skip
_ID = {
    "register": "Daftar risiko, yang terberat lebih dulu (bobot, setelah penanganan)",
    "owner": "Pemilik {owner}, pengelola {manager}, ditinjau H-{days}",
    "treatment": "penanganan: {said}",
    "more": "dan {count} lagi",
    "legs": "Ruas tanpa jalan lain: TPS dan pemilih di baliknya",
    "odds": "P(semua tepat waktu), {draws} simulasi, benih {seed}",
    "late": "TPS terlambat rata-rata {mean}, pada 5 % simulasi terburuk {worst}",
    "worst": "TPS dengan peluang terkecil (selang 95 %)",
    "regencies": "Kabupaten/kota dengan TPS terlambat: rata-rata, 5 % terburuk, peluang terkecil",
    "mitigations": "Mitigasi, pada simulasi yang sama: manfaat TPS dan pemilih, biaya, sisa",
    "priced": "; harganya: {source}",
    "back": "P(kotak kembali sebelum {due})",
    "back_late": "TPS yang kotaknya terlambat rata-rata {mean}, pada 5 % terburuk {worst}",
    "back_nobody": "tidak ada TPS yang kotaknya terlambat pada simulasi mana pun",
    "back_unasked": "kalender tidak memuat tenggat perjalanan balik",
    "back_none": "rencana tidak memuat perjalanan balik",
    "none": "tidak ada",
    "nobody": "tidak ada TPS yang terlambat pada simulasi mana pun",
    "rupiah": "Rp {count}",
    "lessons": "Yang membantu di wilayah serupa",
    "saved": "Daftar risiko dan gambar ada di {path}",
    "very_low": "sangat rendah", "low": "rendah", "medium": "sedang", "high": "tinggi",
    "very_high": "sangat tinggi",
}  # fmt: skip


def risk_words(lang: str) -> Mapping[str, str]:
    """Return the words of a language, ``id`` or ``en``.

    Example:
        >>> risk_words("id")["high"], risk_words("en")["high"]
        ('tinggi', 'high')
    """
    return _ID if lang == "id" else _EN
