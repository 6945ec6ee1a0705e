"""Deliveries at the end of a run: with a history, what is due; without one, this run's files, if it did not fail."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
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
from newscrawl.history import History, deliveries
from newscrawl.targets.feeds import Places
from newscrawl.targets.sending import Sent, put, send

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
    try:
        with interruptible():
            return send(history, places, logger.info, sent)
    except KeyboardInterrupt:
        sent.left = Counter(one.target for one in deliveries.pending(history))
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
        is_good = outcome is None or outcome.judge().status is not ExitStatus.FAILED
        with interruptible():
            self._deliver(exporter.places, is_good=is_good)

    def _deliver(self, places: Places, *, is_good: bool) -> None:
        done: Counter[str] = Counter()
        left: list[str] = []
        for storage in (slot.storage for slot in self._slots):
            if not isinstance(storage, AtomicFileFeedStorage) or not Path(storage.path).is_file():
                continue
            for target, name in places.of_file(storage.path, storage.target):
                logger.info("delivering %s to %s", name, target.shown)
                try:
                    error = put(target, Path(storage.path), name) if is_good else "the run failed"
                except KeyboardInterrupt:
                    is_good, error = False, "it was interrupted"
                if error:
                    left.append(f"{storage.path} was not delivered to {target.shown} ({error}); copy it, or run again")
                else:
                    done[target.shown] += 1
        self.counts.delivered = Sent(done).lines()
        self.counts.undelivered = left
