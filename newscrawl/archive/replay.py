"""The way back: archived pages, in place of the network, for the rules and pipelines of today."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.exceptions import DownloadCancelledError
from scrapy.settings import BaseSettings

from newscrawl.addresses.forms import section_name
from newscrawl.archive.ahead import Readers
from newscrawl.archive.handler import is_cut, response_of
from newscrawl.archive.kinds import HAR
from newscrawl.archive.reading import Damage, Record, files, others, read, unfinished
from newscrawl.archive.revisits import Revisits
from newscrawl.crawl.counts import Counts
from newscrawl.crawl.sources import Fate
from newscrawl.crawl.visits import Visits
from newscrawl.crawl.walk import Walk
from newscrawl.publishers import GENERIC, Publisher, by_url
from newscrawl.sites import site_at
from newscrawl.store import Visit

if TYPE_CHECKING:
    from newscrawl.spiders.section import SectionSpider

_TYPES = ("warcinfo", "metadata", "response", "resource", "revisit")
_HTML = ("text/html", "application/xhtml+xml", "")
_WAITING = 4
_OTHERS = 20  # files of another kind that are named
_SITES = 256  # others' archives may have pages of many: so many are remembered
#: Names of what a crawl tells the replay of each page, in its metadata record.
VISIT, START, ASKED, PAGE = "newscrawl-visit", "newscrawl-start", "newscrawl-asked", "newscrawl-page"


class ReplayVisits(Visits):
    """What a listing leads to is in the archive, or was not asked for: nothing waits."""

    holds_pages = False  # of the next night's, they would come before those of this one

    def list_all(self, walk: Walk, links: Sequence[tuple[str, bool]], page: int, source: int) -> Sequence[Fate]:
        return [Fate.NEW] * len(links)

    def start(self, walk: Walk, url: str, source: int = 0) -> Fate:
        return Fate.NEW


class Replay:
    """Gives a spider the pages of the archive that ``names`` names. Raises ``OSError`` where there is none."""

    visits = ReplayVisits

    def __init__(self, spider: SectionSpider, names: str):
        self._spider = spider
        self._files, self._unfinished, self._others = list(files(names)), unfinished(names), others(names)
        self._revisits = Revisits(self._files)
        self.readers = Readers(1, 0)
        #: Of the pages that wait to be read; Scrapy alone would take all of them into memory at once.
        self.turn = asyncio.Semaphore(_WAITING)
        self._foreign_walk = lru_cache(_SITES)(self._new_foreign_walk)

    def read_ahead(self, settings: BaseSettings) -> None:
        """Let other processes read pages ahead, as the settings say."""
        size = sum(path.stat().st_size for path in self._files)
        self.readers = Readers(settings.getint("REPLAY_PROCESSES"), settings.getfloat("PAGE_TIME_LIMIT"), size)
        self.turn = asyncio.Semaphore(_WAITING + self.readers.at_once)

    def requests(self) -> Iterator[Request]:
        """A request for each page to be read, in the archive's order, that carries its answer."""
        for path in self._unfinished:
            self._counts.replay_unfinished += 1
            self._spider.logger.warning("Left out: %s, which is unfinished", path)
        self._tell_others()
        for path in self._files:
            try:
                yield from self._requests(path)
            except OSError as error:
                self._damaged(path, 0, str(error))

    def _tell_others(self) -> None:
        """Name the files that are no archives: some of them, where a folder has many."""
        self._counts.replay_others = len(self._others)
        self._counts.replay_hars = sum(kind == HAR for _, kind in self._others)
        for path, kind in self._others[:_OTHERS]:
            self._spider.logger.warning("Not read: %s, %s", path, kind)
        if (more := len(self._others) - _OTHERS) > 0:
            self._spider.logger.warning("Not read: %d more files that are no archives", more)

    def _requests(self, path: Path) -> Iterator[Request]:
        run, fields, of = "", {}, ""
        for record in read(path, _TYPES):
            if isinstance(record, Damage):
                self._damaged(path, record.offset, record.reason)
                continue
            self._counts.replay_records += 1
            if record.type == "warcinfo":
                run = record.fields().get("isPartOf", "")
            elif record.type == "metadata":
                fields, of = record.fields(), record.warc.get("WARC-Concurrent-To", "")
            else:
                try:
                    request = self._answer(path, record, fields if of == record.id else {}, run)
                except (KeyError, ValueError):
                    self._damaged(path, record.offset, "an address, or what is told of it, cannot be understood")
                    continue
                if request:
                    yield request

    def _answer(self, path: Path, record: Record, fields: dict[str, str], run: str) -> Request | None:
        """What to do with an answer, or with the page that a revisit record stands for; none is counted."""
        if record.date is None:
            self._damaged(path, record.offset, "no date of capture")
            return None
        found = self._revisits.resolve(record) if record.type == "revisit" else record
        if found and (request := self._request(found, fields, run)):
            return request
        if found:
            self._counts.replay_skipped += 1
        elif not self._is_wanted(record, fields):
            self._counts.replay_revisits += 1
        else:
            self._counts.replay_unresolved += 1
            refers = record.warc_header("WARC-Refers-To-Date")
            self._spider.logger.warning(
                "Not in these archives: the page that %s, byte %d, refers to: %s%s",
                path, record.offset, record.url, f", stored {refers}" if refers else "",
            )  # fmt: skip
        return None

    def _is_wanted(self, revisit: Record, fields: dict[str, str]) -> bool:
        """Whether the page that a revisit record stands for would be read as an article."""
        if VISIT in fields:
            return fields[VISIT] == "article"
        return self._foreign(revisit) is not None

    def _damaged(self, path: Path, offset: int, reason: str) -> None:
        self._counts.replay_damaged += 1
        self._spider.logger.warning("Damaged: %s, byte %d (%s)", path, offset, reason)

    def _request(self, record: Record, fields: dict[str, str], run: str) -> Request | None:
        """What to do with an answer; ``None`` for one that a crawl does not read either."""
        if not record.is_page or not re.match(r"https?://[^/]", record.url, re.IGNORECASE):
            return None
        asked = fields.get(ASKED, record.url)
        # In others' archives, two answers from one address are two versions.
        meta = {"archived": record, "run": run if VISIT in fields else "", "fetched_at": record.date}
        meta |= {"redirect_urls": [asked]} if asked != record.url else {}
        if fields.get(VISIT) == "listing":
            walk = self._walk(fields[START])
            walk.asked.add(asked)
            page = int(fields.get(PAGE, "1"))
            return Request(record.url, self._learn, cb_kwargs={"walk": walk, "page": page}, meta=meta, dont_filter=True)
        if fields.get(VISIT) not in (None, "article"):  # robots.txt
            return None
        known = self._walk(fields[START]) if VISIT in fields else self._foreign(record)
        if known is None:
            return None
        self._counts.replay_pages += 1
        self._counts.shown += 1
        self._counts.found += 1
        spider, visit = self._spider, Visit(known.id, known.site.key(known.site.url(asked) or asked), asked, 0, False)
        if record.status == 200 and self.readers.count_page():
            meta |= self._begin(record, known, visit)
        return Request(
            record.url,
            spider.parse_article,
            errback=spider.article_failed,
            cb_kwargs={"walk": known, "visit": visit},
            meta=meta,
            dont_filter=True,
        )

    def _begin(self, record: Record, walk: Walk, visit: Visit) -> dict[str, Any]:
        """Begin to read a page ahead: what its request has to carry."""
        try:
            response = response_of(record, self._spider.settings.getint("DOWNLOAD_MAXSIZE"))
        except DownloadCancelledError:  # it is too large, which its request will find, too
            return {}
        if is_cut(record, response):  # the same
            return {}
        assert record.date is not None
        return {"archived": response, "ahead": self._spider.read_ahead(response, walk, visit, record.date)}

    def with_further(self, request: Request, first: datetime | None) -> Request | None:
        """A request for a further page of a story with its answer, ``None`` where no archive has it.

        ``first`` is when the page before it was fetched.
        """
        record = self._revisits.page(request.url, first)
        if record is None:
            return None
        meta: dict[str, Any] = {"archived": record, "fetched_at": record.date}
        meta |= {"redirect_urls": [request.url]} if record.url != request.url else {}
        return request.replace(url=record.url, meta=request.meta | meta)

    def _learn(self, response: Any, walk: Walk, page: int) -> None:
        """Take from a listing what it teaches of its site; where it leads is not asked for."""
        for _ in self._spider.parse_listing(response, walk, page):
            pass

    def _walk(self, start: str) -> Walk:
        """The walk that a crawl began at an address."""
        walk = self._spider.walks.walk(start)
        if not walk.met:
            walk.met = True
            self._spider.walks.starts.append((walk, start))
        return walk

    def _foreign(self, record: Record) -> Walk | None:
        """What a page belongs to of which only its address tells; ``None`` if that is no article's."""
        if record.header("Content-Type").partition(";")[0].strip().lower() not in _HTML:
            return None
        publisher = self._publisher(record.url)
        if publisher is None:
            return None
        try:
            site = site_at(publisher, record.url)
        except ValueError:
            return None
        url, section = site.url(record.url), self._spider.section
        if url is None or not site.accepts(url, section):
            return None
        return self._foreign_walk(publisher.name, site.origin, section or site.section(url) or "")

    def _publisher(self, url: str) -> Publisher | None:
        """Whose a page is, ``None`` if the spider is another publisher's."""
        publisher, spider = by_url(url), self._spider
        if not spider.publisher:
            return publisher
        return spider.described if publisher in (GENERIC, spider.described) else None

    def _new_foreign_walk(self, name: str, origin: str, section: str) -> Walk:
        publisher = self._spider.described if self._spider.publisher else by_url(origin)
        return Walk(site_at(publisher, origin), section, title=section_name(section), listed=False)

    @property
    def _counts(self) -> Counts:
        return self._spider.counts
