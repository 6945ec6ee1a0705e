"""How long a host is left alone between two requests, where its robots.txt says so."""

from __future__ import annotations

import logging
from typing import Self

from scrapy import Request, signals
from scrapy.core.downloader import Downloader
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)


class CrawlDelay:
    """Keeps the Crawl-delay of the group of robots.txt that applies, by the host's download slot.

    It is the least time between two requests, where the settings ask for less: it is not varied, and AutoThrottle does
    not go under it. Setting: ``CRAWL_DELAY_MAX``, seconds that are kept at most; 0: off. What asks for more is in the
    log. Crawl-delay is no part of RFC 9309; sites mean by it what Scrapy's ``RobotParser.crawl_delay`` reads.
    """

    def __init__(self, crawler: Crawler):
        self.crawler = crawler
        self._longest = crawler.settings.getfloat("CRAWL_DELAY_MAX")
        if self._longest <= 0:
            raise NotConfigured
        self._least: dict[str, float] = {}  # by the name of the host's slot

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler)
        crawler.signals.connect(extension.robots_parsed, signal=signals.robots_parsed)
        crawler.signals.connect(extension.response_downloaded, signal=signals.response_downloaded)
        return extension

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Set the delay before any page of the host is asked for."""
        settings = self.crawler.settings
        agent = settings["ROBOTSTXT_USER_AGENT"] or request.headers.get("User-Agent") or settings["USER_AGENT"]
        asked = robotparser.crawl_delay(agent)
        if not asked:
            return
        host = self._downloader.get_slot_key(request)
        kept = min(asked, self._longest)
        if asked > kept:
            logger.warning(
                "robots.txt of %s asks for %g s between requests, longer than CRAWL_DELAY_MAX: %g s is used",
                host, asked, kept,
            )  # fmt: skip
        if self._keep(request, host, kept):
            logger.info("%g s between requests to %s, as its robots.txt asks (Crawl-delay)", kept, host)

    def _keep(self, request: Request, host: str, least: float) -> bool:
        """Keep a delay, for slots of the host to come too; whether that is longer than what is kept anyway."""
        _, slot = self._downloader._get_slot(request)
        if slot.delay * (1 - slot.jitter) >= least:
            return False
        slot.delay, slot.jitter = max(slot.delay, least), 0.0
        of_host = self._downloader.per_slot_settings.get(host, {})
        self._downloader.per_slot_settings[host] = {**of_host, "delay": slot.delay, "jitter": slot.jitter}
        self._least[host] = least
        return True

    def response_downloaded(self, request: Request, response: Response) -> None:
        """Undo what AutoThrottle took off too much: it is told of an answer first."""
        host: str = request.meta.get(Downloader.DOWNLOAD_SLOT, "")
        slot = self._downloader.slots.get(host)
        if slot and slot.delay < self._least.get(host, 0):
            slot.delay = self._least[host]

    @property
    def _downloader(self) -> Downloader:
        assert self.crawler.engine is not None
        return self.crawler.engine.downloader
