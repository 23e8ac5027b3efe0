"""The VRPLIB format: capacitated, with time windows, with a mixed fleet."""

from __future__ import annotations

from collections import Counter

from silog_core.errors import FileFormatError
from silog_core.io.vrp_files.edge_weights import explicit_matrix
from silog_core.io.vrp_files.model import Fleet, Numbers, Stop, VrpFile, euclid

#: What is read, and what may stand in a file without meaning anything here.
_READ = {
    "NODE_COORD_SECTION",
    "DEMAND_SECTION",
    "DEPOT_SECTION",
    "EDGE_WEIGHT_SECTION",
    "TIME_WINDOW_SECTION",
    "SERVICE_TIME_SECTION",
    "CAPACITY_SECTION",
    "VEHICLES_FIXED_COST_SECTION",
    "VEHICLES_UNIT_DISTANCE_COST_SECTION",
    "VEHICLES_DEPOT_SECTION",
    "DISPLAY_DATA_SECTION",
}

Sections = dict[str, list[list[float]]]


def looks_like_vrplib(lines: list[str]) -> bool:
    """Return whether the lines carry VRPLIB's keywords.

    Example:
        >>> looks_like_vrplib(["NAME : tiny", "DIMENSION : 3"])
        True
    """
    return any(line.lstrip().upper().startswith("DIMENSION") for line in lines[:40])


def read_vrplib(lines: list[str], name: str) -> VrpFile:
    """Return the problem of a VRPLIB file.

    Args:
        lines: The lines that are not blank.
        name: Used when the file does not name itself.
    """
    header, sections = _split(lines)
    size = int(header["DIMENSION"])
    homes = [int(row[0]) - 1 for row in sections.get("DEPOT_SECTION", [[1]]) if row[0] > 0]
    others = [i for i in range(size) if i not in homes]
    order = homes + others
    demand = _column(sections, "DEMAND_SECTION", size)
    service = _column(sections, "SERVICE_TIME_SECTION", size, header.get("SERVICE_TIME"))
    windows = {int(row[0]) - 1: (row[1], row[2]) for row in sections.get(_WINDOWS, [])}
    fleets = _fleets(header, sections, homes, len(others))
    plain = _is_plain(header, sections)
    weights = _distances(header, sections, size, rounded=plain)
    return VrpFile(
        name=header.get("NAME", name).strip() or name,
        style="vrplib",
        stops=tuple(
            Stop(number=i + 1, demand=demand[i], service=service[i], window=windows.get(i))
            for i in others
        ),
        fleets=fleets,
        distances=[[weights[i][j] for j in order] for i in order],
        hours=tuple(windows.get(i) for i in homes),
    )


_WINDOWS = "TIME_WINDOW_SECTION"


def _split(lines: list[str]) -> tuple[dict[str, str], Sections]:
    """Return the header's values and the rows of each section."""
    header: dict[str, str] = {}
    sections: Sections = {}
    rows: list[list[float]] | None = None
    for line in lines:
        word = line.split()[0].rstrip(":").upper()
        if word == "EOF":
            break
        if word.endswith("_SECTION"):
            if word not in _READ:
                raise FileFormatError(
                    f"the file has a {word}, which is not read here",
                    "give a problem with capacities, windows or a mixed fleet",
                )
            rows = sections.setdefault(word, [])
        elif word[0].isalpha():
            key, _, value = line.partition(":")
            header[key.strip().upper()] = value.strip()
        elif rows is not None:
            rows.append([float(v) for v in line.split()])
    return header, sections


def _is_plain(header: dict[str, str], sections: Sections) -> bool:
    """Return whether this is a capacitated problem and no more."""
    return (
        header.get("TYPE", "CVRP").upper() == "CVRP"
        and "DISTANCE" not in header
        and not sections.keys()
        & {_WINDOWS, "CAPACITY_SECTION", "VEHICLES_UNIT_DISTANCE_COST_SECTION"}
    )


def _column(
    sections: Sections, name: str, size: int, everywhere: str | None = None
) -> list[float]:
    """Return the second column of a section by node; 0 where it says nothing."""
    values = [0.0] * size
    if name not in sections and everywhere is not None:
        return [0.0] + [float(everywhere)] * (size - 1)
    for row in sections.get(name, []):
        values[int(row[0]) - 1] = row[1]
    return values


def _distances(
    header: dict[str, str], sections: Sections, size: int, *, rounded: bool
) -> Numbers:
    kind = header.get("EDGE_WEIGHT_TYPE", "EUC_2D").upper()
    if kind == "EXPLICIT":
        values = [v for row in sections["EDGE_WEIGHT_SECTION"] for v in row]
        return explicit_matrix(header.get("EDGE_WEIGHT_FORMAT", "FULL_MATRIX"), values, size)
    rows = sorted(sections["NODE_COORD_SECTION"])
    points = [(row[1], row[2]) for row in rows]
    if len(points) != size:
        raise ValueError(f"{len(points)} positions for {size} nodes")
    if kind == "EUC_2D":
        return euclid(points, rounded=rounded)
    if kind == "EXACT_2D":
        return euclid(points, rounded=False)
    if kind in ("FLOOR_2D", "CEIL_2D"):
        up = 0 if kind == "FLOOR_2D" else 1
        real = euclid(points, rounded=False)
        return [[int(d) + (up if d > int(d) else 0) for d in row] for row in real]
    raise FileFormatError(
        f"the file has distances of type {kind}",
        "give EUC_2D, EXACT_2D, FLOOR_2D, CEIL_2D or EXPLICIT",
    )


def _fleets(
    header: dict[str, str], sections: Sections, homes: list[int], clients: int
) -> tuple[Fleet, ...]:
    """Return the fleet, vehicles that are alike together."""
    longest = float(header["DISTANCE"]) if "DISTANCE" in header else None
    listed = sections.get("CAPACITY_SECTION")
    if listed is None:
        capacity = float(header["CAPACITY"]) if "CAPACITY" in header else None
        count = int(header.get("VEHICLES", clients))
        return tuple(
            Fleet(count=count, capacity=capacity, depot=i, longest=longest)
            for i in range(len(homes))
        )
    numbers = [int(row[0]) for row in listed]
    fixed = _by_vehicle(sections, "VEHICLES_FIXED_COST_SECTION", 0.0)
    unit = _by_vehicle(sections, "VEHICLES_UNIT_DISTANCE_COST_SECTION", 1.0)
    depot = _by_vehicle(sections, "VEHICLES_DEPOT_SECTION", homes[0] + 1.0)
    kinds = Counter(
        (row[1], fixed(n), unit(n), homes.index(int(depot(n)) - 1))
        for n, row in zip(numbers, listed, strict=True)
    )
    return tuple(
        Fleet(
            count=count,
            capacity=size,
            fixed=price,
            per_distance=each,
            depot=i,
            longest=longest,
        )
        for (size, price, each, i), count in kinds.items()
    )


class _by_vehicle:  # noqa: N801 - reads as a function
    """A number for each vehicle, or one for all."""

    def __init__(self, sections: Sections, name: str, default: float) -> None:
        self.values = {int(row[0]): row[1] for row in sections.get(name, [])}
        self.default = default

    def __call__(self, vehicle: int) -> float:
        return self.values.get(vehicle, self.default)
