"""Why a place gets what it gets, and when: read off a plan, in either language."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from silog_core.domain.demand import Commodity, Need
from silog_core.domain.explanation import Reason
from silog_core.domain.incident_texts import loss_text, revote_text, told_of
from silog_core.domain.locale import mode_name, moment, number, tenths
from silog_core.domain.stages import stage_name
from silog_core.errors import FieldError

if TYPE_CHECKING:
    from silog_core.domain.plan import Plan, StageSlot, Supply, Trip
    from silog_core.domain.revotes import RevoteKit

#: Stage at which a trip hands over.
_STAGE_OF = {
    "line-haul": "ballot-arrival",
    "warehouse-hub": "at-hub",
    "hub-village": "at-village",
    "warehouse-landing": "at-hub",
    "hub-landing": "at-village",
    "village-landing": "at-station",
    "return-landing-village": "return-hub",
    "return-landing-hub": "return-hub",
    "return-landing-warehouse": "return-regency",
    "village-station": "at-station",
    "return-station-village": "return-hub",
    "return-village-hub": "return-hub",
    "return-hub-warehouse": "return-regency",
}
_WORDS = {
    "en": {
        "needs": "needs (each by its rule)",
        "rule": "rule {id}: {formula} [{confidence}; {source}]",
        "short": "short: gets {served} of {needed} ({code}): {reason}",
        "mend": "mend: {action}",
        "supply": "supplied from {place}, lot {lot}, by way of {path}",
        "no lot": "no lot serves {warehouse} with it",
        "way": "its kit travels",
        "trip": "{id}: {vehicle} ({mode}) from {home}, leaves {leaves}, is there {arrives}",
        "latest": "leaves at the latest {latest}; slack {slack} h",
        "escorts": "with {who} from departure to return",
        "unserved": "not carried ({code}): {reason}",
        "below": "what hangs below it: {kits} kits",
        "warehouse": "work at the warehouse",
        "printed": "printed or made for {place}",
        "order": "{pieces} {ware} at {place}",
        "stage": "{stage}: {start} to {finish}, slack {slack} h",
        "reserve": "kept for a re-vote, not part of any kit",
        "findings": "findings",
        "no needs": "it needs nothing itself",
        "back": "its sealed boxes come back",
        "handover": "handed over: {asks} [{source}]",
    },
    "id": {
        "needs": "kebutuhan (masing-masing menurut aturannya)",
        "rule": "aturan {id}: {formula} [{confidence}; {source}]",
        "short": "kurang: mendapat {served} dari {needed} ({code}): {reason}",
        "mend": "perbaikan: {action}",
        "supply": "dipasok dari {place}, lot {lot}, melalui {path}",
        "no lot": "tidak ada lot yang memasok {warehouse}",
        "way": "perjalanan kitnya",
        "trip": "{id}: {vehicle} ({mode}) dari {home}, berangkat {leaves}, tiba {arrives}",
        "latest": "paling lambat berangkat {latest}; kelonggaran {slack} jam",
        "escorts": "dikawal {who} sejak berangkat sampai kembali",
        "unserved": "tidak terangkut ({code}): {reason}",
        "below": "yang bergantung padanya: {kits} kit",
        "warehouse": "pekerjaan di gudang",
        "printed": "dicetak atau dibuat untuk {place}",
        "order": "{pieces} {ware} di {place}",
        "stage": "{stage}: {start} sampai {finish}, kelonggaran {slack} jam",
        "reserve": "disimpan untuk pemungutan suara ulang, bukan bagian kit",
        "findings": "temuan",
        "no needs": "tempat ini sendiri tidak butuh apa-apa",
        "back": "kotak tersegelnya kembali",
        "handover": "serah terima: {asks} [{source}]",
    },
}


def explain_place(plan: Plan, place: str, *, lang: str = "en") -> Reason:
    """Return the derivation of one place's needs, supply, trips and times.

    Raises:
        FieldError: The plan has no such place; near misses are named.
    """
    known = {code for rows in plan.needs.levels for code in rows.codes}
    if place not in known:
        near = difflib.get_close_matches(place, sorted(known), n=3, cutoff=0.8)
        raise FieldError(
            f"the plan has no place {place!r}",
            f"did you mean {', '.join(near)}?" if near else "give a code such as 12.71.01",
        )
    return _Teller(plan, place, lang).tell()


class _Teller:
    """Puts one place's story together."""

    def __init__(self, plan: Plan, place: str, lang: str) -> None:
        self.plan, self.place, self.lang = plan, place, lang
        self.words = _WORDS[lang]
        self.rules = {note.id: note for note in plan.rules}
        self.warehouse = self._warehouse()

    def tell(self) -> Reason:
        name = self.plan.name_of.get(self.place, "")
        return Reason(text=f"{self.place} {name}".strip(), because=tuple(self._parts()))

    def _parts(self) -> Iterator[Reason]:
        needs = self.plan.needs.at(self.place)
        if needs:
            yield Reason(
                text=self.words["needs"], because=tuple(self._need(need) for need in needs)
            )
        else:
            yield Reason(text=self.words["no needs"])
        out = [t for t in self._trips() if not t.echelon.startswith("return")]
        back = [t for t in self._trips() if t.echelon.startswith("return")]
        left = [u for u in self.plan.unserved if u.kit == self.place]
        lost = [k for k in self.plan.losses.kits if k.kit == self.place]
        if out or left or lost:
            trips = [Reason(text=loss_text(k, self.plan.election, self.lang)) for k in lost]
            trips += [self._trip(t) for t in out]
            for kit in left:
                reason = kit.reason if self.lang == "en" else kit.reason_id
                action = kit.action if self.lang == "en" else kit.action_id
                trips.append(
                    Reason(
                        text=self.words["unserved"].format(code=kit.code, reason=reason),
                        because=(Reason(text=self.words["mend"].format(action=action)),),
                    )
                )
            yield Reason(text=self.words["way"], because=tuple(trips))
        if back:
            yield Reason(text=self.words["back"], because=tuple(self._trip(t) for t in back))
        for again in (k for k in self.plan.revotes if k.station == self.place):
            yield self._revote(again)
        printed = [
            slot
            for slot in self.plan.schedule.stages
            if slot.load is not None and slot.load.to == self.warehouse
        ]
        if printed:
            yield Reason(
                text=self.words["printed"].format(place=self.warehouse),
                because=tuple(self._stage(slot) for slot in printed),
            )
        stages = self.plan.schedule.at(self.warehouse)
        if stages:
            yield Reason(
                text=f"{self.words['warehouse']} {self.warehouse}",
                because=tuple(self._stage(slot) for slot in stages),
            )
        found = [f for f in self.plan.findings if f.place == self.place]
        if found:
            yield Reason(
                text=self.words["findings"],
                because=tuple(
                    Reason(text=f.message if self.lang == "en" else f.message_id)
                    for f in found
                ),
            )

    def _stage(self, slot: StageSlot) -> Reason:
        name = stage_name(slot.stage, "id") if self.lang == "id" else slot.stage
        if slot.load is not None:
            pieces = number(slot.load.quantity, self.lang)
            name = self.words["order"].format(
                pieces=pieces, ware=slot.load.commodity, place=slot.place
            )
        return Reason(
            text=self.words["stage"].format(
                stage=name,
                start=self._moment(slot.start_s),
                finish=self._moment(slot.finish_s),
                slack=tenths(slot.slack_s, 3600, self.lang),
            )
        )

    def _revote(self, kit: RevoteKit) -> Reason:
        """Return the new kit of a re-vote, with what goes into it and its trips."""
        own = {t.id: t for t in self.plan.revote_trips}
        return Reason(
            text=revote_text(kit, self.plan.election, self.lang),
            because=(
                *(Reason(text=f"{number(n, self.lang)} {ware}") for ware, n in kit.goods),
                *(self._trip(own[i]) for i in (*kit.out, *kit.back) if i in own),
            ),
        )

    def _need(self, need: Need) -> Reason:
        ware = Commodity(item=need.item, area=need.area)
        because = []
        note = self.rules.get(need.rule)
        if note:
            because.append(
                Reason(
                    text=self.words["rule"].format(
                        id=note.id,
                        formula=note.formula,
                        confidence=note.confidence,
                        source=note.source,
                    )
                )
            )
        lines = [
            line
            for line in self.plan.allocation.lines_to.get(self.warehouse, ())
            if line.commodity == ware
        ]
        because += [self._line(line) for line in lines]
        if not lines and need.quantity:
            because.append(
                Reason(text=self.words["no lot"].format(warehouse=self.warehouse or "?"))
            )
        told = told_of(self.plan, self.warehouse, ware, self.lang)
        because += [Reason(text=text) for text in told]
        for gap in self.plan.shortfalls:
            if gap.place == self.place and gap.commodity == ware:
                reason = gap.reason if self.lang == "en" else gap.reason_id
                action = gap.action if self.lang == "en" else gap.action_id
                because.append(
                    Reason(
                        text=self.words["short"].format(
                            served=number(gap.served, self.lang),
                            needed=number(gap.needed, self.lang),
                            code=gap.code,
                            reason=reason,
                        ),
                        because=(Reason(text=self.words["mend"].format(action=action)),),
                    )
                )
        return Reason(
            text=f"{number(need.quantity, self.lang)} {ware}", because=tuple(because)
        )

    def _line(self, line: Supply) -> Reason:
        return Reason(
            text=self.words["supply"].format(
                place=line.from_place, lot=line.lot or "-", path=" > ".join(line.path)
            )
        )

    def _trips(self) -> tuple[Trip, ...]:
        return self.plan.trips_to.get(self.place, ())

    def _trip(self, trip: Trip) -> Reason:
        stop = next(s for s in trip.stops if self.place in s.kits)
        return Reason(
            text=self.words["trip"].format(
                id=trip.id,
                vehicle=trip.vehicle,
                mode=mode_name(trip.mode.value, self.lang),
                home=trip.home,
                leaves=self._moment(trip.depart_s),
                arrives=f"{stop.place} {self._moment(stop.arrive_s)}",
            ),
            because=(*self._escorts(trip), *self._handover(trip))
            if trip.echelon.startswith("return")
            else (
                Reason(
                    text=self.words["latest"].format(
                        latest=self._moment(trip.latest_depart_s),
                        slack=tenths(trip.latest_depart_s - trip.depart_s, 3600, self.lang),
                    )
                ),
                *self._escorts(trip),
                *self._handover(trip),
            ),
        )

    def _escorts(self, trip: Trip) -> tuple[Reason, ...]:
        if not trip.escorts:
            return ()
        return (Reason(text=self.words["escorts"].format(who=", ".join(trip.escorts))),)

    def _handover(self, trip: Trip) -> tuple[Reason, ...]:
        # On the way back kits are handed over at home, else where the kit gets off.
        back = trip.echelon.startswith("return")
        stop = next(s for s in trip.stops if self.place in s.kits)
        stage = _STAGE_OF[trip.echelon]
        rule = self.plan.handover_rules.at(stage, trip.home if back else stop.place)
        return tuple(
            Reason(text=self.words["handover"].format(asks=note.asks, source=note.source))
            for note in self.plan.handovers
            if note.stage == stage and note.rule == rule
        )

    def _moment(self, moment_s: int) -> str:
        election = self.plan.election
        return moment(
            moment_s, election.voting_day, lang=self.lang, offset_min=election.utc_offset_min
        )

    def _warehouse(self) -> str:
        """Return the place above that lines are allocated to, or that has stages."""
        code, seen = self.place, set[str]()
        while code and code not in seen:
            if code in self.plan.allocation.lines_to or self.plan.schedule.at(code):
                return code
            seen.add(code)
            code = self.plan.parent_of.get(code, "")
        return ""
