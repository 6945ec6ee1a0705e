"""Keeps every exchange of a run as WARC."""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response
from scrapy.utils.defer import deferred_from_coro

from newscrawl.archive import refused
from newscrawl.crawl.counts import Counts
from newscrawl.signals import file_whole
from newscrawl.version import __version__

if TYPE_CHECKING:
    from newscrawl.archive.stored import Stored
    from newscrawl.archive.writing import ArchiveWriter

#: Reasons of WARC-Truncated, by Scrapy's flags.
_TRUNCATED = {"download_stopped": "length", "dataloss": "disconnect", "partial": "disconnect"}
_NOT_MODIFIED = 304  # HTTP status
#: Request headers that ask for a page only if it has changed (RFC 9110, 13.1).
_CONDITIONS = ("If-None-Match", "If-Modified-Since")
logger = logging.getLogger(__name__)


class ArchiveMiddleware:
    """Writes what is sent and what comes, redirects, errors and robots.txt too, into the folder ``ARCHIVE``.

    It stands next to the downloader, so that it sees requests and bodies as they go over the wire. An answer that
    cannot be kept is not read, and the run ends. Settings: ``ARCHIVE``, without which it is off, and ``ARCHIVE_SIZE``,
    bytes after which another file is begun.

    An unchanged page is kept as a revisit record that refers to the stored page. Where no archive in the folder has it,
    the request is sent without its condition, so that the page itself is kept, once.

    Raises ``ValueError`` where FastWARC is missing or a setting is wrong, ``OSError`` where nothing can be written.
    """

    def __init__(self, crawler: Crawler):
        folder = crawler.settings.get("ARCHIVE")
        if not folder:
            raise NotConfigured
        from newscrawl.archive.stored import StoredPages  # its library is an extra
        from newscrawl.archive.writing import ArchiveWriter, recover

        if fault := refused(folder):
            raise ValueError(fault)
        path = Path(folder).expanduser()
        size = crawler.settings["ARCHIVE_SIZE"]
        if not re.fullmatch(r"0*[1-9][0-9]*", str(size)):
            raise ValueError(f"ARCHIVE_SIZE={size!r}: expected a whole number of bytes, at least 1")
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ValueError(f"ARCHIVE={folder}: expected a folder, there or to be made: {error}") from error
        for line in recover(path):
            logger.warning(line)
        self.stored = StoredPages(path)
        self.stored.update()
        self._is_closed = False
        self.crawler = crawler
        self.counts = Counts(crawler.stats)
        name = getattr(crawler.spider, "output_name", crawler.spidercls.name)
        self.archive: ArchiveWriter = ArchiveWriter(path, name, self._info(), int(size))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls(crawler)
        crawler.signals.connect(middleware.close, signal=signals.spider_closed)
        # Before what is complete is delivered: no page comes any more.
        crawler.signals.connect(middleware.close, signal=signals.feed_exporter_closed)
        crawler.signals.connect(middleware.file_whole, signal=file_whole)
        return middleware

    def _info(self) -> dict[str, str]:
        """The fields of a warcinfo record (ISO 28500, and https://iipc.github.io/warc-specifications/)."""
        settings, spider = self.crawler.settings, self.crawler.spider
        arguments = getattr(spider, "arguments", {})
        said = "".join(f" -a {name}={value}" for name, value in arguments.items() if value is not None)
        return {
            "software": f"newscrawl/{__version__}",
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "robots": "obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore",
            "http-header-user-agent": settings["USER_AGENT"],
            "isPartOf": f"{self.crawler.spidercls.name}-{datetime.now(UTC):%Y%m%d%H%M%S%f}",
            "description": f"scrapy crawl {self.crawler.spidercls.name}{said}",
        }

    def process_request(self, request: Request) -> None:
        """Ask for a page whether it has changed or not, if the answer "not modified" would have nothing to refer to."""
        if any(name in request.headers for name in _CONDITIONS):
            stored = self.stored.find(request.url)
            if stored is None or not (stored.is_redirect or _is_meant(stored, request)):
                _ask_plainly(request)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        if "cached" in response.flags:  # by Scrapy's cache: it was not fetched now
            request.meta.pop("fetched_at", None)
            return response
        request.meta["fetched_at"] = date = datetime.now(UTC)
        try:
            self._write(request, response, date)
        except OSError as error:
            self._fail(error)
            # What cannot be kept need not be fetched.
            engine = self.crawler.engine
            self._closing = deferred_from_coro(engine.close_spider_async(reason="archive_failed"))
        if self._error():
            raise IgnoreRequest("it could not be archived")
        if response.status == _NOT_MODIFIED and self._refers(request, response) is None:
            again = request.replace(dont_filter=True)  # a redirect was stored of this address, and no page
            if _ask_plainly(again):
                return again
        return response

    def _refers(self, request: Request, response: Response) -> Stored | None:
        """The stored page that an answer says is unchanged."""
        stored = self.stored.find(request.url) if response.status == _NOT_MODIFIED else None
        return stored if stored and _is_meant(stored, request) else None

    def _write(self, request: Request, response: Response, date: datetime) -> None:
        from newscrawl.archive.writing import Exchange

        if self._error():
            return
        tell = getattr(self.crawler.spider, "replay_fields", None)
        self.archive.write(
            Exchange(
                method=request.method,
                url=response.url,
                request_headers=_pairs(request),
                request_body=request.body,
                status=response.status,
                headers=_pairs(response),
                body=response.body,
                date=date,
                ip_address=str(response.ip_address) if response.ip_address else None,
                truncated=next((reason for flag, reason in _TRUNCATED.items() if flag in response.flags), None),
                fields={"fetchTimeMs": str(round(1000 * request.meta.get("download_latency", 0)))}
                | (tell(request) if tell else {}),
                refers=self._refers(request, response),
            )
        )
        self.counts.archived += 1

    def file_whole(self) -> None:
        """Articles are about to be given away: their pages have to be on the disk. Raises ``OSError``."""
        if not self._error():
            self.archive.sync()

    def close(self) -> None:
        """Give the file its name, and know which pages are in it."""
        if self._is_closed:
            return
        self._is_closed = True
        try:
            if not self._error():
                self.archive.close()
                self.stored.update()
        except OSError as error:
            self._fail(error)
        self.stored.close()

    def _error(self) -> bool:
        return self.counts.archive_error is not None

    def _fail(self, error: OSError) -> None:
        self.counts.archive_error = str(error)


def _pairs(message: Request | Response) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, values in message.headers.items() for value in values]


def _is_meant(stored: Stored, request: Request) -> bool:
    etag, modified = ((request.headers.get(name) or b"").decode("latin-1") for name in _CONDITIONS)
    return stored.is_meant(etag, modified)


def _ask_plainly(request: Request) -> bool:
    """Take the condition from a request; whether it had one."""
    return bool([request.headers.pop(name) for name in _CONDITIONS if name in request.headers])
