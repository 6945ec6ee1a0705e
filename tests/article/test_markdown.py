"""Paragraphs in Markdown put together: what stands in one list, quotation or table is one."""

from __future__ import annotations

import pytest

from newscrawl.article.item import Article
from newscrawl.article.markdown import Item, Link, Paragraph, Quote, Row, document_of, kept

QUOTE, OTHER_QUOTE = Quote(1), Quote(2)


@pytest.mark.parametrize(
    ("story", "markdown"),
    [
        ([], ""),
        ([Paragraph("One."), Paragraph("Two.")], "One.\n\nTwo."),
        ([Paragraph("One.", (QUOTE,)), Paragraph("Two.", (QUOTE,))], "> One.\n>\n> Two."),
        ([Paragraph("One.", (QUOTE,)), Paragraph("Two.", (OTHER_QUOTE,))], "> One.\n\n> Two."),
        ([Paragraph("One\\\ntwo.", (QUOTE, Item(0, 1)))], "> - One\\\n>   two."),
        ([Paragraph("One.", (Item(0, 1),)), Paragraph("Two.", (Item(0, 2),))], "- One.\n- Two."),
        ([Paragraph("One.", (Item(0, 1),)), Paragraph("Two.", (Item(0, 1),))], "- One.\n\n  Two."),
        ([Paragraph("One.", (Item(0, 1, 9),)), Paragraph("Two.", (Item(0, 2, 10),))], "9. One.\n10. Two."),
        ([Paragraph("One.", (Item(0, 1, 1),)), Paragraph("Two.", (Item(0, 2, 3),))], "1. One.\n\n3) Two."),
        ([Paragraph("One.", (Item(0, 1),)), Paragraph("Two.", (Item(3, 4),))], "- One.\n\n* Two."),
        ([Paragraph("One.", (Item(0, 1),)), Paragraph("Two.", (Item(3, 4, 1),))], "- One.\n\n1. Two."),
        ([Paragraph("One.", (Item(0, 1),)), Paragraph("Two.", (Item(0, 1), Item(2, 3, 1)))], "- One.\n  1. Two."),
        ([Paragraph("One.", (Item(0, 1),)), Paragraph("Two.", (Item(0, 1), Item(2, 3, 2)))], "- One.\n\n  2. Two."),
        ([Paragraph("One.", (Item(0, 1), Item(2, 3)))], "- - One."),
        (
            [Paragraph("```\na\n\nb\n```", (Item(0, 1),), is_code=True), Paragraph("Two.", (Item(0, 2),))],
            "- ```\n  a\n\n  b\n  ```\n\n- Two.",
        ),
        (
            [Paragraph(row=Row(1, ("a", "b"), True)), Paragraph(row=Row(1, ("c",)))],
            "| a | b |\n| --- | --- |\n| c |  |",
        ),
        ([Paragraph(row=Row(1, ("a", "b")), around=(QUOTE,))], "> |  |  |\n> | --- | --- |\n> | a | b |"),
        (
            [Paragraph(row=Row(1, ("a",), True)), Paragraph(row=Row(2, ("b",), True))],
            "| a |\n| --- |\n\n| b |\n| --- |",
        ),
        ([Paragraph("One.", (QUOTE,), source="[A]: https://x.example/")], "> One.\n>\n> [A]: https://x.example/"),
    ],
)
def test_paragraphs_are_put_together(story, markdown):
    assert document_of(story) == markdown


def test_a_list_goes_on_with_its_number_where_an_item_was_left_out():
    story = [Paragraph(text, (Item(0, n, n),)) for n, text in enumerate(("One.", "Two.", "Three."), start=1)]
    assert document_of(kept(story, {0, 2})) == "1. One.\n\n3) Three."


def test_an_article_keeps_the_same_paragraphs_of_its_body_and_its_markdown():
    article = Article(url="https://x.example/a", id="a", publisher="x.example", body="One.\n\nTwo.\n\nThree.")
    article.story = [
        Paragraph("*One.*"),
        Paragraph("![](https://x.example/a.jpg)", is_picture=True),
        Paragraph("[Two.](https://x.example/b)", links=(Link("https://x.example/b", "Two.", True),)),
        Paragraph("[Three.](https://y.example/)", links=(Link("https://y.example/", "Three.", False),)),
    ]
    article.keep({0, 2})
    article.seal()
    assert article.body == "One.\n\nThree."
    assert article.body_markdown == "*One.*\n\n![](https://x.example/a.jpg)\n\n[Three.](https://y.example/)"
    assert [(link.url, link.internal) for link in article.links_in_text] == [("https://y.example/", False)]
