"""What a crawl remembers: one interface, on SQLite for one process, on Redis for many workers.

``base`` is the interface, ``met`` what it knows of an article, ``sqlite`` and ``redis`` the two backings.
"""

from newscrawl.store.base import Article, Claim, Reader, State, Store
from newscrawl.store.met import Met, Text, Visit
from newscrawl.store.sqlite import SQLiteStore

__all__ = ["Article", "Claim", "Met", "Reader", "SQLiteStore", "State", "Store", "Text", "Visit"]
