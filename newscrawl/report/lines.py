"""The texts of versions, out of the output files that hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newscrawl.article.parsing import identified_in

#: A version: its article's key (``publisher/id``) and its ``content_hash``.
Version = tuple[str, str]


_STRINGS = "url headline description place section image language copy_group".split()


@dataclass(frozen=True, slots=True)
class Text:
    """A version as its line has it; a body only where that was wanted."""

    url: str
    headline: str
    description: str = ""
    place: str = ""
    section: str = ""
    image: str = ""
    #: BCP 47, "" where it is not known.
    language: str = ""
    copy_group: str = ""
    body: str = ""
    topics: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    minutes: int | None = None
    premium: bool = False
    live: bool = False


@dataclass
class Lines:
    """The texts that were found, and what of the files is missing: a sentence for each."""

    texts: dict[Version, Text] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


def read_lines(wanted: Mapping[str, set[Version]], bodies: set[Version], folder: Path) -> Lines:
    """The ``wanted`` versions of each file, with the bodies of some.

    A file that has its name no more is looked for as ``NAME.gz``, as logrotate leaves it, and under its name in
    ``folder``, for the case that all was moved.
    """
    lines = Lines()
    for name, versions in sorted(wanted.items()):
        path = _find(name, folder)
        if path is None:
            lines.missing.append(f"{name} is not there any more: the texts of {_count(versions)} are missing")
            continue
        left = set(versions)
        try:
            for article in identified_in(path):
                version = f"{article['publisher']}/{article['id']}", article["content_hash"]
                if version in left:
                    left.discard(version)
                    lines.texts[version] = _text(article, version in bodies)
        except OSError as error:
            lines.missing.append(f"{path} cannot be read ({error.strerror}): {_count(left)} are missing")
            continue
        if left:
            lines.missing.append(f"{path} does not hold, as JSON Lines, {_count(left)} that were written to it")
    return lines


def _find(name: str, folder: Path) -> Path | None:
    paths = [Path(name), folder / Path(name).name]
    both = (path for plain in paths for path in (plain, plain.with_name(f"{plain.name}.gz")))
    return next((path for path in both if path.is_file()), None)


def _text(article: dict[str, Any], whole: bool) -> Text:
    minutes = article.get("reading_minutes")
    strings = {name: _string(article.get(name)) for name in _STRINGS}
    return Text(
        body=_string(article.get("body")) if whole else "",
        topics=_strings(article.get("topics")),
        authors=_strings(article.get("authors")),
        minutes=minutes if isinstance(minutes, int) and minutes > 0 else None,
        premium=article.get("premium") is True,
        live=article.get("live") is True,
        **strings,
    )


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _strings(value: Any) -> tuple[str, ...]:
    return tuple(text for text in value if isinstance(text, str)) if isinstance(value, list) else ()


def _count(versions: set[Version]) -> str:
    return f"{len(versions)} version{'' if len(versions) == 1 else 's'}"
