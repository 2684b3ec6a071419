"""What somebody says by writing into a title of ours. Pure.

An answer is the bare word, perhaps with punctuation, in front of our own title or behind it, or in place of its first
word. Whoever writes more than that means more than that, and a site may have a name that begins like a word.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from daemon.rows import Verdict

State = Literal["HOLD", "TAKE", "YES"]
_YES = r"yes|yep|yeah|y|okay|ok|accepted|accept"
_NO = r"nope|no|n|x|declined|decline|cancelled|canceled|cancel"
_YES_SIGNS = "✓✔✅☑👍👌"
_NO_SIGNS = "✗✘❌✖✕×👎🚫"
_OWN = r"(?:hold|take|yes)(?!\w)"
_END = rf"(?:(?!\w)|(?={_OWN}))(?:[\s,]+(?:thanks|thank you|please)(?!\w))?"
_SAID = rf"(?P<yes>(?:{_YES}){_END}|[{_YES_SIGNS}])|(?P<no>(?:{_NO}){_END}|[{_NO_SIGNS}])"
_AGAIN = rf"(?:{_YES}|{_NO}){_END}|[{_YES_SIGNS}{_NO_SIGNS}]"
_MARKS = r"[^\w?]*"
"""A question mark makes a question of it."""
_FIRST = re.compile(rf"{_MARKS}?(?:{_SAID}){_MARKS}")
_ANSWER = re.compile(rf"{_MARKS}?(?:{_SAID})(?:{_MARKS}?(?:{_AGAIN}))*?{_MARKS}(?={_OWN}|$)")
"""What was put in front last stands first, and holds."""
_STATE = re.compile(r"(hold|take|yes)\s*·(?!\s*(?:hold|take|yes)\s*·)")


def plain(title: str) -> str:
    """A title as it is compared: whatever its capitals, widths, blanks and invisible letters."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    visible = "".join(one for one in folded if unicodedata.category(one) != "Cf")
    return " ".join(visible.replace("_", " ").split())


def state(title: str) -> State | None:
    """The word that a title of a block of ours begins with."""
    found = _STATE.match(plain(title))
    return found.group(1).upper() if found else None  # type: ignore[return-value]  # one of the three


def bare(title: str) -> str:
    """A title of ours without the word of its state, as it is compared."""
    return _STATE.sub("", plain(title), count=1).strip()


def is_ours(title: str) -> bool:
    """Whether a title is one of a block of ours, with or without an answer in front of it."""
    text = plain(title)
    answer = _ANSWER.match(text)
    return _STATE.match(text, answer.end() if answer else 0) is not None


def verdict_of(title: str, other: str | None = None) -> Verdict | None:
    """Yes or no in front of a title of ours, or behind `other`, which it was before."""
    text, own = plain(title), plain(other or "")
    if _STATE.match(text):
        behind = text.removeprefix(f"{own} ") if own else text
        return _verdict(_ANSWER.fullmatch(behind)) if behind != text else None
    first = _FIRST.match(text)
    if first and own and text[first.end() :] == bare(own):
        return _verdict(first)
    return _verdict(_ANSWER.match(text))


def _verdict(found: re.Match[str] | None) -> Verdict | None:
    return None if found is None else "accepted" if found.group("yes") else "declined"
