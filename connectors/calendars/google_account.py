"""Who we are to Google: a clinician who signed in once, or a service account that calendars are shared with.

The client's secret comes from outside and is not written anywhere; what Google gave at the sign-in is kept in one file
of mode 0600, replaced as a whole.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from google.auth import exceptions
from google.auth.credentials import Credentials
from google.oauth2 import service_account
from google.oauth2.credentials import Credentials as UserCredentials

from connectors.errors import RefusedError, UnreachableError

ROOT = "https://www.googleapis.com/auth/"
SCOPES = (f"{ROOT}calendar.app.created", f"{ROOT}calendar.events.readonly")
"""The least that does the work: write only to calendars that Shiftward made, read the events of the others."""
SHARED_SCOPES = (f"{ROOT}calendar.events",)
"""A service account reaches only what was shared with it, and writes to the calendar that was made for it."""
TESTING = timedelta(days=7)
"""How long a sign-in lasts while the consent screen is in testing (Google Cloud help, answer 10311615)."""
SIGN_IN = "run: shiftward login google"


class GoogleAccount:
    """`secret` is the client's or service account's JSON as downloaded from Google; `path` keeps the sign-in."""

    def __init__(self, secret: str, path: Path) -> None:
        self._path = path
        self._secret = _checked(secret)
        self._seen: deque[str | None] = deque(maxlen=8)
        self._lasting = ""

    @property
    def is_service(self) -> bool:
        return self._secret.get("type") == "service_account"

    def credentials(self) -> Credentials:
        """Raises RefusedError when nobody has signed in yet, or the sign-in was for another client."""
        if self.is_service:
            try:
                return service_account.Credentials.from_service_account_info(  # type: ignore[no-any-return,no-untyped-call]
                    self._secret, scopes=SHARED_SCOPES
                )
            except (ValueError, exceptions.GoogleAuthError):
                raise RefusedError("the service account's key is damaged; download it anew") from None
        kept, client = self._kept(), _client(self._secret)
        if kept.get("client_id") != client["client_id"]:
            raise RefusedError(f"nobody has signed in to Google with this client yet; {SIGN_IN}")
        try:
            expiry = _naive(kept.get("expiry"))
        except (ValueError, TypeError):
            expiry = None
        if not isinstance(kept.get("refresh_token"), str) or not isinstance(kept.get("token"), str | None):
            raise RefusedError(f"the Google sign-in cannot be read; {SIGN_IN}")
        self._seen.append(kept.get("token"))
        self._lasting = kept["refresh_token"]
        return UserCredentials(  # type: ignore[no-untyped-call]
            token=kept.get("token"),
            refresh_token=kept["refresh_token"],
            token_uri=client["token_uri"],
            client_id=client["client_id"],
            client_secret=client.get("client_secret"),
            scopes=kept.get("scopes"),
            expiry=expiry,
        )

    def keep(self, credentials: Credentials) -> None:
        """Write down a token that was renewed; nothing where the file has a later one, or one of another sign-in."""
        if not isinstance(credentials, UserCredentials) or credentials.token in self._seen:
            return
        try:
            kept = self._kept()
        except RefusedError:
            return
        if kept.get("refresh_token") == self._lasting:
            self._write(credentials, kept.get("signed_in") or _now().isoformat())

    def sign_in(self, prompt: str, port: int, *, browser: bool) -> None:
        """Ask the clinician's consent in a browser, by loopback with PKCE; `prompt` is printed with `{url}` filled in.

        Port 0 takes a free one. Raises RefusedError when the consent was not given, or not in full.
        """
        from google_auth_oauthlib.flow import InstalledAppFlow

        if self.is_service:
            raise RefusedError("a service account does not sign in: share the calendars with its address")
        # A box left unticked is told below, in words; the library would raise a Warning.
        os.environ["OAUTHLIB_RELAX_TOKEN_SCOPE"] = "1"  # noqa: S105
        try:
            flow = InstalledAppFlow.from_client_config(
                self._secret, scopes=SCOPES, autogenerate_code_verifier=True
            )
            credentials = flow.run_local_server(
                host="127.0.0.1",
                port=port,
                open_browser=browser,
                authorization_prompt_message=prompt,
                success_message="You may close this page; Shiftward says where you started it whether it is signed in.",
                timeout_seconds=600,
                access_type="offline",
                prompt="consent",
            )
        except Exception as error:  # noqa: BLE001
            # The library raises what its parts raise: a refused consent, a wrong state, no answer in time.
            raise RefusedError(
                f"the sign-in did not come about ({type(error).__name__}); try again"
            ) from None
        granted = set(credentials.granted_scopes or credentials.scopes or ())
        if not set(SCOPES) <= granted:
            raise RefusedError(
                "not everything was allowed: tick both boxes of the consent page, and try again"
            )
        if not credentials.refresh_token:
            raise RefusedError(
                "Google gave no lasting sign-in; remove Shiftward's access there, and try again"
            )
        try:
            self._write(credentials, _now().isoformat())
        except OSError as error:
            raise RefusedError(f"the sign-in could not be written down: {error.strerror}") from None

    def trouble(self, error: exceptions.GoogleAuthError) -> RefusedError | UnreachableError:
        """Why a token could not be renewed, and what to do now."""
        if isinstance(error, exceptions.TransportError) or getattr(error, "retryable", False):
            return UnreachableError("Google's sign-in could not be reached")
        told = str(error)
        if any(
            word in told
            for word in ("invalid_client", "unauthorized_client", "deleted_client", "invalid_scope")
        ):
            return RefusedError(f"Google refuses the sign-in; {SIGN_IN}")
        if "invalid_grant" not in told:
            # A page of a proxy, a server in trouble: nothing that says no.
            return UnreachableError("no usable answer from Google's sign-in")
        if self.is_service:
            return RefusedError("Google no longer takes the service account's key; make a new one")
        try:
            age = _now() - datetime.fromisoformat(self._kept()["signed_in"])
        except (KeyError, ValueError, TypeError):
            age = timedelta()
        if TESTING - timedelta(hours=12) <= age <= TESTING + timedelta(days=2):
            return RefusedError(
                "Google ended the sign-in after 7 days, as it does while the consent screen is in testing: set it to "
                f"'In production' in the Google console (no review is needed for your own use), then {SIGN_IN}"
            )
        return RefusedError(
            f"Google ended the sign-in (access was removed, the password was changed, or it lay idle for 6 months); {SIGN_IN}"
        )

    def _kept(self) -> dict[str, Any]:
        try:
            found = json.loads(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError):
            raise RefusedError(f"the Google sign-in cannot be read; {SIGN_IN}") from None
        return found if isinstance(found, dict) else {}

    def _write(self, credentials: UserCredentials, signed_in: str) -> None:
        expiry = credentials.expiry
        replace_file(
            self._path,
            {
                "client_id": credentials.client_id,
                "refresh_token": credentials.refresh_token,
                "token": credentials.token,
                "expiry": expiry.replace(tzinfo=UTC).isoformat() if expiry else None,
                "scopes": sorted(credentials.granted_scopes or credentials.scopes or ()),
                "signed_in": signed_in,
            },
        )
        self._seen.append(credentials.token)
        self._lasting = str(credentials.refresh_token)


def replace_file(path: Path, content: Mapping[str, Any]) -> None:
    """The whole file or none of it, for nobody else to read."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".shiftward")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _checked(secret: str) -> dict[str, Any]:
    try:
        found = json.loads(secret)
    except ValueError:
        found = None
    if isinstance(found, dict) and (
        found.get("type") == "service_account"
        or {"client_id", "auth_uri", "token_uri"} <= _client(found).keys()
    ):
        return found
    raise RefusedError(
        "the Google secret is not the JSON that Google gives for a desktop client or a service account"
    )


def _client(secret: Mapping[str, Any]) -> Mapping[str, Any]:
    found = secret.get("installed", {})
    return found if isinstance(found, dict) else {}


def _naive(expiry: str | None) -> datetime | None:
    """The library keeps UTC without saying so."""
    return datetime.fromisoformat(expiry).astimezone(UTC).replace(tzinfo=None) if expiry else None


def _now() -> datetime:
    return datetime.now(UTC)
