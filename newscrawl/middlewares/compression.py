"""Bodies without their content coding, and those that never had the one that a header claims."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from typing import Any

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

fast_zlib: Any = None
with suppress(ImportError):  # the extra "fast": a page's gzip in less than half the time
    from isal import isal_zlib as fast_zlib

_GZIP = (b"gzip", b"x-gzip")
_WITH_GZIP_HEADER = 31  # zlib's window bits
_LOOKED_AT = 1024  # bytes
#: Bytes after which something compressed has a control character: each byte is one with a chance of 1 in 10.
_SURELY = 100
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*[<{\[]")


class HonestCompressionMiddleware(HttpCompressionMiddleware):
    """Scrapy's decompression; a body that plainly is text (HTML, XML, JSON) is read as it came, whatever is claimed.

    Reports of such servers: https://github.com/scrapy/scrapy/issues/1288 and 2063. Raises ``IgnoreRequest`` for what is
    neither text nor coded as claimed.
    """

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        if not response.headers.get("Content-Encoding") or not response.body:
            return response
        if _is_text(response.body, surely=True):
            return _as_it_came(response)
        try:
            decoded = super().process_response(request, response)
        except IgnoreRequest:  # too large
            raise
        except Exception as error:  # each coding's library has its own
            if _is_text(response.body):
                return _as_it_came(response)
            raise IgnoreRequest("its Content-Encoding is wrong") from error
        if isinstance(decoded, Response) and not decoded.body and _is_text(response.body):
            return _as_it_came(response)
        return decoded

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        if fast_zlib is not None and encoding in _GZIP and (whole := gunzip(body, max_size, fast_zlib)) is not None:
            return whole
        return HttpCompressionMiddleware._decode(body, encoding, max_size)


def gunzip(body: bytes, max_size: int, library: Any = zlib) -> bytes | None:
    """A body of one whole gzip member, at most ``max_size`` bytes (0: any size); ``None`` for all else.

    ``library`` has zlib's interface. Scrapy reads the rest, since it decides what counts of a broken body.

    >>> import gzip
    >>> gunzip(gzip.compress(b"Harbour"), 100)
    b'Harbour'
    >>> gunzip(gzip.compress(b"Harbour")[:-1], 100) is None
    True
    """
    member = library.decompressobj(wbits=_WITH_GZIP_HEADER)
    try:
        whole: bytes = member.decompress(body, max_size)
    except library.error:
        return None
    return whole if member.eof and not member.unused_data else None


def _is_text(body: bytes, *, surely: bool = False) -> bool:
    """Whether a body reads as text, so that it is not coded; ``surely``: not by chance.

    >>> _is_text(b"<!DOCTYPE html><title>Harbour</title>", surely=True)
    True
    >>> _is_text(b"\\x1f\\x8b\\x08broken")
    False
    """
    start = body[:_LOOKED_AT]
    if _CONTROL.search(start):
        return False
    return not surely or len(start) >= _SURELY or _MARKUP.match(start) is not None


def _as_it_came(response: Response) -> Response:
    del response.headers["Content-Encoding"]
    kind = responsetypes.from_args(headers=response.headers, url=response.url, body=response.body)
    return response.replace(cls=kind)
