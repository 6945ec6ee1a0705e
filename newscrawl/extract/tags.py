"""Tags, comments and text without markup, as HTML has them in a page's bytes."""

from __future__ import annotations

import re

#: As HTML has it, and libxml2 from 2.14 on: https://html.spec.whatwg.org/multipage/parsing.html#tag-name-state
ATTRIBUTE_VALUE = rb"\s*+=\s*+(?:\"([^\"]*+)\"?+|'([^']*+)'?+|([^\s>\"'][^\s>]*+)?+)"
ANY_VALUE = ATTRIBUTE_VALUE.replace(b"([^", b"(?:[^")
ANY_ATTRIBUTE = rb"[\s/]*+[^\s/>][^\s/>=]*+(?:=\"[^\"]*+\"|%b)?+" % ANY_VALUE
HTML_COMMENT = re.compile(rb"<!--(?:-?>|.*?(?:--!?>|\Z))", re.DOTALL)
WHOLE_TAG = re.compile(rb"<(/?)([A-Za-z][^\s/>]*+)((?:%b)*+)([\s/]*+)(>?)" % ANY_ATTRIBUTE)
#: Elements whose content is no markup, and how a ``<`` in it is written so that it is none for any parser.
RAW_TEXT_TAGS = {b"script": b"\\u003c", b"style": b"", b"title": b"&lt;", b"textarea": b"&lt;"}
RAW_TEXT_TAGS |= dict.fromkeys((b"xmp", b"iframe", b"noembed", b"noframes"), b"")
RAW_TEXT_ENDS = {name: re.compile(rb"</%b" % name, re.IGNORECASE) for name in RAW_TEXT_TAGS}
