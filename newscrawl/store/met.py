"""What a crawl knows of an article that it met, and of one that waits to be asked for."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple, Self

_HALF = 16  # hexadecimal digits


class Met(NamedTuple):
    """An article that was met ``hop`` links beyond the listings (``None``: only listed, and left out).

    ``listed``: a listing showed it; ``settled``: it is known, and not asked for again; ``next_url``: its Next Story.
    """

    hop: int | None
    listed: bool
    settled: bool
    next_url: str | None


class Visit(NamedTuple):
    """An article that waits to be asked for: its walk and key, where it is, the listing page that showed it (0: none).

    ``known``: an earlier run met it. ``source`` is the number of the source that named it (0: none is known).
    ``check``: it is asked only for where its address leads.
    """

    walk: str
    key: str
    url: str
    page: int
    known: bool
    source: int = 0
    check: bool = False


class Text(NamedTuple):
    """What tells one text from another: hashes of headline and body, the same in every process."""

    headline: str
    body: str

    @classmethod
    def of(cls, headline: str, body: str) -> Self:
        """The hashes of two texts, without their case and white space."""
        return cls(*(_hash(text) for text in (headline, body)))

    def contradicts(self, other: Text) -> bool:
        """Whether the other is another story, and no version of this one."""
        return self.headline != other.headline and self.body != other.body


@lru_cache(16)  # a story's texts are asked for where its page is read, and again where it is written
def _hash(text: str) -> str:
    return sha256(" ".join(text.casefold().split()).encode("utf-8", "surrogatepass")).hexdigest()[:_HALF]
