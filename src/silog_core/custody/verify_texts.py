"""What can be wrong with a stored ledger, in both languages."""

from __future__ import annotations

import attrs

#: Code, and what it says in Indonesian and in English; ``{}`` is the detail.
TEXTS: dict[str, tuple[str, str]] = {
    "no-ledger": ("tidak ada buku besar di sini", "there is no ledger here"),
    "roster": ("daftar kunci rusak: {}", "the roster does not hold: {}"),
    "checkpoint": ("titik cek rusak: {}", "the checkpoint does not hold: {}"),
    "root": (
        "isi catatan berbeda dari titik cek berukuran {}",
        "the records are not those of the checkpoint of size {}",
    ),
    "length": (
        "seharusnya ada {} baris, tidak kurang dan tidak lebih",
        "there should be {} rows, no less and no more",
    ),
    "index": ("indeks tidak sesuai dengan catatan", "the index does not fit the records"),
    "record": ("catatan ini bukan bentuk yang dikenal", "this record has no known form"),
    "chain": (
        "rantai perangkat {} putus di sini",
        "the chain of device {} is broken here",
    ),
    "fork": (
        "perangkat {} mencatat dua kejadian bernomor sama",
        "device {} recorded two events of one number",
    ),
    "seal": (
        "segel perangkat {} tidak sah",
        "the seal of device {} does not hold",
    ),
    "unsealed": (
        "catatan terakhir perangkat {} tidak disegel",
        "the last entries of device {} are not sealed",
    ),
    "not-allowed": (
        "perangkat {} tidak berhak mencatat ini",
        "device {} may not record this",
    ),
    "known": (
        "buku besar ini bukan lanjutan titik cek berukuran {} yang pernah dilihat",
        "the ledger does not go on from the checkpoint of size {} that was seen before",
    ),
    "witnesses": (
        "tidak ada titik cek yang ditandatangani {} saksi",
        "no checkpoint is signed by {} witnesses",
    ),
    "foreign": ("aliran ini bukan bagian buku besar", "this stream is no part of a ledger"),
}


@attrs.frozen
class LedgerFault:
    """One thing that is wrong with a stored ledger, and where.

    Example:
        >>> LedgerFault("chain", "record", 7, "phone-1").said("en")
        'record 7: [chain] the chain of device phone-1 is broken here'
    """

    #: One of `TEXTS`.
    code: str
    #: Stream of the store, and the row in it, from 1; 0 is the whole stream.
    stream: str
    row: int
    detail: str = ""

    def said(self, lang: str) -> str:
        """Return the fault as a sentence in ``id`` or ``en``."""
        text = TEXTS[self.code][lang != "id"].format(self.detail)
        return f"{self.stream} {self.row}: [{self.code}] {text}"
