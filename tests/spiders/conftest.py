"""What reads answers, without a crawl."""

from __future__ import annotations

import logging

import pytest
from scrapy.utils.test import get_crawler

from newscrawl.crawl.visits import Visits
from newscrawl.crawl.walks import Walks
from newscrawl.publishers import by_url
from newscrawl.signals import article_failed, listing_failed
from newscrawl.spiders.report import Report

START = "https://news.example/world"


class Told(Report):
    """A report that keeps which failures its signals told."""

    def __init__(self, walks: Walks):
        super().__init__(get_crawler(), walks, logging.LoggerAdapter(logging.getLogger("newscrawl")))
        self.failures: list[tuple[str, str]] = []
        for signal in (article_failed, listing_failed):
            self._crawler.signals.connect(self._failed, signal=signal)

    def _failed(self, url: str, reason: str) -> None:
        self.failures.append((url, reason))


@pytest.fixture
def walks() -> Walks:
    walks = Walks(by_url, "")
    walks.begin(START)
    return walks


@pytest.fixture
def walk(walks):
    return walks.starts[0][0]


@pytest.fixture
def report(walks) -> Told:
    return Told(walks)


@pytest.fixture
def visits(report):
    return Visits(hops=2, rechecks=0, counts=report.counts)
