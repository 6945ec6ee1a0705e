"""Posts of social media in a story: who wrote one, and where it stands.

The scripts of their sites make a box of what a page has of them: a quotation with the post's text, its author and its
address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from newscrawl.bounded import Remembered
from newscrawl.extract.css import Element
from newscrawl.extract.elements import seen_text_of

#: Classes of such quotations: X and Twitter, Instagram, Threads, TikTok, Bluesky, Mastodon, Facebook, Reddit.
_POST = re.compile(
    r"(?<![\w-])(?:twitter-(?:tweet|video)|instagram-media|text-post-media|tiktok-embed|bluesky-embed|mastodon-embed"
    r"|fb-(?:post|xfbml-parse-ignore)|reddit-(?:embed-bq|card))(?![\w-])"
)
_is_post: Remembered[str, bool] = Remembered(lambda names: _POST.search(names) is not None)
#: Attributes in which they have the address.
_ADDRESSES = ("cite", "data-instgrm-permalink", "data-text-post-permalink", "data-embed-url")
#: Characters of what is told of a post's author.
LONGEST_AUTHOR = 200


class Source(NamedTuple):
    """Where a post stands, as its page writes it, and what else the page says of it: its author, and mostly its day."""

    address: str
    author: str


def is_post(quotation: Element) -> bool:
    """Whether a quotation is a post of a site that others show in their pages."""
    return _is_post[quotation.get("class") or ""]


def source_of(post: Element, said: Iterable[str]) -> Source | None:
    """A post's source by its quotation, of which a story has the paragraphs ``said``; ``None`` without an address."""
    told = (post.get(name) for name in _ADDRESSES)
    links = (link.get("href") for link in reversed(list(post.iter("a"))))
    address = next((address for address in (*told, *links) if address), "")
    if not address:
        return None
    author = seen_text_of(post)
    for text in said:
        author = author.replace(text, " ", 1)
    author = " ".join(author.split()).strip("—–- ")
    return Source(address, author if len(author) <= LONGEST_AUTHOR else "")
