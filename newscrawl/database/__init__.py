"""Articles as an SQLite database, one schema for ``scrapy load`` and the feed ``-O x.sqlite``.

``articles`` keeps articles as they were last, their earlier versions, and who and what they are about, ``opening``
tells whether a file is such a database, ``letters`` separates the letters of scripts without spaces for the search.
"""
