"""A made-up edition of the section, and the small server that serves it to ``start=demo``.

Invented prose in the publisher's layout, with each difficulty that its real pages have. Nothing
outside this package knows of it but the ``crawl`` command, which starts the server, and the history's keeper, which
keeps its stories out of a publisher's history.
"""
