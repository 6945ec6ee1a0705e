"""A file of sections, in TOML: what each is to be crawled with."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from newscrawl.addresses.site import shown

#: What a process has once, whatever its sections say.
_OF_THE_PROCESS = ("LOG_", "TWISTED_", "ASYNCIO_EVENT_LOOP", "DNS_", "DNSCACHE_", "REACTOR_", "SPIDER_", "COMMANDS_")
_LOG_FORMATTER = "LOG_FORMATTER"  # each crawl has its own


class Faults(ValueError):
    """All that is wrong with a file of sections, a sentence each."""

    def __init__(self, path: Path, faults: list[str]):
        self.faults = faults
        super().__init__(
            f"nothing was crawled, {path} has {len(faults)} faults, the first: {faults[0]}"
            if len(faults) > 1
            else f"nothing was crawled: {path}: {faults[0]}"
        )


@dataclass(frozen=True)
class Section:
    """One section of a file. ``arguments`` are the spider's, as ``-a`` gives them; ``settings`` are as by ``-s``.

    Of ``output`` (as ``-o``), ``overwrite_output`` (as ``-O``) and ``feeds`` (as ``FEEDS``) at most one is given.
    """

    name: str
    spider: str = "section"
    arguments: dict[str, str] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    output: list[str] = field(default_factory=list)
    overwrite_output: list[str] = field(default_factory=list)
    feeds: dict[str, dict[str, Any]] = field(default_factory=dict)


def read(path: Path) -> list[Section]:
    """The sections of a file, in its order.

    Raises ``Faults`` with every fault of the file, ``OSError`` where it cannot be read.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Faults(path, [f"it is not TOML: {error}"]) from error
    faults = _faults_at_top(document)
    defaults, sections = (_table(document.get(name)) for name in _TOP)
    if not sections and not faults:
        faults.append("there is no section in it, as in [sections.world]")
    faults += _faults_of("defaults", defaults)
    for name, table in sections.items():
        faults += _faults_of_section(name, table)
    if faults:
        raise Faults(path, faults)
    return [_section(name, defaults, table) for name, table in sections.items()]


def _section(name: str, defaults: Mapping[str, Any], table: Mapping[str, Any]) -> Section:
    if any(key in table for key in _OUTPUTS):
        defaults = {key: value for key, value in defaults.items() if key not in _OUTPUTS}
    found = {**defaults, **table}
    outputs: dict[str, Any] = {
        key: [found[key]] if isinstance(found[key], str) else found[key] for key in _OUTPUTS if key in found
    }
    return Section(
        name,
        found.get("spider", "section"),
        {key: _argument(found[key]) for key in _ARGUMENTS if key in found},
        {**defaults.get("settings", {}), **table.get("settings", {})},
        **outputs,
    )


def _argument(value: Any) -> str:
    """A value as ``-a`` gives it."""
    if isinstance(value, list):
        return ",".join(value)
    return str(int(value)) if isinstance(value, bool) else str(value)


# What may stand in it --------------------------------------------------------------


def _table(value: Any) -> dict[str, Any]:
    """A table, or an empty one in the place of what is none."""
    return value if isinstance(value, dict) else {}


def _is_table(value: Any) -> bool:
    return isinstance(value, dict)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_text_or_list(value: Any) -> bool:
    return _is_text(value) or (isinstance(value, list) and bool(value) and all(map(_is_text, value)))


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_tables(value: Any) -> bool:
    return _is_table(value) and bool(value) and all(map(_is_table, value.values()))


_Test = tuple[Callable[[Any], bool], str]
_TOP = {"defaults": "defaults", "sections": "sections.world"}
_ARGUMENTS: dict[str, _Test] = {
    "start": (_is_text_or_list, "a string or a list of strings"),
    "pages": (_is_number, "a whole number"),
    "hops": (_is_number, "a whole number"),
    "since": (lambda value: _is_text(value) or isinstance(value, date), "a date or a string"),
    "until": (lambda value: _is_text(value) or isinstance(value, date), "a date or a string"),
    "again": (lambda value: value in (0, 1), "true or false"),
    "limit": (_is_number, "a whole number"),
    "dry_run": (lambda value: value in (0, 1), "true or false"),
}
_OUTPUTS: dict[str, _Test] = {
    "output": (_is_text_or_list, "a string or a list of strings"),
    "overwrite_output": (_is_text_or_list, "a string or a list of strings"),
    "feeds": (_is_tables, "a table of tables, as FEEDS is"),
}
_KEYS: dict[str, _Test] = {
    "spider": (_is_text, "a string"),
    **_ARGUMENTS,
    **_OUTPUTS,
    "settings": (_is_table, "a table"),
}


def _faults_at_top(document: Mapping[str, Any]) -> list[str]:
    unknown = [
        f"there is no key {name!r} outside of a section; there are {', '.join(_TOP)}"
        for name in document
        if name not in _TOP
    ]
    return unknown + [
        f"{name!r} is not a table, as in [{example}]"
        for name, example in _TOP.items()
        if not _is_table(document.get(name, {}))
    ]


def _faults_of_section(name: str, table: Any) -> list[str]:
    if not name or not name.isprintable() or name != name.strip():
        return [f"section {name!r}: expected a name of printable characters"]
    if not _is_table(table):
        return [f"section {name!r} is not a table, as in [sections.{name}]"]
    return _faults_of(f"section {name!r}", table)


def _faults_of(where: str, table: Mapping[str, Any]) -> list[str]:
    faults = []
    for key, value in table.items():
        if key not in _KEYS:
            faults.append(f"{where}: there is no key {key!r}; there are {', '.join(_KEYS)}")
        elif not _KEYS[key][0](value):
            faults.append(f"{where}: {key} is {shown(repr(value))}, expected {_KEYS[key][1]}")
    if len(named := [key for key in _OUTPUTS if key in table]) > 1:
        faults.append(f"{where}: {' and '.join(named)} are given, expected one of them")
    settings = table.get("settings", {})
    for name in settings if _is_table(settings) else {}:
        if fault := _fault_of_setting(name):
            faults.append(f"{where}: settings: {fault}")  # noqa: PERF401 - reads as the others do
    return faults


def _fault_of_setting(name: str) -> str:
    if name == "FEEDS":
        return "FEEDS is given by feeds, output or overwrite_output"
    if name != name.upper():
        return f"{name} is not a setting: their names are in capitals"
    if name.startswith(_OF_THE_PROCESS) and name != _LOG_FORMATTER:
        return f"{name} applies to all sections: give it with -s"
    return ""
