"""Whether a page shows nothing until its scripts have run."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden
from newscrawl.extract.page import Page
from newscrawl.text.spaces import clean

#: Flags of an answer that shows nothing without its scripts, and of one that a browser has read.
SCRIPTED, RENDERED = "scripted", "rendered"
#: Characters that a page shows besides its menus; a listing of headlines, or a short notice, has more.
_LITTLE_TEXT = 400
#: Characters of a text that stands where the content is to come: "Loading, please wait …".
_PLACEHOLDER = 60
#: Elements whose text is no content of the page: what never shows, and what every page of a site has.
_NO_CONTENT = {"script", "style", "template", "noscript", "head", "nav", "header", "footer", "svg"}
_ROOTS = {"div", "main", "section", "article"}
#: All languages write the name so, or with a space.
_JAVASCRIPT = re.compile(r"java\s?script|자바스크립트|ジャバスクリプト", re.IGNORECASE)
_DATA = re.compile(r"json|template|text/html", re.IGNORECASE)
#: What is no page, though a site of scripts may answer any address with the same one.
_FILE = re.compile(r"\.(?:xml|gz|txt|rss|atom|rdf|json)$", re.IGNORECASE)
#: Links of a page that shows nothing: those of menus and footers.
_FEW_LINKS = 100


def is_file(url: str) -> bool:
    """Whether an address is of a feed, or of another file, and no page's."""
    return _FILE.search(urlsplit(url).path) is not None


def needs_scripts(body: bytes, url: str, headers: Mapping[str, str]) -> str:
    """What of an answer says so, as :func:`scripted` has it; only one with scripts and few links is worth a parse."""
    is_worth_a_look = b"<script" in body and body.count(b"<a ") <= _FEW_LINKS
    return scripted(Page(body, url, headers)) if is_worth_a_look else ""


def article_needs_scripts(
    status: int, flags: Collection[str], body: bytes, url: str, headers: Mapping[str, str]
) -> bool:
    """Whether an answer in which no article's text was found shows nothing without scripts.

    Its ``flags`` tell where a browser was wanted: it lacked one, or has been read in it.
    """
    if SCRIPTED in flags or RENDERED in flags:
        return SCRIPTED in flags
    return status == 200 and not is_file(url) and bool(needs_scripts(body, url, headers))


def scripted(page: Page) -> str:
    """What of a page says that it shows nothing without its scripts; ``""`` for one that shows something.

    >>> scripted(Page('<body><div id="root"></div><script src="/app.js"></script></body>', "https://news.example/"))
    'an empty <div id="root">'
    >>> scripted(Page("<body><p>No stories today.</p></body>", "https://news.example/"))
    ''
    """
    body = next(iter(page.tree.tagged("body")), page.root)
    if not any(_runs(script) for script in page.tree.tagged("script")) or _shows_more(body, _LITTLE_TEXT):
        return ""
    for notice in page.tree.tagged("noscript"):
        if _JAVASCRIPT.search(" ".join(notice.itertext())):
            return "a <noscript> that asks for JavaScript"
    return next((_named(element) for element in body.iter() if _is_empty_root(element)), "")


def _runs(script: Element) -> bool:
    return not _DATA.search(script.get("type") or "")


def _shows_more(element: Element, characters: int) -> bool:
    """Whether the text of an element, without what is no content, is longer than so many characters."""
    size = 0
    waiting = [element]
    while waiting:
        one = waiting.pop()
        size += len(clean(one.text or ""))
        for child in one:
            size += len(clean(child.tail or ""))
            if isinstance(child.tag, str) and child.tag not in _NO_CONTENT and not is_hidden(child):
                waiting.append(child)
        if size > characters:
            return True
    return False


def _is_empty_root(element: Element) -> bool:
    """Whether scripts are to fill an element: it has a name, or is one of their own, and nothing but a placeholder."""
    tag = element.tag
    if not isinstance(tag, str) or not ("-" in tag or (tag in _ROOTS and element.get("id"))):
        return False
    return element.find(".//a[@href]") is None and not _shows_more(element, _PLACEHOLDER)


def _named(element: Element) -> str:
    name = element.get("id")
    return f'an empty <{element.tag} id="{clean(name)[:_PLACEHOLDER]}">' if name else f"an empty <{element.tag}>"
