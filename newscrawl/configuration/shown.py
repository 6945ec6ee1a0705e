"""Values as they may be shown: without passwords, keys and tokens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_HIDDEN = "…"
#: Names of what is secret: PASSWORD, MAIL_PASS, AWS_ACCESS_KEY_ID, X-Api-Key, Authorization.
_SECRET = re.compile(
    r"(?:^|[_-])(?:PASS(?:WORD|WD)?|SECRET|TOKEN|(?:API|ACCESS)?KEY|AUTHORIZATION|CREDENTIALS?|COOKIE)(?:[_-]|$)",
    re.IGNORECASE,
)
#: Name and password in an address, as far as the last @: a password may have a / in it.
_USERINFO = re.compile(r"(?<=://)(?:(?!,\s*\w+://)\S)*@")
#: A secret in an address's query.
_QUERY = re.compile(r"([?&][\w.-]*(?:key|token|secret|passw(?:or)?d|signature|sig)=)[^&\s]+", re.IGNORECASE)


def without_secrets(name: str, value: Any) -> Any:
    """The value of a setting, a key or a header of that name, with ``…`` in the place of what is secret.

    >>> without_secrets("REDIS_URL", "redis://anna:s3cret@cache.example:6379/0")
    'redis://…@cache.example:6379/0'
    >>> without_secrets("AWS_SECRET_ACCESS_KEY", "AbC"), without_secrets("COOKIES_ENABLED", False)
    ('…', False)
    """
    if isinstance(value, Mapping):
        return {without_secrets("", key): without_secrets(str(key), one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [without_secrets(name, one) for one in value]
    if isinstance(value, str) and value:
        return _HIDDEN if _SECRET.search(name) else _QUERY.sub(rf"\1{_HIDDEN}", _USERINFO.sub(f"{_HIDDEN}@", value))
    return value


def shown(name: str, value: Any) -> str:
    """A value as a sentence may have it."""
    return repr(without_secrets(name, value))
