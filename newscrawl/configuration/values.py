"""Scrapy's settings as a user writes them: whether there is one of that name, and whether it can have that value."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from newscrawl.configuration.faults import Test
from newscrawl.configuration.shown import shown
from newscrawl.setting_names import WITHOUT_DEFAULT, check_settings

#: Settings that have one of a few values.
_CHOICES = {
    "BROWSER": ("listings", "all", "off"),
    "LOG_LEVEL": ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"),
}
#: Settings that are whole numbers, and of which less makes no sense, or a crawl that never ends.
_LEAST_WHOLE = {
    "ARCHIVE_SIZE": 1,
    "BATCH_ARTICLES": 1,
    "COMPLETION_REQUESTS": 0,
    "CONCURRENT_REQUESTS": 1,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DEMO_DAY": 1,
    "DIGEST_ARTICLES": 1,
    "DOWNLOAD_MAXSIZE": 0,
    "IMAGES_MAXSIZE": 0,
    "MAX_PAGES": 1,
    "RECHECK_LIMIT": 0,
    "REPLAY_PROCESSES": 0,
    "RETRY_TIMES": 0,
    "SITEMAP_INDEX_LIMIT": 0,
    "SITEMAP_LIMIT": 0,
    "STORY_PAGES": 0,
}
#: Settings that are times, in seconds or days, and whether they may be 0.
_TIMES = {
    "BATCH_SECONDS": False,
    "BROWSER_TIMEOUT": False,
    "COPIES_DAYS": True,
    "CRAWL_DELAY_MAX": True,
    "DOWNLOAD_DELAY": True,
    "HISTORY_WAIT": True,
    "LEASE_SECONDS": False,
    "LOGSTATS_INTERVAL": True,
    "PAGE_TIME_LIMIT": True,
    "RECHECK_DAYS": True,
    "REDIS_RETRY_SECONDS": False,
    "RETRY_AFTER_MAX": True,
    "RETRY_BACKOFF": True,
    "STALE_DAYS": True,
}


def fault_of_name(name: str, known: Iterable[str]) -> str:
    """What is wrong with the name of a setting, where those of ``known`` are there; ``""`` if nothing is.

    Others may be those of components of the user's own, unless they are nearly one that is known.

    >>> fault_of_name("DOWNLOAD_DELY", ["DOWNLOAD_DELAY"])
    'there is no setting DOWNLOAD_DELY; did you mean DOWNLOAD_DELAY?'
    >>> fault_of_name("MY_PIPELINE_FOLDER", ["DOWNLOAD_DELAY"])
    ''
    """
    if name != name.upper() or not name.isidentifier():
        return f"{name} is not a setting: their names are in capitals"
    try:
        check_settings([name], {*known, *WITHOUT_DEFAULT})
    except ValueError as error:
        return str(error)
    return ""


def fault_of_value(name: str, value: Any, default: Any) -> str:
    """What is wrong with a setting's value, by its default; ``""`` if nothing is, or nothing can be told.

    >>> fault_of_value("DOWNLOAD_DELAY", "fast", 0.5), fault_of_value("DOWNLOAD_DELAY", "2", 0.5)
    ("DOWNLOAD_DELAY is 'fast', expected a number, 0 or more", '')
    """
    is_one, expected = _test(name, default)
    return "" if is_one(value) else f"{name} is {shown(name, value)}, expected {expected}"


def _test(name: str, default: Any) -> Test:
    if name in _CHOICES:
        return lambda value: value in (*_CHOICES[name], None), f"one of {', '.join(_CHOICES[name])}"
    if isinstance(default, bool) or name.endswith("_ENABLED"):
        return _is_switch, "true or false"
    if name in _LEAST_WHOLE:
        least = _LEAST_WHOLE[name]
        return lambda value: is_number(value, least) and _is_whole(value), f"a whole number, {least} or more"
    if name in _TIMES:
        words = "a number, 0 or more" if _TIMES[name] else "a number, more than 0"
        return lambda value: is_number(value, 0) and (_TIMES[name] or float(value) > 0), words
    if isinstance(default, int | float):
        return is_number, "a number"
    if isinstance(default, str):
        return lambda value: isinstance(value, str), "a text"
    if isinstance(default, Mapping):
        return _is_mapping, "a table"
    if isinstance(default, list | tuple):
        return lambda value: isinstance(value, str | list | tuple), "a list"
    return lambda value: True, "any value"


def is_number(value: Any, least: float = -math.inf) -> bool:
    """A finite number of at least so much, as such or as a text; ``true`` is none."""
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        return False
    return math.isfinite(number) and number >= least


def _is_whole(value: Any) -> bool:
    """Whether Scrapy's ``getint`` reads a number as it is."""
    try:
        return int(value) == float(value)
    except ValueError:  # of a text such as "2.0"
        return False


def _is_switch(value: Any) -> bool:
    """As Scrapy's ``getbool`` reads it."""
    return value in (0, 1) or value in ("0", "1", "True", "False", "true", "false")


def _is_mapping(value: Any) -> bool:
    """A table, or a JSON object as a text, as ``-s`` gives it."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return False
    return isinstance(value, Mapping)
