"""Telling an article's address from others, on an unsupported site.

An address is evidence, not proof: the listing's cards (``newscrawl.listings.cards``) and in the end the page
itself (``newscrawl.sites.evidence``) decide.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from newscrawl.text.scripts import unspaced

#: Steps of a path below which there are pages of another matter than a text, in many languages.
OTHER_MATTER = frozenset(
    """
    video videos videoclip mediathek watch live-tv livetv clip clips shorts reels webcast
    gallery galleries galerie galeries galeria galerias galleria photo photos photogallery photo-gallery foto fotos fotostrecke
    fotostrecken fotogalerie fotogaleria fotogallery bilder bilderstrecke bildergalerie diaporama diaporamas slideshow slideshows
    pictures in-pictures images image picture album albums infographic infographics grafik cartoon cartoons
    podcast podcasts audio listen hoeren escuchar ecouter webstory webstories web-stories web-story
    """.split()
)
#: Steps of a path below which there are no articles.
NOT_ARTICLES = OTHER_MATTER | frozenset(
    """
    tag tags topic topics thema themen tema temas temi keyword keywords stichwort schlagwort label labels mot-cle
    etiqueta etiquetas sujet sujets dossier dossiers argomento argomenti onderwerp onderwerpen emne etiket konu hashtag
    author authors autor autoren autorin autores auteur auteurs autore autori auteurs forfatter kolumnist columnist columnists
    journalist journalists reporter reporters writer writers profile profiles profil user users
    contributor contributors yazar penulis
    category categories kategorie kategorien categoria categorias categorie rubrik
    search suche recherche buscar busca cerca zoeken ara find sok results
    login log-in signin sign-in signup sign-up register registration anmelden anmeldung registrieren konto account mein-konto
    subscribe subscription subscriptions subscriber abo abonnement abonnements abonnieren suscripcion suscribete assinatura
    assine abbonamenti abbonati membership offer offers angebot angebote donate support-us spenden
    about about-us ueber-uns uber-uns impressum kontakt contact contact-us contacto contatti imprint masthead
    legal terms privacy datenschutz agb mentions-legales cookies cookie-policy privacy-policy terms-of-use nutzungsbedingungen
    help hilfe aide ayuda faq support corrections advertise advertising werbung mediadaten stellenmarkt stellenangebote
    newsletter newsletters boletin boletines rss feed feeds amp-stories epaper e-paper print-edition
    shop store boutique tienda gutschein gutscheine coupons coupon produkt product products
    quiz quizzes raetsel sudoku crossword crosswords kreuzwortraetsel spiele horoscope horoscopes horoskop
    events veranstaltungen kalender agenda-cultural tv-programm
    comment comments kommentare comentarios forum wp-content wp-json wp-admin wp-login wp-includes cdn-cgi download
    share print drucken mailto embed sitemap sitemaps sponsored anzeige anzeigen advertorial partner-content brandstudio
    """.split()
)
#: Endings of addresses that are no pages.
_FILES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|pdf|docx?|xlsx?|pptx?|zip|gz|rar|mp[34]|m4[av]|mov|webm|m3u8|ogg|wav"
    r"|xml|rss|atom|json|txt|css|js|epub|ics|apk)$",
    re.IGNORECASE,
)
_PAGE = re.compile(r"\.(?:s?html?|php\d?|aspx?|jsp|jsf|cfm|do|ece|story|article|phtml|xhtml|dpbs|ssf)$", re.IGNORECASE)
_PROGRAM = re.compile(r"\.(?:php\d?|aspx?|jsp|jsf|cfm|do|cgi)$", re.IGNORECASE)
#: Query parameters that name an article, with a number or an opaque id.
_ID_NAMES = frozenset(
    """
    id p a aid art artid article articleid article_id news newsid news_id nid sid storyid story_id story artikel artikelid
    idnews idnoticia noticia idarticle id_article idarticolo idxno idx no itemid item post postid post_id contentid content_id
    cid doc docid key number nr nid newsno seq
    """.split()
)
_INDEX = re.compile(r"(?:^|/)(?:index|default|home)\.\w+$", re.IGNORECASE)
_PAGER = re.compile(r"(?:^|/)(?:page|seite|pagina|pag|p|strana|side|sida|sayfa)[-/_]?\d{1,4}(?=/|\.|$)", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"[/?&](?:page|paged|seite|pagina|pag|pg|p|strana|side|sida|sayfa)[-/_=]?(\d{1,4})(?=[/.&]|$)", re.IGNORECASE
)
_TITLE_WORDS = 4  # of a step that is a story's title; sections have fewer
_FEW_WORDS = 2  # of a step without separators that may be a section's name
_UNSPACED_WORD = 3  # characters of a word in scripts without spaces
_ID_DIGITS, _PAGE_ID_DIGITS = 5, 3  # of a number that is an id; a shorter one may be a year, or a page
_LONGEST_KEPT = 500  # characters of an address whose weight is kept
_DATE = re.compile(
    r"/(?:19|20)\d\d/(?:0?[1-9]|1[0-2]|[a-z]{3})(?:/|$)|(?:^|[/_-])(?:19|20)\d\d-?(?:0[1-9]|1[0-2])-?[0-3]\d(?=[/_.-]|$)"
)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_SEPARATORS = re.compile(r"[-_+,.~: %]+")
_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_WORD = re.compile(r"\d+|[^\W\d_]+")
_YEAR = re.compile(r"(?:19|20)\d\d")

#: How much an address says for an article: nothing of one, little, or much. Below 0: it is none.
NONE, NOTHING, LITTLE, MUCH = -1, 0, 1, 2


def section_path(url: str) -> str:
    """The path by which a listing's address names its section: ``politik/ausland``, with the query if there is one."""
    parts = urlsplit(url)
    path = _PAGER.sub("", _INDEX.sub("", parts.path))
    path = _PAGE.sub("", path).strip("/")
    return f"{path}?{parts.query}" if parts.query else path


def section_name(path: str | None) -> str:
    """A section's name made of its path: ``world-news`` is "World News"."""
    name = unquote(path or "").partition("?")[0].rsplit("/", 1)[-1]
    return name.replace("-", " ").title()


def page_number(url: str) -> int | None:
    """Which page of a listing an address says it is."""
    match = _PAGE_NUMBER.search(url)
    return int(match[1]) if match else None


def is_within(url: str, section: str) -> bool:
    """Whether an address, or the one that it is the AMP twin of, is below a section's path.

    >>> is_within("https://paper.example/amp/world/story", "world"), is_within("https://paper.example/sport/story", "world")
    (True, False)
    """
    above = section.partition("?")[0] + "/"
    path = urlsplit(url).path.lstrip("/")
    return above == "/" or path.startswith(above) or path.removeprefix("amp/").startswith(above)


def plain(url: str) -> str:
    """An article's address without a query that it does not need, so that what is added each day makes no other."""
    parts = urlsplit(url)
    if parts.query and not _PROGRAM.search(parts.path) and weigh(parts._replace(query="").geturl()) == MUCH:
        return parts._replace(query="").geturl()
    return url


def step_of_none(url: str, section: str = "") -> str:
    """The step of an address's path that says that it is no article's, ``""`` if none does.

    >>> step_of_none("https://news.example/world/videos/the-ferry")
    'videos'
    """
    return next((step for step in _steps(unquote(urlsplit(url).path).rstrip("/"), section) if step in NOT_ARTICLES), "")


def _steps(path: str, section: str) -> list[str]:
    """The steps of a path below the section's, in small letters and without the endings of pages."""
    below = path.removeprefix(f"/{unquote(section.partition('?')[0])}") if section else path
    return [_PAGE.sub("", step).lower() for step in below.split("/") if step]


def spellings(url: str) -> tuple[str, ...]:
    """An address in the forms that lead to the same page, its usual one first (RFC 3986, 6.2.2), and as it is.

    >>> spellings("https://paper.example/caf%c3%a9/%7Eana//story/?b=2&a=1")[0]
    'https://paper.example/caf%C3%A9/~ana/story/?a=1&b=2'
    >>> spellings("https://paper.example/a/../story")
    ('https://paper.example/story', 'https://paper.example/story/', 'https://paper.example/a/../story')

    Besides, by what common servers do: slashes count once, one at the end does not matter, nor does the order of the
    query's parameters.
    """
    return (_spellings if len(url) <= _LONGEST_KEPT else _spellings.__wrapped__)(url)


@lru_cache(20_000)
def _spellings(url: str) -> tuple[str, ...]:
    parts = urlsplit(_ESCAPED.sub(_unescaped, url))
    steps: list[str] = []
    for step in parts.path.split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in ("", "."):
            steps.append(step)
    path = "/" + "/".join(steps)
    slash = "/" if steps and parts.path.endswith("/") else ""
    query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    usual, other = (parts._replace(path=path + end, query=query).geturl() for end in (slash, "" if slash else "/"))
    return tuple(dict.fromkeys((usual, other, url)))


def _unescaped(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if char in _UNRESERVED else match[0].upper()


def is_variant(canonical: str, url: str) -> bool:
    """Whether an address is another one with more in its query, or its AMP twin.

    >>> is_variant("https://paper.example/story", "https://paper.example/story?from=rss")
    True
    >>> is_variant("https://paper.example/story?id=1", "https://paper.example/story?id=2")
    False
    """
    one, other = urlsplit(canonical), urlsplit(url)
    path = other.path.rstrip("/").removesuffix("/amp").removesuffix(".amp").removeprefix("/amp")
    return one.path.rstrip("/") == path and set(parse_qsl(one.query)) <= set(parse_qsl(other.query))


def is_respelled(one: str, other: str) -> bool:
    """Whether two addresses differ only in parts of the query that are not needed to name the article.

    >>> is_respelled("https://paper.example/a.php?id=5001&sid=k3", "https://paper.example/a.php?id=5001&sid=x9")
    True
    >>> is_respelled("https://paper.example/a.php?id=5001", "https://paper.example/a.php?id=5002")
    False
    """
    parts, others = urlsplit(one), urlsplit(other)
    if parts.path != others.path:
        return False
    common = set(parse_qsl(parts.query)) & set(parse_qsl(others.query))
    return weigh(parts._replace(query=urlencode(sorted(common))).geturl()) == MUCH


def are_alike(one: str, other: str) -> bool:
    """Whether two addresses have an id, or most words, in common.

    >>> are_alike("https://paper.example/old-words-70001", "https://paper.example/news/new-words-70001.html")
    True
    """
    words, others = _words(one), _words(other)
    return have_one_id(one, other) or len(words & others) * 2 > len(words | others)


def have_one_id(one: str, other: str) -> bool:
    """Whether the paths of two addresses have the same id, in whatever words.

    >>> have_one_id("https://paper.example/old-words-70001", "https://paper.example/new-words-70001")
    True
    >>> have_one_id("https://paper.example/2026/old-words", "https://paper.example/2026/new-words")
    False
    """
    return any(word.isdigit() and len(word) >= _ID_DIGITS for word in _words(one) & _words(other))


def _words(url: str) -> set[str]:
    return set(_WORD.findall(unquote(urlsplit(url).path).casefold()))


def weigh(url: str, section: str = "") -> int:
    """How much an address says for an article; the words of ``section``'s own path are not held against it."""
    return (_weigh if len(url) <= _LONGEST_KEPT else _weigh.__wrapped__)(url, section)


@lru_cache(20_000)
def _weigh(url: str, section: str) -> int:
    parts = urlsplit(url)
    path = unquote(parts.path).rstrip("/")
    if not path and not parts.query:
        return NONE
    steps = _steps(path, section)
    if _FILES.search(path) or _PAGER.search(path) or not NOT_ARTICLES.isdisjoint(steps):
        return NONE
    kind, words = _shape(path.rpartition("/")[2])
    if _says_much(kind, words, path, steps) or (kind != "number" and _names_id(parts.query)):
        return MUCH
    return LITTLE if kind == "slug" or _PAGE.search(path) else NOTHING


def _says_much(kind: str, words: int, path: str, steps: list[str]) -> bool:
    """Whether a path is like an article's: its last step is of a ``kind`` and has so many ``words``."""
    if kind in ("id", "slug-id") or (kind == "slug" and words >= _TITLE_WORDS):
        return True
    if kind in ("slug", "word") and _DATE.search(path):
        return True
    # /slug-1019241/artikel
    return kind in ("word", "number") and len(steps) > 1 and _shape(steps[-2])[0] == "slug-id"


def _names_id(query: str) -> bool:
    """Whether a query names an article by a number or an opaque id."""
    return any(name.lower() in _ID_NAMES and _is_id(value) for name, value in parse_qsl(query))


def form(url: str) -> str:
    """What the addresses of one kind of page have in common: ``/word/word/slug-id.html``, ``/word.php?id``."""
    parts = urlsplit(url)
    steps = [step for step in unquote(parts.path).split("/") if step]
    ending = match[0].lower() if steps and (match := _PAGE.search(steps[-1])) else ""
    kinds = "/".join(_shape(step)[0] for step in steps)
    names = "&".join(sorted(name.lower() for name, value in parse_qsl(parts.query) if _is_id(value)))
    return f"{parts.netloc}/{kinds}{ending}{'?' if names else ''}{names}"


def _is_id(value: str) -> bool:
    return value.isdigit() or _shape(value)[0] in ("id", "slug-id")


def _shape(step: str) -> tuple[str, int]:
    """The kind of one step of a path, and how many words it has."""
    stem, page = _PAGE.subn("", step.strip("!*~"))
    if stem.isdigit():
        return ("id" if len(stem) >= _ID_DIGITS else "number"), 0
    if _UUID.search(stem) or _is_opaque(stem):
        return "id", 0
    parts = [part for part in _SEPARATORS.split(stem) if part]
    words = sum(part.isalpha() or not part.isascii() for part in parts) + unspaced(stem) // _UNSPACED_WORD
    if len(parts) > 1 and _has_id(parts, is_page=bool(page)):
        return "slug-id", words
    return ("slug" if len(parts) > 1 or words > _FEW_WORDS else "word"), words


def _has_id(parts: list[str], *, is_page: bool) -> bool:
    """Whether a part of a step is an id; at the end of a page's name, before ``.html``, three digits are."""
    if any(_is_number(part) or _is_opaque(part) for part in parts):
        return True
    return is_page and parts[-1].isdigit() and len(parts[-1]) >= _PAGE_ID_DIGITS


def _is_number(part: str) -> bool:
    digits = part.lstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return digits.isdigit() and len(digits) >= 4 and len(part) - len(digits) <= 3 and not _YEAR.fullmatch(part)


def _is_opaque(part: str) -> bool:
    """Whether letters and digits stand together as in no word: ``c0g7xyz1k2o``, ``ART00123``, ``19283f0a``."""
    if not part.isascii() or not part.isalnum() or part.isalpha() or len(part) < 5:
        return False
    digits = sum(char.isdigit() for char in part)
    changes = len(re.findall(r"[a-zA-Z]\d|\d[a-zA-Z]", part))
    return digits >= 5 or (len(part) >= 8 and changes >= 2) or (digits >= 3 and part.isupper())


#: First steps of articles' addresses that name no section.
_KINDS = set(
    "a article articles artikel clanek articulo articolo artigo story stories read post posts haber makale p n".split()
)
_DAY_LENGTH = len("2025-09-03")
_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?=-|$)")


def pattern(url: str) -> str:
    """A guess at the regular expression for the paths of addresses like this article's, as ``Publisher.article`` has it.

    It has the groups ``section`` and ``id`` where the path tells them; ``""`` where no step of it tells an article from
    a section, as in ``/news/europe/some-words``.
    """
    path = urlsplit(url).path
    steps = [step for step in path.split("/") if step]
    shapes = [_shape(step) for step in steps]
    ids = [number for number, (kind, _) in enumerate(shapes) if kind in ("id", "slug-id")]
    if not steps or not (ids or _DATE.search(path)):
        return ""
    lead = 1 if len(steps) > 1 and steps[0].lower() in _KINDS else 0
    first = _behind_section(shapes, lead)
    parts = [re.escape(step) for step in steps[:lead]]
    if first > lead:
        parts.append(r"(?P<section>[^/]+(?:/[^/]+)*)")
    parts += [_step_pattern(steps[number], is_id=ids[-1:] == [number]) for number in range(first, len(steps))]
    return "/" + "/".join(parts) + ("/?" if path.endswith("/") else "")


def _behind_section(shapes: list[tuple[str, int]], lead: int) -> int:
    """The first step, from ``lead`` on, that is not the section's; the last one never is."""
    last = len(shapes) - (2 if shapes[-1][0] == "id" else 1)  # an id alone has the story's words before it
    for number in range(lead, len(shapes) - 1):
        is_name = number < last and shapes[number] in (("slug", 2), ("slug", 3))
        if shapes[number][0] != "word" and not is_name:
            return number
    return max(lead, len(shapes) - 1)


def _step_pattern(step: str, *, is_id: bool) -> str:
    """One step's part of an address's pattern, with the group ``id`` if it ``is_id`` and what is unique in it shows."""
    page = _PAGE.search(step)
    stem, ending = (step[: page.start()], re.escape(page[0])) if page else (step, "")
    return (_id_pattern(stem) if is_id else _other_pattern(stem)) + ending


def _other_pattern(stem: str) -> str:
    """The pattern of a step that does not name the article."""
    if stem.isdigit():
        return rf"\d{{{len(stem)}}}"
    if _DAY.match(stem):
        return rf"\d{{4}}-\d\d-\d\d{'-[^/]+' if len(stem) > _DAY_LENGTH else ''}"
    return r"[^/]+"


def _id_pattern(stem: str) -> str:
    """The pattern of a step that names the article."""
    if stem.isdigit():
        return r"(?P<id>\d+)"
    if _DAY.match(stem):
        return _other_pattern(stem)
    if _UUID.search(stem):
        return r"[^/]*?(?P<id>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})"
    if re.fullmatch(r"[A-Za-z]\d{4,}|(?:19|20)\d{6}[-_][^.]+", stem):
        return r"(?P<id>[^/.]+)"
    if match := re.fullmatch(r"([A-Za-z_!]{2,}|!|[A-Za-z]-)(\d{4,})", stem):
        return rf"{match[1]}(?P<id>\d+)"
    if match := re.fullmatch(r"(?:.*?[-_.,:])?(?:([A-Za-z]{1,8}))?(\d{4,})", stem):
        return rf"[^/]*?{match[1] or '[-_.,:]'}(?P<id>\d+)"
    if match := re.fullmatch(r"(\d{4,})[-_.,:].*", stem):
        return r"(?P<id>\d+)[-_.,:][^/]+"
    last = _SEPARATORS.split(stem)[-1]
    if last == stem:
        return r"(?P<id>[^/.]+)"
    return r"[^/]*[-_.,:](?P<id>[0-9A-Za-z]+)" if _is_opaque(last) else r"[^/]*\d[^/]*"
