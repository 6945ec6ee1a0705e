"""Names of people, as texts on one line tell them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from newscrawl.extract.css import Element
from newscrawl.text.spaces import clean
from newscrawl.text.words import key_of

FEWEST_NAME_WORDS, MOST_NAME_WORDS = 2, 5  # of a person's name, particles and initials among them

# All these are for text on one line, in which spaces are single.
#: Words before a name; those that are a name's beginning elsewhere count in front of two words only.
WORDS_BEFORE_NAME = re.compile(
    r"^\W*(?:(?:submitted|written|edited|reported|story|text|words|posted|analysis|opinion|review|interview|report)?"
    r" ?by\b"
    r"|(?:ein(?:e)?\s+)?(?:kommentar|analyse|gastbeitrag|kolumne|bericht|interview|essay|rezension|glosse)\s+von\b"
    r"|(?:un\s+)?(?:articolo|texto|texte|propos recueillis|redactado)\s+(?:di|de|por|par)\b|a cura di\b"
    r"|(?:aut[eo]u?rs?|author|autora?|autorin|autoren|tekst|texto?|texte|von|par|por|reporter)\s*[:：])"
    r" ?[:：]? ?",
    re.IGNORECASE,
)
WORDS_BEFORE_FULL_NAME = re.compile(
    r"^(?:[Vv]on|VON|[Pp]ar|PAR|[Pp]or|POR|[Dd]oor|DOOR|[Dd]i|[Aa]v|[Aa]f|[Oo]d|[Pp]rzez)\s+(?=\S+\s+\S)"
)
WORDS_AFTER_NAME = re.compile(r" ?\([^()]*\)$| ?(?:기자|記者)$")
#: What parts names in one text: always, and where there is a whole name on both sides.
BETWEEN_NAMES = re.compile(r" ?[,;|•·、，] ?| (?:and|AND|&|/|with) ")
AND_BETWEEN_NAMES = re.compile(r" (?:und|et|y|e|och|og|en|ve|i|oraz) ")
NO_NAME = re.compile(r"https?:|www\.|\S@\S|^@|^admin$", re.IGNORECASE)
#: The date behind a name in a shown byline, and what else may be.
WEEKDAY_AND_REST = re.compile(r" ?\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b.*", re.IGNORECASE)
DATE_AND_REST = re.compile(
    r" (?:(?:published|updated|posted)\b|(?-i:on|in) |\d"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b).*",
    re.IGNORECASE,
)
UNNAMED_WRITER = re.compile(
    r"(?:our|staff|special)(?: own| staff| special)? (?:correspondent|reporter|writer)s?", re.IGNORECASE
)
AGENCY_NAMES = (
    r"AP|(?:The )?Associated Press|Reuters|AFP|Agence France-Presse|dpa(?:/\w+)?|ANSA|EFE|Efe|Xinhua|TASS|PTI|ANI|IANS"
    r"|UPI|(?:The )?Canadian Press|Europa Press|Kyodo|Yonhap|AAP|SDA|ATS|Belga|ANP|NTB|PAP|Lusa|Bernama|Antara|Anadolu"
)
AGENCY = re.compile(rf"(?:{AGENCY_NAMES})", re.IGNORECASE)
#: Particles of names, which are written small.
PARTICLES = set(
    "a af al av aus bin da dal dalla das de degli dei del della den der des di do dos du e el en ibn la le los mc of"
    " och og 't ten ter und van vom von y zu zum zur".split()
)
ROLE = re.compile(
    r"\b(?:editors?|reporters?|correspondents?|writers?|columnists?|producers?|contributors?|journalists?|analysts?|staff"
    r"|redakteur(?:in)?|korrespondent(?:in)?|reporter(?:in)?|autor(?:in)?|redacteur|journaliste|correspondante?|redattore"
    r"|giornalista|redactor(?:a)?|corresponsal|journalist(?:in)?|leitung|chef(?:redakteur)?|bureau|professor|director)\b",
    re.IGNORECASE,
)
SHARING_LINK = re.compile(
    r"\b(?:twitter|facebook|instagram|linkedin|whatsapp|e-?mail|rss|follow|share)\b", re.IGNORECASE
)


def people(texts: Iterable[str]) -> list[str]:
    """The names in some texts, each once, without what stands around them."""
    found: dict[str, str] = {}
    for text in texts:
        for name in _names(clean(text)):
            found.setdefault(name.casefold(), name)
    return list(found.values())


def _names(text: str) -> Iterator[str]:
    first = True
    for part in BETWEEN_NAMES.split(_without_label(text)):
        pieces = AND_BETWEEN_NAMES.split(part)
        for piece in pieces if all(" " in piece for piece in pieces) else [part]:
            name = _without_label(piece).strip(" ,;:|/–—-·•")
            name = WORDS_AFTER_NAME.sub("", name) or name
            if name and not NO_NAME.search(name) and (first or not _is_role(name)):
                yield name
                first = False


def _without_label(text: str) -> str:
    return WORDS_BEFORE_FULL_NAME.sub("", WORDS_BEFORE_NAME.sub("", text))


def _is_role(text: str) -> bool:
    """Whether what follows a name tells what that person does."""
    words = text.split()
    return bool(ROLE.search(text)) or (len(words) > 1 and any(w.islower() and w not in PARTICLES for w in words))


def names_in(element: Element, text: str, own: set[str]) -> list[str]:
    """The people in a shown byline, else the agency or unnamed correspondent that it tells."""
    if names := _known_names(WEEKDAY_AND_REST.sub("", text), own):
        return names
    # Piece by piece: what a text with all else in it says would be guessed.
    first, *others = [
        text for piece in element.itertext() if (text := clean(piece)) and not WORDS_BEFORE_NAME.fullmatch(text)
    ] or [""]
    beside = all(ROLE.search(other) or AGENCY.fullmatch(other) or DATE_AND_REST.match(f" {other}") for other in others)
    return _known_names(DATE_AND_REST.sub("", first), own) if beside else []


def _known_names(text: str, own: set[str]) -> list[str]:
    found = [name for name in people([text]) if key_of(name) not in own]
    named = [name for name in found if is_name(name)]
    return named or [name for name in found if AGENCY.fullmatch(name) or UNNAMED_WRITER.fullmatch(name)]


def is_name(text: str) -> bool:
    """Whether a text looks like a person's name: two to five words, each with a capital unless a particle."""
    words = text.split()
    if not FEWEST_NAME_WORDS <= len(words) <= MOST_NAME_WORDS or not re.sub(r"[ .'’-]", "", text).isalpha():
        return False
    return (
        not ROLE.search(text)
        and not SHARING_LINK.search(text)
        and words[-1][0].isupper()
        and all(word[0].isupper() or word in PARTICLES for word in words)
    )
