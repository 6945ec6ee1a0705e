"""Redirects, as the contract reads links: a crawl of a copy stays on the copy."""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response


class CopyRedirectMiddleware(RedirectMiddleware):
    """Scrapy's redirects. From a copy to the publisher's own host, one leads to the same path on the copy.

    Each counts for ``REDIRECT_MAX_TIMES``, so one that leads back to itself ends.
    """

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        result = super().process_response(request, response)
        on_copy = getattr(self.crawler.spider, "on_copy", None)
        if isinstance(result, Request) and on_copy is not None:
            return result.replace(url=on_copy(request.url, result.url))
        return result
