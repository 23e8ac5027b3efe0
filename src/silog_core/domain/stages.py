"""Stages of work at a warehouse, in the order in which its goods go through them."""

from __future__ import annotations

#: Stage of arrival, of receipt, and of the work that waits for both, by whether it is
#: ballots.
RECEIPT = {
    False: ("equipment-arrival", "equipment-receipt", "kitting"),
    True: ("ballot-arrival", "ballot-receipt", "sort-fold"),
}
#: What ballots, and what other goods, go through after they have come.
BALLOTS = (RECEIPT[True][1], "sort-fold", "kitting")
OTHERS = (RECEIPT[False][1], "kitting")
#: All of them, none before one that it waits for.
WORK = (OTHERS[0], *BALLOTS)
