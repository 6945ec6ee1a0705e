"""The names of the site that a page is of, which are no headline, author or topic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import islice
from urllib.parse import urlsplit
from weakref import proxy

from newscrawl.extract.css import Element
from newscrawl.extract.elements import line_of
from newscrawl.extract.json_ld import types_of
from newscrawl.extract.page import Page
from newscrawl.extract.rules import name_of
from newscrawl.text.scripts import unspaced
from newscrawl.text.spaces import clean
from newscrawl.text.words import key_of

PUBLICATION_TYPES = ("NewsMediaOrganization", "WebSite", "Organization")
PUBLICATION_METAS = ("og:site_name", "application-name", "publisher", "dc.publisher")
#: What may stand before a name.
ARTICLE = re.compile(r"\A(?:the|der|die|das|le|la|les|el|los|las|il|lo|o|os|a|de|het)\s+", re.IGNORECASE)
WORDS_BEHIND_NAME = 2  # at most, behind the site's name in a title: "Ledger News Online"
LETTERS_BEHIND_NAME = 4  # the same where words stand without spaces
LONGEST_KEY = 30  # letters and digits of a name that is looked for in links; longer ones that are titles are none
SHORTEST_BARE_NAME = 4  # letters and digits of a name without its article
SHORTEST_IN_HOST = 5  # letters of a name that is part of a host's label
SHORTEST_NAME = 2  # letters and digits of a name that such a link says
LONGEST_NAME = 60  # characters of a link that may say the site's name
MOST_HOME_LINKS = 10  # of a page that are asked for it
#: What a link to the front page says besides the site's name.
BESIDE_NAME = re.compile(
    r"\b(?:logo|home ?page|home|website|startseite|accueil|inicio|go to|back to|to the|zur|front page)\b", re.IGNORECASE
)
SHORTEST_HOST_LABEL = 4  # characters of a host's label that may be a name; shorter ones are "com", "co", "uk"


def publication_names(page: Page) -> set[str]:
    """What the publication calls itself in its metadata."""
    publisher = page.resolve(page.article_node.get("publisher"))
    names = {name_of(publisher[0] if isinstance(publisher, list) and publisher else publisher)}
    names |= {page.meta.get(name) for name in PUBLICATION_METAS}
    names |= {name_of(node) for node in page.json_ld if not types_of(node).isdisjoint(PUBLICATION_TYPES)}
    return {name for name in names if name}


def site_keys(page: Page) -> set[str]:
    """Keys (``text.words.key_of``) of what the site calls itself, and of the names that its address is made of."""
    host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    labels = (label for label in host.split(".") if len(label) >= SHORTEST_HOST_LABEL)
    return {key_of(name) for name in (*page.once(publication_names), host, *labels)} - {""}


class SiteNames:
    """Keys of all that may name a page's site in a title or a heading.

    These are those of ``site_keys``, with and without an article before a name, and what links to the front page are
    called, which is read when a text may be such a name.
    """

    def __init__(self, page: Page):
        self._page: Page = proxy(page)  # which keeps this: without a cycle it is freed at once
        self._known = page.once(site_keys) | _with_short_forms(page.once(publication_names))
        titles = (page.meta.get("og:title"), name_of(page.article_node.get("headline")))
        self._known -= {key for title in titles if title and len(key := key_of(title)) > LONGEST_KEY}
        host = (urlsplit(page.url).hostname or "").removeprefix("www.")
        self._known.add(key_of(f"www{host}"))
        self._labels = [key_of(label) for label in host.split(".")[:-1]]

    def __contains__(self, key: str) -> bool:
        return self.have_any((key,))

    def have_any(self, keys: Sequence[str]) -> bool:
        """Whether any of some keys is among them; links are looked at last."""
        if not self._known.isdisjoint(keys):
            return True
        return any(0 < len(key) <= LONGEST_KEY and key in self._linked for key in keys)

    @cached_property
    def _linked(self) -> set[str]:
        return _with_short_forms(_home_names(self._page))

    def in_host(self, key: str) -> bool:
        """Whether a key is a label of the host, or most of one: of "getmaro" for "Maro"."""
        return any(
            key == label or (len(key) >= SHORTEST_IN_HOST and key in label and 2 * len(key) >= len(label))
            for label in self._labels
        )


def names_site(piece: str, names: SiteNames, *, alone: bool = False) -> bool:
    """Whether a text is the site's name; unless ``alone``, or that with a word or two behind it: "Ledger News"."""
    if len(piece) > LONGEST_NAME:
        return False
    words = _without_article(piece).split()
    fewest = len(words) if alone else max(len(words) - WORDS_BEHIND_NAME, 1)
    keys = [key_of("".join(words[:number])) for number in range(fewest, len(words) + 1)]
    key = key_of(piece)
    keys.append(key)
    if not alone and unspaced(key):
        keys += [key[:-number] for number in range(1, LETTERS_BEHIND_NAME + 1)]
    return names.have_any(keys)


def _with_short_forms(names: Iterable[str]) -> set[str]:
    """Keys of what a site is called, with and without the article before it."""
    short = (_without_article(name.strip()) for name in names)
    return {key_of(name) for name in names} | {key for name in short if len(key := key_of(name)) >= SHORTEST_BARE_NAME}


def _without_article(name: str) -> str:
    article = ARTICLE.match(name)
    return name[article.end() :] if article else name


def _home_names(page: Page) -> set[str]:
    """What links to the front page, and pictures in them, are called."""
    parts = urlsplit(page.url)
    host = f"//{parts.netloc}"
    roots = {"/", host, f"{host}/"} | {f"{scheme}:{host}{path}" for scheme in ("http", "https") for path in ("", "/")}
    links = (a for a in page.tree.tagged("a") if a.get("href") in roots)
    said = {clean(text) for a in islice(links, MOST_HOME_LINKS) for text in _said_by(a)}
    names = {BESIDE_NAME.sub(" ", text).strip(" -–|,") for text in said if len(text) <= LONGEST_NAME}
    return {name for name in names if len(key_of(name)) >= SHORTEST_NAME}


def _said_by(link: Element) -> list[str]:
    pictures = [picture.get("alt") or "" for picture in link.iter("img")]
    return [link.get("title") or "", link.get("aria-label") or "", line_of(link, LONGEST_NAME), *pictures]
