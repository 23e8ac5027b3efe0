"""Units as distinct types over ``int``, so that a type checker sees a mix-up."""

from __future__ import annotations

from typing import NewType

Metres = NewType("Metres", int)
Seconds = NewType("Seconds", int)
Grams = NewType("Grams", int)
CubicCm = NewType("CubicCm", int)
Rupiah = NewType("Rupiah", int)
