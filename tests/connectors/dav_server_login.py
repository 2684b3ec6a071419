"""Digest access authentication (RFC 7616 with MD5), as servers ask for it that take no plain password."""

from __future__ import annotations

import re
import secrets
from hashlib import md5

REALM = "calendars"


class Digest:
    """Challenges, and whether an answer to one of them was made by who knows the password."""

    def __init__(self) -> None:
        self._nonces: set[str] = set()

    def challenge(self) -> str:
        nonce = secrets.token_hex(16)
        self._nonces.add(nonce)
        return f'Digest realm="{REALM}", nonce="{nonce}", qop="auth", algorithm=MD5'

    def knows(self, authorization: str, method: str, user: str, password: str) -> bool:
        kind, _, rest = authorization.partition(" ")
        told = {
            key: quoted or bare for key, quoted, bare in re.findall(r'(\w+)=(?:"([^"]*)"|([^\s,]+))', rest)
        }
        if kind.lower() != "digest" or told.get("nonce") not in self._nonces or told.get("username") != user:
            return False
        own = _hash(f"{user}:{REALM}:{password}")
        asked = _hash(f"{method}:{told.get('uri', '')}")
        counted = ":".join(told.get(key, "") for key in ("nonce", "nc", "cnonce", "qop"))
        return told.get("response") == _hash(f"{own}:{counted}:{asked}")


def _hash(text: str) -> str:
    return md5(text.encode()).hexdigest()
