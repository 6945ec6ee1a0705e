"""Whether files hold what the contract promises: read as a stream, in memory that does not grow with them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any

from newscrawl.article import lines
from newscrawl.article.parsing import strict_json
from newscrawl.article.schema import article_schema
from newscrawl.article.types import FIELDS, is_instant

_PER_LINE = 100  # faults of one line that are counted


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong: in which line, counted from 1, and in which field (``""``: the line as a whole).

    ``warning``: odd, and still within the contract.
    """

    line: int
    field: str
    message: str
    warning: bool = False


@dataclass
class Report:
    """What a file was found to be: its lines, how many faults and warnings, and the first of these."""

    file: str
    lines: int = 0
    faults: int = 0
    warnings: int = 0
    first: list[Finding] = field(default_factory=list)

    def add(self, finding: Finding, keep: int) -> None:
        """Count a finding, and keep it unless ``keep`` of its sort are kept."""
        count = self.warnings if finding.warning else self.faults
        if count < keep:
            self.first.append(finding)
        if finding.warning:
            self.warnings += 1
        else:
            self.faults += 1


class Checker:
    """Checks lines against the schema and what a schema cannot say. Raises ``ImportError`` without jsonschema-rs."""

    def __init__(self) -> None:
        import jsonschema_rs

        # The masked value: a message is of a line's length, not of a story's.
        self._validator = jsonschema_rs.validator_for(article_schema(), validate_formats=True, mask="it")
        self._instants = sorted(name for name, field in FIELDS.items() if field.instant)
        self._lists = [name for name, field in FIELDS.items() if any(part.instant for part in field.of.values())]

    def check(self, file: IO[bytes], name: str, keep: int = 20) -> Report:
        """Read JSON Lines to their end, plain or compressed by gzip, which the first bytes tell.

        Raises ``OSError`` where the file cannot be read or is of another format; a compressed file that
        is damaged is a fault.
        """
        report = Report(name)
        seen = sqlite3.connect("", isolation_level=None)  # on the disk when it is large
        seen.execute("pragma journal_mode = off")
        seen.execute("begin")
        seen.execute("create table seen(key text primary key, line integer) without rowid")
        for finding in self._findings(file, seen, report):
            report.add(finding, keep)
        seen.close()
        return report

    def _findings(self, file: IO[bytes], seen: sqlite3.Connection, report: Report) -> Iterator[Finding]:
        try:
            for line in lines.lines(file):
                report.lines += 1
                if report.lines == 1:
                    lines.check_format(line)
                if lines.is_too_long(line):
                    yield Finding(report.lines, "", f"longer than {lines.LINE_LIMIT:,} bytes; skipped")
                    continue
                for name, message, warning in self._line(line, seen, report.lines):
                    yield Finding(report.lines, name, message, warning)
        except lines.TornError as error:
            yield Finding(report.lines + 1, "", f"the compressed data are damaged or cut off: {error}")

    def _line(self, line: bytes, seen: sqlite3.Connection, number: int) -> Iterator[tuple[str, str, bool]]:
        """What is wrong with one line: field, message, whether it is a warning."""
        if not line.endswith(b"\n"):
            yield "", "the last line has no line end: it may be cut off", False
        elif line.endswith(b"\r\n"):
            yield "", r"the line ends in \r\n, expected \n", False
        try:
            article = _read(line)
        except (ValueError, RecursionError) as error:  # UnicodeDecodeError is one
            yield "", str(error), False
            return
        if not self._is_valid(article):
            for name, message in self._errors(article):
                yield name, message, False
            return
        yield from self._of_the_contract(article)
        key = f"{article['publisher']}/{article['id']}\0{article['content_hash']}"
        if not seen.execute("insert or ignore into seen values (?, ?)", (key, number)).rowcount:
            (before,) = seen.execute("select line from seen where key = ?", (key,)).fetchone()
            yield "", f"{article['publisher']}/{article['id']} stands with the same content in line {before}", True

    def _of_the_contract(self, article: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
        """What the schema cannot say of an article that it allows."""
        instants = [(name, article.get(name)) for name in self._instants]
        instants += [
            (where, value)
            for name in self._lists
            for where, part, value in FIELDS[name].parts(article.get(name, ()))
            if part.instant
        ]
        for name, text in instants:
            if text is not None and not is_instant(text):
                yield name, f"{text!r} is no instant: expected an ISO 8601 date and time with an offset", False
        known = [name for name in article if name in FIELDS]
        if known != [name for name in FIELDS if name in article]:
            yield "", "the keys are not in the contract's order", True

    def _is_valid(self, article: Any) -> bool:
        try:
            return bool(self._validator.is_valid(article))
        except (ValueError, TypeError, OverflowError):
            return False

    def _errors(self, article: Any) -> Iterator[tuple[str, str]]:
        try:
            for error in islice(self._validator.iter_errors(article), _PER_LINE):
                name = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.instance_path)
                yield name.removeprefix("."), error.message
        except (ValueError, TypeError, OverflowError) as error:
            yield "", f"no text or number that JSON Schema knows: {error}"


def _read(line: bytes) -> Any:
    """The JSON value in a line. Raises ``ValueError`` that says what is there instead."""
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8: {error.reason} at byte {error.start + 1} of the line") from None
    if text.startswith("\ufeff"):
        raise ValueError("a byte order mark")
    if not text.strip():
        raise ValueError("an empty line")
    try:
        article = strict_json(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} at character {error.pos + 1} of the line") from None
    except RecursionError:
        raise ValueError("not an article: nested too deep") from None
    try:
        if "\\u" in text:  # elsewhere there is none, in UTF-8
            json.dumps(article, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ValueError("half of a surrogate pair, which is no character") from None
    return article
