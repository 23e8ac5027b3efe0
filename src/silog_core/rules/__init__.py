"""The rule book: who says what for which region, and which of it holds."""

from __future__ import annotations

from silog_core.rules.book import RuleBook as RuleBook
from silog_core.rules.build import build_rule_book as build_rule_book
from silog_core.rules.combine import Combine as Combine
from silog_core.rules.conflicts import Conflict as Conflict
from silog_core.rules.entry import Entry as Entry
