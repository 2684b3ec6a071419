"""Exit codes, and a command's refusal: raised where the facts are, told where the clinician is."""

from __future__ import annotations

PROBLEMS, WRONG, UNREACHED, REFUSED = 1, 2, 3, 4


class NotDoneError(Exception):
    """What was asked for is not done: with the exit code, and the sentences that say why and what to do."""

    def __init__(self, code: int, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.code = code
        self.lines = lines
