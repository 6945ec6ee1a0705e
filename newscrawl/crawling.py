"""What ``scrapy crawl`` and ``scrapy crawlall`` share: feeds, a Redis, the bundled edition, and how a crawl ended."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from newscrawl.archive import is_archive
from newscrawl.archive import settings as replay
from newscrawl.crawl.ending import COULD_NOT_BEGIN, FAULT, Ending, failed, ok
from newscrawl.extensions import dry_run
from newscrawl.extensions.outcome import Outcome

logger = logging.getLogger(__name__)

#: ``demo``, or ``demo:2`` and ``demo:3`` for its later days, alone or among addresses.
_DEMO = re.compile(r"(^|,)\s*demo(?::([123]))?\s*(?=,|$)")


def with_demo(start: str, settings: BaseSettings) -> str:
    """``start`` with the address of the bundled edition in the place of ``demo``, served from now on.

    Where it is ``demo`` alone, ``settings`` become those of a server of our own, where the command line says nothing
    else: no politeness, and a history that is not the publisher's.
    """
    if not _DEMO.search(start):
        return start
    from newscrawl.demo.server import serve

    if _DEMO.fullmatch(start):
        # Above the project's settings and below the command line's.
        settings.setdict(
            {
                "AUTOTHROTTLE_ENABLED": False,
                "DOWNLOAD_DELAY": 0,
                "COMPLETION_REQUESTS": 0,  # its listing is all that there is
                "HISTORY_FILE": settings["HISTORY_FILE_DEMO"],
                "HISTORY_REBUILD": False,  # from files that are mostly another's
            },
            priority="spider",
        )
    return _DEMO.sub(lambda match: match[1] + serve(int(match[2] or 1)), start)


# Feeds ---------------------------------------------------------------------------


def with_formats(uris: Iterable[str]) -> list[str]:
    """``x.jsonl.gz`` with the format that Scrapy cannot see behind ``.gz``: ``x.jsonl.gz:jsonl``."""
    return [f"{uri}:{options['format']}" if (options := _gz_format(uri)) else uri for uri in uris]


def prepare(settings: BaseSettings, arguments: Mapping[str, str], priority: str | int) -> None:
    """Name the feeds, with the formats behind ``.gz``; without any, the project's own. ``arguments`` are the spider's.

    Where settings name a Redis, workers share the crawl; but a replay, whose ``start`` is an archive, stands alone.
    """
    start = arguments.get("start", "")
    if is_archive(start) and not _DEMO.search(start):
        settings.set("REDIS_URL", "", priority=priority)
        replay.set_up(settings)
    is_dry = arguments.get("dry_run", "0").strip() not in ("", "0")
    named: dict[Any, dict[str, Any]] = settings.getdict("FEEDS")
    if named:
        feeds = {uri: {**_gz_format(str(uri)), **options} for uri, options in named.items()}
    else:
        feeds = settings.getdict("SHARED_FEEDS" if settings["REDIS_URL"] else "DEFAULT_FEEDS")
    settings.set("FEEDS", feeds, priority=priority)
    if is_dry:
        dry_run.set_up(settings)
    elif settings["REDIS_URL"]:
        addons = {**settings.getdict("ADDONS"), "newscrawl.shared.addon.SharedCrawl": 0}
        settings.set("ADDONS", addons, priority=priority)


def _gz_format(uri: str) -> dict[str, str]:
    path = Path(uri)
    return {"format": Path(path.stem).suffix.removeprefix(".")} if path.suffix == ".gz" else {}


# How it ended --------------------------------------------------------------------


def ending(crawler: Crawler, error: BaseException | None = None) -> Ending:
    """How a crawler ended, that stopped by ``error`` or of itself."""
    if error is not None:
        return of_error(error)
    outcome = crawler.get_extension(Outcome)
    return ok("the Outcome extension is off; see the log") if outcome is None else outcome.ending()


def of_error(error: BaseException) -> Ending:
    """The ending of what an error kept from working."""
    if isinstance(error, KeyError):  # whose text is quoted
        return failed(str(error.args[0]), COULD_NOT_BEGIN)
    if isinstance(error, OSError) and error.filename and error.strerror:  # the system's, not ours
        return failed(f"{error.filename}: {error.strerror}", COULD_NOT_BEGIN)
    if isinstance(error, ValueError | OSError):
        return failed(str(error), COULD_NOT_BEGIN)
    logger.debug("The crawl ended by an error", exc_info=error)
    return failed(
        f"newscrawl has a fault: {error or 'it does not say which'}; run it again with -v to see where", FAULT
    )
