"""Whether a page's markup goes on to its end, of a page that may have been cut off."""

from __future__ import annotations

import re

#: Bytes at a page's end in which its end tags stand: comments and scripts may follow them.
_LAST = 4096
#: Bytes in which a whole page says that it is one: what scripts ask for may be a part of a page, or JSON.
_FIRST = 1024
_BEGIN = re.compile(rb"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_END = re.compile(rb"</(?:body|html)\b", re.IGNORECASE)
#: What holds a story or a list of them, and is always closed by an end tag (the HTML Standard, 13.1.2.4).
_STORY = re.compile(rb"<(/?)(?:article|main)\b", re.IGNORECASE)


def lacks_end(body: bytes) -> bool:
    """Whether what begins as a page does not end with an end tag of its own.

    >>> lacks_end(b"<html><p>The bell rang.</p></body></html>"), lacks_end(b"<html><p>The bell r"), lacks_end(b"{}")
    (False, True, False)
    """
    return _BEGIN.search(body[:_FIRST]) is not None and _END.search(body[-_LAST:]) is None


def may_end_here(body: bytes) -> bool:
    """Whether a page without end tags of its own may be whole: these may be left out, others not.

    >>> may_end_here(b"<main><p>The bell rang.</p></main>"), may_end_here(b"<main><p>The bell rang.</p>")
    (True, False)
    >>> may_end_here(b"<p>The bell r")
    False
    """
    opened = sum(-1 if tag[1] else 1 for tag in _STORY.finditer(body))
    return body.rstrip().endswith(b">") and opened <= 0
