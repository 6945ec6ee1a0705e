"""Names of settings: a misspelt one is refused, as it would have no effect.

Known are the names that are set by Scrapy, by the project's settings or by a file of one's own, and those that
Scrapy and the packages that newscrawl may use read without a default. A name that is like none of these is taken for
a setting of an extension of the user's own, which nobody else knows: that is a warning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from scrapy.settings import BaseSettings

from newscrawl.program import nearest

#: Read without a default, by Scrapy and by scrapy-playwright; and what a crawl sets for an ARCHIVE at an address.
WITHOUT_DEFAULT = frozenset(
    """
    ARCHIVE_TARGET CONCURRENT_REQUESTS_PER_IP EDITOR META_COPY_WARN_SKIP_KEYS
    PLAYWRIGHT_ABORT_REQUEST PLAYWRIGHT_BROWSER_PROVIDER PLAYWRIGHT_BROWSER_TYPE PLAYWRIGHT_CDP_KWARGS
    PLAYWRIGHT_CDP_URL PLAYWRIGHT_CONNECT_KWARGS PLAYWRIGHT_CONNECT_URL PLAYWRIGHT_CONTEXTS
    PLAYWRIGHT_DOWNLOAD_TIMEOUT PLAYWRIGHT_LAUNCH_OPTIONS PLAYWRIGHT_MAX_CONTEXTS PLAYWRIGHT_MAX_PAGES_PER_CONTEXT
    PLAYWRIGHT_PROCESS_REQUEST_HEADERS PLAYWRIGHT_RESTART_DISCONNECTED_BROWSER
    """.split()
)

#: Of one feed in FEEDS: https://docs.scrapy.org/en/latest/topics/feed-exports.html#feeds, with those of its plugins.
FEED_OPTIONS = frozenset(
    """
    batch_item_count encoding fields format indent item_classes item_export_kwargs item_filter overwrite
    postprocessing store_empty uri_params
    bz2_compresslevel gzip_compresslevel gzip_filename gzip_mtime lzma_check lzma_filters lzma_format lzma_preset
    """.split()
)

#: How alike a name is to a known one, from 0 to 1, to be taken for a slip: one letter of eight or so.
_ALIKE = 0.85


def known_names(settings: BaseSettings) -> set[str]:
    """The names that settings hold by now, and those that are read without a default."""
    return {str(name) for name in settings} | WITHOUT_DEFAULT


def check_settings(given: Iterable[str], known: Iterable[str]) -> list[str]:
    """Warnings about names that are like no known one. Raises ``ValueError`` for one that is likely misspelt."""
    return _check(given, frozenset(known), "setting")


def check_feeds(feeds: Mapping[Any, Any]) -> list[str]:
    """The same of the options of each feed, as FEEDS has them."""
    given = (name for options in feeds.values() if isinstance(options, Mapping) for name in options)
    return _check(dict.fromkeys(given), FEED_OPTIONS, "option of a feed")


def _check(given: Iterable[str], known: frozenset[str], what: str) -> list[str]:
    unknown = [name for name in given if name not in known]
    for name in unknown:
        if meant := nearest(name, known, _ALIKE):
            raise ValueError(f"there is no {what} {name}; did you mean {meant}?")
    return [f"no {what} that Scrapy or newscrawl reads is called {name}" for name in unknown]
