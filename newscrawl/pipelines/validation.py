"""Let only whole articles through, in the order and form of the contract."""

from __future__ import annotations

from scrapy.exceptions import DropItem

from newscrawl.article.item import Article


class IncompleteArticle(DropItem):
    """An article that lacks what every article must have."""


class ValidationPipeline:
    """Drops an article without a headline or a body; seals the others."""

    def process_item(self, article: Article) -> Article:
        for name in ("headline", "body"):
            if not getattr(article, name):
                raise IncompleteArticle(f"no {name}")
        article.seal()
        return article
