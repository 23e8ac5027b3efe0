"""Solomon's format: time windows, one depot, real distances that are also times."""

from __future__ import annotations

from silog_core.io.vrp_files.model import Fleet, Stop, VrpFile, euclid


def looks_like_solomon(lines: list[str]) -> bool:
    """Return whether the lines carry Solomon's headings.

    Example:
        >>> looks_like_solomon(["C101", "VEHICLE", "NUMBER CAPACITY"])
        True
    """
    return any(line.strip().upper() == "VEHICLE" for line in lines[:4])


def read_solomon(lines: list[str], name: str) -> VrpFile:
    """Return the problem of a Solomon file.

    Args:
        lines: The lines that are not blank.
        name: Used when the file does not name itself.
    """
    rows = [[float(word) for word in line.split()] for line in lines if _is_numbers(line)]
    count, capacity = int(rows[0][0]), rows[0][1]
    depot, *clients = [row for row in rows[1:] if len(row) >= 7]
    first = lines[0].strip()
    return VrpFile(
        name=name if first.upper() == "VEHICLE" else first,
        style="solomon",
        stops=tuple(
            Stop(number=int(row[0]), demand=row[3], window=(row[4], row[5]), service=row[6])
            for row in clients
        ),
        fleets=(Fleet(count=count, capacity=capacity),),
        distances=euclid([(row[1], row[2]) for row in [depot, *clients]], rounded=False),
        hours=((depot[4], depot[5]),),
    )


def _is_numbers(line: str) -> bool:
    try:
        return bool([float(word) for word in line.split()])
    except ValueError:
        return False
