"""Every story of a newspaper's section as clean records: a Scrapy crawler and a library."""

from newscrawl.article.item import Article
from newscrawl.library import extract_article
from newscrawl.version import __version__

__all__ = ["Article", "__version__", "extract_article"]
