"""Every field but the body and the dates: each from the best rule that gives it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Any
from urllib.parse import urljoin, urlsplit

from newscrawl.extract.css import Element, split_rule
from newscrawl.extract.page import Page, types_of
from newscrawl.extract.text import clean, clean_markup, is_hidden, spaced_text_of, text_of
from newscrawl.publishers import Publisher
from newscrawl.publishers.addresses import Site

# Rules for any page, after a publisher's own: JSON-LD, then meta tags, then semantic HTML.
_GENERIC: dict[str, tuple[str, ...]] = {
    "headline": ("json-ld:headline", "meta:og:title", "meta:twitter:title", "h1", "title"),
    "description": ("json-ld:description", "meta:og:description", "meta:twitter:description", "meta:description"),
    "image": ("json-ld:image", "meta:og:image", "meta:twitter:image"),
    "image_caption": ("json-ld:image.caption", "article figcaption", "main figcaption"),
    "topics": ("json-ld:keywords", "meta:news_keywords", "meta:keywords"),
    "section": ("json-ld:articleSection", "meta:article:section"),
    "language": ("html::attr(lang)", "json-ld:inLanguage", "meta:content-language", "meta:og:locale"),
}
_READING = re.compile(r"\b(\d{1,3})[ -]?min(?:ute)?s?\b[ -]*read", re.IGNORECASE)
_BCP47 = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_ELSEWHERE = {"a", "nav", "li", "aside", "footer"}
_WHOLE = re.compile(r"https?://[^/?#\\\s]", re.IGNORECASE)
_CARD = re.compile(r"(?:^|[\s_])card(?:list)?(?:$|\s|__)")


def values(page: Page, rules: Iterable[str]) -> Iterator[tuple[Any, str]]:
    """What each rule finds on a page, with the rule: text, or for ``json-ld:`` any JSON value."""
    for rule in rules:
        kind, _, name = rule.partition(":")
        if kind == "json-ld":
            value: Any = page.article_node
            for key in name.split("."):
                value = value[0] if isinstance(value, list) and value else value
                value = value.get(key) if isinstance(value, dict) else None
            if value:
                yield value, rule
        elif kind == "meta":
            if value := page.meta.get(name):
                yield value, rule
        else:
            css, attribute = split_rule(rule)
            for element in page.tree.select(css):
                if is_hidden(element):
                    continue
                text = clean(element.get(attribute) or "") if attribute else text_of(element)
                if text:
                    yield text, rule


def first_text(page: Page, publisher: Publisher, field: str) -> tuple[str | None, str | None]:
    """The first text that a field's rules give, and the rule."""
    for value, rule in values(page, (*publisher.rules.get(field, ()), *_GENERIC.get(field, ()))):
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, str) and (text := clean_markup(value)):
            return text, rule
    return None, None


def headline(page: Page, publisher: Publisher) -> tuple[str, str | None]:
    """The headline without the name of the site, and the rule that gave it."""
    text, rule = first_text(page, publisher, "headline")
    if text and rule and rule.startswith(("meta:", "title")):
        node = page.article_node.get("publisher")
        names = {page.meta.get("og:site_name"), node.get("name") if isinstance(node, dict) else None}
        for name in filter(None, names):
            text = re.sub(rf"\s+[|–—-]\s+{re.escape(str(name))}(?:\s.*)?$", "", text)
    return text or "", rule


def description(page: Page, publisher: Publisher) -> str | None:
    return first_text(page, publisher, "description")[0]


def language(page: Page) -> str | None:
    """The page's language as a BCP 47 tag."""
    for value, _ in values(page, _GENERIC["language"]):
        tag = value.replace("_", "-") if isinstance(value, str) else ""
        if _BCP47.fullmatch(tag):
            primary, *rest = tag.split("-")
            return "-".join([primary.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])
    return None


def section(page: Page, publisher: Publisher) -> str | None:
    """The breadcrumb's last step before the article itself."""
    for element in page.tree.select_all(publisher.rules.get("breadcrumb", ())):
        steps = [clean(step) for step in re.split(r"[/›»>]", text_of(element))]
        links = [text for a in element.iter("a") if (text := text_of(a))]
        steps = links if len(links) > 1 else [step for step in steps if step]
        if len(steps) > 1 and steps[0].casefold() == "home":
            return steps[1]
    for node in page.json_ld:
        if "BreadcrumbList" in types_of(node) and isinstance(node.get("itemListElement"), list):
            items = [item for item in node["itemListElement"] if isinstance(item, dict)]
            names = [name for item in items if (name := _name(item.get("item")) or _name(item))]
            if len(names) > 1 and names[0].casefold() in {"home", publisher.name.casefold()}:
                return names[1]
    return first_text(page, publisher, "section")[0]


def _name(node: Any) -> str | None:
    name = node.get("name") if isinstance(node, dict) else node
    if isinstance(name, list):
        name = next(iter(name), None)
    return clean_markup(name) or None if isinstance(name, str) else None


def byline(page: Page, publisher: Publisher) -> tuple[list[str], str | None]:
    """Authors, and the dateline's place."""
    structured = _structured_authors(page)
    place = _name(page.article_node.get("dateline")) or _name(page.article_node.get("locationCreated"))
    for element in page.tree.select_all(publisher.rules.get("byline", ())):
        if is_hidden(element):
            continue
        names, rest = _split_byline(element, structured)
        if names:
            return names, rest or place
    return structured, place


def _split_byline(element: Element, structured: list[str]) -> tuple[list[str], str | None]:
    links = [a for a in element.iter("a") if text_of(a)]
    # Leaves of the byline, in order: linked names, or spans of which the last is the place.
    leaves = _leaves(element, "a", "span")
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
            known = [name for name in structured if names[0].startswith(name) and names[0] != name]
            if known:
                names, place = [known[0]], names[0][len(known[0]) :]
    place = place.strip(" ,|-–—•·")
    return _people(names), place or None


def _leaves(element: Element, *tags: str) -> list[Element]:
    """The innermost elements of these tags that hold text, in order."""
    found = [e for e in element.iterdescendants(*tags) if text_of(e)]
    outer = {ancestor for e in found for ancestor in e.iterancestors(*tags)}
    return [e for e in found if e not in outer]


def _people(names: Iterable[str]) -> list[str]:
    people = []
    for name in names:
        name = re.sub(r"^(?:written |edited |reported )?by\b[\s:]*", "", name, flags=re.IGNORECASE)
        people += [clean(part).strip(" ,;|") for part in re.split(r"\s*[,;|]\s*|\s+and\s+", name)]
    return list(dict.fromkeys(person for person in people if person))


def _structured_authors(page: Page) -> list[str]:
    authors = page.article_node.get("author")
    nodes = authors if isinstance(authors, list) else [authors]
    names = [name for node in nodes if (name := _name(node)) and not name.startswith(("http:", "https:"))]
    if not names and (author := page.meta.get("author") or page.meta.get("article:author")):
        names = [] if author.startswith("http") else [author]
    return _people(names)


def reading_minutes(page: Page, publisher: Publisher) -> int | None:
    """Minutes of reading, as the page says it."""
    rules = [rule for rule in publisher.rules.get("date", ()) if "::attr" not in rule]
    for element in chain(page.tree.select_all(rules), filter(is_own, _reading(page))):
        text = spaced_text_of(element)
        if len(text) <= 200 and (match := _READING.search(text)):
            return int(match[1])
    return None


def _reading(page: Page) -> Iterator[Element]:
    """Elements that say how long reading takes, wherever they are."""
    yield from page.tree.saying(("read",))


def _absolute(page: Page, address: Any) -> str | None:
    if isinstance(address, list):
        address = next(iter(address), None)
    if isinstance(address, dict):
        address = address.get("url") or address.get("contentUrl")
    if not isinstance(address, str) or not address.strip():
        return None
    try:
        url = clean(address)
        if not _WHOLE.match(url):
            url = urljoin(page.base, url)
        return url if urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname else None
    except ValueError:
        return None


def image(page: Page, publisher: Publisher) -> str | None:
    """Address of the lead image, absolute."""
    for element in page.tree.select_all(publisher.rules.get("image", ())):
        for attribute in ("src", "data-src", "data-original", "srcset", "data-srcset"):
            value = element.get(attribute) or ""
            if "srcset" in attribute:
                value = value.split(",")[0].strip().split(" ")[0]
            if value and (url := _absolute(page, value)):
                return url
    found = (_absolute(page, value) for value, _ in values(page, _GENERIC["image"]))
    return next(filter(None, found), None)


def image_caption(page: Page, publisher: Publisher) -> str | None:
    return first_text(page, publisher, "image_caption")[0]


def topics(page: Page, publisher: Publisher) -> list[str]:
    """What the page files the story under."""
    for element in page.tree.select_all(publisher.rules.get("topics", ())):
        names = [text_of(e).strip(" ,|") for e in _leaves(element, "a", "span", "li")]
        names = [name for name in names if name and not re.fullmatch(r"topics?\s*:?", name, re.IGNORECASE)]
        if names:
            return list(dict.fromkeys(names))
    for value, _ in values(page, _GENERIC["topics"]):
        names = [_name(v) or "" for v in value] if isinstance(value, list) else str(value).split(",")
        names = [clean_markup(name) for name in names]
        if any(names):
            return list(dict.fromkeys(filter(None, names)))
    return []


def is_premium(page: Page, publisher: Publisher) -> bool:
    """Whether only part of the story is free to read."""
    free = page.article_node.get("isAccessibleForFree")
    if free is False or (isinstance(free, str) and free.strip().lower().endswith("false")):
        return True
    marks = page.tree.select_all(publisher.rules.get("premium", ()))
    return any("premium" in text_of(mark).casefold() and is_own(mark) for mark in marks)


def is_live(page: Page, publisher: Publisher) -> bool:
    """Whether the page is a live blog."""
    if any("LiveBlogPosting" in types_of(node) for node in page.json_ld):
        return True
    return any(is_own(mark) for mark in page.tree.select_all(publisher.rules.get("live", ())))


def is_own(mark: Element) -> bool:
    """Whether a label or date is about this page's story: seen, and not part of a link to another one."""
    if is_hidden(mark):
        return False
    for around in mark.iterancestors():
        if around.tag in _ELSEWHERE or _is_card(around.get("class")):
            return False
        if around.tag == "header" and around.find(".//h1") is None:
            return False
    return True


@lru_cache(10_000)
def _is_card(classes: str | None) -> bool:
    return classes is not None and _CARD.search(classes) is not None


def canonical_url(page: Page, site: Site) -> str:
    """The article's one address: its canonical link if that leads to the same kind of page."""
    own = site.url(page.url) or page.url
    links = [
        e.get("href") or "" for e in page.tree.tagged("link") if "canonical" in (e.get("rel") or "").lower().split()
    ]
    for link in [*links, page.meta.get("og:url", "")]:
        url = site.url(link, page.base) if link.strip() else None
        if url is None:
            continue
        if site.article_id(own) is None:
            # No address form to go by: believe it unless it names the front page.
            return url if urlsplit(url).path.strip("/") else own
        if site.article_id(url) == site.article_id(own):
            return url
    return own


def next_url(page: Page, site: Site) -> str | None:
    """Where the "Next Story" link leads."""
    label = site.publisher.next_label
    for a in _links_saying(page, label):
        texts = (text_of(a), clean(a.get("title") or a.get("aria-label") or ""))
        if any(_is_label(text, label) for text in texts):
            return _address(page, site, a.get("href"))
    for heading in _labelled(page, site.publisher.next_label):
        # The words stand beside the link, not in it.
        for a in [*(e for e in heading.iterancestors("a")), *heading.xpath("(following::a[@href])[position() <= 2]")]:
            url = _address(page, site, a.get("href") or "")
            if url and site.is_article(url):
                return url
    return None


def _links_saying(page: Page, label: str) -> Iterator[Element]:
    """Links that may be called so: by their text, or by their title."""
    for element, _ in _saying(page, label):
        a = element if element.tag == "a" else next(element.iterancestors("a"), None)
        if a is not None and a.get("href"):
            yield a
    yield from page.tree.select_all(("a[title]", "a[aria-label]"))


def more_links(page: Page, site: Site, own: str) -> list[str]:
    """The articles under "More From This Section", in their order, less the page's ``own`` key."""
    for heading in _labelled(page, site.publisher.more_label):
        box, found = heading, list[str]()
        for _ in range(4):
            links = [
                a.get("href")
                for a in box.iter("a")
                if a.get("href") and not _is_label(text_of(a), site.publisher.next_label)
            ]
            links += (
                [] if found else [a for sibling in box.itersiblings() for a in _list_hrefs(sibling, site.publisher)]
            )
            urls = [_address(page, site, link) for link in links]
            found = list(dict.fromkeys(url for url in urls if url and site.is_article(url) and site.key(url) != own))
            if found or (box := box.getparent()) is None:
                break
        if found:
            return found
    return []


def _list_hrefs(sibling: Element, publisher: Publisher) -> list[str]:
    return [
        a.get("href") for a in sibling.iter("a") if a.get("href") and not _is_label(text_of(a), publisher.next_label)
    ]


def _is_label(text: str, label: str) -> bool:
    return _bare(text) == label.casefold()


def _bare(text: str) -> str:
    """A label's words, without colons and arrows, for comparing."""
    return clean(text).strip(" :→»›>").casefold()


def _labelled(page: Page, label: str) -> Iterator[Element]:
    """The innermost elements whose whole text is a label."""
    for element, text in _saying(page, label):
        if label.casefold().startswith(_bare(text)) and _is_label(text_of(element), label):
            yield element


def _saying(page: Page, label: str) -> Iterator[tuple[Element, str]]:
    """Elements with a text of their own that says a label, then those that say at least its first word."""
    yield from page.tree.sayings((label,))
    yield from page.tree.sayings(label.split()[:1])


def _address(page: Page, site: Site, link: str) -> str | None:
    return site.url(link, page.base) or _absolute(page, link)
