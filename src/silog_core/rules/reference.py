"""References from one rule to another: an id, and the digest it had when it was read."""

from __future__ import annotations

import attrs

from silog_core.domain.contributions import Contribution


@attrs.frozen
class Reference:
    """What ``replaces`` and ``waives`` hold: ``id`` or ``id#digest``.

    With the digest, a rule of 2027 cannot silently outlive a change that the wider
    rule saw in 2028.

    Example:
        >>> Reference.parse("closure:sea/monsoon@53#0123456789abcdef")
        Reference(id='closure:sea/monsoon@53', digest='0123456789abcdef')
    """

    id: str
    digest: str

    @classmethod
    def parse(cls, text: str) -> Reference:
        """Read a reference as a rule holds it."""
        found, _, digest = text.partition("#")
        return cls(found, digest)

    def is_stale(self, rule: Contribution) -> bool:
        """Say whether *rule* has changed since the reference was written."""
        return bool(self.digest) and self.digest != rule.digest()


def refer_to(rule: Contribution) -> str:
    """Return the text that refers to *rule* as it is now."""
    return f"{rule.id}#{rule.digest()}"
