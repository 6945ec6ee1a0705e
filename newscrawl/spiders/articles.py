"""How articles are read: what a page turned out to be is noted, and where it leads is left to wait."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.article.item import Article
from newscrawl.browser.scripted import SCRIPTED
from newscrawl.crawl.ending import SCRIPTED_ARTICLE
from newscrawl.crawl.sources import Fate, Kind, fate_of_failure
from newscrawl.crawl.stories import Stories, Told
from newscrawl.crawl.visits import Visits
from newscrawl.crawl.walk import Walk
from newscrawl.reasons import is_gone
from newscrawl.sites.base import Asked
from newscrawl.sites.verdict import MISLED, Failed, Skipped, Verdict
from newscrawl.spiders.report import Report
from newscrawl.spiders.requests import REDIRECTS, asked_for, headers_of
from newscrawl.store import Visit
from newscrawl.timelimit import TookTooLong, page_time_limit


@dataclass(frozen=True, slots=True)
class ArticleReader:
    """Reads answers as articles; a page that takes longer than ``page_time`` seconds of CPU is a failed one.

    ``markdown``: whether ``body_markdown`` is made.
    """

    visits: Visits
    report: Report
    page_time: float
    stories: Stories
    markdown: bool = True

    def read(self, response: Response, walk: Walk, visit: Visit) -> list[Told]:
        """The articles that can be emitted now: mostly the answer's, if it is one. What it is instead is noted."""
        if response.status == 304:
            self.visits.unchanged(walk, visit)
            return self.stories.ended(walk, visit, visit.url)
        if response.status in REDIRECTS:
            self.visits.is_same(visit)
            location = (response.headers.get("Location") or b"").decode("latin-1")
            return self.stories.ended(walk, visit, walk.site.url(location, response.url) or visit.url)
        try:
            with page_time_limit(self.page_time):
                return self._read(response, walk, visit)
        except TookTooLong as error:
            self._failed(response.request, walk, visit, str(error))
            return []

    def _read(self, response: Response, walk: Walk, visit: Visit) -> list[Told]:
        asked = Asked(visit.url, walk.section, walk.title, walk.listing_addresses, walk.listed, self.markdown)
        fetched_at = response.meta.get("fetched_at") or datetime.now(UTC)
        found = walk.site.read(response.body, response.url, headers_of(response), asked, fetched_at)
        if SCRIPTED in response.flags and not (isinstance(found, Article) and found.body):
            self._failed(response.request, walk, visit, SCRIPTED_ARTICLE)
        elif self._is_taken_away(found) and self.visits.is_emitted(walk, visit):
            self.visits.taken_away(walk, visit, found.page if isinstance(found, Skipped) else "")
            self.report.turned(visit, Fate.GONE)
            return self.stories.ended(walk, visit, None)
        elif isinstance(found, Failed):
            self._failed(response.request, walk, visit, found.reason)
        elif isinstance(found, Skipped):
            self.report.logger.debug("Skipped: %s (%s)", visit.url, found.detail or found.reason)
            self.visits.skip(walk, visit, certain=found.certain, page=found.page)
            fate = Fate.OTHER_MATTER if found.detail else Fate.NO_ARTICLE
            self.report.turned(visit, fate, found.detail or found.reason)
        else:
            if found.raw and "run" in response.meta:  # of a replay
                found.raw = replace(found.raw, run=response.meta["run"])
            if found.next_url:
                self._follow(walk, visit, found.next_url)
            return self._tell(found, response, walk, visit)
        return []

    def _tell(self, article: Article, response: Response, walk: Walk, visit: Visit) -> list[Told]:
        own = walk.site.url(response.url) or response.url
        told = Told(walk, visit, article, own, tuple(response.meta.get("redirect_reasons", ())), response)
        if not self.visits.holds_pages:
            return [told]
        found = self.stories.tell(told)
        if told not in found:  # it is held, and its page has been read
            told.answer = response.replace(body=b"")
        for one in found:
            self.visits.answered(one.walk, one.visit, one.article.id)
        return found

    @staticmethod
    def _is_taken_away(found: Verdict) -> bool:
        """Whether what stands at an article's address is no article (any more)."""
        if isinstance(found, Article):
            return not found.headline or not found.body
        return isinstance(found, Skipped) or found is MISLED

    def _follow(self, walk: Walk, visit: Visit, url: str) -> None:
        """Where an article's Next Story leads."""
        source = self.report.sources.begin(Kind.NEXT_STORY)
        if walk.site.is_in(url, walk.section):
            fate = self.visits.follow(walk, visit.key, url, source.number)
            if fate is not None:
                self.report.named(source, url, fate)
        else:
            self.report.passed(source, url, walk.site.why_passed(url, walk.section))

    def failed(self, failure: Failure, reason: str, walk: Walk, visit: Visit) -> list[Told]:
        """The request for an article failed, for that ``reason``; articles that waited for its answer."""
        if visit.known and is_gone(failure) and self.visits.store.is_kept:
            # An earlier run emitted it, or no listing shows it any more: the publisher took it away.
            self.visits.gone(walk, visit)
            self.report.turned(visit, Fate.GONE)
        else:
            self._failed(failure.request, walk, visit, reason)  # type: ignore[attr-defined]
        return self.stories.ended(walk, visit, None if is_gone(failure) else visit.url)

    def _failed(self, request: Request | None, walk: Walk, visit: Visit, reason: str) -> None:
        if self.visits.fails(walk, visit, reason):
            self.report.turned(visit, Fate.DEAD, reason)
            self.report.logger.debug("Still dead: %s (%s)", visit.url, reason)
            return
        self.report.turned(visit, fate_of_failure(reason), reason)
        self.report.article_failed(asked_for(request), reason)
