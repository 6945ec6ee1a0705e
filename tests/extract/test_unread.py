"""Stories that stand where no text is read, on pages that show none."""

from __future__ import annotations

from html import escape

import pytest

from tests.extract.stories import HEADLINE, PARAGRAPHS, STORY, body_of, rule_of

TOP = f"<h1>{HEADLINE}</h1>"
NOTICE = "<noscript>This page needs JavaScript: please allow it in your browser's settings, and load the page again.</noscript>"

NOT_READ = {
    "noscript": f"<main>{TOP}<noscript>{STORY}</noscript></main>",
    "noscript beside one that asks for scripts": f"{NOTICE}<main>{TOP}<noscript>{STORY}</noscript></main>",
    "noscript for each paragraph pair": (
        f"<main>{TOP}<noscript><p>{'</p><p>'.join(PARAGRAPHS[:2])}</p></noscript>"
        f"<noscript><p>{'</p><p>'.join(PARAGRAPHS[2:])}</p></noscript></main>"
    ),
    "HTML written out in noscript": f"<main>{TOP}<noscript>{escape(STORY)}</noscript></main>",
    "a template": f"<main>{TOP}<template>{STORY}</template></main>",
    "a template in a noscript": f"<main>{TOP}<noscript><template>{STORY}</template></noscript></main>",
    "a script's template": f"<main>{TOP}<script type=text/template>{STORY}</script></main>",
    "a script's template of another type": f"<main>{TOP}<script type=text/x-handlebars id=t>{STORY}</script></main>",
    "a script's HTML": f"<main>{TOP}<script type='text/html'><div>{STORY}</div></script></main>",
    "both": f"<main>{TOP}<script type=text/x-template>{STORY}</script><noscript>{STORY}</noscript></main>",
    "a text field": f"<main>{TOP}<textarea style='display:none'>{escape(STORY)}</textarea></main>",
    "a page that scripts show": f"<div id=page style='display: none'><main>{TOP}{STORY}</main></div>",
    "a main part that scripts show": f"<main hidden>{TOP}{STORY}</main>",
    "a main part that scripts show below its headline": f"{TOP}<main style=visibility:hidden>{STORY}</main>",
    "text that searching shows": f"<main>{TOP}<div hidden=until-found>{STORY}</div></main>",
    "a nav without an end": f"<nav class=menu><a href=/>Home</a><div class=content>{TOP}{STORY}</div>",
    "a button without an end": f"<div><button class=menu>Menu<main>{TOP}{STORY}</main></div>",
    "a label in a nav without ends": f"<nav><label>Search<main>{TOP}{STORY}</main>",
    "a link that names a place": f"<a name=top>{TOP}{STORY}",
}


@pytest.mark.parametrize("name", NOT_READ)
def test_story_is_read(name: str) -> None:
    assert body_of(NOT_READ[name]) == PARAGRAPHS


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("noscript", "prose, in noscript"),
        ("a template", "prose, in template"),
        ("a script's template", "prose, in script"),
        ("a text field", "prose, in textarea"),
        ("a page that scripts show", "prose, hidden"),
        ("a nav without an end", "prose, in nav"),
        ("a button without an end", "prose, in button"),
    ],
)
def test_the_rule_tells_where_the_story_was(name: str, rule: str) -> None:
    assert rule_of(NOT_READ[name]) == rule


OTHER = [
    "The other story tells of the harbour, where the fishermen wait for the ice to go, and mend their nets all day.",
    "It was written a year ago, when the winter was long, and the boats could not leave before the end of the March.",
    "Since then the harbour has been made deeper, and the bigger ships can come in whenever the weather lets them.",
    "Those who live there say that it was worth its price, though nobody knows how it is to be paid in the end yet.",
]
REST = "".join(f"<p>{text}</p>" for text in OTHER)


@pytest.mark.parametrize(
    "markup",
    [
        f"<main>{TOP}{STORY}<noscript>{REST}</noscript></main>",
        f"<main>{TOP}{STORY}<template>{REST}</template></main>",
        f"<main>{TOP}{STORY}<script type=text/template>{REST}</script></main>",
        f"<main>{TOP}{STORY}<noscript>{STORY}</noscript></main>",
        f"<main>{TOP}{STORY}</main><nav>{REST}</nav>",
        f"<form><main>{TOP}{STORY}<noscript>{REST}</noscript></main></form>",
        f"<main>{TOP}{STORY}<div style='display:none'>{REST}</div></main>",
        f"<main>{TOP}{STORY}</main><button>{REST}</button>",
        f"<main>{TOP}{STORY}</main><div style='display:none'><h1>{HEADLINE}</h1>{REST}</div>",
    ],
)
def test_page_that_shows_a_story_is_left_as_it_is(markup: str) -> None:
    assert body_of(markup) == PARAGRAPHS


@pytest.mark.parametrize(
    "markup",
    [
        f"<main>{TOP}<script type=text/template><p>{{{{ lead }}}}</p>{REST}</script></main>",
        f"<main>{TOP}<template><p><%= lead %></p>{REST}</template></main>",
        f"<main>{TOP}</main><footer><noscript>{REST}</noscript></footer>",
        f"<main>{TOP}<script type=text/javascript>'{REST}'</script></main>",
        f"<main>{TOP}<div hidden>{REST}</div></main>",
        f"<main>{TOP}<p>Soon.</p></main><div style='display:none'><h1>Join us</h1><p>{OTHER[0]}</p></div>",
        f"<main>{TOP}<div style='display:none'>{REST}</div></main>",
        f"<main>{TOP}</main>{NOTICE}",
    ],
)
def test_what_is_no_story_is_not_read(markup: str) -> None:
    assert body_of(markup) == []
