"""Standard output, whose reader may go before the end."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import IO, Any, Self, cast

from scrapy import Spider
from scrapy.crawler import Crawler

from newscrawl import streams
from newscrawl.feeds.file import ReportingFile
from newscrawl.signals import file_failed


class StandardOutputStorage:
    """Scrapy's ``stdout:``, but that an error ends the run: Scrapy logs one for each article and goes on."""

    def __init__(self, uri: str, *, feed_options: dict[str, Any] | None = None, crawler: Crawler | None = None):
        self.error: OSError | None = None
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler, uri: str, *, feed_options: dict[str, Any] | None = None) -> Self:
        return cls(uri, feed_options=feed_options, crawler=crawler)

    def open(self, spider: Spider) -> IO[bytes]:
        if sys.stdout is None or "stdout" in streams.closed:
            self.fail(OSError(errno.EBADF, "it is closed"))
            return io.BytesIO()  # nothing more is written; the run ends
        # Of its own: Python would try once more, at its end, to write what sys.stdout could not.
        return cast("IO[bytes]", ReportingFile(io.FileIO(os.dup(sys.stdout.fileno()), "wb"), self))

    def store(self, file: IO[bytes]) -> None:
        file.flush()

    def fail(self, error: OSError) -> None:
        """Note that no more can be written."""
        why = "its reader has gone" if isinstance(error, BrokenPipeError) else error.strerror
        self.error = OSError(f"standard output: {why}")
        if self._crawler is not None:
            self._crawler.signals.send_catch_log(file_failed, storage=self, error=self.error)
