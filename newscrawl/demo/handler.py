"""The download handler that answers for the sample edition from memory."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from newscrawl.connections.handler import GuardedDownloadHandler
from newscrawl.demo.answers import answer
from newscrawl.demo.place import is_sample

#: Header fields with the validators of what the client has (RFC 9110, 13.1).
_CONDITIONS = ("If-None-Match", "If-Modified-Since")


class SampleDownloadHandler(GuardedDownloadHandler):
    """Answers for the sample edition as its publisher's server would, on day ``DEMO_DAY``; asks others as ever."""

    def __init__(self, crawler: Crawler):
        super().__init__(crawler)
        self._day = crawler.settings.getint("DEMO_DAY")

    async def download_request(self, request: Request) -> Response:
        if not is_sample(request.url):
            return await super().download_request(request)
        known = {(request.headers.get(name) or b"").decode("latin-1") for name in _CONDITIONS}
        found = answer(request.url, known, self._day)
        headers = Headers(found.headers)
        request.meta["download_latency"] = 0.0  # seconds
        kind = responsetypes.from_args(headers=headers, url=request.url, body=found.body)
        return kind(url=request.url, status=found.status, headers=headers, body=found.body, request=request)
