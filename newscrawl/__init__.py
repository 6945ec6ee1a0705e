"""Every story of a newspaper's section as clean records: a Scrapy crawler and a library."""

from typing import TYPE_CHECKING, Any

from newscrawl.version import __version__

if TYPE_CHECKING:
    from newscrawl.article.item import Article
    from newscrawl.library import SavedPage, extract_article, extract_articles

__all__ = ["Article", "SavedPage", "__version__", "extract_article", "extract_articles"]


def __getattr__(name: str) -> Any:
    """The names, when they are asked for: importing one room does not import all that extraction needs."""
    if name in ("SavedPage", "extract_article", "extract_articles"):
        from newscrawl import library

        return getattr(library, name)
    if name == "Article":
        from newscrawl.article.item import Article

        return Article
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
