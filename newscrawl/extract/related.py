"""The stories that a page offers beside its own, in boxes with a label such as "More on this story", on any site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from weakref import proxy

from newscrawl.extract.css import Element, with_ends
from newscrawl.extract.elements import line_of
from newscrawl.extract.page import Page
from newscrawl.extract.story import story_elements

#: What stands over links to stories on the same matter, in lower case.
RELATED_LABELS = with_ends(
    "related|related stories|related articles|related article|related story|related news|related content|"
    "related posts|related coverage|related reading|related links|related items|more on this story|"
    "more on this topic|more on this|more on the story|more stories|more stories like this|more articles|"
    "more like this|more news|read also|read next|read this next|also read|also in the news|see also|"
    "you may also like|you might also like|you may also be interested in|you might be interested in|"
    "recommended stories|recommended articles|recommended for you|recommended reading|further reading|"
    "what to read next|editor's picks|editors' picks|keep reading|in case you missed it|follow-up stories|"
    "more from this section|more in this section|more in this series|in this series|mehr zum thema|"
    "mehr zu diesem thema|mehr dazu|mehr davon|mehr zu den themen|zum weiterlesen|weitere artikel|"
    "weitere artikel zum thema|weitere themen|weitere nachrichten|weitere meldungen|weiterführende links|"
    "lesen sie auch|lesen sie mehr|lesen sie dazu auch|lesen sie hier|lies auch|auch interessant|"
    "das könnte sie auch interessieren|das könnte sie interessieren|das könnte dich auch interessieren|"
    "dazu passend|passend zum thema|passend dazu|verwandte artikel|verwandte themen|verwandte beiträge|"
    "ähnliche artikel|ähnliche beiträge|empfohlene artikel|leseempfehlung|leseempfehlungen|"
    "unsere empfehlungen|mehr aus diesem ressort|à lire aussi|a lire aussi|lire aussi|à lire également|"
    "lire également|à lire|sur le même sujet|sur le même thème|dans la même rubrique|dans le même dossier|"
    "articles liés|articles associés|articles similaires|articles connexes|nos articles sur le sujet|"
    "pour aller plus loin|pour approfondir|voir aussi|à voir aussi|plus d'articles|plus sur le sujet|"
    "recommandé pour vous|vous aimerez aussi|cela pourrait vous intéresser|noticias relacionadas|"
    "artículos relacionados|contenido relacionado|relacionado|relacionadas|relacionados|más información|"
    "más sobre este tema|más noticias|lea también|lee también|leer también|le puede interesar|"
    "te puede interesar|te podría interesar|también te puede interesar|ver también|vea también|"
    "en otras noticias|sigue leyendo|para saber más|notícias relacionadas|artigos relacionados|"
    "conteúdo relacionado|leia também|leia mais|ler também|ler mais|veja também|saiba mais|"
    "mais sobre o assunto|mais notícias|mais lidas sobre o tema|você também pode gostar|pode interessar|"
    "leggi anche|leggi ancora|articoli correlati|notizie correlate|contenuti correlati|potrebbe interessarti|"
    "ti potrebbe interessare|ti potrebbero interessare|potrebbe interessarti anche|per approfondire|"
    "approfondimenti|vedi anche|sullo stesso tema|sullo stesso argomento|altri articoli|lees ook|lees meer|"
    "meer over dit onderwerp|meer over|gerelateerd|gerelateerde artikelen|gerelateerde berichten|"
    "verwante artikelen|bekijk ook|aanbevolen|läs också|läs även|läs mer|mer om ämnet|relaterat|"
    "relaterade artiklar|fler artiklar|les også|les mer|mer om saken|flere saker|relaterte saker|"
    "relaterte artikler|læs også|læs mere|mere om emnet|relaterede artikler|relateret|flere artikler|lue myös|"
    "lue lisää|aiheesta lisää|aiheeseen liittyvää|lisää aiheesta|czytaj także|czytaj też|czytaj również|"
    "czytaj więcej|zobacz także|zobacz też|zobacz również|przeczytaj także|przeczytaj też|przeczytaj również|"
    "powiązane artykuły|powiązane|podobne artykuły|więcej na ten temat|čtěte také|čtěte více|přečtěte si také|"
    "související|související články|mohlo by vás zajímat|k tématu|čítajte aj|prečítajte si aj|"
    "prečítajte si tiež|súvisiace články|mohlo by vás zaujímať|olvassa el ezt is|olvasta már|"
    "kapcsolódó cikkek|kapcsolódó cikkeink|kapcsolódó|ez is érdekelheti|citește și|citește mai mult|citiți și|"
    "articole similare|știri pe aceeași temă|pe aceeași temă|pročitajte još|pročitajte i|pročitaj još|"
    "povezane vijesti|povezani članci|povezano|pročitajte više|preberite tudi|sorodne novice|прочитајте још|"
    "повезане вести|читайте также|читать также|читайте по теме|материалы по теме|статьи по теме|"
    "новости по теме|по теме|похожие статьи|смотрите также|еще по теме|ещё по теме|читайте також|читати також|"
    "за темою|матеріали за темою|новини за темою|схожі новини|прочетете още|вижте още|още по темата|"
    "свързани новини|свързани статии|διαβάστε επίσης|διαβάστε ακόμη|δείτε επίσης|σχετικά άρθρα|σχετικά|"
    "ilgili haberler|ilgili haber|benzer haberler|bunlar da ilginizi çekebilir|ayrıca okuyun|bunu da oku|"
    "اقرأ أيضا|اقرأ أيضاً|اقرأ ايضا|اقرأ المزيد|مواضيع ذات صلة|أخبار ذات صلة|مقالات ذات صلة|قد يعجبك أيضا|"
    "ذات صلة|موضوعات متعلقة|مطالب مرتبط|اخبار مرتبط|خبرهای مرتبط|بیشتر بخوانید|همچنین بخوانید|קראו גם|"
    "עוד בנושא|כתבות נוספות|כתבות קשורות|相关新闻|相关阅读|相关报道|相关文章|延伸阅读|更多相关|推荐阅读|"
    "相關新聞|相關文章|相關報導|延伸閱讀|推薦閱讀|関連記事|関連ニュース|関連リンク|関連する記事|"
    "あわせて読みたい|合わせて読みたい|こちらもおすすめ|おすすめ記事|관련기사|관련 기사|관련뉴스|관련 뉴스|"
    "함께 읽으면 좋은 기사|추천 기사|baca juga|berita terkait|artikel terkait|simak juga|lihat juga|xem thêm|"
    "tin liên quan|bài viết liên quan|đọc thêm|có thể bạn quan tâm|ข่าวที่เกี่ยวข้อง|อ่านเพิ่มเติม|"
    "บทความที่เกี่ยวข้อง|संबंधित खबरें|यह भी पढ़ें|इसे भी पढ़ें|ये भी पढ़ें|আরও পড়ুন|আরো পড়ুন|সম্পর্কিত খবর|"
    "editor’s picks|editors’ picks|plus d’articles"
)
#: How such labels begin that name the matter.
RELATED_BEGINNINGS = (
    "more on ", "more from ", "more about ", "related to ", "mehr zu ", "mehr zum ", "mehr zur ", "mehr über ",
    "mehr aus ", "alles zum thema ", "plus sur ", "más sobre ", "mais sobre ", "altro su ", "meer over ", "mer om ",
    "więcej o ",
)  # fmt: skip
MOST_LABELS = 12  # of a page that are looked at
LABEL_DEPTH = 4  # elements between a label and what stands beside the links
MOST_SIBLINGS = 30  # behind a label
LONGEST_BETWEEN = 30  # characters between links that stand side by side
MOST_LINKS = 40  # of a box; more are the site's
BESIDE_LINK = 400  # characters of text beside each link to a story: its time, its section, what it is about
LONGEST_BOX = 20_000  # characters
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
PAGE_TAGS = frozenset("html body".split())
AROUND_STORY_TAGS = frozenset("nav header footer".split())
AROUND_STORY_CLASS = re.compile(r"(?<![a-z])(?:footer|nav|navbar|menu|sitemap)(?![a-z])", re.IGNORECASE)
LONGEST_HEAD = 80  # characters of what holds a label and not the links


def related(page: Page, story_at: Callable[[Element], str | None]) -> Iterator[str]:
    """The addresses of the stories behind labels, in the page's order.

    ``story_at`` gives the address of the story that a link leads to, ``None`` for another link.
    """
    labels = page.tree.labelled(MOST_LABELS, RELATED_LABELS, RELATED_BEGINNINGS)
    if not labels:
        return
    stories = set(story_elements(page))
    tops = page.tree.around("h1")
    here: Page = proxy(page)  # the page's tree keeps what asks below: without a cycle they are freed at once

    def is_story(element: Element) -> bool:
        return element in stories

    def is_around(element: Element) -> bool:
        if element in stories or element in tops or element.tag in PAGE_TAGS:
            return False
        classes = element.get("class") or element.get("id") or ""
        is_named = element.tag in AROUND_STORY_TAGS or AROUND_STORY_CLASS.search(classes) is not None
        return is_named and not here.tree.within(element, is_story)

    for label in labels:
        if not page.tree.within(label, is_around):
            yield from _behind(label, story_at)


def _behind(label: Element, story_at: Callable[[Element], str | None]) -> list[str]:
    """The stories in the box of a label: what holds it and little else, or what follows it up to other text."""
    link = next((e for e in (label, *islice(label.iterancestors(), LABEL_DEPTH)) if e.tag == "a"), None)
    if link is not None and not _is_heading(link):
        return []  # a link that is called so
    if link is None and (found := _in_box(label, story_at)):
        return found
    for around in (label, *islice(label.iterancestors(), LABEL_DEPTH)):
        if around is not label and not line_of(around, LONGEST_HEAD):
            break
        if found := _in_siblings(around, story_at):
            return found
    return []


def _in_siblings(label: Element, story_at: Callable[[Element], str | None]) -> list[str]:
    found: list[str] = []
    for box in islice(label.itersiblings(), MOST_SIBLINGS):
        urls = _in_box(box, story_at)
        if (
            not urls
            and box.tag != "a"
            and (found or any(text.strip() for text in islice(box.itertext(), MOST_SIBLINGS)))
        ):
            break
        found += urls
        if len((box.tail or "").strip()) > LONGEST_BETWEEN:
            break
    return found


def _is_heading(link: Element) -> bool:
    inside = next(link.iter(*HEADINGS), None) is not None
    return inside or any(e.tag in HEADINGS for e in islice(link.iterancestors(), 2))


def _in_box(box: Element, story_at: Callable[[Element], str | None]) -> list[str]:
    """The stories in an element that holds links to some, and little other text; ``[]`` for another."""
    links = list(islice(box.iter("a"), MOST_LINKS + 1))
    if not links or len(links) > MOST_LINKS:
        return []
    urls = list(dict.fromkeys(url for a in links if (url := story_at(a))))
    length = sum(map(len, islice(box.itertext(), LONGEST_BOX)))
    return urls if urls and length <= BESIDE_LINK * (len(urls) + 1) else []
