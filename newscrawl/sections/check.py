"""What would keep sections from being crawled, as far as it can be told without asking anybody for anything."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings, iter_default_settings
from scrapy.utils.misc import load_object

from newscrawl.archive import refused
from newscrawl.configuration.values import fault_of_name, fault_of_value
from newscrawl.extensions.history import folder_of, local_feeds
from newscrawl.sections.plan import Plan

#: What needs a library, by the setting or the format that asks for it: the library, and the extra that brings it.
_LIBRARIES = {"ARCHIVE": ("fastwarc", "warc"), "REDIS_URL": ("redis", "redis"), "parquet": ("pyarrow", "parquet")}
_COMPONENTS = ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "ITEM_PIPELINES", "EXTENSIONS", "ADDONS")


def known_settings() -> dict[str, Any]:
    """The settings that there are, Scrapy's and the project's, with their values."""
    from newscrawl import settings as project  # a process takes them as they are when it begins

    own = {name: getattr(project, name) for name in dir(project) if name.isupper()}
    return {**dict(iter_default_settings()), **own}


def check(plans: Sequence[Plan]) -> list[str]:
    """What is wrong with the plans of sections, a sentence each, with the section's name."""
    return [f"section {made.section.name!r}: {fault}" for made in plans for fault in _faults(made)]


def _faults(made: Plan) -> Iterator[str]:
    if made.ending:
        yield made.ending.sentence
    yield from faults_of_settings(made.settings)
    yield from _faults_of_components(made.settings)
    yield from _faults_of_extras(made.settings)
    if fault := refused(made.settings["ARCHIVE"] or ""):
        yield fault
    for place in _places(made):
        if fault := fault_of_place(place):
            yield fault


def faults_of_settings(settings: BaseSettings) -> Iterator[str]:
    """Names and values of the settings that a section's table or the command line gives."""
    known, given = known_settings(), SETTINGS_PRIORITIES["spider"]
    for name in settings:
        if (settings.getpriority(name) or 0) > given and name not in ("FEEDS", "ADDONS"):
            fault = fault_of_name(name, known) or fault_of_value(name, settings[name], known.get(name))
            if fault:
                yield fault


def _faults_of_components(settings: BaseSettings) -> Iterator[str]:
    """Components that cannot be imported."""
    for setting in _COMPONENTS:
        try:
            components = [path for path, order in settings.getdict(setting).items() if order is not None]
        except ValueError:  # which its value's test tells
            continue
        for path in components:
            try:
                load_object(path)
            except Exception as error:  # of a module of the user's own
                yield f"{setting}: {path} cannot be imported: {error}"


def _faults_of_extras(settings: BaseSettings) -> Iterator[str]:
    """What is not installed."""
    formats = _formats(settings)
    for name, (library, extra) in _LIBRARIES.items():
        if (name in formats or settings[name]) and find_spec(library) is None:
            yield f"{name} needs {library}: pip install 'newscrawl[{extra}]'"
    if settings["BROWSER"] in ("listings", "all"):
        from newscrawl.browser.chromium import LACKING, executable, is_installed

        if not is_installed():
            yield f"BROWSER={settings['BROWSER']} needs the browser extra: {LACKING}"
        try:
            executable(settings["BROWSER_PATH"])
        except ValueError as error:
            yield str(error)


def _formats(settings: BaseSettings) -> set[str]:
    return {
        options.get("format") or Path(str(uri)).suffix.removeprefix(".")
        for uri, options in settings.getdict("FEEDS").items()
    }


# Places ---------------------------------------------------------------------------


def _places(made: Plan) -> list[Path]:
    """The files and folders that a section is to write."""
    places = [Path(file) for file in made.files if "://" not in file]
    feeds = local_feeds(made.settings.getdict("FEEDS"))
    if feeds and made.settings.getbool("HISTORY_ENABLED"):
        places.append(folder_of(feeds[0]) / "history")
    archive = made.settings["ARCHIVE"]
    if archive and not refused(archive):
        places.append(Path(archive).expanduser() / "archive")
    return list(dict.fromkeys(place.absolute() for place in places))


def fault_of_place(file: Path) -> str:
    """Why a file cannot be written; ``""`` if it can, as far as can be told without trying."""
    if file.is_dir():
        return f"{file} is a folder, expected the name of a file"
    if file.exists() and not os.access(file, os.W_OK):
        return f"{file} cannot be written: no permission"
    folder = next((place for place in file.parents if place.exists()), Path("/"))
    if not folder.is_dir():
        return f"{file} cannot be written: {folder} is not a folder"
    return "" if os.access(folder, os.W_OK | os.X_OK) else f"{file} cannot be written: no permission for {folder}"
