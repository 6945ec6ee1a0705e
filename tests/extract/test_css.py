"""Selectors on one tree."""

from __future__ import annotations

import pytest
from lxml.cssselect import CSSSelector

from newscrawl.extract.css import Once, Tree, split_rule
from newscrawl.extract.elements import text_of
from tests.extract.invented import page

MARKUP = """
<div id=a class="story wide"><p class=Story_lead__x1>one</p><p title="two words">two <b>bold</b></p><i lang=de>three</i></div>
<div id=b class=storyline><span title=x><p>four</p></span><p class="lead story">five</p></div>
"""


@pytest.fixture
def tree() -> Tree:
    return page(MARKUP).tree


@pytest.mark.parametrize(
    "css",
    [
        "p", "div p", "div > p", ".story", "p.story", "[title]", "p[title]", "[title=x]", "[title*=word]", "span[title=y]",
        "[class*=story]", "div[class*=story]", "b, i", "i, b, .nothing", "#a", "p:first-child", "p:last-child", "p + i",
        "div.story > p b", "p:not(.story)", "div:has(> i)", ".nothing", ".story .nothing", ".nothing p",
    ],
)  # fmt: skip
def test_a_selector_finds_what_it_finds_everywhere(tree: Tree, css: str) -> None:
    assert tree.select(css) == CSSSelector(css)(tree.root)
    assert tree.select(css) == tree.select(css)


@pytest.mark.parametrize("css", [".lead", "p.lead", "div .lead", ".lead, .nothing", "p.lead:not(b)"])
def test_a_class_is_also_that_of_a_css_module(tree: Tree, css: str) -> None:
    assert [text_of(element) for element in tree.select(css)] == ["one", "five"]


def test_a_class_that_is_new_to_the_index_is_found(tree: Tree) -> None:
    assert len(tree.select(".story")) == 2
    assert len(tree.select(".wide")) == 1


def test_several_rules_give_each_element_once(tree: Tree) -> None:
    found = [text_of(element) for element in tree.select_all(("i", ".wide > p", "p"))]
    assert found == ["three", "one", "two bold", "four", "five"]


@pytest.mark.parametrize(
    "rules", [("p",), (".story",), ("p.story", ".wide"), ("[title]", "b"), ("p[title*=two]",), ("p + i",), ()]
)
def test_matching_tells_the_same_of_one_element(tree: Tree, rules: tuple[str, ...]) -> None:
    among, found = tree.matching(rules), set(tree.select_all(rules))
    assert all((element in among) == (element in found) for element in tree.root.iter())


def test_what_says_a_word_in_a_text_of_its_own(tree: Tree) -> None:
    def said(*words: str) -> list[str]:
        return [text_of(element) for element in tree.saying(words)]

    assert said("FIVE", "bold") == ["bold", "five"]
    assert said("twobold") == said("fivex") == []  # across two texts
    assert tree.saying(("five",), lambda text: len(text) > 9) == []


def test_words_that_are_not_ascii_and_scripts() -> None:
    tree = page("<p>Größe</p><p>Grüße</p><script>Grüße</script>" + "<i>x <b>y</b> Grüße</i>" * 9).tree
    assert [element.tag for element in tree.saying(("Grüße",))] == ["p"] + ["i"] * 9


def test_order_and_end(tree: Tree) -> None:
    one, two, four, five = tree.tagged("p")
    assert tree.order[one] < tree.order[two] < tree.order[five]
    assert tree.end(two) == tree.order[tree.tagged("i")[0]]
    assert tree.end(five) == len(tree.order)
    assert tree.behind(two, [one, two, four, five]) == 2


def test_what_stands_around_and_within(tree: Tree) -> None:
    (bold,) = tree.tagged("b")
    assert tree.around("b") == set(bold.iterancestors())
    asked = []

    def is_wide(element: object) -> bool:
        asked.append(element)
        return element.get("class") == "story wide"  # type: ignore[attr-defined]

    assert tree.within(bold, is_wide)
    assert tree.within(bold.getparent(), is_wide)
    assert not tree.within(tree.tagged("span")[0], is_wide)
    assert len(asked) == len(set(asked))
    assert not tree.within(None, is_wide)


def test_a_question_is_asked_once() -> None:
    asked = []
    length = Once(lambda text: asked.append(text) or len(text))
    assert [length["ab"], length["ab"]] == [2, 2]
    assert asked == ["ab"]


@pytest.mark.parametrize(("rule", "parts"), [("p.a", ("p.a", None)), ("p a::attr(href)", ("p a", "href"))])
def test_a_rules_attribute(rule: str, parts: tuple[str, str | None]) -> None:
    assert split_rule(rule) == parts


def test_texts_that_begin_with_some_letters() -> None:
    shown = page(
        "<div>\n <p>(Note: one)</p><p>Other</p><p>A <b>note: two</b></p><script>note: x</script></div>"
        + "<i>note</i>" * 20
    )
    found = shown.tree.beginning({"note"}, lambda text: "x" not in text, 3)
    assert [(element.tag, text) for element, text in found] == [("p", "Note: one)"), ("b", "note: two"), ("i", "note")]
    found = shown.tree.beginning({"note"}, bool, 100)
    assert [element.tag for element, _ in found] == ["p", "b", *["i"] * 20]
    assert page("<p>訂正：一</p>").tree.beginning({"訂正"}, bool, 9)[0][1] == "訂正：一"
