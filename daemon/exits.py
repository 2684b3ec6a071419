"""Exit codes, and a command's refusal: raised where the facts are, told where the clinician is."""

from __future__ import annotations

import errno

PROBLEMS, WRONG, UNREACHED, REFUSED = 1, 2, 3, 4
"""After UNREACHED the same may work when it is tried again, and systemd does; after the others somebody has to look."""

_PASSING = frozenset(
    {
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EIO,
        errno.EAGAIN,
        errno.ENOMEM,
        errno.EMFILE,
        errno.ENFILE,
        errno.ESTALE,
    }
)


def may_pass(error: OSError) -> bool:
    """Whether it may go away without anybody's doing: a full disk, a disk in trouble, too much that is open."""
    return error.errno in _PASSING


class NotDoneError(Exception):
    """What was asked for is not done: with the exit code, and the sentences that say why and what to do."""

    def __init__(self, code: int, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.code = code
        self.lines = lines
