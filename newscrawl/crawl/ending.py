"""How a crawl ended: the exit status, and the sentence that says why. Nothing here knows of Scrapy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any, TypeVar

from newscrawl.crawl.counts import Counts
from newscrawl.plural import counted
from newscrawl.program import argument

Facts = TypeVar("Facts")
_LOOK = "open one in a browser: has its markup changed, or does it ask readers to log in?"
_REFUSED = "try again later and more slowly, with a USER_AGENT that names you, or ask the publisher"
#: Why an article failed whose page is filled by scripts.
SCRIPTED_ARTICLE = "shows nothing without scripts"
#: Why an article failed by a fault of the program, or of a pipeline of the user's own.
ERROR_IN_PIPELINE, ERROR_IN_SPIDER = "an error in a pipeline; the log has it", "an error in the spider; the log has it"
_MOST_REASONS = 5  # of failures in one sentence, the most frequent first; the log has each page's
#: Where warnings are explained; and endings that no rule gives.
_LOOKS_WRONG = "looks-wrong"
COULD_NOT_BEGIN, FAULT, NOT_STARTED = "could-not-begin", "fault", "not-started"
NO_SUMMARY, NO_ALERT = "no-summary", "no-alert"
_MOST_FILES = 3  # in one sentence
_MOST_SECTIONS = 3  # whose sentence is in the last line of all


class ExitStatus(IntEnum):
    """How a command ends."""

    OK = 0
    FAILED = 1
    INCOMPLETE = 2


@dataclass(frozen=True)
class Ending:
    """How a crawl ended: exit status, a sentence that says why, and where it began to work its summary and counts.

    ``sources`` are as :meth:`newscrawl.crawl.sources.Sources.to_list` gives them. ``links`` are those that a dry run
    met, if they were to be kept.
    """

    status: ExitStatus
    sentence: str
    summary: list[str] = field(default_factory=list)
    counts: dict[str, Any] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    sources: list[dict[str, Any]] = field(default_factory=list)
    links: list[dict[str, str]] = field(default_factory=list)
    seconds: float = 0.0
    #: The heading of ``sentences.md`` that says what the sentence means and what to do; ``""`` where all is well.
    anchor: str = ""
    #: The exit status of the run before; ``None`` where no history knows one.
    before: int | None = None
    #: ``headline``, ``url`` and ``status`` of the first articles that it wrote, for a message.
    headlines: list[dict[str, str]] = field(default_factory=list)
    #: How many alerts were ``sent``, and those that ``failed``; ``None`` where none was due.
    alerts: dict[str, Any] | None = None

    def __str__(self) -> str:
        more = f" (newscrawl explain {self.anchor})" if self.anchor else ""
        return f"exit status {self.status:d} ({self.status.name.lower()}): {self.sentence}{more}"


#: Gives the ending where it is the one that decides.
Rule = Callable[[Facts], Ending | None]


def first(rules: Sequence[Rule[Facts]], facts: Facts) -> Ending:
    """The ending by the first rule that gives one; the last rule always does. It is explained under the rule's name."""
    rule, ending = next((rule, ending) for rule in rules if (ending := rule(facts)) is not None)
    is_explained = ending.anchor or ending.status is ExitStatus.OK
    return ending if is_explained else replace(ending, anchor=anchor_of(rule))


def anchor_of(rule: Callable[..., Any]) -> str:
    """Where ``sentences.md`` explains what a rule, or a clause of one, says.

    >>> anchor_of(section_refused), anchor_of(_holes)
    ('section-refused', 'holes')
    """
    return rule.__name__.strip("_").replace("_", "-")


def ok(sentence: str) -> Ending:
    return Ending(ExitStatus.OK, sentence)


def failed(sentence: str, anchor: str = "") -> Ending:
    return Ending(ExitStatus.FAILED, sentence, anchor=anchor)


def incomplete(sentence: str, anchor: str = "") -> Ending:
    return Ending(ExitStatus.INCOMPLETE, sentence, anchor=anchor)


# A crawl ---------------------------------------------------------------------------


def judge(counts: Counts) -> Ending:
    """How a crawl ended."""
    ending = first(RULES, counts)
    more = [_left(counts.left) if counts.left else "", _lost_pictures(counts)]
    return replace(ending, sentence="; ".join([ending.sentence, *filter(None, more)]))


def _lost_pictures(counts: Counts) -> str:
    """Says how many pictures could not be downloaded, which keeps no article from being written.

    >>> counts = Counts()
    >>> counts.pictures, counts.pictures_failed = 8, 2
    >>> _lost_pictures(counts)
    '2 of 10 pictures could not be downloaded'
    """
    failed = counts.pictures_failed
    all_of_them = counted(failed + counts.pictures + counts.pictures_known, "picture")
    return f"{failed} of {all_of_them} could not be downloaded" if failed else ""


def _left(names: Sequence[str]) -> str:
    """Says of older files that the run has nothing better.

    >>> _left(["a.jsonl"]), _left(["a.jsonl", "a.csv"])
    ('a.jsonl is left as it was', 'a.jsonl and a.csv are left as they were')
    """
    if len(names) == 1:
        return f"{names[0]} is left as it was"
    told = " and ".join(names) if len(names) <= _MOST_FILES else counted(len(names), "file")
    return f"{told} are left as they were"


def cut_off(counts: Counts) -> Ending | None:
    """The process ended before the crawl did."""
    if counts.finish_reason:
        return None
    saved = "; the next run saves what it had and goes on" if counts.has_history else ""
    return failed(f"it was cut off before its file was written{saved}")


def output_failed(counts: Counts) -> Ending | None:
    error = counts.output_error or ("see the log above" if counts.feed_failed else None)
    if not error:
        return None
    kept = ", nothing is lost" if counts.has_history else ""
    return failed(f"the output could not be written: {error}; fix that and run again{kept}")


def archive_failed(counts: Counts) -> Ending | None:
    if counts.archive_error is None:
        return None
    written = "" if counts.left else f"; {_written(counts)}"
    return failed(f"the archive could not be written: {counts.archive_error}; fix that and run again{written}")


def stopped_early(counts: Counts) -> Ending | None:
    if counts.finish_reason == "finished":
        return None
    how = (
        "it was interrupted" if counts.finish_reason == "shutdown" else f"it was stopped early ({counts.finish_reason})"
    )
    onward = ", the next run goes on from there" if counts.has_history else ""
    status = ExitStatus.INCOMPLETE if counts.written or counts.known else ExitStatus.FAILED
    pending = f"; {_undelivered_files(counts)}" if counts.undelivered else ""
    return Ending(status, f"{how}; {_written(counts)}{onward}{pending}")


def empty_archive(counts: Counts) -> Ending | None:
    if counts.shown or not counts.is_replay:
        return None
    more = f"; {left_out(counts.replay_unfinished)}" if counts.replay_unfinished else ""
    return failed(f"the archive has no article's page ({replayed(counts)}){more}")


def host_unreachable(counts: Counts) -> Ending | None:
    """No connection came about."""
    if counts.shown or counts.unreachable is None:
        return None
    return failed(why_unreachable(*counts.unreachable))


def robots_unreachable(counts: Counts) -> Ending | None:
    if counts.shown or counts.robots_unreachable is None:
        return None
    reason = counts.robots_unreachable
    what_to_do = "try again later"
    if "redirects" in reason:
        what_to_do += ", and if that does not help, tell the publisher where it leads"
    return failed(f"robots.txt could not be read ({reason}), so nothing else was requested; {what_to_do}")


def section_refused(counts: Counts) -> Ending | None:
    if counts.shown or not counts.refused:
        return None
    return failed(f"the section did not answer or refused: {counts.refused}; {refusal_advice(counts.refused)}")


def section_cut(counts: Counts) -> Ending | None:
    """The section answered, and a bound was reached before any article."""
    if counts.shown or not counts.cut:
        return None
    return failed(f"the section could not be read to its end: {counts.cut}; give another address of it as start")


def nothing_shown(counts: Counts) -> Ending | None:
    if counts.shown:
        return None
    return failed(f"no articles on the section's pages{f': {counts.scripted}' if counts.scripted else f'; {_LOOK}'}")


def dry_run(counts: Counts) -> Ending | None:
    """Nothing was asked for but listings, and nothing was written."""
    if not counts.is_dry_run:
        return None
    told = f"dry run: {counts.would_read} of {counted(counts.links, 'link')} would be read"
    missing, anchor = _missing(counts)
    return incomplete(f"{told}, but {' and '.join(missing)}", anchor) if missing else ok(told)


def all_skipped(counts: Counts) -> Ending | None:
    """No page that was read is an article."""
    if not counts.skipped or counts.failed or counts.known or counts.has_read:
        return None
    pages = counted(counts.skipped, "page")
    return failed(f"none of {pages} that the section links to is an article; {_LOOK}")


def all_gone(counts: Counts) -> Ending | None:
    """The publisher removed all that was asked for."""
    if not counts.gone or counts.failed or counts.known or counts.has_read:
        return None
    one = counts.gone == 1
    which = "the article that was asked for is" if one else f"all {counts.gone} articles that were asked for are"
    return failed(f"{which} gone; open one in a browser")


def all_failed(counts: Counts) -> Ending | None:
    if not counts.failed or counts.has_read:
        return None
    articles = counted(counts.failed, "article")
    return failed(f"none of {articles} could be read ({failures(counts)}){failure_advice(counts)}")


def all_dead(counts: Counts) -> Ending | None:
    if not counts.dead or counts.known or counts.has_read:
        return None
    articles = counted(counts.dead, "article")
    return failed(f"none of {articles} could be read, {deaths(counts)}; {_LOOK}")


def some_missing(counts: Counts) -> Ending | None:
    """Stories that a reader would have found are not in the output, or somebody should look."""
    missing, anchor = _missing(counts)
    missing += counts.warnings
    done = "nothing new" if not counts.written and counts.known else _written(counts)
    return incomplete(f"{done}, but {' and '.join(missing)}", anchor or _LOOKS_WRONG) if missing else None


def _missing(counts: Counts) -> tuple[list[str], str]:
    """Clauses on what a reader would have found, and where the first of them is explained."""
    told = [(clause, anchor_of(tell)) for tell in MISSING if (clause := tell(counts))]
    return [clause for clause, _ in told], told[0][1] if told else ""


def all_well(counts: Counts) -> Ending:
    more = [clause for tell in _BESIDE if (clause := tell(counts))]
    if not counts.written and counts.known:
        return ok(f"nothing new, {', '.join(more)}")
    every = "" if more or counts.written == 1 else "all "
    return ok(f"{every}{_written(counts)}{''.join(f', {clause}' for clause in more)}")


#: In this order: what keeps a run from its work before what it lacks.
RULES: Sequence[Rule[Counts]] = (
    cut_off,
    output_failed,
    archive_failed,
    stopped_early,
    empty_archive,
    host_unreachable,
    robots_unreachable,
    section_refused,
    section_cut,
    nothing_shown,
    dry_run,
    all_skipped,
    all_gone,
    all_failed,
    all_dead,
    some_missing,
    all_well,
)


# Its clauses -----------------------------------------------------------------------


def _failed_articles(counts: Counts) -> str:
    return f"{counts.failed} failed ({failures(counts)}){failure_advice(counts)}" if counts.failed else ""


def _same_pages(counts: Counts) -> str:
    same = counts.same_page
    which = f"{same} addresses" if same > 1 else "an address"
    return f"{which} answered with a page that others also show, and that is not an article; {_LOOK}" if same else ""


def _contradicting(counts: Counts) -> str:
    pages = counted(counts.contradicted, "page")
    return f"left out: {pages} with the canonical address of another story" if counts.contradicted else ""


def _unread_listings(counts: Counts) -> str:
    unread = counts.listing_failed
    return f"{counted(unread, 'listing page')} could not be read" if unread else ""


def _unread_links(counts: Counts) -> str:
    unread = ((counts.not_read, "article"), (counts.sitemaps_not_read, "sitemap"))
    told = [
        f"{counted(number, what)} that a source named {'was' if number == 1 else 'were'} not read"
        for number, what in unread
        if number
    ]
    return " and ".join(told)


def _unread_rests(counts: Counts) -> str:
    return " and ".join(counts.more)


def _holes(counts: Counts) -> str:
    return " and ".join(counts.holes)


def _empty_starts(counts: Counts) -> str:
    why = counts.refused or counts.cut
    return f"{', '.join(counts.empty)} gave no article{f' ({why})' if why else ''}" if counts.empty else ""


def _scripted_listing(counts: Counts) -> str:
    return counts.scripted or ""


def _refused_starts(counts: Counts) -> str:
    """Where a walk has articles from another start, so that it is not empty."""
    why = counts.start_refused
    return f"a start could not be read ({why}; {refusal_advice(why)})" if why and not counts.empty else ""


def _damaged_records(counts: Counts) -> str:
    damaged = counts.replay_damaged
    return f"{counted(damaged, 'damaged record')} of the archive skipped" if damaged else ""


def _unresolved_revisits(counts: Counts) -> str:
    unresolved = counts.replay_unresolved
    are = "is" if unresolved == 1 else "are"
    told = f"{counted(unresolved, 'unchanged page')} {are} only in archives of earlier runs; give those as well"
    return told if unresolved else ""


def _unread_hars(counts: Counts) -> str:
    hars = counts.replay_hars
    was, them = ("was", "it") if hars == 1 else ("were", "them")
    return f"{counted(hars, 'HAR file')} {was} not read; convert {them} to WARC" if hars else ""


def _unfinished_files(counts: Counts) -> str:
    return left_out(counts.replay_unfinished) if counts.replay_unfinished else ""


def _undelivered_files(counts: Counts) -> str:
    return " and ".join(counts.undelivered)


#: What a reader would have found, or may have: a clause each, ``""`` where nothing is missing.
MISSING: Sequence[Callable[[Counts], str]] = (
    _failed_articles,
    _same_pages,
    _contradicting,
    _unread_listings,
    _unread_links,
    _unread_rests,
    _holes,
    _empty_starts,
    _refused_starts,
    _scripted_listing,
    _damaged_records,
    _unresolved_revisits,
    _unread_hars,
    _unfinished_files,
    _undelivered_files,
)


def _known_articles(counts: Counts) -> str:
    if not counts.known:
        return ""
    if counts.is_replay:
        return f"{counts.known} the same as before in the archive"
    looked = f"{counts.settled} of them not fetched again; " if counts.settled else ""
    return f"{counts.known} unchanged since an earlier run ({looked}{argument('again')} writes all)"


def _gone_articles(counts: Counts) -> str:
    return f"{counts.gone} removed by the publisher" if counts.gone else ""


def _older_articles(counts: Counts) -> str:
    return f"{counts.older} older than asked for" if counts.older else ""


def _later_articles(counts: Counts) -> str:
    return f"{counts.later} later than asked for" if counts.later else ""


def _range_was_read(counts: Counts) -> str:
    again = f"({argument('again')} reads it again)"
    return f"the range was read by earlier runs {again}" if counts.range_was_read else ""


def _limit_reached(counts: Counts) -> str:
    if not counts.limited:
        return ""
    left = f" ({counted(counts.beyond_limit, 'article')} found and left to the next run)" if counts.beyond_limit else ""
    return f"limit reached{left}"


def _written_again(counts: Counts) -> str:
    return f"{counts.again} of these unchanged since an earlier run and written again" if counts.again else ""


def _dead_links(counts: Counts) -> str:
    return f"{counts.dead} {deaths(counts)}" if counts.dead else ""


_BESIDE = (
    _known_articles,
    _gone_articles,
    _dead_links,
    _range_was_read,
    _older_articles,
    _later_articles,
    _written_again,
    _limit_reached,
)


def _written(counts: Counts) -> str:
    return f"{counted(counts.written, 'article')} written"


def is_whole(counts: Counts) -> bool:
    """Whether a run ended on its own and read every listing that it came to, to its end."""
    left = counts.listing_failed or counts.not_read or counts.sitemaps_not_read or counts.limited
    return counts.finish_reason == "finished" and not left and not counts.output_error


def is_complete(counts: Counts) -> bool:
    """Whether nothing that was there to be found is missing but articles that failed, which later runs ask for again.

    >>> counts = Counts()
    >>> counts.finish_reason = "finished"
    >>> is_complete(counts)
    True
    >>> counts.limited = True
    >>> is_complete(counts)
    False
    """
    unread = (
        counts.refused
        or counts.cut
        or counts.unreachable
        or counts.robots_unreachable
        or counts.more
        or counts.scripted
    )
    return is_whole(counts) and not unread


def failures(counts: Counts) -> str:
    """The most frequent reasons of failures, with how many for each."""
    return _most_frequent(counts.failures)


def deaths(counts: Counts) -> str:
    """Since when links are dead, and why."""
    return f"still dead since an earlier run ({_most_frequent(counts.deaths)})"


def _most_frequent(numbers: Mapping[str, int]) -> str:
    reasons = sorted(numbers.items(), key=lambda reason: (-reason[1], reason[0]))
    shown = ", ".join(f"{number} {_after(number, reason)}" for reason, number in reasons[:_MOST_REASONS])
    others = sum(number for _, number in reasons[_MOST_REASONS:])
    return shown + (f", and {others} for other reasons" if others else "")


def _after(number: int, reason: str) -> str:
    """A reason as it reads behind a number of articles."""
    if number > 1 and reason == SCRIPTED_ARTICLE:
        return reason.replace("shows", "show", 1)
    return reason.replace("Forbidden", "forbidden", 1) if reason.startswith("Forbidden") else reason


def failure_advice(counts: Counts) -> str:
    advice = "; refused: try again later and more slowly" if counts.failures.keys() & {"HTTP 403", "HTTP 429"} else ""
    if any(reason.startswith("leads to another host, ") for reason in counts.failures):  # of a start alone
        advice += "; give that address as start"
    if SCRIPTED_ARTICLE in counts.failures:
        advice += "; -s BROWSER=all reads them in a browser (pip install 'newscrawl[browser]')"
    return advice


#: What to do about a start that could not be read, by words of the reason.
_ADVICE = (
    (
        "Forbidden by robots.txt",
        "the publisher does not want this page crawled: ask for permission, or read another section",
    ),
    ("leads to another host", "give that address as start"),
    ("at a private address", "if you mean it, give this address and port as start"),
    ("Content-Encoding is wrong", "open it in a browser; the publisher has to fix it"),
    ("header fields too large", "open it in a browser; the publisher has to fix it"),
    ("max redirections reached", "open it in a browser, and give the address where it ends as start"),
    ("HTTP 401", "give name and password in start"),
    ("HTTP 403", _REFUSED),
    ("HTTP 429", _REFUSED),
    ("HTTP 404", "give another address of the section as start"),
    ("HTTP 410", "give another address of the section as start"),
)


#: What to say of a host that no connection to came about with, by words of why; the last one's are in all.
_UNREACHABLE = (
    ("cannot be resolved", "no network, or no such host: {host} {says}"),
    ("cannot be reached", "no network: {host} {says}"),
    ("refuses the connection", "{host} {says}; is that the right port, and is the server running?"),
    ("", "{host} {says}; try again later"),
)


def why_unreachable(host: str, says: str) -> str:
    """A sentence on a host that no connection to came about with; ``says`` is as in :mod:`newscrawl.reasons`."""
    return next(sentence for words, sentence in _UNREACHABLE if words in says).format(host=host, says=says)


def refusal_advice(reason: str) -> str:
    return next((advice for words, advice in _ADVICE if words in reason), "try again later")


def replayed(counts: Counts) -> str:
    """What was in the archive."""
    skipped = counts.replay_skipped + counts.replay_revisits
    told = [
        f"{counts.replay_records} records read, {counts.replay_pages} pages, {skipped} skipped",
        f"{counts.replay_damaged} damaged",
    ]
    if counts.replay_unresolved:
        told.append(f"{counts.replay_unresolved} not in these archives")
    if counts.replay_shortened:
        told.append(f"{counted(counts.replay_shortened, 'story')} lacking a page")
    if counts.replay_others:
        told.append(f"{counted(counts.replay_others, 'file')} of another kind")
    return ", ".join(told)


def left_out(files: int) -> str:
    """What to say of so many files of an archive that a crawl has not finished."""
    was, them = ("was", "it") if files == 1 else ("were", "them")
    return f"{counted(files, 'unfinished file')} {was} left out; the next run with this ARCHIVE completes {them}"


# Several crawls --------------------------------------------------------------------


def judge_all(endings: Mapping[str, Ending]) -> Ending:
    """How the crawls of several sections ended together, by the sections' names."""
    return first(RULES_OF_ALL, endings)


def _all_sections_ok(endings: Mapping[str, Ending]) -> Ending | None:
    if _unwell(endings):
        return None
    return ok(f"{counted(len(endings), 'section')}, {_written_by(endings)}")


def _all_sections_failed(endings: Mapping[str, Ending]) -> Ending | None:
    if {ending.status for ending in endings.values()} != {ExitStatus.FAILED}:
        return None
    which = "the section" if len(endings) == 1 else f"all {counted(len(endings), 'section')}"
    return failed(f"{which} failed: {_reasons(endings)}")


def _some_sections_unwell(endings: Mapping[str, Ending]) -> Ending:
    statuses = [ending.status for ending in endings.values()]
    numbers = [
        f"{statuses.count(status)} {status.name.lower()}"
        for status in (ExitStatus.FAILED, ExitStatus.INCOMPLETE)
        if status in statuses
    ]
    return incomplete(
        f"{_written_by(endings)}, but of {counted(len(endings), 'section')} {' and '.join(numbers)}"
        f" ({_reasons(endings)})"
    )


RULES_OF_ALL: Sequence[Rule[Mapping[str, Ending]]] = (_all_sections_ok, _all_sections_failed, _some_sections_unwell)


def _unwell(endings: Mapping[str, Ending]) -> dict[str, Ending]:
    return {name: ending for name, ending in endings.items() if ending.status != ExitStatus.OK}


def _reasons(endings: Mapping[str, Ending]) -> str:
    """The sentences of those that are not well."""
    unwell = _unwell(endings)
    names = list(unwell)
    clauses = [f"{name}: {unwell[name].sentence}" for name in names[:_MOST_SECTIONS]]
    clauses += [f"and {', '.join(names[_MOST_SECTIONS:])}"] if len(names) > _MOST_SECTIONS else []
    return "; ".join(clauses)


def _written_by(endings: Mapping[str, Ending]) -> str:
    return f"{counted(sum(ending.counts.get('written', 0) for ending in endings.values()), 'article')} written"
