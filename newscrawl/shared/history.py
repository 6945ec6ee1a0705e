"""The history that workers share: the questions of :class:`newscrawl.history.History`, answered by Redis."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newscrawl.history import Complete, Known
from newscrawl.shared.session import Session


class SharedHistory:
    """What earlier crawls emitted. What this one notes is noted by the steps of ``crawl.lua``.

    ``path`` names no file: beside it are those that a folder's workers share.
    """

    def __init__(self, session: Session, path: Path, *, again: bool):
        self.session = session
        self.path = path
        self.again = again
        self.repeated: set[str] = set()
        self.pages = self.started = 0
        self.complete: Complete | None = None
        #: When that ended, in seconds since 1970.
        self.complete_at = 0
        self.due_since = self.recheck_since = 0.0

    def recall(self, key: str) -> Known | None:
        """The emitted article of that key, else ``None``."""
        text = self.session.read("GET", f"article:{key}")
        article: dict[str, Any] = json.loads(text) if text else {}
        version = article.get("v")
        if not version:
            return None
        return Known(
            content_hash=version["h"],
            first_seen=str(article["f"]),
            listed=bool(article["l"]),
            file=version.get("f"),
            next_path=version.get("n"),
            etag=version.get("e"),
            last_modified=version.get("m"),
        )

    def is_of_this_crawl(self, key: str) -> bool:
        """Whether the last version of an emitted article is news of the crawl that is going on."""
        text = self.session.read("GET", f"article:{key}")
        return bool(text) and json.loads(text).get("v", {}).get("t", 0) >= self.started

    def article_of(self, key: str) -> str | None:
        """The key of the article that a key stands for, mostly itself; ``None``: for a page that is no article."""
        for _ in range(8):
            further = self.session.read("HGET", "aliases", key)
            if further is None:
                return key
            if not further:
                return None
            key = further
        return key

    def was_known(self, key: str) -> bool:
        """Whether the last complete crawl, or one before it, had met an article."""
        text = self.session.read("GET", f"article:{key}")
        seen: dict[str, Any] = json.loads(text) if text else {}
        return self.complete is not None and bool(seen) and seen["f"] <= self.complete_at

    def completed(self, section: str) -> dict[str, Any]:
        """The last complete crawl over a section, as it is kept for the crawls to come; empty if there was none."""
        kept: dict[str, Any] = json.loads(self.session.read("HGET", "sections", section) or "{}").get("complete", {})
        if kept:
            started, finished = (
                datetime.fromtimestamp(kept[name], UTC).isoformat() for name in ("started", "finished")
            )
            self.complete = Complete(kept["crawl"], started, finished, kept["pages"], kept["listed"])
            self.complete_at = kept["finished"]
        return kept

    def is_due(self, known: Known) -> bool:
        """Whether this run emits a known version, though it is unchanged."""
        return self.again

    def revisits(self, section: str) -> list[tuple[str, str, bool]]:
        """Key, path, and whether it was emitted, of articles that a crawl's end may ask for, as the other history."""
        keys = self.session.read(
            "ZREVRANGEBYSCORE", f"seen:{section}", "+inf", str(int(self.due_since)), "LIMIT", "0", "20000"
        )
        found = []
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            names = [f"{self.session.prefix}article:{key}" for key in some[1:]]
            for key, text in zip(some, self.session.read("MGET", f"article:{some[0]}", *names), strict=True):
                article = json.loads(text) if text else None
                if article and ("v" not in article or article["f"] >= self.recheck_since):
                    found.append((key, article["u"], "v" in article))
        found.sort(key=lambda row: row[2])
        return found[:10_000]
