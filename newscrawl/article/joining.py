"""The pages of one story put together: before its prompts are removed and its dates are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from newscrawl.article.item import Article
from newscrawl.article.markdown import apart

#: What a page is called in front of its number.
PAGE = "page|seite|pagina|página|strona|strana|sida|side|sayfa|sivu|oldal|halaman|第"
_MARKER = re.compile(rf"[\[(]?(?:{PAGE})\s?\d{{1,3}}\s?(?:of|von|de|di|/)\s?\d{{1,3}}[\])]?", re.IGNORECASE)


def joined_story(pages: Sequence[Article]) -> Article:
    """The story of its ``pages``, the first of which is changed: it gives every field but what the text has.

    What each page has again, above or below its text, is there once. Which page it is, such as "Page 1 of 3", is no
    text of the whole.
    """
    first, *others = pages
    if others:
        for page in pages:
            page.keep({n for n, text in enumerate(page.paragraphs) if not _MARKER.fullmatch(text)})
    for before, page in zip(pages, others, strict=False):
        _trim(before, page)
    seen = set(first.paragraphs)
    for page in others:
        repeated = len(list(takewhile(seen.__contains__, page.paragraphs)))
        page.keep(range(repeated, len(page.paragraphs)))
        seen.update(page.paragraphs)
    for number, page in enumerate(others, 1):
        _append(first, page, number)
    return first


def has_news(pages: Sequence[Article], page: Article) -> bool:
    """Whether a page has a paragraph that those before it do not have."""
    seen = {text for before in pages for text in before.paragraphs}
    return not seen.issuperset(page.paragraphs)


def _trim(before: Article, page: Article) -> None:
    """Leave what stands at the end of both of two pages, such as a note on the author, only in the second."""
    pairs = zip(reversed(before.paragraphs), reversed(page.paragraphs), strict=False)
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
    if 0 < same < len(before.paragraphs):
        before.keep(range(len(before.paragraphs) - same))


def replace_text(first: Article, page: Article) -> None:
    """Let the text of a story's first page be that of another ``page``, which has all of it."""
    first.body, first.story, first.entries = page.body, page.story, page.entries
    _add_of_text(first, page)


def _append(first: Article, page: Article, number: int) -> None:
    count = len(first.paragraphs)
    places = {n: count + n for n in range(len(page.paragraphs))}
    first.entries += [entry.at_places(places) for entry in page.entries]
    first.body = "\n\n".join(filter(None, (first.body, page.body)))
    first.story += apart(page.story, number)
    _add_of_text(first, page)


def _add_of_text(first: Article, page: Article) -> None:
    """Add what another page's text gives beside its paragraphs."""
    known = {image.url for image in first.images}
    first.images += [image for image in page.images if image.url not in known]
    first.premium = first.premium or page.premium
    first.next_url = first.next_url or page.next_url
    first.corrections += [text for text in page.corrections if text not in first.corrections]
    first.contributors += [name for name in page.contributors if name not in first.contributors]
