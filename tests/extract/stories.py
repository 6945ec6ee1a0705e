"""An invented story, and the body that is read of a page with it."""

from __future__ import annotations

from datetime import UTC, datetime

from newscrawl import extract_article
from newscrawl.article.item import Article

HEADLINE = "The ferry runs for two more winters"
PARAGRAPHS = [
    "The council of the islands voted on Monday to keep the old ferry, since the bridge is not to open before the spring.",
    "Engineers had hoped to finish its last span before the storms, but the steel for the cables came three weeks late.",
    "Nobody wants to row to the chemist in January, said the owner of the only shop on the smaller of the two islands.",
    "The company that runs the boat needs eleven new sailors and a cheaper berth, and asks for an answer by next month.",
]
STORY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def body_of(markup: str, *, head_ends: bool = True) -> list[str]:
    """The paragraphs that are read of a page whose body has some markup."""
    body = _article_of(markup, head_ends=head_ends).body
    return body.split("\n\n") if body else []


def rule_of(markup: str) -> str | None:
    """The rule that gave that body."""
    return _article_of(markup).extraction.get("body")


def _article_of(markup: str, *, head_ends: bool = True) -> Article:
    head = f"<head><title>{HEADLINE}</title><meta property='og:type' content='article'>"
    page = f"<!doctype html><html lang=en>{head}{'</head><body>' if head_ends else ''}{markup}"
    return extract_article(
        page.encode(),
        "https://islands.example/news/2025/11/18/the-ferry-runs-48151.html",
        publisher="generic",
        fetched_at=datetime(2025, 11, 20, 12, tzinfo=UTC),
    )
