"""All nights in one place: an SQLite database of what the nightly files hold.

``lines`` reads files of JSON Lines, ``database`` keeps articles and their versions, ``nights`` brings the one into the
other, each file once and whole or not at all, ``search`` finds words. ``datasette.yaml`` is how Datasette shows it.
"""
