"""Places that finished files are delivered to: any that fsspec knows, such as ``s3://``, ``sftp://`` or ``https://``.

``target`` opens, names and checks one place, and puts a file there so that it is complete or absent. ``feeds`` keeps
the feeds with such an address in local files. ``places`` are those of a crawl. ``sending`` delivers what is due.
"""

from newscrawl.targets.target import Target

__all__ = ["Target"]
