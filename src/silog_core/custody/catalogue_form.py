"""The form of the catalogue of events: what each kind asks for, and where it leads."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

import attrs

from silog_core.domain.custody_kinds import Kind, Stage
from silog_core.domain.custody_roles import Role


class Subject(Enum):
    """What an event moves along its way."""

    #: Boxes, cartons and kits with a code.
    UNIT = "unit"
    #: Goods in bulk, by lot.
    LOT = "lot"
    #: The accounting of a station.
    ACCOUNT = "account"
    #: Nothing: it only says something.
    NOTHING = "nothing"


@attrs.frozen
class Epcis:
    """How an event is said in GS1 EPCIS 2.0 and its core vocabulary (CBV)."""

    event_type: str
    action: str
    biz_step: str
    disposition: str


@attrs.frozen(kw_only=True)
class KindRules:
    """What one kind of event asks for, and where it leads."""

    kind: Kind
    subject: Subject
    #: Stages from which it may come; None is a thing that is new to the record.
    from_stages: frozenset[Stage | None]
    #: Stage that it leads to; None leaves the stage as it is.
    to_stage: Stage | None
    #: Fields that must not be empty: ``units``, ``quantities``, ``counts``, ``document``...
    must_carry: tuple[str, ...]
    #: Roles that may record it.
    roles: frozenset[Role]
    #: It hands something over: giver and receiver differ, with a document.
    handover: bool
    #: Roles that may receive, where it is a hand-over.
    receivers: frozenset[Role]
    #: Different persons that must stand in it, of author, giver, receiver, witnesses.
    persons: int
    #: At least one witness of these roles; empty asks for none.
    witnesses: frozenset[Role]
    #: Keys of facts that it must have, and may have besides.
    facts: tuple[str, ...]
    may_have: tuple[str, ...]
    epcis: Epcis


#: Groups of roles and stages that rows of the catalogue name.
ORDERING = (Role.COMMITMENT_OFFICER,)
SUPPLYING = (Role.SUPPLIER, Role.COMMITMENT_OFFICER, Role.OPERATOR)
WAREHOUSE = (Role.OPERATOR, Role.LOGISTICS_HEAD)
COMMITTEES = (Role.SUBDISTRICT_COMMITTEE, Role.VILLAGE_COMMITTEE, Role.STATION_COMMITTEE)
HOLDERS = (*WAREHOUSE, *COMMITTEES, Role.CARRIER)
WATCH = (Role.SUPERVISOR, Role.POLICE)
ON_THE_WAY_OUT = (
    Stage.SEALED,
    Stage.DISPATCHED,
    Stage.AT_HUB_LANDING,
    Stage.AT_HUB,
    Stage.AT_VILLAGE_LANDING,
    Stage.AT_VILLAGE,
    Stage.AT_STATION_LANDING,
    Stage.AT_STATION,
)
ON_THE_WAY_BACK = (
    Stage.RESEALED,
    Stage.BACK_AT_VILLAGE_LANDING,
    Stage.BACK_AT_VILLAGE,
    Stage.BACK_AT_HUB_LANDING,
    Stage.BACK_AT_HUB,
    Stage.BACK_AT_REGENCY_LANDING,
    Stage.BACK_AT_REGENCY,
)
ANY = (*tuple(Stage), None)
OBJECT, AGGREGATION, TRANSACTION = "ObjectEvent", "AggregationEvent", "TransactionEvent"


def kind_rules(
    kind: Kind,
    subject: Subject,
    after: Iterable[Stage | None],
    to: Stage | None,
    roles: Iterable[Role],
    epcis: tuple[str, str, str, str],
    *,
    carry: tuple[str, ...] = (),
    receivers: Iterable[Role] = (),
    persons: int = 1,
    watch: Iterable[Role] = (),
    facts: tuple[str, ...] = (),
    may: tuple[str, ...] = (),
) -> KindRules:
    """Return one row of the catalogue; a hand-over always names two parties and a paper.

    It may also say who escorts it.
    """
    gives = frozenset(receivers)
    asked = ("giver", "receiver", "document") if gives else ()
    return KindRules(
        kind=kind,
        subject=subject,
        from_stages=frozenset(after),
        to_stage=to,
        must_carry=(*carry, *asked),
        roles=frozenset(roles),
        handover=bool(gives),
        receivers=gives,
        persons=max(persons, 2 if gives else 1),
        witnesses=frozenset(watch),
        facts=facts,
        may_have=(*may, "escort") if gives else may,
        epcis=Epcis(*epcis),
    )
