"""What looks wrong: a table of checks, each of which reads the facts and gives what it finds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import IntEnum
from itertools import chain

from newscrawl.article.item import Article
from newscrawl.checking.facts import Facts, Read
from newscrawl.configuration.file import has_contact
from newscrawl.crawl.ending import refusal_advice
from newscrawl.demo.place import is_sample
from newscrawl.extensions.contact import is_live
from newscrawl.extract.site_names import site_keys
from newscrawl.extract.text_language import TOLD_BY_TEXT
from newscrawl.offers.weighing import Weight, languages_of, weight_of
from newscrawl.plural import counted
from newscrawl.text.words import key_of

#: How far the clocks may be apart: a page may be as old in a cache that does not say so.
CLOCKS_APART = timedelta(minutes=10)
AHEAD = timedelta(hours=1)  # of the check, of an article's date: publishers' clocks are not exact
LONG_AGO = timedelta(days=365)  # for the newest articles of a section
SHORT_BODY = 300  # characters; flashes are shorter, but three articles are seldom three flashes
WHOLE_STORY = 2000  # characters of a body from which a premium mark may be wrong: free openings are shorter
#: Share of JSON-LD's articleBody that a body should have, and that makes a story whole; and its least length.
ENOUGH, WHOLE, LONG_TEXT = 0.6, 0.9, 400
SLOW = 10.0  # seconds of a Crawl-delay from which a run takes long: 60 pages take ten minutes
FEW_LINKS = 5  # of a section's page; most show from ten to fifty
LONG_PARAGRAPH = 40  # characters of a paragraph that two stories do not share by chance
LONGEST_PROMPT = 120  # characters of a line that may be a subscription prompt, by these words
_PROMPT = re.compile(r"\b(?:subscribe|sign(?:ing)? (?:in|up)|log ?in|newsletters?|unlock|free trial)\b", re.IGNORECASE)
SHOWN = 60  # characters of a page's text in a finding
#: Fields that a description should find on one of three pages; others are not on all stories.
_EXPECTED = ("headline", "date", "body", "byline", "description", "image", "topics", "breadcrumb")
#: Rules that are the last resort for a field, and what they mean.
_LAST_RESORTS = (
    ("headline", re.compile(r"title"), "the page's title"),
    ("body", re.compile(r"prose, with teasers"), "prose among teasers"),
    ("body", re.compile(r"prose, whatever .*"), "prose in elements that are named for something else"),
    ("body", re.compile(r".*, (?:in \w+|hidden)"), "a part of the page that no reader sees"),
    ("body", re.compile(r"article p"), "single sentences"),
    ("body", re.compile(r"json-ld:articleBody"), "the metadata, since the page shows less"),
    ("date_published", re.compile(r"class"), "an element whose class says that it is a date"),
)


class Level(IntEnum):
    """How bad a finding is; a fault keeps articles from being read."""

    NOTE = 0
    WARNING = 1
    FAULT = 2


@dataclass(frozen=True)
class Finding:
    """What looks wrong, by which ``check``, ``where`` (a part of the report, as "article 2"), and what to do."""

    level: Level
    check: str
    where: str
    says: str
    do: str = ""


#: Gives what it finds: a level, where, what, and what to do.
Found = tuple[Level, str, str, str]
Check = Callable[[Facts], Iterator[Found]]


def findings_of(facts: Facts) -> list[Finding]:
    """All that looks wrong, the worst first."""
    found = [_one_of([Finding(level, check.__name__, *told) for level, *told in check(facts)]) for check in CHECKS]
    return sorted(chain(*found), key=lambda one: -one.level)


def _one_of(found: list[Finding]) -> list[Finding]:
    """What one check finds: of several articles in one finding."""
    of_articles = [one for one in found if one.where.startswith("article ")]
    if len(of_articles) < 2:
        return found
    first = max(of_articles, key=lambda one: one.level)
    numbers = ", ".join(dict.fromkeys(one.where.removeprefix("article ") for one in of_articles))
    where = f"articles {numbers}" if "," in numbers else first.where
    differs = any(one.says != first.says for one in of_articles) and "," in numbers
    says = f"{first.says} ({first.where}; the others alike)" if differs else first.says
    return [replace(first, where=where, says=says), *(one for one in found if one not in of_articles)]


# What was answered ----------------------------------------------------------------


def no_contact(facts: Facts) -> Iterator[Found]:
    if is_live(facts.walk.site.host) and not has_contact(facts.case.agent):
        do = 'put contact = "you@example.org" into newscrawl.toml (newscrawl init)'
        yield Level.NOTE, "answers", "the user agent names no contact", do


def crawl_delay(facts: Facts) -> Iterator[Found]:
    for one in facts.robots:
        if one.delay and one.delay >= SLOW:
            says = f"it asks for {one.delay:g} s between requests: a run over 60 pages takes {one.delay:g} minutes"
            yield Level.NOTE, "robots.txt", says, "this is kept (CRAWL_DELAY_MAX)"


def clock(facts: Facts) -> Iterator[Found]:
    """Relative dates ("2 hours ago") are read by this machine's clock."""
    for one in facts.case.exchanges:
        apart = _apart(one.headers.get("Date"), one.headers.get("Age"), one.at)
        if one.is_read and apart is not None and abs(apart) > CLOCKS_APART:
            minutes = round(abs(apart).total_seconds() / 60)
            side = "behind" if apart > timedelta(0) else "ahead of"
            says = f"this machine's clock is {minutes} minutes {side} the site's"
            yield Level.WARNING, "answers", says, "set the clock: dates such as '2 hours ago' are read by it"
            return


def _apart(date: str | None, age: str | None, at: str) -> timedelta | None:
    """How far the site's clock is ahead, by an answer's headers (RFC 9110, 6.6.1; RFC 9111, 5.1)."""
    try:
        said = parsedate_to_datetime(date or "")
    except ValueError:
        return None
    said = said if said.tzinfo else said.replace(tzinfo=UTC)
    in_cache = timedelta(seconds=int(age)) if age and age.isdecimal() and len(age) < 9 else timedelta(0)
    return said + in_cache - datetime.fromisoformat(at)


def redirected(facts: Facts) -> Iterator[Found]:
    shown = facts.shown
    if shown and shown.exchange.is_read and shown.exchange.through:
        yield Level.NOTE, "section", f"the address leads to {shown.exchange.url}", "give that address as start"


# The section's page ---------------------------------------------------------------


def no_articles(facts: Facts) -> Iterator[Found]:
    shown = facts.shown
    if shown is None or shown.fault or shown.links or shown.is_article:
        return
    stand_in = next((one for one in facts.beside if one.stories), None)
    level = Level.WARNING if stand_in else Level.FAULT
    if shown.scripted:
        do = "read it in a browser: -s BROWSER=listings (pip install 'newscrawl[browser]')"
        yield level, "section", f"the page shows nothing without scripts ({shown.scripted})", do
    else:
        do = "open it in a browser: is it the section's page, does it ask readers to log in?"
        yield level, "section", "no link on the page is one of the section's articles", do


def listing_refused(facts: Facts) -> Iterator[Found]:
    shown = facts.shown
    if shown and shown.fault:
        level = Level.WARNING if any(one.stories for one in facts.beside) else Level.FAULT
        yield level, "section", f"the section's page could not be read: {shown.fault}", refusal_advice(shown.fault)


def few_articles(facts: Facts) -> Iterator[Found]:
    shown = facts.shown
    if shown and 0 < len(shown.links) < FEW_LINKS:
        says = f"the page shows only {counted(len(shown.links), 'article')}"
        yield Level.WARNING, "section", says, "open it in a browser: does it show more?"


def cut_listing(facts: Facts) -> Iterator[Found]:
    if facts.shown and facts.shown.cut:
        yield Level.WARNING, "section", f"the page is not read to its end: {facts.shown.cut}", ""


def cards_without_match(facts: Facts) -> Iterator[Found]:
    if facts.shown and facts.shown.cards is False:
        says = f"the description's rules for cards match nothing: {', '.join(facts.publisher.rules['card'])}"
        yield Level.WARNING, "section", says, "the page's markup has changed: correct these rules"


def no_next_page(facts: Facts) -> Iterator[Found]:
    shown = facts.shown
    if shown is None or not shown.links or shown.next or shown.instead:
        return
    if shown.more:
        covers = any(one.lacking for one in facts.beside)
        do = "a crawl takes what the feeds and sitemaps have" if covers else "a crawl ends with exit status 2 for it"
        yield Level.NOTE if covers else Level.WARNING, "section", f"there is more than the page shows: {shown.more}", do
    else:
        yield Level.NOTE, "section", "the page leads to no further page", "what is older is not read"


def lacking(facts: Facts) -> Iterator[Found]:
    for one in facts.beside:
        if one.newer:
            says = f"{counted(one.newer, 'story')} as new as the page's that it does not show"
            yield Level.NOTE, _name(facts, one.exchange.asked), says, "a crawl takes them from here"


def sources_not_read(facts: Facts) -> Iterator[Found]:
    for one in facts.beside:
        if one.fault:
            yield Level.NOTE, _name(facts, one.exchange.asked), f"not read: {one.fault}", ""


def _name(facts: Facts, url: str) -> str:
    return url.removeprefix(facts.walk.site.origin)


# The articles ---------------------------------------------------------------------


def not_read(facts: Facts) -> Iterator[Found]:
    """Pages that should be articles and are none that a crawl would write."""
    for where, one in _pages(facts):
        if one.is_failed:
            do = "open it in a browser: a crawl counts it as failed" if one.instead.startswith("no ") else ""
            yield Level.WARNING, where, f"not read: {one.instead}", do


def other_pages(facts: Facts) -> Iterator[Found]:
    others = [one for one in facts.read if one.is_other]
    if others:
        kinds = ", ".join(dict.fromkeys(one.instead for one in others))
        lead = "1 link leads" if len(others) == 1 else f"{len(others)} links that looked like articles lead"
        yield Level.NOTE, "articles", f"{lead} to something else ({kinds})", ""


def no_date(facts: Facts) -> Iterator[Found]:
    yield from _missing(facts, "no date", lambda one: not (one.date_published or one.date_modified))


def future_date(facts: Facts) -> Iterator[Found]:
    for where, one, date in _dated(facts):
        if date > facts.now + AHEAD:
            yield Level.WARNING, where, f"its date is in the future: {one.date_published}", _DATE_RULES


def old_date(facts: Facts) -> Iterator[Found]:
    """The newest articles of a section are years old where another date of the page was taken."""
    if is_sample(facts.case.start):  # whose days are past
        return
    for where, one, date in _dated(facts):
        if date < facts.now - LONG_AGO:
            do = f"is that the story's date? {_DATE_RULES}"
            yield Level.WARNING, where, f"its date is more than a year ago: {one.date_published}", do


_DATE_RULES = "see the rule that gave it"


def doubtful_dates(facts: Facts) -> Iterator[Found]:
    for where, one in _pages(facts):
        for said in one.warnings:
            yield Level.WARNING, where, said, "if readers see another date, correct the rules for dates"


def short_body(facts: Facts) -> Iterator[Found]:
    says = f"a body of fewer than {SHORT_BODY} characters"
    do = "open it in a browser: is there more?"
    yield from _missing(facts, says, lambda one: len(one.body) < SHORT_BODY and not one.premium, do=do)


def shorter_than_told(facts: Facts) -> Iterator[Found]:
    """JSON-LD has much more of the story than what was found."""
    for where, one, article in _articles(facts):
        size, told = len(article.body), len(one.told)
        if told >= LONG_TEXT and size < ENOUGH * told and not article.premium:
            says = f"the body has {size} characters, the page's metadata (articleBody) {told}"
            yield Level.WARNING, where, says, "look at both: has the rule for the body lost a part of the story?"


def premium_mark(facts: Facts) -> Iterator[Found]:
    for where, one, article in _articles(facts):
        size, told = len(article.body), len(one.told)
        if article.premium and (size >= WHOLE * told if told >= LONG_TEXT else size >= WHOLE_STORY):
            says = f"marked premium ({article.rules.get('premium')}), though {article.word_count} words of it are there"
            yield Level.WARNING, where, says, "is the story whole? then the mark says nothing here"


def paywall_only(facts: Facts) -> Iterator[Found]:
    found = facts.articles
    if len(found) > 1 and all(article.premium for _, article in found):
        do = "a crawl writes what is free, with premium: true"
        yield Level.WARNING, "articles", f"only part of each of the {len(found)} articles is free to read", do


def no_author(facts: Facts) -> Iterator[Found]:
    yield from _missing(facts, "no author", lambda one: not one.authors, Level.NOTE)


def no_language(facts: Facts) -> Iterator[Found]:
    yield from _missing(facts, "no language", lambda one: one.rules.get("language") in (None, TOLD_BY_TEXT), Level.NOTE)


def languages(facts: Facts) -> Iterator[Found]:
    found = {one.language.partition("-")[0] for _, one in facts.articles if one.language}
    labels = facts.publisher.labels_language
    if len(found) > 1:
        says = f"the pages say that they are in different languages: {', '.join(sorted(found))}"
        yield Level.NOTE, "articles", says, "the dates and prompts of each are read by its own language"
    elif facts.publisher.hosts and labels and found and found != {labels}:
        yield Level.NOTE, "articles", f"the pages are in {found.pop()}, the description's labels in {labels}", ""


def site_as_headline(facts: Facts) -> Iterator[Found]:
    for where, one, article in _articles(facts):
        if one.page and key_of(article.headline) in site_keys(one.page):
            yield Level.WARNING, where, f"the headline is the site's name: {article.headline}", _RULE


def same_headline(facts: Facts) -> Iterator[Found]:
    numbers = Counter(article.headline for _, article in facts.articles)
    for headline, number in numbers.items():
        if number > 1:
            says = f"{number} articles have the same headline: {_beginning(headline)}"
            yield Level.WARNING, "articles", says, _RULE


def same_paragraphs(facts: Facts) -> Iterator[Found]:
    """A paragraph that two stories share is part of neither."""
    numbers = Counter(text for _, one in facts.articles for text in set(one.paragraphs) if len(text) >= LONG_PARAGRAPH)
    for text, number in numbers.items():
        if number > 1 and len(facts.articles) > number - 1:
            says = f"the same paragraph is in {number} bodies: {_beginning(text)}"
            yield Level.WARNING, "articles", says, "if it is no part of the stories, a rule (drop) can leave it out"


def prompts_left(facts: Facts) -> Iterator[Found]:
    """Lines that are like a subscription prompt's, and that no wording takes out."""
    for where, _, article in _articles(facts):
        known = languages_of(article.language)
        left = [
            text
            for text in article.paragraphs
            if weight_of(text, facts.publisher, known) >= Weight.LABEL
            or (len(text) <= LONGEST_PROMPT and _PROMPT.search(text))
        ]
        if left:
            do = "if it is one, add its wording to the publisher's offers"
            yield Level.WARNING, where, f"a line may be a subscription prompt: {_beginning(left[0])}", do


def last_resorts(facts: Facts) -> Iterator[Found]:
    """Fields that were found where nothing better was."""
    for name, rule, what in _LAST_RESORTS:
        found = [where for where, _, one in _articles(facts) if rule.fullmatch(one.extraction.get(name) or "")]
        if found:
            yield Level.WARNING, _together(found, facts), f"the {_FIELD.get(name, name)} comes from {what}", _RULE


_RULE = "is it right? a description of the publisher can give a rule for it"
_FIELD = {"date_published": "date"}


def other_rules(facts: Facts) -> Iterator[Found]:
    """Fields of a supported publisher that its own rules did not give."""
    own = {"headline": "headline", "body": "body", "date": "date_published"}
    for name, field in own.items():
        rules = facts.publisher.rules.get(name)
        articles = facts.articles
        if rules and articles and not any(one.extraction.get(field) in rules for _, one in articles):
            if name == "date" and any(_is_told(one.extraction.get(field)) for _, one in articles):
                continue  # the metadata's has the seconds of the one that readers see
            given = ", ".join(dict.fromkeys(str(one.extraction.get(field)) for _, one in articles))
            says = f"none of the description's rules gave the {name}, but {given}"
            yield Level.WARNING, "articles", says, "the markup may have changed: correct the rule"


def _is_told(rule: str | None) -> bool:
    return bool(rule) and str(rule).startswith(("meta:", "json-ld:"))


def rules_without_match(facts: Facts) -> Iterator[Found]:
    """Of a supported publisher: fields for which no rule matches anything on any page."""
    missing = without_match(facts)
    for name in _EXPECTED:
        rules = facts.publisher.rules.get(name, ())
        if rules and set(rules) <= set(missing.get(name, ())):
            level = Level.WARNING if name in _EXPECTED[:3] else Level.NOTE
            says = f"the description's rules for {name} match nothing: {', '.join(rules)}"
            yield level, "articles", says, "the markup may have changed: correct the rule"


def without_match(facts: Facts) -> dict[str, list[str]]:
    """The description's rules that match nothing on any of the articles' pages, by what they are for."""
    pages = [one for one, _ in facts.articles]
    if not pages:
        return {}
    first = pages[0].unmatched
    found = {
        name: [rule for rule in rules if all(rule in one.unmatched.get(name, ()) for one in pages)]
        for name, rules in first.items()
    }
    return {name: rules for name, rules in found.items() if rules and name not in ("card", "card_date")}


# Their words ----------------------------------------------------------------------


def _pages(facts: Facts) -> list[tuple[str, Read]]:
    """Each page that was asked for as an article, and what to call it."""
    return [(f"article {number}", one) for number, one in enumerate(facts.read, 1)]


def _articles(facts: Facts) -> list[tuple[str, Read, Article]]:
    return [(where, one, one.article) for where, one in _pages(facts) if one.article]


def _dated(facts: Facts) -> Iterator[tuple[str, Article, datetime]]:
    for where, _, one in _articles(facts):
        if one.date_published:
            yield where, one, datetime.fromisoformat(one.date_published)


def _together(wheres: Sequence[str], facts: Facts) -> str:
    """Where something is: of all articles, or of one."""
    return "articles" if len(wheres) > 1 and len(wheres) == len(facts.articles) else ", ".join(wheres)


def _beginning(text: str) -> str:
    """As much of a text as a line shows."""
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1].rstrip()}…"


def _missing(
    facts: Facts,
    what: str,
    lacks: Callable[[Article], bool],
    some: Level = Level.WARNING,
    do: str = "open it in a browser: has it one?",
) -> Iterator[Found]:
    """What articles lack: a warning where all of them do, else of level ``some``."""
    found = [where for where, _, article in _articles(facts) if lacks(article)]
    if found:
        is_all = 1 < len(found) == len(facts.articles)
        yield Level.WARNING if is_all else some, _together(found, facts), what, do


#: In the order in which they are shown, within a level.
CHECKS: Sequence[Check] = (
    listing_refused,
    no_articles,
    few_articles,
    cut_listing,
    cards_without_match,
    no_next_page,
    not_read,
    no_date,
    future_date,
    old_date,
    doubtful_dates,
    short_body,
    shorter_than_told,
    premium_mark,
    paywall_only,
    no_author,
    site_as_headline,
    same_headline,
    same_paragraphs,
    prompts_left,
    last_resorts,
    other_rules,
    rules_without_match,
    clock,
    crawl_delay,
    no_contact,
    redirected,
    no_language,
    languages,
    lacking,
    sources_not_read,
    other_pages,
)
