"""The publisher's name, as it writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from newscrawl.extract.json_ld import types_of
from newscrawl.extract.page import Page
from newscrawl.extract.rules import name_of
from newscrawl.extract.site_names import ARTICLE, LONGEST_NAME, PUBLICATION_METAS, PUBLICATION_TYPES, SiteNames
from newscrawl.extract.value import Value
from newscrawl.publishers import Publisher
from newscrawl.text.words import key_of

#: An address in place of a name: "https://news.example", "news.example"; an account: "@maroledger".
_NO_NAME = re.compile(r"(?:https?:)?//\S*|(?:[\w-]+\.)+[a-z]{2,12}/?|@\S*", re.IGNORECASE)
FEWEST_INITIALS = 3  # that are a host by themselves
_AROUND = " |-–—·:"
#: Behind a company's name.
_FIRM = re.compile(r"[ ,](?:GmbH|AG|S\.? ?[AL]\.?|S\.?p\.?A\.?|Inc\.?|LLC|Ltd\.?|Corp\.?)\Z")
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
            return _sites(page, name) or Value(name, rule)
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
    for parting in _PARTING:
        _, parted, behind = page.title.rpartition(parting)
        if parted and (page.once(SiteNames).in_host(key_of(behind)) or _abbreviated(behind, page)):
            yield behind, "title"


def _sites(page: Page, name: str) -> Value[str | None] | None:
    """The site's name, where another is a part of it ("Ledger" of "Maro Ledger") or that of a company."""
    rule = PUBLICATION_METAS[0]
    site = page.meta.get(rule, "").strip(_AROUND)
    is_name = 0 < len(site) <= LONGEST_NAME and not _NO_NAME.fullmatch(site) and key_of(site) not in _PLACEHOLDERS
    if not is_name or key_of(site) == key_of(page.title) or key_of(site) == key_of(name):
        return None
    is_part = key_of(site).endswith(key_of(name)) or (name.islower() and key_of(name) in key_of(site))
    if _FIRM.search(name) or (is_part and not any(sign in site for sign in _PARTING)):
        return Value(site, f"meta:{rule}")
    return None


def _abbreviated(name: str, page: Page) -> bool:
    """Whether a label of the host begins with initials of a name: "nytimes" of "The New York Times"."""
    words = [key_of(word) for word in ARTICLE.sub("", name).split()]
    labels = {key_of(label) for label in (urlsplit(page.url).hostname or "").split(".")[:-1]}
    return len(words) > 1 and any(
        "".join(word[:1] for word in words[:number]) + "".join(words[number:]) in labels
        for number in range(1, len(words) + (len(words) >= FEWEST_INITIALS))
    )
