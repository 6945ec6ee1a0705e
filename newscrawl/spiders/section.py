"""How any section is read: its listing pages, its articles, and the Next Story links between them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider, IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newscrawl.addresses import forms
from newscrawl.addresses.site import Site, origin_of, shown, without_credentials
from newscrawl.archive import is_archive, lacking
from newscrawl.article.item import Article
from newscrawl.crawl.counts import Counts, LateStats
from newscrawl.crawl.frontier import Visit
from newscrawl.crawl.visits import Visits, Walk
from newscrawl.dates.reading import parse_date
from newscrawl.extract import Page, extract
from newscrawl.extract.page import MOST_MARKS
from newscrawl.history import Questions
from newscrawl.library import section_name
from newscrawl.listings.cards import MOST_LINKS, Link, has_more_links
from newscrawl.listings.entries import MOST_BYTES, kind
from newscrawl.listings.links import cards, entries, sitemaps
from newscrawl.listings.paging import feeds, next_page
from newscrawl.publishers import by_name, by_url
from newscrawl.reasons import why_ignored
from newscrawl.signals import article_failed, listing_failed
from newscrawl.sites import undescribed
from newscrawl.sites.kinds import instead_of_article, is_html
from newscrawl.timelimit import TookTooLong, page_time_limit

if TYPE_CHECKING:
    from newscrawl.archive.replay import Replay

_ADDRESS = "an http(s) address, or 'demo' (later nights: 'demo:2', 'demo:3')"
_ENCODE = "; in a name or password, write / as %2F, ? as %3F, # as %23, @ as %40 and : as %3A"
_LISTING_FIRST = 100  # request priority: links before what they lead to
#: Sitemap indexes one below the other that are followed. The protocol knows one; some sites have two.
_SITEMAP_DEPTH = 2


class SectionSpider(Spider):
    """``scrapy crawl section -a start=URL``: the section at an address, whoever publishes it.

    A subclass may name a ``publisher`` and a ``section`` (its path), to begin at where ``start`` is left out. Else the
    address tells the publisher, and where nobody has described that one, the pages tell which links are articles.

    Arguments are those of ``scrapy crawl``: ``start``, ``pages``, ``hops``, ``since``, ``again``. Raises
    ``ValueError`` where one cannot be understood. ``history``, where one is kept, tells which
    articles need not be asked for, or only on condition that they have changed.
    """

    name = "section"
    publisher: str | None = None
    section = ""
    visits: Visits
    counts: Counts
    at_once: int

    def __init__(
        self,
        start: str | None = None,
        pages: str | int = 3,
        hops: str | int = 20,
        since: str | None = None,
        again: str | int = 0,
        **unknown: Any,
    ):
        super().__init__()
        if unknown:
            known = "start, pages, hops, since, again"
            raise ValueError(f"unknown argument {', '.join(map(repr, sorted(unknown)))}; there are {known}")
        self.pages = _number("pages", pages, 1)
        self.hops = _number("hops", hops, 0)
        self.again = bool(_number("again", again, 0))
        archive = start if start and is_archive(start) else ""
        starts = re.split(r"\s*,\s*(?=https?://)", start.strip()) if start and start.strip() and not archive else []
        #: Names and passwords by the origin that they were given for. Addresses have none from here on.
        self.credentials: dict[str, tuple[str, str]] = {}
        starts = [self._without_credentials(url) for url in starts]
        #: As given, for the archive.
        said = ",".join(starts) or start
        self.arguments = {"start": said, "pages": pages, "hops": hops, "since": since, "again": again}
        if not starts and not archive and self.publisher is None:
            raise ValueError("start is missing: give the section's address, as in -a start=https://news.example/world")
        self.described = by_name(self.publisher) if self.publisher else by_url(starts[0] if starts else "")
        if not archive:
            starts = starts or [f"{self.described.home}/{self.section}"]
        self.since = self._read_since(since)
        self.since_text = since
        self._under_way = 0
        self._revisited = False
        self.walks: dict[str, Walk] = {}
        walks = [(self.walk(url), url) for url in starts]
        self.starts = [(walk, walk.site.url(url) or url) for walk, url in walks]
        for origin in self.credentials.keys() - {walk.site.origin for walk in self.walks.values()}:
            asked = ", ".join(walk.site.origin for walk in self.walks.values())
            raise ValueError(f"start: name and password are given for {origin}, but what is asked is {asked}")
        self.replay = _replay(self, archive) if archive else None
        self.history_name, self.output_name = self._names()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.counts = Counts(LateStats(crawler))
        crawler.signals.connect(spider.idle, signal=signals.spider_idle)
        crawler.signals.connect(spider.item_scraped, signal=signals.item_scraped)
        settings = crawler.settings
        visits = Visits
        if spider.replay:
            from newscrawl.archive.replay import ReplayVisits, set_up

            set_up(settings)
            visits = ReplayVisits
        spider.visits = visits(spider.hops, settings.getint("RECHECK_LIMIT"), spider.counts)
        # Requests exist only while they are under way: the others wait in the frontier, which takes no memory.
        spider.at_once = 2 * settings.getint("CONCURRENT_REQUESTS")
        return spider

    def _names(self) -> tuple[str, str]:
        """What to call the history and the output: for any publisher's sections by host, and path."""
        if self.replay:
            return self.name, f"{self.name}-replay"
        if self.publisher:
            return self.name, self.name
        walk = self.starts[0][0]
        host = f"{self.name}-{_file_name(walk.site.host.removeprefix('www.'))}"
        return host, f"{host}-{path}" if (path := _file_name(walk.section)) else host

    def _read_since(self, since: str | None) -> datetime | None:
        if not since:
            return None
        date = parse_date(since, self.described, datetime.now(UTC))
        if date is None:
            raise ValueError(f"since={since!r} is no date: give one like 2025-09-03 or '2 days ago'")
        return date

    def _without_credentials(self, url: str) -> str:
        try:
            plain, credentials = without_credentials(url)
            if credentials:
                self.credentials[origin_of(plain)] = credentials
        except ValueError:  # which says what it could not read
            raise ValueError(f"start={shown(url)!r}: expected {_ADDRESS}{_ENCODE}") from None
        return plain

    def walk(self, url: str) -> Walk:
        """The walk that begins at an address. Raises ``ValueError`` for what is none."""
        try:
            site = Site(self.described if self.publisher else by_url(url), url)
        except ValueError:  # which may say what is in the address
            raise ValueError(f"start={shown(url)!r}: expected {_ADDRESS}{lacking(shown(url))}") from None
        section = site.section(site.url(url) or "") or self.section
        alternatives = site.alternatives(section)
        if site.learns:
            section = forms.section_path(site.url(url) or url)
            alternatives = undescribed.alternatives(site)
        walk = Walk(site, section, alternatives=iter(alternatives), title=section_name(section))
        return self.walks.setdefault(walk.id, walk)

    def allows(self, url: str) -> bool:
        """Whether an address is on a host that this crawl was started for."""
        return any(walk.site.answers(url) for walk in self.walks.values())

    def on_copy(self, asked: str, leads_to: str) -> str:
        """Where a redirect leads, be it from a copy to the publisher's own host."""
        sites = (walk.site for walk in self.walks.values())
        return next((site.on_copy(leads_to) for site in sites if site.answers(asked)), leads_to)

    @property
    def given(self) -> list[str]:
        """The addresses to begin at: the private ones among what they first resolve to may be connected to."""
        return [url for _, url in self.starts]

    @property
    def history(self) -> Questions | None:
        """What earlier runs emitted, where that is kept."""
        return self.visits.history

    # Discovery ---------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        if self.replay:
            for request in self.replay.requests():
                await self.replay.turn.acquire()
                yield request
            return
        for walk, url in self.starts:
            if self.visits.is_read_here(walk):
                for request in self.begin(walk, url):
                    yield request
        self._feed()

    def begin(self, walk: Walk, url: str) -> Iterator[Request]:
        """Begin to read a walk at one of its addresses."""
        if walk.site.is_article(url) and not walk.site.learns:
            self.visits.start(walk, url)
        else:
            yield self._listing_request(walk, url, 1)

    def _listing_request(self, walk: Walk, url: str, page: int) -> Request:
        walk.asked.add(url)
        return Request(
            url,
            self.parse_listing,
            errback=self.listing_failed,
            cb_kwargs={"walk": walk, "page": page},
            priority=_LISTING_FIRST,
            meta={"download_maxsize": MOST_BYTES} if urlsplit(url).path.endswith((".xml", ".gz", ".rss")) else {},
            dont_filter=page == 1,
        )

    def parse_listing(self, response: Response, walk: Walk, page: int) -> Iterator[Request]:
        """Page ``page`` (1, 2, …) of a listing, or a feed or sitemap in its place."""
        requests: list[Request] = []
        try:
            with self._time_limit():
                requests += self._parse_listing(response, walk, page)
        except TookTooLong as error:  # maybe with some of its articles taken up
            self._listing_cut(_asked(response.request), str(error))
        except ValueError as error:
            self._listing_failed(page, _asked(response.request), str(error))
        yield from requests
        self._feed()

    def _time_limit(self) -> page_time_limit:
        return page_time_limit(self.settings.getfloat("PAGE_TIME_LIMIT"))

    def _parse_listing(self, response: Response, walk: Walk, page: int) -> Iterator[Request]:
        answer = kind(response.body)
        asked = _asked(response.request)
        if walk.site.learns and undescribed.is_front(response.url) and not undescribed.is_front(asked):
            self._listing_failed(page, asked, "redirected to the front page")
        elif urlsplit(response.url).path == "/robots.txt":
            yield from self._sitemap_requests(walk, sitemaps(response.body, walk.site), page, asked)
        elif answer == "html":
            if page == 1:
                walk.site.settle(response.url)
            yield from self._parse_cards(response, walk, page)
        else:
            if any(walk is of and asked == url for of, url in self.starts):
                walk.whole, walk.title = True, walk.title if not walk.site.learns else ""
            links, cut = entries(response.body, walk.site)
            if cut:
                self._listing_cut(asked, cut)
            if answer == "sitemapindex":
                yield from self._parse_index(links, walk, page, asked)
            else:
                if walk.site.learns:
                    links = self._articles(undescribed.of_section(links, walk, is_feed=answer != "urlset"), walk)
                else:
                    links = [link for link in links if self._is_in(walk, link.url)]
                self._list(links, walk, page)

    @staticmethod
    def _is_in(walk: Walk, url: str) -> bool:
        return walk.site.url(url) is not None and walk.site.is_article(url, walk.section)

    def _articles(self, links: list[Link], walk: Walk) -> list[Link]:
        """Links without those that earlier runs found to lead to no article."""
        return [link for link in links if not self.visits.is_none(walk, link.url)]

    def _parse_cards(self, response: Response, walk: Walk, page: int) -> Iterator[Request]:
        html = Page(response.body, response.url, _headers(response))
        if html.is_cut or has_more_links(html):
            self._listing_cut(_asked(response.request), f"it has more than {MOST_LINKS} links, or very much markup")
        links = self._articles(cards(html, walk.site, walk.section), walk)
        if walk.site.learns and page == 1:
            if undescribed.is_article(html, walk, len(links)):
                article = walk.site.url(response.url) or response.url
                walk.asked.discard(article)
                self.visits.start(walk, article)
                return
            walk.alternatives = chain([feeds(html, walk.site, walk.section)], walk.alternatives)
        known = bool(links) and all(self.visits.is_unchanged(walk, self.visits.key(walk, link.url)) for link in links)
        fresh, older = self._list(links, walk, page)
        if links and walk.pages == page - 1:
            walk.pages = page
        if not links:
            self.logger.warning("%s shows no article of the section", response.url)
        if page > 1 and not fresh and self._was_read(page):
            self._listing_failed(page, response.url, "it shows nothing that the pages before do not")
        elif page < self.pages and fresh and older < len(links):
            number = self._page_number(walk, response.url) or page
            url = walk.site.next_page(walk.section, number + 1) or next_page(html, walk.site, page, walk.asked)
            if url:
                if 0 < self.settings.getint("DEPTH_LIMIT") < page + 1:
                    self._listing_failed(page + 1, url, "deeper than DEPTH_LIMIT")
                    return
                request = self._listing_request(walk, url, page + 1)
                if known and self._was_read(self.pages):
                    walk.held = request
                else:
                    yield request

    def _was_read(self, page: int) -> bool:
        """Whether the last run read the listing up to this page."""
        return self.history is not None and self.history.pages >= page

    def item_scraped(self, item: Article, response: Response) -> None:
        """News on a listing page that was thought unchanged: the next one is read after all."""
        self.visits.has_news = True
        if item.status == "changed":
            walk, visit = response.cb_kwargs["walk"], response.cb_kwargs["visit"]
            self.visits.changed.add(walk.name(visit.key))
            if walk.held and walk.held.cb_kwargs["page"] == visit.page + 1:
                self.crawler.engine.crawl(walk.held)
                walk.held = None

    def _page_number(self, walk: Walk, url: str) -> int | None:
        listing = walk.site.publisher.listing
        match = re.fullmatch(listing, urlsplit(url).path) if listing else None
        number = match.groupdict().get("page") if match else None
        return int(number) if number else None

    def _parse_index(self, links: list[Link], walk: Walk, depth: int, asked: str) -> Iterator[Request]:
        named = {link.url: link for link in links if link.url not in walk.asked and not self._is_older(link, walk)}
        if depth > _SITEMAP_DEPTH:
            if named:
                self._listing_cut(asked, f"it names {len(named)} sitemaps, and is nested more than twice")
            return
        # Newest first, as far as the index says.
        newest = sorted(named.values(), key=lambda link: link.date, reverse=True)
        limit = self.settings.getint("SITEMAP_INDEX_LIMIT")
        if rest := newest[limit:]:
            told = f"{limit} of its {len(newest)} sitemaps are read (SITEMAP_INDEX_LIMIT)"
            self.counts.sitemaps_left_out += len(rest)
            if self.since is None and rest[-1].date:
                self.logger.warning("%s: %s; the others are older", asked, told)
            else:
                self._listing_cut(asked, told)
        walk.listings += 1
        yield from self._sitemap_requests(walk, [link.url for link in newest[:limit]], depth + 1, asked)

    def _sitemap_requests(self, walk: Walk, urls: list[str], depth: int, asked: str) -> Iterator[Request]:
        """Ask for sitemaps that an answer names, each once in a run, and as many as a run may."""
        urls = [url for url in urls if url not in walk.asked]
        room = self.settings.getint("SITEMAP_LIMIT") - walk.sitemaps
        if len(urls) > room:
            self.counts.sitemaps_left_out += len(urls) - room
            self._listing_cut(asked, f"{room} of its {len(urls)} sitemaps are read (SITEMAP_LIMIT)")
        for url in urls[:room]:
            walk.sitemaps += 1
            yield self._listing_request(walk, url, depth)

    def _list(self, links: list[Link], walk: Walk, page: int) -> tuple[int, int]:
        """Take up a listing page's articles; how many were not listed before, and how many are older than asked for."""
        walk.listings += 1
        fresh = older = 0
        for link in links:
            if page == 1:
                walk.front.update(f"{self.visits.key(walk, link.url)} ".encode())
            is_older = self._is_older(link, walk)
            older += is_older
            fresh += self.visits.list(walk, link.url, page, older=is_older)
        return fresh, older

    def _is_older(self, link: Link, walk: Walk) -> bool:
        """Whether a card's date, the latest that its article can have, is before ``since``."""
        if self.since is None or not link.date:
            return False
        date = parse_date(link.date, walk.site.publisher, datetime.now(UTC), link.url)
        return date is not None and date < self.since

    def _feed(self) -> None:
        """Schedule articles that wait, as many as may be under way."""
        for visit in self.visits.next(self.at_once - self._under_way):
            walk = self.walks[visit.walk]
            condition = self.visits.condition(walk, visit.key)
            request = Request(
                visit.url,
                self.parse_article,
                errback=self.article_failed,
                headers=condition,
                cb_kwargs={"walk": walk, "visit": visit},
                meta={"handle_httpstatus_list": [304]} if condition else {},
                dont_filter=True,
            )
            self._under_way += 1
            self.crawler.engine.crawl(request)

    def idle(self) -> None:
        """Nothing is under way: what other listings, and earlier runs, still leave to ask for."""
        if self.replay:
            return
        alternatives = [request for walk in self.walks.values() for request in self.alternatives(walk)]
        for request in alternatives:
            self.crawler.engine.crawl(request)
        if not alternatives and not self._revisited:
            self._revisited = True
            self.visits.revisit(walk for walk in self.walks.values() if walk.listings)
        self._under_way = 0
        self._feed()
        if alternatives or self._under_way:
            raise DontCloseSpider

    def alternatives(self, walk: Walk) -> Iterator[Request]:
        """When no listing of a walk showed an article: the feeds and sitemaps."""
        stage: list[str] = next(filter(None, walk.alternatives), []) if walk.is_barren else []
        stage = [url for url in stage if url not in walk.asked]
        if stage:
            self.logger.warning(
                "The listing of %s/%s gave no article; trying %s", walk.site.origin, walk.section, ", ".join(stage)
            )
            for url in stage:
                yield self._listing_request(walk, url, 1)

    # Articles ----------------------------------------------------------------

    def parse_article(self, response: Response, walk: Walk, visit: Visit) -> Iterator[Article]:
        """One article; its Next Story is left to wait."""
        self._under_way -= 1
        try:
            with self._time_limit():
                articles = list(self._parse_article(response, walk, visit))
            yield from articles
        except TookTooLong as error:
            self._article_failed(response.request, str(error))
        finally:
            self._feed()

    def _parse_article(self, response: Response, walk: Walk, visit: Visit) -> Iterator[Article]:
        if response.status == 304 and self.history:
            self.counts.not_modified += 1
            self.visits.unchanged(walk, visit)
            return
        url = walk.site.url(response.url)
        if url is None or not (walk.site.learns or walk.site.is_article(url)) or undescribed.is_listing(url, walk):
            self._article_failed(response.request, "redirected to a page that is no article")
            return
        if not is_html(response.body):
            if walk.site.learns and "html" not in (_headers(response)["Content-Type"] or "html"):
                self._skip(walk, visit, "a file", remember=True)
                return
            self._article_failed(response.request, "not HTML")
            return
        html = Page(response.body, response.url, _headers(response))
        if html.is_cut:
            self._article_failed(response.request, f"more than {MOST_MARKS} tags and attributes")
            return
        article = extract(html, walk.site, response.meta.get("fetched_at") or datetime.now(UTC), walk.title)
        if self.replay and article.raw:
            article.raw = replace(article.raw, run=response.meta["run"])
        if walk.site.learns:
            reason, certain = instead_of_article(html, article.body, walk.site, visit.url, walk.section)
            if reason:
                self._skip(walk, visit, reason, remember=certain)
                return
            if not undescribed.is_believable(article.url, url, walk):
                article.url, article.id = url, walk.site.key(url)
        if article.next_url and self._is_in(walk, article.next_url):
            self.visits.follow(walk, visit.key, article.next_url)
        yield article

    def _skip(self, walk: Walk, visit: Visit, reason: str, *, remember: bool) -> None:
        self.logger.debug("Skipped: %s (%s)", visit.url, reason)
        self.visits.skip(walk, visit, remember=remember)

    def replay_fields(self, request: Request) -> dict[str, str]:
        """What an archive has to tell of a request, so that its answer can be read again as it was."""
        walk: Walk | None = request.cb_kwargs.get("walk")
        if walk is None:
            return {"newscrawl-visit": "other"}
        visit: Visit | None = request.cb_kwargs.get("visit")
        start = next(url for of, url in self.starts if of is walk)
        fields = {"newscrawl-start": start, "newscrawl-asked": visit.url if visit else _asked(request)}
        if visit:
            return {"newscrawl-visit": "article"} | fields
        return {"newscrawl-visit": "listing", "newscrawl-page": str(request.cb_kwargs["page"])} | fields

    # What goes wrong ---------------------------------------------------------

    def article_failed(self, failure: Failure) -> None:
        request = failure.request  # type: ignore[attr-defined]
        walk, visit = request.cb_kwargs["walk"], request.cb_kwargs["visit"]
        self._under_way -= 1
        if visit.known and _is_gone(failure) and self.history:
            # An earlier run emitted it, or no listing shows it any more: the publisher took it away.
            self.counts.gone += 1
            self.visits.gone(walk, visit)
        else:
            self._article_failed(request, reason_of(failure))
        self._feed()

    def _article_failed(self, request: Request | None, reason: str) -> None:
        url = _asked(request)
        if request is not None:
            self.visits.failed(request.cb_kwargs["walk"], request.cb_kwargs["visit"], reason)
        self.logger.warning("Failed: %s (%s)", url, reason)
        self.crawler.signals.send_catch_log(article_failed, url=url, reason=reason)

    def listing_failed(self, failure: Failure) -> None:
        request = failure.request  # type: ignore[attr-defined]
        page = request.cb_kwargs["page"]
        if _is_gone(failure) and page > 1 and not self._was_read(page):
            return  # beyond the section's last page
        self._listing_failed(page, _asked(request), reason_of(failure))

    def _listing_failed(self, page: int, url: str, reason: str) -> None:
        self.logger.warning("%s could not be read (%s)", url, reason)
        self.crawler.signals.send_catch_log(listing_failed, url=url, reason=reason)
        if page > 1:
            self.counts.listing_failed += 1
        elif url in (start_url for _, start_url in self.starts):
            self.counts.refused = f"{url}: {reason}"

    def _listing_cut(self, url: str, reason: str) -> None:
        """A listing was read as far as a bound: stories may be behind it."""
        self.logger.warning("%s was not read to the end (%s)", url, reason)
        self.crawler.signals.send_catch_log(listing_failed, url=url, reason=reason)
        self.counts.listing_failed += 1
        if url in (start_url for _, start_url in self.starts):
            self.counts.cut = f"{url}: {reason}"


def _replay(spider: SectionSpider, names: str) -> Replay:
    from newscrawl.archive.replay import Replay  # its library is an extra

    return Replay(spider, names)


def reason_of(failure: Failure) -> str:
    """Why a request came to nothing, in a few words that hold nothing of a page's text."""
    error = failure.value
    if isinstance(error, HttpError):
        return f"HTTP {error.response.status}"
    name = type(error).__name__
    if isinstance(error, TookTooLong):
        return str(error)
    if isinstance(error, IgnoreRequest):
        return why_ignored(error)
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.removesuffix("Error")).lower()
    return {"download cancelled": "larger than DOWNLOAD_MAXSIZE"}.get(words, words)


def _is_gone(failure: Failure) -> bool:
    return isinstance(failure.value, HttpError) and failure.value.response.status in (404, 410)


def _asked(request: Request | None) -> str:
    """The address that was asked for, before any redirect."""
    return str(next(iter(request.meta.get("redirect_urls", ())), request.url)) if request else "?"


def _file_name(text: str) -> str:
    """A text as part of a file's name."""
    return re.sub(r"[^A-Za-z0-9._]+", "-", text).strip("-.")[:80]


def _headers(response: Response) -> dict[str, str]:
    return {"Content-Type": (response.headers.get("Content-Type") or b"").decode("latin-1")}


def _number(name: str, value: str | int, least: int) -> int:
    try:
        number = int(value)
    except ValueError:
        number = least - 1
    if number < least:
        raise ValueError(f"{name}={value!r}: expected a whole number, at least {least}")
    return number
