"""The arguments of a crawl, as ``scrapy crawl -a`` gives them: where to begin, how far to go."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from newscrawl.addresses.hosts import with_ascii_host
from newscrawl.addresses.site import origin_of, shown, without_credentials
from newscrawl.archive import is_archive, lacking
from newscrawl.crawl.walks import Walks
from newscrawl.dates.reading import parse_date, parse_end
from newscrawl.dates.spans import in_words
from newscrawl.demo.place import is_sample
from newscrawl.program import argument, did_you_mean
from newscrawl.publishers import Publisher, by_name, by_url

_ADDRESS = "an http(s) address, or 'demo' (later days: 'demo:2', 'demo:3')"
_ENCODE = "; in a name or password, write / as %2F, ? as %3F, # as %23, @ as %40 and : as %3A"
_DEFAULTS: dict[str, Any] = {
    "start": None,
    "pages": 3,
    "hops": 20,
    "since": None,
    "until": None,
    "again": 0,
    "limit": None,
    "dry_run": 0,
}
#: The least that may be given for a whole number.
_LEAST = {"pages": 1, "hops": 0}
#: What is 1 or 0.
_SWITCHES = ("again", "dry_run")
#: How far a clock may be behind.
_CLOCK = timedelta(days=1)
_LONGEST_NAME = 80  # characters of a part of a file's name


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments, read. ``publisher`` is whose section is read, or the first one; ``walks`` have the addresses.

    ``since_text`` and ``until_text`` are ``since`` and ``until`` as they were given, ``given`` all of them so, but
    without ``credentials``. ``until`` is the last instant that is wanted. ``reads_on``: a listing may be read beyond
    ``pages``, since nobody said how many.
    """

    pages: int
    reads_on: bool
    hops: int
    again: bool
    since: datetime | None
    since_text: str | None
    until: datetime | None
    until_text: str | None
    limit: int | None
    dry_run: bool
    publisher: Publisher
    walks: Walks
    archive: str
    credentials: dict[str, tuple[str, str]]
    given: dict[str, Any]


def read_arguments(given: dict[str, Any], name: str | None, section: str) -> Arguments:
    """Read what is given to a spider of the publisher of that ``name``, or of any, and of a ``section``.

    Raises ``ValueError`` where something cannot be understood.
    """
    if unknown := given.keys() - _DEFAULTS.keys():
        hint = did_you_mean(min(unknown), _DEFAULTS) or f"; there are {', '.join(_DEFAULTS)}"
        raise ValueError(f"unknown argument {', '.join(map(repr, sorted(unknown)))}{hint}")
    said = _DEFAULTS | given
    numbers = {name: _number(name, said[name], least) for name, least in _LEAST.items()}
    switches = {name: _switch(name, said[name]) for name in _SWITCHES}
    start = _start(said["start"])
    if not start.addresses and not start.archive and name is None:
        example = argument("start", "https://news.example/world")
        raise ValueError(f"start is missing: give the section's address, as in {example}")
    publisher = by_name(name) if name else by_url(next(iter(start.addresses), ""))
    since, until = _range(said["since"], said["until"], publisher)
    walks = Walks((lambda _: publisher) if name else by_url, section)
    _begin(walks, start.addresses or ([] if start.archive else [f"{publisher.home}/{section}"]))
    _check_credentials(start, [walk.site.origin for walk in walks.values()])
    archived = said | {"start": start.given}
    limit = None if said["limit"] is None else _number("limit", said["limit"], 1)
    if limit and switches["dry_run"]:
        raise ValueError("limit and dry_run are given, expected one of them: a dry run writes no articles")
    return Arguments(
        pages=numbers["pages"],
        reads_on="pages" not in given and not switches["again"],
        hops=numbers["hops"],
        again=switches["again"],
        since=since,
        since_text=said["since"],
        until=until,
        until_text=said["until"],
        limit=limit,
        dry_run=switches["dry_run"],
        publisher=publisher,
        walks=walks,
        archive=start.archive,
        credentials=start.credentials,
        given=archived,
    )


def _begin(walks: Walks, addresses: list[str]) -> None:
    for url in addresses:
        try:
            walks.begin(url)
        except ValueError:  # which may say what is in the address
            raise ValueError(f"start={shown(url)!r}: expected {_ADDRESS}{lacking(shown(url))}") from None


def names_of(spider: str, arguments: Arguments, *, is_named: bool) -> tuple[str, str]:
    """What to call a spider's history and output: for any publisher's sections by host, and path.

    The sample edition's have names of their own: its history by the setting ``HISTORY_FILE_DEMO``.
    """
    if arguments.archive:
        return spider, f"{spider}-replay"
    if any(is_sample(url) for _, url in arguments.walks.starts):
        return spider, f"{spider}-demo"
    if is_named:
        return spider, spider
    walk = arguments.walks.starts[0][0]
    host = f"{spider}-{_file_name(walk.site.host.removeprefix('www.'))}"
    return host, f"{host}-{path}" if (path := _file_name(walk.section)) else host


@dataclass(frozen=True, slots=True)
class _Start:
    """What a crawl begins with: addresses, without name and password, or an archive.

    ``credentials`` are names and passwords by the origin that they were given for; ``given`` is the argument without.
    """

    addresses: list[str]
    archive: str
    given: str | None
    credentials: dict[str, tuple[str, str]] = field(default_factory=dict)


def _start(start: str | None) -> _Start:
    """Read ``start``: one address or several, separated by commas, or an archive.

    Raises ``ValueError`` where name and password cannot be told from the address.
    """
    if start and is_archive(start):
        return _Start([], start, start)
    addresses, credentials = [], {}
    for url in map(str.strip, re.split(r",\s*+(?=https?://)", start)) if start and start.strip() else []:
        try:
            plain, given = without_credentials(url)
            if given:
                credentials[origin_of(with_ascii_host(plain))] = given
        except ValueError:  # which says what it could not read
            raise ValueError(f"start={shown(url)!r}: expected {_ADDRESS}{_ENCODE}") from None
        addresses.append(plain)
    return _Start(addresses, "", ",".join(addresses) or start, credentials)


def _check_credentials(start: _Start, origins: list[str]) -> None:
    """Raise ``ValueError`` where name and password are given for an origin that is not asked."""
    for origin in start.credentials.keys() - set(origins):
        raise ValueError(f"start: name and password are given for {origin}, but what is asked is {', '.join(origins)}")


def _number(name: str, value: str | int, least: int) -> int:
    """Read a whole number. Raises ``ValueError`` for what is none, or less than ``least``."""
    try:
        number = int(value)
    except ValueError:
        number = least - 1
    if number < least:
        raise ValueError(f"{name}={value!r}: expected a whole number, at least {least}")
    return number


def _switch(name: str, value: str | int) -> bool:
    """Read 0 or 1. Raises ``ValueError`` for anything else."""
    try:
        return (False, True)[_number(name, value, 0)]
    except (ValueError, IndexError):
        raise ValueError(f"{name}={value!r}: expected 0 or 1") from None


def _range(since: str | None, until: str | None, publisher: Publisher) -> tuple[datetime | None, datetime | None]:
    """Read ``since`` and ``until``, in the publisher's time zone; of a day, ``until`` is its end.

    Raises ``ValueError`` for what is no date, for a ``since`` in the future, and where nothing is between them.
    """
    now = datetime.now(UTC)
    first = parse_date(in_words(since), publisher, now) if since else None
    last = parse_end(in_words(until), publisher, now) if until else None
    for name, text, date in (("since", since, first), ("until", until, last)):
        if text and date is None:
            raise ValueError(f"{name}={text!r} is not a date: give one like 2025-09-03, '2 days ago' or 2d")
    if first and last and first > last:
        raise ValueError(f"since={since!r} is later than until={until!r}: no article can be between them")
    if first and first > now + _CLOCK:
        raise ValueError(f"since={since!r} is in the future: by this computer's clock it is {now:%Y-%m-%d}")
    return first, last


def _file_name(text: str) -> str:
    """A text as part of a file's name."""
    return re.sub(r"[^A-Za-z0-9._]+", "-", text).strip("-.")[:_LONGEST_NAME]
