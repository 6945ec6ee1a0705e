"""The output contract: what one article is. The one place that names its fields.

Names follow schema.org's ``NewsArticle`` (https://schema.org/NewsArticle) where it has one.
"""

from __future__ import annotations

from dataclasses import InitVar, asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date as a page writes it, not yet read.

    ``text`` is the page's own wording, ``rule`` the rule that found it, ``visible`` whether a
    reader sees it (else it comes from the page's metadata).
    """

    text: str
    rule: str
    visible: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What extraction saw and a pipeline still has to read; never part of the output.

    ``published`` and ``modified`` are best first. ``fetched_at`` is the aware instant that
    relative dates are relative to.
    """

    fetched_at: datetime
    published: tuple[FoundDate, ...] = ()
    modified: tuple[FoundDate, ...] = ()


@dataclass
class Article:
    """One news article; keys in the order of the output.

    Dates are ISO 8601 with an offset, ``crawled_at`` in UTC; addresses are absolute; ``body`` is
    paragraphs separated by one blank line. What is unknown is ``None``, ``""`` or ``[]``.
    """

    url: str
    id: str
    publisher: str
    section: str = ""
    headline: str = ""
    description: str | None = None
    authors: list[str] = field(default_factory=list)
    place: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    body: str = ""
    word_count: int = 0
    reading_minutes: int | None = None
    image: str | None = None
    image_caption: str | None = None
    topics: list[str] = field(default_factory=list)
    premium: bool = False
    live: bool = False
    language: str | None = None
    next_url: str | None = None
    links: list[str] = field(default_factory=list)
    crawled_at: str = ""
    status: str = "new"
    content_hash: str = ""
    copy_group: str | None = None
    extraction: dict[str, str | None] = field(default_factory=dict)
    found: InitVar[Found | None] = None

    def __post_init__(self, found: Found | None) -> None:
        self.raw = found

    @property
    def paragraphs(self) -> list[str]:
        """The body's paragraphs, in reading order."""
        return self.body.split("\n\n") if self.body else []

    def seal(self) -> None:
        """Set what follows from the other fields: ``word_count`` and ``content_hash``."""
        self.word_count = len(self.body.split())
        text = "\0".join((self.headline, self.description or "", self.body))
        self.content_hash = sha256(text.encode()).hexdigest()

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of the contract, keys in its order."""
        return asdict(self)
