"""A field's value, and the rule that gave it."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Value(NamedTuple, Generic[T]):
    """What was found, and the rule that found it: ``None`` where none did.

    >>> Value("Maro", ".dateline")
    Value(value='Maro', rule='.dateline')
    """

    value: T
    rule: str | None = None
