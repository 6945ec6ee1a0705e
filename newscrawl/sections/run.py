"""A crawler for each section, all in one process: they take turns at a host, and one's failure is its own."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import ContextVar
from typing import Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler

from newscrawl import garbage, stopping, summary
from newscrawl.crawl.ending import NOT_STARTED, Ending, failed
from newscrawl.crawling import ending, of_settings
from newscrawl.extensions.history import HistoryKeeper
from newscrawl.sections.plan import Plan

logger = logging.getLogger(__name__)
_current: ContextVar[str] = ContextVar("section", default="-")
_NOT_BEGUN = failed("it was not started, because the run was interrupted", NOT_STARTED)


def log_sections() -> None:
    """Give each log record its ``section``, for ``LOG_FORMAT``: that for which what runs was begun, or ``-``."""
    make = logging.getLogRecordFactory()

    def with_section(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make(*args, **kwargs)
        record.section = _current.get()
        return record

    logging.setLogRecordFactory(with_section)


def run(process: AsyncCrawlerProcess, plans: Sequence[Plan], at_once: int) -> list[Ending]:
    """Crawl all sections, ``at_once`` at a time; how each ended, in their order."""
    turns = Turns(at_once)
    endings = {plan.section.name: plan.ending for plan in plans if plan.ending}
    for plan in plans:
        if plan.ending is None:
            process.crawl(SectionCrawler(plan, turns, endings), **plan.arguments)
    garbage.loaded()
    if process.crawlers:
        stopping.start(process)
    for crawler in list(process.crawlers):  # interrupted twice
        assert isinstance(crawler, SectionCrawler)
        crawler.settle()
    return [endings[plan.section.name] for plan in plans]


class Turns:
    """Whose turn it is: of all sections that share something one at a time, and of all ``at_once`` at a time."""

    def __init__(self, at_once: int):
        self._places = asyncio.Semaphore(at_once)
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @asynccontextmanager
    async def take(self, shared: set[str]) -> AsyncIterator[None]:
        """Wait for a turn with all that is ``shared``, then for a place."""
        async with AsyncExitStack() as stack:
            for name in sorted(shared):  # in one order, so that no two wait for each other
                await stack.enter_async_context(self._locks[name])
            await stack.enter_async_context(self._places)
            yield


class SectionCrawler(Crawler):
    """Waits for its turn to crawl a section, and notes in ``endings`` how that ended; raises nothing."""

    def __init__(self, plan: Plan, turns: Turns, endings: dict[str, Ending]):
        super().__init__(plan.spider, plan.settings)
        self._plan, self._turns, self._endings = plan, turns, endings
        self._begun = self._stopped = False
        self.signals.connect(self._engine_started, signal=signals.engine_started)

    async def crawl_async(self, *args: Any, **kwargs: Any) -> None:
        _current.set(self._plan.section.name)
        async with self._turns.take(self._plan.shared):
            error: Exception | None = None
            if not self._stopped:
                self._begun = True
                try:
                    await super().crawl_async(*args, **kwargs)
                except Exception as caught:
                    error = of_settings(caught, self._plan.section.settings)
                    logger.exception("It failed") if not isinstance(caught, ValueError | OSError) else None
                self._let_go()
            self.settle(error)

    async def stop_async(self) -> None:
        self._stopped = True
        await super().stop_async()

    async def _engine_started(self) -> None:
        if self._stopped:  # between two steps of the start, in which Scrapy takes no notice
            await self.engine.stop_async()

    def _let_go(self) -> None:
        """Of a history that a crawl took and could not begin with: the next one of this host needs it."""
        keeper = self.get_extension(HistoryKeeper) if self._extensions else None
        if keeper is not None:
            keeper.release()

    def settle(self, error: BaseException | None = None) -> None:
        """Note how it ended, or stands."""
        begun = self._begun and (error is not None or self._extensions is not None)
        ended = ending(self, error) if begun else _NOT_BEGUN
        name = self._plan.section.name
        file = self._plan.section.settings.get("SUMMARY_FILE")  # its own; the command writes the process's
        self._endings[name] = ended = summary.written(ended, file, summary.document(ended), name)
        logger.info("Ended with exit status %d: %s", ended.status, ended.sentence)

    def _update_root_log_handler(self) -> None:
        """The log is the process's: making it anew for each section would empty a file that is not appended to."""
