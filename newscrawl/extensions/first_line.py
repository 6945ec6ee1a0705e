"""A run's first line: what it reads, from when on, and where the articles go."""

from __future__ import annotations

import logging
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import FeedExporter

from newscrawl.plural import counted

logger = logging.getLogger("newscrawl")


class FirstLine:
    """Says in one line what a run is about to do, once its history and its files are known."""

    def __init__(self, crawler: Crawler):
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        first = cls(crawler)
        crawler.signals.connect(first.spider_opened, signal=signals.spider_opened)
        return first

    def spider_opened(self, spider: Spider) -> None:
        if hasattr(spider, "walks"):
            exporter = self._crawler.get_extension(FeedExporter)
            files = [slot.uri for slot in exporter.slots] if exporter else []
            logger.info("%s", first_line(spider, files))


def first_line(spider: Any, files: list[str]) -> str:
    """``worldnews: reading https://… ; 3 listing pages; new since …; into output/….jsonl``."""
    parts = [f"reading {_starts(spider)}", _how_far(spider), _which(spider), _where(spider, files)]
    return f"{spider.name}: {'; '.join(filter(None, parts))}"


def _starts(spider: Any) -> str:
    if spider.replay:
        return f"the archive {spider.arguments.get('start', '')}"
    urls: list[str] = [spider.walks.as_given(url) for _, url in spider.walks.starts]
    return urls[0] + (f" and {len(urls) - 1} more" if len(urls) > 1 else "")


def _how_far(spider: Any) -> str:
    """Days where they are given, else listing pages."""
    if spider.replay:
        return ""
    if spider.until_text:
        return f"from {spider.since_text or 'the beginning'} to {spider.until_text}"
    if spider.since_text:
        return f"since {spider.since_text}"
    if spider.reads_on and spider.store.complete:
        return "listing pages until a known story"
    return counted(spider.pages, "listing page")


def _which(spider: Any) -> str:
    """Which of the articles are written."""
    if spider.dry_run:
        return ""
    most = f"at most {counted(spider.limit, 'article')}, " if spider.limit else ""
    if not spider.store.is_kept:
        return most.removesuffix(", ")
    if spider.store.again:
        return f"{most}known ones, too"
    complete = spider.store.complete
    return f"{most}what is new since {complete.started[:16].replace('T', ' ')} UTC" if complete else most[:-2]


def _where(spider: Any, files: list[str]) -> str:
    if spider.dry_run:
        return "nothing is written"
    return f"into {', '.join(files)}" if files else ""
