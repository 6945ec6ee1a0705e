"""What each section will read and write, before anything is begun."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scrapy import Spider
from scrapy.exceptions import UsageError
from scrapy.extensions.feedexport import apply_uri_params
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoaderProtocol
from scrapy.utils.conf import feed_process_params_from_cli
from w3lib.url import file_uri_to_path

from newscrawl.configuration.faults import Faults
from newscrawl.configuration.sections import NOTHING, Section
from newscrawl.crawl.ending import Ending
from newscrawl.crawling import of_error, prepare, with_demo, with_formats
from newscrawl.extensions.history import history_path, local_feeds
from newscrawl.setting_names import check_feeds, check_settings, known_names
from newscrawl.spiders.section import SectionSpider
from newscrawl.targets.feeds import is_remote
from newscrawl.targets.places import Places

logger = logging.getLogger(__name__)
_PRIORITY = 35  # a file's settings: above the project's and a spider's (30), below the command line's (40)


@dataclass
class Plan:
    """A section as it will be crawled; or ``ending``, where its arguments keep it from that."""

    section: Section
    spider: type[SectionSpider]
    settings: Settings
    arguments: dict[str, str]
    #: Its hosts and its history: two sections that share one of these have to take turns.
    shared: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    ending: Ending | None = None


def plan(path: Path, sections: Sequence[Section], settings: Settings, spiders: SpiderLoaderProtocol) -> list[Plan]:
    """Plans of a file's sections. Raises ``Faults``; an argument's value that the spider refuses is none of these."""
    plans, faults = judged(sections, settings, spiders)
    if faults:
        raise Faults(path, faults, NOTHING)
    return plans


def judged(
    sections: Sequence[Section], settings: Settings, spiders: SpiderLoaderProtocol
) -> tuple[list[Plan], list[str]]:
    """Plans of the sections that can have one, and why others cannot."""
    faults: list[str] = []
    plans: list[Plan] = []
    owners: dict[str, str] = {}
    for section in sections:
        try:
            made = _plan(section, settings, spiders)
        except (KeyError, ValueError, UsageError) as error:
            faults.append(f"section {section.name!r}: {error.args[0]}")
            continue
        faults += [
            f"section {section.name!r} and section {owner!r} write to one file, {file}"
            for file in sorted(made.files)
            if (owner := owners.setdefault(file, section.name)) != section.name
        ]
        plans.append(made)
    return plans, faults


def _plan(section: Section, base: Settings, spiders: SpiderLoaderProtocol) -> Plan:
    spider = spiders.load(section.spider)
    if not issubclass(spider, SectionSpider):
        raise ValueError(f"{section.spider} is not a section spider")  # noqa: TRY004 - a fault of the file
    settings = base.copy()
    for line in check_settings(section.settings, known_names(base)) + check_feeds(section.feeds):
        logger.warning("section %r: %s", section.name, line)
    settings.setdict(section.settings, priority=_PRIORITY)
    known = settings.getwithbase("FEED_EXPORTERS")
    outputs = with_formats(section.output, known), with_formats(section.overwrite_output, known)
    named = section.feeds or (feed_process_params_from_cli(settings, outputs[0], overwrite_output=outputs[1]))
    settings.set("FEEDS", named, priority=_PRIORITY)
    prepare(settings, section.arguments, _PRIORITY)
    made = Plan(section, spider, settings, dict(section.arguments))
    try:
        if "start" in made.arguments:
            made.arguments["start"] = with_demo(made.arguments["start"], settings)
        example = spider(**made.arguments)
        uris = settings.getdict("FEEDS")
        made.files = _files(settings, example)
        made.shared = {f"host {walk.site.netloc.removeprefix('www.')}" for walk in example.walks.values()}
        if settings.getbool("HISTORY_ENABLED") and (local := local_feeds(uris)):
            name = settings["HISTORY_FILE"] % {"name": example.history_name}
            made.shared.add(f"history {history_path(local[0], name)}")
    except (ValueError, OSError) as error:
        made.ending = of_error(error)
    return made


def _files(settings: Settings, spider: Spider) -> set[str]:
    """What a section writes, here and where that is delivered to."""
    places, found = Places.of(settings), set()
    for uri, options in settings.getdict("FEEDS").items():
        if not str(uri).startswith("stdout:"):
            file = _file(str(uri), spider)
            found |= {file} if is_remote(file) else {*places.files_of(file, options.get("target", ""))}
    return found


class _Params(dict[str, Any]):
    """What a feed's name is made of, without the times, which tell no two sections apart."""

    def __init__(self, spider: Spider):
        super().__init__(time="", batch_time="", started="", batch_id=1, worker=0)
        self._spider = spider

    def __missing__(self, name: str) -> Any:
        return getattr(self._spider, name, "")


def _file(uri: str, spider: Spider) -> str:
    path = file_uri_to_path(uri) if uri.startswith("file:") else uri
    path = apply_uri_params(path, _Params(spider))
    return path if "://" in path else str(Path(path).resolve())
