"""Which pages show nothing until their scripts have run."""

from __future__ import annotations

import pytest

from newscrawl.browser.scripted import scripted
from newscrawl.extract.page import Page

SCRIPT = '<script src="/app.js"></script>'
NAV = (
    "<header><nav>"
    + "".join(f'<a href="/s{n}">Section number {n} of the paper</a>' for n in range(40))
    + "</nav></header>"
)
TEXT = "<p>" + "The harbour of Maro reopened on Wednesday after a fortnight in which no ship had left it. " * 6 + "</p>"


def why(body: str) -> str:
    return scripted(Page(f"<html><body>{body}</body></html>", "https://news.example/world"))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (f'<div id="root"></div>{SCRIPT}', 'an empty <div id="root">'),
        (f'{NAV}<main id="content"><p>Loading …</p></main><footer>{TEXT}</footer>{SCRIPT}', 'an empty <main id="content">'),
        (f"<news-app></news-app>{SCRIPT}", "an empty <news-app>"),
        ('<div id="app"><!-- filled later --></div><script type="module">start()</script>', 'an empty <div id="app">'),
        (f"<noscript>Bitte JavaScript einschalten.</noscript><p>Harbour</p>{SCRIPT}", "a <noscript> that asks for JavaScript"),
        (f'<div id="root"></div><div hidden>{TEXT}</div>{SCRIPT}', 'an empty <div id="root">'),
    ],
)  # fmt: skip
def test_pages_that_show_nothing(body, said):
    assert why(body) == said


@pytest.mark.parametrize(
    "body",
    [
        '<div id="root"></div>',  # nothing would fill it
        '<div id="root"></div><script type="application/ld+json">{}</script>',
        f'<div id="ad"></div>{TEXT}{SCRIPT}',
        f"<p>No stories today.</p>{SCRIPT}",
        f'<noscript><img src="/pixel.gif"></noscript><p>No stories today.</p>{SCRIPT}',
        f'<div id="list"><a href="/world/a">A story</a></div>{SCRIPT}',
        "",
    ],
)
def test_pages_that_show_something_or_never_will(body):
    assert not why(body)
