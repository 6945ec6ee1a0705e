"""JSON with the mistakes that templates make, read in one pass, in linear time.

What is right is read as JSON has it. Of what is not, each mistake costs the value that it stands in, or nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from newscrawl.text.spaces import unescape

Container = dict[str, Any] | list[Any]

#: Containers within one another; real ones are some ten.
MOST_DEPTH = 100
#: Characters of a text that is read; each takes up to a microsecond. Articles with their text have some 50,000.
LONGEST_TEXT = 300_000
MOST_ESCAPED = 2  # times that all of a text was written as HTML

#: What may stand for a quotation mark: editors set straight ones as typographic ones.
_MARKS = "\"'“”„″"
#: By the mark that begins a text: what ends it, unless a backslash stands before.
_STOPS = dict.fromkeys("“”„″", re.compile(r"\\.|[“”„″\"]", re.DOTALL))
_STOPS |= {'"': re.compile(r'\\.|"', re.DOTALL), "'": re.compile(r"\\.|'", re.DOTALL)}
_NAME = r"[@\w$.:/ -]{1,80}+"
_KEY = rf"[{_MARKS}]{_NAME}[{_MARKS}]{{1,2}}\s*+(?::|=>)"
_COMMENT = r"//|/\*|<!--"
#: A comma and a key that may lack a mark: no prose has a mark right behind a comma, or begins a line with one.
_COMMA_AND_KEY = (
    rf",(?:[ \t]*+[\r\n]\s*+)?+[{_MARKS}](?![\s,])"
    rf"|,\s*+(?:[@\w]{{1,80}}+[{_MARKS}]\s*+:|[{_MARKS}][@\w]{{1,80}}+:\s*+[{_MARKS}]|<)"
)
#: The mark that ends a text in an object, in one whose keys have no marks, and in a list, with what follows it there.
#: Before anything else a mark is part of the text.
_END_OF_MEMBER = re.compile(
    rf"[{_MARKS}]\s*+(?:[}}\]]|\Z|{_COMMENT}|{_KEY}|{_COMMA_AND_KEY}|,[\s,]*+(?:[}}\]]|\Z|{_COMMENT}|{_KEY}))"
)
_END_OF_BARE_MEMBER = re.compile(rf"{_END_OF_MEMBER.pattern}|[{_MARKS}]\s*+,\s*+[A-Za-z_$][\w$]{{0,80}}+\s*+:(?!//)")
_END_OF_ENTRY = re.compile(
    rf"[{_MARKS}](?:\s*+(?:[}}\]]|\Z|{_COMMENT}|,[\s,]*+(?:[{_MARKS}{{\[}}\]\d-]|\Z|{_COMMENT}|true|false|null))"
    rf"|\s++[{_MARKS}])"
)
#: A key with its value's first sign; behind a comma or on a new line it begins a member, even within a text.
_MEMBER = re.compile(rf"{_KEY}\s*+[{_MARKS}{{\[\d-]")
_BEFORE_MEMBER = re.compile(r"[,\n\r][ \t]*\Z")
SPACE_BEFORE_MEMBER = 80  # characters

_MARKED_KEY = re.compile(rf"[{_MARKS}]([^{_MARKS}\\\n]{{0,80}}+)[{_MARKS}]{{1,2}}\s*+:")
_BARE_KEY = re.compile(rf"([^\s{_MARKS}{{}}\[\],:]{{1,80}}+)[{_MARKS}]?\s*+:")
_KEY_WITHOUT_COLON = re.compile(rf"[{_MARKS}]([@\w]{{1,80}}+)[{_MARKS}][\s=>]*+(?=[{_MARKS}{{\[])")
_REST_OF_KEY = re.compile(rf"[^\s{_MARKS}{{}}\[\],:]++|.", re.DOTALL)
_NEXT_MEMBER = re.compile(rf",\s*+{_KEY}")
_CONSTANT = re.compile(
    r"(?:(true|false|null|undefined|none|nan|-?infinity)|(-?\d{1,300}+(?:\.\d{1,300}+)?(?:e[+-]?\d{1,3}+)?))"
    rf"(?=\s*+(?:[,;}}\]\n]|\Z|{_COMMENT}))",
    re.IGNORECASE,
)
_BARE_VALUE = re.compile(r"[^,}\]\n]++|.", re.DOTALL)
#: What a value without marks has to be to count: a number or date, an address, or a text that lacks its first mark.
_TELLING = re.compile(rf"\d|https?://|.*[{_MARKS}]\Z", re.DOTALL)
_BETWEEN = re.compile(r"[\s;\ufeff\u200b]++|<!\[CDATA\[|</?[a-z][^<>\"'{}\n]{0,80}+>", re.IGNORECASE)
_OUTSIDE = re.compile(rf"[^{{}}\[\],/<{_MARKS}]++|.", re.DOTALL)
_ESCAPED = re.compile(r"[{\[]\s*+&(?:amp;)?(?:quot|apos|[lr]dquo|#0*(?:34|39|822[01])|#x0*22);", re.IGNORECASE)
_QUOTED = re.compile(r"[\s{\[]*+\\\"")
#: In a text: an escape as JSON has it, another one, or what has to be escaped.
_ESCAPE = re.compile(r"(\\(?:[\"\\/bfnrt]|u[0-9a-fA-F]{4}))|\\x([0-9a-fA-F]{2})|\\(.)|([\"\\])", re.DOTALL)


#: Gives nothing for JavaScript's names of what is no number: no reader of JSON takes them.
_STRICT = json.JSONDecoder(strict=False, parse_constant=lambda name: None)


def loads(text: str) -> Any:
    """The value of JSON; control characters in its texts are forgiven. Raises ``ValueError`` for what is no JSON."""
    try:
        return _STRICT.decode(text)
    except RecursionError as error:
        raise ValueError("JSON nested too deep") from error


def mended(text: str) -> Any:
    """The value that can be read in a text that is no JSON; a list of values where it holds several.

    Raises ``ValueError`` where nothing can be read, for what is nested too deep, and for a text that is too long.
    """
    if len(text) > LONGEST_TEXT:
        raise ValueError("too long to be mended")
    for _ in range(MOST_ESCAPED):
        if _ESCAPED.search(text):
            text = unescape(text)
    if _QUOTED.match(text):
        text = text.replace('\\"', '"')
    for comments in (True, False):  # what is all within a comment is wrapped in it
        if found := [value for value in _Reader(text, comments=comments).values() if value]:
            return found[0] if len(found) == 1 else found
    raise ValueError("no JSON")


class _Reader:
    """Reads objects and lists from a text, wherever they stand."""

    def __init__(self, text: str, *, comments: bool):
        self._text, self._at = text, 0
        self._comments = comments
        self._found: list[Container] = []
        self._open: list[Container] = []
        self._key: str | None = None  # of the innermost object, where its value is still to come
        self._without_end: set[str] = set()  # marks that begin a text without an end
        self._bare_keys = False  # whether the last key had no marks around it

    def values(self) -> list[Container]:
        while self._at < len(self._text):
            if not self._passes_over():
                self._step()
        return self._found

    def _passes_over(self) -> bool:
        """White space, tags and comments."""
        if between := _BETWEEN.match(self._text, self._at):
            self._at = between.end()
            return True
        for begin, end in (("//", "\n"), ("/*", "*/"), ("<!--", "-->")):
            if self._text.startswith(begin, self._at):
                stop = self._text.find(end, self._at + len(begin)) if self._comments else self._at
                self._at = len(self._text) if stop < 0 else stop + len(end if self._comments else begin)
                return True
        return False

    def _step(self) -> None:
        sign = self._text[self._at]
        if sign in "{[":
            self._at += 1
            self._begin({} if sign == "{" else [])
        elif sign in "}]":
            self._at += 1
            self._end(dict if sign == "}" else list)
        elif sign == ",":
            self._step_over_comma()
        elif not self._open:
            self._step_outside()
        elif self._key is None and isinstance(self._open[-1], dict):
            self._step_to_value()
        else:
            self._put(self._value(sign))

    def _begin(self, container: Container) -> None:
        if len(self._open) >= MOST_DEPTH:
            raise ValueError("JSON nested too deep")
        if self._key is None and (not self._open or isinstance(self._open[-1], dict)):
            self._found.append(container)
        else:
            self._put(container)
        self._open.append(container)

    def _end(self, kind: type) -> None:
        """Ends the innermost container of a kind, and those in it whose end is missing."""
        self._put(None)
        if any(isinstance(container, kind) for container in self._open):
            while not isinstance(self._open.pop(), kind):
                pass

    def _put(self, value: Any) -> None:
        """Adds a value where one is due; a key without a value has none."""
        key, self._key = self._key, None
        container = self._open[-1] if self._open else None
        if isinstance(container, list) and value is not None:
            container.append(value)
        elif isinstance(container, dict) and key is not None and (value is not None or key not in container):
            container[key] = value

    def _step_over_comma(self) -> None:
        """Goes to the next member or entry, even of an object that was ended too early."""
        around = self._open[-1] if self._open else self._found
        last = around[-1] if isinstance(around, list) and around else None
        if isinstance(last, dict) and _NEXT_MEMBER.match(self._text, self._at):
            self._open.append(last)
        self._at += 1
        self._put(None)

    def _step_outside(self) -> None:
        """Goes to what may be a value; a key there is the first of an object whose beginning is missing."""
        if _MARKED_KEY.match(self._text, self._at):
            self._begin({})
        elif skipped := _OUTSIDE.match(self._text, self._at):
            self._at = skipped.end()

    def _step_to_value(self) -> None:
        """Reads a key; what is none is passed over."""
        for pattern in (_MARKED_KEY, _BARE_KEY, _KEY_WITHOUT_COLON):
            if found := pattern.match(self._text, self._at):
                self._key = found[1].strip()
                self._bare_keys = pattern is _BARE_KEY
                self._at = found.end()
                return
        if skipped := _REST_OF_KEY.match(self._text, self._at):
            self._at = skipped.end()

    def _value(self, sign: str) -> Any:
        """The text, number or constant that begins here."""
        if sign in _MARKS:
            self._at += 1
            return self._marked(sign)
        if constant := _CONSTANT.match(self._text, self._at):
            self._at = constant.end()
            return _STRICT.decode(constant[2].lower()) if _is_number(constant[2]) else _named(constant[0].lower())
        found = _BARE_VALUE.match(self._text, self._at)
        assert found is not None
        self._at = found.end()
        value = found[0].strip()
        return _unescaped(value.strip(_MARKS)) if _TELLING.match(value) else None

    def _marked(self, mark: str) -> str | None:
        """The text from here to the mark that ends it; ``None`` where none does."""
        begin = self._at
        end = _END_OF_BARE_MEMBER if self._bare_keys else _END_OF_MEMBER
        if isinstance(self._open[-1], list):
            end = _END_OF_ENTRY
        for stop in self._stops(mark):
            if end.match(self._text, stop):
                self._at = stop + 1
                return _unescaped(_without_lone_mark(self._text[begin:stop], mark))
            if self._begins_member(stop):
                self._at = stop
                return _unescaped(self._text[begin:stop].rstrip(" \t\r\n,"))
        if mark in self._without_end:  # once, for the text to the end is gone through
            self._at = len(self._text)
        self._without_end.add(mark)
        return None

    def _stops(self, mark: str) -> Iterator[int]:
        for found in _STOPS[mark].finditer(self._text, self._at):
            if not found[0].startswith("\\"):
                yield found.start()

    def _begins_member(self, at: int) -> bool:
        before = self._text[max(0, at - SPACE_BEFORE_MEMBER) : at]
        return _BEFORE_MEMBER.search(before) is not None and _MEMBER.match(self._text, at) is not None


def _without_lone_mark(text: str, mark: str) -> str:
    """A text less a mark at its beginning or end that has no other: one of two that stand for one."""
    if text.count(mark) == 1 and f"\\{mark}" not in text:
        return text.removeprefix(mark) if text.startswith(mark) else text.removesuffix(mark)
    return text


def _is_number(digits: str | None) -> bool:
    return digits is not None and (len(digits) == 1 or not digits.lstrip("-").startswith("0") or "." in digits)


def _named(constant: str) -> bool | str | None:
    if constant[-1].isdigit():
        return constant  # a number that JSON does not know: "007"
    return {"true": True, "false": False}.get(constant)


def _unescaped(text: str) -> str:
    """A text as JSON would give it; an escape that it does not know is the character behind the backslash."""
    if "\\" not in text:
        return text
    decoded: str = _STRICT.decode(f'"{_ESCAPE.sub(_escape, text)}"')
    return decoded


def _escape(found: re.Match[str]) -> str:
    known, code, other, bare = found.groups()
    if known:
        return known
    if code:
        return f"\\u00{code}"
    return other if other else f"\\{bare}"
