"""A site whose listings have to show which addresses are its articles', and whose pages say what they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import urlsplit

from newscrawl.addresses import forms
from newscrawl.addresses.hosts import ascii_netloc
from newscrawl.addresses.site import host_of, origin_of
from newscrawl.article.item import Article
from newscrawl.extract import Page, extract
from newscrawl.listings import paging
from newscrawl.listings.cards import discover, most_cards, other_host
from newscrawl.listings.listing import Holds, Link, Listing, Passed, Why
from newscrawl.listings.passed import why_no_article
from newscrawl.publishers import Publisher
from newscrawl.sites import evidence
from newscrawl.sites.base import Asked, NewsSite
from newscrawl.sites.verdict import (
    A_FILE,
    MISLED,
    NO_EVIDENCE,
    NO_TEXT,
    NOT_HTML,
    OTHER_BY_ITSELF,
    Failed,
    Skipped,
    Verdict,
)

#: Where sitemaps mostly are.
_SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml")
_MOST_MOVES = 2  # to other hosts, of each of which robots.txt is kept
_MOST_FORMS = 1000  # of articles' addresses; a site has a few


class LearnedSite(NewsSite):
    """A site of an unsupported publisher, or of one whose articles' addresses do not tell their section.

    What its listings teach is kept: ``forms``, the patterns of its articles' addresses, and ``prefix``, the
    section's path if its articles are below it.
    """

    has_aliases: ClassVar[bool] = True

    def __init__(self, publisher: Publisher, url: str):
        super().__init__(publisher, url)
        self.forms: set[str] = set()
        self.prefix = ""

    def is_article(self, url: str, section: str | None = None) -> bool:
        if not forms.is_within(url, self.prefix):
            return False
        if super().is_article(url, section):
            return True
        is_open = not self.publisher.article and forms.weigh(url, section or "") != forms.NONE
        return is_open and forms.form(url) in self.forms

    # Where a crawl begins --------------------------------------------------------

    def begins_at_article(self, url: str) -> bool:
        return False  # its page tells

    def is_article_itself(self, page: Page, cards: int) -> bool:
        url = self.url(page.url) or page.url
        if not evidence.claims_article(page) or (cards and forms.weigh(url) != forms.MUCH):
            return False
        body = extract(page, self, datetime.now(UTC), markdown=False).body
        return evidence.other_than_article(page, body, cards) is None

    def section_of_start(self, url: str) -> str | None:
        return forms.section_path(self.url(url) or url)

    def feed_title(self, title: str) -> str:
        return ""  # the feed's address names no section

    def alternatives(self, section: str) -> list[list[str]]:
        return [[f"{self.origin}/robots.txt"], [f"{self.origin}{path}" for path in _SITEMAPS]]

    # Its listings ----------------------------------------------------------------

    def settle(self, url: str) -> None:
        if self.url(url) and urlsplit(url).netloc not in self.others:
            self.be_at(*origin_of(url).split("://"))

    def move(self, netloc: str) -> None:
        """The articles are at ``netloc``; the listing stays where it is."""
        if len(self.others) < _MOST_MOVES:
            self.others.add(self.netloc)
            self.be_at(self.scheme, ascii_netloc(netloc))

    def follow(self, addresses: list[str]) -> None:
        whole = [address for address in addresses if host_of(address)]
        hosts = set(map(host_of, whole))
        if len(hosts) == 1 and self.is_sibling(host := hosts.pop()) and self.url(whole[0]) is None:
            self.move(host)

    def note_original(self, page: Page) -> bool:
        """Take note of the host that a listing names as its own, with the same path: this site is a copy of it.

        Whether there was one to note.
        """
        named = page.absolute(page.canonical[0]) if page.canonical and not self.original else None
        host = host_of(named) if named else ""
        if not host or self.url(named or "") or self.is_sibling(host):
            return False
        own, there = (urlsplit(url).path.rstrip("/") for url in (page.url, named or ""))
        if own != there or not own:
            return False
        self.original = host
        return True

    def links(self, page: Page, section: str) -> list[Link]:
        found = discover(page, self, section, self.forms)
        if found.links and self.note_original(page):
            found = discover(page, self, section, self.forms)
        if not found.links and (host := other_host(page, self, section)):
            self.move(host)
            found = discover(page, self, section, self.forms)
        self.forms.update(found.forms[: max(0, _MOST_FORMS - len(self.forms))])
        if found.prefix is not None:
            self.prefix = found.prefix
        return [link for link in found.links if forms.is_within(link.url, self.prefix)]

    def feeds(self, page: Page, section: str) -> list[str]:
        return paging.feeds(page, self, section)

    def of_section(self, listing: Listing, section: str, *, whole: bool) -> list[Link]:
        """Those below the section's path; all of a feed that has none of those, since the section's page names it."""
        is_feed = listing.holds is Holds.ARTICLES
        least = forms.NOTHING if is_feed else forms.MUCH
        links = [link for link in listing.links if link.is_article or forms.weigh(link.url, section) >= least]
        within = [link for link in links if forms.is_within(link.url, section)]
        return within if not whole and (within or not is_feed) else links

    def other_section(self, url: str, section: str) -> Passed | None:
        if not self.prefix or forms.is_within(url, self.prefix):
            return None
        return Passed(url, Why.OTHER_SECTION, f"not below /{self.prefix}/")

    def why_passed(self, url: str, section: str) -> Passed:
        own = self.url(url)
        if own is None:
            return Passed(url, Why.OTHER_HOST)
        if forms.weigh(own, section) == forms.MUCH and not forms.is_within(own, section):
            return Passed(own, Why.OTHER_SECTION, f"not below /{section}/")
        return why_no_article(own, section)

    def leads_astray(self, asked: str, url: str) -> bool:
        return evidence.is_front(url) and not evidence.is_front(asked)

    # Its articles ----------------------------------------------------------------

    def accepts(self, url: str, section: str = "", *, listed: bool = False) -> bool:
        if listed:
            return not evidence.is_front(url)
        return self.is_article(url, section) if self.publisher.article else forms.weigh(url) != forms.NONE

    def verdict(self, page: Page, article: Article, asked: Asked) -> Verdict:
        own = self.url(page.url) or page.url
        if asked.listed and self._leads_to_less(own, asked) and not evidence.claims_article(page):
            return MISLED
        other = self._other(page, article.body, asked)
        if other is not None:
            return other
        if not asked.listed and not self._speaks_for_itself(page, own):
            return NO_EVIDENCE
        if not evidence.is_believable(article.url, own, asked.listings):
            article.url, article.id = own, self.key(own)
        return article

    def _other(self, page: Page, body: str, asked: Asked) -> Skipped | None:
        """What a page is, if it is not an article; ``body`` is the text that was found on it.

        A page that says nothing, and has no text, is none if the address that was asked for is vague. If that says
        much, the text is missing: a failure.
        """
        claims = evidence.claims_article(page)
        cards = 0 if claims else self._cards(page, body)
        if other := evidence.other_than_article(page, body, cards):
            certain = not (claims and page.article_node) and self.is_about_itself(page, asked)
            return Skipped(OTHER_BY_ITSELF, certain=certain, detail=other)
        is_vague = not body and not claims and forms.weigh(asked.url, asked.section) != forms.MUCH
        return NO_TEXT if is_vague else None

    def _cards(self, page: Page, body: str) -> int:
        """How many articles a page links to in the way of a listing; 0 where all of its links would not make it one."""
        return len(self.at(self.netloc).links(page, "")) if evidence.is_list(page, body, most_cards(page)) else 0

    def _leads_to_less(self, own: str, asked: Asked) -> bool:
        """Whether a redirect led from an address to one that says less for an article: a notice, or a section."""
        return own != self.url(asked.url) and forms.weigh(own, asked.section) < forms.weigh(asked.url, asked.section)

    def _speaks_for_itself(self, page: Page, url: str) -> bool:
        """Whether address or page say that it is an article, where no listing does."""
        return bool(self.publisher.article) or forms.weigh(url) == forms.MUCH or evidence.claims_article(page)

    def verdict_on_file(self, headers: Mapping[str, str]) -> Skipped | Failed:
        return A_FILE if "html" not in (headers.get("Content-Type") or "html") else NOT_HTML

    # What one worker learns for all -----------------------------------------------

    def learned(self) -> dict[str, Any]:
        return super().learned() | {"forms": sorted(self.forms), "prefix": self.prefix}

    def learn(self, learned: Mapping[str, Any]) -> None:
        super().learn(learned)
        self.forms, self.prefix = set(learned["forms"]), learned["prefix"]
