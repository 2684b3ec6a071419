"""What looks like a shift, or like its pay, and is none: it is passed over, or asked about, and never asserted."""

from __future__ import annotations

import pytest

from connectors.offers.reader import read_message
from tests.connectors.told import LEXICON, SENT, mail, read, told


@pytest.mark.parametrize(
    "text",
    [
        "5 June 2027 - 7 June 2027, 7a-7p",
        "June 5, 2027 to June 7, 2027, 0700-1900",
        "Sat, Jun 5, 2027 - Mon, Jun 7, 2027: 7a-7p",
    ],
)
def test_a_year_behind_its_date_is_no_clock(text: str) -> None:
    """2027 is not 20:27."""
    assert read(text) == [f"06-{day} 0700-1900" for day in ("05", "06", "07")]


@pytest.mark.parametrize(
    "text",
    [
        "Jun 5, 2027 7:00 PM - Jun 6, 2027 7:00 AM",
        "2027-06-05 19:00 - 2027-06-06 07:00",
        "5 June 19:00 to 6 June 07:00",
        "June 5, 2027 - 7p-7a",
    ],
)
def test_a_night_may_name_both_its_dates(text: str) -> None:
    assert read(text) == ["06-05 1900-0700"]


@pytest.mark.parametrize("text", ["5 June 19:00 - 8 June 07:00", "5 June 19:00 - 8 June"])
def test_the_day_of_a_second_date_is_no_hour(text: str) -> None:
    assert read(text) == ["?"]


def test_labels_of_a_start_and_an_end_take_a_year() -> None:
    """With and without the time's colon."""
    for start, end in (
        ("Sat, Jun 5, 2027 7:00 PM", "Sun, Jun 6, 2027 7:00 AM"),
        ("Jun 5 2027 1900", "Jun 6 2027 0700"),
    ):
        assert told(mail(f"Location: LKSD\nStarts: {start}\nEnds: {end}")) == ["06-05 1900-0700"]
    assert told(mail("Location: LKSD\nStart: 6/5/2027 19:00 - 20:00\nEnd: 6/6/2027 7:00")) == ["?"]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Sat 2/20 census 12-18", "?"),
        ("Sat 2/20 14 to 18 beds", "?"),
        ("Sat 2/20 pays 1900-2100", "02-20 1900-2100 hours?"),
        ("Sat 2/20 call 1900-2100", "02-20 1900-2100 hours?"),
        ("Sat 2/20 7:07-7:42", "02-20 0707-0742 ampm? hours?"),
        ("Sat 2/20 0700-0720", "02-20 0700-0720 hours?"),
        ("Feb 20, 2030-0630", "02-20 2030-0630 hours?"),
        ("Sat 2/20 7a-7p, 200-250/hr", "02-20 0700-1900 200/hour"),
    ],
)
def test_counts_prices_and_numbers_are_no_hours(text: str, answer: str) -> None:
    assert read(text) == [answer]


@pytest.mark.parametrize("pay", ["$12,000", "$9/hr", "$150/shift", "$2300/hr"])
def test_pay_that_nobody_pays_is_a_question(pay: str) -> None:
    """A price for all of them, or a slip of the hand."""
    (only,) = read(f"Sat 2/20 7a-7p {pay}")
    assert only.endswith("pay?")


def test_days_behind_a_label_of_their_own() -> None:
    """And until when to apply is no day of work."""
    found = mail("Required: 15 Feb 2027 - 16 Feb 2027\nTimes: 0800-1700\nSite: LKSD\nApply by: 30 Jan 2027")
    assert told(found) == ["02-15 0800-1700", "02-16 0800-1700"]
    assert {f"{shift.respond_by:%m-%d}" for shift in found.shifts} == {"01-30"}


def test_a_need_on_a_day_is_no_deadline() -> None:
    assert read("coverage needed on 2/20, 7a-7p") == ["02-20 0700-1900"]


@pytest.mark.parametrize(
    ("pay", "answer"),
    [
        ("$9,250 flat for the two days", "9250/block block"),
        ("$9,250 for all the days", "9250/block block"),
        ("$9,250 for the week", "9250/block block"),
        ("$170/hr. No partials.", "170/hour block"),
        ("$170/hr for both days", "170/hour"),
        ("$170/hr. One physician for the whole week.", "170/hour block?"),
        ("$9,250 per week", "pay?"),
        ("same rate", "pay?"),
    ],
)
def test_a_price_for_all_is_not_the_price_of_each(pay: str, answer: str) -> None:
    """And where nobody says what one shift pays, it is not that nothing is paid."""
    assert read(f"2/20 - 2/21, 7a-5p, {pay}") == [f"02-{day} 0700-1700 {answer}" for day in (20, 21)]


@pytest.mark.parametrize(
    ("pay", "day", "night", "late"),
    [
        ("Pay: $170/hr days, $190/hr nights", "170/hour", "190/hour", "pay?"),
        ("$2250 days and mids, $2450 nights", "2250/shift", "2450/shift", "2250/shift"),
        ("$2300 day, $2500 night", "2300/shift", "2500/shift", "pay?"),
        ("M-F $170/hr, Saturday and Sunday $190/hr", "190/hour", "190/hour", "170/hour"),
        ("$170/hr, holidays $190/hr", "pay?", "pay?", "pay?"),
        ("Pay: $170/hr, $190/hr after the third shift", "pay?", "pay?", "pay?"),
        ("Pay 2300", "2300/shift", "2300/shift", "2300/shift"),
        ("Pay about 2300", "pay?", "pay?", "pay?"),
        ("Comp: 170 an hour", "pay?", "pay?", "pay?"),
        ("$120 per hour. Lakeside ED", "120/hour", "120/hour", "120/hour"),
        ("HTH Team, $125/h", "pay?", "pay?", "pay?"),
        ("Bring a pen. Parking is $5.", "", "", ""),
    ],
)
def test_a_line_about_pay_is_never_dropped(pay: str, day: str, night: str, late: str) -> None:
    """It is what each gets, or for each that has no other pay it is in question."""
    found = mail(f"LKSD:\nSat 2/20 7a-7p\nSun 2/21 7p-7a\nMon 2/22 1p-9p\n\n{pay}")
    times = ("02-20 0700-1900", "02-21 1900-0700", "02-22 1300-2100")
    assert told(found) == [
        f"{time} {one}".strip() for time, one in zip(times, (day, night, late), strict=True)
    ]


def test_what_two_sites_pay_by_kind_stays_with_each() -> None:
    found = mail("LKSD ($2300 days, $2500 nights)\n2/20 7a-7p\n\nMesa ED $240/hr\n2/21 7a-7p")
    assert told(found) == ["02-20 0700-1900 2300/shift", "02-21 0700-1900 240/hour"]


def test_a_fee_for_a_cancellation_is_no_pay() -> None:
    text = "Sat 2/20 7a-7p has been cancelled. You will be paid the cancellation fee of $1,200."
    assert read(text) == ["02-20 0700-1900 withdrawn"]


def test_all_or_nothing_may_stand_in_a_label() -> None:
    for date, pay in (
        ("2/20 - 2/21 (all or nothing)", "$170/hr"),
        ("2/20 - 2/21", "$170/hr, both days or nothing"),
    ):
        found = mail(f"Dates: {date}\nHours: 7a-7p\nSite: LKSD\nPay: {pay}")
        assert told(found) == [f"02-{day} 0700-1900 170/hour block" for day in (20, 21)]


@pytest.mark.parametrize(
    "text",
    [
        "I want Sat 2/20 7a-7p",
        "I am available Sat 2/20 7a-7p",
        "looking to pick up Sat 2/20 7a-7p",
        "can I work Sat 2/20 7a-7p?",
        "Dr. Patel wants to work Sat 2/20 7a-7p",
        "you have Sat 2/20 7a-7p",
        "We have you at LKSD Sat 2/20 7a-7p",
        "your Sat 2/20 7a-7p",
        "Sat 2/20 7a-7p: you",
        "Sat 2/20 7a-7p none left",
        "Sat 2/20 7a-7p was open",
        "Sat 2/20 7a-7p only if census is high",
    ],
)
def test_a_shift_that_is_named_is_not_yet_offered(text: str) -> None:
    """Every word is known, and still somebody asks for it, or has it, or there is none."""
    (only,) = read(text)
    assert only.endswith("status?")


@pytest.mark.parametrize(
    "text",
    [
        "can you work Sat 2/20 7a-7p?",
        "I have Sat 2/20 7a-7p",
        "any chance someone can take Sat 2/20 7a-7p",
        "Sat 2/20 7a-7p if you want",
    ],
)
def test_a_shift_that_is_offered_in_the_same_words(text: str) -> None:
    assert read(text) == ["02-20 0700-1900"]


@pytest.mark.parametrize("text", ["2/20 or 2/21, 7a-7p", "2/20 7a-7p or 2/21 7a-7p"])
def test_one_or_the_other_is_not_both(text: str) -> None:
    assert read(text) == [f"02-{day} 0700-1900 choose?" for day in (20, 21)]


def test_a_day_in_place_of_another_is_a_question() -> None:
    """Other hours of one day are a change; another day is another shift."""
    assert read("2/20 7a-7p instead of 2/21") == ["?"]
    assert read("2/20 7a-7p instead of 7a-3p") == ["02-20 0700-1900 changed"]


@pytest.mark.parametrize(
    "subject",
    ["Cancellation notice", "Your confirmation", "Timesheet", "Your schedule for February", "Request denied"],
)
def test_a_subject_about_settled_shifts_offers_none(subject: str) -> None:
    """Unless a word says that they are to be had."""
    assert told(mail("LKSD Sat 2/20 7a-7p", subject=subject)) == ["02-20 0700-1900 status?"]
    assert told(mail("LKSD Sat 2/20 7a-7p is open", subject=subject)) == ["02-20 0700-1900"]


@pytest.mark.parametrize("text", ["Please disregard this message.", "Sent in error!", "Sorry, wrong list."])
def test_a_message_may_take_itself_back(text: str) -> None:
    assert told(mail(f"LKSD Sat 2/20 7a-7p\n\n{text}")) == ["02-20 0700-1900 status?"]


def test_a_confirmation_may_stand_in_the_heading_alone() -> None:
    assert told(mail("ASSIGNMENT CONFIRMATION\n\nLKSD Sat 2/20 7a-7p")) == ["02-20 0700-1900 confirmed"]


def test_the_legs_of_a_swap_stand_behind_labels() -> None:
    """And `From: Dr. Nguyen` in a form begins no older mail."""
    form = "From: Dr. Nguyen\nGives: Sat 2/20 7p-7a\nWants: your Mon 2/22 7a-7p\n\nBoth at LKSD."
    assert told(mail(form)) == ["02-20 1900-0700", "?"]
    assert told(mail("From: 2/20/2027 7:00 PM\nTo: 2/21/2027 7:00 AM\nSite: LKSD")) == ["02-20 1900-0700"]
    older = "Thanks!\n\nFrom: Ana\nSent: Monday\nSubject: Shifts\n\nLKSD Sat 2/20 7a-7p"
    assert told(mail(older)) == []


def test_a_row_across_a_table_is_a_heading() -> None:
    """And with no heading row above, the first of them is no column either."""
    rows = (
        "<tr><td colspan=3>Lakeside ED</td></tr><tr><td>Sat Feb 20</td><td>7a-7p</td><td>$2,300</td></tr>"
        "<tr><td colspan=3>Mesa ED</td></tr><tr><td>Sun Feb 21</td><td>7a-7p</td><td>$240/hr</td></tr>"
    )
    for head in ("", "<tr><th>Date</th><th>Hours</th><th>Pay</th></tr>"):
        found = mail(f"<table>{head}{rows}</table>")
        assert told(found) == ["02-20 0700-1900 2300/shift", "02-21 0700-1900 240/hour"]
        assert [shift.site for shift in found.shifts] == ["lakeside-ed", "mesa-ed"]


@pytest.mark.parametrize(
    "heading",
    ["Oakdale", "OAKDALE GENERAL", "Our clinic in Dover", "The other place:", "Lakeside ED and Mesa ED"],
)
def test_a_heading_that_may_be_another_place_ends_the_site_above(heading: str) -> None:
    assert told(mail(f"LKSD\n2/20 7a-7p\n\n{heading}\n2/21 7a-7p")) == ["02-20 0700-1900", "?"]


def test_open_and_newly_paid_is_a_change() -> None:
    assert read("Sat 2/20 7a-7p - still open, now $2,500") == ["02-20 0700-1900 changed 2500/shift"]


@pytest.mark.parametrize(
    "text",
    [
        "Short on 2/20, please help.",
        "Holes: 2/20, 2/21.",
        "Nobody for 2/20",
        "Can you do the 20th?",
        "LKSD\nNeed D 2/20, 2/21",
    ],
)
def test_days_on_which_somebody_is_missing_are_not_passed_over(text: str) -> None:
    """Without hours there is no shift yet, but somebody is asked."""
    assert told(mail(text)) == ["?"]


def test_codes_may_be_explained_in_a_sentence_below() -> None:
    found = mail("LKSD needs D 2/20; N 2/21.\nD = 7a-7p, N = 7p-7a. Usual rate.")
    assert told(found) == ["02-20 0700-1900", "02-21 1900-0700"]


def test_what_is_attached_and_not_read_is_told() -> None:
    """Where the message speaks of it; a signature is no list."""
    parts = "--x\nContent-Type: text/plain\n\nOpen shifts: see the attached list.\n--x\nContent-Type: {}\nContent-Disposition: attachment\n\nx\n--x--\n"
    head = "From: <shifts@lakeside.example>\nSubject: July\nContent-Type: multipart/mixed; boundary=x\n\n"
    for kind, answer in (("application/ms-tnef", ["?"]), ("application/pgp-signature", [])):
        assert told(read_message((head + parts.format(kind)).encode(), LEXICON, SENT)) == answer


def test_the_days_of_a_week_that_is_named_are_all_there() -> None:
    """Its date ends where the weekdays begin."""
    assert read("Evenings the week of February 15. Monday through Thursday, 5-9 PM") == [
        f"02-{day} 1700-2100" for day in (15, 16, 17, 18)
    ]


@pytest.mark.parametrize(
    "text",
    ["2/20 and 2/21 7a-7p (3 shifts)", "four shifts: 2/20, 2/21 7a-7p", "2/20, 2/21 7a-7p, home call 7p-7a"],
)
def test_what_does_not_add_up_is_a_question(text: str) -> None:
    """More shifts are said than are named, or one of them is no work on site."""
    assert all(one.endswith("?") for one in read(text))


def test_an_unknown_way_to_say_hours_is_a_question() -> None:
    assert told(mail("12 de junio de 8 a 20 h", sender="turnos@clinicapuerto.example")) == ["?"]


@pytest.mark.parametrize(
    "heading",
    [
        "Client confirmed one block:",
        "Confirmed open shifts:",
        "Cancellations at LKSD:",
        "LKSD shifts where a doctor cancelled:",
        "All of these are filled.",
        "LKSD rates raised for February!",
        "Open shifts (O) and filled (X)",
    ],
)
def test_a_status_above_the_list_is_plain_or_a_question(heading: str) -> None:
    """Who is confirmed, and what is gone, may be somebody and something else."""
    found = mail(f"LKSD\n\n{heading}\n\nSat 2/20 7a-7p")
    assert [shift.needs_review for shift in found.shifts] == [("status",)]


@pytest.mark.parametrize(
    ("heading", "status"),
    [
        ("The following shifts have been filled.", "withdrawn"),
        ("All of the openings I posted on Friday have now been claimed:", "withdrawn"),
        ("Both LKSD days that were pulled last week have been reinstated on the same terms:", "reinstated"),
        ("This is a reminder of your scheduled shifts for next week. Kindly reply.", "confirmed"),
        ("This e-mail serves as confirmation of the following assignment:", "confirmed"),
    ],
)
def test_a_status_of_the_shifts_themselves_is_theirs(heading: str, status: str) -> None:
    """In whatever harmless words it is put."""
    found = mail(f"{heading}\n\nLKSD Sat 2/20 7a-7p")
    assert [(shift.status, shift.needs_review) for shift in found.shifts] == [(status, ())]


@pytest.mark.parametrize(
    "heading",
    [
        "Your flights for these shifts are confirmed:",
        "Some of these shifts have been filled:",
        "The shifts below are tentatively confirmed:",
    ],
)
def test_a_status_of_something_else_is_a_question(heading: str) -> None:
    found = mail(f"{heading}\n\nLKSD Sat 2/20 7a-7p")
    assert [shift.needs_review for shift in found.shifts] == [("status",)]


@pytest.mark.parametrize(
    "heading",
    [
        "Need these confirmed:",
        "Friendly reminder that we are still looking for:",
        "None of these has been filled:",
        "Thanks, December is all filled. January:",
        "Nights are covered. Days we need:",
        "X = filled",
    ],
)
def test_what_is_not_settled_above_the_list_is_put_up(heading: str) -> None:
    """A status denied, asked for, or said of another month or half of the day is none of the shifts below."""
    found = mail(f"LKSD\n\n{heading}\n\nSat 2/20 7a-7p")
    assert [(shift.status, shift.needs_review) for shift in found.shifts] == [("offered", ())]


@pytest.mark.parametrize(
    "line",
    [
        "Two docs cancelled. LKSD Sat 2/20 7a-7p",
        "We have one more confirmed vacancy: LKSD Sat 2/20 7a-7p",
        "Reminder: LKSD Sat 2/20 7a-7p $2600",
        "LKSD - Sat 2/20 7a-7p cancelled by the doctor, who can step in? $2,600",
    ],
)
def test_a_status_in_a_sentence_of_its_own_is_a_question(line: str) -> None:
    (shift,) = mail(line).shifts
    assert "status" in shift.needs_review


def test_one_day_that_is_covered_says_nothing_of_the_other() -> None:
    found = mail("LKSD. Sat 2/20 is covered, thank you. Sun 2/21 7p-7a is not, $2,600.")
    assert all(shift.needs_review for shift in found.shifts)


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("Your LKSD shift on Sat 2/20 7a-7p is confirmed.", "confirmed"),
        ("Due to low census LKSD Sat 2/20 7a-7p has been cancelled.", "withdrawn"),
        ("Dr. Quill's Sat 2/20 7a-7p at LKSD is covered, thank you Dr. Adair.", "withdrawn"),
        ("LKSD Sat 2/20 7a-7p that we cancelled last week is back on.", "reinstated"),
        ("LKSD: rate for Sat 2/20 7a-7p raised from $2,500 to $2,900. Still unfilled!", "changed"),
        ("LKSD Sat 2/20 7a-7p, up from $2,000 to $2,600", "changed"),
    ],
)
def test_a_status_that_is_plainly_of_the_shift_is_no_question(line: str, status: str) -> None:
    (shift,) = mail(line).shifts
    assert (shift.status, shift.needs_review) == (status, ())


@pytest.mark.parametrize(
    "line",
    [
        "Feb 20 - Feb 23 nights 1900-0700",
        "Feb 20 through Feb 23, nights 1900-0700",
        "Feb 20 to the 23rd, 1900-0700",
        "2/20-2/23 nights 7p-7a",
        "Feb 20 - 23 nights 1900-0700",
    ],
)
def test_a_span_of_nights_is_every_night_of_it(line: str) -> None:
    """`23 nights` behind a month is a day."""
    assert read(line) == [f"02-{day} 1900-0700" for day in (20, 21, 22, 23)]


@pytest.mark.parametrize(
    "line",
    [
        "starts Feb 20, 5 days, 7a-7p",
        "starting 2/20 for a week, 7a-7p",
        "2/20 and the next 4 days 7a-7p",
        "2/20 7a-7p (5 shifts)",
        "2/20 7a-7p and two more days",
        "week of 2/22, 7a-7p",
        "Feb 20, 13 days 7a-7p",
    ],
)
def test_one_date_of_several_days_is_a_question(line: str) -> None:
    (only,) = read(line)
    assert only.endswith("date?")


@pytest.mark.parametrize(
    "line",
    [
        "2/20 5p-9p EST/PST",
        "2/20 6p-10p ET or CT",
    ],
)
def test_two_zones_for_one_time_are_a_question(line: str) -> None:
    assert all(one.endswith("zone?") for one in read(line))


@pytest.mark.parametrize(
    "line",
    ["2/20 7p-7a X", "x 2/20 7p-7a", "[x] 2/20 7p-7a", "✓ 2/20 7p-7a", "~~2/20 7p-7a~~", "~2/20 7p-7a~"],
)
def test_a_mark_or_a_letter_by_itself_is_a_question(line: str) -> None:
    """It may say which are gone."""
    assert told(mail(f"LKSD\n\n{line}")) == ["02-20 1900-0700 wording?"]


@pytest.mark.parametrize(
    "line",
    [
        "Block A: 2/20 - 2/23",
        "Set 1: Feb 20, 21",
        "Second: Feb 20, 21",
        "Team B - 2/20",
        "Week 1: 2/20-2/23",
        "Week of Feb 22: Mon, Tue, Fri",
        "Weekend of Feb 20: Fri 1900 - Mon 0700, $15,000",
        "Great, 2/20 is yours.",
        "Perfect, you have 2/20 then. See you there.",
        "I'll put you down for Sat 2/20, call me",
        "u still want 2/20 7p? got a taker otherwise",
        "See you on Sat 2/20!",
        "Saturday is yours then.",
    ],
)
def test_a_day_that_nothing_came_of_is_a_question(line: str) -> None:
    assert told(mail(f"LKSD, $2,100 a night.\n\n{line}")) == ["?"]


@pytest.mark.parametrize(
    "line",
    [
        "Posted 1/4",
        "Closed 2/20 and 2/21.",
        "Your BLS card expires on 6/30.",
        "Estimated taxes are due 2/20.",
    ],
)
def test_a_day_that_is_plainly_none_of_work_is_no_question(line: str) -> None:
    assert told(mail(line)) == []


def test_a_weekday_beside_its_date_is_not_another_day_of_the_week() -> None:
    found = mail("Week of Feb 22, LKSD\n\nMon Feb 22: 7a-7p\n2/23 (Tue) 7a-7p\nThu 7a-7p")
    assert told(found)[:2] == ["02-22 0700-1900", "02-23 0700-1900"]
    assert len(told(found)) == 3


@pytest.mark.parametrize(
    ("line", "friday", "saturday"),
    [
        ("Never mind Friday", "status?", ""),
        ("Friday went to Dr. Patel", "withdrawn", ""),
        ("Only Saturday is left", "status?", "status?"),
        ("Reply by Friday.", "", ""),
    ],
)
def test_a_weekday_named_below_puts_its_shift_in_question(line: str, friday: str, saturday: str) -> None:
    found = mail(f"LKSD\n\nFri 2/19 7a-7p\nSat 2/20 7a-7p\n\n{line}")
    assert told(found) == [f"02-19 0700-1900 {friday}".strip(), f"02-20 0700-1900 {saturday}".strip()]


def test_a_status_between_two_dates_is_a_question() -> None:
    """Of one of them, or of both."""
    found = mail("LKSD Fri 2/19 7a-7p is covered, Sat 2/20 7a-7p open")
    assert all("status" in shift.needs_review for shift in found.shifts)


@pytest.mark.parametrize(
    "line", ["2/20 thru end of month 7a-7p", "2/20 7a-7p daily", "every day from Feb 20 7a-7p"]
)
def test_a_beginning_without_an_end_is_a_question(line: str) -> None:
    (only,) = read(line)
    assert only.endswith("date?")


def test_what_is_needed_on_days_is_no_deadline() -> None:
    found = mail("LKSD nights 7p-7a $2,100\nNights needed: 2/20, 2/21")
    assert told(found) == [f"02-{day} 1900-0700 2100/shift" for day in (20, 21)]


def test_days_behind_a_label_are_not_dropped() -> None:
    assert told(mail("LKSD 7a-7p\nFilled since yesterday: 2/20 and 2/21")) == [
        "02-20 0700-1900 withdrawn",
        "02-21 0700-1900 withdrawn",
    ]


@pytest.mark.parametrize(
    "told_of",
    [
        "The Mesa ED date we discussed on the phone yesterday is gone, unfortunately.",
        "The St. Brigid shift you inquired about was cancelled.",
        "The North ICU one I sent you yesterday is no longer available.",
    ],
)
def test_a_shift_of_an_earlier_talk_is_asked_about(told_of: str) -> None:
    """It has a status, and no date."""
    assert told(mail(f"{told_of}\nLKSD Sat 2/20 7p-7a is still open, $2300")) == [
        "02-20 1900-0700 2300/shift",
        "?",
    ]


def test_how_many_somebody_misses_is_no_choice() -> None:
    """`away for two of them`, beside the two that are to be had."""
    asked = "Could you do Thu 2/18 and/or Fri 2/19 7a-7p, LKSD?"
    shifts = mail(f"Dr. Okafor is away for two of them. {asked}").shifts
    assert [(one.choose, one.needs_review) for one in shifts] == [(None, ())] * 2
    (first, second) = mail(f"You may take one of them. {asked}").shifts
    assert first.choose
    assert second.choose


@pytest.mark.parametrize(
    "text",
    [
        "Thanks for asking! One just opened up at LKSD today: Fri 2/19 7p-7a. Want it?",
        "Opened up today at LKSD: Fri 2/19 7p-7a.",
        "One came open this morning - Feb 19 7p-7a at LKSD",
    ],
)
def test_when_it_came_up_is_no_day_of_a_shift(text: str) -> None:
    assert told(mail(text)) == ["02-19 1900-0700"]


def test_what_the_writer_will_do_today_is_no_deadline() -> None:
    """`Let me know and I will submit you today`, beside plain ones."""
    (shift,) = mail("LKSD\n2/19 7p-7a\nLet me know and I will submit you today.").shifts
    assert shift.respond_by is None
    for plain in ("Let me know today.", "Reply by noon tomorrow and I will hold it."):
        (shift,) = mail(f"LKSD\n2/19 7p-7a\n{plain}").shifts
        assert shift.respond_by
