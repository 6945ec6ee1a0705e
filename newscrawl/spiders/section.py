"""How any section is read: its listing pages, its articles, and the Next Story links between them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newscrawl.extract import Page, extract
from newscrawl.extract.links import Link, cards, entries, kind, next_page, unzip
from newscrawl.extract.text import clean
from newscrawl.history import History, Known
from newscrawl.history.database import days_ago
from newscrawl.history.durable import path_of
from newscrawl.items import Article
from newscrawl.library import section_name
from newscrawl.publishers import by_name
from newscrawl.publishers.addresses import Site
from newscrawl.publishers.dates import parse_date

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|article|main|section|p|h1)\b", re.IGNORECASE)
_LISTING_FIRST = 100  # request priority: links before what they lead to
#: Sitemaps may be this large (https://www.sitemaps.org/protocol.html#index), in bytes.
_SITEMAP_BYTES = 50 * 1024 * 1024
_AT_ONCE = 500  # revisits that are scheduled at a time


@dataclass(slots=True)
class Walk:
    """The reading of one section at one site."""

    site: Site
    section: str
    #: Answers read as listing: pages, feeds, sitemaps; and articles they showed, by key.
    listings: int = 0
    listed: set[str] = field(default_factory=set)
    #: How many links each article is beyond what listings show, and its Next Story's address.
    hop: dict[str, int] = field(default_factory=dict)
    next_of: dict[str, str] = field(default_factory=dict)
    alternatives: Iterator[list[str]] = field(default_factory=lambda: iter(()))
    #: Articles that are known and were not asked for again.
    settled: set[str] = field(default_factory=set)
    #: The next listing page, held back while this one shows nothing new or changed.
    held: Request | None = None
    #: The articles that the first listing page, feed or sitemap showed.
    front: list[str] = field(default_factory=list)

    def name(self, key: str) -> str:
        """An article's name in the history."""
        return f"{self.site.name}/{key}"


class SectionSpider(Spider):
    """Reads the section ``section`` (its path) of the publisher named ``publisher``.

    Arguments are those of ``scrapy crawl``: ``start``, ``pages``, ``hops``, ``since``, ``again``. Raises
    ``ValueError`` where one cannot be understood. ``history``, where one is kept, tells which
    articles need not be asked for, or only on condition that they have changed.
    """

    publisher: str
    section: str
    history: History | None = None

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
        self.described = by_name(self.publisher)
        self.since = self._read_since(since)
        starts = (
            re.split(r"\s*,\s*(?=https?://)", start.strip()) if start else [f"{self.described.home}/{self.section}"]
        )
        #: Articles first seen before this moment are not looked at again; how many others still may be.
        self.recheck_since = ""
        self.rechecks_left = 0
        #: Articles that this run emits, as changed; and whether it emits any.
        self.changed: set[str] = set()
        self.has_news = False
        self._revisiting = self._revisits()
        self.walks: dict[str, Walk] = {}
        walks = [(self._walk(url), url) for url in starts]
        self.starts = [(walk, walk.site.url(url) or url) for walk, url in walks]

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.idle, signal=signals.spider_idle)
        crawler.signals.connect(spider.item_scraped, signal=signals.item_scraped)
        spider.recheck_since = days_ago(crawler.settings.getfloat("RECHECK_DAYS"))
        spider.rechecks_left = crawler.settings.getint("RECHECK_LIMIT")
        return spider

    def _read_since(self, since: str | None) -> datetime | None:
        if not since:
            return None
        date = parse_date(since, self.described, datetime.now(UTC))
        if date is None:
            raise ValueError(f"since={since!r} is no date: give one like 2025-09-03 or '2 days ago'")
        return date

    def _walk(self, url: str) -> Walk:
        try:
            site = Site(self.described, url)
        except ValueError as error:
            raise ValueError(f"start={url!r}: expected an http(s) address, or 'demo'") from error
        section = site.section(site.url(url) or "") or self.section
        walk = Walk(site, section, alternatives=iter(site.alternatives(section)))
        return self.walks.setdefault(f"{site.origin}/{section}", walk)

    def allows(self, url: str) -> bool:
        """Whether an address is on a host that this crawl was started for."""
        return any(walk.site.url(url) for walk in self.walks.values())

    # Discovery ---------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        for walk, url in self.starts:
            if walk.site.is_article(url):
                for request in self._reach(walk, url, 0):
                    yield request
            else:
                yield self._listing_request(walk, url, 1)

    def _listing_request(self, walk: Walk, url: str, page: int) -> Request:
        return Request(
            url,
            self.parse_listing,
            errback=self.listing_failed,
            cb_kwargs={"walk": walk, "page": page},
            priority=_LISTING_FIRST,
            meta={"download_maxsize": _SITEMAP_BYTES} if urlsplit(url).path.endswith((".xml", ".gz", ".rss")) else {},
            dont_filter=page == 1,
        )

    def parse_listing(self, response: Response, walk: Walk, page: int) -> Iterator[Request]:
        """Page ``page`` (1, 2, …) of a listing, or a feed or sitemap in its place."""
        try:
            body = unzip(response.body, _SITEMAP_BYTES)
            answer = kind(body)
            if answer == "html":
                yield from self._parse_cards(response, walk, page)
            elif answer == "sitemapindex":
                yield from self._parse_index(entries(body, walk.site), walk, page)
            else:
                links = [link for link in entries(body, walk.site) if walk.site.is_article(link.url, walk.section)]
                yield from self._list(links, walk, page)
        except ValueError as error:
            self._listing_failed(page, _asked(response.request), str(error))

    def _parse_cards(self, response: Response, walk: Walk, page: int) -> Iterator[Request]:
        html = Page(response.body, response.url, _headers(response))
        links = cards(html, walk.site, walk.section)
        fresh = [link for link in links if walk.site.key(link.url) not in walk.listed]
        older = [link for link in links if self._is_older(link)]
        yield from self._list(links, walk, page)
        if not links:
            self.logger.warning("%s shows no article of the section", response.url)
        elif page < self.pages and fresh and len(older) < len(links):
            number = self._page_number(walk, response.url) or page
            url = walk.site.next_page(walk.section, number + 1) or next_page(html, walk.site)
            if url:
                request = self._listing_request(walk, url, page + 1)
                covered = self.history is not None and self.history.pages >= self.pages
                if covered and all(self._is_unchanged(walk, link) for link in links):
                    walk.held = request
                else:
                    yield request

    def _is_unchanged(self, walk: Walk, link: Link) -> bool:
        """Whether an article was emitted by an earlier run and is, as far as this one knows, as it was."""
        key = walk.site.key(link.url)
        known = self._recall(walk, key)
        return known is not None and key not in self.changed

    def _recall(self, walk: Walk, key: str) -> Known | None:
        """An article that earlier runs emitted and this one need not."""
        known = self.history.recall(walk.name(key)) if self.history else None
        return None if known is None or (self.history and self.history.is_due(known)) else known

    def item_scraped(self, item: Article, response: Response) -> None:
        """News on a listing page that was thought unchanged: the next one is read after all."""
        self.has_news = True
        if item.status == "changed":
            walk, page = response.cb_kwargs["walk"], response.cb_kwargs["page"]
            self.changed.add(response.cb_kwargs["key"])
            if walk.held and walk.held.cb_kwargs["page"] == page + 1:
                self.crawler.engine.crawl(walk.held)
                walk.held = None

    def _page_number(self, walk: Walk, url: str) -> int | None:
        match = re.fullmatch(self.described.listing, urlsplit(url).path) if self.described.listing else None
        return int(match["page"]) if match and match["page"] else None

    def _parse_index(self, links: list[Link], walk: Walk, depth: int) -> Iterator[Request]:
        limit = self.settings.getint("SITEMAP_INDEX_LIMIT")
        links = [link for link in links if not self._is_older(link)]
        # Newest first, as far as the index says.
        links.sort(key=lambda link: link.date, reverse=True)
        if len(links) > limit:
            self.logger.warning("Sitemap index: %d of %d sitemaps are read (SITEMAP_INDEX_LIMIT)", limit, len(links))
        if depth > 2:
            self.logger.warning("Sitemap indexes nested more than twice are not read")
            return
        walk.listings += 1
        for link in links[:limit]:
            yield self._listing_request(walk, link.url, depth + 1)

    def _list(self, links: list[Link], walk: Walk, page: int) -> Iterator[Request]:
        walk.listings += 1
        if page == 1:
            walk.front += [walk.site.key(link.url) for link in links]
        for link in links:
            key = walk.site.key(link.url)
            if key in walk.listed:
                continue
            walk.listed.add(key)
            self._count("found" if key not in walk.hop else "chain_listed")
            if self._is_older(link):
                self._count("older")
                continue
            yield from self._reach(walk, link.url, 0, counted=True, page=page)

    def _is_older(self, link: Link) -> bool:
        """Whether a card's date, the latest that its article can have, is before ``since``."""
        if self.since is None or not link.date:
            return False
        date = parse_date(link.date, self.described, datetime.now(UTC))
        return date is not None and date < self.since

    def _reach(self, walk: Walk, url: str | None, hop: int, counted: bool = False, page: int = 0) -> Iterator[Request]:
        """Request an article met ``hop`` links beyond the listings; carry a shorter way onward.

        An article that was met before by a longer way is not requested again, but what follows
        it may now be within ``hops``.
        """
        while url and hop <= self.hops:
            key = walk.site.key(url)
            if hop >= walk.hop.get(key, self.hops + 1):
                return
            met_before = key in walk.hop
            walk.hop[key] = hop
            if not met_before and not counted:
                self._count("found")
            if not met_before or (hop == 0 and key in walk.settled):
                request = self._look(walk, url, key, hop, page)
                if request:
                    yield request
                    return
            url, hop, counted = walk.next_of.get(key), hop + 1, False

    def _look(self, walk: Walk, url: str, key: str, hop: int, page: int) -> Request | None:
        """The request for an article, or ``None`` for one that is known and need not be looked at again."""
        known = self._recall(walk, key)
        if known and known.next_path:
            walk.next_of[key] = urljoin(walk.site.origin, known.next_path)
        if known and not self._may_have_changed(known, hop):
            self._settle(walk, key)
            return None
        self._unsettle(walk, key)
        return self._article_request(walk, url, key, known=known, page=page, listed=hop == 0)

    def _settle(self, walk: Walk, key: str) -> None:
        if key not in walk.settled:
            walk.settled.add(key)
            self._count("settled")

    def _unsettle(self, walk: Walk, key: str) -> None:
        if key in walk.settled:
            walk.settled.remove(key)
            self._count("settled", -1)

    def _article_request(
        self, walk: Walk, url: str, key: str, *, known: Known | None, page: int = 0, listed: bool = False
    ) -> Request:
        """The request for an article, conditional if an earlier run emitted it and the server gave validators."""
        if self.history:
            self.history.found(walk.name(key), path_of(url), walk.section, listed)
        request = Request(
            url,
            self.parse_article,
            errback=self.article_failed,
            cb_kwargs={"walk": walk, "key": key, "page": page, "known": known is not None},
            dont_filter=True,
        )
        if known and (known.etag or known.last_modified):
            request.meta["handle_httpstatus_list"] = [304]
            if known.etag:
                request.headers["If-None-Match"] = known.etag
            if known.last_modified:
                request.headers["If-Modified-Since"] = known.last_modified
        return request

    def _may_have_changed(self, known: Known, hop: int) -> bool:
        """Whether to look again: at a young story, unless it was listed before and is met by a chain now."""
        if known.first_seen < self.recheck_since or (hop and known.listed) or self.rechecks_left <= 0:
            return False
        self.rechecks_left -= 1
        return True

    def idle(self) -> None:
        """Nothing is left to do: what other listings, and earlier runs, still leave to ask for."""
        requests = [*self._alternatives(), *islice(self._revisiting, _AT_ONCE)]
        for request in requests:
            self.crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def _alternatives(self) -> Iterator[Request]:
        """When no listing showed an article: the feeds and sitemaps."""
        for walk in self.walks.values():
            if walk.listed or walk.hop:
                continue
            stage = next(walk.alternatives, None)
            if stage:
                self.logger.warning(
                    "The listing of %s/%s gave no article; trying %s", walk.site.origin, walk.section, ", ".join(stage)
                )
                for url in stage:
                    yield self._listing_request(walk, url, 1)

    def _revisits(self) -> Iterator[Request]:
        """Articles that an earlier run found and did not emit; on a night with news, young stories too."""
        walks = [walk for walk in self.walks.values() if walk.listings and self.history]
        for walk in walks:
            assert self.history is not None
            for name, path, emitted in self.history.revisits(walk.section, self.recheck_since):
                key, url = name.removeprefix(walk.name("")), walk.site.url(path)
                met = key in walk.hop and key not in walk.settled
                if walk.name(key) != name or met or url is None:
                    continue
                known = self._recall(walk, key)
                if emitted and not (known and self.has_news and self._may_have_changed(known, 0)):
                    continue
                if key not in walk.hop:
                    self._count("found")
                walk.hop[key] = self.hops  # it is looked at for itself: no chain begins here
                self._unsettle(walk, key)
                request = self._article_request(walk, url, key, known=known)
                request.cb_kwargs["known"] = True
                yield request

    # Articles ----------------------------------------------------------------

    def parse_article(
        self, response: Response, walk: Walk, key: str, page: int, known: bool
    ) -> Iterator[Article | Request]:
        """One article, and the request for its Next Story."""
        if response.status == 304 and self.history:
            self._count("not_modified")
            self.history.unchanged(walk.name(key))
            yield from self._reach(walk, walk.next_of.get(key), walk.hop[key] + 1)
            return
        url = walk.site.url(response.url)
        if url is None or not walk.site.is_article(url):
            self._article_failed(_asked(response.request), "redirected to a page that is no article")
            return
        if not _HTML.search(response.body[:20_000].replace(b"\0", b"")):
            self._article_failed(_asked(response.request), "not HTML")
            return
        html = Page(response.body, response.url, _headers(response))
        article = extract(html, walk.site, datetime.now(UTC), section_name(walk.section))
        if article.next_url and walk.site.is_article(article.next_url, walk.section):
            walk.next_of[key] = article.next_url
            yield from self._reach(walk, article.next_url, walk.hop[key] + 1)
        yield article

    # What goes wrong ---------------------------------------------------------

    def article_failed(self, failure: Failure) -> None:
        request = failure.request  # type: ignore[attr-defined]
        if request.cb_kwargs["known"] and _is_gone(failure) and self.history:
            # An earlier run emitted it, or no listing shows it any more: the publisher took it away.
            self._count("gone")
            self.history.gone(request.cb_kwargs["walk"].name(request.cb_kwargs["key"]))
            return
        self._article_failed(_asked(request), reason_of(failure))

    def _article_failed(self, url: str, reason: str) -> None:
        self.logger.warning("Failed: %s (%s)", url, reason)
        self._count("failed")
        self._count(f"failed/{reason}")

    def listing_failed(self, failure: Failure) -> None:
        request = failure.request  # type: ignore[attr-defined]
        page = request.cb_kwargs["page"]
        if _is_gone(failure) and page > 1:
            return  # beyond the section's last page
        self._listing_failed(page, _asked(request), reason_of(failure))

    def _listing_failed(self, page: int, url: str, reason: str) -> None:
        self.logger.warning("%s could not be read (%s)", url, reason)
        if page > 1:
            self._count("listing_failed")
        elif url in (start_url for _, start_url in self.starts):
            self.crawler.stats.set_value("newscrawl/section_refused/reason", f"{url}: {reason}")

    def _count(self, name: str, by: int = 1) -> None:
        self.crawler.stats.inc_value(f"newscrawl/{name}", by)


def reason_of(failure: Failure) -> str:
    """Why a request came to nothing, in a few words that hold nothing of a page's text."""
    error = failure.value
    if isinstance(error, HttpError):
        return f"HTTP {error.response.status}"
    name = type(error).__name__
    if name == "IgnoreRequest":
        return clean(str(error))[:200]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.removesuffix("Error")).lower()
    return {"download cancelled": "larger than DOWNLOAD_MAXSIZE"}.get(words, words)


def _is_gone(failure: Failure) -> bool:
    return isinstance(failure.value, HttpError) and failure.value.response.status in (404, 410)


def _asked(request: Request | None) -> str:
    """The address that was asked for, before any redirect."""
    return str(next(iter(request.meta.get("redirect_urls", ())), request.url)) if request else "?"


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
