"""Kinds of events and the stages that they lead to, by their names in both languages."""

from __future__ import annotations

from enum import Enum


class Stage(Enum):
    """How far along its way a unit or a lot is; the order is that of the way."""

    # Each is itself alone, and half a million events are looked up by it.
    __hash__ = object.__hash__

    PLANNED = "planned"
    BUDGETED = "budgeted"
    ORDERED = "ordered"
    CONTRACTED = "contracted"
    PRODUCED = "produced"
    QUALITY_PASSED = "quality-passed"
    SHIPPED = "shipped"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    SORTED = "sorted"
    FOLDED = "folded"
    KITTED = "kitted"
    PACKED = "packed"
    SEALED = "sealed"
    DISPATCHED = "dispatched"
    AT_HUB_LANDING = "at-hub-landing"
    AT_HUB = "at-hub"
    AT_VILLAGE_LANDING = "at-village-landing"
    AT_VILLAGE = "at-village"
    AT_STATION_LANDING = "at-station-landing"
    AT_STATION = "at-station"
    IN_USE = "in-use"
    RESEALED = "resealed"
    BACK_AT_VILLAGE_LANDING = "back-at-village-landing"
    BACK_AT_VILLAGE = "back-at-village"
    BACK_AT_HUB_LANDING = "back-at-hub-landing"
    BACK_AT_HUB = "back-at-hub"
    BACK_AT_REGENCY_LANDING = "back-at-regency-landing"
    BACK_AT_REGENCY = "back-at-regency"
    ARCHIVED = "archived"
    IN_STOCK = "in-stock"
    DESTROYED = "destroyed"

    @property
    def title_id(self) -> str:
        """Name in Indonesian, as officials say it."""
        return _STAGES[self][0]

    @property
    def title_en(self) -> str:
        """Name in English."""
        return _STAGES[self][1]

    @property
    def rank(self) -> int:
        """Position on the way, from 0."""
        return _RANKS[self]


_STAGES = {
    Stage.PLANNED: ("DIRENCANAKAN", "planned"),
    Stage.BUDGETED: ("DIANGGARKAN", "budgeted"),
    Stage.ORDERED: ("DIPESAN", "ordered"),
    Stage.CONTRACTED: ("BERKONTRAK", "under contract"),
    Stage.PRODUCED: ("DIPRODUKSI", "produced"),
    Stage.QUALITY_PASSED: ("LULUS_QC", "quality control passed"),
    Stage.SHIPPED: ("DIKIRIM", "shipped"),
    Stage.RECEIVED: ("DITERIMA_KAB", "received by the regency"),
    Stage.ACCEPTED: ("BAST", "accepted by the regency"),
    Stage.SORTED: ("DISORTIR", "sorted"),
    Stage.FOLDED: ("DILIPAT", "folded"),
    Stage.KITTED: ("DISETTING", "set up for its station"),
    Stage.PACKED: ("DIPAK", "packed"),
    Stage.SEALED: ("DISEGEL", "sealed"),
    Stage.DISPATCHED: ("DIKIRIM_PPK", "on its way to the subdistrict"),
    Stage.AT_HUB_LANDING: ("DITERIMA_DERMAGA_PPK", "at the landing before the subdistrict"),
    Stage.AT_HUB: ("DITERIMA_PPK", "at the subdistrict"),
    Stage.AT_VILLAGE_LANDING: ("DITERIMA_DERMAGA_PPS", "at the landing before the village"),
    Stage.AT_VILLAGE: ("DITERIMA_PPS", "at the village"),
    Stage.AT_STATION_LANDING: ("DITERIMA_DERMAGA_KPPS", "at the landing before the station"),
    Stage.AT_STATION: ("DITERIMA_KPPS", "at the station"),
    Stage.IN_USE: ("DIGUNAKAN", "opened for use"),
    Stage.RESEALED: ("DISEGEL_ULANG", "counted and sealed again"),
    Stage.BACK_AT_VILLAGE_LANDING: (
        "KEMBALI_DERMAGA_PPS",
        "back at the landing before the village",
    ),
    Stage.BACK_AT_VILLAGE: ("KEMBALI_PPS", "back at the village"),
    Stage.BACK_AT_HUB_LANDING: (
        "KEMBALI_DERMAGA_PPK",
        "back at the landing before the subdistrict",
    ),
    Stage.BACK_AT_HUB: ("KEMBALI_PPK", "back at the subdistrict"),
    Stage.BACK_AT_REGENCY_LANDING: (
        "KEMBALI_DERMAGA_KAB",
        "back at the landing before the regency",
    ),
    Stage.BACK_AT_REGENCY: ("KEMBALI_KAB", "back at the regency"),
    Stage.ARCHIVED: ("ARSIP", "archived"),
    Stage.IN_STOCK: ("INVENTARIS", "kept for another election"),
    Stage.DESTROYED: ("MUSNAH", "destroyed"),
}
_RANKS = {stage: rank for rank, stage in enumerate(Stage)}


class Condition(Enum):
    """What shape a unit is in, beside how far along it is."""

    # Each is itself alone, and half a million events are looked up by it.
    __hash__ = object.__hash__

    GOOD = "good"
    #: Opened without authority, or otherwise in doubt: kept apart until released.
    QUARANTINED = "quarantined"
    #: The vote at its station is put off (PSS, PSL).
    POSTPONED = "postponed"
    #: In the hands of the wrong receiver.
    SWAPPED = "swapped"
    LOST = "lost"
    #: No way leads back from these two.
    DAMAGED = "damaged"
    DESTROYED = "destroyed"

    @property
    def title_id(self) -> str:
        """Name in Indonesian."""
        return _CONDITIONS[self]


_CONDITIONS = {
    Condition.GOOD: "BAIK",
    Condition.QUARANTINED: "KARANTINA",
    Condition.POSTPONED: "DITUNDA",
    Condition.SWAPPED: "TERTUKAR",
    Condition.LOST: "HILANG",
    Condition.DAMAGED: "RUSAK",
    Condition.DESTROYED: "DIMUSNAHKAN",
}


class Kind(Enum):
    """What an event says; `silog_core.custody.catalogue` says what each asks for."""

    # Each is itself alone, and half a million events are looked up by it.
    __hash__ = object.__hash__

    NEED_STATED = "need-stated"
    BUDGETED = "budgeted"
    ORDERED = "ordered"
    ORDER_APPROVED = "order-approved"
    CONTRACT_SIGNED = "contract-signed"
    PRODUCED = "produced"
    QUALITY_PASSED = "quality-passed"
    QUALITY_FAILED = "quality-failed"
    SHIPPED = "shipped"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    SORTED = "sorted"
    FOLDED = "folded"
    KITTED = "kitted"
    PACKED = "packed"
    SEALED = "sealed"
    DISPATCHED = "dispatched"
    RECEIVED_HUB_LANDING = "received-hub-landing"
    RECEIVED_HUB = "received-hub"
    RECEIVED_VILLAGE_LANDING = "received-village-landing"
    RECEIVED_VILLAGE = "received-village"
    RECEIVED_STATION_LANDING = "received-station-landing"
    RECEIVED_STATION = "received-station"
    OPENED = "opened"
    COUNTED = "counted"
    RESEALED = "resealed"
    RETURNED_VILLAGE_LANDING = "returned-village-landing"
    RETURNED_VILLAGE = "returned-village"
    RETURNED_HUB_LANDING = "returned-hub-landing"
    RETURNED_HUB = "returned-hub"
    RETURNED_REGENCY_LANDING = "returned-regency-landing"
    RETURNED_REGENCY = "returned-regency"
    ARCHIVED = "archived"
    TAKEN_IN_STOCK = "taken-in-stock"
    DESTROYED = "destroyed"
    SCANNED = "scanned"
    SEAL_BROKEN = "seal-broken"
    SEAL_REPLACED = "seal-replaced"
    DAMAGED = "damaged"
    LOST = "lost"
    FOUND = "found"
    SWAPPED = "swapped"
    QUARANTINED = "quarantined"
    RELEASED = "released"
    POSTPONED = "postponed"
    RESUMED = "resumed"
    TRANSFERRED = "transferred"
    INCIDENT = "incident"
    INCIDENT_CLOSED = "incident-closed"
    WITHDRAWN = "withdrawn"

    @property
    def title_id(self) -> str:
        """Name in Indonesian."""
        return _KINDS[self][0]

    @property
    def title_en(self) -> str:
        """Name in English."""
        return _KINDS[self][1]


_KINDS = {
    Kind.NEED_STATED: ("Kebutuhan ditetapkan", "Need stated"),
    Kind.BUDGETED: ("Dianggarkan", "Budgeted"),
    Kind.ORDERED: ("Dipesan", "Ordered"),
    Kind.ORDER_APPROVED: ("Pesanan disetujui", "Order approved"),
    Kind.CONTRACT_SIGNED: ("Kontrak ditandatangani", "Contract signed"),
    Kind.PRODUCED: ("Diproduksi", "Produced"),
    Kind.QUALITY_PASSED: ("Lulus uji mutu", "Quality control passed"),
    Kind.QUALITY_FAILED: ("Tidak lulus uji mutu", "Quality control failed"),
    Kind.SHIPPED: ("Dikirim penyedia", "Shipped by the supplier"),
    Kind.RECEIVED: ("Diterima KPU kab/kota", "Received by the regency"),
    Kind.ACCEPTED: ("Serah terima (BAST)", "Accepted by the regency"),
    Kind.SORTED: ("Disortir", "Sorted"),
    Kind.FOLDED: ("Dilipat", "Folded"),
    Kind.KITTED: ("Diset per TPS", "Set up for a station"),
    Kind.PACKED: ("Dipak", "Packed"),
    Kind.SEALED: ("Disegel", "Sealed"),
    Kind.DISPATCHED: ("Dikirim ke PPK", "Dispatched"),
    Kind.RECEIVED_HUB_LANDING: (
        "Diterima di dermaga menuju PPK",
        "Received at the landing before the subdistrict",
    ),
    Kind.RECEIVED_HUB: ("Diterima PPK", "Received by the subdistrict"),
    Kind.RECEIVED_VILLAGE_LANDING: (
        "Diterima di dermaga menuju PPS",
        "Received at the landing before the village",
    ),
    Kind.RECEIVED_VILLAGE: ("Diterima PPS", "Received by the village"),
    Kind.RECEIVED_STATION_LANDING: (
        "Diterima di dermaga menuju KPPS",
        "Received at the landing before the station",
    ),
    Kind.RECEIVED_STATION: ("Diterima KPPS", "Received by the station"),
    Kind.OPENED: ("Dibuka", "Opened"),
    Kind.COUNTED: ("Dihitung", "Counted"),
    Kind.RESEALED: ("Disegel ulang", "Sealed again"),
    Kind.RETURNED_VILLAGE_LANDING: (
        "Kembali ke dermaga menuju PPS",
        "Returned to the landing before the village",
    ),
    Kind.RETURNED_VILLAGE: ("Kembali ke PPS", "Returned to the village"),
    Kind.RETURNED_HUB_LANDING: (
        "Kembali ke dermaga menuju PPK",
        "Returned to the landing before the subdistrict",
    ),
    Kind.RETURNED_HUB: ("Kembali ke PPK", "Returned to the subdistrict"),
    Kind.RETURNED_REGENCY_LANDING: (
        "Kembali ke dermaga menuju kab/kota",
        "Returned to the landing before the regency",
    ),
    Kind.RETURNED_REGENCY: ("Kembali ke kab/kota", "Returned to the regency"),
    Kind.ARCHIVED: ("Diarsipkan", "Archived"),
    Kind.TAKEN_IN_STOCK: ("Masuk inventaris", "Taken in stock"),
    Kind.DESTROYED: ("Dimusnahkan", "Destroyed"),
    Kind.SCANNED: ("Dipindai", "Scanned"),
    Kind.SEAL_BROKEN: ("Segel rusak", "Seal found broken"),
    Kind.SEAL_REPLACED: ("Segel diganti", "Seal replaced"),
    Kind.DAMAGED: ("Rusak", "Found damaged"),
    Kind.LOST: ("Hilang", "Lost"),
    Kind.FOUND: ("Ditemukan", "Found again"),
    Kind.SWAPPED: ("Tertukar", "Found swapped"),
    Kind.QUARANTINED: ("Dikarantina", "Put in quarantine"),
    Kind.RELEASED: ("Dilepas dari karantina", "Released from quarantine"),
    Kind.POSTPONED: ("Ditunda", "Postponed"),
    Kind.RESUMED: ("Dilanjutkan", "Resumed"),
    Kind.TRANSFERRED: ("Dipindahkan antar-TPS", "Transferred between stations"),
    Kind.INCIDENT: ("Insiden", "Incident"),
    Kind.INCIDENT_CLOSED: ("Insiden selesai", "Incident closed"),
    Kind.WITHDRAWN: ("Dicabut", "Withdrawn"),
}
#: Receipts where boxes change vehicles, by the receipt that comes next on the way.
LANDING_RECEIPTS = {
    Kind.RECEIVED_HUB: Kind.RECEIVED_HUB_LANDING,
    Kind.RECEIVED_VILLAGE: Kind.RECEIVED_VILLAGE_LANDING,
    Kind.RECEIVED_STATION: Kind.RECEIVED_STATION_LANDING,
    Kind.RETURNED_VILLAGE: Kind.RETURNED_VILLAGE_LANDING,
    Kind.RETURNED_HUB: Kind.RETURNED_HUB_LANDING,
    Kind.RETURNED_REGENCY: Kind.RETURNED_REGENCY_LANDING,
}
