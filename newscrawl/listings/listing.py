"""What every source of links gives: the links, where it goes on, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import NamedTuple, Protocol

from newscrawl.addresses.site import host_of
from newscrawl.extract.page import Page
from newscrawl.publishers import Publisher


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a listing, feed or sitemap gives, with the date it shows, unread.

    ``is_article``: the listing says that it is an article's, whatever the address is like. ``is_published``: the date
    is that of its publication; any other may be that of a change.
    """

    url: str
    date: str = ""
    is_article: bool = False
    is_published: bool = False


class Entry(NamedTuple):
    """An address and its date, as a document has them; ``""`` where it has none. The other two are as a link's."""

    address: str
    date: str = ""
    is_article: bool = False
    is_published: bool = False


class Why(StrEnum):
    """Why a run does not ask for a link that a listing names."""

    OTHER_SECTION = "another section"
    OTHER_HOST = "another host"
    NO_ARTICLE = "no article's address"
    OTHER_MATTER = "a video, gallery or the like"
    BESIDE = "beside the list"
    NO_ADDRESS = "no address"


class Passed(NamedTuple):
    """A link that a listing names, as written where it is no page of the site, and that the run does not ask for.

    ``rule`` tells more, in a few words that do not differ from link to link.
    """

    url: str
    why: Why
    rule: str = ""


class Holds(Enum):
    """What the links of a listing lead to."""

    CARDS = "the section's articles"
    ARTICLES = "articles of whichever section"
    PAGES = "pages of whichever kind"
    SITEMAPS = "the site's sitemaps"
    INDEX = "sitemaps that are parts of this one"


@dataclass(frozen=True, slots=True)
class Listing:
    """One answer of a source of links: its ``links``, in their order.

    ``more`` says what the source has besides and has not given, ``cut`` why the answer was not read to its end; both
    are empty where there is nothing to say. ``page`` is the page of an HTML listing, or of what is read like one.
    """

    links: list[Link]
    cut: str = ""
    holds: Holds = Holds.ARTICLES
    page: Page | None = None
    #: Links that it names and that lead to no article of the section.
    passed: tuple[Passed, ...] = ()
    #: Find the next page, and what there is besides; neither is needed mostly.
    find_next: Callable[[], Iterable[str]] = tuple
    find_more: Callable[[], str] = str

    @property
    def next(self) -> str | None:
        """The address of the next page, the likeliest one, if there is one."""
        return next(self.candidates(), None)

    def candidates(self) -> Iterator[str]:
        """Addresses of which one may be the next page's, the likeliest first."""
        return iter(self.find_next())

    @property
    def more(self) -> str:
        """What the source has besides, and gives no address of, as a clause."""
        return self.find_more()


class Answer(NamedTuple):
    """What was answered for the address of page ``number`` of ``section``'s listing; ``asked`` was asked for before."""

    body: bytes
    url: str
    headers: Mapping[str, str] | None = None
    section: str = ""
    number: int = 1
    asked: Container[str] = ()


class Head(NamedTuple):
    """By which an answer's source is recognised: its path, its first bytes unzipped, its XML root element's name.

    And its media type, as the header says it: ``text/plain``.
    """

    path: str
    start: bytes
    root: str
    media_type: str = ""

    @property
    def is_xml(self) -> bool:
        """Whether it says that it is XML, by its first characters or, where no element begins, its header or name."""
        if self.start.lstrip().startswith(b"<?xml"):
            return True
        is_named = self.media_type.endswith(("/xml", "+xml")) or self.path.endswith((".xml", ".rss", ".atom", ".rdf"))
        return is_named and not self.root


class ListingSite(Protocol):
    """What a source of links has to know of the site (see :class:`newscrawl.sites.base.NewsSite`)."""

    publisher: Publisher

    def url(self, link: str, base: str = "") -> str | None:
        """The one form of an address, ``None`` if it is of no page of the site."""

    def settle(self, url: str) -> None:
        """The listing answered at this address."""

    def links(self, page: Page, section: str) -> list[Link]:
        """The section's articles on a listing page."""

    def passed(self, page: Page, section: str, links: list[Link]) -> tuple[Passed, ...]:
        """What a listing page names besides these ``links``, as far as it may be stories."""

    def next_pages(
        self, page: Page, section: str, number: int, asked: Container[str], *, named: Iterable[str] = ()
    ) -> Iterator[str]:
        """Addresses that may be of the listing page after this one, the likeliest first."""

    def follow(self, addresses: list[str]) -> None:
        """All that a feed or sitemap lists is at these addresses, as written."""


def site_links(found: list[Entry], site: ListingSite) -> tuple[list[Link], tuple[Passed, ...]]:
    """What a feed, sitemap or sitemap index lists, in its order; and what it names besides: other hosts' pages."""
    site.follow([entry.address for entry in found])
    links: list[Link] = []
    passed: list[Passed] = []
    for entry in found:
        if url := site.url(entry.address) if entry.address else None:
            links.append(Link(url, entry.date, entry.is_article, entry.is_published))
        else:
            passed.append(Passed(entry.address, Why.OTHER_HOST if host_of(entry.address) else Why.NO_ADDRESS))
    return links, tuple(passed)
