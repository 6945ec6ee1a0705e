"""Pages that show nothing without scripts: read in a browser where that is wanted; else what to do about them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse, Response

from newscrawl import listings
from newscrawl.browser.chromium import LACKING, OF_NO_USE, Chromium, Rendered, RenderError, is_installed
from newscrawl.browser.scripted import RENDERED, SCRIPTED, is_file, needs_scripts
from newscrawl.crawl.counts import Counts
from newscrawl.crawl.walk import Walk
from newscrawl.listings.listing import Answer, Holds
from newscrawl.plural import counted
from newscrawl.timelimit import page_time_limit

logger = logging.getLogger(__name__)
_MODES = ("off", "listings", "all")


class BrowserMiddleware:
    """Reads a listing in a browser where its plain page has no links to articles; with ``all``, articles' pages, too.

    Settings: ``BROWSER``, ``listings``, ``all`` or ``off``, in the place of what the publisher's description says; and
    those of :class:`Chromium`. Where it is off, or its library missing, the run's ending says what the page needs.
    Raises ``ValueError`` where a setting is wrong or what it needs is missing.
    """

    def __init__(self, crawler: Crawler):
        self._crawler = crawler
        self._counts = Counts(crawler.stats)
        self._limit = crawler.settings.getfloat("PAGE_TIME_LIMIT")
        self._mode = crawler.settings["BROWSER"]
        self._chromium: Chromium | None = None
        if self._mode is not None and self._mode not in _MODES:
            raise ValueError(f"BROWSER={self._mode!r}: expected {', '.join(_MODES)}")
        if self._mode not in (None, "off"):
            if not is_installed():
                raise ValueError(f"BROWSER={self._mode} needs the browser extra: {LACKING}")
            self._chromium = Chromium(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls(crawler)
        crawler.signals.connect(middleware.spider_closed, signal=signals.spider_closed)
        return middleware

    async def spider_closed(self) -> None:
        if self._chromium:
            await self._chromium.close()

    async def process_response(self, request: Request, response: Response) -> Response:
        walk: Walk | None = request.cb_kwargs.get("walk")
        if walk is None or response.status != 200 or is_file(request.url):
            return response
        mode = self._mode or walk.site.publisher.browser or "off"
        if "visit" in request.cb_kwargs and mode != "all":
            return response  # who reads it looks, where it finds no text
        try:
            with page_time_limit(self._limit):
                if "visit" in request.cb_kwargs:
                    needs, wanted = needs_scripts(response.body, response.url, _headers(response)), True
                else:
                    needs = _needs(response, walk, request.cb_kwargs["page"], any_reason=mode != "off")
                    wanted = mode != "off"
        except ValueError:  # it takes too long, or cannot be unzipped: who reads it says so
            return response
        if needs and wanted and self._begin():
            return await self._rendered(request, response, walk)
        return self._told(request, response, needs, walk) if needs else response

    def _begin(self) -> bool:
        """Whether there is a browser, which a publisher's description may have asked for."""
        if self._chromium is None and is_installed():
            try:
                self._chromium = Chromium(self._crawler)
            except ValueError as error:
                logger.warning("%s", error)
        return self._chromium is not None

    def _told(self, request: Request, response: Response, needs: str, walk: Walk) -> Response:
        """Say what a page needs: a listing's in the ending, an article's where it is read."""
        if "visit" in request.cb_kwargs:
            return response.replace(flags=[*response.flags, SCRIPTED])
        advice = f"-s BROWSER=listings reads it in a browser ({LACKING})"
        told = f"{_asked_for(request)} shows nothing without scripts ({needs}); {advice}"
        if request.cb_kwargs["page"] == 1:
            walk.scripted = told
        self._counts.scripted = self._counts.scripted or told
        return response

    async def _rendered(self, request: Request, response: Response, walk: Walk) -> Response:
        spider: Any = self._crawler.spider
        assert self._chromium is not None
        url, is_listing = _asked_for(request), "visit" not in request.cb_kwargs
        why = "links to articles" if is_listing else "text"
        logger.info("%s is read in a browser, since its plain page has no %s", url, why)
        rounds = max(0, (spider.pages or 1) - request.cb_kwargs["page"]) if is_listing else 0
        try:
            shown = await self._chromium.render(response, rounds, spider.allows)
        except RenderError as error:
            if is_listing:
                spider.report.listing_cut(url, str(error))
            else:
                logger.warning("%s: %s", url, error)
            return response.replace(flags=[*response.flags, SCRIPTED])
        if shown.cut and is_listing:
            spider.report.listing_cut(url, shown.cut)
        headers = response.headers.copy()
        headers["Content-Type"] = "text/html; charset=utf-8"
        rendered = response.replace(
            cls=HtmlResponse,
            body=shown.html.encode("utf-8", "replace"),
            encoding="utf-8",
            headers=headers,
            flags=[*response.flags, RENDERED],
        )
        self._tell_of_nothing(request, rendered, shown, walk)
        return rendered

    def _tell_of_nothing(self, request: Request, response: Response, shown: Rendered, walk: Walk) -> None:
        """Say what a listing did not get that stays empty in the browser, too."""
        lacking = _lacking(shown.not_sent)
        if lacking:
            logger.info("%s: %s", response.url, lacking)
        try:
            with page_time_limit(self._limit):
                is_empty = "visit" not in request.cb_kwargs and _needs(response, walk, 2, any_reason=True)
        except ValueError:
            return
        if is_empty and lacking:
            told = f"{_asked_for(request)} shows no article in a browser, either"
            self._counts.scripted = f"{told}; {lacking}"


def _lacking(not_sent: Mapping[str, int]) -> str:
    """A clause on what a page asked for and did not get, and why; ``""`` if it lacks nothing.

    >>> _lacking({"to another host": 1})
    '1 request of the page was not sent: to another host'
    >>> _lacking({"to another host": 2, "Forbidden by robots.txt": 1})
    '3 requests of the page were not sent: 2 to another host, 1 forbidden by robots.txt'
    """
    lacking = {why.replace("Forbidden", "forbidden", 1): number for why, number in not_sent.items() if why != OF_NO_USE}
    if not lacking:
        return ""
    number = sum(lacking.values())
    what = "answered" if any(why.startswith("failed") for why in lacking) else "sent"
    reasons = (
        ", ".join(f"{number} {why}" for why, number in lacking.items()) if len(lacking) > 1 else next(iter(lacking))
    )
    return f"{counted(number, 'request')} of the page {'was' if number == 1 else 'were'} not {what}: {reasons}"


def _needs(response: Response, walk: Walk, number: int, *, any_reason: bool) -> str:
    """Why page ``number`` of a listing needs a browser: it has no links to articles, and shows nothing, or need not.

    ``""`` if it does not, or is no HTML page. Raises ``ValueError`` where it cannot be read.
    """
    headers = _headers(response)
    needs = needs_scripts(response.body, response.url, headers)
    if not needs and not any_reason:
        return ""
    site = walk.site.at(walk.site.netloc)  # one that may learn what it likes from the page
    site.learn(walk.site.learned())
    listing = listings.read(Answer(response.body, response.url, headers, walk.section, number, walk.asked), site)
    if listing.holds is not Holds.CARDS or listing.links or listing.page is None:
        return ""
    if number == 1 and site.is_article_itself(listing.page, 0):
        return ""
    return needs or "no links to articles"


def _headers(response: Response) -> dict[str, str]:
    return {"Content-Type": (response.headers.get("Content-Type") or b"").decode("latin-1")}


def _asked_for(request: Request) -> str:
    return str(next(iter(request.meta.get("redirect_urls", ())), request.url))
