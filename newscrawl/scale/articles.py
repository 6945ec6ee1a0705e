"""WARC records in, articles out: what a crawl would make of each archived page. No engine, no network, no settings.

for outcome in articles("CC-NEWS-20250903141930-00012.warc.gz"):
    if outcome.article:
        print(outcome.article.headline)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from os import PathLike
from typing import IO

from w3lib.url import safe_url_string

from newscrawl.addresses import forms
from newscrawl.addresses.site import Site
from newscrawl.archive.reading import Damage, Record, read
from newscrawl.article.item import Article
from newscrawl.extract import Page, extract
from newscrawl.library import cleaned, section_name
from newscrawl.publishers import Publisher, by_url
from newscrawl.sites.kinds import claims_article, instead_of_article, is_html
from newscrawl.timelimit import PAGE_TIME_LIMIT, TookTooLong, page_time_limit

#: Bytes of a page, as a crawl's ``DOWNLOAD_MAXSIZE`` has it.
LARGEST = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record: an ``article``, or none, for ``reason``.

    ``offset`` is where in the file the record begins. ``failed``: there should have been an article, or a record, and
    something is wrong with it; else a page is none by its address or its own word. ``kind`` is the reason without what
    differs from record to record, to count by; ``""`` of an article.
    """

    offset: int
    url: str
    article: Article | None = None
    kind: str = ""
    reason: str = ""
    failed: bool = False


def articles(source: str | PathLike[str] | IO[bytes], time_limit: float = PAGE_TIME_LIMIT) -> Iterator[Outcome]:
    """The outcome of each HTTP answer in a WARC file (its path, or the file opened in binary), in its order.

    A page that takes longer than ``time_limit`` seconds of CPU is a failed one (0: none is; see
    :class:`newscrawl.timelimit.page_time_limit`). An address decides whose rules count. Relative dates and
    ``crawled_at`` are those of the capture. Raises ``OSError`` where the file cannot be opened; nothing that it holds
    makes it raise.
    """
    for record in read(source):
        if isinstance(record, Damage):
            yield Outcome(record.offset, "", kind="damaged record", reason=record.reason, failed=True)
        else:
            yield outcome(record, time_limit)


def outcome(record: Record, time_limit: float = PAGE_TIME_LIMIT) -> Outcome:
    """What becomes of one record."""
    try:
        with page_time_limit(time_limit):
            made = _made(record)
    except TookTooLong as error:
        made = _Failed(str(error))
    except Exception as error:  # one page in 10^9 must not stop the others
        made = _Failed(f"error: {type(error).__name__}", str(error)[:200])
    if isinstance(made, Article):
        return Outcome(record.offset, record.url, made)
    return Outcome(record.offset, record.url, None, made.kind, made.reason or made.kind, isinstance(made, _Failed))


@dataclass(frozen=True, slots=True)
class _None:
    """No article, and none was to be expected."""

    kind: str
    reason: str = ""


class _Failed(_None):
    """No article, and something is wrong."""


def _made(record: Record) -> Article | _None:
    if record.type == "revisit":
        return _None("a capture without a body, the same as an earlier one")
    if record.status != 200:
        return _None(f"HTTP {record.status}")
    try:
        url = safe_url_string(record.url)
        publisher = by_url(url)
        site = Site(publisher, url)
    except ValueError:
        return _None("no http(s) address")
    address = site.url(url) or url
    if not _may_be_article(site, address):
        return _None("the address is no article's")
    page = _page(record, url)
    return _article(page, site, publisher, address, record) if isinstance(page, Page) else page


def _page(record: Record, url: str) -> Page | _None:
    """The page that a record holds whole, or why it holds none."""
    if "html" not in (record.header("Content-Type") or "html").lower():
        return _None("no HTML")
    if record.date is None:
        return _Failed("no date of capture")
    if cut := next((value for name, value in record.warc.items() if name.lower() == "warc-truncated"), ""):
        return _Failed("cut off when it was archived", f"cut off when it was archived: {cut[:40]}")
    body = record.payload(LARGEST + 1)
    if len(body) > LARGEST:
        return _Failed("a page that is too large", f"a page of more than {LARGEST} bytes")
    if not is_html(body):
        return _None("no HTML")
    return Page(body, url, record.content_headers)


def _may_be_article(site: Site, address: str) -> bool:
    """Whether it is worth a parse: the publisher's own word on its addresses, or no evidence that it is none."""
    if site.publisher.article:
        return site.is_article(address)
    return forms.weigh(address) != forms.NONE


def _is_evident(page: Page, publisher: Publisher, address: str) -> bool:
    """Whether an address or its page says that it is an article's."""
    return bool(publisher.article) or forms.weigh(address) == forms.MUCH or claims_article(page)


def _article(page: Page, site: Site, publisher: Publisher, address: str, record: Record) -> Article | _None:
    assert record.date is not None
    article = extract(page, site, record.date, section_name(site.section(address)))
    if site.learns:
        other, _ = instead_of_article(page, article.body, site, address)
        if other:
            return _None("says that it is none", other.partition(".")[0][:40])
        # A crawl has seen a listing show the page as an article. An archive has all pages, and sections among them.
        if not _is_evident(page, publisher, address):
            return _None("neither address nor page says that it is one")
        if forms.weigh(article.url) < forms.weigh(address):  # that of a listing, or of all pages
            article.url, article.id = address, site.key(address)
    missing = [name for name in ("headline", "body") if not getattr(cleaned(article, publisher), name)]
    return _Failed(f"no {' and no '.join(missing)}") if missing else article
