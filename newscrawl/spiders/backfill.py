"""How the stories of past days are read: the sitemaps and archives of those days, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from urllib.parse import urljoin, urlsplit

from scrapy.http import Response

from newscrawl import listings
from newscrawl.addresses import forms
from newscrawl.addresses.spans import Span, span, spans
from newscrawl.crawl import backfill, decisions
from newscrawl.crawl.completion import Waiting
from newscrawl.crawl.sources import Fate, Kind, Source, kind_of
from newscrawl.crawl.visits import Visits
from newscrawl.crawl.walk import Further, Walk
from newscrawl.listings.index import children_of, later, older
from newscrawl.listings.listing import Holds, Link, Listing
from newscrawl.plural import counted
from newscrawl.program import argument
from newscrawl.spiders.report import Report
from newscrawl.spiders.requests import answer_of, date_of, last_moment_of
from newscrawl.store.base import NEVER
from newscrawl.timelimit import TookTooLong, page_time_limit

_ROBOTS = "/robots.txt"
_DEPTH = 3  # sitemaps below an index, below an index
_STAGES = 2  # what the description tells; what the site itself does
_PARTS = 20  # of one month's sitemap
_DAY = timedelta(days=1)
_MONTH = timedelta(days=34)  # longer than the span of one is
_ADDRESS = "the day in its address"
_NEAR = "its date, near that of publication in this sitemap"
_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Backfiller:
    """Reads the sitemaps and archives of a range that is past, ``most`` of them in a run, in place of the listing.

    A source that takes longer than ``page_time`` seconds of CPU fails.
    """

    visits: Visits
    report: Report
    most: int
    since: datetime | None
    until: datetime | None
    page_time: float

    @property
    def range(self) -> str:
        """The range, as the history names it."""
        return "/".join(moment.isoformat() if moment else "" for moment in (self.since, self.until))

    def further(self, walk: Walk) -> list[Further]:
        """What to read next: all stories of the source before it have been asked for, and come or failed."""
        state = walk.backfill
        if not state.is_due or state.read_page is None:
            return []
        if state.under_way:
            self._finish(walk, state.under_way)
        while state.stage < _STAGES and not state.waiting and not state.gave:
            self._begin(walk)
        while state.waiting:
            one = state.waiting.popleft()
            if one.url in walk.asked or one.url in state.finished:
                self._pass(one, Fate.LISTED if one.url in walk.asked else Fate.KNOWN)
            elif state.read >= self.most:
                self._pass(one, Fate.NOT_READ)
                state.left += 1
            else:
                state.read += 1
                self._pass(one, Fate.READ)
                self._tell(one, state.read, state.read + len(state.waiting))
                return [Further(one.url, one.depth, fills=True)]
        return self._end(walk)

    def _pass(self, one: Waiting, fate: Fate) -> None:
        if one.source is not None:
            self.report.named(one.source, one.url, fate, "SITEMAP_LIMIT" if fate is Fate.NOT_READ else "")

    def _tell(self, one: Waiting, number: int, of: int) -> None:
        first, last = (f"{moment:%Y-%m-%d}" if moment else "…" for moment in (self.since, self.until))
        parts = urlsplit(one.url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        self.report.logger.info("Range %s to %s: reading %s, %d of %d", first, last, path, number, of)

    def _begin(self, walk: Walk) -> None:
        """Let the next kind of sources wait."""
        state, store = walk.backfill, self.visits.store
        state.stage += 1
        store.recheck_since = NEVER  # what is past changes no more
        if state.stage == 1 and not store.again and not store.replaced:
            state.finished = store.finished_sources(walk.id, self.range)
        urls = self._described(walk) if state.stage == 1 else self._named(walk)
        state.waiting.extend(Waiting(url, 1) for url in dict.fromkeys(urls))

    def _described(self, walk: Walk) -> Iterator[str]:
        """The publisher's sitemaps by month, where its description tells their addresses."""
        template = walk.site.publisher.monthly_sitemap
        if template and self.since and self.until:
            for year, month in backfill.months(self.since, self.until):
                yield walk.site.origin + backfill.monthly_sitemap(template, year, month)

    def _named(self, walk: Walk) -> Iterator[str]:
        """The sitemaps that robots.txt names, and the section's archive by date."""
        robots = f"{walk.site.origin}{_ROBOTS}"
        named = self.report.sitemaps(robots)
        yield from [robots] if named is None else filter(None, map(walk.site.url, named))
        if named == []:
            yield from (url for url in chain(*walk.site.alternatives(walk.section)) if url != robots)
        if self.since and self.until:
            urls = [url for url in walk.backfill.urls if _is_archive(url, walk)]
            yield from backfill.archives(urls, self.since, self.until)

    def _end(self, walk: Walk) -> list[Further]:
        """All was read: where nothing told of the section's stories, the listing is read after all."""
        state = walk.backfill
        state.is_due = False
        read_page, state.read_page = state.read_page, None
        if not state.gave and not state.finished and read_page is not None:
            state.fell_back = True
            self.report.logger.warning("%s names no sitemap or archive of the range: its pages are read", walk.id)
            return [one for one in read_page() if isinstance(one, Further)]
        walk.met = True
        self.report.counts.range_was_read |= bool(state.finished) and not state.gave
        self.report.counts.shown += len(state.links)
        self.report.counts.later += len(state.links)
        return []

    def _finish(self, walk: Walk, url: str) -> None:
        """A source was read whole, and its stories have been emitted, or are noted: a later run need not read it."""
        walk.backfill.under_way = ""
        self.visits.store.finish_source(walk.id, self.range, url)

    def left(self, walk: Walk) -> str:
        """A clause on what is left for the next run; ``""`` where nothing is."""
        state = walk.backfill
        if state.is_short:
            pages = counted(walk.reach.pages, "page")
            told = f"the {pages} that were read do not go back to the days that were asked for"
            return f"{told}; read on with {argument('pages', 2 * walk.reach.pages)}"
        told = f"{state.left} of the range's sitemaps and archives are left: the next run goes on (SITEMAP_LIMIT)"
        return told if state.left else ""

    # What they answer ------------------------------------------------------------

    def read(self, response: Response, walk: Walk, asked: Further) -> None:
        """Read a source, and let those wait that it names."""
        try:
            with page_time_limit(self.page_time):
                self._read(response, walk, asked)
        except (TookTooLong, ValueError) as error:
            self.failed(walk, asked, str(error), is_gone=False)

    def failed(self, walk: Walk, asked: Further, reason: str, *, is_gone: bool) -> None:
        """A source did not answer. One that is not there has no stories."""
        if is_gone:
            self.report.logger.info("%s is not there (%s)", asked.url, reason)
            self.report.sources.begin(Kind.SITEMAP, asked.url, asked.page).failed = reason
        else:
            self.report.sources.begin(Kind.SITEMAP, asked.url, asked.page)
            self.report.listing_cut(asked.url, reason)

    def _read(self, response: Response, walk: Walk, asked: Further) -> None:
        answer = answer_of(response, walk, asked)
        listing = listings.read(answer, walk.site)
        source = self.report.sources.begin(kind_of(listing.holds), asked.url, asked.page)
        for passed in listing.passed:
            self.report.passed(source, passed.url, passed)
        if listing.holds in (Holds.SITEMAPS, Holds.INDEX):
            self._let_wait(listing, walk, source)
            return
        if listing.cut:
            self.report.listing_cut(asked.url, listing.cut)
        else:
            walk.backfill.under_way = asked.url
        self._take_up(listing, walk, source)
        walk.backfill.waiting.extendleft(Waiting(url, asked.page + 1) for url in self._following(listing, walk, asked))

    def _let_wait(self, listing: Listing, walk: Walk, source: Source) -> None:
        """Let those sitemaps of an index wait that may tell of the range: the newest first, those beside it last."""
        walk.backfill.read -= 1
        children = children_of(listing.links, lambda link: last_moment_of(link, walk))
        before, behind = older(children, self.since), later(listing.links, self.until)
        wanted = [child for child in children if child.link.url not in before | behind]
        wanted.sort(key=lambda child: child.last or datetime.max.replace(tzinfo=UTC), reverse=True)
        own = spans(child.link.url for child in wanted)
        wanted.sort(key=lambda child: child.link.url in own and self._is_beside(own[child.link.url]))
        self._pass_over(before, source, Fate.OLDER)
        self._pass_over(behind, source, Fate.LATER)
        depth = source.page + (listing.holds is Holds.INDEX)
        if depth > _DEPTH and wanted:
            self.report.listing_cut(source.url, f"it names {len(wanted)} sitemaps, and is nested more than twice")
            return
        walk.backfill.waiting.extendleft(Waiting(child.link.url, depth, source) for child in reversed(wanted))

    def _pass_over(self, urls: Iterable[str], source: Source, fate: Fate) -> None:
        for url in urls:
            self.report.named(source, url, fate, "its date")

    def _following(self, listing: Listing, walk: Walk, asked: Further) -> list[str]:
        """The next part of a month's sitemap, or the next page of an archive's day."""
        if listing.holds is Holds.CARDS and listing.links:
            found = (url for url in listing.candidates() if url not in walk.asked)
            return [url for url in found if span(url) == span(asked.url)][:1]
        template = walk.site.publisher.monthly_sitemap
        if not template or not self.since or not self.until or asked.page > _PARTS or not listing.links:
            return []
        for year, month in backfill.months(self.since, self.until):
            if asked.url == walk.site.origin + backfill.monthly_sitemap(template, year, month, asked.page):
                return [walk.site.origin + backfill.monthly_sitemap(template, year, month, asked.page + 1)]
        return []

    # Its stories -----------------------------------------------------------------

    def _take_up(self, listing: Listing, walk: Walk, source: Source) -> None:
        slack = self._slack(listing, walk, source)
        for link in listing.links:
            if not self._is_of_section(link, listing, walk):
                self.report.passed(source, link.url, walk.site.why_passed(link.url, walk.section))
                continue
            walk.backfill.gave += 1
            if self.visits.is_none(walk, link.url):
                self.report.named(source, link.url, Fate.OTHER_MATTER, "an earlier run read its page")
                continue
            passed, rule = self._outside(link, walk, source, slack)
            fate = passed or Fate.NEW
            if fate is Fate.LATER:
                self.report.counts.later += 1
                self.report.counts.shown += 1
            else:
                fate = self.visits.list(walk, link.url, 0, source.number, older=fate is Fate.OLDER)
            self.report.named(source, link.url, fate, rule if fate is passed else "")

    def _slack(self, listing: Listing, walk: Walk, source: Source) -> timedelta | None:
        """How long after its publication a story of a sitemap changes, if that is known."""
        own = span(source.url)
        if listing.holds is not Holds.PAGES or own is None:
            return None
        dates = [date_of(link, walk) for link in listing.links if not link.is_published]
        changes = [date for date in dates if date]
        return decisions.slack_of_changes(changes, own, datetime.now(UTC), beside=self._is_beside(own))

    def _is_beside(self, days: Span) -> bool:
        return backfill.is_beside(days, self.since, self.until)

    def _outside(
        self, link: Link, walk: Walk, source: Source, slack: timedelta | None
    ) -> tuple[Fate, str] | tuple[None, str]:
        """What becomes of a story that is not of the range, and the rule that says so; ``None`` if it may be."""
        for days, rule in _told_days(link, walk, source, slack):
            if fate := backfill.outside(days, self.since, self.until):
                return fate, rule
        return None, ""

    def _is_of_section(self, link: Link, listing: Listing, walk: Walk) -> bool:
        site, section = walk.site, walk.section
        if listing.holds is Holds.CARDS:
            return True
        if site.tells_sections:
            return site.is_article(link.url, section)
        if not (link.is_article or listing.holds is Holds.ARTICLES or site.is_article(link.url, section)):
            return False
        return "?" not in section and forms.is_within(link.url, section)


def _told_days(link: Link, walk: Walk, source: Source, slack: timedelta | None) -> Iterator[tuple[Span, str]]:
    """The days of which a story may be, by each thing that tells of them, with what it is.

    A day in the last part of its address may be another one, that it tells of, unless its sitemap is of that day, too.
    A change in other days than the sitemap's came later than publication by nobody knows how long.
    """
    own, date, last = span(source.url), date_of(link, walk), last_moment_of(link, walk)
    if date and last and link.is_published:
        yield Span(date - _DAY, last), "its date of publication"
    elif date and last and own and slack is not None and own.first <= date <= own.last:
        yield Span(date - slack, last), _NEAR
    elif date and last:
        yield Span(_EVER, last), "its date"
    if day := _day_of(link.url, walk):
        yield Span(day - _DAY, day + 2 * _DAY), _ADDRESS
    directory, days = span(urljoin(link.url.rstrip("/"), ".")), span(link.url)
    if directory and directory.last - directory.first < _MONTH:
        yield directory, _ADDRESS
    elif days and own and own.first <= days.first and days.last <= own.last and (last is None or days.first <= last):
        yield days, _ADDRESS


def _day_of(url: str, walk: Walk) -> datetime | None:
    """The day that the id in an article's address tells, by the publisher's description."""
    form, identity = walk.site.publisher.id_date, walk.site.article_id(url)
    if form is None or identity is None:
        return None
    try:
        return datetime.strptime(identity[: form[1]], form[0]).replace(tzinfo=UTC)
    except ValueError:
        return None


def _is_archive(url: str, walk: Walk) -> bool:
    """Whether an address that a listing page links to may be of the section's archive by date."""
    if forms.weigh(url, walk.section) == forms.MUCH or any(link.url == url for link in walk.backfill.links):
        return False
    path = walk.section.partition("?")[0]
    own = forms.section_path(url).partition("?")[0]
    return own == path or not path or own.startswith(f"{path}/") or _tells_section(walk)


def _tells_section(walk: Walk) -> bool:
    if walk.site.tells_sections:
        return True
    urls: Iterable[str] = (link.url for link in walk.backfill.links)
    return bool(walk.section) and bool(walk.backfill.links) and all(forms.is_within(url, walk.section) for url in urls)
