"""No pattern of the package takes longer than in proportion to its text, whatever the text is."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, partial
from itertools import islice
from pkgutil import walk_packages
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from types import FrameType, ModuleType
from typing import Any

import pytest
from regexploit.ast.sre import SreOpParser
from regexploit.redos import find

import newscrawl
from newscrawl.extract import body, dates
from newscrawl.offers.weighing import own_patterns, patterns_of
from newscrawl.offers.wording import WORDING
from newscrawl.publishers import GENERIC, described

MANY = 8_000  # times that a part of a pattern is repeated
#: Seconds of processor time: what is in proportion takes a few milliseconds, the square of it some tenths.
LONG, TOO_LONG = 0.1, 1.0
#: Characters of the longest text that patterns of a module are used on, where that is looked at first.
LONGEST = {
    "newscrawl.extract.weights._BEGINS_SENTENCE": 50,
    "newscrawl.extract.trimming._BOILERPLATE": 400,
    "newscrawl.spiders.section": 1000,  # what somebody types
    "newscrawl.scale.results._STAGED": 255,
    "newscrawl.archive.UNFINISHED": 255,  # names of files
    "newscrawl.dates": 100,
    "newscrawl.offers": 300,
    "wording": 300,
    "offers": 300,
}
WAYS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")


def modules() -> Iterator[ModuleType]:
    for found in walk_packages(newscrawl.__path__, "newscrawl."):
        if "__main__" not in found.name:
            with suppress(ImportError, ValueError):  # an extra is not installed
                yield importlib.import_module(found.name)


def held(value: Any, depth: int = 3) -> Iterator[re.Pattern[Any]]:
    """The patterns in a value of a module: itself, or in collections and classes."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, dict | type):
        for inner in [*(value if isinstance(value, dict) else vars(value)).values()]:
            yield from held(inner, depth - 1)
    elif depth and isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from held(inner, depth - 1)


def inline(source: str) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """The patterns that are written where they are used, as in ``re.sub("x", …)``, and the way."""
    for call in ast.walk(ast.parse(source)):
        match call:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=way), args=[ast.Constant(value=text), *_]):
                if way in WAYS:
                    yield way, re.compile(text)


def used(source: str) -> set[tuple[str, str]]:
    """The names of which a method is called that patterns have, and the method."""
    return set(re.findall(rf"\b(\w+)\.({'|'.join(WAYS)})\b", source))


def patterns() -> Iterator[tuple[str, tuple[str, ...], re.Pattern[Any]]]:
    """Every pattern of the package: where it is from, how it is used, and itself."""
    sources = {module: inspect.getsource(module) for module in modules()}
    uses = {module: used(source) for module, source in sources.items()}
    everywhere = set().union(*uses.values())
    for module, source in sources.items():
        for name, value in vars(module).items():
            own = {use for use in uses[module] if use[0] == name}
            ways = tuple(way for way in WAYS if (name, way) in (own or everywhere))
            for pattern in held(value) if not name.startswith("__") else ():
                yield f"{module.__name__}.{name}", ways or ("search", "fullmatch"), pattern
        for way, pattern in inline(source):
            yield f"{module.__name__} re.{way}", (way,), pattern
    for publisher in (*described().values(), GENERIC):
        for text in filter(None, (publisher.article, publisher.listing, publisher.feed)):
            yield f"{publisher.name} addresses", ("fullmatch",), re.compile(text)
        for pattern in body.aside_patterns(publisher):
            yield f"{publisher.name} asides", ("fullmatch",), pattern
        yield f"{publisher.name} labels", ("split",), dates.label_pattern(publisher)
        for pattern in own_patterns(publisher):
            yield f"offers of {publisher.name}", ("fullmatch",), pattern
    for language in WORDING:
        general = patterns_of(language)
        yield f"wording of {language}, offers", ("match",), general.offer
        yield f"wording of {language}, labels", ("fullmatch",), general.label
        yield f"wording of {language}, words", ("search",), general.reader
        yield f"wording of {language}, words", ("search",), general.report


@cache
def every() -> list[tuple[str, tuple[str, ...], re.Pattern[Any]]]:
    return list({(pattern, ways): (where, ways, pattern) for where, ways, pattern in patterns()}.values())


def sample(parsed: Any, pick: str = "a 1-.") -> str:
    """A text that the parts of a pattern match, more or less; of a set one of the characters to ``pick``, if it has one."""
    return "".join(_sample(operation, value, pick) for operation, value in parsed)


def _sample(operation: Any, value: Any, pick: str) -> str:
    if operation is sre.LITERAL:
        return chr(value)
    if operation in (sre.ANY, sre.NOT_LITERAL):
        return next(char for char in pick + "ab" if operation is sre.ANY or ord(char) != value)
    if operation is sre.IN:
        return _one_of(value, pick)
    if operation is sre.BRANCH:
        return sample(value[1][0], pick)
    if operation is sre.SUBPATTERN:
        return sample(value[3], pick)
    if operation is sre.ATOMIC_GROUP:
        return sample(value, pick)
    if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return sample(value[2], pick) * value[0]
    return ""


def _one_of(members: Any, pick: str) -> str:
    parsed = _parser.parse("x")
    parsed.data[:] = [(sre.IN, members)]
    one = re._compiler.compile(parsed)  # type: ignore[attr-defined]
    return next((char for char in pick + " a1-.A\"'(é漢/=" if one.fullmatch(char)), "\x02")


def attacks(parsed: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """For each part that a pattern repeats: what stands before it, and what may be repeated."""
    for operation, value in parsed:
        inner: list[Any] = []
        if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            inner = [value[2]]
            if value[1] > 10:
                yield from ((before, sample(value[2], pick)) for pick in ("a", " ", "1", "-"))
        elif operation is sre.BRANCH:
            inner = value[1]
        elif operation is sre.SUBPATTERN:
            inner = [value[3]]
        for part in inner:
            yield from attacks(part, before)
        before += _sample(operation, value, "a")


def texts(pattern: re.Pattern[Any]) -> list[tuple[str, str, str]]:
    """Attack strings, as a beginning, what is repeated, and an end at which the pattern fails."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    found: dict[tuple[str, str, str], None] = {}
    for before, part in attacks(_parser.parse(source, pattern.flags)):
        if part:
            found.update(dict.fromkeys(((before, part, "\x01"), ("", part, "\x01"), ("", before + part, "\x01"))))
    return list(found)


def taken(way: Any) -> float:
    """Seconds of processor time, or the limit, after which it is stopped."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, TOO_LONG)
    start = time.process_time()
    try:
        way()
    except TimeoutError:
        return TOO_LONG
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return time.process_time() - start


def use(pattern: re.Pattern[Any], way: str, text: str) -> float:
    data: Any = text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")
    if way in ("sub", "subn"):
        return taken(partial(pattern.sub, lambda match: match[0], data))
    call = getattr(pattern, way)
    return taken(lambda: list(call(data)) if way == "finditer" else call(data))


def slow(where: str, ways: tuple[str, ...], pattern: re.Pattern[Any]) -> Iterator[str]:
    most = next((longest for name, longest in LONGEST.items() if where.startswith(name)), sys.maxsize)
    for begin, part, end in islice(texts(pattern), 40):
        for way in ways:
            number = min(MANY, most // len(part))
            if use(pattern, way, begin + part * number + end) < LONG:
                continue
            # Again, since other work on the machine counts a little.
            longer, half = (
                min(use(pattern, way, begin + part * times + end) for _ in range(3)) for times in (number, number // 2)
            )
            if longer >= TOO_LONG or longer > max(LONG, 3 * half):
                yield f"{where}: {way} of {begin!r} + {part!r} * {number} takes {longer:.1f} s"


@pytest.mark.parametrize(
    ("where", "ways", "pattern"), every(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_pattern_takes_time_in_proportion(where: str, ways: tuple[str, ...], pattern: re.Pattern[Any]) -> None:
    assert not list(slow(where, ways, pattern))


class Parser(SreOpParser):
    """The analyser's, with Python 3.11's possessive repetitions: they are left by one way alone, as one of them is."""

    def from_POSSESSIVE_REPEAT(self, data: Any) -> Any:
        return self.sequence_or_singleton(data[2])

    def from_ATOMIC_GROUP(self, data: Any) -> Any:
        return self.sequence_or_singleton(data)


def test_no_pattern_is_found_to_explode() -> None:
    found = []
    for where, _, pattern in every():
        source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
        found += [f"{where}: {redos}" for redos in find(Parser().parse_sre(source, pattern.flags))]
    assert not found
