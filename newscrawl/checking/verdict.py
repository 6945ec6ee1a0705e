"""What a check ends with: its exit status, and a sentence that says what to do next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from newscrawl.checking.checks import Finding, Level
from newscrawl.checking.facts import Facts
from newscrawl.crawl.ending import SCRIPTED_ARTICLE, Ending, failed, incomplete, ok, refusal_advice, why_unreachable
from newscrawl.plural import counted

_LOOK = "open it in a browser: has its markup changed, or does it ask readers to log in?"
_HTTP_ERROR = "HTTP "
_REFUSALS = (_HTTP_ERROR, "Forbidden by robots.txt", "leads to another host")


@dataclass(frozen=True)
class Checked:
    """A check: what is known, and what looks wrong."""

    facts: Facts
    findings: Sequence[Finding]

    @property
    def ending(self) -> Ending:
        """How the check ended."""
        return next(ending for rule in _RULES if (ending := rule(self)) is not None)


def _unreachable(checked: Checked) -> Ending | None:
    robots = checked.facts.unreachable
    if robots is None:
        return None
    if not robots.exchange.status:
        says = robots.exchange.failed.removeprefix("the host ")
        if says != robots.exchange.failed:
            return failed(why_unreachable(checked.facts.walk.site.host, says), "host-unreachable")
    why = robots.exchange.failed or f"{_HTTP_ERROR}{robots.exchange.status}"
    told = f"robots.txt could not be read ({why}), so nothing else was asked for; {refusal_advice(why)}"
    return failed(told, "robots-unreachable")


def _not_answered(checked: Checked) -> Ending | None:
    """The section did not answer, and nothing stands in for it."""
    shown = checked.facts.shown
    if shown is None or not shown.fault or checked.facts.articles:
        return None
    return failed(
        f"the section did not answer or refused: {shown.fault}; {refusal_advice(shown.fault)}", "section-refused"
    )


def _nothing_listed(checked: Checked) -> Ending | None:
    if checked.facts.read or checked.facts.shown is None:
        return None
    why = next((f"{one.says}; {one.do}" for one in checked.findings if one.check == "no_articles"), _LOOK)
    return failed(f"the section cannot be read: {why}", "nothing-shown")


def _no_article_read(checked: Checked) -> Ending | None:
    read = checked.facts.read
    if checked.facts.articles:
        return None
    reasons = list(dict.fromkeys(one.instead for one in read))
    advice = next((refusal_advice(reason) for reason in reasons if reason.startswith(_REFUSALS)), _LOOK)
    if SCRIPTED_ARTICLE in reasons:
        advice = "-s BROWSER=all reads them in a browser (pip install 'newscrawl[browser]')"
    what = "the page is not" if len(read) == 1 else f"none of {counted(len(read), 'page')} is"
    return failed(f"{what} an article that can be read ({', '.join(reasons)}); {advice}")


def _with_warnings(checked: Checked) -> Ending | None:
    warnings = [one for one in checked.findings if one.level >= Level.WARNING]
    if not warnings:
        return None
    first, crawl = warnings[0], checked.facts.case.crawl
    more = f", and {counted(len(warnings) - 1, 'other warning')}" if len(warnings) > 1 else ""
    return incomplete(f"it can be read, with warnings ({first.where}: {first.says}{more}); look at them, then: {crawl}")


def _good(checked: Checked) -> Ending:
    facts = checked.facts
    if facts.shown is None or facts.shown.is_article:
        return ok("the article can be read; check the section's address as well")
    number = len(facts.articles)
    these = "the one that was looked at is" if number == 1 else f"all {number} that were looked at are"
    return ok(
        f"good: {counted(facts.listed, 'article')} listed, and {these} complete; next: {checked.facts.case.crawl}"
    )


_RULES: Sequence[Callable[[Checked], Ending | None]] = (
    _unreachable,
    _not_answered,
    _nothing_listed,
    _no_article_read,
    _with_warnings,
    _good,
)
