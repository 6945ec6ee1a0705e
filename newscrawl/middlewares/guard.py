"""Keep every request, redirects included, on the hosts that the crawl was started for."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from newscrawl.crawl.counts import Counts


class GuardMiddleware:
    """Refuses a request that the spider does not allow.

    So no page can send the crawler to another host or scheme, be it by a link, a redirect, a feed or robots.txt. To
    which addresses the names of these hosts may lead, ``connections`` knows.
    """

    def __init__(self, crawler: Crawler):
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        allows = getattr(self.crawler.spider, "allows", None)
        if allows is not None and not allows(request.url):
            Counts(self.crawler.stats).off_host += 1
            raise IgnoreRequest("leads to another host")
