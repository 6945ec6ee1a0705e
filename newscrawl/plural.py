"""Numbers with their nouns, for sentences."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """A number and its noun, for regular English nouns.

    >>> counted(1, "article"), counted(0, "article"), counted(2, "story"), counted(2, "day")
    ('1 article', '0 articles', '2 stories', '2 days')
    """
    if number == 1:
        return f"1 {noun}"
    ends_in_y = noun.endswith("y") and noun[-2:-1] not in tuple("aeiou")
    return f"{number} {f'{noun[:-1]}ies' if ends_in_y else f'{noun}s'}"
