"""Answers requests with the archived record that they carry."""

from __future__ import annotations

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest, ResponseDataLossError
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from newscrawl.archive.reading import Record
from newscrawl.text.ends import lacks_end, may_end_here

#: Headers of a body that is no longer coded.
_CODED = {"content-encoding", "transfer-encoding", "content-length"}


class ArchiveDownloadHandler(BaseDownloadHandler):
    """Serves ``request.meta["archived"]``, once it is read where it is read ahead; has no way to a network."""

    async def download_request(self, request: Request) -> Response:
        archived: Record | Response | None = request.meta.pop("archived", None)
        if archived is None:
            raise IgnoreRequest("not in the archive")
        if "story" not in request.cb_kwargs:  # a story's further page has not waited for its turn
            self.crawler.spider.replay.turn.release()  # type: ignore[union-attr]
        if ahead := request.meta.get("ahead"):
            await ahead.done()
        if isinstance(archived, Response):
            return archived
        response = response_of(
            archived, request.meta.get("download_maxsize", self.crawler.settings.getint("DOWNLOAD_MAXSIZE"))
        )
        if "visit" in request.cb_kwargs and is_cut(archived, response):  # a listing only teaches
            raise ResponseDataLossError
        return response


def response_of(record: Record, largest: int) -> Response:
    """The answer in a record. Raises ``DownloadCancelledError`` for one of more than ``largest`` bytes."""
    body = record.payload(largest + 1)
    if len(body) > largest:
        raise DownloadCancelledError(f"{record.url} is larger than {largest} bytes")
    headers = Headers()
    for name, value in record.headers:
        if name.lower() not in _CODED:
            headers.appendlist(name, value.encode("latin-1"))
    kind = responsetypes.from_args(headers=headers, url=record.url, body=body)
    return kind(url=record.url, status=record.status, headers=headers, body=body)


def is_cut(record: Record, response: Response) -> bool:
    """Whether an archived page is not whole: its record says that it was cut off, and it cannot end there."""
    is_page = response.status == 200 and "html" in record.header("Content-Type").lower()
    is_said = is_page and bool(record.warc_header("WARC-Truncated"))
    return is_said and lacks_end(response.body) and not may_end_here(response.body)
