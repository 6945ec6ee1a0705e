"""The two dates of an article, from what its page says."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from newscrawl.article.item import Article
from newscrawl.dates.choosing import choose
from newscrawl.dates.order import with_order
from newscrawl.dates.reading import context_of
from newscrawl.dates.updates import read_times
from newscrawl.publishers import Publisher

logger = logging.getLogger(__name__)

DAYS_APART = timedelta(days=2)  # of an article's date from the day that its id tells: written one day, published later
DAY_AHEAD = timedelta(days=1)  # of when the page was read: more than zones and a clock that is wrong explain


def read_dates(article: Article, publisher: Publisher) -> None:
    """Set ``date_published``, ``date_modified`` and the times of updates; a date that cannot be read is ``None`` and told in the log."""
    found = article.raw
    if found is None:
        return
    context = with_order(context_of(publisher, article.url, article.language), found, article.url)
    now = found.fetched_at
    published = choose(found.published, found.modified, context, now, f"{article.url}: date_published")
    modified = choose(found.modified, found.published, context, now, f"{article.url}: date_modified")
    article.date_published, article.date_modified = _iso(published.instant), _iso(modified.instant)
    article.extraction["date_published"] = published.rule
    article.rules["date_modified"] = modified.rule
    read_times(article, publisher)
    _compare_with_id(article, published.instant or modified.instant, publisher)
    if published.instant and published.instant - now > DAY_AHEAD:
        logger.warning("%s: its date is in the future: %s", article.url, article.date_published)


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat(timespec="seconds") if instant else None


def _compare_with_id(article: Article, instant: datetime | None, publisher: Publisher) -> None:
    """Warn where the date is far from the day that the article's id tells."""
    if instant is None or publisher.id_date is None:
        return
    form, length = publisher.id_date
    try:
        day = datetime.strptime(article.id[:length], form).replace(tzinfo=ZoneInfo(publisher.timezone or "UTC"))
    except ValueError:
        return
    noon = day + timedelta(hours=12)
    if abs(instant - noon) > DAYS_APART + timedelta(hours=12):
        logger.warning("%s: its date is %s but its id says %s", article.url, instant.isoformat(), day.date())
