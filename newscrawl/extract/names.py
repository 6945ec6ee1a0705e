"""The names of the site that a page is of, which are no headline, author or topic."""

from __future__ import annotations

from urllib.parse import urlsplit

from newscrawl.extract.json_ld import types_of
from newscrawl.extract.page import Page
from newscrawl.extract.rules import name_of
from newscrawl.text.words import key_of

PUBLICATION_TYPES = {"WebSite", "NewsMediaOrganization", "Organization"}
PUBLICATION_METAS = ("og:site_name", "application-name", "publisher", "dc.publisher")
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
