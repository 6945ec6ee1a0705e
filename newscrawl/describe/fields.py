"""An article's fields as somebody who describes a publisher looks at them: each with the rule that gave it."""

from __future__ import annotations

from typing import Any

from newscrawl.article.item import Article

#: Fields that follow from others or from a run.
_LEFT_OUT = {"crawled_at", "status", "content_hash", "copy_group", "extraction"}


def fields_of(article: Article) -> dict[str, dict[str, Any]]:
    """``value`` and ``rule`` by the name of each field; the rule is ``None`` where none is known.

    >>> article = Article("https://news.example/lock", "lock", "news.example", headline="The lock is shut")
    >>> article.extraction["headline"] = "h1"
    >>> fields_of(article)["headline"]
    {'value': 'The lock is shut', 'rule': 'h1'}
    """
    rules = {**article.rules, **article.extraction}
    values = article.to_dict().items()
    return {name: {"value": value, "rule": rules.get(name)} for name, value in values if name not in _LEFT_OUT}
