"""Keep every request, redirects included, on the hosts that the crawl was started for; robots.txt may be elsewhere."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from newscrawl.crawl.counts import Counts
from newscrawl.crawl.pictures import is_picture
from newscrawl.middlewares.robots import is_robots_request
from newscrawl.reasons import OtherHostError


class GuardMiddleware:
    """Refuses a request that the spider does not allow; one for a picture may go to any host.

    So no page can send the crawler to another host or scheme, be it by a link, a redirect, a feed or what robots.txt
    names. Publishers keep pictures at hosts of others, and nothing in them is followed. The rules themselves may be on
    any host that robots.txt redirects to (RFC 9309, 2.3.1.2). To which addresses the names of hosts may lead,
    ``connections`` knows.
    """

    def __init__(self, crawler: Crawler):
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        allows = getattr(self.crawler.spider, "allows", None)
        if allows is None or is_robots_request(request) or is_picture(request.meta):
            return
        if not allows(request.url):
            Counts(self.crawler.stats).off_host += 1
            raise OtherHostError(request.url)
