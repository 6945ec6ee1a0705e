"""A draft as the files of the project: a module of ``publishers/``, and a test page with the article expected of it."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from newscrawl.addresses.site import Site
from newscrawl.describe.draft import Draft, key, site_name
from newscrawl.extract.css import Tree

#: What the test page says: invented, since the text of a real page is its publisher's.
_HEADLINE = "Ferry of Orlen sails without its bell"
_BODY = (
    "The ferry of Orlen has sailed for three weeks without ringing its bell, and nobody has missed it so far.",
    "Its captain keeps the bell wrapped in a coat under the second bench, next to the sandwiches.",
    "The harbour board will listen to both sides on Thursday, one after the other, with the windows shut.",
)
_INVENTED = {
    "headline": _HEADLINE,
    "description": "A captain, a bell and a coat: why a crossing has become so quiet.",
    "byline": "Nomsa Adair",
    "topics": "Ferries",
}


def paths(draft: Draft, project: Path) -> tuple[Path, Path]:
    """Where a draft belongs in a checkout: the module, and the folder of its first test page."""
    name = site_name(draft.publisher)
    return (
        project / "newscrawl" / "publishers" / f"{name}.py",
        project / "tests" / "pages" / f"{name.replace('_', '-')}-basic",
    )


def module(draft: Draft, spider: str = "") -> str:
    """The module that describes the publisher; lines that are guessed say so.

    With the name of a ``spider``, the module has one for the article's section too.
    """
    publisher, why = draft.publisher, draft.why
    lines = [
        f'"""{publisher.name}.',
        "",
        f"Facts: one page, {draft.article.url}",
        "Check what is marked as a guess on two or three more.",
        '"""',
        "",
        "from newscrawl.publishers import Publisher",
        *(("from newscrawl.spiders.section import SectionSpider",) if spider else ()),
        "",
        "PUBLISHER = Publisher(",
        f"    name={_quoted(publisher.name)},",
        f"    hosts=({', '.join(map(_quoted, publisher.hosts))}{',' * (len(publisher.hosts) == 1)}),",
        f"    home={_quoted(publisher.home)},",
        f"    # {why['timezone']}",
        f"    timezone={_quoted(publisher.timezone)},",
        f"    # {why['article']}",
        f"    article=r{_quoted(publisher.article)},"
        if publisher.article
        else '    # article=r"/(?P<section>…)/(?P<id>…)",',
        "    rules={",
        *(f"        {_quoted(name)}: ({_quoted(rules[0])},)," for name, rules in publisher.rules.items()),
        *(f"        # {sentence}" for name, sentence in why.items() if name not in ("timezone", "article")),
        "    },",
        "    # Selectors of what stands in the body and is not the story: cards, captions, boxes.",
        "    drop=(),",
        ")",
        *(_spider(draft, spider) if spider else ()),
        "",
    ]
    return "\n".join(lines)


def _spider(draft: Draft, name: str) -> list[str]:
    """A spider of the section that the article's address tells, or of the publisher's home."""
    publisher, url = draft.publisher, draft.article.url
    section = Site(publisher, url).section(url) or ""
    return [
        "",
        "",
        "class OwnSpider(SectionSpider):",
        f'    """newscrawl crawl {name}"""',
        "",
        f"    name = {_quoted(name)}",
        f"    publisher = {_quoted(publisher.name)}",
        f"    # {publisher.home}/{section} is where it begins.",
        f"    section = {_quoted(section)}",
    ]


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'


def invented_page(draft: Draft, tree: Tree) -> str:
    """A page of invented prose whose elements have the names that the rules look for on the real one."""
    rules = draft.publisher.rules
    parts = []
    for name, text in _INVENTED.items():
        if rule := rules.get(name):
            inner = f'<a href="/topics/ferries">{text}</a>' if name == "topics" else escape(text)
            parts.append(_element(tree, rule[0], inner))
    if "headline" not in rules:
        parts.append(f"<h1>{_HEADLINE}</h1>")
    story = "\n".join(f"<p>{escape(text)}</p>" for text in _BODY)
    parts.append(
        _element(tree, rules["body"][0], f"\n{story}\n") if "body" in rules else f"<article>\n{story}\n</article>"
    )
    head = (
        f'<html lang="{escape(draft.article.language or "en")}">\n<head><title>{_HEADLINE}</title>\n'
        f'<meta property="og:title" content="{_HEADLINE}">\n<meta property="og:type" content="article">\n'
        '<meta property="article:published_time" content="2025-09-03T12:00:00Z">\n</head>'
    )
    return "\n".join(["<!DOCTYPE html>", head, "<body>", *parts, "</body>", "</html>", ""])


def _element(tree: Tree, selector: str, inner: str) -> str:
    """The element that a selector finds on the real page, by its names only, around other text."""
    real = tree.select(selector)[0]
    names = "".join(
        f' {name}="{escape(value)}"'
        for name, value in real.items()
        if name in ("class", "id", "itemprop", "rel") or (name.startswith("data-") and f"[{name}=" in selector)
    )
    return f"<{real.tag}{names}>{inner}</{real.tag}>"


def expected(draft: Draft) -> dict[str, Any]:
    """What must come of the test page: the fields that the rules are about."""
    rules, url = draft.publisher.rules, draft.article.url
    fields: dict[str, Any] = {"publisher": draft.publisher.name, "id": key(draft.publisher, url), "headline": _HEADLINE}
    if "description" in rules:
        fields["description"] = _INVENTED["description"]
    if "byline" in rules:
        fields["authors"] = [_INVENTED["byline"]]
    if "topics" in rules:
        fields["topics"] = [_INVENTED["topics"]]
    fields["body"] = list(_BODY)
    if "body" in rules:
        fields["extraction"] = {
            "headline": rules["headline"][0] if "headline" in rules else "h1",
            "body": rules["body"][0],
            "date_published": "meta:article:published_time",
        }
    # An instant, since the zone may be a guess that is corrected.
    return {"url": url, "article": fields, "instants": {"date_published": "2025-09-03T12:00:00+00:00"}}


def write(draft: Draft, tree: Tree, project: Path, *, force: bool) -> list[Path]:
    """Write the module, the test page and what is expected of it; their paths.

    Raises ``FileExistsError`` where one is there, unless ``force``.
    """
    target, folder = paths(draft, project)
    texts = {
        target: module(draft),
        folder / "page.html": invented_page(draft, tree),
        folder / "expected.json": json.dumps(expected(draft), indent=2, ensure_ascii=False) + "\n",
    }
    return _write(texts, force=force)


def write_own(draft: Draft, folder: Path, spider: str, *, force: bool) -> list[Path]:
    """Write the module, with a spider of that name, into a user's own folder; its path.

    There is no test page: no test suite would read it. Raises ``FileExistsError`` as :func:`write` does.
    """
    return _write({folder / f"{site_name(draft.publisher)}.py": module(draft, spider)}, force=force)


def _write(texts: dict[Path, str], *, force: bool) -> list[Path]:
    there = [path for path in texts if path.exists()]
    if there and not force:
        raise FileExistsError(f"{there[0]} is there already; --force writes over it")
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf8")
    return list(texts)
