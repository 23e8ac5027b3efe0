"""What is wrong with a typed trip and what to do about it, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from silog_core.domain.problems import Said
from silog_core.domain.typed_trips import TripFinding

#: Code to: what (English, Indonesian), then what to do (English, Indonesian).
TEXTS: Mapping[str, tuple[str, str, str, str]] = {
    "payload": (
        "{vehicle} carries {load}, {over} more than it takes",
        "{vehicle} membawa {load}, lebih {over} dari daya angkutnya",
        "move a stop to another trip, or use a larger vehicle",
        "pindahkan satu hentian ke perjalanan lain, atau pakai kendaraan yang lebih besar",
    ),
    "volume": (
        "{vehicle} is loaded with {load}, {over} more than fits",
        "{vehicle} dimuati {load}, lebih {over} dari ruangnya",
        "move a stop to another trip, or use a larger vehicle",
        "pindahkan satu hentian ke perjalanan lain, atau pakai kendaraan yang lebih besar",
    ),
    "leg-load": (
        "{load} go to {place} on a leg that takes {limit}",
        "{load} menuju {place} lewat ruas yang hanya menahan {limit}",
        "split the load over more trips, or take another way",
        "bagi muatan ke beberapa perjalanan, atau lewat jalan lain",
    ),
    "typed-load": (
        "{typed} are typed for {place}; what it is waiting for is {load}",
        "tertulis {typed} untuk {place}; yang ditunggunya {load}",
        "take all of it or none: a sealed kit is never split",
        "bawa seluruhnya atau tidak sama sekali: kit bersegel tidak dipecah",
    ),
    "late": (
        "{place} is served {over} too late: {at} instead of {limit}",
        "{place} dilayani terlambat {over}: {at}, seharusnya {limit}",
        "leave earlier, visit it sooner, or send another vehicle",
        "berangkat lebih awal, kunjungi lebih dulu, atau kirim kendaraan lain",
    ),
    "early": (
        "{place} is served {over} too early: {at}, it may take in kits from {limit}",
        "{place} dilayani terlalu awal {over}: {at}, baru boleh menerima kit sejak {limit}",
        "leave later: what waits unguarded is stolen",
        "berangkat lebih siang: barang yang menunggu tanpa penjagaan rawan hilang",
    ),
    "closed": (
        "{mode} is closed on the way to {place} at {at}: {why}",
        "jalur {mode} menuju {place} tertutup pada {at}: {why}",
        "leave at {next}",
        "berangkat pada {next}",
    ),
    "no-break": (
        "the crew of {vehicle} is on duty for {over} from {at} on without a rest of {rest};"
        " it may be for {limit}",
        "awak {vehicle} bertugas {over} sejak {at} tanpa istirahat {rest}; batasnya {limit}",
        "rest by {next} at the latest, or send a relief crew",
        "istirahat paling lambat {next}, atau kirim awak pengganti",
    ),
    "rest-elsewhere": (
        "a rest at {at} at {place}, where the vehicle is not at that time",
        "istirahat pada {at} di {place}, padahal kendaraan tidak di sana saat itu",
        "give the time and the place at which it stands",
        "isi waktu dan tempat kendaraan berhenti",
    ),
    "closed-for-good": (
        "{mode} to {place} stays closed from {at} on: {why}",
        "jalur {mode} menuju {place} tertutup terus sejak {at}: {why}",
        "leave before the closure, or use another mode",
        "berangkat sebelum penutupan, atau pakai moda lain",
    ),
    "hours": (
        "the trip leaves at {at}, outside the working day",
        "perjalanan berangkat pada {at}, di luar jam kerja",
        "leave at {next}",
        "berangkat pada {next}",
    ),
    "arrival": (
        "{place} cannot be reached at {typed}, at {at} at the earliest",
        "{place} tidak mungkin dicapai pada {typed}, paling cepat {at}",
        "correct the arrival, or leave earlier",
        "perbaiki jam tiba, atau berangkat lebih awal",
    ),
    "mode": (
        "{vehicle} goes by {mode}, and {place} is reached by {needs}",
        "{vehicle} lewat {mode}, sedangkan {place} dicapai lewat {needs}",
        "use a vehicle that goes by {needs}",
        "pakai kendaraan yang lewat {needs}",
    ),
    "vehicle": (
        "{home} has no {vehicle}",
        "{home} tidak punya {vehicle}",
        "use one of: {has}; or add it to vehicles.csv",
        "pakai salah satu: {has}; atau tambahkan ke vehicles.csv",
    ),
    "fleet": (
        "{count} of {vehicle} are out at once, {home} has {limit}",
        "{count} {vehicle} berjalan bersamaan, {home} hanya punya {limit}",
        "leave after {next}, when one is back, or add a vehicle",
        "berangkat setelah {next}, saat satu kembali, atau tambah kendaraan",
    ),
    "two-at-once": (
        "{vehicle} {unit} is still on trip {other} until {at}",
        "{vehicle} {unit} masih dipakai perjalanan {other} sampai {at}",
        "leave later, or give the trip another vehicle",
        "berangkat lebih siang, atau pakai kendaraan lain",
    ),
    "home": (
        "{home} sends nothing out: trips leave from a warehouse, hub or village",
        "{home} tidak mengirim: perjalanan berangkat dari gudang, PPK atau PPS",
        "give the place that supplies {place}: {parent}",
        "isi tempat yang memasok {place}: {parent}",
    ),
    "parent": (
        "{place} is supplied by {parent}, not by {home}",
        "{place} dipasok oleh {parent}, bukan oleh {home}",
        "let the trip leave from {parent}: every hand-over needs its receiver",
        "berangkatkan dari {parent}: tiap serah terima perlu penerimanya",
    ),
    "no-way": (
        "no way by {mode} is known from {tail} to {place}",
        "tidak diketahui jalan lewat {mode} dari {tail} ke {place}",
        "give both positions in places.csv, or the leg in legs.csv",
        "isi posisi keduanya di places.csv, atau ruasnya di legs.csv",
    ),
    "twice": (
        "{place} is visited twice: what it waits for is on trip {other} already",
        "{place} dikunjungi dua kali: kebutuhannya sudah di perjalanan {other}",
        "take the row out, or name the kits of each trip in a column kits",
        "hapus baris ini, atau sebut kit tiap perjalanan di kolom kits",
    ),
    "needs-nothing": (
        "{place} is waiting for nothing",
        "{place} tidak menunggu apa pun",
        "take the row out",
        "hapus baris ini",
    ),
    "wrong-kit": (
        "the kit of {kit} does not pass through {place}",
        "kit {kit} tidak lewat {place}",
        "take it to the place that hands it on",
        "bawa ke tempat yang meneruskannya",
    ),
    "forgotten": (
        "no trip goes to {place}, which is waiting for {kits}",
        "tidak ada perjalanan ke {place}, yang menunggu {kits}",
        "add a stop to a trip from {home}",
        "tambahkan hentian pada perjalanan dari {home}",
    ),
    "forgotten-home": (
        "no trip leaves from {home}, and {count} places are waiting",
        "tidak ada perjalanan dari {home}, padahal {count} tempat menunggu",
        "add trips from {home}, or judge other homes alone with --home",
        "tambahkan perjalanan dari {home}, atau nilai asal lain saja dengan --home",
    ),
    "left-behind": (
        "{kits} for {place} stay behind",
        "{kits} untuk {place} tertinggal",
        "add them to a trip",
        "tambahkan ke satu perjalanan",
    ),
    "not-there-yet": (
        "the trip leaves {home} at {at}, and what {place} waits for comes there at {limit}",
        "perjalanan berangkat dari {home} pada {at}, sedangkan barang {place} baru tiba {limit}",
        "leave after it has come",
        "berangkat setelah barang tiba",
    ),
    # Of the way back.
    "forgotten-back": (
        "no trip fetches {kits} from {place}",
        "tidak ada perjalanan yang mengambil {kits} dari {place}",
        "add a stop to a trip back to {home}",
        "tambahkan hentian pada perjalanan kembali ke {home}",
    ),
    "left-behind-back": (
        "{kits} of {place} are not fetched",
        "{kits} dari {place} tidak diambil",
        "add them to a trip back to {home}",
        "tambahkan ke perjalanan kembali ke {home}",
    ),
    "late-back": (
        "boxes are back at {home} {over} too late: {at} instead of {limit}",
        "kotak kembali di {home} terlambat {over}: {at}, seharusnya {limit}",
        "fetch them sooner, or send another vehicle",
        "ambil lebih awal, atau kirim kendaraan lain",
    ),
    # Of crews.
    "no-skill": (
        "{vehicle} lacks {skills}, which {place} asks for",
        "{vehicle} tidak punya {skills}, yang diminta {place}",
        "send a vehicle that has it",
        "kirim kendaraan yang punya",
    ),
    "guard": (
        "on the way to or at {place} the vehicle is out after {at}, for {over}, and no place"
        " there is guarded at night",
        "di jalan ke atau di {place} kendaraan masih di luar setelah {at}, selama {over}, dan"
        " tidak ada tempat yang dijaga malam hari",
        "leave in the morning, or spend the night at a guarded place before",
        "berangkat pagi, atau bermalam di tempat yang dijaga sebelumnya",
    ),
    "no-escort": (
        "{who} must ride along, and nobody of them does",
        "{who} harus mengawal, dan tidak ada yang ikut",
        "write {who} in the column escorts",
        "tulis {who} di kolom pengawal",
    ),
    "few-escorts": (
        "{count} trips leave with {who} at once, {home} has {limit}",
        "{count} perjalanan membawa {who} bersamaan, {home} hanya punya {limit}",
        "leave after {next}, when one is back",
        "berangkat setelah {next}, saat satu kembali",
    ),
    # Of goods in bulk.
    "no-leg": (
        "no {mode} leg leads from {tail} to {place}; {needs} does",
        "tidak ada ruas {mode} dari {tail} ke {place}; adanya {needs}",
        "use a vehicle that goes by {needs}, or give the leg in legs.csv",
        "pakai kendaraan yang lewat {needs}, atau isi ruasnya di legs.csv",
    ),
    "leg-full": (
        "{load} in all go from {tail} to {place} by {mode}, on a leg that takes {limit}",
        "{load} seluruhnya dari {tail} ke {place} lewat {mode}, di ruas yang menahan {limit}",
        "send some of it another way",
        "kirim sebagian lewat jalan lain",
    ),
    "no-stock": (
        "{load} of {item} have left {home} by {at}, and {limit} were there",
        "{load} {item} sudah berangkat dari {home} sampai {at}, padahal adanya {limit}",
        "leave when the next lot is there, or take less",
        "berangkat saat lot berikutnya ada, atau bawa lebih sedikit",
    ),
    "late-goods": (
        "{item} is at {place} {over} too late: {at} instead of {limit}",
        "{item} tiba di {place} terlambat {over}: {at}, seharusnya {limit}",
        "leave earlier, or take a faster way",
        "berangkat lebih awal, atau lewat jalan yang lebih cepat",
    ),
    "goods-missing": (
        "{load} of {item} for {place} are on no trip",
        "{load} {item} untuk {place} tidak ada di perjalanan mana pun",
        "add them to a trip to {place}",
        "tambahkan ke perjalanan menuju {place}",
    ),
    "outranks": (
        "the trip takes goods of priority {other} in a vehicle that could bring {item} to"
        " {place}, of priority {rank}, in time",
        "perjalanan membawa barang berprioritas {other}, padahal kendaraannya dapat membawa"
        " {item} ke {place}, prioritas {rank}, tepat waktu",
        "bring {item} to {place} first",
        "antar {item} ke {place} lebih dulu",
    ),
    "outranks-back": (
        "the trip fetches boxes of priority {other} in a vehicle that could bring those of"
        " {place}, of priority {rank}, back in time",
        "perjalanan mengambil kotak berprioritas {other}, padahal kendaraannya dapat membawa"
        " kotak {place}, prioritas {rank}, kembali tepat waktu",
        "fetch those of {place} first",
        "ambil kotak {place} lebih dulu",
    ),
    # Of published files alone.
    "shift": (
        "the trip breaks the hours of its vehicle by {over}",
        "perjalanan melanggar jam kerja kendaraannya sebesar {over}",
        "leave earlier, or drop a stop",
        "berangkat lebih awal, atau kurangi hentian",
    ),
    "depot": (
        "the trip leaves while its depot is closed",
        "perjalanan berangkat saat depotnya tutup",
        "leave within the depot's hours",
        "berangkat dalam jam buka depot",
    ),
    "duration": (
        "the trip lasts {over} too long",
        "perjalanan terlalu lama {over}",
        "move a stop to another trip",
        "pindahkan satu hentian ke perjalanan lain",
    ),
    "distance": (
        "the trip goes {over} too far",
        "perjalanan terlalu jauh {over}",
        "move a stop to another trip",
        "pindahkan satu hentian ke perjalanan lain",
    ),
    "skill": (
        "vehicle {vehicle} cannot serve {place}",
        "kendaraan {vehicle} tidak dapat melayani {place}",
        "send a vehicle that can",
        "kirim kendaraan yang dapat",
    ),
    "order": (
        "{place} is served after the trip has begun to collect",
        "{place} dilayani setelah perjalanan mulai mengambil",
        "deliver first, collect afterwards",
        "antar dulu, ambil kemudian",
    ),
    "more-vehicles": (
        "{count} trips use vehicle {vehicle}, there are {limit}",
        "{count} perjalanan memakai kendaraan {vehicle}, adanya {limit}",
        "join trips, or use another vehicle",
        "gabungkan perjalanan, atau pakai kendaraan lain",
    ),
    "unserved": (
        "no trip goes to client {place}",
        "tidak ada perjalanan ke klien {place}",
        "add a stop to a trip",
        "tambahkan hentian pada satu perjalanan",
    ),
    "again": (
        "client {place} is visited twice",
        "klien {place} dikunjungi dua kali",
        "take the row out",
        "hapus baris ini",
    ),
}  # fmt: skip
#: What programs read where several texts have one meaning.
_CODE_OF = {
    "closed-for-good": "closed",
    "forgotten-home": "forgotten",
    "forgotten-back": "forgotten",
    "left-behind-back": "left-behind",
    "goods-missing": "left-behind",
    "late-back": "late",
    "late-goods": "late",
    "no-skill": "skill",
    "no-break": "break",
    "rest-elsewhere": "rest",
    "no-escort": "escort",
    "few-escorts": "escort",
    "no-leg": "mode",
    "leg-full": "leg-load",
    "outranks": "priority",
    "outranks-back": "priority",
    "no-stock": "not-there-yet",
    "more-vehicles": "fleet",
    "unserved": "forgotten",
    "again": "twice",
}


def finding(
    text: str, *, row: int | None = None, trip: str = "", amount: int = 1, **given: object
) -> TripFinding:
    """Return what is wrong, said by one of `TEXTS` with what is *given* filled in.

    Example:
        >>> finding("home", row=3, home="PRINTER", place="12.01.01", parent="12.01").fix
        ... # doctest: +ELLIPSIS
        Said(english='give the place that supplies 12.01.01: 12.01', indonesian='isi ...')
    """
    english = {k: v.english if isinstance(v, Said) else v for k, v in given.items()}
    indonesian = {k: v.indonesian if isinstance(v, Said) else v for k, v in given.items()}
    what_en, what_id, fix_en, fix_id = TEXTS[text]
    return TripFinding(
        code=_CODE_OF.get(text, text),
        row=row,
        trip=trip,
        amount=amount,
        what=Said(what_en.format(**english), what_id.format(**indonesian)),
        fix=Said(fix_en.format(**english), fix_id.format(**indonesian)),
    )
