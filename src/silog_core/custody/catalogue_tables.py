"""The catalogue of events and the problems as tables in Markdown, for the documentation."""

from __future__ import annotations

import re
from collections.abc import Iterable

from silog_core.custody.catalogue import CATALOGUE
from silog_core.custody.catalogue_form import KindRules
from silog_core.custody.problem_texts import TEXTS
from silog_core.domain.custody_kinds import Stage


def kinds_table() -> str:
    """Return what each kind of event asks for, one row a kind.

    Example:
        >>> kinds_table().splitlines()[0]
        '| kind | in Indonesian | follows | leads to | carries | recorded by | persons |'
    """
    head = "| kind | in Indonesian | follows | leads to | carries | recorded by | persons |"
    rows = (
        (
            f"`{kind.value}`",
            kind.title_id,
            _stages(rules),
            f"`{rules.to_stage.value}`" if rules.to_stage else "stays",
            ", ".join((*rules.must_carry, *(f"`{name}`" for name in rules.facts))),
            ", ".join(sorted(role.value for role in rules.roles))
            if len(rules.roles) < 15
            else "anybody",
            _persons(rules),
        )
        for kind, rules in CATALOGUE.items()
    )
    return _table(head, rows)


def epcis_table() -> str:
    """Return how each kind is said in GS1 EPCIS 2.0, one row a kind."""
    head = "| kind | event | action | business step | disposition |"
    rows = (
        (
            f"`{kind.value}`",
            rules.epcis.event_type,
            rules.epcis.action,
            rules.epcis.biz_step,
            rules.epcis.disposition,
        )
        for kind, rules in CATALOGUE.items()
    )
    return _table(head, rows)


def problems_table(lang: str = "en") -> str:
    """Return every problem with what to do about it, one row a code."""
    at = 0 if lang == "en" else 1
    head = "| code | meaning | what to do |" if lang == "en" else "| kode | arti | tindakan |"
    rows = (
        (f"`{code}`", _plain(texts[at]), _plain(texts[at + 2]))
        for code, texts in sorted(TEXTS.items())
    )
    return _table(head, rows)


def stages_table() -> str:
    """Return the stages in order, with their names."""
    rows = ((f"`{s.value}`", s.title_id, s.title_en) for s in Stage)
    return _table("| stage | in Indonesian | in English |", rows)


def _table(head: str, rows: Iterable[Iterable[str]]) -> str:
    rule = "|" + "---|" * (head.count("|") - 1)
    return "\n".join([head, rule, *("| " + " | ".join(row) + " |" for row in rows)])


def _stages(rules: KindRules) -> str:
    if len(rules.from_stages) > len(Stage):
        return "anything"
    named = sorted(rules.from_stages, key=lambda s: -1 if s is None else s.rank)
    return ", ".join(f"`{s.value}`" if s else "nothing" for s in named)


def _persons(rules: KindRules) -> str:
    if not rules.witnesses:
        return str(rules.persons)
    return (
        f"{rules.persons}, watched by {' or '.join(sorted(r.value for r in rules.witnesses))}"
    )


def _plain(text: str) -> str:
    """Return a text with its gaps as words: ``{place}`` becomes *place*."""
    return re.sub(r"\{(\w+?)(?:_id)?\}", r"*\1*", text)
