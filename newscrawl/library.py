"""Saved pages in, Articles out: the crawl's own path, without the crawl."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from newscrawl.addresses.forms import section_name
from newscrawl.addresses.site import Site
from newscrawl.article.item import Article
from newscrawl.dates.fields import read_dates
from newscrawl.extract import Page, extract
from newscrawl.offers.removal import remove_offers
from newscrawl.processes import Processes, WorkerDiedError, usable_cores
from newscrawl.publishers import Publisher, by_name, by_url

logger = logging.getLogger(__name__)


def extract_article(
    body: bytes | str,
    url: str,
    headers: Mapping[str, str] | None = None,
    publisher: str | Publisher | None = None,
    fetched_at: datetime | None = None,
    *,
    markdown: bool = True,
) -> Article:
    """The article on one saved page, by the rules and cleaning that a crawl applies.

    ``body`` is the page as ``bytes``, or as ``str`` already decoded; ``headers`` are the
    response's, for the character set; ``publisher`` names a described publisher or ``"generic"``,
    or is a description itself (default: the address decides); ``fetched_at`` is what relative
    dates are relative to, UTC unless it says otherwise (default: now); without ``markdown``, as with the
    setting ``BODY_MARKDOWN = False``, ``body_markdown`` is ``""``. What is not found is ``None``, ``[]`` or ``""``.

    Needs no network, no settings and no running engine, and may be called from many processes.
    Raises ``ValueError`` for a ``url`` that is not http(s) and for an unsupported ``publisher``;
    nothing that the page contains makes it raise.
    """
    described = (
        publisher if isinstance(publisher, Publisher) else by_url(url) if publisher is None else by_name(publisher)
    )
    if isinstance(publisher, str) and publisher not in ("generic", described.name):
        raise ValueError(f"publisher {publisher!r} is not supported; see newscrawl/publishers/")
    now = fetched_at or datetime.now(UTC)
    aware = now if now.tzinfo else now.replace(tzinfo=UTC)
    return article_on(Page(body, url, headers), described, aware, markdown=markdown)


class SavedPage(NamedTuple):
    """A page for :func:`extract_articles`: what :func:`extract_article` takes."""

    body: bytes | str
    url: str
    headers: Mapping[str, str] | None = None
    publisher: str | Publisher | None = None
    fetched_at: datetime | None = None


def extract_articles(pages: Iterable[SavedPage], processes: int = 0) -> Iterator[Article]:
    """The article on each of many saved pages, in their order, read by ``processes`` at a time (0: one for each core).

    A few pages for each process are taken from ``pages`` ahead. A process that dies is replaced, and its pages are read
    again; one that ends its process each time gives an empty article, and an error in the log. Raises as
    :func:`extract_article` does. Call it below ``if __name__ == "__main__":``, since processes import their parent's
    module.
    """
    count = processes or usable_cores()
    if count == 1:
        yield from map(_read, pages)
        return
    readers: Processes[SavedPage, Article] = Processes(_read, count)
    try:
        for pending in readers.map(pages):
            try:
                yield readers.result(pending)
            except WorkerDiedError:
                logger.error("%s ended the process that read it", pending.task.url)  # noqa: TRY400
                yield Article(pending.task.url, "", "")
    finally:
        readers.close()


def _read(page: SavedPage) -> Article:
    return extract_article(*page)


def article_on(page: Page, publisher: Publisher, fetched_at: datetime, *, markdown: bool = True) -> Article:
    """The same for a page that is read already; ``fetched_at`` is aware."""
    site = Site(publisher, page.url)
    path = site.section(site.url(page.url) or page.url)
    return cleaned(extract(page, site, fetched_at, section_name(path), markdown=markdown), publisher)


def cleaned(article: Article, publisher: Publisher) -> Article:
    """What pipelines make of an article as :func:`newscrawl.extract.extract` gives it."""
    remove_offers(article, publisher)
    read_dates(article, publisher)
    article.seal()
    return article
