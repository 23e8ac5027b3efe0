"""Cordeau's format: several depots, optional time windows, real distances."""

from __future__ import annotations

from silog_core.errors import FileFormatError
from silog_core.io.vrp_files.model import Fleet, Stop, VrpFile, euclid

#: Types of the format: several depots, without and with time windows; one depot with.
MDVRP, VRPTW, MDVRPTW = 2, 4, 6


def looks_like_cordeau(lines: list[str]) -> bool:
    """Return whether the first line is Cordeau's: type, vehicles, customers, depots.

    Example:
        >>> looks_like_cordeau(["2 4 50 4", "0 80"])
        True
    """
    words = lines[0].split() if lines else []
    return len(words) == 4 and all(word.isdigit() for word in words)


def read_cordeau(lines: list[str], name: str) -> VrpFile:
    """Return the problem of a Cordeau file.

    Args:
        lines: The lines that are not blank.
        name: Name of the file, which does not name itself.
    """
    rows = [[float(word) for word in line.split()] for line in lines]
    kind, vehicles, count, depots = (int(v) for v in rows[0])
    if kind not in (MDVRP, VRPTW, MDVRPTW):
        raise FileFormatError(
            f"{name} is of Cordeau's type {kind}",
            "give a problem with several depots (2), windows (4), or both (6); periodic and "
            "site-dependent problems are not read",
        )
    limits = rows[1 : 1 + depots]
    clients = rows[1 + depots : 1 + depots + count]
    homes = rows[1 + depots + count : 1 + 2 * depots + count]
    timed = kind != MDVRP
    return VrpFile(
        name=name,
        style="cordeau",
        stops=tuple(
            Stop(
                number=int(row[0]),
                service=row[3],
                demand=row[4],
                window=(row[-2], row[-1]) if timed else None,
            )
            for row in clients
        ),
        fleets=tuple(
            Fleet(count=vehicles, capacity=load or None, depot=i, longest=longest or None)
            for i, (longest, load) in enumerate(limits)
        ),
        distances=euclid([(row[1], row[2]) for row in [*homes, *clients]], rounded=False),
        hours=tuple((row[-2], row[-1]) if timed else None for row in homes),
    )
