"""The byline: who wrote the story, and from where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from newscrawl.extract.css import Element
from newscrawl.extract.fields import is_own, key_of, site_keys
from newscrawl.extract.page import Page
from newscrawl.extract.rules import name_of
from newscrawl.extract.text import clean, is_hidden, spaced_text_of, text_of
from newscrawl.publishers import Publisher

#: ``meta`` elements that name authors, best first.
_META = (
    "author", "article:author", "og:article:author", "article:author_name", "parsely-author", "sailthru.author",
    "cxenseparse:author", "citation_author", "dc.creator", "dcterms.creator", "dc.contributor", "byl", "byline",
    "authors", "article.author", "article_author", "author_name", "rbauthors", "twitter:misc:written by",
)  # fmt: skip
#: Where pages show a byline, best first.
_SHOWN = (
    "[itemprop=author]",
    "a[rel~=author]",
    "[class*=byline]",
    "[class*=Byline]",
    "[class*=author]",
    "[class*=Author]",
)
_MOST_SHOWN = 30  # elements looked at; a list of authors is no byline
_LONGEST = 120  # characters of a byline

#: Words before a name; those that are a name's beginning elsewhere count in front of two words only.
_BEFORE = re.compile(
    r"^\W*(?:(?:written|edited|reported|story|text|words|posted|analysis|opinion|review|interview|report)?\s*by\b"
    r"|(?:ein(?:e)?\s+)?(?:kommentar|analyse|gastbeitrag|kolumne|bericht|interview|essay|rezension|glosse)\s+von\b"
    r"|(?:un\s+)?(?:articolo|texto|texte|propos recueillis|redactado)\s+(?:di|de|por|par)\b|a cura di\b"
    r"|(?:aut[eo]u?rs?|author|autora?|autorin|autoren|tekst|texto?|texte|von|par|por|reporter)\s*[:：])"
    r"\s*[:：]?\s*",
    re.IGNORECASE,
)
_BEFORE_NAME = re.compile(
    r"^(?:[Vv]on|VON|[Pp]ar|PAR|[Pp]or|POR|[Dd]oor|DOOR|[Dd]i|[Aa]v|[Aa]f|[Oo]d|[Pp]rzez)\s+(?=\S+\s+\S)"
)
_AFTER = re.compile(r"\s*\([^()]*\)$|\s*(?:기자|記者)$")
#: What parts names in one text: always, and where there is a whole name on both sides.
_PARTS = re.compile(r"\s*[,;|•·、，]\s*|\s+(?:and|AND|&|/|with)\s+")
_AND = re.compile(r"\s+(?:und|et|y|e|och|og|en|ve|i|oraz)\s+")
_NO_NAME = re.compile(r"https?:|www\.|\S@\S|^@|^admin$", re.IGNORECASE)
#: The date behind a name in a shown byline.
_DAY = re.compile(r"\s*\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b.*", re.IGNORECASE)
#: Particles of names, which are written small.
_SMALL = set(
    "a af al av aus bin da dal dalla das de degli dei del della den der des di do dos du e el en ibn la le los mc of"
    " och og 't ten ter und van vom von y zu zum zur".split()
)
_ROLE = re.compile(
    r"\b(?:editors?|reporters?|correspondents?|writers?|columnists?|producers?|contributors?|journalists?|analysts?|staff"
    r"|redakteur(?:in)?|korrespondent(?:in)?|reporter(?:in)?|autor(?:in)?|redacteur|journaliste|correspondante?|redattore"
    r"|giornalista|redactor(?:a)?|corresponsal|journalist(?:in)?|leitung|chef(?:redakteur)?|bureau|professor|director)\b",
    re.IGNORECASE,
)
_LINKS = re.compile(r"\b(?:twitter|facebook|instagram|linkedin|whatsapp|e-?mail|rss|follow|share)\b", re.IGNORECASE)


def byline(page: Page, publisher: Publisher) -> tuple[list[str], str | None]:
    """Authors, and the dateline's place.

    A publisher's rule counts first; then JSON-LD, then meta tags. Where these name nobody but the publication, the
    people that the page shows.
    """
    place = name_of(page.article_node.get("dateline")) or name_of(page.article_node.get("locationCreated"))
    rules = publisher.rules.get("byline", ())
    for element in page.tree.select_all(rules):
        if is_hidden(element):
            continue
        names, rest = _split_byline(element, page)
        if names:
            return names, rest or place
    structured = _structured(page)
    if rules:
        return structured, place
    own = site_keys(page)
    people = [name for name in structured if key_of(name) not in own]
    return people or list(_shown(page, own)) or structured, place


def _structured(page: Page) -> list[str]:
    """Authors that the page's metadata names."""
    for key in ("author", "creator"):
        if names := _people(_names(page, page.article_node.get(key))):
            return names
    for name in _META:
        if names := _people(page.metas.get(name, ())):
            return names
    for number in "12":  # the pairs that link previews show
        if _BEFORE.match(page.meta.get(f"twitter:label{number}", "")):
            return _people([page.meta.get(f"twitter:data{number}", "")])
    return []


def _names(page: Page, authors: Any) -> Iterator[str]:
    for node in authors if isinstance(authors, list) else [authors]:
        node = page.resolve(node)
        if isinstance(node, dict) and isinstance(node.get("name"), list):
            yield from (name for name in node["name"] if isinstance(name, str))
        elif name := name_of(node):
            yield name


def _people(texts: Iterable[str]) -> list[str]:
    """The names in some texts, each once, without what stands around them."""
    people: dict[str, str] = {}
    for text in texts:
        for name in _split(clean(text)):
            people.setdefault(name.casefold(), name)
    return list(people.values())


def _split(text: str) -> Iterator[str]:
    first = True
    for part in _PARTS.split(_BEFORE_NAME.sub("", _BEFORE.sub("", text))):
        pieces = _AND.split(part)
        for piece in pieces if all(" " in piece for piece in pieces) else [part]:
            name = _BEFORE_NAME.sub("", _BEFORE.sub("", piece)).strip(" ,;:|/–—-·•")
            name = _AFTER.sub("", name) or name
            if name and not _NO_NAME.search(name) and (first or not _is_role(name)):
                yield name
                first = False


def _is_role(text: str) -> bool:
    """Whether what follows a name tells what that person does."""
    words = text.split()
    return bool(_ROLE.search(text)) or (len(words) > 1 and any(w.islower() and w not in _SMALL for w in words))


def _shown(page: Page, own: set[str]) -> list[str]:
    """The people named by the first byline that the page shows."""
    for rule in _SHOWN:
        for element in page.tree.select(rule)[:_MOST_SHOWN]:
            inner = element.find(".//*[@itemprop='name']")
            text = spaced_text_of(element if inner is None else inner)
            if not text or len(text) > _LONGEST or not is_own(element):
                continue
            names = [name for name in _people([_DAY.sub("", text)]) if _is_name(name) and key_of(name) not in own]
            if names:
                return names
    return []


def _is_name(text: str) -> bool:
    """Whether a text looks like a person's name: two to five words, each with a capital unless a particle."""
    words = text.split()
    if not 2 <= len(words) <= 5 or not re.sub(r"[ .'’-]", "", text).isalpha():
        return False
    return (
        not _ROLE.search(text)
        and not _LINKS.search(text)
        and words[-1][0].isupper()
        and all(word[0].isupper() or word in _SMALL for word in words)
    )


def _split_byline(element: Element, page: Page) -> tuple[list[str], str | None]:
    links = [a for a in element.iter("a") if text_of(a)]
    # Leaves of the byline, in order: linked names, or spans of which the last is the place.
    leaves = leaves_of(element, "a", "span")
    if links:
        names = [text_of(a) for a in links]
        places = [text_of(e) for e in leaves if not any(e is a or a in e.iterancestors() for a in links)]
        whole = text_of(element)
        tail = clean(whole[whole.rfind(names[-1]) + len(names[-1]) :])
        place = places[-1] if places else tail
    else:
        texts = [text_of(e) for e in leaves]
        own = clean(element.text or "")
        if own and not re.fullmatch(r"(?:by|written by)\W*", own, re.IGNORECASE):
            texts.insert(0, own)
        names, place = (texts[:-1], texts[-1]) if len(texts) > 1 else (texts or [text_of(element)], "")
        if not place and names:
            known = [name for name in _structured(page) if names[0].startswith(name) and names[0] != name]
            if known:
                names, place = [known[0]], names[0][len(known[0]) :]
    place = place.strip(" ,|-–—•·")
    return _people(names), place or None


def leaves_of(element: Element, *tags: str) -> list[Element]:
    """The innermost elements of these tags that hold text, in order."""
    found = [e for e in element.iterdescendants(*tags) if text_of(e)]
    outer = {ancestor for e in found for ancestor in e.iterancestors(*tags)}
    return [e for e in found if e not in outer]
