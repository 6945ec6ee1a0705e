"""Say which articles are copies of one text: an agency's story under several addresses or publishers."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scrapy.crawler import Crawler

from newscrawl.article.item import Article
from newscrawl.store import Store

if TYPE_CHECKING:
    from newscrawl.history.copies.groups import Copies, Texts

logger = logging.getLogger(__name__)


class CopiesPipeline:
    """Fills ``copy_group``; drops nothing.

    The groups are kept in ``COPIES_FILE`` beside the history, for all spiders that write into that folder; in a run
    without a history they hold for that run. A crawl whose store is in a Redis keeps them there, for all its workers
    and all other crawls in it. Where they cannot be kept, or rensa is not installed, the field is unknown, and a
    warning says why.
    """

    def __init__(self, crawler: Crawler):
        self.crawler = crawler
        self._copies: Copies | None = None
        self._failed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, article: Article) -> Article:
        if not self._failed:
            try:
                self._copies = self._copies or self._open()
                article.copy_group = self._copies.group(f"{article.publisher}/{article.id}", article.body)
            except ImportError:
                self._fail("rensa is not installed, or has no wheel for this platform")
            except sqlite3.Error as error:
                self._fail(
                    f"{self._path() or 'its file'} cannot be used ({error}); free some disk space, or move it away"
                )
            except OSError as error:
                self._fail(str(error))
        return article

    def close_spider(self) -> None:
        """Before the feeds give the articles away, so that what they say is on the disk."""
        if self._copies:
            self._copies.close()

    def _open(self) -> Copies:
        from newscrawl.history.copies.groups import Copies  # what it needs is not there on every platform

        return Copies(self._texts(), self.crawler.settings.getfloat("COPIES_DAYS"))

    def _texts(self) -> Texts:
        session = self._session()
        if session is None:
            from newscrawl.history.copies.sqlite import SQLiteTexts

            return SQLiteTexts(self._path())
        from newscrawl.history.copies.redis import RedisTexts

        settings = self.crawler.settings
        name = "copies-demo" if settings["COPIES_FILE"] == settings["COPIES_FILE_DEMO"] else "copies"
        return RedisTexts(session.client, session.place, f"{settings['REDIS_PREFIX']}{name}:")

    def _session(self) -> Any:
        """The store's connection to a Redis, ``None`` where it is not in one."""
        return getattr(getattr(self.crawler.spider, "store", None), "session", None)

    def _path(self) -> Path | None:
        store: Store | None = getattr(self.crawler.spider, "store", None)
        return store.path.parent / self.crawler.settings["COPIES_FILE"] if store and store.is_kept else None

    def _fail(self, why: str) -> None:
        self._failed = True
        logger.warning("Copies are not recognised in the rest of this run: %s", why)
