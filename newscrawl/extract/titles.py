"""Titles in metadata: what in them is the headline, and what is the site's, a section's, or a label."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, islice

from newscrawl.extract.site_names import LONGEST_NAME, SiteNames, names_site
from newscrawl.text.scripts import UNSPACED, unspaced
from newscrawl.text.spaces import clean, unescape
from newscrawl.text.words import key_of

_SIGNS = r"|｜ㅣ‖¦│/／\\·•●▪■∙‧・⋅~∼～〜–—―‐−:;»«›‹>＞<＜_＿*★⋆☆✦†=→←⇒♦◆▶►\-"
#: What parts a title's pieces: signs between spaces, or those that stand in no headline. A title's spaces are single.
BETWEEN_PIECES = re.compile(
    rf"( [{_SIGNS}]{{1,3}} | ?[|｜ㅣ‖¦│_＿] ?|：|[:–—-] | [–—-](?=\S)|(?<=[{UNSPACED}])[-–—－·~](?=[{UNSPACED}]))"
)
MOST_PIECES = 40  # of a title of which some may be the whole headline; all others are taken off its ends only
FEWEST_PIECES = 3  # of a title that is parted: a piece, what parts it, and another
#: A title is less than so many times as long as the headline in it; a shorter piece is a label before one.
TITLE_TO_HEADLINE = 3
NAME_TO_HEADLINE = 1.25  # times a headline's length, at most, is that of the site's name with words behind it
SHORTEST_NAME = 4  # letters and digits of a name behind a comma
SECTION_WORDS, SECTION_LETTERS = 2, 6  # at most, of a section's name; letters where words stand without spaces
SHORTEST_TIGHT, LONGEST_TIGHT_LABEL = 10, 8  # letters of a headline without spaces, and of labels close behind it
TIGHT_SIGNS, TIGHT_DASHES = frozenset("|｜_＿"), frozenset("-–—－")
#: How the names of news media end in Chinese and Japanese.
MEDIUM = re.compile(r"(?:[网網报報社台刊志誌]|新[闻聞]|[频頻]道|在[线線])\Z")
HEADLINE_TO_SECTION = 2  # times the length of a section's name, at least, is a headline's
SHORTEST_CUT = 30  # characters of a headline that was cut short without a sign of it
ELLIPSES = ("...", "…")

NUMERIC_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d")
#: What an archive adds to a headline.
PUBLISHED_THEN = re.compile(
    r"\s?[(\[](?:published|updated|posted|first published|veröffentlicht|aktualisiert|publié|mis à jour|publicado"
    r"|actualizado|pubblicato|aggiornato|gepubliceerd|publicerad|publisert)[ :][^()\[\]]{0,20}\d{4}[)\]]\Z",
    re.IGNORECASE,
)
BRACKETS = ("()", "[]", "{}", "<>", "（）", "【】", "［］", "〔〕", "「」", "《》")
OPENING, CLOSING = ("".join(pair[at] for pair in BRACKETS) for at in (0, 1))
#: Signs that may stand before or behind the site's name; a hyphen, a full stop and the like are parts of words, too.
SIGN = re.compile(r"[^\w\s\"'’‘“”„&%$€£]{1,3}")
IN_WORDS, ENDS_OF_CLAUSES, ENDS_OF_HEADLINES = frozenset("-‐‑.,/+:"), frozenset(".,"), ")]?!…"
COLON = ":"  # between a name with words behind it and the rest there is none
SIGNS_AT_ENDS = " :-–—|"
MOST_SIGNS = 3  # at each end of a title, beside which the site's name is looked for
MOST_ESCAPES = 3  # one within the other
ENTITY = re.compile(
    r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|quot|apos|lt|gt|nbsp|[lr][sd]quo|hellip|[mn]dash);", re.IGNORECASE
)


@lru_cache(100)  # they are asked for several times
def pieces_of(title: str) -> tuple[str, ...]:
    """A title's pieces, with what parts them in between."""
    return tuple(BETWEEN_PIECES.split(title))


def decoded(text: str) -> str:
    """A title without entities, where it was escaped several times."""
    for _ in range(MOST_ESCAPES):
        if "&" not in text or not ENTITY.search(text):
            break
        text = clean(unescape(text))
    return text


def bare_title(title: str, names: SiteNames, others: Sequence[str] = (), sections: Container[str] = ()) -> str:
    """A title less what is no headline at its ends; ``""`` where nothing else is in it.

    These are the site's name, a section (``sections`` are keys), a date, and whatever is left over where the rest is
    what another source has for the whole headline.
    """
    if title.endswith((")", "]")):
        title = PUBLISHED_THEN.sub("", title)
    if rest := told_elsewhere(title, others):
        return rest
    rest = "".join(_without_ends(pieces_of(title), names, sections)).strip()
    rest = _without_name_in_text(_without_brackets(rest, names), names)
    return "" if names_site(rest, names, alone=True) else rest


def bare_heading(text: str, names: SiteNames) -> str:
    """A heading less the site's name behind it; ``""`` where that is all."""
    pieces = pieces_of(text)
    if len(pieces) >= FEWEST_PIECES and names_site(pieces[-1], names, alone=True):
        text = "".join(pieces[:-2]).strip()
    return "" if names_site(text, names, alone=True) else text


def taken_off(title: str, bare: str) -> set[str]:
    """Keys of the pieces of a title that are not in it when it is bare."""
    if title == bare:
        return set()
    left = key_of(bare)
    return {key for piece in pieces_of(title) if (key := key_of(piece)) and key not in left}


def told_elsewhere(title: str, others: Iterable[str]) -> str:
    """The pieces of a title that another source has for the whole headline; ``""`` where none has."""
    pieces = pieces_of(title)
    if not FEWEST_PIECES <= len(pieces) <= 2 * MOST_PIECES:
        return ""
    keys = [key_of(piece) for piece in pieces]
    start, end = run_of(keys, {key_of(other) for other in others} - {"".join(keys), ""}, step=2)
    rest = "".join(pieces[start:end]).strip(SIGNS_AT_ENDS)
    return rest if len(title) < TITLE_TO_HEADLINE * len(rest) else ""


def run_of(keys: Sequence[str], whole: set[str], step: int = 1) -> tuple[int, int]:
    """From where to where the longest run of some keys goes that makes up a whole one; ``(0, 0)`` where none does.

    A run begins and ends at every ``step``-th key.
    """
    lengths = set(map(len, whole))
    upto = [0, *accumulate(map(len, keys))]
    found = (0, 0)
    for end in range(len(keys), 0, -step):
        for start in range(0, end, step):
            length = upto[end] - upto[start]
            if length <= upto[found[1]] - upto[found[0]]:
                break
            if length in lengths and "".join(keys[start:end]) in whole:
                found = start, end
    return found


def whole(text: str, others: Iterable[str], *, unmarked: bool = True) -> str:
    """A headline, or the whole one where another source shows that it was cut short, even ``unmarked``."""
    end = next(filter(text.endswith, ELLIPSES), "")
    stem = text.removesuffix(end).rstrip()
    if not end and (not unmarked or len(stem) < SHORTEST_CUT):
        return text
    longer = (other for other in others if other.startswith(stem) and len(other) > len(text))
    return next((other for other in longer if end or other[len(stem) :].lstrip(" ")[:1].isalnum()), text)


def _without_ends(pieces: Sequence[str], names: SiteNames, sections: Container[str]) -> Sequence[str]:
    """The pieces without the site's name, dates and sections at both ends."""
    start, end, sign = 0, len(pieces), ""
    while end - start >= FEWEST_PIECES and (taken := _taken_behind(pieces[start:end], names, sections)):
        sign = pieces[end - 2].strip()
        end -= taken
    while sign and end - start >= FEWEST_PIECES and _is_section_behind(pieces[start:end], sign):
        end -= 2
    while end - start >= FEWEST_PIECES and _names_site_first(pieces[start:end], names):
        start += 2
    return pieces[start : _end_of_first(pieces, start, end)]


def _taken_behind(pieces: Sequence[str], names: SiteNames, sections: Container[str]) -> int:
    """How many of the last pieces are a name, a date or a section."""
    last = pieces[-1].strip()
    key, is_longer = key_of(last), len(last) > NAME_TO_HEADLINE * sum(map(len, pieces[:-2]))
    alone = is_longer or pieces[-2].strip() == COLON
    if not key or key in sections or names_site(last, names, alone=alone) or names.in_host(key):
        return 2
    if NUMERIC_DATE.fullmatch(last):
        return 2
    return 4 if len(pieces) > FEWEST_PIECES + 1 and key_of("".join(pieces[-3:])) in names else 0


def _is_section_behind(pieces: Sequence[str], sign: str) -> bool:
    """Whether the last of some pieces is short as a section, behind the same sign as the site's name."""
    last, rest = pieces[-1].strip(), "".join(pieces[:-2])
    letters = unspaced(last)
    short = letters <= SECTION_LETTERS if letters else len(last.split()) <= SECTION_WORDS
    return short and pieces[-2].strip() == sign and len(rest) >= HEADLINE_TO_SECTION * len(last) and last[-1:].isalnum()


def _names_site_first(pieces: Sequence[str], names: SiteNames) -> bool:
    first, rest = pieces[0], "".join(pieces[2:])
    return names_site(first, names, alone=len(first) > len(rest) or pieces[1].strip() == COLON)


def _end_of_first(pieces: Sequence[str], start: int, end: int) -> int:
    """Where the first piece ends if it is a headline without spaces, and short labels stand close behind it."""
    first, labels, signs = pieces[start], pieces[start + 2 : end : 2], set(pieces[start + 1 : end : 2])
    if not labels or len(first) < SHORTEST_TIGHT or unspaced(first) < len(first) / 2:
        return end
    if not signs <= TIGHT_SIGNS and not (signs <= TIGHT_SIGNS | TIGHT_DASHES and MEDIUM.search(labels[-1])):
        return end
    longest = min(LONGEST_TIGHT_LABEL, len(first) / HEADLINE_TO_SECTION)
    return start + 1 if all(len(label) <= longest for label in labels) else end


def _without_brackets(title: str, names: SiteNames) -> str:
    """A title without the site's name in brackets before or behind it."""
    if title[:1] not in OPENING and title[-1:] not in CLOSING:
        return title
    for pair in BRACKETS:
        opening, closing = pair[0], pair[1]
        at = title.rfind(opening)
        if at > 0 and title.endswith(closing) and names_site(title[at + 1 : -1], names):
            return title[:at].rstrip()
        at = title.find(closing)
        if 0 < at < len(title) - 1 and title.startswith(opening) and names_site(title[1:at], names):
            return title[at + 1 :].lstrip()
    return title


def _without_name_in_text(title: str, names: SiteNames) -> str:
    """A title without the site's name at its ends, whatever sign parts it from the rest, and without its host."""
    for match in list(SIGN.finditer(title, max(1, len(title) - LONGEST_NAME)))[: -MOST_SIGNS - 1 : -1]:
        if _parts(title, match) and _is_name(title[match.end() :], names):
            at = match.start() + len(match[0]) - len(match[0].lstrip(ENDS_OF_HEADLINES))
            return title[:at].rstrip()
    for match in islice(SIGN.finditer(title, 1, LONGEST_NAME), MOST_SIGNS):
        if _parts(title, match) and match[0] not in ENDS_OF_CLAUSES and _is_name(title[: match.start()], names):
            return title[match.end() :].lstrip()
    return _without_host(title, names)


def _parts(title: str, sign: re.Match[str]) -> bool:
    """Whether a sign stands between parts of a title, and not in a word."""
    return sign[0] not in IN_WORDS or title[sign.start() - 1 : sign.start()] == " " or title[sign.end() :][:1] == " "


def _is_name(text: str, names: SiteNames) -> bool:
    key = key_of(text)
    return len(key) >= SHORTEST_NAME and key in names


def _without_host(title: str, names: SiteNames) -> str:
    if "." not in title:
        return title
    words = title.split(" ")
    while len(words) > 1 and _is_host(words[-1], names):
        words.pop()
    while len(words) > 1 and _is_host(words[0], names):
        del words[0]
    return " ".join(words)


def _is_host(word: str, names: SiteNames) -> bool:
    return "." in word.strip(".") and key_of(word) in names
