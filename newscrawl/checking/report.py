"""A check for people: what was answered, what was read, what looks wrong. In colours on a terminal, plain elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from newscrawl import terminal
from newscrawl.article.item import Article
from newscrawl.checking.checks import Finding, Level
from newscrawl.checking.facts import Beside, Facts, Read, Robots, Shown
from newscrawl.checking.verdict import Checked
from newscrawl.describe.fields import fields_of
from newscrawl.describe.saved import Exchange, Role
from newscrawl.plural import counted
from newscrawl.streams import printable

#: Fields that are shown with their values; the names of others stand in one line.
_SHOWN = ("headline", "date_published", "authors", "description", "body")
#: Fields that follow from others.
_DERIVED = {"url", "id", "publisher", "word_count", "next_url", "links", "live", "premium"}
_STYLES = {Level.FAULT: "bold red", Level.WARNING: "yellow", Level.NOTE: "cyan"}
_KB = 1000
_CLIENT_ERROR = 400  # of HTTP


def show(checked: Checked) -> None:
    """Print a check on standard output."""
    terminal.show(_parts(checked))


def _parts(checked: Checked) -> Iterator[RenderableType]:
    facts = checked.facts
    yield from _head(facts)
    yield from _titled("Answers", _answers(facts))
    yield from _titled("Section", _section(facts))
    for number, one in enumerate(facts.read, 1):
        yield from _article(number, one, facts)
    if checked.findings:
        yield from _titled("What to look at", _findings(checked.findings))


def _titled(title: str, table: Table) -> Iterator[RenderableType]:
    if table.row_count:
        yield Text("")
        yield Text(title, style="bold")
        yield Padding(table, (0, 0, 0, 2))


def _head(facts: Facts) -> Iterator[RenderableType]:
    yield Text(printable(facts.case.start), style="bold")
    publisher, site = facts.publisher, facts.walk.site
    told = "not a supported publisher: read by the generic rules"
    if publisher.hosts:
        told = f"read by the description of {publisher.name}{', on a copy of its site' if site.is_copy else ''}"
    at = facts.now.strftime("%Y-%m-%d %H:%M UTC")
    yield Text(f"{told}; checked {at}", style="dim")


def _table(*columns: dict[str, Any]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(**column)
    return table


_ONE_LINE: dict[str, Any] = {"no_wrap": True, "overflow": "ellipsis"}


# What was answered ----------------------------------------------------------------


def _answers(facts: Facts) -> Table:
    right = {"justify": "right", "no_wrap": True}
    table = _table(_ONE_LINE | {"max_width": 44}, {"no_wrap": True}, right, right, {"max_width": 24, **_ONE_LINE}, {})
    names = _names(facts)
    for one, name in zip(facts.case.exchanges, names, strict=True):
        bad = bool(one.failed) and not (one.role is Role.ROBOTS and one.status)
        status = Text(str(one.status or "-"), style="red" if bad else "green")
        kind = (one.headers.get("Content-Type") or "").partition(";")[0]
        size = _size(len(one.body)) if one.status else ""
        seconds = f"{one.seconds:.1f} s" if one.status else ""
        table.add_row(printable(name), status, seconds, size, printable(kind), printable(_remark(one)))
    return table


def _names(facts: Facts) -> list[str]:
    """What to call each answer: articles are numbered as they are shown below."""
    of_articles = [one.exchange for one in facts.read]
    return [
        f"article {of_articles.index(one) + 1}" if one in of_articles else _place(one.asked, facts)
        for one in facts.case.exchanges
    ]


def _place(url: str, facts: Facts) -> str:
    parts = urlsplit(url)
    short = url.removeprefix(f"{parts.scheme}://{parts.netloc}") or "/"
    return short if url.startswith(facts.walk.site.origin) else url


def _size(number: int) -> str:
    return f"{number} B" if number < _KB else f"{number / _KB:.0f} KB"


def _remark(one: Exchange) -> str:
    told = [] if not one.failed or one.failed == f"HTTP {one.status}" else [one.failed]
    if one.through:
        told.append(f"redirected to {one.url}")
    if one.retries:
        told.append(f"asked {one.retries + 1} times")
    return ", ".join(told)


def _of_robots(robots: Robots) -> Iterator[str]:
    if robots.is_missing:
        yield "it could not be read, so nothing may be asked for"
        return
    if robots.exchange.status >= _CLIENT_ERROR:
        yield "there is none: nothing is forbidden"
        return
    yield "allows the section" if robots.allowed else "forbids the section"
    yield f"{robots.delay:g} s between requests" if robots.delay else "no Crawl-delay"
    if robots.sitemaps:
        yield f"names {counted(len(robots.sitemaps), 'sitemap')}"


# What is listed -------------------------------------------------------------------


def _section(facts: Facts) -> Table:
    """What robots.txt says of the section, and what lists its articles."""
    table = _table(_ONE_LINE | {"max_width": 44}, {"overflow": "fold"})
    for one in facts.robots:
        table.add_row(printable(_place(one.exchange.asked, facts)), printable(", ".join(_of_robots(one))))
    shown = facts.shown
    if shown is None or shown.is_article:
        return table
    if not shown.fault:
        table.add_row("the page", printable(_shown(shown)))
        if shown.instead is None:
            table.add_row("next page", printable(_next(shown, facts)))
    for beside in facts.beside:
        if not beside.fault:
            table.add_row(printable(_place(beside.exchange.asked, facts)), printable(_beside(beside, shown)))
    return table


def _shown(shown: Shown) -> str:
    if shown.children:
        return f"a sitemap index that names {counted(len(shown.children), 'sitemap')}"
    kinds = sorted(shown.passed.items(), key=lambda one: (-one[1], one[0].value))
    passed = "".join(f", {number} {fate.value}" for fate, number in kinds)
    is_a = f"{shown.instead.value}: " if shown.instead else ""
    return f"{is_a}{counted(len(shown.links), 'article')} of the section{passed}"


def _next(shown: Shown, facts: Facts) -> str:
    if shown.next:
        return _place(shown.next, facts)
    return f"no address of one, but {shown.more}" if shown.more else "none"


def _beside(one: Beside, shown: Shown) -> str:
    if one.children:
        return f"{one.kind.value}: names {counted(len(one.children), 'sitemap')}"
    told = f"{one.kind.value}: names {counted(one.named, 'page')}, {len(one.stories)} of the section"
    if one.lacking and shown.links:
        told += f", {len(one.lacking)} of them not on the page, {one.newer or 'none'} as new as what is there"
    return told


# The articles ---------------------------------------------------------------------


def _article(number: int, one: Read, facts: Facts) -> Iterator[RenderableType]:
    yield Text("")
    title = _table({"no_wrap": True, "min_width": 9, "style": "bold"}, _ONE_LINE | {"style": "dim"})
    title.add_row(f"Article {number}", printable(_place(one.exchange.asked, facts)))
    yield title
    if one.instead:
        yield Padding(Text(printable(one.instead), style="red" if one.is_failed else "cyan"), (0, 0, 0, 2))
    if isinstance(one.verdict, Article):
        table, found, missing = _fields(one.verdict)
        yield Padding(table, (0, 0, 0, 2))
        told = f"also {found}{f'; not found: {missing}' if missing else ''}"
        yield Padding(Text(told, style="dim"), (0, 0, 0, 2))


def _fields(article: Article) -> tuple[Table, str, str]:
    """The fields that are shown, the others with their rules, and those that were not found."""
    table = _table({"no_wrap": True}, _ONE_LINE | {"min_width": 22, "max_width": 30, "style": "cyan"}, {"ratio": 1})
    table.expand = True
    fields = fields_of(article)
    for name in _SHOWN:
        value, rule = _value(name, article), fields[name]["rule"]
        style = "" if value else "red"
        shown = Text(printable(value or "nothing found"), no_wrap=True, overflow="ellipsis")
        table.add_row(Text(name, style=style), printable(rule or "-"), shown)
    others = {name: told for name, told in fields.items() if name not in _SHOWN and name not in _DERIVED}
    found = [f"{name} ({told['rule']})" if told["rule"] else name for name, told in others.items() if told["value"]]
    found += ["live"] if article.live else []
    missing = [name for name, told in others.items() if not told["value"]]
    return table, printable(", ".join(found)), ", ".join(missing)


def _value(name: str, article: Article) -> str:
    value = getattr(article, name)
    if name == "body":
        paragraphs = counted(len(article.paragraphs), "paragraph")
        premium = ", premium" if article.premium else ""
        return f"{article.word_count} words, {paragraphs}{premium}: {value}" if value else ""
    return ", ".join(value) if isinstance(value, list) else value or ""


# What looks wrong -----------------------------------------------------------------


def _findings(findings: Sequence[Finding]) -> Table:
    table = _table({"no_wrap": True}, {"no_wrap": True, "max_width": 30, "overflow": "ellipsis"}, {"overflow": "fold"})
    for one in findings:
        says = Text(printable(one.says))
        if one.do:
            says.append(f"\n{printable(one.do)}", style="dim")
        table.add_row(Text(one.level.name.lower(), style=_STYLES[one.level]), printable(one.where), says)
    return table
