"""Why a kit is not carried, in both languages, and what would help."""

from __future__ import annotations

from silog_core.domain.locale import mode_name
from silog_core.domain.plan import UnservedKit

_TEXTS = {
    "no-way": (
        "there is no way from {home} to {place} by {mode}: no leg is given, and a position"
        " or a speed is missing",
        "tidak ada jalan dari {home} ke {place} dengan {mode}: ruas tidak diisi, dan posisi"
        " atau kecepatan tidak ada",
        "give lat and lon of both places, or add the leg to legs.csv",
        "isi lat dan lon kedua tempat, atau tambahkan ruas di legs.csv",
    ),
    "no-vehicle": (
        "{home} has no vehicle that goes by {mode}",
        "{home} tidak punya kendaraan untuk {mode}",
        "add a vehicle of that mode with home {home} to vehicles.csv",
        "tambahkan kendaraan moda itu dengan home {home} di vehicles.csv",
    ),
    "too-big": (
        "the kit of {place} is heavier or bulkier than any vehicle of {home} by {mode}",
        "kit {place} lebih berat atau lebih besar daripada kendaraan {home} untuk {mode}",
        "hire a bigger vehicle, or give the place another access mode",
        "sewa kendaraan yang lebih besar, atau ubah moda akses tempat itu",
    ),
    "no-parent": (
        "{place} has no place that supplies it",
        "{place} tidak punya tempat pemasok",
        "fill in parent in places.csv",
        "isi parent di places.csv",
    ),
    "closed": (
        "the way from {home} to {place} by {mode} is closed whenever the kit could move",
        "jalan dari {home} ke {place} dengan {mode} tertutup setiap kali kit bisa bergerak",
        "use another mode, or dispatch before the closure begins",
        "gunakan moda lain, atau kirim sebelum penutupan dimulai",
    ),
    "unready": (
        "goods at {home} are ready only after the last {mode} that would be in time",
        "barang di {home} baru siap setelah {mode} terakhir yang masih tepat waktu",
        "have the lot delivered earlier, or use a faster or open way to {place}",
        "minta pengiriman lebih awal, atau pakai jalur lain ke {place}",
    ),
    "press-slow": (
        "{home} prints what is for {place} only after the last {mode} that would be in time"
        " has left",
        "{home} baru selesai mencetak untuk {place} setelah {mode} terakhir yang masih tepat"
        " waktu berangkat",
        "print {who} pieces a day there, begin earlier, or have a part printed elsewhere",
        "cetak {who} lembar sehari di sana, mulai lebih awal, atau cetak sebagian di tempat"
        " lain",
    ),
    "press-late": (
        "{home} may begin to print only when it is too late for the last {mode} to {place}",
        "{home} baru boleh mulai mencetak ketika {mode} terakhir ke {place} sudah terlewat",
        "begin earlier there, have it printed elsewhere, or use a faster way to {place}",
        "mulai lebih awal di sana, cetak di tempat lain, atau pakai jalur lebih cepat ke"
        " {place}",
    ),
    "skill": (
        "no vehicle of {home} by {mode} can serve {place}: it takes {who}",
        "tidak ada kendaraan {home} untuk {mode} yang dapat melayani {place}: perlu {who}",
        "add a vehicle with those skills and home {home} to vehicles.csv, or empty the skills"
        " of {place}",
        "tambahkan kendaraan dengan skills itu dan home {home} di vehicles.csv, atau kosongkan"
        " skills {place}",
    ),
    "escort": (
        "no {who} is free to ride along from {home} to {place} in time",
        "tidak ada {who} yang bebas mengawal dari {home} ke {place} tepat waktu",
        "find more {who} for the warehouse, or put stops that need them on one trip",
        "cari tambahan {who} untuk gudang, atau gabungkan hentian yang memerlukannya",
    ),
    "rest": (
        "the crew from {home} to {place} by {mode} would go longer than it may without a rest",
        "awak dari {home} ke {place} dengan {mode} akan bertugas lebih lama daripada yang"
        " boleh tanpa istirahat",
        "use a faster way or a relief crew, or raise break_after_s of the vehicle",
        "pakai jalur yang lebih cepat atau awak pengganti, atau naikkan break_after_s"
        " kendaraan",
    ),
    "guard": (
        "the way from {home} to {place} by {mode} takes more than a day, and no guarded place"
        " lies on it",
        "jalan dari {home} ke {place} dengan {mode} lebih dari sehari, dan tidak ada tempat"
        " yang dijaga di jalurnya",
        "find a guarded place, such as a police post, at {place}: guarded = yes in places.csv",
        "cari tempat yang dijaga, misalnya pos polisi, di {place}: guarded = ya di places.csv",
    ),
    "outranked": (
        "vehicles or escorts of {home} that could be at {place} in time by {mode} go to"
        " places of a higher priority",
        "kendaraan atau pengawal {home} yang dapat tiba di {place} tepat waktu dengan {mode}"
        " melayani tempat yang prioritasnya lebih tinggi",
        "add vehicles or escorts of {home}, or give {place} a higher priority in places.csv",
        "tambah kendaraan atau pengawal {home}, atau naikkan priority {place} di places.csv",
    ),
    "no-turn": (
        "every {mode} vehicle of {home} is under way when it would have to leave for {place}",
        "semua kendaraan {home} untuk {mode} sedang jalan saat harus berangkat ke {place}",
        "add vehicles of {home} to vehicles.csv, or have the goods ready earlier",
        "tambah kendaraan {home} di vehicles.csv, atau siapkan barang lebih awal",
    ),
}


def unserved(
    code: str,
    *,
    kit: str,
    echelon: str,
    home: str = "",
    place: str = "",
    mode: str = "",
    who: str = "",
) -> UnservedKit:
    """Return the record of a kit that is not carried.

    Example:
        >>> unserved(
        ...     "no-parent", kit="12.71.01", echelon="warehouse-hub", place="12.71.01"
        ... ).action
        'fill in parent in places.csv'
    """
    given = {"home": home, "place": place, "mode": mode, "who": who}
    spoken = (given, {**given, "mode": mode_name(mode)})
    reason, reason_id, action, action_id = (
        text.format(**spoken[number % 2]) for number, text in enumerate(_TEXTS[code])
    )
    return UnservedKit(
        kit=kit,
        echelon=echelon,
        code=code,
        reason=reason,
        reason_id=reason_id,
        action=action,
        action_id=action_id,
    )
