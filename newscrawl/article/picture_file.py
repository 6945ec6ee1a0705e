"""What the file of a picture is called, by its address alone."""

from __future__ import annotations

import re
from hashlib import sha256

#: The ends of names that pictures' files have; any other address gives a name without one.
_ENDING = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)\Z", re.IGNORECASE)


def picture_file(url: str) -> str:
    """The path of a picture's file in the folder ``IMAGES``: SHA-256 of its address, below its first two digits.

    >>> picture_file("https://img.example/quay.jpg?w=1200")
    'ce/ce2ee948ed5d4c815cc5d9d40d7b435d541b005e664611db821164696f8dc0fb.jpg'
    """
    digest = sha256(url.encode("utf-8", "surrogatepass")).hexdigest()
    ending = _ENDING.search(url.partition("#")[0].partition("?")[0])
    return f"{digest[:2]}/{digest}{ending[0].lower() if ending else ''}"
