"""Whether anything in a calendar changed, by when it was last modified: a short question in place of the long one.

For a sync-collection report Radicale 3.9 reads every object's record, 95 ms at 2,500 of them; for `getlastmodified` of
the calendar it looks at the files' times, 10 ms. No standard says that this moves with what lies in a calendar. So it is
asked only of servers that are known to keep it so, and believed only where the last change was over when the report was
asked, by the server's clock as it was then and as it is now. The report is asked again before long all the same, and a
time that stood still meanwhile is never believed again.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from time import monotonic

from connectors.calendars.dav_collection import Collection
from connectors.calendars.webdav import D

KEEPERS = ("http://radicale.org/ns/sync/",)
"""What the sync tokens of such servers begin with. Radicale: the newest time of the calendar's folder and its files."""
OVER = 3.0
"""Seconds after which a time stands for no other change: it is told in whole ones, and some file systems keep two."""
LONGEST = 600.0
"""Seconds until the long question is asked all the same."""


@dataclass(frozen=True, slots=True)
class _Long:
    """The last long question: the token it gave, and when it was asked by our clock and by the server's, or earlier."""

    token: str
    asked: float
    date: float


class Stamp:
    """What is known of when one calendar changed; kept while the process lives. Use it from one thread at a time."""

    def __init__(self) -> None:
        self._last: _Long | None = None
        self._asking = 0.0
        """When the look that is under way began, by our clock."""
        self._follows = False
        """It goes on from where the last one ended."""
        self._modified: float | None = None
        """What it was told."""
        self._newest = 0.0
        """The last change that was seen is not from later, by the server's clock."""
        self._false = False

    def knows(self, token: str) -> bool:
        """Whether this server's times are worth a question."""
        return token.startswith(KEEPERS) and not self._false

    def stands(self, at: Collection, token: str) -> bool:
        """True where nothing changed since the token. One request, or none where its answer would say nothing.

        False: the long question is asked now, and what it tells goes to `told`.
        """
        self._asking, self._modified = monotonic(), None
        last = self._last
        self._follows = last is not None and last.token == token and self.knows(token)
        if last is None or not self._follows:
            return False
        if self._newest + OVER > last.date or self._asking - last.asked > LONGEST:
            return False
        return self._was_over(at, last)

    def _was_over(self, at: Collection, last: _Long) -> bool:
        """Whether the last change was over when the long question was asked."""
        reply = at.propfind("d:resourcetype", "d:getlastmodified")
        date = _seconds(reply.date)
        modified = _seconds(at.itself(reply).text(f"{D}getlastmodified")) if reply.status == 207 else None
        self._modified = modified
        if modified is None or date is None:
            return False
        # Where the server's clock was set, one of the two is too late to be believed.
        return modified + OVER <= min(last.date, date - (monotonic() - last.asked))

    def told(self, at: Collection, token: str, date: str, *, changed: bool) -> None:
        """The long question was answered at this `date` of the server (RFC 9110, 6.6.1); empty where it is to be asked again."""
        last, answered = self._last, _seconds(date)
        if last and self._follows and changed and self._modified is None and self._newest + OVER <= last.date:
            self._false = self._was_over(at, last)
        self._last = None
        if answered is not None:
            self._last = _Long(token, self._asking, answered - (monotonic() - self._asking))
            if changed:
                self._newest = answered if self._modified is None else self._modified


def _seconds(date: str | None) -> float | None:
    """Of an HTTP date; None where it is none."""
    try:
        moment = parsedate_to_datetime(date or "")
    except ValueError:
        return None
    return moment.timestamp() if moment.tzinfo else None
