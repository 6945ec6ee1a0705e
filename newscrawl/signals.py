"""The crawl's own signals, beside those of :mod:`scrapy.signals`."""

from __future__ import annotations

#: A page came to nothing; with its ``url`` and ``reason``, a few words that hold nothing of the page's text. Sent once
#: a page, where that is decided: by an errback, behind all retries, or when a pipeline has refused the article.
article_failed, listing_failed = object(), object()

#: The run is being stopped by the user or the system: what is under way is waited for, nothing more is sent.
stopping = object()

#: Each with ``storage``: a file is about to be written; it could not be, with ``error``; it is
#: whole and on the disk, and a handler that returns true gives it its name later, by ``publish()``.
file_opening, file_failed, file_whole = object(), object(), object()

#: With ``storage``: an older file is about to be replaced or added to; a handler that returns true keeps it as it is.
file_replacing = object()
