"""A user's own folder of descriptions and spiders: each of its modules is as one of this package, or of ``spiders/``.

The environment names the folder, so that processes that this one begins know it too; ``newscrawl.toml`` puts it there.
"""

from __future__ import annotations

import ast
import dataclasses
import os
import re
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from importlib import import_module, invalidate_caches
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

from cssselect import HTMLTranslator, SelectorError

from newscrawl.publishers.description import Publisher

#: What the folder's modules are imported from; SPIDER_MODULES has it too.
PACKAGE = "newscrawl_own"
VARIABLE = "NEWSCRAWL_PUBLISHERS"
_PATTERNS = ("article", "listing", "feed", "ends", "asides")
_UNKNOWN = re.compile(r"unexpected keyword argument '(\w+)'")


def folder() -> str:
    """The folder that the environment names, or ``""``."""
    return os.environ.get(VARIABLE, "")


@cache
def load(place: str) -> tuple[list[ModuleType], list[str]]:
    """The modules of a folder that can be used, in the order of their names; and what is wrong with it, a sentence each.

    A folder that is not there has none. A process reads it once.
    """
    _package(place)
    modules: list[ModuleType] = []
    faults: list[str] = []
    for found in iter_modules([place]):
        if found.ispkg:
            continue
        path = Path(place, f"{found.name}.py")
        try:
            module = import_module(f"{PACKAGE}.{found.name}")
        except (Exception, SystemExit) as error:
            faults.append(_fault(path, error))
            continue
        wrong = _faults_of_description(path, getattr(module, "PUBLISHER", None))
        faults += wrong
        modules += [] if wrong else [module]
    return modules, faults + _twice(modules)


def _package(place: str) -> None:
    """Make the folder a package, so that its modules can import one another; forget those of another one."""
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]
    spec = ModuleSpec(PACKAGE, None, is_package=True)
    spec.submodule_search_locations = [place]
    sys.modules[PACKAGE] = module_from_spec(spec)
    invalidate_caches()


def publishers(modules: list[ModuleType]) -> dict[str, Publisher]:
    """The publishers that modules describe, by name."""
    described = (getattr(module, "PUBLISHER", None) for module in modules)
    return {one.name: one for one in described if isinstance(one, Publisher)}


# What is wrong --------------------------------------------------------------------


def _fault(path: Path, error: BaseException) -> str:
    """Why a module could not be imported, and in which line of it."""
    line = _line(path, error)
    return f"{path}{f', line {line}' if line else ''}: {_words(error)}"


def _line(path: Path, error: BaseException) -> int:
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return error.lineno or 0
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    return (lines[-1] if lines else 0) or 0


def _words(error: BaseException) -> str:
    text = (error.msg if isinstance(error, SyntaxError) else str(error)) or "it cannot be imported"
    if unknown := _UNKNOWN.search(text):
        names = [field.name for field in dataclasses.fields(Publisher)]
        near = get_close_matches(unknown[1], names, n=1)
        return f"a publisher has no {unknown[1]!r}; " + (
            f"did you mean {near[0]!r}?" if near else f"it has {', '.join(names)}"
        )
    if "missing" in text and "'name'" in text:
        return "a publisher needs a name, as in name='news.example'"
    return " ".join(text.split())


def _faults_of_description(path: Path, publisher: Any) -> list[str]:
    """What is wrong with what a module calls ``PUBLISHER``."""
    if publisher is None:  # it may have spiders, or what others share
        return []
    if not isinstance(publisher, Publisher):
        return [f"{path}, line {_line_of(path)}: PUBLISHER is {publisher!r:.40}, expected Publisher(…)"]
    return [f"{path}, line {_line_of(path, name)}: {fault}" for name, fault in _faults_of_fields(publisher)]


def _faults_of_fields(publisher: Publisher) -> Iterator[tuple[str, str]]:
    for field in dataclasses.fields(Publisher):
        value = getattr(publisher, field.name)
        if fault := _fault_of_kind(field, value) or _fault_of_content(field.name, value):
            yield field.name, f"{field.name} is {value!r:.80}, expected {fault}"


def _fault_of_kind(field: dataclasses.Field[Any], value: Any) -> str:
    """What was expected of a field in the place of its value, by its annotation; ``""`` if the value is one."""
    kind = str(field.type)
    if kind == "str":
        return "" if isinstance(value, str) else "a text"
    if kind.startswith("Mapping"):
        lists = "tuple[" in kind
        if not isinstance(value, Mapping):
            return "texts by name, in braces"
        return "" if all(_is_texts(one) if lists else isinstance(one, str) for one in value.values()) else (
            'lists of texts by name: with one text, ("…",)' if lists else "texts by name"
        )  # fmt: skip
    if kind == "tuple[str, ...]":
        return "" if _is_texts(value) else 'a list of texts: with one, ("…",)'
    return ""


def _is_texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)


def _fault_of_content(name: str, value: Any) -> str:
    if name == "name":
        return "" if value.strip() and value.isprintable() else "its domain"
    if name == "timezone" and value:
        return _fault_of_zone(value)
    if name in _PATTERNS:
        return _first(map(_fault_of_pattern, [value] if isinstance(value, str) else value))
    if name == "rules":
        return _first(_fault_of_selector(rule) for rules in value.values() for rule in rules)
    return _first(map(_fault_of_selector, value)) if name == "drop" else ""


def _first(faults: Iterable[str]) -> str:
    return next(filter(None, faults), "")


def _fault_of_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return "a time zone, as Europe/Lisbon"
    return ""


def _fault_of_pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        return f"a regular expression ({error})"
    return ""


def _fault_of_selector(rule: str) -> str:
    selector = rule.partition("::attr(")[0]
    try:
        HTMLTranslator().css_to_xpath(selector)
    except (SelectorError, RecursionError) as error:
        return f"CSS selectors, which {selector!r} is not: {error}"
    return ""


def _line_of(path: Path, name: str = "") -> int:
    """The line of a field in a module's description, or the description's."""
    line = 1
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Assign) and any(
            isinstance(to, ast.Name) and to.id == "PUBLISHER" for to in node.targets
        ):
            line = node.lineno
            fields = node.value.keywords if isinstance(node.value, ast.Call) else []
            return next((one.value.lineno for one in fields if one.arg == name), line)
    return line


def _twice(modules: list[ModuleType]) -> list[str]:
    """Publishers that two modules describe; one may import the description of another."""
    faults = []
    first: dict[str, ModuleType] = {}
    for module in modules:
        one = getattr(module, "PUBLISHER", None)
        if one is not None and first.setdefault(one.name, module).PUBLISHER is not one:
            faults.append(
                f"{module.__file__}: {one.name} is described in {first[one.name].__file__} too; keep one of them"
            )
    return faults
