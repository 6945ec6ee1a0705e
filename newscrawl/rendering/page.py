"""One story as an HTML page of its own, which asks for nothing but its pictures."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from newscrawl.rendering.beside import corrections_beside, lead_of
from newscrawl.rendering.html import story_html
from newscrawl.rendering.wording import listed, moment

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
#: What would break the file, or turn its lines round: controls, half surrogate pairs, marks that override a direction.
_UNSHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ud800-\udfff]")


def story_page(article: Mapping[str, Any], *, pictures: bool = True) -> str:
    """The page of an article, given as a dictionary; without ``pictures`` it asks for nothing at all."""
    article = _cleaned(article)
    environment = Environment(loader=FunctionLoader(_source), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True)  # fmt: skip
    environment.filters |= {"listed": listed, "moment": moment, "address": _address, "host": _host}
    style = _source("page.css")
    return environment.get_template("page.html").render(
        article=article,
        language=article["language"] if _LANGUAGE.fullmatch(article["language"] or "") else "",
        lead=lead_of(article),
        corrections=corrections_beside(article),
        pictures=pictures,
        story=Markup(story_html(article, pictures=pictures)),  # noqa: S704 - text is escaped there
        style=Markup(style),  # noqa: S704 - our own file
        style_hash=b64encode(sha256(style.encode()).digest()).decode(),
    )


def _cleaned(value: Any) -> Any:
    """A value without characters that no page can hold."""
    if isinstance(value, str):
        return _UNSHOWN.sub("", value)
    if isinstance(value, Mapping):
        return {name: _cleaned(one) for name, one in value.items()}
    return [_cleaned(one) for one in value] if isinstance(value, list) else value


def _address(url: str) -> str:
    """An address that a link may lead to, else ``""``."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.hostname else ""


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _source(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf8")
