"""``newscrawl config``: the settings in effect, and where each comes from."""

from __future__ import annotations

import argparse
import json
import os
import shutil
from pathlib import Path
from typing import Any, ClassVar

from scrapy.settings import BaseSettings, Settings, iter_default_settings
from scrapy.utils.spider import iter_spider_classes

from newscrawl.command import ProjectCommand
from newscrawl.configuration.effect import source_of
from newscrawl.configuration.file import NAME, VARIABLE, Configuration, has_contact, load, places
from newscrawl.configuration.shown import without_secrets
from newscrawl.extensions.history import folder_of, local_feeds
from newscrawl.plural import counted
from newscrawl.program import did_you_mean, program
from newscrawl.publishers import own
from newscrawl.streams import printable

_WHOLE = 200  # characters of a line where standard output is no terminal
_WIDTHS = range(24, 60)  # characters of a value that the table shows, as the terminal has room
#: What follows from how the command was called.
_OF_THE_CALL = ("COMMANDS_MODULE", "SETTINGS_MODULE")
#: Sources of which a user asks first, in this order; those of files stand between them.
_FIRST = {"-s": 0, "environment": 1}
_LAST = {"newscrawl": 3, "Scrapy": 4}


class Command(ProjectCommand):
    """Shows the file, what it names, and settings with their sources; passwords, keys and tokens are hidden."""

    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {}  # else it would show its own
    statuses = ("it was shown", f"{NAME} has a fault, or no setting has that name; standard error says which")
    examples = ("config", "config DOWNLOAD_DELAY", "config --all --json")

    def syntax(self) -> str:
        return "[options] [SETTING]"

    def long_desc(self) -> str:
        return (
            f"Shows which {NAME} is used, or where newscrawl looks for one; its sections and publishers; and the"
            " settings that differ from Scrapy's, each with its value and source. With the name of a SETTING, it shows"
            " only that one, in full. Passwords, keys and tokens are hidden."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--all", action="store_true", help="also show settings with Scrapy's default value")
        parser.add_argument("--json", action="store_true", help="print one JSON document instead of text")

    def execute(self, words: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if len(words) > 1:
            raise ValueError(self.expected())
        configured = load()
        settings = _settings(self.settings, configured.path)
        if words:
            settings = {words[0]: _one(words[0], settings)}
        elif not opts.all:
            settings = {name: one for name, one in settings.items() if one["value"] != one["scrapy"]}
        document = ({} if words else _document(configured, self.settings)) | {"settings": settings}
        if opts.json:
            print(json.dumps(document, indent=2, ensure_ascii=False, default=str))
        else:
            lines = _whole(words[0], settings[words[0]]) if words else [*_lines(document), "", *_table(settings)]
            print("\n".join(map(printable, lines)))


def _settings(settings: Settings, path: Path | None) -> dict[str, dict[str, Any]]:
    """Each setting's ``value``, its ``source``, and the value that it has in ``scrapy``, those of the user first."""
    scrapy = dict(iter_default_settings())
    found = {
        name: {
            "value": without_secrets(name, _plain(settings[name])),
            "source": source_of(name, settings, path),
            "scrapy": without_secrets(name, _plain(scrapy.get(name))),
        }
        for name in settings
        if isinstance(name, str) and name not in _OF_THE_CALL
    }
    return dict(sorted(found.items(), key=lambda item: (_rank(item[1]["source"]), item[0])))


def _rank(source: str) -> int:
    return _FIRST.get(source, _LAST.get(source, 2))


def _plain(value: Any) -> Any:
    return value.copy_to_dict() if isinstance(value, BaseSettings) else value


def _one(name: str, settings: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if name not in settings:
        raise ValueError(f"there is no setting {name!r}{did_you_mean(name.upper(), settings)}")
    return settings[name]


# The user's things ----------------------------------------------------------------


def _document(configured: Configuration, settings: Settings) -> dict[str, Any]:
    agent = settings["USER_AGENT"]
    feeds = local_feeds(settings.getdict("FEEDS") or settings.getdict("DEFAULT_FEEDS"))
    return {
        "file": str(configured.path) if configured.path else None,
        "looked_for": list(map(str, places())),
        "user_agent": agent,
        "contact": has_contact(agent),
        "output": str(folder_of(feeds[0])) if feeds else None,
        "publishers": _publishers(),
        "notify": configured.notify.shown(),
        "sections": [
            {"name": one.name, "spider": one.spider, "start": without_secrets("start", one.arguments.get("start"))}
            for one in configured.sections
        ],
    }


def _publishers() -> dict[str, Any] | None:
    folder = own.folder()
    if not folder:
        return None
    modules, _ = own.load(folder)
    found = [
        {
            "file": Path(str(module.__file__)).name,
            "publisher": getattr(getattr(module, "PUBLISHER", None), "name", None),
            "spiders": [spider.name for spider in iter_spider_classes(module)],
        }
        for module in modules
    ]
    return {"folder": folder, "there": Path(folder).is_dir(), "found": found}


# As text --------------------------------------------------------------------------


def _lines(document: dict[str, Any]) -> list[str]:
    lines = [f"file        {document['file'] or _lookup(document['looked_for'])}"]
    lines.append(f"user agent  {document['user_agent']}")
    if not document["contact"]:
        lines.append('            say who is asking, so that publishers can write to you: contact = "you@example.org"')
    lines.append(f"output      {document['output'] or 'no local file'}")
    lines += _lines_of_publishers(document["publishers"])
    lines += _lines_of_notify(document["notify"])
    sections = document["sections"]
    lines.append(f"sections    {counted(len(sections), 'section') if sections else 'none'}")
    names, spiders = (max((len(one[key]) for one in sections), default=0) for key in ("name", "spider"))
    return lines + [
        f"            {one['name']:<{names}}  {one['spider']:<{spiders}}  {one['start'] or ''}".rstrip()
        for one in sections
    ]


def _lookup(looked_for: list[str]) -> str:
    if not looked_for:
        return f"none is read, since {VARIABLE} is empty"
    return f"none: no {NAME} in {os.getcwd()} or above it, and no {looked_for[-1]}; '{program()} init' writes one"


def _lines_of_publishers(told: dict[str, Any] | None) -> list[str]:
    if told is None:
        return ["publishers  those of newscrawl"]
    note = "" if told["there"] else f" (not there yet; '{program()} newpublisher ADDRESS' makes it)"
    lines = [f"publishers  {told['folder']}{note}"]
    for one in told["found"]:
        parts = [one["publisher"], *(f"spider {name}" for name in one["spiders"])]
        lines.append(f"            {one['file']}  {', '.join(filter(None, parts)) or 'nothing for newscrawl'}")
    return lines


def _lines_of_notify(told: dict[str, Any] | None) -> list[str]:
    if told is None:
        return ["notify      nobody"]
    addresses = [*told["addresses"], *filter(None, [told["healthchecks"]])]
    return [f"notify      {', '.join(addresses)} (on {', '.join(told['on']) or 'nothing'})"]


def _table(settings: dict[str, dict[str, Any]]) -> list[str]:
    names = max(map(len, (*settings, "setting")))
    sources = max((len(one["source"]) for one in settings.values()), default=0)
    columns = shutil.get_terminal_size((_WHOLE, 0)).columns - names - sources - 4
    width = min(max(columns, _WIDTHS.start), _WIDTHS.stop)
    rows = [("setting", "value", "from")]
    rows += [(name, _short(one["value"], width), one["source"]) for name, one in settings.items()]
    return [f"{name:<{names}}  {value:<{width}}  {source}" for name, value, source in rows]


def _short(value: Any, width: int) -> str:
    text = repr(value)
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _whole(name: str, one: dict[str, Any]) -> list[str]:
    value = one["value"]
    parts = [f"          {key!r}: {part!r}" for key, part in value.items()] if isinstance(value, dict) and value else []
    lines = [f"{name}", *(["value", *parts] if parts else [f"value     {value!r}"]), f"from      {one['source']}"]
    return [*lines, f"Scrapy    {_short(one['scrapy'], _WIDTHS.stop)}"]
