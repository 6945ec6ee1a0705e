"""Scrapy's statistics of a run, in which pictures are no pages."""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.extensions.corestats import CoreStats

from newscrawl.crawl.pictures import is_picture


class PageStats(CoreStats):
    """Counts the answers that are pages."""

    def response_received(self, spider: Spider, request: Request | None = None) -> None:
        if request is None or not is_picture(request.meta):
            super().response_received(spider)
