"""The pipelines, which have as much time for an article as the spider for its page."""

from __future__ import annotations

from inspect import iscoroutinefunction
from typing import Any

from scrapy.pipelines import ItemPipelineManager

from newscrawl.pipelines.validation import IncompleteArticle
from newscrawl.timelimit import TookTooLong, page_time_limit


class LimitedPipelines(ItemPipelineManager):
    """Scrapy's pipelines within ``PAGE_TIME_LIMIT``; without it where one of them waits, as others work meanwhile."""

    async def process_item_async(self, item: Any) -> Any:
        try:
            with page_time_limit(self._limit()):
                return await super().process_item_async(item)
        except TookTooLong as error:
            raise IncompleteArticle(str(error)) from None

    def _limit(self) -> float:
        if self.crawler is None or any(map(iscoroutinefunction, self.methods["process_item"])):
            return 0.0
        return self.crawler.settings.getfloat("PAGE_TIME_LIMIT")
