"""Every story of a newspaper's section as clean records: a Scrapy crawler and a library."""

from typing import TYPE_CHECKING, Any

from newscrawl.version import __version__

if TYPE_CHECKING:
    from newscrawl.article.item import Article
    from newscrawl.library import extract_article

__all__ = ["Article", "__version__", "extract_article"]


def __getattr__(name: str) -> Any:
    """The two names, when they are asked for: importing one room does not import all that extraction needs."""
    if name == "extract_article":
        from newscrawl.library import extract_article

        return extract_article
    if name == "Article":
        from newscrawl.article.item import Article

        return Article
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
