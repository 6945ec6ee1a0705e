"""The output contract: what one article is. The one place that names its fields.

Names follow schema.org's ``NewsArticle`` (https://schema.org/NewsArticle) where it has one.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import InitVar, asdict, dataclass, field
from hashlib import sha256
from typing import Any

from newscrawl.article.entries import Entry
from newscrawl.article.markdown import Paragraph, document_of, kept
from newscrawl.text.words import count_words

_ADDED = "2026-11"


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the story. ``url`` is absolute, sizes are in pixels as the page tells them."""

    url: str = field(metadata={"description": "Its address.", "format": "iri"})
    caption: str | None = field(default=None, metadata={"description": "What is written below it."})
    credit: str | None = field(default=None, metadata={"description": "Who made it or whose it is."})
    alt: str | None = field(default=None, metadata={"description": "What stands in its place where it is not seen."})
    width: int | None = field(default=None, metadata={"description": "Its width in pixels.", "minimum": 0})
    height: int | None = field(default=None, metadata={"description": "Its height in pixels.", "minimum": 0})


@dataclass(frozen=True, slots=True)
class Update:
    """An entry of a live blog. ``time`` is ISO 8601 with an offset; ``text`` is paragraphs as in ``Article.body``."""

    time: str | None = field(default=None, metadata={"description": "When it came.", "format": "date-time"})
    headline: str | None = field(default=None, metadata={"description": "Its headline."})
    text: str = field(default="", metadata={"description": "Its paragraphs, separated by one blank line."})
    markdown: str = field(default="", metadata={"description": "The same as CommonMark."})


@dataclass(frozen=True, slots=True)
class TextLink:
    """A link in the story's text. ``url`` is absolute."""

    url: str = field(metadata={"description": "Where it leads.", "format": "iri"})
    text: str = field(default="", metadata={"description": "The words that are linked."})
    internal: bool = field(default=False, metadata={"description": "Whether it leads to a page of the publisher."})


@dataclass
class Article:
    """One news article; keys in the order of the output.

    Dates are ISO 8601 with an offset, ``crawled_at`` in UTC; addresses are absolute; ``body`` is
    paragraphs separated by one blank line. What is unknown is ``None``, ``""`` or ``[]``.

    A field's metadata are keywords of JSON Schema for it; its type is not among them, since the annotation says that.
    Three keys are not published: ``added``, since when the field is there, if it came after the first version;
    ``keys``, those of an object; ``watched``: ``False`` for a field whose loss says nothing of the pages.
    A list holds texts, or objects of one of the classes above, whose fields have such metadata, too.
    Every form of output follows from this by :mod:`newscrawl.article.types`.
    """

    url: str = field(
        metadata={
            "description": "Canonical address: no tracking parameters, no fragment, never the AMP twin.",
            "format": "iri",
        }
    )
    id: str = field(
        metadata={"description": "The publisher's own id, else a stable hash of the address.", "minLength": 1}
    )
    publisher: str = field(metadata={"description": "The publisher's domain.", "minLength": 1})
    section: str = field(
        default="", metadata={"description": "The breadcrumb's section, else the one the crawl was started for."}
    )
    headline: str = field(default="", metadata={"description": "The headline.", "minLength": 1})
    description: str | None = field(default=None, metadata={"description": "The dek below the headline."})
    authors: list[str] = field(
        default_factory=list, metadata={"description": "Who wrote the story: persons or agencies, without the place."}
    )
    place: str | None = field(default=None, metadata={"description": "The dateline's place."})
    date_published: str | None = field(
        default=None,
        metadata={
            "description": "When the story was first published, with the offset of the publisher's clock.",
            "format": "date-time",
        },
    )
    date_modified: str | None = field(
        default=None,
        metadata={
            "description": "When the story was last updated, with the offset of the publisher's clock.",
            "format": "date-time",
        },
    )
    body: str = field(
        default="", metadata={"description": "The story: paragraphs separated by one blank line.", "minLength": 1}
    )
    word_count: int = field(default=0, metadata={"description": "Words of the body.", "minimum": 0})
    reading_minutes: int | None = field(
        default=None, metadata={"description": "Minutes to read it, as the page says.", "minimum": 0}
    )
    image: str | None = field(default=None, metadata={"description": "Address of the main image.", "format": "iri"})
    image_caption: str | None = field(default=None, metadata={"description": "That image's caption."})
    topics: list[str] = field(default_factory=list, metadata={"description": "What the publisher says it is about."})
    premium: bool = field(default=False, metadata={"description": "Whether only part of the story is free to read."})
    live: bool = field(default=False, metadata={"description": "Whether it is a live blog."})
    language: str | None = field(default=None, metadata={"description": "Language, as a BCP 47 tag."})
    next_url: str | None = field(default=None, metadata={"description": 'Where "Next Story" leads.', "format": "iri"})
    links: list[str] = field(
        default_factory=list,
        metadata={"description": 'The "More From This Section" articles.', "items": {"format": "iri"}},
    )
    crawled_at: str = field(
        default="",
        metadata={"description": "When the page was fetched, in UTC.", "format": "date-time", "pattern": "Z$"},
    )
    status: str = field(
        default="new",
        metadata={
            "description": "new, or changed when an earlier run emitted another version.",
            "enum": ["new", "changed"],
        },
    )
    content_hash: str = field(
        default="",
        metadata={"description": "SHA-256 over headline, description and body.", "pattern": "^[0-9a-f]{64}$"},
    )
    copy_group: str | None = field(
        default=None,
        metadata={
            "description": "The publisher/id of the article of the same text that was met first; mostly its own.",
            "watched": False,
        },
    )
    extraction: dict[str, str | None] = field(
        default_factory=dict,
        metadata={
            "description": "The rule that gave each of headline, body and date_published.",
            "keys": ("headline", "body", "date_published"),
        },
    )
    body_markdown: str = field(
        default="", metadata={"description": "The story as CommonMark, paragraph for paragraph.", "added": _ADDED}
    )
    images: list[Image] = field(
        default_factory=list, metadata={"description": "The story's pictures, the main one first.", "added": _ADDED}
    )
    updates: list[Update] = field(
        default_factory=list,
        metadata={"description": "A live blog's updates, in the page's order.", "added": _ADDED},
    )
    publisher_name: str | None = field(
        default=None, metadata={"description": "The publisher's name, as it writes it.", "added": _ADDED}
    )
    keywords: list[str] = field(
        default_factory=list,
        metadata={"description": "The publisher's keywords for search engines.", "added": _ADDED},
    )
    corrections: list[str] = field(
        default_factory=list,
        metadata={"description": "Corrections and editor's notes, as written.", "added": _ADDED, "watched": False},
    )
    contributors: list[str] = field(
        default_factory=list,
        metadata={"description": "Who else worked on the story: reporters and editors, or agencies.", "added": _ADDED},
    )
    dateline: str | None = field(
        default=None, metadata={"description": "The dateline as written before the first sentence.", "added": _ADDED}
    )
    links_in_text: list[TextLink] = field(
        default_factory=list, metadata={"description": "The links in the story's text, in its order.", "added": _ADDED}
    )
    #: What the page says of its dates (:class:`newscrawl.dates.found.Found`), which a later step reads.
    found: InitVar[Any] = None

    def __post_init__(self, found: Any) -> None:
        self.raw = found
        #: The rule that gave each field, beside those of ``extraction``; not part of the output.
        self.rules: dict[str, str | None] = {}
        #: The body's paragraphs in Markdown, and its pictures between them; ``seal`` puts them together.
        self.story: list[Paragraph] = []
        #: A live blog's updates, as numbers of the body's paragraphs; ``seal`` makes ``updates`` of them.
        self.entries: list[Entry] = []
        #: Where the story goes on, and where it is on one page (:class:`newscrawl.extract.story_pages.Onward`).
        self.onward: Any = None

    @property
    def paragraphs(self) -> list[str]:
        """The body's paragraphs, in reading order."""
        return self.body.split("\n\n") if self.body else []

    def keep(self, numbers: Container[int]) -> None:
        """Leave the paragraphs of some numbers, from 0 on, in the body."""
        left = [(n, text) for n, text in enumerate(self.paragraphs) if n in numbers]
        self.body = "\n\n".join(text for _, text in left)
        self.story = kept(self.story, numbers)
        places = {n: place for place, (n, _) in enumerate(left)}
        self.entries = [entry.at_places(places) for entry in self.entries]

    def seal(self) -> None:
        """Set what follows from the story: its count of words, its hash, its Markdown, its links and its updates."""
        if self.story:
            self.body_markdown = document_of(self.story) if self._has_markdown else ""
            self.links_in_text = [TextLink(*link) for one in self.story for link in one.links]
        self.updates = self._updates()
        self.word_count = count_words(self.body)
        text = "\0".join((self.headline, self.description or "", self.body))
        self.content_hash = sha256(text.encode()).hexdigest()

    @property
    def _has_markdown(self) -> bool:
        return any(one.text or one.row for one in self.story)

    def _updates(self) -> list[Update]:
        if not self.entries:
            return []
        paragraphs, found = self.paragraphs, []
        story = self.story if self._has_markdown else []
        places = [place for place, one in enumerate(story) if not one.is_picture]
        for entry in self.entries:
            text = "\n\n".join(paragraphs[number] for number in entry.text)
            if text or entry.headline:
                found.append(Update(entry.time, entry.headline, text, document_of(entry.part_of(story, places))))
        return found

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of the contract, keys in its order."""
        return asdict(self)
