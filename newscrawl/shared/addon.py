"""What is different in a run that shares its crawl: the components that take the place of a single machine's."""

from __future__ import annotations

from scrapy.settings import BaseSettings


class SharedCrawl:
    """A Scrapy add-on, which ``scrapy crawl`` adds where ``REDIS_URL`` is set."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Raises ``ValueError`` where the redis library is missing."""
        from newscrawl.extensions.feedexport import StrictFeedExporter
        from newscrawl.extensions.history import HistoryKeeper
        from newscrawl.extensions.outcome import Outcome
        from newscrawl.shared.feed import SharedFeedExporter
        from newscrawl.shared.keeper import SharedKeeper
        from newscrawl.shared.outcome import SharedOutcome
        from newscrawl.shared.politeness import TurnsMiddleware

        replace, put = settings.replace_in_component_priority_dict, settings.set_in_component_priority_dict
        replace("EXTENSIONS", HistoryKeeper, SharedKeeper, -10)  # first: its number is in the names of the files
        replace("EXTENSIONS", StrictFeedExporter, SharedFeedExporter)
        replace("EXTENSIONS", Outcome, SharedOutcome)
        put("DOWNLOADER_MIDDLEWARES", TurnsMiddleware, 950)  # behind the cache, which needs no turn
