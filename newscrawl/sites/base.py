"""What a crawl asks of a site, whichever kind it is."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlsplit

from newscrawl.addresses.site import Site
from newscrawl.article.item import Article
from newscrawl.extract import Page, extract
from newscrawl.extract.json_ld import bare_address
from newscrawl.extract.page import MOST_MARKS
from newscrawl.extract.story_pages import onward
from newscrawl.listings import paging
from newscrawl.listings.listing import Link, Listing, Passed
from newscrawl.listings.passed import passed_over
from newscrawl.listings.ways import Trust
from newscrawl.sites import evidence
from newscrawl.sites.evidence import is_html
from newscrawl.sites.verdict import MISLED, NOT_HTML, OTHER_ADDRESS, OTHER_FORMAT, Failed, Skipped, Verdict


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of a page before it is read as an article: the address that was asked for, and why it was.

    ``section`` is the path of the section whose article it may be, ``title`` the name to give that where the page has
    none. ``listings`` are addresses of listings, which are no articles'. ``listed``: a listing or another article
    led to it; else, as in an archive of all pages, address and page alone speak for it.
    """

    url: str
    section: str = ""
    title: str = ""
    listings: Container[str] = ()
    listed: bool = True
    #: Whether ``body_markdown`` is made.
    markdown: bool = True
    #: Which page of its story it is, for the next one to be looked for; 0: it is not.
    page: int = 0


class NewsSite(Site, ABC):
    """A publisher's site at one origin: its addresses, its listings, and what becomes of its pages."""

    #: Whether one article may have been met at addresses that do not tell that they are the same one's.
    has_aliases: ClassVar[bool]

    # Where a crawl begins --------------------------------------------------------

    @abstractmethod
    def begins_at_article(self, url: str) -> bool:
        """Whether an address that a crawl begins at is an article's for certain."""

    @abstractmethod
    def is_article_itself(self, page: Page, cards: int) -> bool:
        """Whether the page that a crawl begins at is an article, and no listing; it shows so many ``cards``."""

    @abstractmethod
    def section_of_start(self, url: str) -> str | None:
        """The section that a crawl reads which begins at an address, ``None`` if that tells none."""

    def feed_title(self, title: str) -> str:
        """The name of a section whose listing is a feed or sitemap, which would be called ``title`` by its address."""
        return title

    @abstractmethod
    def alternatives(self, section: str) -> Iterable[list[str]]:
        """Feeds and sitemaps to read where a section's listing gives no article, stage by stage."""

    # Its listings ----------------------------------------------------------------

    def settle(self, url: str) -> None:
        """Take the origin of an address that the site led to, where it is as good as its own."""

    def follow(self, addresses: list[str]) -> None:
        """All that a feed or sitemap lists is at these addresses, as written: take their host, if it is the site's."""

    @abstractmethod
    def links(self, page: Page, section: str) -> list[Link]:
        """The section's articles on a listing page, each once, in the page's order."""

    def feeds(self, page: Page, section: str) -> list[str]:
        """The feeds that a listing page names, where it has to tell them."""
        return []

    @abstractmethod
    def of_section(self, listing: Listing, section: str, *, whole: bool) -> list[Link]:
        """The section's articles among what a feed or sitemap lists; ``whole``: all that it has is wanted."""

    def passed(self, page: Page, section: str, links: list[Link]) -> tuple[Passed, ...]:
        """What a listing page names besides these ``links``, as far as it may be stories."""
        return passed_over(page, self, section, links, lambda url: self.other_section(url, section))

    @abstractmethod
    def other_section(self, url: str, section: str) -> Passed | None:
        """An address that is like an article's, as one of another section, where that is known."""

    @abstractmethod
    def why_passed(self, url: str, section: str) -> Passed:
        """Why a link that a source names is none of the section's articles."""

    def next_pages(
        self, page: Page, section: str, number: int, asked: Container[str] = (), *, named: Iterable[str] = ()
    ) -> Iterator[str]:
        """Addresses that may be of the page after page ``number`` of a section's listing, the likeliest first.

        The publisher's description tells, then the page, which may lead to none that was ``asked``; ``named`` are those
        that the answer's headers give.
        """
        if form := self.publisher.next_page:
            yield self.origin + form.format(section=section, page=(self.page_number(page.url) or number) + 1)
        yield from paging.next_pages(page, self, section, number, asked, named=named)

    def goes_on(self, url: str, asked: str, section: str) -> bool:
        """Whether a listing page that was ``asked`` for, and is not the first, may have been answered at ``url``."""
        return paging.trust(url, asked, section) >= Trust.LIKELY

    def page_number(self, url: str) -> int | None:
        """Which page of a listing an address says it is, by its description."""
        listing = self.publisher.listing
        match = re.fullmatch(listing, urlsplit(url).path) if listing else None
        number = match.groupdict().get("page") if match else None
        return int(number) if number else None

    def leads_astray(self, asked: str, url: str) -> bool:
        """Whether a listing that was ``asked`` for led to a page that is not its own, at ``url``."""
        return False

    def is_in(self, url: str, section: str) -> bool:
        """Whether an address is of an article of this site's ``section``."""
        return self.url(url) is not None and self.is_article(url, section)

    # Its articles ----------------------------------------------------------------

    @abstractmethod
    def accepts(self, url: str, section: str = "", *, listed: bool = False) -> bool:
        """Whether a page at an address may be an article; ``listed`` as of :class:`Asked`."""

    @abstractmethod
    def verdict(self, page: Page, article: Article, asked: Asked) -> Verdict:
        """What a page is that was read as an ``article``: that, corrected, or none."""

    def read(self, body: bytes, url: str, headers: Mapping[str, str], asked: Asked, fetched_at: datetime) -> Verdict:
        """What a page is that answered at ``url``, by its address, its format and what it says."""
        own = self.url(url)
        if own is None or own in asked.listings or not self.accepts(own, listed=asked.listed):
            return MISLED if asked.listed else OTHER_ADDRESS
        if not is_html(body):
            return self.verdict_on_file(headers) if asked.listed else OTHER_FORMAT
        page = Page(body, url, headers)
        article = self._extracted(page, asked, fetched_at)
        if isinstance(article, Failed):
            return article
        found = self.verdict(page, article, asked)
        if asked.page and isinstance(found, Article):
            found.onward = onward(page, page.url, asked.page, self.on_copy)
        return replace(found, page=evidence.stand_in(page)) if isinstance(found, Skipped) else found

    def read_further(
        self, body: bytes, url: str, headers: Mapping[str, str], asked: Asked, fetched_at: datetime
    ) -> Article | Failed:
        """A further page of a story whose first page answered at ``asked.url``, and which says what all of it is."""
        if not is_html(body):
            return NOT_HTML
        page = Page(body, url, headers)
        article = self._extracted(page, asked, fetched_at)
        if isinstance(article, Article):
            article.onward = onward(page, asked.url, asked.page, self.on_copy)
        return article

    def _extracted(self, page: Page, asked: Asked, fetched_at: datetime) -> Article | Failed:
        """The article on a page, unless the page is too large to be read whole."""
        if page.is_cut:
            return Failed(f"more than {MOST_MARKS} tags and attributes")
        return extract(page, self, fetched_at, asked.title, markdown=asked.markdown)

    def is_about_itself(self, page: Page, asked: Asked) -> bool:
        """Whether a page came from the address that was asked for, and names no other one as its own."""
        own = bare_address(self.url(page.url) or page.url)
        named = (bare_address(page.absolute(link) or link) for link in page.canonical if link.strip())
        return own == bare_address(self.url(asked.url) or asked.url) and all(name == own for name in named)

    def verdict_on_file(self, headers: Mapping[str, str]) -> Skipped | Failed:
        """What to say of an answer in the place of an article that is no HTML."""
        return NOT_HTML

    # What one worker learns for all -----------------------------------------------

    def learned(self) -> dict[str, Any]:
        """What the listings have taught, as JSON."""
        return {
            "scheme": self.scheme,
            "netloc": self.netloc,
            "others": sorted(self.others),
            "original": self.original,
        }

    def learn(self, learned: Mapping[str, Any]) -> None:
        """Take what another process has learned."""
        self.be_at(learned["scheme"], learned["netloc"])
        self.others, self.original = set(learned["others"]), learned["original"]
