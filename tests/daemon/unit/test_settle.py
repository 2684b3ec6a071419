"""What a message leaves open, how it is shown, and what the clinician says of it."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from daemon.store import Store
from daemon.upkeep import prune
from tests.daemon.unit.mailroom import CHICAGO, NOW, OWN, POLICY, SERVICE, STRANGER, Mailroom, at, message

TODAY = datetime.now(CHICAGO).date()
SENT = datetime.now(CHICAGO).replace(microsecond=0) - timedelta(hours=2)
"""The command asks the machine's own clock, so these messages are of today."""


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def us(number: int) -> str:
    return f"{day(number):%a} {day(number).month}/{day(number).day}"


LATE = next(number for number in range(14, 40) if day(number).day > 12 and day(number + 1).day > 12)
"""From when on a month cannot be taken for the day."""
WRONG_DAY = f"{day(LATE):%a} {us(LATE + 1).split()[1]}"
ASKED = f"{us(14)} 8-8 LKSD $2400"
CLEAR = f"{us(15)} 7a-7p LKSD $2300"
PLAIN = f"{us(14)} 8p-8a LKSD $2400"


@pytest.fixture
def room(tmp_path: Path) -> Mailroom:
    return Mailroom(tmp_path)


def review(room: Mailroom) -> list[dict[str, Any]]:
    """What `offers --review --json` says is open."""
    told = room.command("offers", "--review", "--json")
    assert told.returncode == 0, told.stderr
    found: list[dict[str, Any]] = json.loads(told.stdout)["review"]
    return found


def opened(room: Mailroom) -> list[str]:
    """The open offers as the command tells them."""
    told = json.loads(room.command("offers", "--json").stdout)
    return sorted(key for key, life in told.items() if life == "open")


@pytest.fixture
def asked(room: Mailroom) -> str:
    """A message with a line that leaves something open, and one that does not; the id of the first."""
    room.deliver(message(f"{ASKED}\n{CLEAR}\n", SENT))
    (one,) = review(room)
    return str(one["id"])


# -- what is shown ---------------------------------------------------------------------------------------------------------


def test_a_question_is_shown_with_its_line(room: Mailroom) -> None:
    """The words of the message, what is asked of them, and how to answer; the clear line is an offer beside it."""
    room.deliver(message(f"{ASKED}\n{CLEAR}\n", SENT))
    told = room.command("offers", "--review")
    (one,) = review(room)
    assert (one["source"], one["where"]) == ("post", ASKED)
    assert one["why"]
    for word in (one["id"], ASKED, one["why"], "shiftward settle"):
        assert word in told.stdout
    assert len(opened(room)) == 1


@pytest.mark.parametrize(
    "line",
    [
        f"{WRONG_DAY} 7p-7a LKSD $2400",
        f"{us(14)} LKSD $2400",
        f"{us(14)} 7p-7a XYZT zone Lakeside ED unless Dee wants it $2400",
        f"{us(14)} (7p-7a LKSD $2400",
    ],
)
def test_every_question_has_an_id_and_a_reason(room: Mailroom, line: str) -> None:
    """A weekday that disagrees, no hours, other words, a bracket that is not closed: none makes an offer."""
    room.deliver(message(f"{line}\n", SENT))
    (one,) = review(room)
    assert one["where"] == line
    assert one["id"]
    assert one["why"]
    assert opened(room) == []


def test_nothing_open_is_nothing_shown(room: Mailroom) -> None:
    """Without questions there is no advice on how to answer them either."""
    room.deliver(message(f"{CLEAR}\n", SENT))
    assert room.command("offers", "--review").stdout == ""


def test_the_words_of_a_line_are_kept_only_while_it_is_open(room: Mailroom, asked: str) -> None:
    """The clear line's are nowhere in the store; the open one's are, for it has to be shown."""
    rows = [row.reading for row in room.store.messages()]
    assert any(ASKED in (one or "") for one in rows)
    assert not any(CLEAR in (one or "") for one in rows)
    assert asked


@pytest.mark.parametrize("answer", [PLAIN, ""])
def test_the_words_of_a_settled_line_are_let_go(room: Mailroom, answer: str) -> None:
    """At the next upkeep; the answer still holds, and can still be mended under the same name."""
    room.deliver(message(f"{ASKED}\n{CLEAR}\n", SENT))
    (line,) = [one.id for one in room.world().review]
    prune(room.store, NOW)
    assert any(ASKED in (row.reading or "") for row in room.store.messages())
    room.store.settle(line, answer, SENT)
    before = room.world()
    prune(room.store, NOW)
    assert not any(ASKED in (row.reading or "") for row in room.store.messages())
    assert room.world() == before
    room.store.settle(line, PLAIN.replace("2400", "2500"), SENT)
    assert sorted(one.cents for one in room.world().offers) == [230_000, 250_000]


def test_a_message_is_kept_for_a_review_where_that_is_wanted(room: Mailroom) -> None:
    """The daemon keeps it, a review shows it whole, and an answer drafts a template of it; nothing of it is logged."""
    for days in (0, 7):
        room.configure(SERVICE.replace("[mail]\n", f"[mail]\nkeep_days = {days}\n"))
        raw = message(f"Dear wombat,\n{us(14 + days)} 8-8 LKSD $2400\n", SENT)
        (room.root / "post" / "new" / f"{days}.M1.mail").write_bytes(raw)
        told = room.command("run", "--once")
        assert told.returncode == 0, told.stderr
        assert "inbox.received" in told.stderr
        for word in ("wombat", "LKSD", "2400", "Lakeside", "lakeside.example"):
            assert word not in told.stderr
    first, second = (str(one["id"]) for one in review(room))
    assert room.command("offers", "--message", first).returncode == 1
    assert "wombat" in room.command("offers", "--message", second).stdout
    told = room.command("settle", second, PLAIN, "--learn")
    assert told.returncode == 0
    assert "# layout" in told.stdout
    assert [one["id"] for one in review(room)] == [first]


# -- what is answered ------------------------------------------------------------------------------------------------------


def test_a_plain_line_makes_an_offer(room: Mailroom, asked: str) -> None:
    """With the hours and the pay that were said, and no question any more."""
    told = room.command("settle", asked, PLAIN)
    assert (told.returncode, told.stderr) == (0, "")
    assert review(room) == []
    assert len(opened(room)) == 2
    found = room.offers(datetime.now(CHICAGO))
    one = found[f"{day(14):%m-%d} 20:00"]
    # By the clock on the wall: in two nights of a year it is not twelve hours.
    assert (f"{one.shifts[0].end:%H:%M}", one.cents) == ("08:00", 240_000)


def test_nothing_is_an_answer_too(room: Mailroom, asked: str) -> None:
    """It is no shift; the other line of the message stays."""
    assert room.command("settle", asked, "--nothing").returncode == 0
    assert review(room) == []
    assert opened(room) == [one for one in opened(room) if f"{day(15):%m%d}" in one]
    assert len(opened(room)) == 1


@pytest.mark.parametrize("answer", [PLAIN, "--nothing"])
def test_an_answer_survives_a_restart_and_a_second_reading(room: Mailroom, asked: str, answer: str) -> None:
    """The message is read again after other words were configured; nobody is asked again."""
    room.command("settle", asked, answer)
    before = opened(room)
    room.store.close()
    room.store = Store.in_directory(room.root / "state")
    room.configure(policy=POLICY.replace('"LKSD"', '"LKSD", "Lakeside Emergency"'))
    room.poll(anew=True, now=datetime.now(CHICAGO))
    assert (review(room), opened(room)) == ([], before)


def test_an_answer_survives_a_second_reading_of_a_message_without_a_date(room: Mailroom) -> None:
    """When it was sent is when it first came."""
    raw = message(f"{ASKED}\n", SENT)
    lines = [line for line in raw.split(b"\n") if not line.startswith(b"Date:")]
    room.deliver(b"\n".join(lines))
    room.poll(now=datetime.now(CHICAGO))
    (one,) = review(room)
    room.command("settle", one["id"], PLAIN)
    room.poll(anew=True, now=datetime.now(CHICAGO) + timedelta(hours=1))
    assert review(room) == []


def test_one_answer_leaves_the_other_questions(room: Mailroom) -> None:
    """Of two open lines of a message, each has its own."""
    other = f"{us(16)} 9-9 LKSD $2400"
    room.deliver(message(f"{ASKED}\n{other}\n", SENT))
    first, second = review(room)
    assert first["id"] != second["id"]
    room.command("settle", first["id"], PLAIN)
    assert [one["id"] for one in review(room)] == [second["id"]]
    assert len(opened(room)) == 1


def test_a_settled_shift_has_the_life_of_any_other(room: Mailroom, asked: str) -> None:
    """Filled by a later message, it is gone."""
    room.command("settle", asked, PLAIN)
    room.deliver(message(f"{us(14)} 8p-8a LKSD is filled\n", SENT + timedelta(hours=1)))
    assert len(opened(room)) == 1


def test_a_line_may_be_settled_as_filled(room: Mailroom, asked: str) -> None:
    """What it says of a known shift is said as plainly as anything else."""
    room.deliver(message(f"{PLAIN}\n", SENT - timedelta(hours=1)))
    assert len(opened(room)) == 2
    room.command("settle", asked, f"{us(14)} 8p-8a LKSD is filled")
    assert len(opened(room)) == 1


def settle(room: Mailroom, text: str) -> None:
    """Every open line of which something may be said, as the command would remember it."""
    for one in room.world().review:
        assert one.id
        room.store.settle(one.id, text, NOW)


def test_two_messages_of_one_second_have_questions_of_their_own(room: Mailroom) -> None:
    """An agency sends several mails at once, each with its question on the same line."""
    other = f"{us(16)} 9-9 LKSD $2400"
    for line in (ASKED, other):
        room.deliver(message(f"{line}\n", SENT))
    first, second = review(room)
    assert first["id"] != second["id"]
    room.command("settle", first["id"], PLAIN)
    assert [one["where"] for one in review(room)] == [other]


def test_a_settled_night_of_a_block_stays_in_it(room: Mailroom) -> None:
    """All or nothing holds for what was in question too."""
    body = "Take all or nothing:\nMon 1/4 7p-7a LKSD $2400\nTue 1/5 8-8 LKSD $2400\n"
    room.deliver(message(body))
    assert room.offers() == {}
    settle(room, "Tue 1/5 8p-8a LKSD $2400")
    assert [len(one.shifts) for one in room.offers().values()] == [2]


def test_a_settled_line_lapses_with_its_message(room: Mailroom) -> None:
    """`Reply by 12/16` is said once for all lines."""
    room.deliver(message("Please reply by 12/16 5pm\n\nMon 1/4 8-8 LKSD $2400\n"))
    settle(room, "Mon 1/4 8p-8a LKSD $2400")
    assert list(room.world(at("2026-12-17 09:00")).lives.values()) == ["lapsed"]


def test_a_settled_line_of_pick_two_is_still_one_of_them(room: Mailroom) -> None:
    """The choice is among all three."""
    body = "Pick up to 2:\nMon 1/4 7a-7p LKSD $2400\nWed 1/6 7a-7p LKSD $2400\nFri 1/8 8-8 LKSD $2400\n"
    room.deliver(message(body))
    settle(room, "Fri 1/8 8a-8p LKSD $2400")
    groups = {one.choose.group for one in room.offers().values() if one.choose}
    assert (len(room.offers()), len(groups)) == (3, 1)
    assert all(one.choose for one in room.offers().values())


def test_an_answer_that_can_no_longer_be_read_is_asked_again(room: Mailroom) -> None:
    """The site goes by other names now: what was said of the line is not lost in silence."""
    room.deliver(message("Mon 1/4 8-8 LKSD $2400\n"))
    settle(room, "Mon 1/4 8p-8a LKSD $2400")
    assert len(room.offers()) == 1
    room.configure(policy=POLICY.replace('"Lakeside ED", "LKSD"', '"Lakeside ED"'))
    assert room.offers() or room.world().review


def test_an_answer_can_be_mended(room: Mailroom) -> None:
    """A slip of the pen is put right by saying it again."""
    room.deliver(message(f"{ASKED}\n", SENT))
    (one,) = review(room)
    room.command("settle", one["id"], PLAIN.replace("$2400", "$24000"))
    told = room.command("settle", one["id"], PLAIN)
    assert told.returncode == 0, told.stderr
    assert [offer.cents for offer in room.offers(datetime.now(CHICAGO)).values()] == [240_000]
    assert room.command("settle", one["id"], "--nothing").returncode == 0
    assert opened(room) == []


def test_a_line_of_several_shifts_is_shown_once(room: Mailroom) -> None:
    """One line, one question."""
    room.deliver(message(f"{us(14)}, {us(15)} 8-8 LKSD $2400\n", SENT))
    assert len({one["id"] for one in review(room)}) == len(review(room)) == 1


def test_a_forward_is_looked_at_and_agreed_to(room: Mailroom) -> None:
    """Listed with its line, and a plain yes makes it an offer; of another line a yes says too little."""
    line = f"{us(LATE)} 7a-7p LKSD $2300"
    room.deliver(message(f"{line}\n", SENT, OWN, subject="Fwd: Shifts"))
    (one,) = review(room)
    assert (one["where"], opened(room)) == (line, [])
    assert "yes" in one["why"]
    assert room.command("settle", one["id"], "Yes").returncode == 0
    assert (review(room), len(opened(room))) == ([], 1)
    room.deliver(message(f"{ASKED}\n", SENT))
    (other,) = review(room)
    told = room.command("settle", other["id"], "yes")
    assert (told.returncode, len(review(room))) == (1, 1)
    assert "date" in told.stderr


# -- what is no answer -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (ASKED, "morning or evening"),
        (f"{WRONG_DAY} 7p-7a LKSD", "weekday"),
        ("8p-8a LKSD", "date"),
        (f"{us(14)} LKSD $2400", "hours"),
        (f"{us(14)} 8p-8a Oak Hollow Hospital $2400", "site"),
        ("maybe", "date"),
        ("x" * 5000, "date"),
    ],
)
def test_an_answer_that_leaves_it_open_is_refused(room: Mailroom, asked: str, text: str, word: str) -> None:
    """It says what is still missing, and the question stays as it was."""
    told = room.command("settle", asked, text)
    assert told.returncode == 1
    assert "Traceback" not in told.stderr
    assert word in told.stderr
    assert [one["id"] for one in review(room)] == [asked]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("nosuchid", PLAIN), 1),
        (("", PLAIN), 1),
        (("-", PLAIN), 1),
        (("nosuchid", "--nothing"), 1),
        ((), 2),
    ],
)
def test_what_is_not_open_cannot_be_settled(
    room: Mailroom, asked: str, args: tuple[str, ...], code: int
) -> None:
    """The way to the right id is told."""
    told = room.command("settle", *args)
    assert told.returncode == code
    assert "Traceback" not in told.stderr
    if code == 1:
        assert "offers --review" in told.stderr
    assert [one["id"] for one in review(room)] == [asked]


@pytest.mark.parametrize("args", [(), ("",), ("  ",), (PLAIN, "--nothing")])
def test_either_a_line_or_nothing(room: Mailroom, asked: str, args: tuple[str, ...]) -> None:
    """Neither, and both at once, are wrong usage."""
    told = room.command("settle", asked, *args)
    assert told.returncode == 2
    assert "--nothing" in told.stderr
    assert [one["id"] for one in review(room)] == [asked]


def test_a_strangers_line_cannot_be_settled(room: Mailroom) -> None:
    """Nobody vouches for them: there is something to look at, and nothing to answer."""
    room.deliver(message(f"{ASKED}\n", SENT, STRANGER))
    (one,) = review(room)
    assert "id" not in one
    assert opened(room) == []
