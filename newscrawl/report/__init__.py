"""One HTML page about the last runs, for a person to read.

``data`` reads the histories, ``lines`` the texts in the output files, ``difference`` compares two of them;
``charts`` and ``page`` draw what these found.
"""
