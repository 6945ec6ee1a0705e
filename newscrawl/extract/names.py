"""The names of the site that a page is of, which are no headline, author or topic."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import urlsplit

from newscrawl.extract.css import Element
from newscrawl.extract.elements import line_of
from newscrawl.extract.json_ld import types_of
from newscrawl.extract.page import Page
from newscrawl.extract.rules import name_of
from newscrawl.extract.titles import with_short_forms
from newscrawl.text.spaces import clean
from newscrawl.text.words import key_of

PUBLICATION_TYPES = {"WebSite", "NewsMediaOrganization", "Organization"}
PUBLICATION_METAS = ("og:site_name", "application-name", "publisher", "dc.publisher")
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
    names |= {name_of(node) for node in page.json_ld if PUBLICATION_TYPES & types_of(node)}
    return {name for name in names if name}


def site_keys(page: Page) -> set[str]:
    """Keys (``text.words.key_of``) of what the site calls itself, and of the names that its address is made of."""
    host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    labels = (label for label in host.split(".") if len(label) >= SHORTEST_HOST_LABEL)
    return {key_of(name) for name in (*publication_names(page), host, *labels)} - {""}


def all_site_keys(page: Page) -> set[str]:
    """Keys of all that may name the site in a title or a heading: of ``site_keys``, of links to its front page."""
    return site_keys(page) | with_short_forms((*publication_names(page), *_home_names(page)))


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
