"""Name and password of ``start``, for the server that they were given for."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from w3lib.http import basic_auth_header

from newscrawl.addresses.site import origin_of


class CredentialsMiddleware:
    """Basic authentication (RFC 7617) of requests to the origins of the spider's ``credentials``, and no others.

    Scrapy's own knows a domain, and neither scheme nor port. The header is there while a request is under way:
    so no cache or queue on the disk holds it.
    """

    def __init__(self, crawler: Crawler):
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        if found := self._credentials(request):
            request.headers["Authorization"] = basic_auth_header(*found, encoding="utf-8")

    def process_response(self, request: Request, response: Response) -> Response:
        self._take_off(request)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        self._take_off(request)

    def _take_off(self, request: Request) -> None:
        if self._credentials(request):
            # It has none if a middleware before this one refused it, as robots.txt does.
            request.headers.pop("Authorization", None)

    def _credentials(self, request: Request) -> tuple[str, str] | None:
        known: dict[str, tuple[str, str]] = getattr(self.crawler.spider, "credentials", {})
        return known.get(origin_of(request.url)) if known else None
