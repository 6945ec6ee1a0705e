"""The settings of a crawl that is a replay."""

from __future__ import annotations

import logging
from typing import Any

from scrapy.settings import BaseSettings

from newscrawl.archive import refused

logger = logging.getLogger(__name__)

#: A replay asks nobody for anything, one page after the other, and stands alone.
_SETTINGS: dict[str, Any] = {
    "DOWNLOADER_MIDDLEWARES_BASE": {},
    "DOWNLOADER_MIDDLEWARES": {},
    "DOWNLOAD_HANDLERS_BASE": {},
    "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https"), "newscrawl.archive.handler.ArchiveDownloadHandler"),
    "AUTOTHROTTLE_ENABLED": False,
    "DOWNLOAD_DELAY": 0,
    "CONCURRENT_REQUESTS": 1,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "CLOSESPIDER_PAGECOUNT": 0,
    "HISTORY_ENABLED": False,
    "ARCHIVE": None,
    "IMAGES": None,
}


def set_up(settings: BaseSettings) -> None:
    """Let a crawl be a replay, whatever else it was set to be."""
    if folder := settings.get("ARCHIVE"):
        name = "" if refused(folder) else f"={folder}"  # an address may have secrets
        logger.warning("ARCHIVE%s is ignored: a replay writes no archive", name)
    if settings.get("IMAGES"):
        logger.warning("IMAGES is ignored: a replay downloads no pictures")
    pipelines = settings.getdict("ITEM_PIPELINES")
    pipelines |= {
        "newscrawl.pipelines.duplicates.DuplicatesPipeline": None,
        "newscrawl.pipelines.history.HistoryPipeline": None,
        "newscrawl.pipelines.versions.VersionsPipeline": 600,
    }
    settings.setdict(_SETTINGS | {"ITEM_PIPELINES": pipelines}, priority="cmdline")


def check(settings: BaseSettings) -> None:
    """Raise ``ValueError`` where a crawl was not :func:`set_up` to be a replay: it would ask the network."""
    if settings.getdict("DOWNLOAD_HANDLERS") != _SETTINGS["DOWNLOAD_HANDLERS"]:
        raise ValueError("an archive is read by scrapy crawl, or with settings of newscrawl.crawling.prepare")
