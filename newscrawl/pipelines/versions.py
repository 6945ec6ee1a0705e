"""Of the runs in an archive, emit each article when it is new or has changed."""

from __future__ import annotations

import sqlite3

from newscrawl.article.item import Article
from newscrawl.pipelines.duplicates import DuplicateArticle, text_of
from newscrawl.pipelines.history import UnchangedArticle


class VersionsPipeline:
    """Sets ``status`` and drops what a run before, or the same run, had: as the runs' files together have it.

    It takes the place of the history, and of what tells duplicates. It remembers on the disk, in a temporary file.
    """

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(
            "pragma journal_mode = off; pragma synchronous = off;"
            "create table versions(key text primary key, hash text, run text, said text) without rowid"
        )

    def process_item(self, article: Article) -> Article:
        key, run = f"{article.publisher}/{article.id}", article.raw.run if article.raw else ""
        text = text_of(article)
        known = self._db.execute("select hash, run, said from versions where key = ?", (key,)).fetchone()
        if known and run and known[1] == run:
            raise DuplicateArticle.of(text, known[2])
        if known and known[0] == article.content_hash:
            raise UnchangedArticle("the same as before in the archive", log_level="DEBUG")
        article.status = "changed" if known else "new"
        self._db.execute("insert or replace into versions values (?, ?, ?, ?)", (key, article.content_hash, run, text))
        return article

    def close_spider(self) -> None:
        self._db.close()
