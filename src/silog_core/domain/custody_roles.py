"""Who acts in the chain of custody: roles and parties."""

from __future__ import annotations

import unicodedata
from enum import Enum

import attrs

from silog_core.errors import FieldError


class Role(Enum):
    """The office on whose behalf somebody acts.

    PPK means two things in Indonesia: `SUBDISTRICT_COMMITTEE` (Panitia Pemilihan
    Kecamatan) and `COMMITMENT_OFFICER` (Pejabat Pembuat Komitmen).
    """

    # Each is itself alone, and half a million events are looked up by it.
    __hash__ = object.__hash__

    NATIONAL = "kpu-national"
    PROVINCE = "kpu-province"
    CHAIR = "regency-chair"
    SECRETARY = "regency-secretary"
    COMMITMENT_OFFICER = "commitment-officer"
    LOGISTICS_HEAD = "logistics-head"
    OPERATOR = "operator"
    SUBDISTRICT_COMMITTEE = "subdistrict-committee"
    VILLAGE_COMMITTEE = "village-committee"
    STATION_COMMITTEE = "station-committee"
    SUPERVISOR = "supervisor"
    PARTY_WITNESS = "party-witness"
    POLICE = "police"
    SUPPLIER = "supplier"
    CARRIER = "carrier"

    @property
    def title_id(self) -> str:
        """Name in Indonesian."""
        return _TITLES[self][0]

    @property
    def title_en(self) -> str:
        """Name in English."""
        return _TITLES[self][1]


_TITLES = {
    Role.NATIONAL: ("KPU RI", "national commission"),
    Role.PROVINCE: ("KPU provinsi", "provincial commission"),
    Role.CHAIR: ("Ketua KPU kab/kota", "chair of the regency commission"),
    Role.SECRETARY: ("Sekretaris KPU kab/kota", "secretary of the regency commission"),
    Role.COMMITMENT_OFFICER: ("Pejabat Pembuat Komitmen", "commitment officer"),
    Role.LOGISTICS_HEAD: ("Kasubbag logistik", "head of logistics"),
    Role.OPERATOR: ("operator", "operator"),
    Role.SUBDISTRICT_COMMITTEE: ("PPK kecamatan", "subdistrict committee"),
    Role.VILLAGE_COMMITTEE: ("PPS", "village committee"),
    Role.STATION_COMMITTEE: ("KPPS", "station committee"),
    Role.SUPERVISOR: ("pengawas (Bawaslu)", "supervisor"),
    Role.PARTY_WITNESS: ("saksi", "party witness"),
    Role.POLICE: ("Polri/TNI", "police"),
    Role.SUPPLIER: ("penyedia", "supplier"),
    Role.CARRIER: ("pengangkut", "carrier"),
}


def plain(value: object, what: str, *, empty: bool = False) -> str:
    """Return *value*, a text in Unicode's composed form (NFC) without control signs.

    Raises:
        FieldError: It is no text, or holds what canonical bytes cannot keep.
    """
    if not isinstance(value, str) or (not value and not empty) or value != value.strip():
        raise FieldError(f"{what} is {value!r}", "give a text without spaces around it")
    if value.isascii():
        if value and not value.isprintable():
            raise FieldError(f"{what} is {value!r}", "leave control signs out")
        return value
    if any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in value):
        raise FieldError(f"{what} is {value!r}", "leave control signs and surrogates out")
    return unicodedata.normalize("NFC", value)


@attrs.frozen(order=True)
class Party:
    """An office that acts: its role and the place that it serves.

    People are not named here: *person* is at most a pseudonym such as ``member-2``,
    whose bearer is written down beside the record.

    Example:
        >>> str(Party("operator", "12.71"))
        'operator 12.71'
    """

    role: Role = attrs.field(converter=Role, order=lambda role: role.value)
    #: Code of the place or firm that it acts for.
    office: str
    person: str = ""

    def __attrs_post_init__(self) -> None:
        office = plain(self.office, "Party.office")
        person = plain(self.person, "Party.person", empty=True)
        if office is not self.office or person is not self.person:
            object.__setattr__(self, "office", office)
            object.__setattr__(self, "person", person)

    def __str__(self) -> str:
        return f"{self.role.value} {self.office} {self.person}".rstrip()
