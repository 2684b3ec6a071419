"""Every word, colour and category of the entries, in one place. Pure.

Titles carry the state in words: phones differ in whether they show a status or a colour. In minimal mode no title says
where, how much or what about; alarms never do, since a locked phone shows them to everybody in the room. A description
is opened on purpose, and says all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from connectors.event import Days, Status, Timed
from policy.phrases import clock, day, dollars

MOST_TITLE = 80
"""Letters; phones show fewer, and some servers cut."""


@dataclass(frozen=True, slots=True)
class Face:
    """How an entry looks beside its words: category, CSS colour, whether its time stays free, and its status."""

    category: str
    color: str
    transparent: bool = False
    status: Status = "confirmed"


HOLD = Face("Hold", "gold", status="tentative")
TAKE = Face("Take", "forestgreen")
YES = Face("Yes", "forestgreen")
CONFLICT = Face("Conflict", "crimson", transparent=True)
WARNING = Face("Warning", "darkorange", transparent=True)
PAPERS = Face("Credential", "royalblue", transparent=True)
TAX = Face("Tax", "mediumpurple", transparent=True)
REMINDER = Face("Reminder", "steelblue", transparent=True)
QUESTIONS = Face("Question", "darkorange", transparent=True)
RECOVERY = Face("Recovery", "darkseagreen")
OFF = Face("Off", "darkseagreen")
CONTACT = Face("Contact", "slategray", transparent=True)
FACES = (HOLD, TAKE, YES, CONFLICT, WARNING, PAPERS, TAX, REMINDER, RECOVERY, OFF, CONTACT)


# -- titles ----------------------------------------------------------------------------------------------------------

SIGN = "⚠"
RECOVERY_TITLE = "OFF · recovery day"
OFF_TITLE = "OFF · protected"
QUIET_WARNING = f"{SIGN} check your schedule"
QUIET_NOTICE = "news of your papers and money"
QUIET_CONTACT = {"inbox": "one of your inboxes", "calendar": "one of your calendars"}


def block_title(word: str, name: str, part: str, number: int, of: int, cents: int | None) -> str:
    """`cents` is None where no amount shall be told."""
    parts = [word, name, part]
    parts += [f"{number} of {of}"] if of > 1 else []
    parts += [dollars(cents)] if cents is not None else []
    return " · ".join(parts)[:MOST_TITLE]


def warning_title(headline: str | None) -> str:
    return f"{SIGN} {headline}"[:MOST_TITLE] if headline else QUIET_WARNING


def notice_title(kind: str, title: str | None) -> str:
    sign = SIGN if kind == "warning" else "REMIND ·"
    return f"{sign} {title or QUIET_NOTICE}"[:MOST_TITLE]


def contact_title(what: str, since: datetime) -> str:
    """`what` is out of contact since an instant in the home zone."""
    return f"{SIGN} no contact with {what} since {clock(since)}"[:MOST_TITLE]


def questions_title(number: int | None) -> str:
    """`number` is None where it shall not be told."""
    if number is None:
        return f"{SIGN} something to look at"
    return f"{SIGN} {number} question{'s' if number > 1 else ''} about your offers"


# -- what is said of a shift -------------------------------------------------------------------------------------------

DECLINE = (
    "To decline, delete this event or put no in front of its title; once you have taken the shift, put yes there or move "
    "the event into your work calendar."
)
GIVE_BACK = (
    "If it fell through, put no in front of the title; to be asked again, write HOLD in place of YES there."
)
FELL_OUT = "It stood in a work calendar of yours, and stands there no more: do you still work it?"
FITS = "Your rules allow it, and it keeps every limit:"
SAID_YES = "You said yes to it."
TOLD_NOBODY = "Shiftward has told nobody."
BEFORE = "Before it begins:"


def rates(name: str, cents: int, plain: int, effective: int) -> str:
    """What it pays: whole cents of the offer, for an hour of the shift, and for an hour of all that it takes."""
    told = f"{name}: {dollars(cents)} in all, {dollars(plain)} an hour"
    return (
        f"{told}."
        if effective == plain
        else f"{told}; {dollars(effective)} in effect, after unpaid time and travel."
    )


def note(text: str) -> str:
    return f"Note: {text}."


def not_by_itself(text: str) -> str:
    return f"Not taken by itself: {text}."


def by_policy(stream: str) -> str:
    return (
        f"Your policy takes {stream} shifts by itself. Shiftward has told nobody: answer the site. If you do not want it, "
        "delete this event."
    )


def answer_by(instant: datetime) -> str:
    return f"Answer by {clock(instant)}."


def breaks_by(instants: Iterable[datetime]) -> str:
    return f"Breaks by {', '.join(f'{one:%H:%M}' for one in instants)}."


def bullets(lines: Iterable[str]) -> list[str]:
    return [f"· {line}" for line in lines]


def named_by(offer: str) -> str:
    return f"Offer {offer}"


def moved(when: Timed | Days | None) -> str:
    """Why a block that was moved or stretched is back where it was; `when` is what it was moved to, None for repeating."""
    if when is None:
        what = "made this repeat"
    elif isinstance(when, Timed):
        what = f"moved this to {clock(when.start)}, until {when.end:%H:%M}"
    elif when.first == when.last:
        what = f"made this the whole of {day(when.first)}"
    else:
        what = f"made this whole days, {day(when.first)} to {day(when.last)}"
    return (
        f"You {what}. A shift's hours come from its offer, so it was put back. To change them, agree on it with the site: its "
        "next message counts."
    )


# -- what is said of the rest ------------------------------------------------------------------------------------------

SEEN = "Delete this event once you have seen it; it comes back only if it gets worse."
BREAKS = "Nothing may exceed this limit: one of these has to go, or the policy has to change."
RECOVERY_TEXT = "After an intense block, nothing is put here."
OFF_TEXT = "One of the days off that you keep free each month."


SETTLE = (
    "Until you settle it, nothing of it is held. On the machine: shiftward offers --review shows each with its choices, and "
    "shiftward accept, decline or settle answers it. Delete this event once you have seen it; it comes back with the next "
    "question."
)
MOST_QUESTIONS = 20


def questions_text(asked: Iterable[tuple[str, str]]) -> str:
    """Words of a message, and what is asked about them."""
    told = [f"{words}: {why}" if words else sentence_case(why.rstrip(".")) for words, why in asked]
    more = [f"and {len(told) - MOST_QUESTIONS} more"] if len(told) > MOST_QUESTIONS else []
    return lines((*bullets((*told[:MOST_QUESTIONS], *more)), SETTLE))


def sentence_case(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


ASK_AGAIN = (
    "Look whether you can open it yourself, and whether its password or address changed; `shiftward check` asks it again "
    "and says what is wrong."
)


def contact_text(known_until: datetime | None, trouble: str, missing: str, *, holds_up: bool = False) -> str:
    """What to know and to do; `trouble` is the connector's own sentence, `missing` what nobody has heard of since.

    `holds_up`: nothing is decided before it was read once.
    """
    good = f"It was last read on {clock(known_until)}." if known_until else "It was never read."
    return "\n".join(
        (
            good,
            sentence_case(trouble.rstrip(".")),
            *(
                [
                    "Until it was read once, nothing is held or taken; if it is not needed, take it out of service.toml."
                ]
                if holds_up
                else [f"Until it answers, {missing} What was known before still counts."]
            ),
            ASK_AGAIN,
            "This entry goes away by itself when contact is back.",
        )
    )


MISSING = {
    "work": "shifts that were put there or taken out are not seen.",
    "personal": "new appointments are not seen, and may be planned over.",
    "offers": "new open shifts are not seen.",
    "inbox": "new offers and cancellations are not seen.",
    "publish": "holds and days off are not up to date there, and your answers are not seen.",
    "warnings": "warnings are not up to date there.",
}
"""What nobody hears of while a source of that role is silent."""


# -- alarms ------------------------------------------------------------------------------------------------------------

NEW_HOLD = "A new shift is held for you"
NEW_TAKE = "A new shift is yours to confirm"
DAY_LEFT = "A day left to answer"
STARTS_SOON = "Your shift starts in 12 hours"
NEW_WARNING = "A new warning from Shiftward"
NEWS = "News from Shiftward"
AGAIN = "A reminder from Shiftward"
LOST = "Shiftward has lost contact with something"
ALARMS = frozenset({NEW_HOLD, NEW_TAKE, DAY_LEFT, STARTS_SOON, NEW_WARNING, NEWS, AGAIN, LOST})


def lines(parts: Sequence[str]) -> str:
    return "\n".join(parts)
