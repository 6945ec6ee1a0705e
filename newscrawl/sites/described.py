"""A site whose publisher's description tells what its addresses are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from newscrawl.article.item import Article
from newscrawl.extract import Page
from newscrawl.listings.listing import Link, Listing, Passed, Why
from newscrawl.listings.passed import why_no_article
from newscrawl.listings.ruled import ruled_cards
from newscrawl.sites import evidence
from newscrawl.sites.base import Asked, NewsSite
from newscrawl.sites.verdict import OTHER_BY_ITSELF, Skipped, Verdict


class DescribedSite(NewsSite):
    """An article's address tells that it is one, and of which section."""

    has_aliases: ClassVar[bool] = False

    def begins_at_article(self, url: str) -> bool:
        return self.is_article(url)

    def is_article_itself(self, page: Page, cards: int) -> bool:
        return False

    def section_of_start(self, url: str) -> str | None:
        return self.section(self.url(url) or "")

    def alternatives(self, section: str) -> Iterator[list[str]]:
        feed = self.publisher.feeds.get(section)
        for number, stage in enumerate(self.publisher.alternatives):
            paths = [feed, *stage] if feed and not number else stage
            yield [self.origin + path for path in paths]

    def links(self, page: Page, section: str) -> list[Link]:
        return ruled_cards(page, self, section)

    def of_section(self, listing: Listing, section: str, *, whole: bool) -> list[Link]:
        return [link for link in listing.links if self.is_article(link.url, section)]

    def other_section(self, url: str, section: str) -> Passed | None:
        said = why_no_article(url)
        if said.why is Why.OTHER_MATTER or not self.is_article(url):
            return said
        return None if self.is_article(url, section) else Passed(url, Why.OTHER_SECTION, self.section(url) or "")

    def why_passed(self, url: str, section: str) -> Passed:
        own = self.url(url)
        if own is None:
            return Passed(url, Why.OTHER_HOST)
        return self.other_section(own, section) or why_no_article(own)

    def accepts(self, url: str, section: str = "", *, listed: bool = False) -> bool:
        return self.is_article(url, section)

    def verdict(self, page: Page, article: Article, asked: Asked) -> Verdict:
        if other := evidence.other_at_article_address(page, article.body):
            certain = not page.article_node and self.is_about_itself(page, asked)
            return Skipped(OTHER_BY_ITSELF, certain=certain, detail=other)
        return article
