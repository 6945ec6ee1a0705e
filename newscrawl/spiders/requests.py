"""Requests of a crawl, and what an archive is told of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from newscrawl.crawl.partial import Partial
from newscrawl.crawl.walk import Further, Walk
from newscrawl.dates.reading import parse_date
from newscrawl.listings.listing import Answer, Link
from newscrawl.listings.stream import MOST_BYTES
from newscrawl.store import Visit

_LISTING_FIRST = 100  # request priority: links before what they lead to
_STORY_FIRST = 10  # a story's next page before other stories
#: Endings of feeds and sitemaps, which may be larger than pages.
_LARGE = (".xml", ".gz", ".rss", ".txt")
_DAY_LENGTH = len("2025-09-03")  # a date without a time
REDIRECTS = (301, 302, 303, 307, 308)  # HTTP statuses


def listing_request(walk: Walk, further: Further, callback: Callable[..., Any], errback: Callable[..., Any]) -> Request:
    """Ask for a listing."""
    walk.asked.add(further.url)
    return Request(
        further.url,
        callback,
        errback=errback,
        cb_kwargs={"walk": walk, "page": further.page, "further": further},
        priority=_LISTING_FIRST,
        meta={"download_maxsize": MOST_BYTES} if _may_be_large(walk, further.url) else {},
        dont_filter=True,  # the walk knows what it asked for; two addresses may redirect to one
    )


def _may_be_large(walk: Walk, url: str) -> bool:
    return url in walk.named or urlsplit(url).path.endswith(_LARGE)


def article_request(
    walk: Walk,
    visit: Visit,
    condition: Mapping[str, str],
    callback: Callable[..., Any],
    errback: Callable[..., Any],
) -> Request:
    """Ask for an article, on a ``condition`` (headers) if there is one."""
    statuses = [*([304] if condition else []), *(REDIRECTS if visit.check else [])]
    return Request(
        visit.url,
        callback,
        errback=errback,
        headers=condition,
        cb_kwargs={"walk": walk, "visit": visit},
        meta=({"handle_httpstatus_list": statuses} if statuses else {})
        | ({"dont_redirect": True} if visit.check else {}),
        dont_filter=True,
    )


def further_request(
    walk: Walk, visit: Visit, story: Partial, callback: Callable[..., Any], errback: Callable[..., Any]
) -> Request:
    """Ask for a further page of a story, before other stories: its pages so far wait for it."""
    return Request(
        story.url,
        callback,
        errback=errback,
        cb_kwargs={"walk": walk, "visit": visit, "story": story},
        priority=_STORY_FIRST,
        dont_filter=True,
    )


def asked_for(request: Request | None) -> str:
    """The address that was asked for, before any redirect."""
    return str(next(iter(request.meta.get("redirect_urls", ())), request.url)) if request else "?"


def headers_of(response: Response) -> dict[str, str]:
    """The headers of an answer that tell how to read it, and where it goes on."""
    named = {name: b", ".join(response.headers.getlist(name)) for name in ("Content-Type", "Link")}
    return {name: value.decode("latin-1") for name, value in named.items()}


def answer_of(response: Response, walk: Walk, asked: Further) -> Answer:
    """An answer as listings read it."""
    return Answer(response.body, response.url, headers_of(response), walk.section, asked.page, walk.asked)


def date_of(link: Link, walk: Walk) -> datetime | None:
    """The date that a listing has beside a link; of a day without a time its first moment."""
    return parse_date(link.date, walk.site.publisher, datetime.now(UTC), link.url) if link.date else None


def last_moment_of(link: Link, walk: Walk) -> datetime | None:
    """The last moment that a link's date may mean."""
    date = date_of(link, walk)
    return date + timedelta(days=1) if date and len(link.date) <= _DAY_LENGTH else date


def replay_fields(request: Request, start: Callable[[Walk], str]) -> dict[str, str]:
    """What an archive has to tell of a request, to read its answer again; ``start`` is where a walk began."""
    walk: Walk | None = request.cb_kwargs.get("walk")
    if walk is None:
        return {"newscrawl-visit": "other"}
    visit: Visit | None = request.cb_kwargs.get("visit")
    fields = {"newscrawl-start": start(walk), "newscrawl-asked": visit.url if visit else asked_for(request)}
    if "story" in request.cb_kwargs:
        return {"newscrawl-visit": "story page"} | fields
    if visit:
        return {"newscrawl-visit": "article"} | fields
    return {"newscrawl-visit": "listing", "newscrawl-page": str(request.cb_kwargs["page"])} | fields
