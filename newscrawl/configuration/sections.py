"""Sections to crawl, as TOML tables: what each is to be crawled with."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from newscrawl.configuration.faults import (
    Faults,
    Hint,
    Test,
    faults_of_table,
    is_table,
    is_text,
    is_text_or_list,
    is_whole_number,
    no_hint,
    table_of,
)
from newscrawl.configuration.values import fault_of_name

#: What a process has once, whatever its sections say.
_OF_THE_PROCESS = ("LOG_", "TWISTED_", "ASYNCIO_EVENT_LOOP", "DNS_", "DNSCACHE_", "REACTOR_", "SPIDER_", "COMMANDS_")
_LOG_FORMATTER = "LOG_FORMATTER"  # each crawl has its own
#: What comes of faults.
NOTHING = "nothing was crawled"


@dataclass(frozen=True)
class Section:
    """One section. ``arguments`` are the spider's, as ``-a`` gives them; ``settings`` are as by ``-s``.

    Of ``output`` (as ``-o``), ``overwrite_output`` (as ``-O``) and ``feeds`` (as ``FEEDS``) at most one is given.
    """

    name: str
    spider: str = "section"
    arguments: dict[str, str] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    output: list[str] = field(default_factory=list)
    overwrite_output: list[str] = field(default_factory=list)
    feeds: dict[str, dict[str, Any]] = field(default_factory=dict)


def document_of(path: Path) -> dict[str, Any]:
    """A TOML file. Raises ``Faults`` for what is none, ``OSError`` where it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except RecursionError as error:
        raise Faults(path, ["it is not TOML: too many brackets stand in one another"]) from error
    except ValueError as error:  # TOMLDecodeError, UnicodeDecodeError, and numbers of too many digits
        raise Faults(path, [f"it is not TOML: {error}"]) from error


def read(path: Path, known: Iterable[str] = ()) -> list[Section]:
    """The sections of a file of sections, in its order. ``known`` are the names of settings that there are.

    Raises ``Faults`` with every fault of the file, ``OSError`` where it cannot be read.
    """
    sections, faults = judged(path, known)
    if faults:
        raise Faults(path, faults, NOTHING)
    return sections


def judged(path: Path, known: Iterable[str] = ()) -> tuple[list[Section], list[str]]:
    """The sections of a file that have no fault, and every fault of the file.

    Raises ``Faults`` for what is no TOML, ``OSError`` where it cannot be read.
    """
    try:
        document = document_of(path)
    except Faults as error:
        raise Faults(path, error.faults, NOTHING) from error
    faults = _faults_at_top(document)
    defaults, sections = (table_of(document.get(name)) for name in TOP)
    if not sections and not faults:
        faults.append("there is no section in it, as in [sections.world]")
    faults += faults_of_sections(defaults, sections, known)
    usable = {name: table for name, table in sections.items() if not faults_of_sections({}, {name: table})}
    return sections_of({} if faults_of_sections(defaults, {}) else defaults, usable), faults


def sections_of(defaults: Mapping[str, Any], tables: Mapping[str, Mapping[str, Any]]) -> list[Section]:
    """The sections that tables without a fault describe."""
    return [_section(name, defaults, table) for name, table in tables.items()]


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


def _is_tables(value: Any) -> bool:
    return is_table(value) and bool(value) and all(map(is_table, value.values()))


#: The tables that sections are described by, with an example of each.
TOP = {"defaults": "defaults", "sections": "sections.world"}
_ARGUMENTS: dict[str, Test] = {
    "start": (is_text_or_list, "a string or a list of strings"),
    "pages": (is_whole_number, "a whole number"),
    "hops": (is_whole_number, "a whole number"),
    "since": (lambda value: is_text(value) or isinstance(value, date), "a date or a string"),
    "until": (lambda value: is_text(value) or isinstance(value, date), "a date or a string"),
    "again": (lambda value: value in (0, 1), "true or false"),
    "limit": (is_whole_number, "a whole number"),
    "dry_run": (lambda value: value in (0, 1), "true or false"),
}
_OUTPUTS: dict[str, Test] = {
    "output": (is_text_or_list, "a string or a list of strings"),
    "overwrite_output": (is_text_or_list, "a string or a list of strings"),
    "feeds": (_is_tables, "a table of tables, as FEEDS is"),
}
KEYS: dict[str, Test] = {
    "spider": (is_text, "a string"),
    **_ARGUMENTS,
    **_OUTPUTS,
    "settings": (is_table, "a table"),
}


def _faults_at_top(document: Mapping[str, Any]) -> list[str]:
    unknown = [
        f"there is no key {name!r} outside of a section; there are {', '.join(TOP)}"
        for name in document
        if name not in TOP
    ]
    return unknown + faults_of_kind(document)


def faults_of_kind(document: Mapping[str, Any]) -> list[str]:
    """The tables of sections that are none."""
    return [
        f"{name!r} is not a table, as in [{example}]"
        for name, example in TOP.items()
        if not is_table(document.get(name, {}))
    ]


def faults_of_sections(
    defaults: Mapping[str, Any], sections: Mapping[str, Any], known: Iterable[str] = (), hint: Hint = no_hint
) -> list[str]:
    """Every fault of the tables that describe sections. ``known`` are the names of settings that there are."""
    faults = _faults_of("defaults", defaults, known, hint)
    for name, table in sections.items():
        faults += _faults_of_section(name, table, known, hint)
    return faults


def _faults_of_section(name: str, table: Any, known: Iterable[str], hint: Hint) -> list[str]:
    if not name or not name.isprintable() or name != name.strip():
        return [f"section {name!r}: expected a name of printable characters"]
    if not is_table(table):
        return [f"section {name!r} is not a table, as in [sections.{name}]"]
    return _faults_of(f"section {name!r}", table, known, hint)


def _faults_of(where: str, table: Mapping[str, Any], known: Iterable[str], hint: Hint) -> list[str]:
    faults = faults_of_table(table, KEYS, where, hint)
    if len(named := [key for key in _OUTPUTS if key in table]) > 1:
        faults.append(f"{where}: {' and '.join(named)} are given, expected one of them")
    for name in table_of(table.get("settings")):
        if fault := _fault_of_setting(name, known):
            faults.append(f"{where}: settings: {fault}")
    return faults


def _fault_of_setting(name: str, known: Iterable[str]) -> str:
    if name == "FEEDS":
        return "FEEDS is given by feeds, output or overwrite_output"
    if fault := fault_of_name(name, known):
        return fault
    if name.startswith(_OF_THE_PROCESS) and name != _LOG_FORMATTER:
        return f"{name} applies to all sections: give it with -s"
    return ""
