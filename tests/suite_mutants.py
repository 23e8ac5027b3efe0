"""Find out which law of a suite notices that something is wrong."""

from __future__ import annotations

import pytest
from hypothesis import Phase, settings

#: A mutant need not be shrunk: it is known what is wrong with it.
HASTY = settings(
    max_examples=40, deadline=None, derandomize=True, database=None, phases=[Phase.generate]
)


def laws_of(suite):
    """Return the names of a suite's tests."""
    return sorted(name for name in dir(suite) if name.startswith("test_"))


def breaks(suite, law):
    """Say whether a suite finds that a law is broken."""
    (name,) = (name for name in laws_of(suite) if name.startswith(f"test_{law}_"))
    suite.effort = HASTY
    try:
        getattr(suite, name)()
    except pytest.skip.Exception:
        return False
    except pytest.fail.Exception:  # what pytest.raises raises when nothing was
        return True
    except Exception:  # noqa: BLE001 - a mutant may fail in any way
        return True
    return False
