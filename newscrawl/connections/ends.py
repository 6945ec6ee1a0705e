"""Pages that came without their length, and may have been cut off."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response

from newscrawl.crawl.counts import Counts
from newscrawl.text.ends import lacks_end, may_end_here

#: Scrapy's flag of an answer whose end is that of the connection (RFC 9112, 6.3).
_PARTIAL = "partial"
_TAIL = "newscrawl_tail"  # in a request's metadata: the end of the answer before
_TAIL_LENGTH = 64  # bytes that only the same end has
_MOST_TAILS = 1000
logger = logging.getLogger(__name__)


class Ends:
    """Tells whole HTML pages from cut ones, where nothing but the page itself tells.

    A page without its end tags is asked for again, as one that is shorter than its Content-Length. It is whole if it
    ends as before, and may end there; or as another page of its host that has another length: some sites leave these
    tags out.
    """

    def __init__(self, crawler: Crawler):
        self._counts = Counts(crawler.stats)
        self._most = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self._lengths: dict[tuple[str, bytes], int] = {}
        self._told: set[tuple[str, bytes]] = set()

    def check(self, request: Request, response: Response) -> Response:
        """The answer, without its flag if it is a whole page. Raises ``ResponseDataLossError`` for one that is not."""
        is_page = response.status == 200 and b"html" in (response.headers.get("Content-Type") or b"html").lower()
        if _PARTIAL not in response.flags or not is_page:
            return response
        body = self._unpacked(response)
        if lacks_end(body):
            self._look_closer(request, body)
        return response.replace(flags=[flag for flag in response.flags if flag != _PARTIAL])

    def _look_closer(self, request: Request, body: bytes) -> None:
        tail, before = body.rstrip()[-_TAIL_LENGTH:], request.meta.get(_TAIL)
        request.meta[_TAIL] = tail
        end = urlsplit(request.url).netloc, tail
        if len(self._lengths) > _MOST_TAILS:
            self._lengths.clear()
            self._told.clear()
        ends_as_another = len(tail) == _TAIL_LENGTH and self._lengths.setdefault(end, len(body)) != len(body)
        if not ends_as_another and not (before == tail and may_end_here(body)):
            raise ResponseDataLossError
        self._counts.without_end += 1
        if end not in self._told:
            self._told.add(end)
            logger.warning("%s came without a length and without </html>: it is read, and may be cut off", request.url)

    def _unpacked(self, response: Response) -> bytes:
        """The body as far as it can be unpacked."""
        body = response.body
        codings, _ = HttpCompressionMiddleware._split_encodings(response.headers.getlist("Content-Encoding"))
        try:
            for coding in codings:
                body = HttpCompressionMiddleware._decode(body, coding, self._most)
        except Exception:  # each coding's library has its own; what reads the answer says what is wrong with it
            return response.body
        return body
