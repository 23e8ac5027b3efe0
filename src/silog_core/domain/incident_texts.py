"""What was lent, what was lost, and who votes again, in words, for reports and explanations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from silog_core.domain.calendar import day_of
from silog_core.domain.elections import Election
from silog_core.domain.lending import Transfer
from silog_core.domain.locale import long_date, moment, number
from silog_core.domain.losses import LostKit, LostPieces
from silog_core.domain.revotes import RevoteKit

if TYPE_CHECKING:
    from silog_core.domain.demand import Commodity
    from silog_core.domain.plan import Plan

_WORDS = {
    "en": {
        "lent": "{donor} lends {pieces} {item} to {receiver}: {document}, approved by"
        " {approver}, {supervisor} attending",
        "unsigned": "no document yet",
        "lost": "{pieces} {item} for {to}, from lot {lot} at {home}, are lost since {at} at"
        " {place}: {incident}",
        "kit": "the kit of {kit} is lost since {at}: {incident}; it had gone by {trips}",
        "kit at home": "the kit of {kit} is lost since {at}: {incident}",
        "revote": "{station} votes again on {day} ({incident}): {ballots}{goods}; packed at"
        " {home} on {packed}; out by {out}; back by {back}",
        "ballots": "{pieces} {item} from the reserve of {holder}",
        "lot": "{pieces} {item} from lot {lot} at {holder}",
        "returned": "{pieces} {item} that came back from {lot}",
        "missing": "missing: {pieces} {item}",
        "nothing": "no trip",
    },
    "id": {
        "lent": "{donor} meminjamkan {pieces} {item} kepada {receiver}: {document}, disetujui"
        " {approver}, disaksikan {supervisor}",
        "unsigned": "dokumen belum ada",
        "lost": "{pieces} {item} untuk {to}, dari lot {lot} di {home}, hilang sejak {at} di"
        " {place}: {incident}",
        "kit": "kit {kit} hilang sejak {at}: {incident}; sebelumnya dibawa {trips}",
        "kit at home": "kit {kit} hilang sejak {at}: {incident}",
        "revote": "{station} memungut suara ulang pada {day} ({incident}): {ballots}{goods};"
        " dikemas di {home} pada {packed}; pergi dengan {out}; pulang dengan {back}",
        "ballots": "{pieces} {item} dari cadangan {holder}",
        "lot": "{pieces} {item} dari lot {lot} di {holder}",
        "returned": "{pieces} {item} yang kembali dari {lot}",
        "missing": "kurang: {pieces} {item}",
        "nothing": "tanpa perjalanan",
    },
}


def loan_text(loan: Transfer, lang: str) -> str:
    """Return who lends what to whom, on which paper, approved and attended by whom.

    Example:
        >>> from silog_core.domain.demand import Commodity
        >>> loan = Transfer(
        ...     donor="12.04-W1", receiver="12.14-W1", commodity=Commodity(item="ink"),
        ...     quantity=1200, travel_s=0, document="BA 41/2024", approver="KPU Province",
        ...     supervisor="Bawaslu", approver_id="KPU Provinsi", supervisor_id="Bawaslu",
        ... )
        >>> loan_text(loan, "en")
        '12.04-W1 lends 1,200 ink to 12.14-W1: BA 41/2024, approved by KPU Province, \
Bawaslu attending'
    """
    say, english = _WORDS[lang], lang == "en"
    return say["lent"].format(
        donor=loan.donor,
        receiver=loan.receiver,
        pieces=number(loan.quantity, lang),
        item=loan.commodity,
        document=loan.document or say["unsigned"],
        approver=loan.approver if english else loan.approver_id,
        supervisor=loan.supervisor if english else loan.supervisor_id,
    )


def loss_text(lost: LostPieces | LostKit, election: Election, lang: str) -> str:
    """Return what was lost, when, where or on which trips, and by which incident.

    Example:
        >>> from silog_core.testing.worlds import small_world
        >>> lost = LostKit(kit="12.01.01.1001-001", trips=(), lost_s=-3600, incident="flood")
        >>> loss_text(lost, small_world().scenario.election, "id")
        'kit 12.01.01.1001-001 hilang sejak 26 November 2024 23.00 WIB: flood'
    """
    say = _WORDS[lang]
    at = moment(
        lost.lost_s, election.voting_day, lang=lang, offset_min=election.utc_offset_min
    )
    if isinstance(lost, LostKit):
        return say["kit" if lost.trips else "kit at home"].format(
            kit=lost.kit, at=at, incident=lost.incident, trips=", ".join(lost.trips)
        )
    return say["lost"].format(
        pieces=number(lost.quantity, lang), item=lost.commodity, to=lost.to,
        lot=lost.lot or "-", home=lost.from_place, at=at, place=lost.path[-1],
        incident=lost.incident,
    )  # fmt: skip


def revote_text(kit: RevoteKit, election: Election, lang: str) -> str:
    """Return when a station votes again, with which ballots and goods, and on which trips."""
    say = _WORDS[lang]
    ballots = ", ".join(
        say["ballots"].format(
            pieces=number(b.quantity, lang), item=b.commodity, holder=b.holder
        )
        for b in kit.ballots
    )
    goods = [
        say[g.source].format(
            pieces=number(g.quantity, lang), item=g.commodity, lot=g.lot or "-",
            holder=g.holder,
        )
        for g in kit.taken
    ]  # fmt: skip
    goods += [
        say["missing"].format(pieces=number(n, lang), item=ware) for ware, n in kit.missing
    ]
    return say["revote"].format(
        goods="".join(f"; {one}" for one in goods),
        packed=moment(
            kit.packed_s, election.voting_day, lang=lang, offset_min=election.utc_offset_min
        ),
        station=kit.station, incident=kit.incident, ballots=ballots, home=kit.warehouse,
        day=long_date(day_of(kit.day_s, election.voting_day), lang),
        out=", ".join((*kit.couriers, *kit.out)) or say["nothing"],
        back=", ".join(kit.back) or say["nothing"],
    )  # fmt: skip


def told_of(plan: Plan, place: str, ware: Commodity, lang: str) -> tuple[str, ...]:
    """Return what a place was lent or lends of a commodity, and what of it was lost in bulk."""
    return (
        *(
            loan_text(loan, lang)
            for loan in plan.lent
            if place in (loan.receiver, loan.donor) and loan.commodity == ware
        ),
        *(
            loss_text(lost, plan.election, lang)
            for lost in plan.losses.pieces
            if (lost.to, lost.commodity) == (place, ware) and not lost.kit
        ),
    )
