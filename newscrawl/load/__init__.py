"""All runs in one place: a :mod:`database <newscrawl.database>` of what the output files hold.

``database`` opens it for one load at a time, ``files`` brings files of JSON Lines into it, each file once and whole or
not at all, ``search`` finds words. ``datasette.yaml`` is how Datasette shows it.
"""
