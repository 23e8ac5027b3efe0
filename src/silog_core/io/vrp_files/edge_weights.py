"""Matrices written out in a VRPLIB file."""

from __future__ import annotations

from silog_core.errors import FileFormatError


def explicit_matrix(form: str, values: list[float], size: int) -> list[list[float]]:
    """Return the matrix that a list of values stands for.

    Args:
        form: The file's ``EDGE_WEIGHT_FORMAT``.
        values: All numbers of the section, in order.
        size: Rows of the matrix.

    Raises:
        FileFormatError: The form is not known, or the count of values does not fit.

    Example:
        >>> explicit_matrix("LOWER_ROW", [5, 9, 4], 3)
        [[0, 5, 9], [5, 0, 4], [9, 4, 0]]
    """
    cells = _cells(form.upper(), size)
    if len(cells) != len(values):
        raise FileFormatError(
            f"the matrix has {len(values)} numbers, {form} of size {size} has {len(cells)}",
            "compare DIMENSION and EDGE_WEIGHT_FORMAT with the section",
        )
    matrix: list[list[float]] = [[0] * size for _ in range(size)]
    for (i, j), value in zip(cells, values, strict=True):
        matrix[i][j] = value
        if form.upper() != "FULL_MATRIX":
            matrix[j][i] = value
    return matrix


def _cells(form: str, size: int) -> list[tuple[int, int]]:
    """Return the places of the values, in order."""
    span = range(size)
    if form == "FULL_MATRIX":
        return [(i, j) for i in span for j in span]
    if form in ("LOWER_ROW", "LOWER_COL", "UPPER_COL", "UPPER_ROW"):
        own = 1
    elif form in ("LOWER_DIAG_ROW", "UPPER_DIAG_COL", "UPPER_DIAG_ROW", "LOWER_DIAG_COL"):
        own = 0
    else:
        raise FileFormatError(
            f"the matrix has the form {form}",
            "give FULL_MATRIX or a triangle by rows or columns",
        )
    # A symmetric triangle by columns is the other one by rows.
    if form.startswith("LOWER") == form.endswith("ROW"):
        return [(i, j) for i in span for j in range(i + 1 - own)]
    return [(i, j) for i in span for j in range(i + own, size)]
