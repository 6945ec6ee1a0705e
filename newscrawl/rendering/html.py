"""Markdown as HTML that is safe to show in any page, whatever the Markdown is.

The HTML is written from the parser's tokens alone: no tag or attribute of a page can be in it, as text is escaped,
links lead to ``http``, ``https`` and ``mailto`` only, and attributes other than those of a short list are left out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

_LINKS, _PICTURES = ("http", "https", "mailto"), ("http", "https")
_ATTRIBUTES = ("href", "src", "alt", "start")
_MOST_NESTED = 60  # elements in one another; what is deeper is left out
#: A link reference definition, by which a story's Markdown tells where an embedded post is from.
_SOURCE = re.compile(r"([> ]*)\[((?:\\.|[^\]\\])+)\]: (\S+)")


class _Parser(MarkdownIt):
    """CommonMark with GFM's tables, without HTML in it."""

    def validateLink(self, url: str) -> bool:
        try:
            return urlsplit(url).scheme.lower() in _LINKS
        except ValueError:
            return False


_PARSER = _Parser("commonmark", {"html": False, "maxNesting": _MOST_NESTED}).enable("table")


def html_of(markdown: str, *, pictures: bool = True, marked: Callable[[str], str] = str) -> str:
    r"""The HTML of a story's Markdown.

    A picture is a ``figure``, with ``https`` for ``http`` in its address, as other pages may show no other; without
    ``pictures`` it is a link to it. ``marked`` may put signs into the texts, before they are escaped.

    >>> html_of("The *tide* [rose](https://x.example/a?b=1&c=2) < 2 m. [No](javascript:alert())")
    '<p>The <em>tide</em> <a href="https://x.example/a?b=1&amp;c=2">rose</a> &lt; 2 m. [No](javascript:alert())</p>\n'
    """
    tokens = list(_without_empty_heads(_PARSER.parse(with_sources(markdown))))
    for n, token in enumerate(tokens):
        if token.type == "inline":
            token.children = _inline(token.children or [], pictures, marked)
            if token.children and token.children[0].type == "image" and tokens[n - 1].type == "paragraph_open":
                _make_figure(tokens[n - 1], token.children, tokens[n + 1])
        elif token.tag == "h1":  # the headline's
            token.tag = "h2"
        _harmless(token)
    return str(_PARSER.renderer.render(tokens, _PARSER.options, {}))


def story_html(article: Mapping[str, Any], *, pictures: bool = True) -> str:
    r"""The HTML of an article's story; of one without Markdown, its paragraphs.

    >>> story_html({"body": "One.\n\n2 < 3", "body_markdown": ""})
    '<p>One.</p>\n<p>2 &lt; 3</p>\n'
    """
    if markdown := article.get("body_markdown"):
        return html_of(markdown, pictures=pictures)
    return "".join(f"<p>{html.escape(text, quote=False)}</p>\n" for text in article["body"].split("\n\n") if text)


def with_sources(markdown: str) -> str:
    r"""A story's Markdown with the source of each embedded post as a link below it, where a reader sees it.

    >>> with_sources("> Hello.\n>\n> [Ann]: https://x.example/1")
    '> Hello.\n>\n> — [Ann](https://x.example/1)'
    """
    if "]: " not in markdown:
        return markdown
    found: dict[str, Any] = {}
    _PARSER.parse(markdown, found)
    lines = markdown.split("\n")
    for one in [*found.get("references", {}).values(), *found.get("duplicate_refs", ())]:
        number = one["map"][0]
        if match := _SOURCE.fullmatch(lines[number]):
            around, name, address = match.groups()
            lines[number] = f"{around}— [{name}]({address})"
    return "\n".join(lines)


def _inline(tokens: list[Token], pictures: bool, marked: Callable[[str], str]) -> list[Token]:
    """The tokens of a line, marked, and pictures as they are shown."""
    found: list[Token] = []
    in_link = False
    for token in tokens:
        if token.type in ("text", "code_inline"):
            token.content = marked(token.content)
        elif token.type == "link_open":
            in_link = bool(token.attrs["href"])  # a link without an address is its text
        if token.type in ("link_open", "link_close"):
            found += [token] if in_link else []
            in_link = in_link and token.type == "link_open"
            continue
        if token.type != "image":
            found.append(token)
            continue
        address = str(token.attrs["src"])
        if pictures and urlsplit(address).scheme.lower() in _PICTURES:
            token.attrs["src"] = _secure(address)
            found.append(token)
            continue
        label = _alternative(token) or "Picture"
        shown = [Token("text", "", 0, content=label)]
        if address and not in_link:
            shown = [Token("link_open", "a", 1, attrs={"href": address}), *shown, Token("link_close", "a", -1)]
        found += shown
    return found


def _alternative(picture: Token) -> str:
    """What stands in a picture's place where it is not seen."""
    return "".join(one.content for one in picture.children or () if one.type in ("text", "code_inline"))


def _secure(address: str) -> str:
    """An address with ``https``, if it names no port, which would be another one."""
    parts = urlsplit(address)
    is_plain = parts.scheme.lower() == "http" and ":" not in parts.netloc.rpartition("]")[2]
    return f"https{address[len('http') :]}" if is_plain else address


def _make_figure(begin: Token, line: list[Token], end: Token) -> None:
    """Let a paragraph that begins with a picture be a figure, and emphasised text below it its caption."""
    begin.tag = end.tag = "figure"
    begin.hidden = end.hidden = False  # as in a list whose items are close together
    closing = next((one for one in line[3:] if one.type == "em_close" and one.level == line[2].level), None)
    if len(line) > 3 and line[1].type == "softbreak" and line[2].type == "em_open" and closing is line[-1]:
        line[2].tag = line[-1].tag = "figcaption"
        del line[1]


def _without_empty_heads(tokens: list[Token]) -> Iterator[Token]:
    """The tokens without the heads of tables that say nothing: GFM has no table without a head."""
    head: list[Token] = []
    for token in tokens:
        if token.type == "thead_open" or head:
            head.append(token)
            if token.type == "thead_close":
                if any(one.type == "inline" and one.content for one in head):
                    yield from head
                head = []
        else:
            yield token


def _harmless(token: Token) -> None:
    """Leave out attributes that no story needs."""
    token.attrs = {name: value for name, value in token.attrs.items() if name in _ATTRIBUTES}
    for one in token.children or ():
        _harmless(one)
