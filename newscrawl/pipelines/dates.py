"""Read an article's dates: from a page's wording to exact instants."""

from __future__ import annotations

from newscrawl.article.item import Article
from newscrawl.dates.fields import read_dates
from newscrawl.publishers import by_name


class DatesPipeline:
    """Fills ``date_published`` and ``date_modified``."""

    def process_item(self, article: Article) -> Article:
        read_dates(article, by_name(article.publisher))
        return article
