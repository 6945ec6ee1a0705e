"""The pipelines, which have as much time for an article as the spider for its page."""

from __future__ import annotations

from collections import deque
from inspect import iscoroutinefunction
from typing import Any

from scrapy.pipelines import ItemPipelineManager

from newscrawl.pipelines.validation import IncompleteArticle
from newscrawl.timelimit import TookTooLong, page_time_limit

#: The pipelines from the first that waits on, among the manager's methods.
_WAITING = "process_waiting"


class LimitedPipelines(ItemPipelineManager):
    """Scrapy's pipelines within ``PAGE_TIME_LIMIT``; from the first that waits on without it: others work meanwhile."""

    async def process_item_async(self, item: Any) -> Any:
        if _WAITING not in self.methods:
            self._part()
        try:
            with page_time_limit(self._limit()):
                item = await super().process_item_async(item)
        except TookTooLong as error:
            raise IncompleteArticle(str(error)) from None
        return await self._process_chain(_WAITING, item, add_spider=True, warn_deferred=True)

    def _part(self) -> None:
        steps = list(self.methods["process_item"])
        first = next((number for number, step in enumerate(steps) if iscoroutinefunction(step)), len(steps))
        self.methods["process_item"] = deque(steps[:first])
        self.methods[_WAITING] = deque(steps[first:])

    def _limit(self) -> float:
        return 0.0 if self.crawler is None else self.crawler.settings.getfloat("PAGE_TIME_LIMIT")
