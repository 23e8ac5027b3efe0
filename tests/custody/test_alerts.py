"""Alerts and the six goals: everything found wrong is told under one of them."""

from __future__ import annotations

import string

import pytest

from custody_planned import BOX, KITS, LATER, PLANNED
from custody_world import REGENCY
from silog_core.custody.alerts import Alert, raise_alerts, silent_offices
from silog_core.custody.fold import CustodyFold
from silog_core.custody.problem_texts import TEXTS, problem
from silog_core.custody.scorecard import Goal, goal_of, scorecard

STATIONS = [kit.place for kit in KITS]


def _problem(code, subject):

    names = {
        name
        for text in TEXTS[code]
        for _before, name, _form, _conversion in string.Formatter().parse(text)
        if name
    }
    return problem(code, subject, **dict.fromkeys(names, "x"))


@pytest.mark.parametrize("code", TEXTS)
def test_every_problem_is_an_alert_and_speaks_against_one_goal(code):
    """No problem falls through: each is an alert and lowers one of the six scores."""
    found = _problem(code, BOX)
    (raised,) = raise_alerts([found])
    scores = scorecard(STATIONS, [found], station_of={BOX: STATIONS[0]})

    assert raised.alert in Alert
    assert raised.alert.title_id
    assert 6 == len(scores)
    assert {goal_of(code)} == {score.goal for score in scores if score.problems}
    assert [3, 4, 4, 4, 4, 4] == sorted(score.kept for score in scores)
    assert {75, 100} == {score.percent for score in scores}


def test_texts_say_the_same_in_both_languages():
    """Each text has its twin with the same figures in it."""

    def names(text):
        found = {name for _b, name, _f, _c in string.Formatter().parse(text) if name}
        return {name.removesuffix("_id") for name in found}

    for message, message_id, fix, fix_id in TEXTS.values():
        assert names(message) == names(message_id)
        assert names(fix) == names(fix_id)


def test_a_clean_record_keeps_all_goals():
    """Without a problem every score is full, also where there is no station."""
    assert {100} == {score.percent for score in scorecard(STATIONS, [])}
    assert {100} == {score.percent for score in scorecard([], [])}
    assert set(Goal) == {score.goal for score in scorecard([], [])}


def test_scores_of_a_region_leave_others_out():
    """A region answers for its own stations only."""
    found = problem("box-not-back", BOX)
    of = {BOX: STATIONS[0]}
    here = scorecard(STATIONS, [found], station_of=of, region=STATIONS[0][:13])
    there = scorecard(STATIONS, [found], station_of=of, region=STATIONS[-1][:13])

    assert 1 == sum(score.problems for score in here)
    assert 0 == sum(score.problems for score in there)
    assert 2 == here[0].stations == there[0].stations
    assert 0 == scorecard(STATIONS, [found], region=REGENCY)[0].stations


def test_silence_is_told_where_a_step_is_due():
    """A place that owes a step and says nothing is silent; one that reported is not."""
    village = KITS[0].place.partition("-")[0]
    events = [e for e in PLANNED if e.place != village]
    silent, loud = CustodyFold(), CustodyFold()
    silent.add_all(events)
    loud.add_all(PLANNED)

    assert [village] == [p.subject for p in silent_offices(KITS, silent, now_s=LATER)]
    assert [] == list(silent_offices(KITS, loud, now_s=LATER))
    assert [] == list(silent_offices(KITS, silent, now_s=0))
