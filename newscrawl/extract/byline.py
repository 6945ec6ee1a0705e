"""The byline: who wrote the story, and from where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice, takewhile
from typing import Any

from lxml import etree

from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden, line_of, text_of
from newscrawl.extract.fields import is_own, site_keys
from newscrawl.extract.page import Page
from newscrawl.extract.rules import name_of
from newscrawl.publishers import Publisher
from newscrawl.text.spaces import clean
from newscrawl.text.words import key_of

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
#: Classes that say less, whose text counts below the headline if it begins with "By".
_LABELLED = re.compile(r"submitted|meta|firma|autor|author|byline", re.IGNORECASE)
#: The path of an address that leads to all stories of someone.
_AUTHOR_PATH = re.compile(r"/(?:authors?|autor(?:es|en|in)?|auteurs?|autore|autori)/[^/?#]+/?(?:[?#]|$)", re.IGNORECASE)
_BELOW_HEADLINE = 600  # characters in which a byline follows the headline
_FOLLOWING = etree.XPath("following::*")
_COMMENTS = re.compile(r"(?:^|\s)comments?(?:$|\s|-list|-area|__)")
_MOST_SHOWN = 30  # elements looked at; a list of authors is no byline
_LONGEST = 120  # characters of a byline

# All these are for text on one line, in which spaces are single.
#: Words before a name; those that are a name's beginning elsewhere count in front of two words only.
_BEFORE = re.compile(
    r"^\W*(?:(?:submitted|written|edited|reported|story|text|words|posted|analysis|opinion|review|interview|report)?"
    r" ?by\b"
    r"|(?:ein(?:e)?\s+)?(?:kommentar|analyse|gastbeitrag|kolumne|bericht|interview|essay|rezension|glosse)\s+von\b"
    r"|(?:un\s+)?(?:articolo|texto|texte|propos recueillis|redactado)\s+(?:di|de|por|par)\b|a cura di\b"
    r"|(?:aut[eo]u?rs?|author|autora?|autorin|autoren|tekst|texto?|texte|von|par|por|reporter)\s*[:：])"
    r" ?[:：]? ?",
    re.IGNORECASE,
)
_BEFORE_NAME = re.compile(
    r"^(?:[Vv]on|VON|[Pp]ar|PAR|[Pp]or|POR|[Dd]oor|DOOR|[Dd]i|[Aa]v|[Aa]f|[Oo]d|[Pp]rzez)\s+(?=\S+\s+\S)"
)
_AFTER = re.compile(r" ?\([^()]*\)$| ?(?:기자|記者)$")
#: What parts names in one text: always, and where there is a whole name on both sides.
_PARTS = re.compile(r" ?[,;|•·、，] ?| (?:and|AND|&|/|with) ")
_AND = re.compile(r" (?:und|et|y|e|och|og|en|ve|i|oraz) ")
_NO_NAME = re.compile(r"https?:|www\.|\S@\S|^@|^admin$", re.IGNORECASE)
#: The date behind a name in a shown byline, and what else may be.
_DAY = re.compile(r" ?\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b.*", re.IGNORECASE)
_WHEN = re.compile(
    r" (?:(?:published|updated|posted)\b|(?-i:on|in) |\d"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b).*",
    re.IGNORECASE,
)
_UNNAMED = re.compile(
    r"(?:our|staff|special)(?: own| staff| special)? (?:correspondent|reporter|writer)s?", re.IGNORECASE
)
_AGENCY = (
    r"AP|(?:The )?Associated Press|Reuters|AFP|Agence France-Presse|dpa(?:/\w+)?|ANSA|EFE|Efe|Xinhua|TASS|PTI|ANI|IANS"
    r"|UPI|(?:The )?Canadian Press|Europa Press|Kyodo|Yonhap|AAP|SDA|ATS|Belga|ANP|NTB|PAP|Lusa|Bernama|Antara|Anadolu"
)
_IS_AGENCY = re.compile(rf"(?:{_AGENCY})", re.IGNORECASE)
#: A dateline as agencies write it: "TOLLAN (AP) — ", "NAIROBI, Sept 3 (Reuters) - ".
_DATELINE = re.compile(
    r"([A-ZÀ-ÖØ-Þ][^\W\d_.'’-]*[^\d()\[\]:;!?]{0,40}?)(?:,\s+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\.?\s+\w{3,10}\.?))?"
    rf"\s*\((?:{_AGENCY})\)\s*[-–—]"
)
_OPENING = 3  # paragraphs of which one may begin with it
_PARAGRAPH = 60  # characters of a paragraph, and not a label
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
    return people or _shown(page, own) or _below_headline(page, own) or structured, place or _dateline(page)


def _dateline(page: Page) -> str | None:
    """The place that the story's first paragraphs begin with."""
    texts = (text for p in page.tree.tagged("p") if len(text := text_of(p)) > _PARAGRAPH and is_own(p, page))
    match = next(filter(None, map(_DATELINE.match, islice(texts, _OPENING))), None)
    return _written(match[1]) if match else None


def _written(place: str) -> str:
    """A place without the capitals of a dateline: "Rio de Janeiro"."""
    words = [word.title() if word.isupper() and "." not in word[:-1] else word for word in place.split()]
    return " ".join(word.lower() if n and word.lower() in _SMALL else word for n, word in enumerate(words)).strip(" ,")


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
            text = line_of(element if inner is None else inner, _LONGEST)
            if not text or not _is_ours(element, page):
                continue
            if names := _names_in(element, text, own):
                return names
    return []


def _below_headline(page: Page, own: set[str]) -> list[str]:
    """The people named right below the headline: behind a label, or by links to their stories."""
    length = 0
    linked: list[str] = []
    headline = next(iter(page.tree.tagged("h1")), None)
    for element in () if headline is None else _following(headline):
        text = line_of(element, _LONGEST)
        if text and _is_ours(element, page):
            labelled = _BEFORE.match(text) or _BEFORE_NAME.match(text)
            if labelled and _LABELLED.search(element.get("class") or "") and (names := _names_in(element, text, own)):
                return names
            if element.tag == "a" and _AUTHOR_PATH.search(element.get("href") or ""):
                linked += [name for name in _names_in(element, text, own) if name not in linked]
        length += len(clean(element.text or ""))
        if length > _BELOW_HEADLINE:
            break
    return linked


def _following(headline: Element) -> list[Element]:
    found: Any = _FOLLOWING(headline)
    return list(found)


def _names_in(element: Element, text: str, own: set[str]) -> list[str]:
    """The people in a shown byline, else the agency or unnamed correspondent that it tells."""
    if names := _known(_DAY.sub("", text), own):
        return names
    # Piece by piece: what a text with all else in it says would be guessed.
    first, *others = [
        text for piece in element.itertext() if (text := clean(piece)) and not _BEFORE.fullmatch(text)
    ] or [""]
    beside = all(_ROLE.search(other) or _IS_AGENCY.fullmatch(other) or _WHEN.match(f" {other}") for other in others)
    return _known(_WHEN.sub("", first), own) if beside else []


def _known(text: str, own: set[str]) -> list[str]:
    found = [name for name in _people([text]) if key_of(name) not in own]
    people = [name for name in found if _is_name(name)]
    return people or [name for name in found if _IS_AGENCY.fullmatch(name) or _UNNAMED.fullmatch(name)]


def _is_ours(element: Element, page: Page) -> bool:
    """Whether a byline is this story's: ``is_own``, or in the header or footer of the story itself."""
    if page.tree.within(element.getparent(), _is_comment):
        return False
    edge = next(element.iterancestors("header", "footer"), None)
    if edge is None or is_own(element, page):
        return is_own(element, page)
    hidden = page.tree.once(is_hidden)
    inside = takewhile(lambda around: around is not edge, element.iterancestors())
    if is_hidden(element) or any(e.tag in ("a", "nav", "li", "aside") or hidden(e) for e in inside):
        return False
    headline = next(iter(page.tree.tagged("h1")), None)
    story = next((e for e in edge.iterancestors("article", "main")), None)
    if headline is None or story is None or not is_own(edge, page):
        return False
    if story in set(headline.iterancestors()):
        return True
    articles = page.tree.tagged("article")
    behind = page.tree.behind(headline, articles)
    return next(headline.iterancestors("article"), None) is None and story in articles[behind : behind + 1]


def _is_comment(element: Element) -> bool:
    return _COMMENTS.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None


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
        linked = set(links)
        places = [text_of(e) for e in leaves if e not in linked and linked.isdisjoint(e.iterancestors("a"))]
        # Backwards, because str.rfind takes the square of the time for some texts, where str.find does not.
        after = text_of(element)[::-1].find(names[-1][::-1])
        tail = clean(text_of(element)[-after:]) if after > 0 else ""
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
