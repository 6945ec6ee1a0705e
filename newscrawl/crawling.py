"""What ``scrapy crawl`` and ``scrapy crawlall`` share: feeds, a Redis, the sample edition, and how a crawl ended."""

from __future__ import annotations

import logging
import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from newscrawl.archive import is_archive, refused
from newscrawl.archive import settings as replay
from newscrawl.crawl.ending import COULD_NOT_BEGIN, FAULT, Ending, failed, ok
from newscrawl.demo.place import SECTION, answered, feeds_of_sample, is_sample
from newscrawl.extensions import dry_run
from newscrawl.extensions.history import folder_of, local_feeds
from newscrawl.extensions.outcome import Outcome
from newscrawl.targets import Target
from newscrawl.targets.feeds import folder_for, is_known, is_remote, kept_here, own_schemes

logger = logging.getLogger(__name__)
Error = TypeVar("Error", bound=BaseException)

#: ``demo``, or ``demo:2`` and ``demo:3`` for its later days, alone or among addresses.
_DEMO = re.compile(r"(^|,)\s*demo(?::([123]))?\s*(?=,|$)")


def is_demo(start: str) -> bool:
    """Whether a crawl that begins there reads the sample edition, alone or among others."""
    return bool(_DEMO.search(start)) or any(map(is_sample, _addresses(start)))


def with_demo(start: str, settings: BaseSettings) -> str:
    """``start`` with the address of the sample edition in the place of ``demo``, which is answered from now on.

    ``settings`` become those of a run over the sample edition, where the command line says nothing else: history and
    copies are not the publisher's, and where it is ``demo`` alone, nobody needs politeness. Raises ``ValueError`` for
    two of its days.
    """
    if not is_demo(start):
        return start
    days = {int(match[2] or 1) for match in _DEMO.finditer(start)} or {1}
    if len(days) > 1:
        raise ValueError(f"start={start!r}: expected one day of the sample edition; give each day a run of its own")
    start = _DEMO.sub(lambda match: match[1] + SECTION, start)
    if settings.get("IMAGES"):
        logger.warning("IMAGES is ignored: the sample edition has no pictures")
        settings.set("IMAGES", None, priority="cmdline")
    # Above the project's settings and below the command line's.
    settings.setdict(
        answered(settings, days.pop())
        | {
            "HISTORY_FILE": settings["HISTORY_FILE_DEMO"],
            "COPIES_FILE": settings["COPIES_FILE_DEMO"],
        },
        priority="spider",
    )
    if all(map(is_sample, _addresses(start))):
        settings.setdict(
            {
                "AUTOTHROTTLE_ENABLED": False,
                "DOWNLOAD_DELAY": 0,
                "COMPLETION_REQUESTS": 0,  # its listing is all that there is
            },
            priority="spider",
        )
    return start


def _addresses(start: str) -> list[str]:
    return [address.strip() for address in start.split(",")]


# Feeds ---------------------------------------------------------------------------


def with_formats(uris: Iterable[str], known: Container[str]) -> list[str]:
    """``x.jsonl.gz`` with the format that Scrapy cannot see behind ``.gz``: ``x.jsonl.gz:jsonl``.

    So with addresses of other places, whose query may be secret. ``known`` are all formats. Raises ``UsageError`` as
    Scrapy does for an unknown one, ``ValueError`` for an address without a file.
    """
    return [_with_format(uri, known) for uri in uris]


def _with_format(uri: str, known: Container[str]) -> str:
    if is_known(uri) and uri.rpartition(":")[2] not in known:
        target = Target.of(uri)
        if not target.path.strip("/"):
            raise ValueError(f"{target.shown}: expected the name of a file, such as {target.shown_file('world.jsonl')}")
        name = Path(target.path.removesuffix(".gz")).suffix.removeprefix(".")
        if name not in known:
            raise UsageError(f"Unrecognized output format '{name}'")
        return f"{uri}:{name}"
    return f"{uri}:{options['format']}" if (options := _gz_format(uri)) else uri


#: Extensions of Scrapy by the setting that turns them on. Turned off, Scrapy would import them and what they need all
#: the same: 8 MB, and 0.1 s a run.
_CONTROLS = {
    "REMOTE_CONTROL_ENABLED": "scrapy.extensions.remote_control.RemoteControl",
    "TELNETCONSOLE_ENABLED": "scrapy.extensions.telnet.TelnetConsole",
}


def prepare(settings: BaseSettings, arguments: Mapping[str, str], priority: str | int) -> None:
    """Name the feeds, with the formats behind ``.gz``; without any, the project's own. ``arguments`` are the spider's.

    Those of the sample edition are in a folder of their own, unless the command line names some. Where settings name
    a Redis, workers share the crawl; but a replay, whose ``start`` is an archive, stands alone.
    """
    start = arguments.get("start", "")
    if is_archive(start) and not _DEMO.search(start):
        settings.set("REDIS_URL", "", priority=priority)
        replay.set_up(settings)
    is_dry = arguments.get("dry_run", "0").strip() not in ("", "0")
    named: dict[Any, dict[str, Any]] = settings.getdict("FEEDS")
    if named and not (is_demo(start) and _is_of_project(settings, "FEEDS")):
        feeds = {uri: {**_gz_format(str(uri)), **options} for uri, options in named.items()}
    else:
        feeds = settings.getdict("SHARED_FEEDS" if settings["REDIS_URL"] else "DEFAULT_FEEDS")
        feeds = feeds_of_sample(feeds) if is_demo(start) else feeds
    settings.set("FEEDS", _kept_here(feeds, settings, start), priority=priority)
    if is_demo(start) and _is_of_project(settings, "DELIVER"):
        settings.set("DELIVER", [], priority=priority)  # what is invented goes nowhere unless somebody says so
    if not is_archive(start) and not is_dry:
        _keep_archive_here(settings, priority, is_sample=is_demo(start))
    off = {extension for switch, extension in _CONTROLS.items() if not settings.getbool(switch)}
    base = settings.getdict("EXTENSIONS_BASE")
    settings.set("EXTENSIONS_BASE", {name: base[name] for name in base if name not in off}, priority=priority)
    if is_dry:
        dry_run.set_up(settings)
    elif settings["REDIS_URL"]:
        addons = {**settings.getdict("ADDONS"), "newscrawl.shared.addon.SharedCrawl": 0}
        settings.set("ADDONS", addons, priority=priority)


def _kept_here(feeds: dict[Any, dict[str, Any]], settings: BaseSettings, start: str) -> dict[Any, dict[str, Any]]:
    """Feeds of other places as local files, beside the history. Raises ``ValueError`` for an address of no place."""
    default = settings.getdict("DEFAULT_FEEDS")
    local = local_feeds(feeds) or local_feeds(feeds_of_sample(default) if is_demo(start) else default)
    return kept_here(feeds, folder_of(local[0]), own_schemes(settings)) if local else feeds


def _keep_archive_here(settings: BaseSettings, priority: str | int, *, is_sample: bool) -> None:
    """Keep an archive for another place in a folder beside the history, which knows what is to be delivered.

    Raises ``ValueError`` for an address of no place, and where there is no such history.
    """
    address = settings["ARCHIVE"] or ""
    if not is_remote(address):
        return
    if is_sample and _is_of_project(settings, "ARCHIVE"):
        settings.set("ARCHIVE", None, priority=priority)
        return
    local = local_feeds(settings.getdict("FEEDS"))
    if not local or not settings.getbool("HISTORY_ENABLED") or settings["REDIS_URL"]:
        raise ValueError(refused(address))
    folder = folder_for(Target.of(address), folder_of(local[0]))
    settings.set("ARCHIVE_TARGET", address, priority=priority)
    settings.set("ARCHIVE", str(folder), priority=priority)


def _is_of_project(settings: BaseSettings, name: str) -> bool:
    """Whether a setting is what the project says for all runs, and nobody for this one."""
    priority = settings.getpriority(name)
    return priority is not None and priority <= SETTINGS_PRIORITIES["project"]


def _gz_format(uri: str) -> dict[str, str]:
    path = Path(uri)
    return {"format": Path(path.stem).suffix.removeprefix(".")} if path.suffix == ".gz" else {}


# How it ended --------------------------------------------------------------------


def ending(crawler: Crawler, error: BaseException | None = None) -> Ending:
    """How a crawler ended, that stopped by ``error`` or of itself."""
    if error is not None:
        return of_error(error)
    outcome = crawler.get_extension(Outcome)
    ended = ok("the Outcome extension is off; see the log") if outcome is None else outcome.ending()
    dry = crawler.get_extension(dry_run.DryRun)
    return ended if dry is None else replace(ended, links=dry.links)


def of_error(error: BaseException) -> Ending:
    """The ending of what an error kept from working."""
    if isinstance(error, KeyError):  # whose text is quoted
        return failed(str(error.args[0]))
    if isinstance(error, ValueError):  # of what was given: its text is all that there is to say
        return failed(str(error))
    if isinstance(error, OSError):  # the system's have a name of a file, ours say what to do
        told = f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error)
        return failed(told, COULD_NOT_BEGIN)
    logger.debug("The crawl ended by an error", exc_info=error)
    return failed(
        f"newscrawl has a fault: {error or 'it does not say which'}; run it again with -v to see where", FAULT
    )


def of_settings(error: Error, settings: Mapping[str, Any]) -> Error | ValueError:
    """What a setting's value keeps from working, by the setting's name: Python's words have the value alone."""
    if not isinstance(error, ValueError):
        return error
    named = [name for name, value in settings.items() if isinstance(value, str) and repr(value) in str(error)]
    return ValueError(f"of its settings, {' or '.join(named)}: {error}") if named else error
