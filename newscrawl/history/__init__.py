"""What earlier runs emitted: an SQLite database beside the output.

``database`` knows articles and their versions, ``runs`` how each run went, ``durable`` in which order
things are written so that a crash at any moment loses and repeats nothing, ``rebuild`` what the files hold and a
lost database lacks, ``drift`` what fell against the recent runs,
``deliveries`` what is due elsewhere.
"""

from newscrawl.history.database import Complete, Failing, History, Known

__all__ = ["Complete", "Failing", "History", "Known"]
