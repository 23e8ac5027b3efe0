"""A session: plugins, and what programs make with them."""

from silog_core.session.session import Session

__all__ = ["Session"]
