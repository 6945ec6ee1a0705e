"""The headline that readers see: which of a page's headings it is, and what of its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from newscrawl.bounded import Remembered
from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden, line_of
from newscrawl.extract.json_ld import bare_address
from newscrawl.extract.page import Page
from newscrawl.extract.site_names import SiteNames
from newscrawl.extract.titles import ELLIPSES, bare_heading, pieces_of, run_of, taken_off, told_elsewhere
from newscrawl.text.scripts import UNSPACED_LETTER, unspaced
from newscrawl.text.spaces import clean
from newscrawl.text.words import WORD, in_small_letters, key_of

TITLE = "title"  # the rule of what the page's ``title`` element says
LONGEST_HEADING = 400  # characters; longer text is no headline
MOST_HEADINGS = 200  # of a kind that are looked at
LONGEST_PIECE = 1000  # characters of one of its texts that are read
MOST_PIECES = 60  # texts of a heading that are read
FEW_HEADINGS = 3  # beyond which top headings are subheadings, too, and more must speak for one
#: Share of telling words that a headline in other words has in common with a title.
ENOUGH_IN_COMMON, MUCH_IN_COMMON = 0.2, 0.6
SHORTEST_TELLING = 4  # letters of a word that tells what a text is about
STEM = 5  # letters by which words are compared
FEWEST_WORDS = 3  # of a headline in other words; fewer are a section's
FEWEST_LETTERS = 6  # the same where words stand without spaces
SHORTEST_BEGINNING = 30  # letters and digits of a title that may have been cut short
#: Where headlines stand that are no ``h1``.
LOWER_TAGS = ("h2", "h3", "h4")
HEADLINE_RULES = ("[itemprop=headline]", ".entry-title", ".headline", ".article-title", ".post-title", ".story-title")

#: Text in these is not seen as part of a heading.
UNSEEN_TAGS = frozenset("script style template noscript svg title desc button iframe select".split())
UNSEEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sr-only|screen-?reader(?:-text)?|visually-?hidden|assistive-text)(?:$|[\s_-])"
)
#: What parts a heading's text wherever it stands, and what never does.
PARTING_TAGS = frozenset("br div p time small figure label section header li ul ol hr h1 h2 h3 h4 h5 h6".split())
WITHIN_WORD_TAGS = frozenset("b i em strong u mark font abbr q cite sub sup wbr s code bdi ins del a".split())
PART, SOFT_PART = "\n", "\0"  # marks between the texts of a heading
#: Names of parts of a heading that are no part of the headline.
BESIDE_CLASS = re.compile(
    r"(?<![a-z])(?:kicker|over-?line|eye-?brow|top-?line|pre-?title|rubric|roof-?line|sub-?(?:title|line|head(?:line|ing)?)"
    r"|dek|date|time|byline|author|posted|read(?:ing)?-?time|badge|label|flag|categor(?:y|ies)|permalink|anchor)(?![a-z])",
    re.IGNORECASE,
)
BESIDE_TAGS = frozenset({"small", "time"})
AT_ENDS = " -–—|:/·•"  # what parts a kicker from a headline
NO_SPACE_BEFORE, NO_SPACE_BEHIND = frozenset(",.;:!?)»”’…%]"), frozenset("(«„“‘[¿¡")

TELLING_CLASS = re.compile(
    r"(?:entry|article|post|story|news|content|blog)(?:page|detail|body)?[-_]{0,2}(?:title|headline|heading)"
    r"|(?<![a-z])headline|(?<![\w-])(?:title|hed)(?![\w-])",
    re.IGNORECASE,
)
OUTSIDE_TAGS = frozenset("nav aside footer dialog li menu".split())
OUTSIDE_ROLES = frozenset({"navigation", "dialog", "complementary", "contentinfo"})
OUTSIDE_CLASS = re.compile(
    r"(?<!\S)(?:\S*(?:breadcrumb|crumbs?(?![a-z])|navbar|site-?(?:title|name|logo|branding)|cookie-?(?:banner|consent)|newsletter-?(?:box|form|signup))\S*"
    r"|(?:\w+[-_])?(?:logo|modal|popup)|(?:logo|modal|popup|sidebar|related|comments?)(?:[-_]\S*)?|brand)(?!\S)"
)  # in small letters
PAGE_TAGS = frozenset("html body main article".split())  # their classes tell of the page or of the theme
#: What holds links to sections.
MENU_TAGS = frozenset("nav header footer menu".split())
MENU_CLASS = re.compile(r"(?<![a-z])(?:nav|menu|bread-?crumbs?|sections)(?![a-z])", re.IGNORECASE)
MOST_LINKS = 1000  # that are looked at for it
LONGEST_SECTION = 40  # characters of a section's name
LONGEST_CARD = 600  # characters of a link around a heading; what holds more was never closed
STREAMED = "S:"  # with which the id of a hidden element begins whose content a script puts in its place


class Heading(NamedTuple):
    """A heading that is the headline: its element, its text on one line, the rule that found it, and whether markup
    parts the text."""

    element: Element
    text: str
    rule: str
    parted: bool = False


@dataclass(frozen=True)
class Titles:
    """What a page's metadata has for its headline."""

    #: By rule: all of each title, and what it is less the site's name and what else is no headline; none is empty.
    written: Mapping[str, str]
    bare: Mapping[str, str]
    names: SiteNames
    #: Keys of what names the section.
    sections: set[str]

    @cached_property
    def texts(self) -> list[str]:
        return list(self.bare.values())

    @cached_property
    def labels(self) -> set[str]:
        """Keys of what was taken off the titles."""
        return set().union(*(taken_off(title, self.bare.get(rule, "")) for rule, title in self.written.items()))

    @cached_property
    def keys(self) -> set[str]:
        return {key_of(text) for text in self.texts} - {""}

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        """Keys of titles that may have been cut short."""
        keys = ((key_of(text), text.endswith(ELLIPSES)) for text in self.texts)
        return tuple(key for key, is_cut in keys if key and (is_cut or len(key) >= SHORTEST_BEGINNING))


class _Found:
    """A heading that may be the headline, and what is known of its text."""

    def __init__(self, element: Element, rule: str, names: SiteNames):
        self.element, self.rule, self._names = element, rule, names
        self._pieces = list(islice(_pieces(element), MOST_PIECES))
        text = _joined(text for text, _ in self._pieces)
        self.text = bare_heading(text, names) if len(text) <= LONGEST_HEADING else ""
        self.key = key_of(self.text)

    @property
    def parts(self) -> list[str]:
        """The texts that markup parts in it."""
        joined = "".join(text for text, _ in self._pieces).replace(SOFT_PART, PART)
        return [part for piece in joined.split(PART) if (part := clean(piece))]

    @property
    def core(self) -> str:
        """Its text without what its markup calls a kicker, a subtitle or a date. A kicker with a colon stays."""
        kept = [text for text, beside in self._pieces if not beside or text.rstrip().endswith(":")]
        core = bare_heading(_joined(kept).strip(AT_ENDS), self._names)
        return core if len(WORD.findall(core)) >= FEWEST_WORDS or len(core) >= len(self.text) / 2 else self.text

    def heading(self, text: str = "") -> Heading:
        return Heading(self.element, text or self.core, self.rule, len(self.element) > 0)


def shown_headline(page: Page, titles: Titles) -> Heading | None:
    """The heading that is the headline; ``None`` where metadata tells more of it than any heading does.

    What says the same as a title is the headline, with or without a kicker or a subtitle; top headings come first.
    Next is a top heading that says it in other words, as titles are often worded for search engines or social media.
    One that has nothing in common with any title is the last.
    """
    labels = (titles.sections | titles.labels) - titles.keys
    tops = [one for one in _in_place(page, "h1", titles) if one.key not in labels]
    if found := _saying_title(tops, titles):
        return found
    lower = _Lower(page, titles)
    if not tops and _is_said_elsewhere(page, titles):
        return None
    if (in_title := _piece_of_title(page, tops, titles)) and not lower.says_more_than(in_title):
        return in_title
    return (
        lower.saying_title
        or _in_other_words(page, tops, titles)
        or lower.piece_of_title
        or lower.in_other_words
        or _alone(page, tops, titles)
    )


def _is_said_elsewhere(page: Page, titles: Titles) -> bool:
    """Whether a top heading in a menu or beside the story says a title."""
    return any(_Found(top, "h1", titles.names).key in titles.keys for top in page.tree.tagged("h1")[:MOST_HEADINGS])


def _saying_title(found: Sequence[_Found], titles: Titles) -> Heading | None:
    """The first heading that says the same as a title, else the first that goes on where one was cut short, else the
    first that says one in some of its parts."""
    keys, beginnings = titles.keys, titles.beginnings
    for one in found:
        if one.key in keys:
            return one.heading(one.text)
    for one in found:
        if one.key.startswith(beginnings) and not told_elsewhere(one.text, titles.texts):
            return one.heading()
    for one in found:
        parts = one.parts
        start, end = run_of([key_of(part) for part in parts], keys)
        if end:
            return one.heading(" ".join(parts[start:end]).strip(AT_ENDS))
    return None


def _piece_of_title(page: Page, found: Iterable[_Found], titles: Titles) -> Heading | None:
    """The longest heading that is some pieces of a title, and not what names the site there."""
    likely = [one for one in found if any(_is_piece(page, one, title) for title in titles.texts)]
    best = max(likely, key=lambda one: len(one.key), default=None)
    return None if best is None else best.heading(best.text)


def _is_piece(page: Page, one: _Found, title: str) -> bool:
    if not (rest := told_elsewhere(title, (one.text,))):
        return False
    if len(title) < 2 * len(rest) or not (title.startswith(rest) or title.endswith(rest)):
        return True
    return title.startswith(rest) and (page.tree.within(one.element, _is_main) or not page.tree.tagged("article"))


def _in_other_words(page: Page, found: Sequence[_Found], titles: Titles) -> Heading | None:
    """The heading that has most words in common with a title, if those are enough."""
    many = len(found) > FEW_HEADINGS
    least = MUCH_IN_COMMON if many else ENOUGH_IN_COMMON
    labels = {key_of(piece) for title in titles.texts for piece in pieces_of(title)[1:]}
    found = [one for one in found if one.key not in labels]
    words = [*map(_telling, titles.texts), _telling(address := _last_step(page.url))]
    shared = [
        (max((_in_common(_telling(one.text), told, of_longer=many) for told in words), default=0.0), one)
        for one in found
    ]
    likely = [(share, one) for share, one in shared if share >= least and _is_worded(page, one, address, share)]
    return max(likely, key=lambda pair: pair[0])[1].heading() if likely else None


def _is_worded(page: Page, one: _Found, address: str = "", share: float = 0.0) -> bool:
    """Whether a heading has the words of a headline, and not just those of a section, or is what the address says."""
    if one.key == key_of(address):
        return True
    if len(one.text) <= LONGEST_SECTION:
        link = page.once(_in_menus).get(one.key)
        if link is not None and not _leads_here(page, link):
            return False
    letters = unspaced(one.text)
    if letters >= FEWEST_LETTERS or len(WORD.findall(one.text)) >= FEWEST_WORDS:
        return True
    return share >= MUCH_IN_COMMON and _is_telling(one)


def _alone(page: Page, tops: list[_Found], titles: Titles) -> Heading | None:
    """The top heading that no title speaks for, where there is no title, or its markup says that it is the headline."""
    if not titles.texts:
        return tops[0].heading() if tops else None
    told = [one for one in tops if _is_telling(one) and _is_worded(page, one)]
    if not told and titles.bare.keys() == {TITLE} and max(map(len, map(WORD.findall, titles.texts))) < FEWEST_WORDS:
        told = tops
    return told[0].heading() if told else None


class _Lower:
    """Headings of lower rank, and elements whose markup says that they hold the headline; found when asked for."""

    def __init__(self, page: Page, titles: Titles):
        self._page, self._titles = page, titles

    @cached_property
    def _found(self) -> list[_Found]:
        seen: set[Element] = set()
        found = []
        for rule in (*HEADLINE_RULES, *LOWER_TAGS):
            for one in _in_place(self._page, rule, self._titles):
                if one.element not in seen and one.element.tag != "h1":
                    seen.add(one.element)
                    found.append(one)
        return found

    @cached_property
    def saying_title(self) -> Heading | None:
        return _saying_title(self._found, self._titles)

    @cached_property
    def piece_of_title(self) -> Heading | None:
        return _piece_of_title(self._page, self._found, self._titles)

    def says_more_than(self, heading: Heading) -> bool:
        """Whether one of them says more of a title."""
        said = self.saying_title or self.piece_of_title
        return said is not None and len(said.text) > len(heading.text)

    @cached_property
    def in_other_words(self) -> Heading | None:
        telling = [one for one in self._found if one.rule in HEADLINE_RULES or _is_telling(one)]
        return _in_other_words(self._page, telling[:FEW_HEADINGS], self._titles)


def _in_place(page: Page, rule: str, titles: Titles) -> list[_Found]:
    """What a selector finds that is seen, stands in the page's main part and does not name the site."""
    elements = (e for e in page.tree.select(rule)[:MOST_HEADINGS] if _is_in_place(page, e))
    return [one for one in (_Found(element, rule, titles.names) for element in elements) if one.key]


def _is_in_place(page: Page, element: Element) -> bool:
    if is_hidden(element) or page.tree.within(element, _is_outside):
        return False
    around = next(element.iterancestors("a"), None)
    if around is not None:
        return _leads_here(page, around) or not line_of(around, LONGEST_CARD)
    within = next(element.iterdescendants("a"), None)
    if within is None or key_of(line_of(within, LONGEST_HEADING)) != key_of(line_of(element, LONGEST_HEADING)):
        return True
    return _leads_here(page, within)


def _leads_here(page: Page, link: Element) -> bool:
    """Whether the link that a heading is, or stands in, leads to no other page."""
    href = link.get("href") or ""
    url = page.absolute(href)
    if not href or href.startswith("#") or url is None:
        return True
    return bare_address(url) in page.once(_own_addresses)


def _own_addresses(page: Page) -> set[str]:
    return {bare_address(address) for address in (page.url, *filter(None, map(page.absolute, page.canonical)))}


def _in_menus(page: Page) -> dict[str, Element]:
    """Links in menus, by the key of what they are called."""
    links = (a for a in islice(page.tree.tagged("a"), MOST_LINKS) if page.tree.within(a, _is_menu))
    return {key_of(line_of(link, LONGEST_SECTION)): link for link in links}


def _is_menu(element: Element) -> bool:
    classes = element.get("class")
    return element.tag in MENU_TAGS or (classes is not None and MENU_CLASS.search(classes) is not None)


def _is_outside(element: Element) -> bool:
    """Whether what stands in an element is not the page's main part."""
    if element.tag in OUTSIDE_TAGS or element.get("role") in OUTSIDE_ROLES:
        return True
    if is_hidden(element) and not (element.get("id") or "").startswith(STREAMED):
        return True
    if element.tag in PAGE_TAGS:
        return False
    return any(_outside_classes[value] for name in ("class", "id") if (value := element.get(name)))


_outside_classes: Remembered[str, bool] = Remembered(
    lambda classes: OUTSIDE_CLASS.search(in_small_letters(classes)) is not None
)


def _is_main(element: Element) -> bool:
    return element.tag in ("article", "main")


def _is_telling(one: _Found) -> bool:
    """Whether the markup of a heading says that it is the headline."""
    return any(TELLING_CLASS.search(value) for name in ("class", "itemprop", "id") if (value := one.element.get(name)))


def _pieces(element: Element, *, beside: bool = False) -> Iterator[tuple[str, bool]]:
    """The texts of a heading, marks between them, and of each whether it stands in what is no part of the headline."""
    if element.text:
        yield element.text[:LONGEST_PIECE], beside
    for child in element.iterchildren("*"):
        if _is_seen(child):
            mark = PART if child.tag in PARTING_TAGS else "" if child.tag in WITHIN_WORD_TAGS else SOFT_PART
            yield mark, False
            yield from _pieces(child, beside=beside or _is_beside(child))
            yield mark, False
        if child.tail:
            yield child.tail[:LONGEST_PIECE], beside


def _is_seen(element: Element) -> bool:
    return not (element.tag in UNSEEN_TAGS or is_hidden(element) or UNSEEN_CLASS.search(element.get("class") or ""))


def _is_beside(element: Element) -> bool:
    return element.tag in BESIDE_TAGS or BESIDE_CLASS.search(element.get("class") or "") is not None


def _joined(texts: Iterable[str]) -> str:
    """Texts on one line, with a space where markup parts them, but not before a comma."""
    line: list[str] = []
    parted = False
    for text in filter(None, texts):
        if text in (PART, SOFT_PART):
            parted = bool(line)
            continue
        if parted and text[0] not in NO_SPACE_BEFORE and line[-1][-1] not in NO_SPACE_BEHIND:
            line.append(" ")
        parted = False
        line.append(text)
    return clean("".join(line)).rstrip("¶ ")


def _telling(text: str) -> set[str]:
    """The beginnings of a text's longer words; pairs of letters in scripts without spaces."""
    long = (word for word in WORD.findall(text) if len(word) >= SHORTEST_TELLING and not word.isdigit())
    words = {word.casefold()[:STEM] for word in long}
    if not unspaced(text):
        return words
    letters = [letter if UNSPACED_LETTER.match(letter) else " " for letter in text]
    pairs = {a + b for a, b in pairwise(letters)}
    return {word for word in words if not unspaced(word)} | {pair for pair in pairs if " " not in pair}


def _in_common(words: set[str], others: set[str], *, of_longer: bool = False) -> float:
    """The share of the words of the shorter of two texts, or of the longer, that both have."""
    size = (max if of_longer else min)(len(words), len(others))
    return len(words & others) / size if size else 0.0


def _last_step(url: str) -> str:
    """The words of an address's last step."""
    steps = [step for step in urlsplit(url).path.split("/") if step]
    return re.sub(r"[-_.+]", " ", unquote(steps[-1][:LONGEST_PIECE])) if steps else ""
