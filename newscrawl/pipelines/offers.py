"""Take subscription prompts out of the body."""

from __future__ import annotations

from newscrawl.article.item import Article
from newscrawl.offers.removal import remove_offers
from newscrawl.publishers import by_name


class OffersPipeline:
    """Drops subscription prompts, and no sentence of a story that is about subscriptions."""

    def process_item(self, article: Article) -> Article:
        remove_offers(article, by_name(article.publisher))
        return article
