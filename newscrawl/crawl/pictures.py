"""Requests for pictures of stories, which are no pages: they may be at any public host, and are counted apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: The key in a request's ``meta`` that says so.
PICTURE = "newscrawl_picture"


def is_picture(meta: Mapping[str, Any]) -> bool:
    """Whether a request with such ``meta`` is one for a picture."""
    return bool(meta.get(PICTURE))
