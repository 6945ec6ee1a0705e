"""WARC records in, articles out: what a crawl would make of each archived page. No engine, no network, no settings.

for outcome in articles("CC-NEWS-20250903141930-00012.warc.gz"):
    if outcome.article:
        print(outcome.article.headline)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from os import PathLike
from pathlib import Path
from typing import IO

from w3lib.url import safe_url_string

from newscrawl.addresses.forms import section_name
from newscrawl.archive.reading import Damage, Record, read
from newscrawl.archive.revisits import Revisits
from newscrawl.article.item import Article
from newscrawl.library import cleaned
from newscrawl.publishers import by_url
from newscrawl.sites import NewsSite, site_at
from newscrawl.sites.base import Asked
from newscrawl.sites.verdict import OTHER_ADDRESS, OTHER_FORMAT, Failed, Skipped, Verdict
from newscrawl.timelimit import PAGE_TIME_LIMIT, TookTooLong, page_time_limit

#: Bytes of a page, as a crawl's ``DOWNLOAD_MAXSIZE`` has it.
LARGEST = 5 * 1024 * 1024
_CUT_OFF = "cut off when it was archived"
_THE_SAME = Skipped("a capture without a body, the same as an earlier one")
_NOT_HERE = Skipped("a capture without a body, of a page that this archive does not have")
_LONGEST_ERROR, _LONGEST_WORD = 200, 40  # characters that are told of an error, and of a page's own word


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


def articles(
    source: str | PathLike[str] | IO[bytes],
    time_limit: float = PAGE_TIME_LIMIT,
    name: str = "",
    path: Path | None = None,
) -> Iterator[Outcome]:
    """The outcome of each HTTP answer in an archive (its path, or the file opened in binary), in its order.

    ``name`` is an opened file's, for records without a date; ``path`` is where it is, if it is on this machine. A
    revisit record that refers to another address of this archive stands for that page; one of its own adds nothing.

    A page that takes longer than ``time_limit`` seconds of CPU is a failed one (0: none is; see
    :class:`newscrawl.timelimit.page_time_limit`). An address decides whose rules count. Relative dates and
    ``crawled_at`` are those of the capture. Raises ``OSError`` where the file cannot be opened; nothing that it holds
    makes it raise.
    """
    if isinstance(source, str | PathLike):
        path = Path(source)
    revisits = Revisits([path]) if path else None
    for record in read(source, name=name):
        if isinstance(record, Damage):
            yield Outcome(record.offset, "", kind="damaged record", reason=record.reason, failed=True)
        else:
            found = revisits.resolve(record) if revisits and _refers_elsewhere(record) else None
            yield outcome(found or record, time_limit)


def _refers_elsewhere(record: Record) -> bool:
    """Whether a revisit record says that its page is that of another address."""
    refers = record.warc_header("WARC-Refers-To-Target-URI").strip("<> ") if record.type == "revisit" else ""
    return refers not in ("", record.url)


def outcome(record: Record, time_limit: float = PAGE_TIME_LIMIT) -> Outcome:
    """What becomes of one record."""
    try:
        with page_time_limit(time_limit):
            made = _made(record)
    except TookTooLong as error:
        made = Failed(str(error))
    except Exception as error:  # one page in 10^9 must not stop the others
        said = f"{type(error).__name__}: {error}"[:_LONGEST_ERROR]
        return Outcome(record.offset, record.url, None, "an error in newscrawl", said, failed=True)
    if isinstance(made, Article):
        return Outcome(record.offset, record.url, made)
    return Outcome(record.offset, record.url, None, made.reason, _detail(made), isinstance(made, Failed))


def _detail(made: Skipped | Failed) -> str:
    """A reason with what differs from page to page; of what a page says itself, that alone."""
    if isinstance(made, Skipped):
        return made.detail.partition(".")[0][:_LONGEST_WORD] or made.reason
    return made.detail or made.reason


def _made(record: Record) -> Verdict:
    site = _site(record)
    if isinstance(site, Skipped):
        return site
    if "html" not in (record.header("Content-Type") or "html").lower():
        return OTHER_FORMAT
    if record.date is None:
        return Failed("no date of capture")
    if cut := next((value for name, value in record.warc.items() if name.lower() == "warc-truncated"), ""):
        return Failed(_CUT_OFF, f"{_CUT_OFF}: {cut[:_LONGEST_WORD]}")
    return _article(record, site, record.date)


def _article(record: Record, site: NewsSite, captured: datetime) -> Verdict:
    body = record.payload(LARGEST + 1)
    if len(body) > LARGEST:
        return Failed("a page that is too large", f"a page of more than {LARGEST} bytes")
    url = safe_url_string(record.url)
    address = site.url(url) or url
    asked = Asked(address, title=section_name(site.section(address)), listed=False)
    found = site.read(body, url, record.content_headers, asked, captured)
    if not isinstance(found, Article):
        return found
    article = cleaned(found, site.publisher)
    missing = [name for name in ("headline", "body") if not getattr(article, name)]
    return Failed(f"no {' and no '.join(missing)}") if missing else article


def _site(record: Record) -> NewsSite | Skipped:
    """The site of a record that may hold an article, by its kind and its address."""
    if record.type == "revisit":
        return _NOT_HERE if _refers_elsewhere(record) else _THE_SAME
    if record.status != 200:
        return Skipped(f"HTTP {record.status}")
    try:
        url = safe_url_string(record.url)
        site = site_at(by_url(url), url)
    except ValueError:
        return Skipped("no http(s) address")
    return site if site.accepts(site.url(url) or url) else OTHER_ADDRESS
