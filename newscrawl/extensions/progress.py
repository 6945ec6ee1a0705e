"""Progress: on a terminal a line that is drawn anew while the run goes on, and now and then a line of the log."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from copy import copy
from typing import ClassVar, Self
from urllib.parse import urlsplit

from rich.console import Console
from rich.live import Live
from rich.text import Text
from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.extensions.logstats import LogStats

from newscrawl.crawl.counts import Counts
from newscrawl.logs import has_controls
from newscrawl.plural import counted

_A_SECOND = 4  # times that the line is drawn: enough to see that it lives
_RATE_OF = 10.0  # seconds, of which the rate is the mean
_LEAST_ADDRESS = 12  # characters of an address that are worth their place


class Progress:
    """What a crawl has read, for the one line that all crawls of a process share.

    It costs a page nothing but to note its address: what else the line tells is looked up when it is drawn.

    Off with ``PROGRESS_ENABLED`` false, and where standard error is no
    terminal, or one without control sequences.
    """

    def __init__(self, crawler: Crawler):
        self.counts = Counts(crawler.stats)
        self.name = crawler.spidercls.name
        self._crawler = crawler
        self._read = ""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not crawler.settings.getbool("PROGRESS_ENABLED") or not has_controls() or _writes_there(crawler):
            raise NotConfigured
        progress = cls(crawler)
        crawler.signals.connect(progress.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(progress.response_received, signal=signals.response_received)
        crawler.signals.connect(progress.spider_closed, signal=signals.spider_closed)
        return progress

    def spider_opened(self, spider: Spider) -> None:
        self.name = getattr(spider, "output_name", spider.name)
        Line.shown().add(self)

    def response_received(self, request: Request) -> None:
        self._read = request.url

    @property
    def reading(self) -> str:
        """The address that is being fetched, or came last; asked for by another thread than the crawl's."""
        slots = list(self._crawler.engine.downloader.slots.values())
        fetched = [request.url for slot in slots for request in list(slot.transferring)]
        return fetched[0] if fetched and self._read not in fetched else self._read

    def spider_closed(self) -> None:
        Line.shown().remove(self)


def _writes_there(crawler: Crawler) -> bool:
    """Whether the run writes to a terminal itself, as a dry run does: then a line that is drawn anew is in its way."""
    to_standard_output = any(str(uri) == "stdout:" for uri in crawler.settings.getdict("FEEDS"))
    return sys.stdout.isatty() and (to_standard_output or bool(getattr(crawler.spider, "dry_run", False)))


class Line:
    """The line on the terminal, below all that is written there meanwhile."""

    _shown: ClassVar[Line | None] = None

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._console = Console(stderr=True, soft_wrap=True, highlight=False)
        self._live: Live | None = None
        self._now: list[Progress] = []
        self._ended = Sums()
        self._begun = clock()
        self._pages: deque[tuple[float, int]] = deque(maxlen=int(_RATE_OF * _A_SECOND))

    @classmethod
    def shown(cls) -> Line:
        """The process's one line."""
        if cls._shown is None:
            cls._shown = cls()
        return cls._shown

    @classmethod
    def end(cls) -> None:
        """Take the line away, whatever still runs: what follows is written in its place."""
        if cls._shown is not None:
            cls._shown.stop()
            cls._shown = None

    def add(self, progress: Progress) -> None:
        self._now.append(progress)
        if self._live is None:
            self._live = Live(
                get_renderable=self.render,
                console=self._console,
                refresh_per_second=_A_SECOND,
                transient=True,
                redirect_stdout=False,
            )
            self._live.start()

    def remove(self, progress: Progress) -> None:
        self._now.remove(progress)
        self._ended.add(progress)

    def stop(self) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None

    def render(self) -> Text:
        """The line, as wide as the terminal at most."""
        now = list(self._now)
        sums = copy(self._ended)
        for progress in now:
            sums.add(progress)
        moment = self._clock()
        self._pages.append((moment, sums.pages))
        width, plain = self._console.width - 1, not self._console.encoding.startswith("utf")
        text = line(now, sums, self._rate(), moment - self._begun, width=width, plain=plain)
        return Text(text, no_wrap=True, overflow="crop")

    def _rate(self) -> float:
        """Pages a second, of the last seconds."""
        (first, before), (last, after) = self._pages[0], self._pages[-1]
        return (after - before) / (last - first) if last > first else 0.0


class Sums:
    """What crawls have counted together."""

    def __init__(self) -> None:
        self.crawls = self.written = self.failed = self.pages = 0

    def add(self, progress: Progress) -> None:
        counts = progress.counts
        self.crawls += 1
        self.written += counts.written
        self.failed += counts.failed
        self.pages += counts.pages


def line(now: Sequence[Progress], sums: Sums, rate: float, seconds: float, *, width: int, plain: bool = False) -> str:
    """Name, counts and what is being read, in at most ``width`` characters; what has no room is left out.

    ``plain``: in ASCII.

    >>> line([], Sums(), 0.0, 65.2, width=60)
    '0 articles · 0 pages · 0.0/s · 1:05'
    """
    point, ellipsis = (" | ", "...") if plain else (" · ", "…")
    is_one = sums.crawls == 1
    who = now[0].name if now and is_one else f"{sums.crawls - len(now)} of {counted(sums.crawls, 'section')} done"
    counts = [counted(sums.written, "article")]
    counts += [f"{sums.failed} failed"] if sums.failed else []
    parts = [*counts, counted(sums.pages, "page"), f"{rate:.1f}/s", f"{int(seconds) // 60}:{int(seconds) % 60:02}"]
    while len(parts) > 1 and len(point.join(parts)) > width:
        parts.pop(-2)  # the rate first, the number of articles last
    if now and len(point.join([who, *parts])) <= width:
        parts.insert(0, who)
    text = point.join(parts)
    room = width - len(text) - len(point) - len("reading ")
    # Of several crawls one after the other, a second each.
    address = _shown(now[int(seconds) % len(now)].reading, with_host=not is_one) if now else ""
    if address and room >= _LEAST_ADDRESS:
        text += f"{point}reading {_shortened(address, room, ellipsis)}"
    return text[:width]


def _shown(url: str, *, with_host: bool) -> str:
    """What tells an address from others that are read."""
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return parts.netloc + path if with_host else path or parts.netloc


def _shortened(text: str, most: int, ellipsis: str) -> str:
    """The end of a text that is too long: addresses differ there."""
    text = "".join(c for c in text if c.isprintable())
    return text if len(text) <= most else ellipsis + text[len(ellipsis) - most :]


class ProgressLog(LogStats):
    """Scrapy's line of the log every ``LOGSTATS_INTERVAL`` seconds, in a run's own words, once there are pages."""

    def __init__(self, crawler: Crawler):
        super().__init__(crawler.stats, crawler.settings.getfloat("LOGSTATS_INTERVAL"))
        self._counts = Counts(crawler.stats)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not crawler.settings.getfloat("LOGSTATS_INTERVAL"):
            raise NotConfigured
        made = cls(crawler)
        crawler.signals.connect(made.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(made.spider_closed, signal=signals.spider_closed)
        return made

    def log(self, spider: Spider) -> None:
        counts = self._counts
        if counts.pages:
            spider.logger.info(
                "So far %s written, %d failed, %s", counted(counts.written, "article"), counts.failed,
                counted(counts.pages, "page"),
            )  # fmt: skip
