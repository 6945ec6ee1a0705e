"""Scrapy's statistics of requests and answers, of pages alone."""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.stats import DownloaderStats
from scrapy.http import Response

from newscrawl.crawl.pictures import is_picture


class PageStatistics(DownloaderStats):
    """Counts no pictures: how a server answers for its pages is what a run's ending is judged by."""

    def process_request(self, request: Request, spider: Spider | None = None) -> Request | Response | None:
        return None if is_picture(request.meta) else super().process_request(request)

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        return response if is_picture(request.meta) else super().process_response(request, response)

    def process_exception(
        self, request: Request, exception: Exception, spider: Spider | None = None
    ) -> Request | Response | None:
        return None if is_picture(request.meta) else super().process_exception(request, exception)
