"""Looks at the feeds before anything is asked for: a missing library or a wrong option ends the run at once."""

from __future__ import annotations

import io
from typing import Self

from scrapy.crawler import Crawler
from scrapy.utils.conf import feed_complete_default_values_from_settings
from scrapy.utils.misc import load_object

from newscrawl.feeds.article import ArticleExporter


class Formats:
    """Raises ``ValueError`` where a feed cannot be written in the form that is asked for."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        exporters = crawler.settings.getwithbase("FEED_EXPORTERS")
        for uri, options in crawler.settings.getdict("FEEDS").items():
            feed = feed_complete_default_values_from_settings(options, crawler.settings, str(uri))
            if not (path := exporters.get(feed["format"])):
                continue  # which Scrapy tells
            exporter = load_object(path)
            if isinstance(exporter, type) and issubclass(exporter, ArticleExporter):
                try:
                    exporter(
                        io.BytesIO(),
                        crawler=crawler,
                        fields_to_export=feed["fields"],
                        encoding=feed["encoding"],
                        indent=feed["indent"],
                        **feed["item_export_kwargs"],
                    )
                except (TypeError, ValueError) as error:
                    raise ValueError(f"{uri} cannot be written: {error}") from None
        return cls()
