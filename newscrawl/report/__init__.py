"""One HTML file about the last nights, for a person to look at.

``data`` reads the histories, ``lines`` the texts in the nightly files, ``difference`` compares two of them;
``charts`` and ``page`` draw what these found.
"""
