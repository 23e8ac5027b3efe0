"""What the built-in checks say, in both languages: message and fix, by check."""

from __future__ import annotations

from silog_core.domain.findings import Finding, Severity
from silog_core.domain.locale import mode_name
from silog_core.domain.places import Place
from silog_core.domain.regions import COUNTRY
from silog_core.domain.stages import stage_name

_TEXTS: dict[str, tuple[str, str, str, str]] = {
    "late-stop": (
        "{trip} hands over at {place} {hours} h after its deadline",
        "{trip} menyerahkan di {place} {hours} jam setelah tenggat",
        "leave earlier, add a vehicle, or split the trip",
        "berangkat lebih awal, tambah kendaraan, atau bagi perjalanan",
    ),
    "late-stage": (
        "{stage} at {place} starts {hours} h later than the schedule allows",
        "{stage} di {place} mulai {hours} jam lebih lambat dari jadwal",
        "bring the supply forward, or add workers",
        "majukan pasokan, atau tambah pekerja",
    ),
    "late-return": (
        "{trip} brings boxes back to {place} {hours} h after the deadline: {reason}",
        "{trip} membawa kotak kembali ke {place} {hours} jam setelah tenggat: {reason_id}",
        "find more vehicles at {place} for the days after the vote, or fetch those boxes by"
        " another way",
        "cari tambahan kendaraan di {place} untuk hari-hari setelah pemungutan suara, atau"
        " ambil kotak itu lewat jalan lain",
    ),
    "stage-window": (
        "{stage} at {place} runs {hours} h outside the window of its stage ({side})",
        "{stage} di {place} berjalan {hours} jam di luar jendela tahapnya ({side_id})",
        "work with more people, bring the supply forward, or say in the calendar when it runs",
        "tambah pekerja, majukan pasokan, atau sebutkan waktunya di kalender",
    ),
    "too-early": (
        "{trip} brings material to {place} {hours} h before its window opens",
        "{trip} membawa barang ke {place} {hours} jam sebelum jendelanya dibuka",
        "dispatch later, or guard the place from then on",
        "kirim lebih lambat, atau jaga tempat itu sejak saat itu",
    ),
    "work-short": (
        "{stage} at {place}: {count} workers do {done} of {wanted} pieces in its days",
        "{stage} di {place}: {count} pekerja menyelesaikan {done} dari {wanted} dalam harinya",
        "begin {more} working days earlier, or find more workers or a further shift",
        "mulai {more} hari kerja lebih awal, atau cari pekerja atau regu kerja tambahan",
    ),
    "over-storage": (
        "{place} would hold {count} kits at {when}, and {holds} are safe there: {trips} bring"
        " some of them before others go on",
        "{place} akan menyimpan {count} kit pada {when_id}, padahal yang aman {holds}:"
        " {trips_id} membawa sebagian sebelum yang lain diteruskan",
        "find guarded room for {over} more kits, at least until {until}; or let what goes on"
        " from there leave earlier",
        "cari tempat aman untuk {over} kit lagi, setidaknya sampai {until_id}; atau"
        " berangkatkan lebih awal apa yang diteruskan dari sana",
    ),
    "over-storage-back": (
        "{place} would hold {count} kits at {when} after the vote, and {holds} are safe there:"
        " {trips} bring some of them before others are fetched",
        "{place} akan menyimpan {count} kit pada {when_id} setelah pemungutan suara, padahal"
        " yang aman {holds}: {trips_id} membawa sebagian sebelum yang lain diambil",
        "find guarded room for {over} more kits, at least until {until}; or fetch them from"
        " there sooner",
        "cari tempat aman untuk {over} kit lagi, setidaknya sampai {until_id}; atau ambil"
        " lebih cepat dari sana",
    ),
    "not-carried": (
        "{count} kits below {place} are not carried: {reason}",
        "{count} kit di bawah {place} tidak terangkut: {reason_id}",
        "{action}",
        "{action_id}",
    ),
    "short": (
        "{count} places below {place} get less {item} than they need: {missing} missing",
        "{count} tempat di bawah {place} kekurangan {item}: kurang {missing}",
        "{action}",
        "{action_id}",
    ),
    "unreachable": (
        "no open way leads to {place}; cut: {cut}",
        "tidak ada jalan terbuka ke {place}; terputus di: {cut}",
        "open or add one of the legs of the cut",
        "buka atau tambah salah satu ruas yang terputus",
    ),
    "single-way-in": (
        "all that goes to {count} places passes {way} by {modes}",
        "semua kiriman untuk {count} tempat melewati {way} lewat {modes}",
        "prepare a second way, or place a reserve beyond it",
        "siapkan jalan kedua, atau simpan cadangan di baliknya",
    ),
    "closed-leg": (
        "{trip} uses a way by {modes} to {place} in a closed month",
        "{trip} memakai jalan {modes} ke {place} pada bulan tertutup",
        "move it to an earlier wave, or send it another way",
        "pindahkan ke gelombang lebih awal, atau kirim lewat jalan lain",
    ),
    "over-capacity": (
        "{trip} carries {share} of what {vehicle} takes",
        "{trip} membawa {share} dari muatan {vehicle}",
        "use a bigger vehicle or a second one",
        "gunakan kendaraan lebih besar atau kendaraan kedua",
    ),
    "unlikely-on-time": (
        "{count} stations of {place} have everything on time in {share} of all cases or"
        " fewer; main cause: {cause}",
        "{count} TPS di {place} lengkap tepat waktu paling banyak pada {share} kejadian;"
        " sebab utama: {cause_id}",
        "leave earlier, or prepare against the cause, and simulate again",
        "berangkat lebih awal, atau siapkan penangkalnya, lalu simulasikan lagi",
    ),
    "over-cap": (
        "{place} has {count} voters; a station may have {cap}",
        "{place} punya {count} pemilih; satu TPS paling banyak {cap}",
        "split the station",
        "bagi TPS itu",
    ),
}


def say(
    check: str,
    severity: Severity,
    place: Place | None,
    *,
    voters: int = 0,
    stations: int = 0,
    **given: object,
) -> Finding:
    """Return a finding of *check*, its texts filled in with *given*."""
    if place is not None:
        given.setdefault("place", f"{place.code} {place.name}".strip())
    spoken = dict(given)
    if "modes" in given:
        names = str(given["modes"]).split(", ")
        spoken["modes"] = ", ".join(mode_name(name) for name in names)
    if "stage" in given:
        spoken["stage"] = stage_name(str(given["stage"]), "id")
    message, message_id, fix, fix_id = (
        text.format(**(spoken if number % 2 else given))
        for number, text in enumerate(_TEXTS[check])
    )
    return Finding(
        check=check,
        severity=severity,
        message=message,
        message_id=message_id,
        fix=fix,
        fix_id=fix_id,
        region=place.region if place else COUNTRY,
        place=place.code if place else "",
        voters=voters,
        stations=stations,
    )
