"""One page to look at: a saved file, or an address, asked for as a crawl asks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcessBase
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from newscrawl.addresses.site import Site, shown, without_credentials
from newscrawl.demo.place import answered, is_sample
from newscrawl.describe.saved import saved_page
from newscrawl.extract import Page
from newscrawl.publishers import GENERIC
from newscrawl.reasons import reason_of


@dataclass(frozen=True)
class Fetched:
    """A page's bytes, its address, and the headers of the response (of a file: none).

    ``publisher`` is whose rules the page was read by when it was saved, ``""`` where nothing tells, ``at`` is when it
    was fetched, ``None`` for a file of which nobody knows.
    """

    body: bytes
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    publisher: str = ""
    at: datetime | None = None


def is_address(place: str) -> bool:
    """Whether a word names a page on the web, not a file."""
    return urlsplit(place).scheme in ("http", "https")


def read(path: str, url: str | None = None) -> Fetched:
    """A saved page. Without ``url`` it is at the address that its folder knows, or that it calls its own.

    Raises ``OSError`` for a file that cannot be read, ``ValueError`` for a page that names no address.
    """
    body = Path(path).read_bytes()
    if not url and (known := saved_page(Path(path))):
        exchange, publisher = known
        return Fetched(body, exchange.url, exchange.headers, publisher, datetime.fromisoformat(exchange.at))
    own = (link for link in Page(body, "").canonical if is_address(link.strip()))
    if not (url or (url := next(own, "").strip())):
        raise ValueError(f"{path} does not say its address; give it with --url")
    if not is_address(url) or not urlsplit(url).hostname:
        raise ValueError(f"{url!r} is not an http or https address")
    return Fetched(body, without_credentials(url)[0])


def fetch(process: CrawlerProcessBase, url: str) -> Fetched:
    """A page from its site, by Scrapy's downloader with the project's settings: robots.txt, delays and retries hold.

    Ends the process's reactor: one page a process. Raises ``ValueError`` that says why there is none.
    """
    try:
        url, credentials = without_credentials(url)
        origin = Site(GENERIC, url).origin
    except ValueError:  # which says what it could not read
        raise ValueError(f"{shown(url)!r} is not an http or https address") from None
    if is_sample(url):
        process.settings.setdict(answered(process.settings), priority="spider")
    crawler = process.create_crawler(_OnePage)
    process.crawl(crawler, url=url, credentials={origin: credentials} if credentials else {})
    process.start()
    if not isinstance(crawler.spider, _OnePage):
        raise ValueError(f"{url}: the crawler did not start; see its log")  # noqa: TRY004
    if crawler.spider.got is None:
        raise ValueError(f"{url}: {crawler.spider.reason}")
    return crawler.spider.got


class _OnePage(Spider):
    """Asks for one page and keeps the answer, or why there is none."""

    name = "one-page"

    def __init__(self, url: str, credentials: dict[str, tuple[str, str]]):
        super().__init__()
        self.url = url
        self.credentials = credentials
        self.given = [url]  # to whose addresses, and to public ones, it may connect
        self.got: Fetched | None = None
        self.reason = "no answer"

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """What keeps a crawl's books has nothing to do here."""
        for name in ("EXTENSIONS", "ITEM_PIPELINES", "FEEDS"):
            settings.set(name, {}, priority="spider")

    async def start(self) -> AsyncIterator[Any]:
        yield Request(self.url, self.keep, errback=self.fail, dont_filter=True)

    def keep(self, response: Response) -> None:
        headers = {name.decode("latin-1"): b", ".join(v).decode("latin-1") for name, v in response.headers.items()}
        self.got = Fetched(response.body, response.url, headers)

    def fail(self, failure: Failure) -> None:
        response = getattr(failure.value, "response", None)
        if response is not None:
            self.reason = f"HTTP {response.status}"
        elif isinstance(failure.value, IgnoreRequest):
            forbidden = "robots.txt forbids it, or could not be read"
            self.reason = forbidden if "robots.txt" in str(failure.value) else str(failure.value)
        else:
            self.reason = f"{reason_of(failure)} ({failure.value})"
