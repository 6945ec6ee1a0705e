"""``newscrawl.toml``: where it is looked for, what may stand in it, and what it sets."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from platformdirs import user_config_path

from newscrawl.configuration.faults import (
    Faults,
    Test,
    faults_of_table,
    is_path,
    is_table,
    is_text_or_list,
    is_whole_number,
    table_of,
)
from newscrawl.configuration.notify import Notify, faults_of_notify, notify_of
from newscrawl.configuration.sections import (
    Section,
    document_of,
    faults_of_kind,
    faults_of_sections,
    sections_of,
)
from newscrawl.configuration.values import fault_of_name, fault_of_value, is_number
from newscrawl.version import __version__

NAME = "newscrawl.toml"
#: The environment's word for which file it is; empty: none is read.
VARIABLE = "NEWSCRAWL_CONFIG"
#: What stands in the user agent in the place of a contact.
NO_CONTACT = "operator's contact not set"
#: Formats that a run's articles can be written in, by the ending of the file's name.
FORMATS = {"jsonl": "jsonlines", "jsonl.gz": "jsonlines", "json": "json", "csv": "csv", "xml": "xml",
           "parquet": "parquet", "sqlite": "sqlite"}  # fmt: skip
#: Of which one is needed: what load, history and report read.
_READ_AGAIN = ("jsonl", "jsonl.gz")
_EMAIL = re.compile(r"[^\s@()<>,;:\\\"]+@[^\s@()<>,;:\\\"]+\.[^\s@()<>,;:\\\"]+")


@dataclass(frozen=True)
class Configuration:
    """What a user's file says. Without a file, nothing.

    ``settings`` are all that it sets, by Scrapy's names. ``output`` is the folder for files of runs, ``publishers``
    that of the user's own descriptions; both are absolute. ``sections`` have the defaults in them.
    """

    path: Path | None = None
    contact: str = ""
    output: Path | None = None
    formats: tuple[str, ...] = ()
    publishers: Path | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)
    notify: Notify = field(default_factory=Notify)


# Where it is ----------------------------------------------------------------------


def of_user() -> Path:
    """The file in the user's configuration folder, which counts where no other does."""
    return user_config_path("newscrawl") / NAME


def places() -> list[Path]:
    """The files that are looked for, the first that is there counts."""
    named = os.environ.get(VARIABLE)
    if named is not None:
        return [_path(named)] if named else []
    try:
        here = Path.cwd()
    except OSError:  # somebody removed it
        return [of_user()]
    return [*(folder / NAME for folder in (here, *here.parents)), of_user()]


def find() -> Path | None:
    """The file that counts. Raises ``Faults`` where the environment names one that is not there."""
    tried = places()
    found = next((path for path in tried if os.path.isfile(path)), None)
    if found is None and os.environ.get(VARIABLE):
        raise Faults(tried[0], [f"there is no such file, but {VARIABLE} names it"])
    return found


def is_above(path: Path) -> bool:
    """Whether a file was found in the current folder or above it: its folder is then where the user's things are."""
    return path in places()[:-1]


def _path(text: str, folder: Path | None = None) -> Path:
    """A path as a user writes it, relative to a folder."""
    return Path(folder or "", os.path.expanduser(text)).absolute()


# What may stand in it -------------------------------------------------------------


def is_contact(value: Any) -> bool:
    """Whether a text is an e-mail address, or an address on the web, and can stand in a header."""
    if not isinstance(value, str) or not value.isascii() or not value.isprintable():
        return False
    return bool(_EMAIL.fullmatch(value)) or _is_web_address(value)


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and not re.search(r"[\s()<>\"\\]", text)


def _is_formats(value: Any) -> bool:
    return (
        isinstance(value, list)
        and all(isinstance(one, str) and one in FORMATS for one in value)
        and any(one in _READ_AGAIN for one in value)
        and len(set(value)) == len(value)
    )


def _at_least(least: float) -> Test:
    return lambda value: not isinstance(value, str) and is_number(value, least), f"a number, {least:g} or more"


def _whole(least: int) -> Test:
    return lambda value: is_whole_number(value) and value >= least, f"a whole number, {least} or more"


#: Each with the setting that it stands for.
POLITENESS: dict[str, tuple[str, Test]] = {
    "delay": ("DOWNLOAD_DELAY", _at_least(0)),
    "concurrent": ("CONCURRENT_REQUESTS_PER_DOMAIN", _whole(1)),
    "timeout": ("DOWNLOAD_TIMEOUT", _at_least(1)),
    "retries": ("RETRY_TIMES", _whole(0)),
    "crawl_delay_max": ("CRAWL_DELAY_MAX", _at_least(0)),
}
_LONGEST_DELAY = "AUTOTHROTTLE_MAX_DELAY"  # seconds, to which AutoThrottle would lower a longer delay
_TEXT = (is_path, "a text: the path of a folder")
KEYS: dict[str, Test] = {
    "contact": (is_contact, "an e-mail address, or an address that begins with https://"),
    "output": _TEXT,
    "formats": (_is_formats, f"a list of {', '.join(FORMATS)}, {' or '.join(_READ_AGAIN)} among them"),
    "publishers": _TEXT,
    "politeness": (is_table, "a table, as in [politeness]"),
    "outputs": (is_table, "a table, as in [outputs]"),
    "settings": (is_table, "a table, as in [settings]"),
    "notify": (lambda value: True, ""),  # which faults_of_notify is for
    "defaults": (lambda value: True, ""),  # which faults_of_kind is for
    "sections": (lambda value: True, ""),
}


#: What stands in ``[outputs]``.
OUTPUTS: dict[str, Test] = {
    "deliver": (is_text_or_list, "an address or a list of addresses, such as s3://BUCKET/FOLDER/")
}


def _where_else(key: str) -> str:
    """Where a key belongs that stands in the wrong table, as the end of a sentence."""
    if key in POLITENESS:
        return "; it belongs into [politeness]"
    if key in OUTPUTS:
        return "; it belongs into [outputs]"
    if key in KEYS:
        return "; it belongs above the first line in square brackets"
    return "; settings belong into [settings]" if key.isupper() else ""


def load(known: Mapping[str, Any] | None = None) -> Configuration:
    """What the file says that counts here. Raises as :func:`read` does."""
    path = find()
    return read(path, known) if path else Configuration()


def read(path: Path, known: Mapping[str, Any] | None = None) -> Configuration:
    """What a file says. ``known`` are the settings that there are, with the values that they have without it.

    Raises ``Faults`` with every fault of the file.
    """
    known = known or {}
    try:
        document = document_of(path)
    except OSError as error:
        raise Faults(path, [f"it cannot be read: {error.strerror or error}"]) from error
    defaults, sections = table_of(document.get("defaults")), table_of(document.get("sections"))
    faults = [
        *faults_of_table(document, KEYS, hint=_where_else),
        *_faults_of_politeness(table_of(document.get("politeness"))),
        *faults_of_table(table_of(document.get("outputs")), OUTPUTS, "outputs", _where_else),
        *_faults_of_settings(table_of(document.get("settings")), known),
        *faults_of_notify(document.get("notify", {})),
        *_said_twice(document),
        *faults_of_kind(document),
        *faults_of_sections(defaults, sections, known, _where_else),
    ]
    if faults:
        raise Faults(path, faults)
    folder = path.absolute().parent
    publishers, output = document.get("publishers"), document.get("output")
    return Configuration(
        path=path.absolute(),
        contact=document.get("contact", ""),
        output=_path(output, folder) if output else None,
        formats=tuple(document.get("formats", ())),
        publishers=_path(publishers, folder) if publishers else None,
        settings=_settings(document, known, folder),
        sections=[_beside(folder, section) for section in sections_of(defaults, sections)],
        notify=notify_of(table_of(document.get("notify"))),
    )


def _faults_of_politeness(table: Mapping[str, Any]) -> list[str]:
    tests = {key: test for key, (_, test) in POLITENESS.items()}
    return faults_of_table(table, tests, "politeness", _where_else)


def _faults_of_settings(table: Mapping[str, Any], known: Mapping[str, Any]) -> list[str]:
    faults = []
    for name, value in table.items():
        fault = fault_of_name(name, known) or fault_of_value(name, value, known.get(name))
        if fault:
            faults.append(f"settings: {fault}{_where_else(name) if name in KEYS or name in POLITENESS else ''}")
    return faults


def _said_twice(document: Mapping[str, Any]) -> list[str]:
    """What is given by a key and by the setting that it stands for."""
    pairs = {key: name for key, (name, _) in POLITENESS.items() if key in table_of(document.get("politeness"))}
    pairs |= {"contact": "USER_AGENT"} if "contact" in document else {}
    pairs |= {"deliver": "DELIVER"} if "deliver" in table_of(document.get("outputs")) else {}
    pairs |= {key: "DEFAULT_FEEDS" for key in ("output", "formats") if key in document}
    given = table_of(document.get("settings"))
    return [f"{key} and {name} are given, expected one of them" for key, name in pairs.items() if name in given]


# What it sets ---------------------------------------------------------------------


def has_contact(agent: str) -> bool:
    """Whether a user agent tells more than the project's own, which says that nobody's address is in it."""
    return NO_CONTACT not in agent


def user_agent(contact: str) -> str:
    """How a crawl calls itself, with whom to write to."""
    return f"newscrawl/{__version__} (news section reader; {contact})"


def _settings(document: Mapping[str, Any], known: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Scrapy's settings that a file's keys stand for, and those that it names itself."""
    found: dict[str, Any] = {}
    if contact := document.get("contact"):
        found["USER_AGENT"] = user_agent(contact)
    for key, value in document.get("politeness", {}).items():
        found[POLITENESS[key][0]] = value
    if found.get("DOWNLOAD_DELAY", 0) > known.get(_LONGEST_DELAY, 60):
        found[_LONGEST_DELAY] = float(found["DOWNLOAD_DELAY"])
    if deliver := document.get("outputs", {}).get("deliver"):
        found["DELIVER"] = [_uri(folder, one) for one in ([deliver] if isinstance(deliver, str) else deliver)]
    for name, value in document.get("settings", {}).items():
        before = known.get(name)
        found[name] = {**before, **value} if isinstance(before, dict) and isinstance(value, dict) else value
    return found


def feeds_in(
    folder: str, formats: tuple[str, ...] = ("jsonl",), *, of_workers: bool = False
) -> dict[str, dict[str, Any]]:
    """Feeds, a file of each format, in a folder: ``DEFAULT_FEEDS``; ``of_workers``: ``SHARED_FEEDS``."""
    more = "-%(worker)d-%(batch_id)04d" if of_workers else ""
    return {
        os.path.join(folder, f"%(output_name)s-%(started)s{more}.{ending}"): {
            "format": FORMATS[ending],
            "store_empty": False,
        }
        for ending in sorted(formats, key=lambda ending: ending not in _READ_AGAIN)  # the history is beside the first
    }


def _beside(folder: Path, section: Section) -> Section:
    """A section whose outputs are relative to the file's folder."""
    return Section(
        section.name,
        section.spider,
        section.arguments,
        section.settings,
        [_uri(folder, one) for one in section.output],
        [_uri(folder, one) for one in section.overwrite_output],
        {_uri(folder, one): options for one, options in section.feeds.items()},
    )


def _uri(folder: Path, uri: str) -> str:
    """A feed's address, or the path of its file; ``-`` and ``stdout:`` are neither."""
    if uri.startswith(("-", "stdout:", "file:", "/")) or "://" in uri:
        return uri
    return str(Path(folder, os.path.expanduser(uri)))
