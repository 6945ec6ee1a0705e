"""The file that ``newscrawl init`` writes. In it, ``#`` without a space behind it stands in front of an example."""

from __future__ import annotations

from pathlib import Path

_CONTACT = '#contact = "you@example.org"'


def filled(contact: str | None) -> str:
    """The file's text, with a ``contact`` if there is one."""
    text = Path(__file__).with_name("template.toml").read_text(encoding="utf-8")
    return text.replace(_CONTACT, f'contact = "{contact}"') if contact else text
