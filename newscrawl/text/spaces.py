"""White space, what cannot be printed, and entities: any text to the one line that a reader sees."""

from __future__ import annotations

import html
import re

# Control characters (terminal escapes among them), lone surrogates, and marks of no width.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_ENDLESS_NUMBER = re.compile(r"&#\d{100,};?")  # https://docs.python.org/3/library/stdtypes.html#int-max-str-digits
_TAG_IN_TEXT = re.compile(r"<[^<>]{1,500}>")


def clean(text: str) -> str:
    r"""One line of text: white space single, nothing unprintable.

    >>> clean(" The\xa0lock \n is\u200b shut. ")
    'The lock is shut.'
    """
    line = text.strip()
    if "  " in line or not line.isprintable():  # what is printable has no other white space
        line = " ".join(line.split())
        line = line if line.isprintable() else " ".join(printable(line).split())
    return line


def printable(text: str) -> str:
    """A text without what cannot be printed; white space stays."""
    return text if text.isprintable() else _UNPRINTABLE.sub("", text)


def clean_markup(text: str) -> str:
    """The same for a string that may hold entities and tags, as those in metadata do.

    >>> clean_markup("<b>Lock</b> &amp; gate")
    'Lock & gate'
    """
    return clean(_TAG_IN_TEXT.sub(" ", unescape(text))) if "<" in text or "&" in text else clean(text)


def unescape(text: str) -> str:
    """A text with its entities replaced, a number too long for Python to read among them."""
    try:
        return html.unescape(text)
    except ValueError:
        return html.unescape(_ENDLESS_NUMBER.sub("\ufffd", text))
