"""Dates as a page writes them, found and not yet read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date as a page writes it, not yet read.

    ``text`` is the page's own wording, ``rule`` the rule that found it, ``visible`` whether a
    reader sees it (else it comes from the page's metadata).
    """

    text: str
    rule: str
    visible: bool

    @property
    def is_metadata(self) -> bool:
        """Whether it stands in the page's head or its JSON-LD, which programs write."""
        return self.rule.startswith(("meta:", "json-ld:"))

    @property
    def is_beside(self) -> bool:
        """Whether it stands in a line of dates beside the headline, or in a ``time`` element of the story."""
        return self.rule.startswith("near ") or self.rule == "time"


@dataclass(frozen=True, slots=True)
class Found:
    """What extraction saw and a later step reads; never part of the output.

    ``published`` and ``modified`` are best first. ``fetched_at`` is the aware instant that
    relative dates are relative to; ``run``, of a page from an archive, the run that fetched it. ``beside`` are texts with
    other dates of the page, which may tell how it writes a day in numbers.
    """

    fetched_at: datetime
    published: tuple[FoundDate, ...] = ()
    modified: tuple[FoundDate, ...] = ()
    run: str = ""
    beside: tuple[str, ...] = ()
