"""Redirects, as the contract reads links: a crawl of a copy stays on the copy."""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from newscrawl.addresses.hosts import with_ascii_host
from newscrawl.middlewares.robots import is_robots_request


class CopyRedirectMiddleware(RedirectMiddleware):
    """Scrapy's redirects. From a copy to the publisher's own host, one leads to the same path on the copy.

    Each counts for ``REDIRECT_MAX_TIMES``, so one that leads back to itself ends. The last of too many that a
    robots.txt led to is given as it is, and so is one that names no address: it says no rule.
    """

    def _engine_started(self) -> None:
        """Scrapy warns that a redirect loses its Referer where none is sent, as in ``newscrawl.fast``: on purpose."""
        if self.crawler.settings.getbool("REFERER_ENABLED"):
            super()._engine_started()

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        if location := response.headers.get("Location"):
            response.headers["Location"] = _in_ascii(location)
        try:
            result = super().process_response(request, response)
        except (IgnoreRequest, ValueError):  # too many, or to no address
            if is_robots_request(request):
                return response
            raise
        on_copy = getattr(self.crawler.spider, "on_copy", None)
        if isinstance(result, Request) and on_copy is not None:
            return result.replace(url=on_copy(request.url, result.url))
        return result


def _in_ascii(location: bytes) -> bytes:
    """Where an answer leads, its host in the one form that Scrapy would make it by older rules."""
    try:
        return with_ascii_host(location.decode()).encode()
    except ValueError:  # left to Scrapy
        return location
