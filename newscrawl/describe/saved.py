"""Answers of a site, kept in a folder so that they can be read again without a network.

The folder has the pages, ``manifest.json`` with what was asked and answered, and ``README.txt``. Of the headers only
those are kept that tell how to read an answer: no cookie, and nothing that logs in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from newscrawl.version import __version__

MANIFEST, README = "manifest.json", "README.txt"
#: Of the folder: another one is read by a newer newscrawl, or an older one.
_FORMAT = 1
#: Headers that are kept: how to read the answer, how old it is, where it leads.
KEPT_HEADERS = (
    "Content-Type", "Content-Language", "Link", "Date", "Age", "Last-Modified", "Retry-After", "Server", "X-Robots-Tag",
)  # fmt: skip
_ABOUT = """Pages of a news section, saved by 'newscrawl check' (newscrawl {version}).

start    {start}
checked  {at} (UTC)

The pages are as the site sent them, only unpacked. {manifest} has what was asked and answered: addresses, statuses,
times, a few headers. Cookies, names and passwords are not in it. check.json is what the check found.

  newscrawl check FOLDER                    reads the folder again, without a network
  newscrawl article FOLDER/article-1.html   shows each field of one article, and the rule that gave it

The text of the pages belongs to their publisher: pass it on only to people who correct the rules.
"""


class Role(StrEnum):
    """What an answer was asked for as."""

    ROBOTS = "robots"
    LISTING = "listing"
    SOURCE = "source"
    ARTICLE = "article"


@dataclass(frozen=True)
class Exchange:
    """What was asked for, and what was answered.

    ``url`` is where the answer came from, ``through`` the addresses that redirected there. ``status`` is HTTP's, 0
    where there was no answer; ``failed`` says why the answer is none to read. ``at`` is when it came (ISO 8601, UTC),
    ``seconds`` how long it took, ``retries`` how often it was asked for again.
    """

    role: Role
    asked: str
    url: str
    at: str
    status: int = 0
    failed: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    through: tuple[str, ...] = ()
    seconds: float = 0.0
    retries: int = 0
    flags: tuple[str, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether there is something to read."""
        return not self.failed


@dataclass
class Case:
    """All that a check was answered, and what it was asked to check.

    ``publisher`` names the supported publisher whose section is checked, ``None`` where the address tells; ``section``
    is its path, where the address tells none. ``agent`` is how the check called itself, ``crawl`` the command of the
    crawl that may follow.
    """

    start: str
    at: str
    publisher: str | None = None
    section: str = ""
    agent: str = ""
    crawl: str = ""
    exchanges: list[Exchange] = field(default_factory=list)

    def of(self, role: Role) -> list[Exchange]:
        """The answers of one kind, in the order in which they came."""
        return [one for one in self.exchanges if one.role is role]


def kept(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers that a folder keeps.

    >>> kept({"content-type": "text/html", "Set-Cookie": "reader=7"})
    {'Content-Type': 'text/html'}
    """
    given = {name.lower(): value for name, value in headers.items()}
    return {name: given[name.lower()] for name in KEPT_HEADERS if name.lower() in given}


def save(case: Case, folder: Path, found: Mapping[str, Any]) -> None:
    """Keep a case in a new or empty folder, with what was ``found``.

    Raises ``OSError``, also for a folder that has files.
    """
    check_folder(folder)
    folder.mkdir(parents=True, exist_ok=True)
    names = list(_names(case.exchanges))
    told = [_told(one, name) for one, name in zip(case.exchanges, names, strict=True)]
    for one, name in zip(case.exchanges, names, strict=True):
        if name:
            (folder / name).write_bytes(one.body)
    about = _ABOUT.format(version=__version__, start=case.start, at=case.at, manifest=MANIFEST)
    (folder / README).write_text(about, encoding="utf-8")
    _write(folder / "check.json", found)
    head = {name: value for name, value in asdict(case).items() if name != "exchanges"}
    _write(folder / MANIFEST, {"format": _FORMAT, "newscrawl": __version__, **head, "answers": told})


def check_folder(folder: Path) -> None:
    """Raise ``OSError`` where a case cannot be kept in a folder: it is a file, or has files."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder} is there already, and not an empty folder; give a new one")


def _write(path: Path, document: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _names(exchanges: Iterable[Exchange]) -> Iterable[str]:
    """A file's name for each answer; ``""`` for one without a body."""
    numbers: dict[Role, int] = {}
    for one in exchanges:
        number = numbers[one.role] = numbers.get(one.role, 0) + 1
        ending = "txt" if one.role is Role.ROBOTS else _ending(one)
        yield f"{one.role}{'' if one.role is Role.LISTING else f'-{number}'}.{ending}" if one.body else ""


def _ending(one: Exchange) -> str:
    """The ending of the file of an answer, by its first bytes."""
    start = one.body[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"{", b"[")):
        return "json"
    if start.startswith(b"\x1f\x8b"):
        return "gz"
    return "xml" if start.startswith(b"<?xml") and b"<html" not in start else "html"


def _told(one: Exchange, name: str) -> dict[str, Any]:
    fields = {field: value for field, value in asdict(one).items() if field != "body"}
    return {**fields, "headers": kept(one.headers), "file": name or None}


def is_saved(folder: Path) -> bool:
    """Whether a folder is one that was saved."""
    return (folder / MANIFEST).is_file()


def load(folder: Path) -> Case:
    """The case in a folder. Raises ``OSError``, and ``ValueError`` for what is no such folder."""
    told = _manifest(folder)
    try:
        case = Case(*(told[name] for name in ("start", "at", "publisher", "section", "agent", "crawl")))
        case.exchanges = [_exchange(answer, folder) for answer in told["answers"]]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{folder / MANIFEST} is damaged: {error}") from None
    return case


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        told = json.loads(path.read_bytes())
    except ValueError:
        raise ValueError(f"{path} is damaged: it is no JSON") from None
    if not isinstance(told, dict) or told.get("format") != _FORMAT:
        raise ValueError(f"{path} was not saved by this version of newscrawl check")
    return told


def _exchange(told: Mapping[str, Any], folder: Path) -> Exchange:
    fields = {name: value for name, value in told.items() if name != "file"}
    fields |= {"role": Role(told["role"]), "through": tuple(told["through"]), "flags": tuple(told["flags"])}
    body = _body(folder, told["file"]) if told["file"] else b""
    return Exchange(**fields, body=body)


def _body(folder: Path, name: str) -> bytes:
    """A page of the folder, and none beside it. Raises ``OSError``, and ``ValueError`` for another name."""
    if Path(name).name != name:
        raise ValueError(f"{folder / MANIFEST} names a file that is not in the folder: {name!r}")
    return (folder / name).read_bytes()


def saved_page(path: Path) -> tuple[Exchange, str] | None:
    """What a folder knows of one of its pages, and the publisher whose section was checked, ``""`` if none is named.

    ``None`` for a file that is in no such folder, or not its page.
    """
    if not is_saved(path.parent):
        return None
    case = _manifest(path.parent)
    told = next((one for one in case.get("answers", []) if one.get("file") == path.name), None)
    return (_exchange(told, path.parent), case.get("publisher") or "") if told else None
