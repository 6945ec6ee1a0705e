"""The database as a news desk reads it: a plugin for Datasette (https://datasette.io).

``plugin`` is what Datasette loads, by the package's entry point; it touches only databases of this project. ``desk``
asks the database, ``asked`` knows what a reader's address asks for, ``wording`` how single values are shown; ``pages/``
has the templates. ``server`` starts Datasette for ``scrapy browse``.
"""
