"""After a re-plan, reports and explanations name loans and losses, in both languages."""

from __future__ import annotations

import attrs
import pytest

from silog_core.domain.incidents import GoodsLost, LotShort
from silog_core.domain.stock import StockLot
from silog_core.planning.replanning import replan
from silog_core.reports.report import RENDERERS, sections_of
from silog_core.reports.words import words
from small_world import BOOK, leg, planned, stocked, world

DAY_S = 86_400
SHAPE = ((((300, 400), (250,)),), (((200,), (100, 220)),))
LEGS = (
    leg("PRINTER", "12.01", "sea", km=130, hours=12),
    leg("PRINTER", "12.02", "sea", km=130, hours=12),
    leg("12.02", "12.01", km=50, hours=3),
)


@pytest.fixture(scope="module")
def answer():
    """A short lot is mended by a neighbour, and one village loses its kits."""
    scenario = stocked(world(SHAPE, legs=LEGS))
    spare = StockLot(place="12.02", item="box", quantity=3000, lot="spare")
    scenario = attrs.evolve(scenario, stock=(*scenario.stock, spare))
    short = LotShort(
        id="short", known_at_s=-40 * DAY_S, place="PRINTER", item="box", lot="lot-0",
        quantity=3,
    )  # fmt: skip
    first = replan(scenario, BOOK, planned(scenario), [short])
    village = next(t for t in first.plan.trips if t.echelon == "hub-village").stops[0]
    fire = GoodsLost(id="fire", known_at_s=village.depart_s + 60, place=village.place)
    return replan(first.scenario, BOOK, first.plan, [fire])


@pytest.mark.parametrize("suffix", sorted(RENDERERS))
@pytest.mark.parametrize(
    ("lang", "said"), [("en", "approved by KPU province 12"), ("id", "disetujui KPU Provinsi")]
)
def test_every_format_names_loans_and_losses(answer, lang, said, suffix):
    """Document, approver and supervisor of each loan; each lost kit with its incident."""
    page = RENDERERS[suffix](sections_of(answer.plan, lang=lang), lang)
    loan = answer.plan.lent[0]

    assert words(lang)["loans"] in page
    assert said in page
    for text in (loan.document, loan.supervisor_id if lang == "id" else loan.supervisor):
        assert text in page
    assert answer.plan.losses.kits
    assert all(lost.kit in page for lost in answer.plan.losses.kits[:12])


@pytest.mark.parametrize("lang", ["en", "id"])
def test_a_station_is_told_what_was_lent_and_lost(answer, lang):
    """The loan stands below the need that it mends, the loss above the kit's new way."""
    loan, lost = answer.plan.lent[0], answer.plan.losses.kits[0]
    told = str(answer.plan.explain(lost.kit, lang=lang))
    borrower = next(
        code for code in answer.plan.needs.level("station").codes
        if code.startswith(loan.receiver)
    )  # fmt: skip

    assert f"{lost.kit} " in told
    assert "fire" in told
    assert loan.document in str(answer.plan.explain(borrower, lang=lang))


def test_a_plan_without_incidents_has_neither(answer):
    """Both sections say that there is nothing."""
    quiet = attrs.evolve(answer.plan, lent=(), losses=type(answer.plan.losses)())
    by_title = {s.title: s for s in sections_of(quiet, lang="en")}

    assert ("none",) == by_title[words("en")["loans"]].paragraphs
    assert ("none",) == by_title[words("en")["losses"]].paragraphs
