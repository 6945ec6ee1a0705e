"""Numbers with their nouns, for sentences."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """``1 article``, ``2 articles``, ``0 articles``; for nouns whose plural has an ``s`` more."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
