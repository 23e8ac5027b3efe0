"""Names in GS1 EPCIS 2.0 documents: the context, types of papers, URNs and back.

Source: the EPCIS 2.0 standard and its JSON schema, https://ref.gs1.org/standards/epcis/.
"""

from __future__ import annotations

from urllib.parse import quote, unquote

from silog_core.domain.custody_kinds import Kind
from silog_core.errors import FileFormatError

CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
#: Prefix of what EPCIS has no word for; it holds the rest of an event.
PREFIX = "silog"
VOCABULARY = "urn:silog:vocab:"


_RECEIPT = "recadv"
#: Type of the paper (business transaction) of kinds whose paper CBV knows.
PAPER_TYPES = {
    Kind.ORDERED: "po",
    Kind.ORDER_APPROVED: "po",
    Kind.CONTRACT_SIGNED: "poc",
    Kind.PRODUCED: "prodorder",
    Kind.QUALITY_PASSED: "testres",
    Kind.QUALITY_FAILED: "testres",
    Kind.SHIPPED: "bol",
    Kind.RECEIVED: _RECEIPT,
    Kind.ACCEPTED: _RECEIPT,
    Kind.DISPATCHED: "bol",
    Kind.RECEIVED_HUB: _RECEIPT,
    Kind.RECEIVED_VILLAGE: _RECEIPT,
    Kind.RECEIVED_STATION: _RECEIPT,
    Kind.RETURNED_VILLAGE: "rma",
    Kind.RETURNED_HUB: "rma",
    Kind.RETURNED_REGENCY: "rma",
    Kind.RECEIVED_HUB_LANDING: _RECEIPT,
    Kind.RECEIVED_VILLAGE_LANDING: _RECEIPT,
    Kind.RECEIVED_STATION_LANDING: _RECEIPT,
    Kind.RETURNED_VILLAGE_LANDING: "rma",
    Kind.RETURNED_HUB_LANDING: "rma",
    Kind.RETURNED_REGENCY_LANDING: "rma",
    Kind.DESTROYED: "cert",
    Kind.TRANSFERRED: "desadv",
}


def urn(family: str, *names: str | int) -> str:
    """Return names as a URN; each is quoted, so that none can be taken for two.

    Example:
        >>> urn("item", "ballot", "12.71", "")
        'urn:silog:item:ballot:12.71:'
    """
    return ":".join(("urn:silog", family, *(quote(str(name), safe="") for name in names)))


def names_in(text: object, family: str, count: int) -> tuple[str, ...]:
    """Return the names that `urn` wrote.

    Raises:
        FileFormatError: The text is not a URN of that family with *count* names.

    Example:
        >>> names_in("urn:silog:item:ballot:12.71:", "item", 3)
        ('ballot', '12.71', '')
    """
    head = f"urn:silog:{family}:"
    if isinstance(text, str) and text.startswith(head):
        names = tuple(unquote(part) for part in text[len(head) :].split(":"))
        if len(names) == count:
            return names
    raise FileFormatError(
        f"{text!r} is not a name of the form {head}{':'.join(['...'] * count)}",
        "give an EPCIS document that `silog ledger export` wrote",
    )
