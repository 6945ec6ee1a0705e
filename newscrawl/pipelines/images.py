"""Keep the pictures of each article that is written, in a folder."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.pipelines.media import FileException, FileInfo, FileInfoOrError, MediaPipeline
from scrapy.utils.asyncio import run_in_thread
from twisted.python.failure import Failure

from newscrawl.article.item import Article
from newscrawl.article.picture_file import picture_file
from newscrawl.crawl.counts import Counts
from newscrawl.crawl.pictures import PICTURE

logger = logging.getLogger(__name__)
#: How files of pictures begin: JPEG, PNG, GIF, WebP, AVIF and HEIF.
_BEGINS = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n|GIF8[79]a|RIFF....WEBP|....ftyp(?:avi|hei|mif|msf)", re.DOTALL)
_OK = 200  # HTTP status
_MOST_REMEMBERED = 10_000  # results of a run; the folder knows the rest
_WANTED = "image/avif,image/webp,image/*;q=0.9,*/*;q=0.1"


class ImagesPipeline(MediaPipeline):
    """Downloads what ``images`` names into the folder ``IMAGES``; off without one.

    The requests go the way of all others: robots.txt, delays and limits of each host, retries and permitted addresses
    hold for them. An article is written once its pictures are there, or have failed, which is counted. A picture that
    the folder has is not asked for. Replays and the sample edition switch the setting off.

    Raises ``ValueError`` where the folder cannot be made.
    """

    def __init__(self, folder: Path, *, crawler: Crawler):
        super().__init__(crawler=crawler)
        self.folder = folder
        self.counts = Counts(crawler.stats)
        self.allow_redirects = True
        self._handle_statuses(allow_redirects=True)
        self._largest = crawler.settings.getint("IMAGES_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        settings = crawler.settings
        if not settings.get("IMAGES"):
            raise NotConfigured
        folder = Path(settings["IMAGES"]).expanduser()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            raise ValueError(f"IMAGES={folder}: this is a file, not a folder") from None
        except OSError as error:
            raise ValueError(f"IMAGES={folder}: expected a folder, there or to be made: {error.strerror}") from error
        return cls(folder, crawler=crawler)

    def get_media_requests(self, item: Article, info: MediaPipeline.SpiderInfo) -> list[Request]:
        return list(self._requests(item))

    def _requests(self, article: Article) -> Iterator[Request]:
        for url in dict.fromkeys(image.url for image in article.images):
            with suppress(ValueError):  # no address after all
                meta = {PICTURE: True, "download_maxsize": self._largest}
                yield Request(url, headers={"Accept": _WANTED}, meta=meta)

    async def media_to_download(  # type: ignore[override]
        self, request: Request, info: MediaPipeline.SpiderInfo, *, item: Any = None
    ) -> FileInfo | None:
        path = self.file_path(request, info=info, item=item)
        if not (self.folder / path).exists():
            return None
        self.counts.pictures_known += 1
        return {"url": request.url, "path": path, "checksum": None, "status": "uptodate"}

    async def media_downloaded(
        self, response: Response, request: Request, info: MediaPipeline.SpiderInfo, *, item: Any = None
    ) -> FileInfo:
        if response.status != _OK:
            raise FileException(f"HTTP {response.status}")
        if not _BEGINS.match(response.body):
            raise FileException("not a JPEG, PNG, GIF, WebP, AVIF or HEIF file")
        path = self.file_path(request, response, info, item=item)
        await run_in_thread(write, self.folder / path, response.body)
        self.counts.pictures += 1
        return {"url": request.url, "path": path, "checksum": None, "status": "downloaded"}

    def media_failed(  # type: ignore[override]
        self, failure: Failure, request: Request, info: MediaPipeline.SpiderInfo
    ) -> None:
        """What :meth:`media_downloaded` raises comes here, too. What Scrapy is given back, it logs with a traceback."""
        self.counts.pictures_failed += 1
        why = failure.value
        logger.info("Picture not kept: %s (%s)", request.url, str(why) or type(why).__name__)

    def item_completed(self, results: list[FileInfoOrError], item: Any, info: MediaPipeline.SpiderInfo) -> Any:
        if len(info.downloaded) > _MOST_REMEMBERED:
            info.downloaded.clear()
        return item

    def file_path(
        self,
        request: Request,
        response: Response | None = None,
        info: MediaPipeline.SpiderInfo | None = None,
        *,
        item: Any = None,
    ) -> str:
        return picture_file(request.url)


def write(path: Path, content: bytes) -> None:
    """A file that is complete or absent, whoever else writes it at the same time."""
    path.parent.mkdir(exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as file:
        try:
            file.write(content)
            file.close()
            os.replace(file.name, path)
        except OSError:
            with suppress(OSError):
                os.unlink(file.name)
            raise
