"""The plain fields: each from the best rule that gives it. Headline, byline and topics have modules of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any
from urllib.parse import urljoin, urlsplit

from newscrawl.addresses.site import LONGEST_ADDRESS
from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden, line_of, text_of
from newscrawl.extract.json_ld import types_of
from newscrawl.extract.page import Page
from newscrawl.extract.rules import first_text, name_of, values
from newscrawl.publishers import Publisher
from newscrawl.text.spaces import clean
from newscrawl.text.words import key_of

# Rules for any page, after a publisher's own: JSON-LD, then meta tags, then semantic HTML.
_GENERIC: dict[str, tuple[str, ...]] = {
    "description": ("json-ld:description", "meta:og:description", "meta:twitter:description", "meta:description"),
    "image": ("json-ld:image", "meta:og:image", "meta:twitter:image"),
    "image_caption": ("json-ld:image.caption",),
    "section": ("json-ld:articleSection", "meta:article:section"),
    "language": ("html::attr(lang)", "json-ld:inLanguage", "meta:content-language", "meta:og:locale"),
}
#: Where pages show captions, best first.
_CAPTIONS = ("article figcaption", "main figcaption")
#: The end of a sentence or word, and the beginning of another right behind it.
_JOINT = re.compile(r"[.!?…:;)»”\"]\0+(?=[^\W_])|[^\W\d_A-Z]\0+(?=[A-ZÀ-ÖØ-Þ])")
_READING = re.compile(r"\b(\d{1,3})[ -]?min(?:ute)?s?\b[ -]*read", re.IGNORECASE)
_READ = re.compile(r"\bread\b", re.IGNORECASE)
_LONGEST = 200  # characters of a line that tells the time of reading
_TIME_LABEL = re.compile(r"read|lese|lect|lett|leit|lees|läs|læs|czyt|čten|okuma|чтени|читан", re.IGNORECASE)
_MINUTES = re.compile(r"(\d{1,3})\s*(?:min|мин|хв|dk|dakika|分|분)", re.IGNORECASE)
_DURATION = re.compile(r"PT(\d{1,3})M(?:\d+S)?")
_BCP47 = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_ELSEWHERE = {"a", "nav", "li", "aside", "footer"}
_WHOLE = re.compile(r"https?://[^/?#\\\s]", re.IGNORECASE)
#: What the first step of a breadcrumb is called.
_HOMES = {
    "home", "homepage", "home page", "front page", "startseite", "start", "accueil", "inicio", "portada", "início",
    "página inicial", "forside", "forsiden", "hjem", "hem", "etusivu", "strona główna", "domů", "kezdőlap", "ana sayfa",
    "anasayfa", "главная", "головна", "ホーム", "トップ", "首页", "首頁", "홈", "beranda", "trang chủ",
}  # fmt: skip
_PUBLICATIONS = {"WebSite", "NewsMediaOrganization", "Organization"}
_CARD = re.compile(r"(?:^|[\s_])card(?:list)?(?:$|\s|__)")


def _text(page: Page, publisher: Publisher, field: str) -> str | None:
    return first_text(page, (*publisher.rules.get(field, ()), *_GENERIC[field]))[0]


def publication_names(page: Page) -> set[str]:
    """What the publication calls itself in its metadata."""
    publisher = page.resolve(page.article_node.get("publisher"))
    names = {name_of(publisher[0] if isinstance(publisher, list) and publisher else publisher)}
    names |= {page.meta.get(name) for name in ("og:site_name", "application-name", "publisher", "dc.publisher")}
    names |= {name_of(node) for node in page.json_ld if _PUBLICATIONS & types_of(node)}
    return {name for name in names if name}


def site_keys(page: Page) -> set[str]:
    """Keys (see ``key_of``) of what the site calls itself, and of the names that its address is made of."""
    host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    labels = (label for label in host.split(".") if len(label) > 3)
    return {key_of(name) for name in (*publication_names(page), host, *labels)} - {""}


def description(page: Page, publisher: Publisher) -> str | None:
    return _text(page, publisher, "description")


def language(page: Page) -> str | None:
    """The page's language as a BCP 47 tag."""
    for value, _ in values(page, _GENERIC["language"]):
        tag = value.replace("_", "-") if isinstance(value, str) else ""
        if _BCP47.fullmatch(tag):
            primary, *rest = tag.split("-")
            return "-".join([primary.lower(), *(_subtag(part) for part in rest)])
    return None


def has_labels(page: Page, publisher: Publisher) -> bool:
    """Whether a publisher's labels ("Next Story") may stand on a page; without a publisher's own they are English."""
    return bool(publisher.hosts) or (language(page) or "en").startswith("en")


def _subtag(part: str) -> str:
    """A part of a language tag as BCP 47 advises to write it: regions upper-case, scripts with a capital."""
    return {2: part.upper(), 4: part.title()}.get(len(part), part)


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
            names = [name for item in items if (name := name_of(item.get("item")) or name_of(item))]
            if len(names) > 1 and _is_home(names[0], publisher):
                return names[1]
    return _text(page, publisher, "section")


def _is_home(name: str, publisher: Publisher) -> bool:
    return name.casefold() in _HOMES or name.casefold() == publisher.name.casefold()


def reading_minutes(page: Page, publisher: Publisher) -> int | None:
    """Minutes of reading, as the page says it."""
    rules = [rule for rule in publisher.rules.get("date", ()) if "::attr" not in rule]
    for element in chain(page.tree.select_all(rules), _reading(page, publisher)):
        if match := _READING.search(line_of(element, _LONGEST)):
            return int(match[1])
    return _told_minutes(page)


def _told_minutes(page: Page) -> int | None:
    """Minutes of reading in the metadata: a label of a link preview in any language, or an ISO 8601 duration."""
    for number in "12":
        label, text = page.meta.get(f"twitter:label{number}", ""), page.meta.get(f"twitter:data{number}", "")
        if _TIME_LABEL.search(label) and (match := _MINUTES.match(text)):
            return int(match[1])
    for value, _ in values(page, ("json-ld:timeRequired", "meta:twitter:misc:est. reading time")):
        if isinstance(value, str) and (match := _DURATION.fullmatch(value) or _MINUTES.match(value)):
            return int(match[1])
    return None


def _reading(page: Page, publisher: Publisher) -> Iterator[Element]:
    """Elements that say how long reading takes, wherever they are."""
    if has_labels(page, publisher):
        found = page.tree.saying(("read",), lambda text: len(text) <= _LONGEST and _READ.search(text) is not None)
        yield from (element for element in found if is_own(element, page))


def absolute(page: Page, address: Any) -> str | None:
    if isinstance(address, list):
        address = next(iter(address), None)
    if isinstance(address, dict):
        address = address.get("url") or address.get("contentUrl")
    if not isinstance(address, str) or not address.strip() or len(address) > LONGEST_ADDRESS:
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
            if value and (url := absolute(page, value)):
                return url
    found = (absolute(page, value) for value, _ in values(page, _GENERIC["image"]))
    return next(filter(None, found), None)


def image_caption(page: Page, publisher: Publisher) -> str | None:
    """The lead image's caption; what markup alone keeps apart in it, as the credit, with a space."""
    if caption := _text(page, publisher, "image_caption"):
        return caption
    captions = (e for css in _CAPTIONS for e in page.tree.select(css) if not is_hidden(e))
    return next(filter(None, map(_caption_of, captions)), None)


def _caption_of(element: Element) -> str:
    # Not at every boundary: markup within a word parts nothing. No page holds a NUL: the parser is given none.
    joined = "\0".join(element.itertext())
    return clean(_JOINT.sub(lambda joint: f"{joint[0]} ", joined).replace("\0", ""))


def is_premium(page: Page, publisher: Publisher) -> bool:
    """Whether only part of the story is free to read."""
    if _is_no(page.article_node.get("isAccessibleForFree")):
        return True
    rules = publisher.rules.get("premium", ())
    marks = page.tree.select_all(rules)
    if any("premium" in text_of(mark).casefold() and is_own(mark, page) for mark in marks):
        return True
    return not rules and _says_walled(page)


def _says_walled(page: Page) -> bool:
    """Whether metadata says that a part of the page is not free, or that the page is for subscribers.

    ``hasPart``: https://developers.google.com/search/docs/appearance/structured-data/paywalled-content; ``locked`` is
    Facebook's word for an article that needs a subscription (``metered`` ones do not, at first).
    """
    parts = page.article_node.get("hasPart")
    parts = parts if isinstance(parts, list) else [parts]
    if page.article_node.get("isAccessibleForFree") is None and any(
        isinstance(part, dict) and "WebPageElement" in types_of(part) and _is_no(part.get("isAccessibleForFree"))
        for part in parts
    ):
        return True
    return page.meta.get("article:content_tier") == "locked" or _is_no(page.meta.get("isaccessibleforfree"))


def _is_no(value: Any) -> bool:
    return value is False or (isinstance(value, str) and value.strip().lower().endswith("false"))


def is_live(page: Page, publisher: Publisher) -> bool:
    """Whether the page is a live blog."""
    if any("LiveBlogPosting" in types_of(node) for node in page.json_ld):
        return True
    return any(is_own(mark, page) for mark in page.tree.select_all(publisher.rules.get("live", ())))


def is_own(mark: Element, page: Page) -> bool:
    """Whether a label or date is about this page's story: seen, and not part of a link to another one."""
    if is_hidden(mark):
        return False
    if page.tree.within(mark.getparent(), _is_elsewhere):
        return False
    return all(header in page.tree.around("h1") for header in mark.iterancestors("header"))


def _is_elsewhere(element: Element) -> bool:
    classes = element.get("class")
    return element.tag in _ELSEWHERE or (classes is not None and _CARD.search(classes) is not None)
