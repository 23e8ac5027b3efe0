"""Write the generated parts of hooks.md anew: python docs/write_hooks.py."""

from __future__ import annotations

import re
from pathlib import Path

from silog_core.plugins.documentation import hook_sections
from silog_core.testing.laws import law_sections

PAGE = Path(__file__).with_name("hooks.md")


def renewed(text: str) -> str:
    """Return the page with its generated parts as the code says them now."""
    for name, content in (("hooks", hook_sections()), ("laws", law_sections())):
        text = re.sub(
            rf"(<!-- generated: {name} -->\n).*?(<!-- end: {name} -->)",
            lambda found, new=content: f"{found[1]}\n{new}\n{found[2]}",
            text,
            flags=re.DOTALL,
        )
    return text


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
