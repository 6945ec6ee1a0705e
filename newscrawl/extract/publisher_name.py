"""The publisher's name, as it writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.extract.json_ld import types_of
from newscrawl.extract.page import Page
from newscrawl.extract.rules import name_of
from newscrawl.extract.site_names import LONGEST_NAME, PUBLICATION_METAS, PUBLICATION_TYPES, SiteNames
from newscrawl.extract.value import Value
from newscrawl.publishers import Publisher
from newscrawl.text.words import key_of

#: An address in place of a name: "https://news.example", "news.example"; an account: "@maroledger".
_NO_NAME = re.compile(r"(?:https?:)?//\S*|(?:[\w-]+\.)+[a-z]{2,12}/?|@\S*", re.IGNORECASE)
_AROUND = " |-–—·:"
#: What stands between a headline and the site's name in a title, the surest first.
_PARTING = (" | ", " – ", " — ", " - ", " · ", " : ")
#: What systems write where nobody has set a name.
_PLACEHOLDERS = frozenset(
    ("", "wordpress", "blogger", "mysite", "mywebsite", "website", "blog", "home", "homepage", "null", "undefined")
)


def publisher_name(page: Page, publisher: Publisher) -> Value[str | None]:
    """The ``title`` of the publisher's description, else the name in schema.org's ``publisher``, else the site's.

    An address counts only where there is nothing else.
    """
    if publisher.title:
        return Value(publisher.title, "the description's title")
    title = key_of(page.title)
    host = Value[str | None](None)
    for told, rule in _told(page):
        name = (told or "").strip(_AROUND)
        if len(name) > LONGEST_NAME or (key := key_of(name)) in _PLACEHOLDERS or key == title:
            continue
        if not _NO_NAME.fullmatch(name):
            return Value(name, rule)
        host = host if host.value or name.startswith(("@", "//", "http")) else Value(name, rule)
    return host


def _told(page: Page) -> Iterator[tuple[str | None, str]]:
    """The names that metadata have, and where, best first."""
    node = page.article_node.get("publisher")
    yield name_of(page.resolve(node[0] if isinstance(node, list) and node else node)), "json-ld:publisher"
    yield page.meta.get(PUBLICATION_METAS[0]), f"meta:{PUBLICATION_METAS[0]}"
    for kind in PUBLICATION_TYPES:
        for node in page.json_ld:
            if kind in types_of(node):
                yield name_of(node), f"json-ld:{kind}"
    yield name_of(page.microdata.get("publisher")), "microdata:publisher"
    for name in PUBLICATION_METAS[1:]:
        yield page.meta.get(name), f"meta:{name}"
    _, parted, behind = page.title.rpartition(next(filter(page.title.__contains__, _PARTING), "|"))
    if parted and page.once(SiteNames).in_host(key_of(behind)):
        yield behind, "title"
