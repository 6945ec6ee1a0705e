"""All nights in one place: an SQLite database of what the nightly files hold.

``lines`` reads files of JSON Lines, ``database`` keeps articles and their versions, ``nights`` brings the one into the
other, each file once and whole or not at all, ``opening`` tells whether a file is such a database, ``search`` finds
words, in scripts without spaces by ``letters``. ``datasette.yaml`` is how Datasette shows it.
"""
