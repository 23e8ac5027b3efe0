"""Words of reports, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

_EN = {
    "regencies": "Regencies and cities", "subdistricts": "Subdistricts",
    "villages": "Villages", "stations": "Polling stations", "voters": "Voters",
    "ballots": "Ballots, reserves included", "needs": "Needs", "trips": "Trips by mode",
    "out": "out", "back": "back", "cost": "Transport", "distance": "Distance",
    "transport": "Cost", "mass": "Mass that leaves the warehouses",
    "latest": "Latest departures: first and last", "line-haul": "Supplier to warehouse",
    "warehouse-hub": "Warehouse to subdistrict", "hub-village": "Subdistrict to village",
    "village-station": "Village to station",
    "warehouse-landing": "Warehouse to landing", "hub-landing": "Subdistrict to landing",
    "village-landing": "Village to landing", "findings": "Findings",
    "shortfalls": "Missing: gets / needs", "estimates": "Estimates that this rests on",
    "loans": "Loans between warehouses", "losses": "Lost since the plan was made",
    "revotes": "Stations that vote again",
    "made": "Made with", "seed": "Seed", "rules": "Rules", "solvers": "Solvers",
    "plugins": "Plugins", "degraded": "Planned although a plugin failed",
    "waived": "Rule lifted by a region",
    "none": "none", "more": "and {count} more", "block": "BLOCK", "serious": "serious",
    "warn": "warning", "info": "note",
    "saved": "The plan lies in {path}", "sound": "The checker finds nothing against it.",
    "unsound": "The checker finds {count} violations:", "planning": "Planning",
    "stage needs": "Needs", "stage routes": "Routes, by warehouse",
    "stage allocation": "Allocation", "stage checks": "Checks",
    "no problems": "No problems: the scenario can be planned.",
    "problems": "{count} problems:", "place": "place", "item": "item",
    "quantity": "quantity", "total": "total",
    "left out": "section {name} left out: {why}",
    "trips sound": "Nothing is wrong with these trips.",
    "trip findings": "{count} rules are broken.",
}  # fmt: skip
_ID = {
    "regencies": "Kabupaten/kota", "subdistricts": "Kecamatan",
    "villages": "Desa/kelurahan", "stations": "TPS", "voters": "Pemilih",
    "ballots": "Surat suara, termasuk cadangan", "needs": "Kebutuhan",
    "trips": "Perjalanan menurut moda", "out": "pergi", "back": "kembali",
    "cost": "Angkutan", "distance": "Jarak", "transport": "Biaya",
    "mass": "Berat yang keluar dari gudang",
    "latest": "Keberangkatan paling lambat: pertama dan terakhir",
    "line-haul": "Penyedia ke gudang", "warehouse-hub": "Gudang ke kecamatan",
    "hub-village": "Kecamatan ke desa", "village-station": "Desa ke TPS",
    "warehouse-landing": "Gudang ke dermaga", "hub-landing": "Kecamatan ke dermaga",
    "village-landing": "Desa ke dermaga",
    "findings": "Temuan", "shortfalls": "Kekurangan: mendapat / butuh",
    "loans": "Pinjaman antargudang", "losses": "Hilang sejak rencana dibuat",
    "revotes": "TPS yang memungut suara ulang",
    "estimates": "Perkiraan yang menjadi dasar", "made": "Dibuat dengan", "seed": "Benih acak",
    "rules": "Aturan", "solvers": "Penyelesai", "plugins": "Plugin",
    "degraded": "Direncanakan walau plugin gagal",
    "waived": "Aturan dikesampingkan daerah", "none": "tidak ada",
    "more": "dan {count} lagi", "block": "HENTIKAN", "serious": "serius",
    "warn": "peringatan", "info": "catatan",
    "saved": "Rencana ada di {path}",
    "sound": "Pemeriksa tidak menemukan pelanggaran.",
    "unsound": "Pemeriksa menemukan {count} pelanggaran:", "planning": "Merencanakan",
    "stage needs": "Kebutuhan", "stage routes": "Rute, per gudang",
    "stage allocation": "Alokasi", "stage checks": "Pemeriksaan",
    "no problems": "Tidak ada masalah: skenario dapat direncanakan.",
    "problems": "{count} masalah:", "place": "tempat", "item": "barang",
    "quantity": "jumlah", "total": "jumlah",
    "left out": "bagian {name} dihilangkan: {why}",
    "trips sound": "Tidak ada yang salah pada perjalanan ini.",
    "trip findings": "{count} aturan dilanggar.",
}  # fmt: skip


def words(lang: str) -> Mapping[str, str]:
    """Return the words of a language, ``id`` or ``en``.

    Example:
        >>> words("id")["stations"], words("en")["stations"]
        ('TPS', 'Polling stations')
    """
    return _ID if lang == "id" else _EN
