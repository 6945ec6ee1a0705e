"""How articles are read: what a page turned out to be is noted, and where it leads is left to wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.archive.ahead import ReadAhead, Readers
from newscrawl.article.item import Article
from newscrawl.browser.scripted import article_needs_scripts
from newscrawl.crawl.ending import SCRIPTED_ARTICLE
from newscrawl.crawl.partial import FURTHER, NO_TEXT, Partial, begin
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

    ``markdown``: whether ``body_markdown`` is made; ``most_pages``: of one story; ``forbids``: whether robots.txt
    forbids an address, as far as that is known.
    """

    visits: Visits
    report: Report
    page_time: float
    stories: Stories
    markdown: bool = True
    most_pages: int = 1
    forbids: Callable[[str], bool] = lambda _: False

    def begin(self, readers: Readers, response: Response, walk: Walk, visit: Visit, at: datetime) -> ReadAhead | None:
        """Begin to read, in another process, an answer that was archived ``at`` some time."""
        asked, headers = self._asked(walk, visit.url), headers_of(response)
        return readers.begin(walk.site, asked, at, body=response.body, url=response.url, headers=headers)

    def read(self, response: Response, walk: Walk, visit: Visit) -> list[Told] | Partial:
        """The articles that can be emitted now: mostly the answer's, if it is one. What it is instead is noted.

        Of a story that goes on on another page, what is known of it so far.
        """
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

    def _asked(self, walk: Walk, url: str, page: int = 1) -> Asked:
        number = page if self.most_pages > 1 else 0
        return Asked(url, walk.section, walk.title, walk.listing_addresses, walk.listed, self.markdown, number)

    def _read(self, response: Response, walk: Walk, visit: Visit) -> list[Told] | Partial:
        asked, fetched_at = self._asked(walk, visit.url), _fetched_at(response)
        ahead: ReadAhead | None = response.meta.pop("ahead", None)
        found = ahead.verdict(walk.site, asked) if ahead else None
        if found is None:
            found = walk.site.read(response.body, response.url, headers_of(response), asked, fetched_at)
        if not (isinstance(found, Article) and found.body) and _needs_scripts(response):
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
            own = walk.site.url(response.url) or response.url
            redirects = tuple(response.meta.get("redirect_reasons", ()))
            if partial := begin(found, own, redirects, response.url):
                return self._with_whole(partial, walk)
            return self._tell(Told(walk, visit, found, own, redirects, response))
        return []

    # Stories on several pages ----------------------------------------------------

    def _with_whole(self, partial: Partial, walk: Walk) -> Partial:
        """Ask for all of a story on one page, where there is one that robots.txt allows."""
        partial.instead, whole = partial.url, partial.pages[0].onward.whole
        if whole and whole != partial.first and walk.site.url(whole) and not self.forbids(whole):
            partial.url, partial.is_whole = whole, True
        return partial

    def read_further(self, response: Response, walk: Walk, visit: Visit, story: Partial) -> list[Told] | Partial:
        """A further page of a story: the story, if that was the last one; else what is known of it so far."""
        try:
            with page_time_limit(self.page_time):
                return self._read_further(response, walk, visit, story)
        except TookTooLong as error:
            return self._fails_further(response.request, walk, visit, story, str(error))

    def _read_further(self, response: Response, walk: Walk, visit: Visit, story: Partial) -> list[Told] | Partial:
        asked = self._asked(walk, story.first, story.number)
        found = walk.site.read_further(response.body, response.url, headers_of(response), asked, _fetched_at(response))
        if isinstance(found, Failed):
            return self._fails_further(response.request, walk, visit, story, found.reason)
        if not found.body and not found.premium and not story.is_whole:
            return self._fails_further(response.request, walk, visit, story, NO_TEXT)
        onward = story.take(found, response.url)
        if onward and len(story.pages) >= self.most_pages and not story.is_whole:
            reason = f"more than STORY_PAGES={self.most_pages} pages"
            return self._fails_further(response.request, walk, visit, story, reason)
        return story if onward else self.finish(response, walk, visit, story)

    def finish(self, response: Response, walk: Walk, visit: Visit, story: Partial) -> list[Told]:
        """The story of the pages that were read; ``response`` is the last one's."""
        article = story.story()
        if story.further:
            self.report.counts.joined += 1
            self.report.counts.story_pages += story.further
        return self._tell(Told(walk, visit, article, story.own, story.redirects, response))

    def not_archived(self, response: Response, walk: Walk, visit: Visit, story: Partial) -> list[Told] | Partial:
        """No archive has a further page of a story: it is given as far as it is there, and counted."""
        if story.is_whole:
            return story.without_whole()
        self.report.counts.replay_shortened += 1
        self.report.logger.warning("Not in these archives: %s, a further page of %s", story.url, visit.url)
        return self.finish(response, walk, visit, story)

    def further_failed(
        self, failure: Failure, reason: str, walk: Walk, visit: Visit, story: Partial
    ) -> list[Told] | Partial:
        """The request for a further page failed: the story is not whole, and the next run asks for it again."""
        request = failure.request  # type: ignore[attr-defined]
        return self._fails_further(request, walk, visit, story, reason)

    def _fails_further(
        self, request: Request | None, walk: Walk, visit: Visit, story: Partial, reason: str
    ) -> list[Told] | Partial:
        if story.is_whole:
            return story.without_whole()
        self._failed(request, walk, visit, f"{FURTHER}: {reason}")
        return self.stories.ended(walk, visit, visit.url)

    def _tell(self, told: Told) -> list[Told]:
        response = told.answer
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
        return isinstance(found, Skipped) or found == MISLED

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


def _needs_scripts(response: Response) -> bool:
    return article_needs_scripts(response.status, response.flags, response.body, response.url, headers_of(response))


def _fetched_at(response: Response) -> datetime:
    return response.meta.get("fetched_at") or datetime.now(UTC)
