"""What ``newscrawl.toml`` does to the project's settings."""

from __future__ import annotations

import inspect
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings, iter_default_settings
from scrapy.utils.misc import walk_modules_iter
from scrapy.utils.spider import iter_spider_classes

from newscrawl import publishers, streams
from newscrawl.configuration.faults import Faults
from newscrawl.configuration.file import Configuration, feeds_in, is_above, load
from newscrawl.publishers import own

#: What the environment may give too, which counts more: containers share a file and differ by it.
_OF_ENVIRONMENT = {"REDIS_URL": "NEWSCRAWL_REDIS_URL"}
#: The settings that a user's file has given in this process.
of_file: set[str] = set()
_PROJECT = "newscrawl.settings"
_OF_A_WORKER = "-%(worker)d-%(batch_id)04d"


def apply(settings: dict[str, Any], output: Path) -> None:
    """Set what a user's file says, above the project's own ``settings``, which are those of a module.

    ``output`` is the folder for files of runs where no file names one; it is absolute in a Scrapy project. A file with
    faults ends the process with exit status 1 and a sentence, whichever command was asked for.
    """
    known = {**dict(iter_default_settings()), **{name: value for name, value in settings.items() if name.isupper()}}
    try:
        configured = load(known)
        modules = _modules(configured, settings["SPIDER_MODULES"])
    except Faults as error:
        _end(error)
    given = _changes(configured, output)
    if modules:
        given["SPIDER_MODULES"] = [*settings["SPIDER_MODULES"], own.PACKAGE]
    settings |= given
    of_file.update(given)


def _changes(configured: Configuration, output: Path) -> dict[str, Any]:
    """The settings that a user's file gives."""
    given: dict[str, Any] = {}
    folder = _folder(configured, output)
    if folder is not None or configured.formats:
        place, formats = str(folder or output), configured.formats or ("jsonl",)
        given["DEFAULT_FEEDS"] = feeds_in(place, formats)
        given["SHARED_FEEDS"] = feeds_in(place, formats, _OF_A_WORKER)
    return given | {name: value for name, value in configured.settings.items() if not is_of_environment(name)}


def is_of_environment(name: str) -> bool:
    """Whether the environment gives a setting."""
    return bool(os.environ.get(_OF_ENVIRONMENT.get(name, "")))


def source_of(name: str, settings: BaseSettings, path: Path | None) -> str:
    """Where a setting's value is from: ``-s``, ``environment``, the user's file, a settings module or ``Scrapy``."""
    priority = settings.getpriority(name) or 0
    if priority >= SETTINGS_PRIORITIES["cmdline"]:
        return "-s"
    if priority < SETTINGS_PRIORITIES["project"]:
        return "Scrapy"
    module = os.environ.get("SCRAPY_SETTINGS_MODULE", _PROJECT)
    profile = sys.modules.get(module)
    if is_of_environment(name) or not hasattr(profile, name):  # Scrapy reads SCRAPY_… and EDITOR
        return "environment"
    if getattr(profile, name) != getattr(sys.modules[_PROJECT], name, None):
        return module  # a profile on top of the project's settings, as newscrawl.fast
    return str(path) if name in of_file and path else "newscrawl"


def _folder(configured: Configuration, output: Path) -> Path | None:
    """The folder that a user's file names; or the one beside it, where it is the nearest file of a project."""
    if configured.output or configured.path is None or not is_above(configured.path):
        return configured.output
    beside = configured.path.parent / output.name
    return beside if not output.is_absolute() or len(beside.parts) >= len(output.parts) else None


def _modules(configured: Configuration, spiders: list[str]) -> list[ModuleType]:
    """The modules of the user's own folder, if one is named. Raises ``Faults`` with all that is wrong with them."""
    if configured.publishers:
        os.environ[own.VARIABLE] = str(configured.publishers)
    if not own.folder():
        return []
    modules, faults = own.load(own.folder())
    if faults := faults or _faults_of_spiders(modules, spiders):
        raise Faults(configured.path or Path(own.folder()), faults)
    return modules


def _faults_of_spiders(modules: list[ModuleType], packages: list[str]) -> list[str]:
    """Spiders of the user's own with the name of another one, or of a publisher that nobody describes."""
    found = [(module, spider) for module in modules for spider in iter_spider_classes(module)]
    if not found:
        return []
    bundled = [module for package in packages for module in walk_modules_iter(package)]
    taken = {spider.name: "newscrawl" for module in bundled for spider in iter_spider_classes(module)}
    faults = []
    for module, spider in found:
        where = f"{module.__file__}, line {inspect.getsourcelines(spider)[1]}"
        if spider.name in taken:
            faults.append(
                f"{where}: {taken[spider.name]} has a spider {spider.name!r} already; give this one another name"
            )
        taken.setdefault(spider.name, str(module.__file__))
        name = getattr(spider, "publisher", None)
        if name is not None and name not in publishers.described():
            faults.append(
                f"{where}: its publisher {name!r} is not described; there are {', '.join(publishers.described())}"
            )
    return faults


def _end(error: Faults) -> NoReturn:
    """End in the words of the last line of a crawl."""
    streams.open_closed()
    for fault in error.faults if len(error.faults) > 1 else ():
        print(streams.printable(f"fault     {fault}"), file=sys.stderr)
    sys.exit(streams.printable(f"exit status 1 (failed): {error}"))
