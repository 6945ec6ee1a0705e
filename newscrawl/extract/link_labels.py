"""Labels of links to other stories ("Read also"), which go with their links: by their wording, or by what follows.

A label is a short line that is no sentence. Before links that are left out it is one in any language; a line of known
wording is one wherever it stands. :data:`WORDING` are words only, for those who add a language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice

from newscrawl.extract.blocks import BLOCK, Block
from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden, line_of
from newscrawl.text.sentences import ends_sentence
from newscrawl.text.spaces import clean
from newscrawl.text.words import in_small_letters

#: Characters of a label, and of one of known wording.
LONGEST_LABEL, LONGEST_KNOWN = 70, 45
#: Share of what follows a label that is link text; of a line that begins as a label, too.
FOLLOWED_BY_LINKS, LINKED_LINE = 0.5, 0.5
#: Bytes of a link that is the title of another story, and how many of these make a list of them.
TITLE, TITLES = 20, 2
#: How much is read of what follows a label: texts, and links.
MOST_TEXTS, MOST_LINKS = 300, 60
#: Elements without text that may stand between a label and its links, and boxes that only hold the label.
MOST_BETWEEN, MOST_AROUND = 4, 3

_MAY_BE_LABELS = frozenset("p div section header center dt".split())  # headings may name what the links are about
_NO_LISTS = frozenset("figure picture table blockquote pre".split())
_NOT_SEEN = frozenset("script style template noscript".split())

#: How links to other stories are introduced: a whole label, or the beginning of a line that ends with a link.
WORDING = (
    # English
    r"(?:you (?:may|might|can) also|also) (?:like|read|enjoy|be interested in|see|watch)(?: \w+)?|(?:read|see"
    r"|watch) also"
    r"|(?:recommended|suggested|related|trending|similar|other|more|further|top) (?:stories|articles?|news"
    r"|reads?|reading|posts?|headlines|coverage)"
    r"(?: for you| on this)?|recommended for you|more (?:on this(?: \w+)?|like this|to read)|don[’']t miss"
    r"|must[- ]reads?|in case you missed it"
    r"|(?:the )?most (?:read|popular|viewed)|editor[’']?s[’']? (?:picks?|choice)|what to read next|read (?:more"
    r"|next)(?: on this(?: \w+)?)?|from our partners"
    # German
    r"|(?:lesen|sehen|hören) sie (?:auch|hier mehr|dazu|mehr)(?: (?:auch|hier|mehr|dazu|zum thema))*|lies auch"
    r"|auch (?:interessant|lesenswert)"
    r"|(?:mehr|weitere\w*|alles|artikel|beiträge|berichte) (?:zum|zu diesem) thema|mehr (?:dazu|lesen)"
    r"|das könnte (?:sie|dich|euch) (?:auch )?interessieren"
    r"|(?:weitere|ähnliche|verwandte) (?:artikel|nachrichten|meldungen|beiträge)"
    r"|empfehlung(?:en)? der redaktion|meistgelesen\w*|passend dazu"
    # French
    r"|[àa] (?:lire|voir|écouter|découvrir) (?:aussi|également|ensuite)|(?:lire|voir) (?:aussi|également)"
    r"|lisez (?:aussi|également)"
    r"|(?:sur|dans) le même (?:sujet|thème)|articles? (?:liés?|similaires?|connexes?)|(?:cela|ceci|ça) (?:peut"
    r"|pourrait) (?:aussi )?vous intéresser"
    r"|vous (?:aimerez|aimeriez) aussi|les plus lus|lecture recommandée"
    # Spanish, Portuguese, Italian
    r"|(?:lea|lee|leer|vea|ve|mira|mire) también|(?:también )?(?:te|le) (?:puede|podría) (?:también )?interesar"
    r"|(?:noticias|artículos|notas) relacionad[ao]s|lo más leído|(?:leia|veja|ouça|assista) também|(?:leia"
    r"|veja) mais|(?:notícias|matérias|artigos) relacionad[ao]s"
    r"|você (?:também )?pode (?:gostar|se interessar)|mais lidas|(?:leggi|guarda|vedi|ascolta) anche"
    r"|(?:articoli|notizie|contenuti) correlati"
    r"|potrebbe(?:ro)? interessarti(?: anche)?|ti potrebbe interessare(?: anche)?|i più letti"
    # Dutch, Swedish, Norwegian, Danish, Finnish
    r"|lees (?:ook|meer|verder)|bekijk ook|gerelateerde? (?:artikelen|nieuws|berichten)|ook interessant|meest gelezen"
    r"|läs (?:också|även|mer)|se också|relaterade artiklar|mest läst|les (?:også|mer)|se også"
    r"|relaterte (?:saker|artikler)|mest lest|anbefalt for deg"
    r"|læs (?:også|mere)|relaterede (?:artikler|nyheder)|mest læste?|lue (?:myös|lisää)|katso myös"
    # Polish, Czech, Slovak, Hungarian, Romanian, Croatian and Serbian, Bulgarian, Greek, Turkish
    r"|(?:czytaj|zobacz|przeczytaj) (?:też|także|również|więcej)|polecamy również|powiązane (?:artykuły|tematy)"
    r"|najczęściej czytane"
    r"|(?:čtěte|přečtěte si) (?:také|též|i|více)|mohlo by vás zajímat|související články|(?:čítajte"
    r"|prečítajte si) (?:aj|tiež|viac)|súvisiace články"
    r"|(?:olvassa|olvasd) el (?:ezt )?is|kapcsolódó (?:cikkek|cikkeink)|ajánlott cikkek|citește (?:și|mai mult)"
    r"|citiți și|vezi și|articole (?:similare|recomandate)"
    r"|pročitajte (?:i|još|više)|pročitaj (?:i|još)|povezan[ei] (?:članci|vijesti|vesti)|vezane vijesti"
    r"|прочетете (?:още|също)|вижте (?:още|също)"
    r"|διαβάστε (?:επίσης|ακόμη|ακόμα|περισσότερα)|δείτε (?:επίσης|ακόμη)|σχετικά άρθρα|(?:ilgili|benzer"
    r"|önerilen) (?:haberler|haber|içerikler)|ilginizi çekebilir"
    # Russian, Ukrainian
    r"|(?:читайте|смотрите) (?:также|ещ[её]|по теме)|(?:материалы|новости|статьи) по теме|похожие (?:материалы"
    r"|новости|статьи)"
    r"|(?:читайте|дивіться) (?:також|ще)|(?:матеріали|новини|статті) (?:за темою|по темі)|схожі (?:матеріали|новини)"
    # Indonesian, Vietnamese
    r"|(?:baca|lihat|simak) (?:juga|selengkapnya|pula)|(?:berita|artikel) terkait|xem thêm|(?:tin"
    r"|bài) liên quan|đọc thêm"
    # Japanese, Korean, Chinese
    r"|関連(?:記事|ニュース|リンク|する記事)|[あ合]わせて読みたい|こちらも(?:おすすめ|読まれています)|おすすめ(?:の?記事)|人気記事"
    r"|관련 ?(?:기사|뉴스)|함께 (?:보면|읽으면) 좋은 (?:기사|글|뉴스)|추천 ?(?:기사|뉴스)|많이 본 ?(?:기사|뉴스)"
    r"|(?:相关|相關|延伸|推荐|推薦|更多)(?:阅读|閱讀|新闻|新聞|文章|报道|報導)|猜你喜欢|热门文章|熱門文章"
    # Hindi, Bengali, Arabic, Persian, Urdu, Hebrew, Thai
    r"|(?:यह|ये|इसे) भी (?:पढ़ें|पढ़ें|देखें)|संबंधित (?:खबरें|ख़बरें|लेख)|আরও (?:পড়ুন|পড়ুন)|আরো পড়ুন"
    r"|(?:اقرأ|إقرأ|اقرئي|شاهد|اقرأوا|طالع) (?:أيضا|أيضًا|أيضاً|ايضا|المزيد)|(?:مواضيع|أخبار|مقالات) (?:ذات صلة"
    r"|متعلقة)|بیشتر بخوانید|مطالب مرتبط|یہ بھی پڑھیں"
    r"|(?:קראו|קרא|ראו) (?:גם|עוד)|כתבות (?:נוספות|קשורות)|อ่านเพิ่มเติม|ข่าวที่เกี่ยวข้อง"
)


@cache  # compiled when first needed: that takes a while
def _known() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A line that is a label, and the beginning of one; in small letters, at a fifth of the time of any case."""
    return (
        re.compile(rf"\W*(?:{WORDING})\W*"),
        re.compile(rf"\W*(?:{WORDING})(?![^\W\d_])"),
    )


def is_label(text: str) -> bool:
    """Whether a whole line is worded as a label of links.

    >>> is_label("Mehr zum Thema"), is_label("Lire aussi :"), is_label("The lock is shut")
    (True, True, False)
    """
    return len(text) <= LONGEST_KNOWN and _known()[0].fullmatch(in_small_letters(text)) is not None


def is_labelled_link(block: Block) -> bool:
    """Whether a paragraph is a label of known wording and a link: "Read also The ferry that never came"."""
    if not block.linked or block.linked < LINKED_LINE * len(block.text):
        return False
    return _known()[1].match(in_small_letters(block.text[:LONGEST_LABEL])) is not None


def without_labels(story: Sequence[Block]) -> list[Block]:
    """A story's paragraphs less the labels of links: of known wording, or short and before links that are left out."""
    following = [*(block.text for block in story[1:]), ""]
    return [block for block, after in zip(story, following, strict=False) if not _is_link_label(block, after)]


def _is_link_label(block: Block, after: str) -> bool:
    if block.linked:
        return is_label(block.text) or is_labelled_link(block)
    return len(block.text) <= LONGEST_LABEL and (is_label(block.text) or _is_before_links(block, after))


def _is_before_links(block: Block, after: str) -> bool:
    """Whether a short line stands before links that are not the story's next paragraph, ``after``."""
    if block.element is None or block.tag not in _MAY_BE_LABELS or ends_sentence(block.text):
        return False
    behind = _behind(block)
    if behind is None or behind.tag in _NO_LISTS or next(behind.iter("a"), None) is None:
        return False
    said = _text(islice(behind.itertext(), MOST_TEXTS))
    links = _links_from(behind)
    if after and after in said:
        return False
    listed = sum(len(link) for link in links) >= FOLLOWED_BY_LINKS * len(said)
    return listed and sum(len(link.encode()) >= TITLE for link in links) >= TITLES


def _links_from(element: Element) -> list[str]:
    """The texts of the links in an element, or, where it has one, of that and of the next element's."""
    links = list(islice(element.iter("a"), MOST_LINKS))
    if len(links) == 1 and (following := _next_with_text(element)) is not None:
        links += islice(following.iter("a"), 1)
    return [_text(islice(link.itertext(), MOST_TEXTS)) for link in links]


def _text(texts: Iterable[str]) -> str:
    return clean(" ".join(texts))


def _behind(block: Block) -> Element | None:
    """The element that follows a line: in its own element, else behind that and the boxes that only hold it."""
    element = block.element
    if (inner := next((child for child in element if child.tag in BLOCK), None)) is not None:
        return inner
    for _ in range(MOST_AROUND):
        if (found := _next_with_text(element)) is not None:
            return found
        parent = element.getparent()
        if parent is None or line_of(parent, LONGEST_LABEL) != block.text:
            return None
        element = parent
    return None


def _next_with_text(element: Element) -> Element | None:
    """The next sibling with a text, where none stands between but in elements that show nothing."""
    for _ in range(MOST_BETWEEN):
        following = element.getnext()
        if following is None or (element.tail or "").strip():
            return None
        is_seen = isinstance(following.tag, str) and following.tag not in _NOT_SEEN and not is_hidden(following)
        if is_seen and any(text.strip() for text in islice(following.itertext(), MOST_TEXTS)):
            return following
        element = following
    return None
