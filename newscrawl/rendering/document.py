"""One story as a Markdown document, and as text for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from markdown_it.token import Token
from rich.console import RenderableType
from rich.constrain import Constrain
from rich.markdown import Markdown
from rich.text import Text

from newscrawl.extract.inline import escaped, paragraph
from newscrawl.rendering.beside import corrections_beside, lead_of
from newscrawl.rendering.html import with_sources
from newscrawl.rendering.wording import listed, moment

_WIDTH = 80  # characters of a line, at most: longer ones are hard to read
#: What would steer a terminal, or turn its lines round; lines end in ``\n``.
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def story_markdown(article: Mapping[str, Any]) -> str:
    """A Markdown document: headline, dek, byline, dates and address above the story, corrections below it."""
    lead = lead_of(article)
    head = [f"# {escaped(article['headline'])}" if article["headline"] else ""]
    if article["description"]:
        head.append(f"**{escaped(article['description'])}**")
    head.append("\\\n".join(filter(None, (escaped(_byline(article)), escaped(_dates(article)), f"<{article['url']}>"))))
    if lead:
        caption = f"\n*{escaped(lead['caption'])}*" if lead["caption"] else ""
        head.append(f"![{escaped(lead['alt'] or '')}](<{lead['url']}>){caption}")
    foot = [f"*{escaped(text)}*" for text in _foot(article)]
    return "\n\n".join(filter(None, [*head, _story(article), *foot]))


def story_text(article: Mapping[str, Any]) -> Iterator[RenderableType]:
    """What a terminal shows of an article, part by part: lines of at most 80 characters, but for its whole address."""
    parts: list[RenderableType] = [Text(_plain(article["headline"]), "bold")]
    if article["description"]:
        parts.append(Text(_plain(article["description"]), "italic"))
    if told := "\n".join(filter(None, (_byline(article), _dates(article)))):
        parts.append(Text(_plain(told), "dim", overflow="fold"))
    address = Text(_plain(article["url"]), "dim", no_wrap=True, overflow="ignore")
    parts.append(address)
    parts.append(_Story(_plain(with_sources(_story(article)))))
    parts += (Text(_plain(text), "italic") for text in _foot(article))
    for number, part in enumerate(parts):
        if number and not (part is address and told):
            yield ""
        yield part if part is address else Constrain(part, _WIDTH)


def _story(article: Mapping[str, Any]) -> str:
    """The story's Markdown; of a story without, its paragraphs, each as plain text."""
    return article["body_markdown"] or "\n\n".join(map(paragraph, article["body"].split("\n\n")))


def _byline(article: Mapping[str, Any]) -> str:
    authors = f"By {listed(article['authors'])}" if article["authors"] else ""
    return ", ".join(filter(None, (authors, article["place"])))


def _dates(article: Mapping[str, Any]) -> str:
    published, modified = article["date_published"], article["date_modified"]
    updated = f"updated {moment(modified)}" if modified and modified != published else ""
    return " · ".join(filter(None, (moment(published), updated)))


def _foot(article: Mapping[str, Any]) -> list[str]:
    """What stands below a story."""
    contributors = f"With {listed(article['contributors'])}" if article["contributors"] else ""
    return [*corrections_beside(article), *filter(None, [contributors])]


def _plain(text: str) -> str:
    return _CONTROLS.sub("", text)


class _Story(Markdown):
    """Markdown as rich shows it, each picture as a line of its paragraph: a word, and its text in place of it."""

    def __init__(self, markup: str):
        super().__init__(markup, hyperlinks=True)
        for token in self.parsed:
            token.children = list(_without_pictures(token.children or ()))


def _without_pictures(tokens: Iterable[Token]) -> Iterator[Token]:
    """A paragraph's tokens, with links to the pictures in their places, and a line's end behind each."""
    is_picture = False
    for token in tokens:
        if token.type == "image":
            label = f"Picture: {token.content}" if token.content else "Picture"
            yield Token("link_open", "a", 1, attrs={"href": token.attrs.get("src", "")})
            yield Token("text", "", 0, content=label)
            yield Token("link_close", "a", -1)
        else:
            yield Token("hardbreak", "br", 0) if is_picture and token.type == "softbreak" else token
        is_picture = token.type == "image"
