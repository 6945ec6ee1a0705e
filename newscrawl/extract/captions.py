"""The caption of a picture and who made it, as the page shows them beside it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from itertools import islice
from typing import NamedTuple

from newscrawl.bounded import Remembered
from newscrawl.extract.class_words import words_of
from newscrawl.extract.css import Element
from newscrawl.extract.elements import is_hidden
from newscrawl.extract.image import parted
from newscrawl.text.sentences import ends_sentence
from newscrawl.text.spaces import clean
from newscrawl.text.words import key_of

#: Characters of the longest caption; longer texts beside a picture are the story.
LONGEST_CAPTION = 1500
#: Characters of the longest text that is a caption by its place alone, and of the longest credit.
LONGEST_UNMARKED, LONGEST_CREDIT = 300, 160
LONGEST_NAMES = 80  # characters of a credit; what is longer is a caption
MOST_ELEMENTS = 200  # of a picture's box that are looked at
MOST_CREDITS = 2  # that stand behind each other: "(Photo: Ann Lee/Agency) Agency"
SIBLINGS = 2  # elements behind a picture that may be its caption and credit

_LETTERS = r"(?<![a-z])(?:%s)(?![a-z])"
_CAPTION_CLASS = re.compile(
    _LETTERS
    % (
        r"captions?|captiontext|caption-?text|legends?|legende|cutline|didascalia|bildunterschrift|bildtext|bildetekst|kuvateksti"
        r"|bijschrift|pie-?(?:de-?)?(?:foto|imagen)|podpis|popisek|image-?desc(?:ription)?|(?:photo|picture|img|media)-?(?:desc(?:ription)?|text)"
    )
)
_CREDIT_CLASS = re.compile(
    _LETTERS
    % (
        r"credits?|(?:image|photo|picture|caption|figure|media|img)-?(?:credits?|source|copyright|author|by|byline|attribution|owner|rights|agency)"
        r"|copyright|photographers?|attribution|source|quelle|credito|creditos|fotograf\w*|fotocredit|crediti"
    )
)
#: What stands in a caption and is not read: buttons to show more of it, words for readers aloud.
_UNREAD_CLASS = re.compile(
    r"(?<![a-z])(?:sr-only|screen-reader\w*|visually-?hidden|hide-?caption|toggle-?caption|enlarge\w*|zoom\w*|lightbox\w*|share\w*|social|counter|icons?)(?![a-z])"
)
_UNREAD_TAGS = frozenset("script style noscript button svg template img picture amp-img source video iframe".split())
#: The same within a figure alone: elsewhere they are the story's.
_CREDIT_IN_FIGURE = re.compile(_LETTERS % r"bylines?|author|agency|rights|owner|by")
#: What no box of a picture and its caption has, unless it is a figure.
_NOT_BESIDE_PICTURE = "a ul ol table form time h1 h2 h3".split()
_CREDIT_ITEMPROPS = frozenset({"copyrightholder", "credittext", "copyrightnotice"})

#: Who distributes pictures: agencies, stock libraries and archives.
AGENCIES = (
    r"AP|A\.P\.|Associated Press|AFP|Agence France-Presse|R(?:euters|EUTERS)|Getty(?: Images)?|EPA(?:-EFE)?|EFE|ANSA"
    r"|PA(?: Wire| Images| Media)?|dpa|DPA|ANP|TT|NTB|Ritzau(?: Scanpix)?|Scanpix|Lehtikuva|K(?:eystone|EYSTONE)"
    r"|[Ii]mago(?: [Ii]mages)?|IMAGO|[Pp]icture[ -][Aa]lliance|Shutterstock|iStock(?:photo)?|Alamy|Bloomberg|PTI|ANI"
    r"|IANS|Xinhua|Kyodo(?: News)?|Yonhap|TASS|S(?:ipa|IPA)(?: USA)?|Belga|LaPresse|Unsplash|Pexels|Pixabay|Flickr"
    r"|Wikimedia(?: Commons)?|Adobe Stock|NurPhoto|Anadolu(?: Agency)?|AAP|Z(?:uma|UMA)(?: Press)?|USA TODAY Sports"
    r"|MTI|CTK|ČTK|PAP|APA|CNS|VCG|Depositphotos|Dreamstime|Handout"
)
#: The same where a text is nothing else.
_SOURCES = rf"{AGENCIES}|BBC(?: News)?|(?:ABC|CBS|CNN|Fox|NBC|Sky|ITV|PBS|ARD|ZDF|NHK|CCTV)(?: News)?|CNBC|MSNBC|C-SPAN"
_SOURCES_ALONE = re.compile(rf"(?:{_SOURCES})(?: ?[,/|&] ?(?:{_SOURCES})){{0,3}}", re.IGNORECASE)
_LABEL = (
    r"(?:(?:file|stock|handout|main|lead|cover|top|featured|courtesy|representative) )?"
    r"(?:photo[ -]illustrations?|photos?|photographs?|images?|pictures?|pics?|credits?|source"
    r"|illustrations?|graphics?|fotos?|fotó|fotografía"
    r"|fotografia|imagen|imagem|immagine|bilder|bild|quelle|fuente|fonte|crédits?|créditos?|photographie|zdjęcie|fot\."
    r"|valokuva|kuva|фото|写真|圖|图片|사진|kredit|fotograf(?:ie)?|(?:hình )?ảnh)"
    r"(?: (?:credits?|source|courtesy|photo|crédit|foto|image))?"
)
_NAME = rf"(?:[^:()\[\]]|\([^()]{{1,60}}\)){{2,{LONGEST_CREDIT}}}?"
#: "Photo: Ann Lee / Agency" at the end of a caption or as the whole of it; the label may be "Photo by" in brackets.
#: Where only a space stands before it, a label in small letters is a word of the sentence: "the source: a spring".
_PARTED = r"(?:^|[(\[|•·–—-]\s?|(?<=[.!?…\"”»)])\s?)"
_LABELLED = re.compile(
    rf"(?:(?:{_PARTED}|\s(?!(?-i:[a-zà-öø-ÿа-яё]))){_LABEL}"
    r"\s?(?:[:：]|\|| by(?= (?-i:[A-ZÀ-ÞА-Я]))| von | par (?=(?-i:[A-ZÀ-Þ])))"
    rf"|{_PARTED}(?:{_LABEL} via|(?:{_LABEL} )?courtesy(?: of|:)?)(?= (?-i:[A-ZÀ-Þ@])))"
    rf"\s*({_NAME})[)\]]?(?:(?<! [A-Z])\.)?\Z",
    re.IGNORECASE,
)
#: What a label is in front of that is a caption: a sentence, and then more of them or a credit of its own.
_SENTENCES = re.compile(
    rf"(?<=[^\W_]{{3}})[.!?] (?!(?:{_LABEL}|all rights|used|licen[cs]\w+|copyright)\b|©)", re.IGNORECASE
)
MOST_SMALL_WORDS = 3  # in small letters that a credit has beside those that names have
_SMALL_WORDS = frozenset("of the and for by via from courtesy de la du des del di da von van der und et y e".split())
_COPYRIGHT = re.compile(rf"(?:^|[\s(\[|])(?:©|\(c\)|[Cc]opyright(?= [A-ZÀ-Þ©]))\s*({_NAME})[)\]]?\.?\Z")
#: "(AP Photo/Ann Lee)", "[Ann Lee/Reuters]", "(Ann Lee via AP)" at the end.
_BRACKETED = re.compile(
    rf"[(\[]((?:[^()\[\]]{{0,100}}\b)?(?:{AGENCIES}|(?:File )?Photos?|Courtesy)\b[^()\[\]]{{0,100}})[)\]]\.?\Z"
)
#: The last sentence where it is a name and an agency: "… on Monday. Ann Lee/Reuters".
_ENDING = re.compile(
    rf"(?:^|(?<=[.!?…\"”»)|])\s*(?:\| ?)?|\s[|•·—–]\s)"
    rf"((?:[A-ZÀ-Þ@][^.!?|]{{0,80}}?(?:[/,|] ?| via | for | - | – ))?(?:{AGENCIES})(?:[ /,][^.!?]{{0,60}})?)\.?\Z"
)
#: "マロの港＝ＡＰ", "船長（共同）", "港＝山田撮影".
_UNSPACED = re.compile(
    r"(?:[＝=]\s?|[（(])((?:ＡＰ|AP|ＡＦＰ|AFP|ＥＰＡ|EPA|ロイター|共同|時事|ゲッティ|新華社|聯合)[^（）()＝=。]{0,30}"
    r"|(?<=[＝=])[^（）()＝=。、\s]{2,16}撮影)[）)]?\Z"
)
#: What a caption's end has at least for the first and the last of these: they take long.
_SEPARATOR = re.compile(r"[:：|]| (?:by|von|par|via) |courtesy", re.IGNORECASE)
_AGENCY = re.compile(rf"\b(?:{AGENCIES})\b")
LONGEST_ENDING = 100  # characters behind an agency's name, and of the name before it
#: What parts a caption from its credit.
_JOINTS = " |•·–—-(["
_OWN_LABEL = re.compile(
    rf"\W*(?:{_LABEL}\s?(?:[:：|/©]| by\b| von\b| par\b| via\b)|(?:{_LABEL} )?courtesy (?:of\b)?|©|\(c\)|copyright\b)"
    r"\s*(.*?)[)\]]?\Z",
    re.IGNORECASE,
)


#: Captions, as keys, that are a site's words; one of signs alone has no key.
_SITES_WORDS = {""} | frozenset(
    "pressenterorclicktoviewimageinfullsize clicktoviewimageinfullsize viewimageinfullsize openimageingallery"
    " viewlargerimage viewfullimage clicktoenlarge clickimagetoenlarge enlargeimage enlarge zoom viewgallery source"
    " imagesource photosource featuredimage image photo caption imagecaption advertisement null undefined".split()
)


class Caption(NamedTuple):
    """What is shown with a picture: its caption and its credit."""

    text: str | None = None
    credit: str | None = None


def split_credit(text: str) -> Caption:
    """A caption, parted from the credit at its end.

    >>> split_credit("Ships leave Maro. (AP Photo/Ann Lee)")
    Caption(text='Ships leave Maro.', credit='AP Photo/Ann Lee')
    >>> split_credit("Ships leave Maro. Photo: Ann Lee")
    Caption(text='Ships leave Maro.', credit='Ann Lee')
    """
    if len(text) <= LONGEST_NAMES and _SOURCES_ALONE.fullmatch(text):
        return Caption(None, text)
    said, credit = text, None
    for _ in range(MOST_CREDITS):
        tail = said[-2 * LONGEST_CREDIT :]
        match = next(
            (one for pattern in _credits_in(tail) if (one := pattern.search(tail)) and not _is_said(one, credit)), None
        )
        if match is None:
            break
        said = said[: len(said) - len(tail) + match.start()].strip(_JOINTS)
        name = credit_of(match[1])
        credit = name if credit is None or (name and _same(name, credit) and len(name) > len(credit)) else credit
    return Caption(said or None, credit)


def _credits_in(tail: str) -> Iterator[re.Pattern[str]]:
    """The patterns that may find a credit at the end of a text."""
    if _SEPARATOR.search(tail):
        yield _LABELLED
    if tail.endswith((")", "]", ").", "].")):
        yield _BRACKETED
    if "©" in tail or "(c)" in tail or "opyright" in tail:
        yield _COPYRIGHT
    if _AGENCY.search(tail[-LONGEST_ENDING:]):
        yield _ENDING
    if "＝" in tail or tail.endswith(("）", ")")):
        yield _UNSPACED


def _is_said(match: re.Match[str], credit: str | None) -> bool:
    """Whether a label begins a caption: "FILE PHOTO: Ships leave Maro. REUTERS/Ann Lee"; ``credit`` is known."""
    if match.start() > 0 or match.re is not _LABELLED:
        return False
    name = match[1]
    if credit is not None and not _same(name, credit) and ends_sentence(match[0]):
        return True
    small = [word for word in name.split() if word.islower() and word.isalpha() and word not in _SMALL_WORDS]
    is_file = match[0].lower().startswith("file")
    return len(small) > MOST_SMALL_WORDS or ((is_file or small != []) and _SENTENCES.search(name) is not None)


def credit_of(text: str) -> str | None:
    """A credit without its label.

    >>> credit_of("Photo: Ann Lee/Agency"), credit_of("© Ann Lee")
    ('Ann Lee/Agency', 'Ann Lee')
    """
    labelled = _OWN_LABEL.match(text) if len(text) <= 2 * LONGEST_CREDIT else None
    name = (labelled[1] if labelled else text).strip(" |•·–—-:/")
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1]
    return name or None


def joined(first: Caption, second: Caption) -> Caption:
    """What the first says, and what the second says of the rest."""
    return Caption(first.text or second.text, first.credit or second.credit)


def shown_caption(box: Element, story: Container[Element], *, anywhere: bool = True) -> Caption:
    """The caption and the credit in a picture's box, or right behind it; ``story`` is what is none of both.

    Without ``anywhere``, only a figure has a caption that nothing marks as one: bylines stand above a story, too.
    """
    found = _in_box(box, unmarked=anywhere or box.tag == "figure")
    behind = box
    for _ in range(SIBLINGS):
        if found.text and found.credit:
            break
        behind = behind.getnext()
        if behind is None or behind in story or not isinstance(behind.tag, str) or not _is_marked(behind):
            break
        found = joined(found, _in_box(behind))
    return found


def is_sites(text: str) -> bool:
    """Whether a text in a caption's place is none: a button's words, or no word at all."""
    return key_of(text) in _SITES_WORDS


def _is_marked(element: Element) -> bool:
    return element.tag == "figcaption" or bool(_kind_of(element))


def _in_box(box: Element, *, unmarked: bool = False) -> Caption:
    """The same of the box alone."""
    captions, credited = _gather(box)
    if not captions and any(map(_is_sentence, credited)):
        captions, credited = credited, []  # it is called a credit, and has the caption in it
    owners = (_text_of(element, ()) for element in credited)
    credit = next((name for text in owners if len(text) <= LONGEST_CREDIT and (name := credit_of(text))), None)
    if unmarked and captions and not credited:
        credit = _credit_beside(box, captions)
    if captions or credited:
        texts = [text for element in captions if (text := _text_of(element, credited))]
    else:
        texts = [_unmarked(box) if unmarked else ""]
    text = clean(" ".join(dict.fromkeys(texts))).rstrip(_JOINTS)
    if len(text) > LONGEST_CAPTION:
        return Caption(None, credit)
    if credit and text.startswith("/"):  # the rest of it: "Ann Lee" / Agency
        return Caption(None, clean(f"{credit} {text}"))
    said = split_credit(text)
    if credit and said.credit and not _same(credit, said.credit):
        return Caption(text, credit)
    return Caption(said.text, credit or said.credit)


def _is_sentence(element: Element) -> bool:
    text = _text_of(element, ())
    return len(text) > LONGEST_NAMES or ". " in text


def _same(one: str, other: str) -> bool:
    first, second = one.casefold(), other.casefold()
    return first in second or second in first


def _gather(box: Element) -> tuple[list[Element], list[Element]]:
    """The captions and the credits in an element; credits within captions, too."""
    captions: list[Element] = []
    credited: list[Element] = []
    stack = [(box, box.tag == "figure", False)]
    for _ in range(MOST_ELEMENTS):
        if not stack:
            break
        one, in_figure, in_caption = stack.pop()
        if not isinstance(one.tag, str) or one.tag in _UNREAD_TAGS or (one is not box and is_hidden(one)):
            continue
        kind = _kind_of(one) or (_kind_in_figure(one) if in_figure else "")
        if kind == "credit":
            credited.append(one)
            continue
        if not in_caption and (kind == "caption" or one.tag == "figcaption") and one.find(".//img") is None:
            captions.append(one)
            in_caption = in_figure = True
        stack.extend((child, in_figure, in_caption) for child in reversed(one))
    return captions, credited


def _read_names(names: str) -> str:
    kinds = {_kind_of_word(words_of(name)) for name in names.split()}
    return "caption" if "caption" in kinds else "credit" if "credit" in kinds else ""


def _kind_of_word(words: str) -> str:
    is_caption = _CAPTION_CLASS.search(words) is not None
    if _CREDIT_CLASS.search(words) and not (is_caption and "and" in words.split("-")):
        return "credit"
    return "caption" if is_caption else ""


_kind_of_names: Remembered[str, str] = Remembered(_read_names)


def _kind_of(element: Element) -> str:
    """Whether an element's markup calls it a caption or a credit: ``caption``, ``credit`` or nothing."""
    attributes = element.keys()
    if "itemprop" in attributes:
        name = (element.get("itemprop") or "").strip().lower()
        if name in _CREDIT_ITEMPROPS:
            return "credit"
        if name in ("caption", "description"):
            return "caption"
    if "class" not in attributes or element.tag == "figure":
        return ""
    return _kind_of_names[element.get("class")]


def _kind_in_figure(element: Element) -> str:
    """The same of an element within a caption."""
    names = element.get("class")
    return "credit" if names and _is_credit_in_figure[names] else ""


_is_credit_in_figure: Remembered[str, bool] = Remembered(
    lambda names: _CREDIT_IN_FIGURE.search(words_of(names)) is not None
)


def _unmarked(box: Element) -> str:
    """The text of a box that holds a picture and little else, where nothing is marked as its caption."""
    if box.tag == "p" or (box.tag != "figure" and next(box.iter(*_NOT_BESIDE_PICTURE), None) is not None):
        return ""
    text = _text_of(box, ())
    return text if len(text) <= LONGEST_UNMARKED else ""


def _credit_beside(box: Element, captions: Container[Element]) -> str | None:
    """The credit that stands beside a caption, where nothing marks it as one."""
    text = _text_of(box, captions) if next(box.iter(*_NOT_BESIDE_PICTURE), None) is None else ""
    rest = split_credit(text) if 0 < len(text) <= LONGEST_CREDIT else Caption()
    return None if rest.text else rest.credit


def _text_of(element: Element, without: Container[Element]) -> str:
    """What a reader sees of an element's text, less some elements; what only markup parts, with a space."""
    return parted(islice(_pieces(element, without), 2 * MOST_ELEMENTS))


def _pieces(element: Element, without: Container[Element]) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in _UNREAD_TAGS or is_hidden(element):
        return
    names = element.get("class")
    if names and _is_unread[names]:
        return
    if element.tag in ("p", "div", "br", "li"):
        yield " "
    if element.text:
        yield element.text
    for child in element:
        if child in without:
            yield " "
        else:
            yield from _pieces(child, without)
        if child.tail:
            yield child.tail


_is_unread: Remembered[str, bool] = Remembered(lambda names: _UNREAD_CLASS.search(words_of(names)) is not None)
