"""A check as one JSON document."""

from __future__ import annotations

from typing import Any

from newscrawl.article.item import Article
from newscrawl.checking.checks import Finding, without_match
from newscrawl.checking.facts import Beside, Read, Robots, Shown
from newscrawl.checking.verdict import Checked
from newscrawl.describe.fields import fields_of
from newscrawl.describe.saved import Exchange


def document(checked: Checked) -> dict[str, Any]:
    """``status``, ``sentence``, ``findings``, and what they are about.

    That is ``answers``, ``robots``, ``listing``, ``sources``, ``articles``, and the description's rules that match
    nothing on these (``unmatched``).
    """
    facts, ended = checked.facts, checked.ending
    return {
        "status": int(ended.status),
        "sentence": ended.sentence,
        "start": facts.case.start,
        "checked_at": facts.case.at,
        "described_by": facts.publisher.name,
        "section": facts.walk.section,
        "findings": [_finding(one) for one in checked.findings],
        "answers": [_answer(one) for one in facts.case.exchanges],
        "robots": [_robots(one) for one in facts.robots],
        "listing": _listing(facts.shown) if facts.shown else None,
        "sources": [_source(one) for one in facts.beside],
        "articles": [_article(one) for one in facts.read],
        "unmatched": without_match(facts),
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {"level": one.level.name.lower(), "check": one.check, "where": one.where, "says": one.says, "do": one.do}


def _answer(one: Exchange) -> dict[str, Any]:
    return {
        "role": one.role.value,
        "asked": one.asked,
        "url": one.url,
        "through": list(one.through),
        "status": one.status or None,
        "failed": one.failed or None,
        "content_type": one.headers.get("Content-Type"),
        "bytes": len(one.body),
        "seconds": one.seconds,
        "retries": one.retries,
    }


def _robots(one: Robots) -> dict[str, Any]:
    return {
        "url": one.exchange.url,
        "allows_section": one.allowed,
        "crawl_delay": one.delay,
        "sitemaps": list(one.sitemaps),
    }


def _listing(one: Shown) -> dict[str, Any]:
    return {
        "articles": [link.url for link in one.links],
        "passed": {fate.key: number for fate, number in one.passed.items()},
        "rules": dict(one.rules),
        "next_page": one.next,
        "more": one.more or None,
        "failed": one.fault or one.cut or None,
        "needs_scripts": one.scripted or None,
        "is_article": one.is_article,
    }


def _source(one: Beside) -> dict[str, Any]:
    return {
        "kind": one.kind.name.lower(),
        "url": one.exchange.asked,
        "named": one.named,
        "stories": len(one.stories),
        "lacking": [link.url for link in one.lacking],
        "as_new_as_listed": one.newer,
        "failed": one.fault or None,
    }


def _article(one: Read) -> dict[str, Any]:
    return {
        "asked": one.exchange.asked,
        "is_article": one.article is not None,
        "instead": one.instead or None,
        "fields": fields_of(one.verdict) if isinstance(one.verdict, Article) else None,
    }
