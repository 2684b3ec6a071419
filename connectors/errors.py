"""What can go wrong out there, split by what the caller will do about it."""

from __future__ import annotations


class ConnectorError(Exception):
    """Any failure of a source; a whole poll or write has failed, and nothing of its answer may be used."""


class UnreachableError(ConnectorError):
    """No usable answer (refused, timed out, nonsense, 5xx): keep what is known, and try again later.

    A write may have happened all the same. `retry_after` are the seconds the server asked for.
    """

    def __init__(self, text: str, retry_after: float | None = None) -> None:
        super().__init__(text)
        self.retry_after = retry_after


class RefusedError(ConnectorError):
    """The server knows us and says no (login, permission): only the clinician can help."""


class MissingError(RefusedError):
    """There is no such calendar at the address."""


class ConflictError(ConnectorError):
    """The object is not as the write assumed (412, 409, gone): look again, then decide anew."""


class RejectedError(ConnectorError):
    """The server takes writes, but not this object as it is: leave it until it says something else."""


class CursorLostError(ConnectorError):
    """The server no longer knows our cursor: read everything again, deleting nothing on the way."""
