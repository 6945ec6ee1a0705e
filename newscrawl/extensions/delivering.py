"""Deliveries at the end of a run: with a history, what is due; without one, this run's files, if it did not fail."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from signal import SIGINT, SIGTERM
from signal import signal as handle
from threading import current_thread, main_thread
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import FeedSlot

from newscrawl.crawl.counts import Counts
from newscrawl.crawl.ending import ExitStatus
from newscrawl.extensions.feedexport import StrictFeedExporter
from newscrawl.extensions.outcome import Outcome
from newscrawl.feeds.file import AtomicFileFeedStorage
from newscrawl.history import History
from newscrawl.history.deliveries import Delivery
from newscrawl.program import program
from newscrawl.targets.places import Places
from newscrawl.targets.sending import Sent, send, send_all

logger = logging.getLogger(__name__)


@contextmanager
def interruptible() -> Iterator[None]:
    """Let a signal end what keeps the reactor from seeing it. Raises ``KeyboardInterrupt`` then."""
    if current_thread() is not main_thread():
        yield
        return

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = {number: handle(number, stop) for number in (SIGINT, SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            handle(number, handler)


def deliver(history: History, places: Places) -> Sent:
    """Deliver what is due. After Ctrl-C the rest stays due. Raises ``sqlite3.Error``."""
    sent = Sent()
    with suppress(KeyboardInterrupt), interruptible():
        send(history, places, logger.info, sent)
    return sent


class Delivering:
    """Delivers the files of a run that has no history: once, at its end, unless it failed."""

    def __init__(self, crawler: Crawler):
        self.crawler = crawler
        self.counts = Counts(crawler.stats)
        self._slots: list[FeedSlot] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        delivering = cls(crawler)
        crawler.signals.connect(delivering.feed_slot_closed, signal=signals.feed_slot_closed)
        crawler.signals.connect(delivering.engine_stopped, signal=signals.engine_stopped)
        return delivering

    def feed_slot_closed(self, slot: FeedSlot) -> None:
        self._slots.append(slot)

    def engine_stopped(self) -> None:
        exporter, outcome = self.crawler.get_extension(StrictFeedExporter), self.crawler.get_extension(Outcome)
        spider: Any = self.crawler.spider
        if exporter is None or not exporter.places or getattr(getattr(spider, "store", None), "is_kept", False):
            return
        if outcome is not None and outcome.judge().status is ExitStatus.FAILED:
            return
        self._deliver(exporter.places)

    def _deliver(self, places: Places) -> None:
        storages = [slot.storage for slot in self._slots]
        due = [
            Delivery(storage.path, target.shown, name)
            for storage in storages
            if isinstance(storage, AtomicFileFeedStorage) and Path(storage.path).is_file()
            for target, name in places.of_file(storage.path, storage.target)
        ]
        sent = Sent()
        with suppress(KeyboardInterrupt), interruptible():
            send_all(due, places, logger.info, sent)
        file = due[0].path if len(due) == 1 else "FILE"
        later = f"nothing tries again, but '{program()} deliver {file} --to ADDRESS' does"
        self.counts.delivered, self.counts.undelivered = sent.lines(), sent.faults(later)
