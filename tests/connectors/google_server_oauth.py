"""Google's side of OAuth: consent in a browser, tokens for programs, and service accounts."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.connectors.google_server_document import Json

CLIENT = "1234567890-tests.apps.googleusercontent.com"
SECRET = "GOCSPX-a-secret-of-the-tests"
JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
AUDIENCE = "https://oauth2.googleapis.com/token"
"""For whom Google's library signs, wherever it sends."""
REVOKED = "Token has been expired or revoked."


class OAuthError(Exception):
    """What the token endpoint refuses, in the form of RFC 6749."""

    def __init__(self, error: str, description: str = "Bad Request", status: int = 400) -> None:
        super().__init__(error)
        self.status = status
        self.body = {"error": error, "error_description": description}


@dataclass(frozen=True)
class Grant:
    """What somebody let a program do."""

    account: str
    client: str
    scopes: tuple[str, ...]


@dataclass(frozen=True)
class Code:
    """A grant that waits to be fetched."""

    grant: Grant
    redirect: str
    challenge: str
    offline: bool


class OAuth:
    """Clients, grants and tokens. Whoever calls holds the lock of the server."""

    def __init__(self, user: str, robot: str, known: frozenset[str], now: Callable[[], float]) -> None:
        self.user, self.robot, self.known, self.now = user, robot, known, now
        self.root = ""
        self.clients = {CLIENT: SECRET}
        self.codes: dict[str, Code] = {}
        self.refreshes: dict[str, Grant] = {}
        self.accesses: dict[str, tuple[Grant, float]] = {}
        self.asked_scopes: list[tuple[str, ...]] = []
        self.refused = False
        self.withheld: frozenset[str] = frozenset()
        self.lifetime = 3599
        self.key = _key()

    # -- tokens -------------------------------------------------------------------------------------------

    def access(self, grant: Grant) -> str:
        token = f"ya29.{secrets.token_urlsafe(40)}"
        self.accesses[token] = grant, self.now() + self.lifetime
        return token

    def refresh(self, grant: Grant) -> str:
        token = f"1//{secrets.token_urlsafe(40)}"
        self.refreshes[token] = grant
        return token

    def holder(self, authorization: str) -> Grant | None:
        """Whose token a request carries, where it is still good."""
        kind, _, token = authorization.partition(" ")
        grant, until = self.accesses.get(token, (None, 0.0))
        return grant if kind == "Bearer" and until > self.now() else None

    def revoke(self, token: str | None = None) -> None:
        """Takes back the grant of a token, or every grant."""
        grant = self.refreshes.get(token or "") or self.accesses.get(token or "", (None, 0.0))[0]
        for held in [held for held, one in self.refreshes.items() if token is None or one == grant]:
            del self.refreshes[held]
        for held in [held for held, (one, _) in self.accesses.items() if token is None or one == grant]:
            del self.accesses[held]

    # -- consent ------------------------------------------------------------------------------------------

    def consent(self, query: str) -> str:
        """Where the browser goes next; a ValueError says what the page of Google would complain about."""
        told = {name: values[0] for name, values in parse_qs(query).items() if len(values) == 1}
        place = urlsplit(told.get("redirect_uri", ""))
        if told.get("client_id") not in self.clients:
            raise ValueError("invalid_client")
        if place.scheme != "http" or place.hostname not in {"127.0.0.1", "localhost", "::1"}:
            raise ValueError("redirect_uri_mismatch")
        if told.get("response_type") != "code":
            raise ValueError("unsupported_response_type")
        challenge, method = told.get("code_challenge", ""), told.get("code_challenge_method")
        if method != "S256" or not re.fullmatch(r"[A-Za-z0-9_-]{43}", challenge):
            raise ValueError("invalid_request: a code challenge with S256 is required")
        scopes = tuple(told.get("scope", "").split())
        if not scopes or not self.known >= set(scopes):
            raise ValueError("invalid_scope")
        if told.get("access_type") not in {"offline", "online", None}:
            raise ValueError("invalid_request: access_type")
        self.asked_scopes.append(scopes)
        state = {"state": told["state"]} if "state" in told else {}
        granted = tuple(scope for scope in scopes if scope not in self.withheld)
        if self.refused or not granted:
            return f"{told['redirect_uri']}?{urlencode({'error': 'access_denied', **state})}"
        code = f"4/0{secrets.token_urlsafe(24)}"
        grant = Grant(self.user, told["client_id"], granted)
        offline = told.get("access_type") == "offline"
        self.codes[code] = Code(grant, told["redirect_uri"], challenge, offline)
        return f"{told['redirect_uri']}?{urlencode({**state, 'code': code, 'scope': ' '.join(granted)})}"

    # -- the token endpoint -------------------------------------------------------------------------------

    def token(self, body: bytes, headers: Mapping[str, str]) -> Json:
        told = {name: values[0] for name, values in parse_qs(body.decode()).items() if len(values) == 1}
        match told.get("grant_type"):
            case "authorization_code":
                return self._from_code(told, self._client(told, headers))
            case "refresh_token":
                return self._from_refresh(told, self._client(told, headers))
            case kind if kind == JWT:
                return self._from_assertion(told)
        raise OAuthError("unsupported_grant_type", f"Invalid grant_type: {told.get('grant_type')}")

    def _client(self, told: Mapping[str, str], headers: Mapping[str, str]) -> str:
        client, secret = told.get("client_id", ""), told.get("client_secret", "")
        kind, _, basic = headers.get("Authorization", "").partition(" ")
        if kind == "Basic":
            client, _, secret = (unquote(part) for part in base64.b64decode(basic).decode().partition(":"))
        if client not in self.clients:
            raise OAuthError("invalid_client", "The OAuth client was not found.", 401)
        if secret != self.clients[client]:
            raise OAuthError("invalid_client", "Unauthorized", 401)
        return client

    def _from_code(self, told: Mapping[str, str], client: str) -> Json:
        code = self.codes.pop(told.get("code", ""), None)
        if code is None or code.grant.client != client:
            raise OAuthError("invalid_grant", "Malformed auth code.")
        if told.get("redirect_uri") != code.redirect:
            raise OAuthError("redirect_uri_mismatch")
        if "code_verifier" not in told:
            raise OAuthError("invalid_grant", "Missing code verifier.")
        digest = hashlib.sha256(told["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).decode().rstrip("=") != code.challenge:
            raise OAuthError("invalid_grant", "Invalid code verifier.")
        lasting = {"refresh_token": self.refresh(code.grant)} if code.offline else {}
        return self._answer(code.grant) | lasting

    def _from_refresh(self, told: Mapping[str, str], client: str) -> Json:
        grant = self.refreshes.get(told.get("refresh_token", ""))
        if grant is None:
            raise OAuthError("invalid_grant", REVOKED)
        if grant.client != client:
            raise OAuthError("unauthorized_client", "Unauthorized", 401)
        wanted = tuple(told.get("scope", "").split()) or grant.scopes
        if not set(wanted) <= set(grant.scopes):
            raise OAuthError("invalid_scope")
        return self._answer(Grant(grant.account, grant.client, wanted))

    def _from_assertion(self, told: Mapping[str, str]) -> Json:
        claims = self._claims(told.get("assertion", ""))
        if claims.get("iss") != self.robot:
            raise OAuthError("invalid_grant", "Invalid grant: account not found")
        if claims.get("sub", self.robot) != self.robot:
            message = "Client is unauthorized to retrieve access tokens using this method."
            raise OAuthError("unauthorized_client", message, 401)
        start, end = claims.get("iat", 0), claims.get("exp", 0)
        if claims.get("aud") not in {AUDIENCE, f"{self.root}/token"}:
            raise OAuthError("invalid_grant", "Invalid JWT: Failed audience check.")
        if not (start - 300 <= self.now() < end <= start + 3600):
            raise OAuthError("invalid_grant", "Invalid JWT: Token must be a short-lived token (60 minutes).")
        scopes = tuple(str(claims.get("scope", "")).split())
        if not scopes or not self.known >= set(scopes):
            raise OAuthError("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
        return self._answer(Grant(self.robot, self.robot, scopes))

    def _claims(self, assertion: str) -> Json:
        """What a signed assertion says, where the signature is right."""
        try:
            signed, _, signature = assertion.rpartition(".")
            head, claims = (json.loads(_decoded(part)) for part in signed.split("."))
            known = {"RS256": hashes.SHA256()}
            pad, digest = padding.PKCS1v15(), known[head["alg"]]
            self.key.public_key().verify(_decoded(signature), signed.encode(), pad, digest)
        except (ValueError, KeyError, TypeError, InvalidSignature):
            raise OAuthError("invalid_grant", "Invalid JWT Signature.") from None
        return dict(claims)

    def _answer(self, grant: Grant) -> Json:
        told = {"access_token": self.access(grant), "expires_in": self.lifetime, "token_type": "Bearer"}
        return told | {"scope": " ".join(grant.scopes)}

    # -- what a console hands out -------------------------------------------------------------------------

    def client_secrets(self) -> Json:
        """The file of a desktop program."""
        told = {"client_id": CLIENT, "client_secret": SECRET, "project_id": "tests"}
        places = {"auth_uri": f"{self.root}/o/oauth2/auth", "token_uri": f"{self.root}/token"}
        return {"installed": {**told, **places, "redirect_uris": ["http://localhost"]}}

    def service_account(self) -> Json:
        """The key file of a service account."""
        key = self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return {
            "type": "service_account",
            "project_id": "tests",
            "private_key_id": "0123456789abcdef",
            "private_key": key.decode(),
            "client_email": self.robot,
            "client_id": "12345678901234567890",
            "token_uri": f"{self.root}/token",
        }


@cache
def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65_537, key_size=2048)


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
