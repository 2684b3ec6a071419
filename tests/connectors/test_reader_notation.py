"""How dates, hours and money may be written: one line each, none of them out of the corpora."""

from __future__ import annotations

import pytest

from tests.connectors.told import SENT, read
from tests.connectors.told import mail as _mail
from tests.connectors.told import told as _told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("day shift Sat 2/20 1-9", ["02-20 0100-0900 ampm?"]),
        ("night Sat 2/20 12-8", ["02-20 1200-2000 ampm?"]),
        ("night Sat 2/20 11-7", ["02-20 2300-0700"]),
    ],
)
def test_a_word_settles_only_hours_that_fit_it(text: str, told: list[str]) -> None:
    """Nobody works "day 1-9" from one in the morning."""
    assert read(text) == told


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("15, 16 & 17 Feb", "02-15 02-16 02-17"),
        ("Sat 20th and Sun 21st Feb", "02-20 02-21"),
        ("Mon 15 to Fri 19 February 2027", "02-15 02-16 02-17 02-18 02-19"),
        ("15-17, 20 and 22 Feb", "02-15 02-16 02-17 02-20 02-22"),
        ("2 Feb, 3 Feb, 5 & 6 March", "02-02 02-03 03-05 03-06"),
        ("30-31 Jan & 2-3, 9 Feb", "01-30 01-31 02-02 02-03 02-09"),
        ("Feb 20, 21 and 3 March", "02-20 02-21 03-03"),
        ("3 shifts, the 15th, 16th and 20th of February", "02-15 02-16 02-20"),
        ("tomorrow, Wed 1/6", "01-06"),
        ("Wed 1/6 (tomorrow)", "01-06"),
        ("tomorrow (Wed)", "01-06"),
    ],
)
def test_days_are_listed_before_their_month_and_beside_words(text: str, days: str) -> None:
    """All from seven to seven."""
    assert read(f"{text}, 7a-7p") == [f"{day} 0700-1900" for day in days.split()]


@pytest.mark.parametrize(
    "text", ["Thu 18, Fri 20 Feb", "tomorrow Thu 1/7", "tomorrow (Thu)", "28, 29, 30 Feb", "15/16 Feb"]
)
def test_days_that_cannot_be_are_a_question(text: str) -> None:
    """A weekday, or a tomorrow, of another date; a day that the month does not have."""
    assert read(f"{text}, 7a-7p") == ["?"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("$2,300 per diem", "2300/day"),
        ("$190/hr, per diem $75/day, mileage $0.67/mile", "190/hour"),
        ("$2,000/day without call, $2,400/day with call", "2000/day"),
        ("$2,400 with call", "2400/shift"),
        ("$205/hr plus a $500 retention bonus after your first month", "205/hour"),
        ("$205/hr + $500 bonus for each night you work", "205/hour"),
        ("$35/visit, minimum $150/hr", "150/hour"),
        ("$150/hr guaranteed or $35/visit, whichever is more", "150/hour"),
        ("$150/hr minimum $1800", "pay?"),
        ("$240/hr (10 h guaranteed)", "240/hour"),
    ],
)
def test_pay_is_what_comes_in_any_case(text: str, told: str) -> None:
    assert read(f"Sat 2/20 7a-7p, {text}") == [f"02-20 0700-1900 {told}"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Both or nothing.", "block"),
        ("All of them or nothing.", "block"),
        ("You do not have to work both days.", ""),
        ("No need to take the whole block.", ""),
        ("Bring scrubs and your badge! Park in lot B.", ""),
        ("Ask for Marla on hold.", "wording?"),
        ("Last open shift of the month.", ""),
    ],
)
def test_sentences_beside_two_shifts(text: str, told: str) -> None:
    """Of Saturday and Sunday."""
    assert read(f"2/20 and 2/21 7a-7p. {text}") == [
        f"{day} 0700-1900 {told}".strip() for day in ("02-20", "02-21")
    ]


def test_a_salutation_changes_nothing() -> None:
    """Even where the sentence goes on behind it."""
    assert _told(_mail("Dear Dr. Quill, we need you Sat 2/20 7a-7p at LKSD.")) == ["02-20 0700-1900"]


BELOW_A_MONTH = """LKSD, $2,400
{}
Fri 19   7p-7a
20: 7a-7p
21st - 7a-7p
2. Mon 22 7a-7p
25, 26 (7a-7p)
"""


@pytest.mark.parametrize(
    "heading",
    ["FEBRUARY", "Feb 2027:", "** Open shifts in February **", "LKSD – Feb.", "-- February needs --"],
)
def test_days_below_a_month_are_its_days(heading: str) -> None:
    assert _told(_mail(BELOW_A_MONTH.format(heading))) == [
        "02-19 1900-0700 2400/shift",
        *(f"02-{day} 0700-1900 2400/shift" for day in (20, 21, 22, 25, 26)),
    ]


def test_a_month_holds_until_the_next_and_below_other_sites() -> None:
    told = _told(
        _mail(
            "MARCH\nLKSD:\nMon 1 7a-7p\nMesa ED:\nSat 6 7a-7p\nMAY\nSat 1 7a-7p",
            "lists@bridgeway-locums.example",
        )
    )
    assert told == ["03-01 0700-1900", "03-06 0700-1900", "05-01 0700-1900"]


def test_a_month_in_the_subject_holds_where_weekdays_agree() -> None:
    told = _told(_mail("Fri 19 7p-7a\nSat 21 7a-7p", subject="LKSD February needs"))
    assert told == ["02-19 1900-0700", "?"]


def test_a_numbered_list_below_a_month_is_a_question() -> None:
    """It may as well number the shifts."""
    assert _told(_mail("LKSD February\n1) 7a-7p\n2) 7p-7a")) == ["?", "?"]


@pytest.mark.parametrize(
    "text",
    [
        "Date: 2/20/2027\nTime (ET): 8a-8p\nFacility: LKSD",
        "Date        Start (ET)    End (ET)   Unit\n2/20/2027   8:00 AM       8:00 PM    LKSD",
        "Date       Eastern    Central\nSat 2/20   8a-8p      7a-7p",
        "LKSD shifts (all ET)\nSat 2/20 8a-8p",
        "Sat 2/20 8a-8p LKSD\n* All EST *",
        "Sat 2/20 8a-8p LKSD\nTime zone: Eastern",
    ],
)
def test_a_zone_may_stand_in_a_label_a_heading_or_apart(text: str) -> None:
    """Eight in the east is seven at Lakeside."""
    (shift,) = _mail(text).shifts
    assert shift.start.astimezone(SENT.tzinfo).hour == 7
    assert not shift.needs_review


@pytest.mark.parametrize(
    "text",
    [
        "Sat 2/20 8a-8p LKSD\nWe are on EST.",
        "Date       Eastern    Central\nSat 2/20   8a-8p      8a-8p",
        "Date       Eastern    Central\nSat 2/20   8a-8p      7a-6p",
    ],
)
def test_a_zone_that_may_or_cannot_be_meant_is_a_question(text: str) -> None:
    reading = _mail(text)
    assert all(shift.needs_review == ("zone",) for shift in reading.shifts)
    assert bool(reading.shifts) != bool(reading.unresolved)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Day shifts only.", "0800-2000"),
        ("All are nights.", "2000-0800"),
        ("Daytime clinics, no nights.", "0800-2000"),
        ("Days and nights only, no evenings.", "0800-2000 ampm?"),
        ("No nights on weekends.", "0800-2000 ampm?"),
        ("Only two days left!", "0800-2000 ampm?"),
    ],
)
def test_a_sentence_settles_the_half_of_the_day_for_all(sentence: str, told: str) -> None:
    """Of `8-8`; what speaks of some of them settles nothing."""
    assert _told(_mail(f"{sentence}\nSat 2/20 8-8 LKSD")) == [f"02-20 {told}"]


COLOURED = """<p>{}</p><table><tr><th>Date</th><th>Hours</th><th>Unit</th></tr>
<tr style="background: {}"><td>Mon 2/22</td><td>7a-7p</td><td>LKSD</td></tr></table>"""


@pytest.mark.parametrize(
    ("legend", "colour", "told"),
    [
        ("Highlighted in yellow = filled", "#ff0", "withdrawn"),
        ("Open shifts are in green; filled shifts are in red.", "rgb(255, 199, 206)", "withdrawn"),
        ("Green: still available", "lightgreen", ""),
        ("Grey rows are no longer available.", "#d9d9d9", "withdrawn"),
        ("Red rows are not filled yet.", "red", ""),
        ("Pink rows are on hold.", "pink", "status?"),
        ("Red = urgent", "red", "status?"),
        ("Green is open.", "red", "status?"),
        ("Green is open.", "white", "status?"),
    ],
)
def test_a_colour_means_what_the_legend_says(legend: str, colour: str, told: str) -> None:
    """And is a question where it says nothing of that colour."""
    assert _told(_mail(COLOURED.format(legend, colour))) == [f"02-22 0700-1900 {told}".strip()]


def test_on_a_swap_board_the_name_is_whose_shift_it_is() -> None:
    """Elsewhere it may be who works it."""
    board = """Shift   Date        Time      Provider   {}
Day     Mon 2/22    7a-7p     Nolan      take
Night   Tue 2/23    7p-7a     Adair      split
"""
    days = ["02-22 0700-1900", "02-23 1900-0700"]
    assert _told(_mail("Swap board LKSD\n\n" + board.format("Availability"))) == [
        days[0],
        f"{days[1]} status?",
    ]
    assert _told(_mail("Board LKSD\n\n" + board.format("Comment"))) == [f"{day} status?" for day in days]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Potluck: Fri 2/19, 5p-7p, break room.", "other"),
        ("Join us Fri 2/19, 7-8pm ET, for a short webinar on charting.", "other"),
        ("Outbound Fri 2/19 7:05a-9:40a\nReturn Sun 2/21 6:15p-8:50p", "other"),
        ("Thanks for covering Sat 1/2 7a-7p at LKSD, the team was glad.", "other"),
        ("The badge office is open Tue, 8a-4p. Your badge expires on 2/28/2027.", "other"),
        ("We will be at the Career Fair on Sat 2/13 from 9a-3p. Locums from $200/hr.", "lead"),
        ("We are building February for LKSD. Days 7a-7p are open. What can you do?", "lead"),
        ("Nights 7p-7a at LKSD are open, $2,400 a shift. Please reply by 1/15.", "lead"),
    ],
)
def test_dates_with_hours_that_offer_nothing_are_set_aside(text: str, kind: str) -> None:
    reading = _mail(text, subject="News")
    assert (reading.shifts, reading.unresolved, reading.kind) == ((), (), kind)


@pytest.mark.parametrize(
    "text",
    [
        "Lunch relief Sat 2/20 11a-3p",
        "Dinner shift Sat 2/20 5p-11p",
        "LKSD:\nParty weekend, Sat 2/20 7p-7a",
        "Grand rounds coverage Sat 2/20 7a-12p",
        "Flight to Austin covered: Sat 2/20 7a-7p",
        "Thanks for covering Sat 2/20 7a-7p at LKSD",
        "Meeting on Sat 2/20 12p-1p, $150/hr",
        "February weekends 7a-7p LKSD",
    ],
)
def test_what_may_be_work_is_not_set_aside(text: str) -> None:
    reading = _mail(text)
    assert reading.unresolved or any(shift.needs_review for shift in reading.shifts)


def test_a_change_that_is_announced_is_a_question() -> None:
    reading = _mail("The rate for Sat 2/20 7p-7a at LKSD is under review.")
    assert (reading.kind, _told(reading)) == ("status", ["?"])


def test_characters_without_width_are_not_seen() -> None:
    assert _told(_mail("Sat 2/20 7\u200ba\u2013\ufeff7p \u2066LKSD\u2069 $2\u2009300")) == [
        "02-20 0700-1900 2300/shift"
    ]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Sat/Sun 2/20-21", "20 21"),
        ("Sat & Sun, Feb 20 & 21", "20 21"),
        ("Mon, Wed, Fri Feb 15, 17, 19", "15 17 19"),
        ("Mon-Fri Feb 18-22", "?"),
        ("Mon-Thu Feb 15-19", "?"),
        ("Sat and Sun 2/20", "?"),
        ("Mon/Wed Feb 15-24", "15 17 22 24"),
        ("Feb 15-23 (Mon-Tue)", "15 16 22 23"),
        ("Feb 18-23, Th-Tu", "18 19 20 21 22 23"),
        ("M-F 2/15-2/19", "15 16 17 18 19"),
        ("2/18-2/22, weekdays only", "18 19 22"),
        ("2/18-2/28, weekends", "20 21 27 28"),
        ("2/18-2/22, excluding weekends", "18 19 22"),
        ("2/18-2/22 except 2/20", "18 19 21 22"),
        ("2/18, 2/20, weekdays", "18date? 20date?"),
    ],
)
def test_weekdays_beside_a_span_of_dates_choose_from_it(text: str, days: str) -> None:
    """Where it begins and ends on them; nobody offers the Saturdays of `M-F 2/15-2/26`."""
    told = [
        one.replace("02-", "").replace(" 0700-1900 ", "").replace(" 0700-1900", "")
        for one in read(f"{text}, 7a-7p")
    ]
    assert " ".join(told) == days


@pytest.mark.parametrize(
    "text",
    [
        "is not cancelled",
        "is almost covered",
        "will soon be filled",
        "has not been confirmed",
        "is not yet taken",
    ],
)
def test_what_is_denied_or_not_yet_so_is_not_told_as_so(text: str) -> None:
    (shift,) = read(f"Sat 2/20 7a-7p {text}")
    assert shift.startswith("02-20 0700-1900 ")
    assert "?" in shift


def test_a_site_behind_any_label_belongs_to_the_record() -> None:
    """The pay below it is the record's."""
    text = "Date: 2/20/2027\nTime: 7a-7p\nCampus: LKSD\nPay: $2,400 per 24 hours"
    assert _told(_mail(text)) == ["02-20 0700-1900 2400/shift"]


ABROAD = {
    "es": "turnos@clinicapuerto.example",
    "fr": "planning@colline.example",
    "de": "dienstplan@seeblick.example",
}


@pytest.mark.parametrize(
    ("tongue", "text", "told"),
    [
        (
            "es",
            "Guardia libre en Clínica Puerto: lunes 15 de febrero, de 20 a 8 h, 40 €/h",
            "02-15 2000-0800 40/hour",
        ),
        (
            "es",
            "Necesitamos cubrir el turno del mié 17/02 de 8:00 a 15:30, Clínica Puerto, 350 € por día.",
            "02-17 0800-1530 350/day",
        ),
        (
            "es",
            "El turno del 15/02 de 20:00 a 08:00 en Clínica Puerto ya no está disponible.",
            "02-15 2000-0800 withdrawn",
        ),
        (
            "es",
            "El turno del 15/02 de 20:00 a 08:00 en Clínica Puerto no está cubierto.",
            "02-15 2000-0800 wording?",
        ),
        (
            "es",
            "El turno del 15/02 de 20:00 a 08:00 en Clínica Puerto está casi cubierto.",
            "02-15 2000-0800 withdrawn status?",
        ),
        (
            "fr",
            "Garde de nuit à pourvoir : mardi 16/02 de 20h à 8h, La Colline, 70 €/heure",
            "02-16 2000-0800 70/hour",
        ),
        (
            "fr",
            "Nous cherchons un remplaçant à La Colline le 15 février de 8h30 à 18h30, 600 € par jour.",
            "02-15 0830-1830 600/day",
        ),
        (
            "fr",
            "La garde du 14/02 de 20h à 8h à La Colline n’est plus disponible.",
            "02-14 2000-0800 withdrawn",
        ),
        ("fr", "La garde du 14/02 de 20h à 8h à La Colline n’est pas annulée.", "02-14 2000-0800 wording?"),
        ("fr", "Garde du 14/02 de 8h à 8h, La Colline", "02-14 0800-2000 ampm?"),
        (
            "de",
            "Wir suchen noch eine Vertretung: Mo 15.02. von 8 bis 16 Uhr, Klinik Seeblick, 85 € pro Stunde",
            "02-15 0800-1600 85/hour",
        ),
        ("de", "Dienst frei Sa/So 20./21.02. 22-6 Uhr, Seeblick", "02-20 2200-0600 02-21 2200-0600"),
        ("de", "Nachtdienst Mi 17.02., 22-6 Uhr, Seeblick, pauschal 1.200 €", "02-17 2200-0600 1200/shift"),
        (
            "de",
            "Der Dienst am 16. Februar, 14:00 bis 22:00 Uhr in Seeblick ist nicht mehr frei.",
            "02-16 1400-2200 withdrawn",
        ),
        (
            "de",
            "Der Dienst am 16.02. 14:00-22:00 Uhr in Seeblick ist nicht vergeben.",
            "02-16 1400-2200 wording?",
        ),
        ("de", "Am Sa 20.02. 7-19 Uhr ist in Seeblick kein Dienst frei.", "02-20 0700-1900 wording?"),
        (
            "de",
            "Datum: 20.02.2027\nUhrzeit: 07:00 - 19:00\nOrt: Klinik Seeblick\nHonorar: 95 €/Std.",
            "02-20 0700-1900 95/hour",
        ),
    ],
)
def test_shifts_in_spanish_french_and_german(tongue: str, text: str, told: str) -> None:
    """A negation, and any word that is not among those of shifts, is a question."""
    assert " ".join(_told(_mail(text, ABROAD[tongue]))) == told


def test_spans_of_days_in_other_languages() -> None:
    texts = {
        "fr": "Remplacement du lundi 15 au mercredi 17 février, 9h-18h, La Colline, rétrocession 80 %",
        "de": "Dienste vom 15. bis 17. Februar, jeweils 9-18 Uhr, Klinik Seeblick",
        "es": "Turnos libres del 15 al 17 de febrero, de 9 a 18 h, Clínica Puerto",
    }
    for tongue, text in texts.items():
        assert _told(_mail(text, ABROAD[tongue])) == [f"02-{day} 0900-1800" for day in (15, 16, 17)], tongue


def test_places_with_spanish_names_make_no_spanish_message() -> None:
    """Las Palmas and Del Rio are in Texas."""
    assert _told(_mail("LKSD, not Las Palmas or Del Rio: Sat 2/20 7a-7p")) == ["02-20 0700-1900 wording?"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("18-Feb-27 7a-7p", "02-18 0700-1900"),
        ("18 Feb 27 0700-1900", "02-18 0700-1900"),
        ("Feb 18 27 0700-1900", "?"),
        ("Feb 18 - 2 spots 7a-7p", "02-18 0700-1900"),
        ("2/18 7p x 12h", "02-18 1900-0700"),
        ("Presidents Day Mon 2/15 7a-7p, w/ NP support", "02-15 0700-1900"),
        ("Thanksgiving 7a-7p", "?"),
        (
            "2/18 & 2/19 7a-7p; 2/20 7p-7a. $2400 ea",
            "02-18 0700-1900 2400/shift 02-19 0700-1900 2400/shift 02-20 1900-0700 2400/shift",
        ),
        ("2/18 7a-7p; 2/19 7p-7a $2600", "02-18 0700-1900 pay? 02-19 1900-0700 2600/shift"),
        ("weekend of 2/20, 7a-7p both days", "02-20 0700-1900 02-21 0700-1900"),
        ("weekend of 2/19, 7a-7p", "02-19 0700-1900 date?"),
        ("2/20 7a-7p (NOT 2/21)", "?"),
        ("Sat2/20 7a-7p", "02-20 0700-1900"),
        ("20Feb 7a-7p", "02-20 0700-1900"),
        ("Feb20 7a-7p", "02-20 0700-1900"),
        ("2-20 7a-7p", "?"),
        (
            "2/15-2/16 7a-7p $4,800 for the week",
            "02-15 0700-1900 4800/block block 02-16 0700-1900 4800/block block",
        ),
        ("2/15 7a-7p $9,000 a week", "02-15 0700-1900 pay?"),
        ("D 2/18, N 2/19\nD=7a-7p, N=7p-7a", "02-18 0700-1900 02-19 1900-0700"),
    ],
)
def test_odds_and_ends_of_notation(text: str, told: str) -> None:
    assert " ".join(_told(_mail(f"LKSD {text}"))) == told


TWO = "Sat 2/20 7a-7p LKSD $2400\nSun 2/21 7a-7p LKSD $2400\n"


@pytest.mark.parametrize(
    ("sentence", "saturday", "sunday", "questions"),
    [
        ("Update: the Sunday one is filled.", "", "withdrawn", 0),
        ("2/21 has been filled, thanks!", "", "withdrawn", 0),
        ("Monday is filled.", "", "", 1),
        ("Update: filled", "status?", "status?", 1),
        ("Cancelled shifts are paid at 50 %.", "", "", 0),
        ("UPDATE: now $2600", "pay?", "pay?", 0),
        ("Travel is covered.", "", "", 0),
    ],
)
def test_what_a_later_line_says_of_one_of_two(
    sentence: str, saturday: str, sunday: str, questions: int
) -> None:
    reading = _mail(TWO + sentence)
    told = [
        " ".join((shift.status.replace("offered", ""), *(f"{one}?" for one in shift.needs_review))).strip()
        for shift in reading.shifts
    ]
    assert told == [saturday, sunday]
    assert len(reading.unresolved) == questions


@pytest.mark.parametrize(
    "text",
    [
        "Still need Sat 2/20 7a-7p, Sunday is covered",
        "Feb 18, 19 (7a-7p), Sat (8a-4p)",
    ],
)
def test_what_is_said_of_a_weekday_is_said_of_no_other(text: str) -> None:
    assert read(text) == ["?"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("Saturday", ["02-20 0700-1900 withdrawn", "02-21 0700-1900"]),
        ("Friday", ["02-20 0700-1900", "02-21 0700-1900", "?"]),
    ],
)
def test_a_sentence_behind_two_shifts_is_of_the_one_it_names(day: str, expected: list[str]) -> None:
    assert read(f"Sat 2/20 7a-7p and Sun 2/21 7a-7p. {day} is gone.") == expected


HALVES = "All at LKSD. Days are 7a-7p, nights 7p-7a."


@pytest.mark.parametrize(
    "text",
    [
        "Thu 2/18 day, Fri 2/19 night\n" + HALVES,
        HALVES + "\nDays: 2/18\nNights: 2/19",
        "2/18 Day shift\n2/19 Night shift\n\n" + HALVES,
    ],
)
def test_day_and_night_stand_for_the_hours_that_the_message_gives_them(text: str) -> None:
    assert _told(_mail(text)) == ["02-18 0700-1900", "02-19 1900-0700"]


def test_a_night_without_hours_is_a_question() -> None:
    """Also where only the days have theirs."""
    told = _told(_mail("Thu 2/18 day, Fri 2/19 night\nAll at LKSD. Days are 7a-7p."))
    assert told == ["02-18 0700-1900 hours?", "02-19 0700-1900 hours?"]
    assert read("Sat night 2/20 7a-7p") == ["02-20 0700-1900 hours?"]
    assert read("Day shift 2/20 7p-7a") == ["02-20 1900-0700 hours?"]


def test_a_table_may_be_cut_by_commas() -> None:
    """Where no cell holds one itself."""
    table = (
        "Date,Start,End,Site,Rate\n2/18/2027,07:00,19:00,LKSD,$205/hr\n2/19/2027,19:00,07:00,LKSD,$2,600\n"
    )
    assert _told(_mail(table)) == ["02-18 0700-1900 205/hour", "?"]


def test_two_letters_before_a_date_are_its_weekday() -> None:
    assert read("Th 2/18 7a-7p") == ["02-18 0700-1900"]
    assert read("Th 2/19 7a-7p") == ["?"]


@pytest.mark.parametrize("label", ["Claim by", "Respond by", "Please confirm by", "Offer ends"])
def test_a_deadline_may_stand_under_any_of_its_labels(label: str) -> None:
    (shift,) = _mail(f"Where: LKSD\nWhen: Sat 2/20 7a-7p\nPay: $205/hr\n{label}: Jan 20, 5:00 PM").shifts
    assert shift.respond_by is not None
    assert f"{shift.respond_by:%m-%d %H%M}" == "01-20 1700"
