"""Answers requests with the archived record that they carry."""

from __future__ import annotations

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from newscrawl.archive.reading import Record

#: Headers of a body that is no longer coded.
_CODED = {"content-encoding", "transfer-encoding", "content-length"}


class ArchiveDownloadHandler(BaseDownloadHandler):
    """Serves ``request.meta["archived"]``; has no way to a network."""

    async def download_request(self, request: Request) -> Response:
        record: Record | None = request.meta.pop("archived", None)
        if record is None:
            raise IgnoreRequest("not in the archive")
        if "story" not in request.cb_kwargs:  # a story's further page has not waited for its turn
            self.crawler.spider.replay.turn.release()  # type: ignore[union-attr]
        largest = request.meta.get("download_maxsize", self.crawler.settings.getint("DOWNLOAD_MAXSIZE"))
        body = record.payload(largest + 1)
        if len(body) > largest:
            raise DownloadCancelledError(f"{record.url} is larger than {largest} bytes")
        headers = Headers()
        for name, value in record.headers:
            if name.lower() not in _CODED:
                headers.appendlist(name, value.encode("latin-1"))
        kind = responsetypes.from_args(headers=headers, url=record.url, body=body)
        return kind(url=record.url, status=record.status, headers=headers, body=body)
