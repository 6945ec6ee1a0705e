"""The tags that a page shows as links, in a box so called, behind a label, or by where the links lead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple
from weakref import proxy

from newscrawl.extract.css import Element, with_ends
from newscrawl.extract.elements import is_hidden, text_of
from newscrawl.extract.page import Page
from newscrawl.extract.story import story_elements
from newscrawl.extract.value import Value

#: Classes of what shows tags.
TAGS_CLASS = re.compile(r"tags\b|tags[-_]|tag-?list", re.IGNORECASE)
#: What stands before tags.
TAGS_LABELS = with_ends(
    "tag|tags|tagged|tagged as|tagged with|tagged in|tagged under|topic|topics|keyword|keywords|subject|"
    "subjects|article tags|article topics|story tags|story topics|post tags|related tags|related topics|"
    "topics in this story|topics in this article|tags in this story|filed under|filed in|explore topics|"
    "schlagwort|schlagworte|schlagwörter|stichwort|stichworte|stichwörter|thema|themen|"
    "themen des artikels|mots-clés|mots clés|mots clefs|étiquettes|thèmes|thématiques|sujets|sujets liés|"
    "sujets associés|thèmes associés|etiquetas|palabras clave|temas|temas relacionados|archivado en|"
    "palavras-chave|palavras chave|assuntos|tópicos|parole chiave|argomenti|etichette|temi|trefwoorden|"
    "onderwerp|onderwerpen|ämnen|ämnesord|taggar|nyckelord|emner|emneord|emneknagger|stikord|nøkkelord|"
    "aiheet|avainsanat|asiasanat|tagi|tematy|słowa kluczowe|témata|štítky|klíčová slova|kľúčové slová|"
    "címkék|témák|kulcsszavak|etichete|subiecte|cuvinte cheie|oznake|ključne riječi|teme|etiket|etiketler|"
    "konular|anahtar kelimeler|теги|тэги|метки|темы|ключевые слова|мітки|теми|ключові слова|тагове|ознаки|"
    "етикети|ключови думи|λέξεις κλειδιά|ετικέτες|θέματα|برچسب ها|برچسب‌ها|کلیدواژه ها|کلیدواژه‌ها|وسوم|"
    "الوسوم|كلمات مفتاحية|الكلمات المفتاحية|مواضيع|מילות מפתח|תגיות|נושאים|标签|標籤|关键词|關鍵字|关键字|"
    "話題|タグ|キーワード|関連タグ|関連キーワード|関連トピック|関連トピックス|関連ワード|トピック|"
    "トピックス|태그|키워드|관련 키워드|관련키워드|từ khóa|chủ đề|thẻ|tag terkait|topik|kata kunci|"
    "ป้ายกำกับ|แท็ก|टैग|विषय"
)
STORY_TAGS_CLASS = re.compile(
    r"(?:topics|topic-?list|keywords|keyword-?list|etiquetas|themen|schlagw\w{0,8})(?![a-z])", re.IGNORECASE
)
STORY_TAGS_RULES = ("[class*=opic]", "[class*=eyword]", "[class*=etiquetas]", "[class*=themen]", "[class*=schlagw]")
TAGS_RULES = ("[class*=tag]", "[class*=Tag]", "[class*=TAG]")  # where a class may be one of these
MOST_LABELS = 20  # of a page that are looked at
MOST_TOPICS_IN_BOX = 20  # that a page shows in one place; more are a menu
MOST_TOPICS_BEHIND_LABEL = 10  # the same, where only a label says what a place holds
FEWEST_TOPICS_IN_BOX = 2  # where nothing else says that a box holds tags: one link may be any
LONGEST_TOPIC = 60  # characters; longer links are headlines
MOST_WORDS = 6  # of a topic, where only its place tells that it is one; headlines have more
LONGEST_BESIDE_LINKS = 30  # characters beside the links in a box of tags: "Filed under:", separators
LINKED_SHARE = 0.7  # of a box's characters, at least, are links to topics; the rest is a label
BOX_DEPTH = 4  # elements between a link and the box of its list
#: The path of an address that leads to all stories on something.
TOPIC_PATH = re.compile(
    r"/(?:tags?|topics?|topico|themas?|themen|themes?|sujets?|temas?|temat|emner?|etiquetas?|keywords?|dossiers?|argomenti"
    r"|schlagworte?|stichwort|etiket|subjects?|amne|onderwerp(?:en)?)/[^/?#]+/?(?:[?#]|$)"
)
PARTS_OF_LISTS = frozenset("a li span b strong".split())  # of which each holds one link
FEWEST_CARDS = 2  # articles beside the story's, from which these are other stories'
#: What stands around the story or beside it; those of the second kind may be parts of the story's own element.
AROUND_STORY_TAGS = {"aside", "form"}
AROUND_OR_IN_STORY_TAGS = {"nav", "header", "footer"}
BESIDE_CLASS = re.compile(
    r"(?<![a-z])(?:sidebar|tag-?cloud|breadcrumbs?|site-?footer|related|recommend)", re.IGNORECASE
)
#: Links that lead to the list of all topics.
NO_TOPIC = re.compile(
    r"(?:all|more|show|see|view|alle|mehr|tou[st]|plus|todos|tutti|más|mais)(?: (?:all|more|weitere))?"
    r"(?: (?:topics|tags|themen|thèmes|temas|argomenti))?",
    re.IGNORECASE,
)


class _Tag(NamedTuple):
    """A link that may be a topic, its name, whether something says that it is a tag, and whether it is a section."""

    link: Element
    name: str
    is_said: bool
    is_section: bool


def shown_topics(page: Page) -> Value[list[str]]:
    """The tags in boxes that say that they hold some, else those of the last box with nothing but links to topics.

    Those that stand in the story's own element count before any others.
    """
    stories = set(story_elements(page))
    is_story = stories.__contains__
    tags = list(_tags(page, stories, is_story))
    own = [tag for tag in tags if page.tree.within(tag.link, is_story)]
    for some in (own, tags):
        if found := _said(some):
            return Value(found, "tags shown")
        if found := _last_box(some, page):
            return Value(found, "links to topics")
    return Value([])


def _said(tags: list[_Tag]) -> list[str]:
    """Those that something says are tags, less the sections among them."""
    said = [tag for tag in tags if tag.is_said]
    names = list(dict.fromkeys(tag.name for tag in said if not tag.is_section)) or [tag.name for tag in said]
    return names if len(names) <= MOST_TOPICS_IN_BOX else []


def _last_box(tags: list[_Tag], page: Page) -> list[str]:
    """Those of the last box that holds a few and little else."""
    is_list = page.tree.once(_is_list)
    boxes: dict[Element, list[str]] = {}
    for tag in tags:
        around = list(islice(tag.link.iterancestors(), BOX_DEPTH))
        boxes.setdefault(next((e for e in around if is_list(e)), around[0]), []).append(tag.name)
    return next((names for box, names in reversed(boxes.items()) if _is_box_of(box, names)), [])


def _tags(page: Page, stories: set[Element], is_story: Callable[[Element], bool]) -> Iterator[_Tag]:
    """Links that may be topics, less those around the story and in others."""
    boxes = _tag_boxes(page, is_story)
    holds_links = page.tree.once(_holds_links)
    in_story = (box for box in _labelled_boxes(page) if not stories or page.tree.within(box, is_story))
    labelled = {a for box in in_story for a in box.iter("a")}
    is_around = _asks_around(page, stories, is_story)
    for a in page.tree.tagged("a"):
        rel = words.lower().split() if (words := a.get("rel")) else ()
        near = islice(a.iterancestors(), BOX_DEPTH) if boxes else ()
        box = next((around for around in near if around in boxes), None)
        is_tag = "tag" in rel and "category" not in rel
        is_called = is_tag or a in labelled or (box is not None and holds_links(box))
        name = _name_of(a, is_called=is_called)
        if name and not NO_TOPIC.fullmatch(name) and not page.tree.within(a.getparent(), is_around):
            yield _Tag(a, name, is_called or box is not None or "tag" in rel, "category" in rel)


def _tag_boxes(page: Page, is_story: Callable[[Element], bool]) -> set[Element]:
    """The elements that say that they hold tags; in the story, other words say so, too."""
    boxes = {element for element in page.tree.matching(TAGS_RULES) if TAGS_CLASS.search(element.get("class"))}
    called = (e for e in page.tree.matching(STORY_TAGS_RULES) if STORY_TAGS_CLASS.search(e.get("class")))
    boxes.update(element for element in called if page.tree.within(element, is_story) and not is_story(element))
    return boxes.union(page.tree.select("[itemprop=keywords]"))


def _labelled_boxes(page: Page) -> Iterator[Element]:
    """The elements that hold a few links behind a label of tags, and nearly nothing else."""
    holds_links = page.tree.once(_holds_links)
    for label in page.tree.labelled(MOST_LABELS, TAGS_LABELS):
        around, behind = label.getparent(), label.getnext()
        boxes = [label, around, behind, None if around is None else around.getnext()]
        if behind is not None and behind.tag not in PARTS_OF_LISTS:
            boxes[1:3] = [behind, around]
        for box in boxes:
            if box is not None and 0 < _links_in(box) <= MOST_TOPICS_BEHIND_LABEL and holds_links(box):
                yield box
                break


def _links_in(box: Element) -> int:
    return sum(1 for _ in islice(box.iter("a"), MOST_TOPICS_IN_BOX + 1))


def _asks_around(page: Page, stories: set[Element], is_story: Callable[[Element], bool]) -> Callable[[Element], bool]:
    """Tells whether an element stands around the story, or is another story."""
    around_stories = {around for story in stories for around in story.iterancestors()} | page.tree.around("h1")
    others = set(page.tree.tagged("article")) - stories - around_stories
    has_cards = len(others) >= FEWEST_CARDS and any(story.tag == "article" for story in stories)
    here: Page = proxy(page)  # the page's tree keeps what asks below: without a cycle they are freed at once

    def is_around(element: Element) -> bool:
        if is_hidden(element) or element.tag in AROUND_STORY_TAGS:
            return True
        if element in stories or element in around_stories:
            return element.tag in AROUND_OR_IN_STORY_TAGS and not here.tree.within(element.getparent(), is_story)
        if element.tag in AROUND_OR_IN_STORY_TAGS and not here.tree.within(element, is_story):
            return True
        return (has_cards and element in others) or _is_beside(element)

    return is_around


def _is_beside(element: Element) -> bool:
    classes = element.get("class") or ""
    return BESIDE_CLASS.search(classes) is not None and not TAGS_CLASS.search(classes)


def _is_box_of(box: Element, names: list[str]) -> bool:
    """Whether an element holds a few of these links, and little else."""
    if not FEWEST_TOPICS_IN_BOX <= len(names) <= MOST_TOPICS_IN_BOX:
        return False
    return len("".join(names)) > LINKED_SHARE * len(text_of(box).replace(" ", ""))


def _is_list(box: Element) -> bool:
    return box.tag in ("ul", "ol") or len(box) > 1


def _holds_links(box: Element) -> bool:
    """Whether an element for tags holds a few links and nearly nothing else."""
    if _links_in(box) > MOST_TOPICS_IN_BOX:
        return False
    beside = len(text_of(box).replace(" ", "")) - sum(len(text_of(a).replace(" ", "")) for a in box.iter("a"))
    return beside <= LONGEST_BESIDE_LINKS


def _name_of(link: Element, *, is_called: bool) -> str:
    """What a link to a topic is called, or one that something says is a tag and leads to a page; ``""`` for another."""
    address = link.get("href") or "#"
    leads_to_topic = TOPIC_PATH.search(address.casefold()) is not None
    if not leads_to_topic and (not is_called or address.startswith(("#", "mailto:", "javascript:"))):
        return ""
    name = text_of(link).strip(" ,|#")
    return name if len(name) <= LONGEST_TOPIC and (leads_to_topic or len(name.split()) <= MOST_WORDS) else ""
