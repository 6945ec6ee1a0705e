"""Read an article's dates: from a page's wording to exact instants."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from newscrawl.article.item import Article, FoundDate
from newscrawl.dates import choosing as undescribed_dates
from newscrawl.dates.described import parse_date
from newscrawl.publishers import Publisher, by_name

logger = logging.getLogger(__name__)

_DAYS_APART = timedelta(days=2)


class DatesPipeline:
    """Fills ``date_published`` and ``date_modified``."""

    def process_item(self, article: Article) -> Article:
        read_dates(article, by_name(article.publisher))
        return article


def read_dates(article: Article, publisher: Publisher) -> None:
    """Set the article's dates from what was found on its page.

    The visible date counts; where the machine-readable one is the same to the minute, that one
    does, for its seconds. A date that cannot be read, or cannot be, is ``None`` and a warning.
    Of a publisher that nobody described, see ``undescribed_dates.choose``.
    """
    if article.raw is None:
        return
    now = article.raw.fetched_at
    if publisher.hosts:
        published, rule = _choose(article, "date_published", article.raw.published, publisher, now)
        modified, _ = _choose(article, "date_modified", article.raw.modified, publisher, now)
    else:
        published, rule = undescribed_dates.choose(article, "date_published", article.raw.published, publisher)
        modified, _ = undescribed_dates.choose(article, "date_modified", article.raw.modified, publisher)
    article.extraction["date_published"] = rule
    article.date_published = published.isoformat(timespec="seconds") if published else None
    article.date_modified = modified.isoformat(timespec="seconds") if modified else None
    _check_day(article, published or modified, publisher)


def _choose(
    article: Article, name: str, found: tuple[FoundDate, ...], publisher: Publisher, now: datetime
) -> tuple[datetime | None, str | None]:
    visible = _first(article, name, [date for date in found if date.visible], publisher, now)
    machine = _first(article, name, [date for date in found if not date.visible], publisher, now)
    if visible is None or machine is None:
        return visible or machine or (None, None)
    if visible[0].replace(second=0, microsecond=0) == machine[0].replace(second=0, microsecond=0):
        return machine
    logger.warning(
        "%s: %s is %s where readers see it and %s in %s; the visible one is taken",
        article.url, name, visible[0].isoformat(), machine[0].isoformat(), machine[1],
    )  # fmt: skip
    return visible


def _first(
    article: Article, name: str, found: list[FoundDate], publisher: Publisher, now: datetime
) -> tuple[datetime, str] | None:
    for date in found:
        instant = parse_date(date.text, publisher, now)
        if instant is not None:
            return instant, date.rule
        logger.warning("%s: %s %r is no date that can be read", article.url, name, date.text)
    return None


def _check_day(article: Article, instant: datetime | None, publisher: Publisher) -> None:
    if instant is None or publisher.id_date is None:
        return
    form, length = publisher.id_date
    try:
        day = datetime.strptime(article.id[:length], form).replace(tzinfo=ZoneInfo(publisher.timezone or "UTC"))
    except ValueError:
        return
    if abs(instant - day - timedelta(hours=12)) > _DAYS_APART + timedelta(hours=12):
        logger.warning("%s: its date is %s but its id says %s", article.url, instant.isoformat(), day.date())
