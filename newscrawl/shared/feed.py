"""A shared crawl's feed: files of some dozens of articles, so that a worker's death costs no more than that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import apply_uri_params
from scrapy.http import Response

from newscrawl.extensions.feedexport import StrictFeedExporter
from newscrawl.feeds.file import AtomicFileFeedStorage


class SharedFeedExporter(StrictFeedExporter):
    """Tells the keeper which articles each file holds, and ends a file when it is asked to."""

    def __init__(self, crawler: Crawler):
        super().__init__(crawler)
        #: Called with a file's path, an article that goes into it, and the response that it came from.
        self.wrote: Callable[[str, Any, Response], None]
        for options in self.feeds.values():
            options["store_empty"] = False
            options["batch_item_count"] = options["batch_item_count"] or crawler.settings.getint("BATCH_ARTICLES")

    def _check(self, template: str, options: dict[str, Any]) -> None:
        if options.get("item_filter") or options.get("item_classes"):
            raise ValueError("with REDIS_URL a feed holds every article, without item_filter and item_classes")
        super()._check(template, options)

    def item_scraped(self, item: Any, spider: Spider, response: Response) -> None:  # type: ignore[override]
        for slot in self.slots:
            if isinstance(slot.storage, AtomicFileFeedStorage):
                self.wrote(slot.storage.path, item, response)
        super().item_scraped(item, spider)

    def flush(self) -> None:
        """End the file that is being written, and begin another with the next article."""
        assert self.crawler.spider is not None
        slots = []
        for slot in self.slots:
            if not slot.itemcount:
                slots.append(slot)
                continue
            params = self._get_uri_params(self.crawler.spider, slot.feed_options["uri_params"], slot)
            self._schedule_slot_close(slot, self.crawler.spider)
            slots.append(
                self._start_new_batch(
                    batch_id=slot.batch_id + 1,
                    uri=apply_uri_params(slot.uri_template, params),
                    feed_options=slot.feed_options,
                    spider=self.crawler.spider,
                    uri_template=slot.uri_template,
                )
            )
        self.slots = slots
