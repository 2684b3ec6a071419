"""Notices: each with what makes it, what it says, and what makes it worse; and no text that changes with the day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from policy.notices import IDS, Facts, Lost, Notice, notices
from policy.notices.money import tax_dates
from policy.read import read_policy
from policy.shift import Offer, Shift, Site, Span
from tests.policy.worlds import SITES, policy, shift

TODAY = date(2027, 3, 10)
KNOWN = Span(date(2026, 9, 1), date(2027, 6, 30))
HORIZON = Span(TODAY, KNOWN.last)
PAID = {
    "by": "the agency",
    "form": "occurrence",
    "tail": "none needed",
    "gaps": "none",
    "evidence": "policy.pdf",
}
QUIET: Mapping[str, Any] = {
    "streams": {
        name: {"malpractice": {**PAID, "covers_telemedicine": True}}
        for name in ("per_diem", "locums", "telemedicine")
    }
}
"""Every question of malpractice is answered."""


def facts(
    shifts: Sequence[Shift] = (), *, today: date = TODAY, lost: Sequence[Lost] = (), **changes: Any
) -> Facts:
    rules = policy(**{**QUIET, **changes})
    ordered = tuple(sorted(shifts, key=lambda one: (one.begins, one.id)))
    return Facts(rules, today, HORIZON, KNOWN, ordered, tuple(lost))


def said(*args: Any, **keys: Any) -> dict[str, Notice]:
    return {one.id: one for one in notices(facts(*args, **keys))}


def site(name: str, **more: Any) -> dict[str, Any]:
    """All sites, one of them with more."""
    return {**SITES, name: {**SITES[name], **more}}


def offer(name: str, where: str, start: str, cents: int) -> Offer:
    one = shift(name, where, start, cents=cents)
    return Offer(name, one.site, (one,))


def run(name: str, where: str, first: date, count: int, step: int = 1, cents: int = 100_000) -> list[Shift]:
    """So many day shifts, `step` dates apart."""
    days = [first + timedelta(days=step * number) for number in range(count)]
    return [shift(f"{name}{number}", where, f"{day} 07:00", cents=cents) for number, day in enumerate(days)]


POST: Site = policy(sites={**SITES, "post": {"stream": "employed"}}).site("post")
LICENCE = {"kind": "licence", "state": "TX", "until": "2027-04-30", "cost": 450, "lead_days": 20}
CASES: Mapping[str, tuple[Callable[[], Facts], str]] = {
    "credential-due": (
        lambda: facts(credentials=[LICENCE]),
        "Your TX licence ends on Fri 30 Apr 2027; renewing takes about 20 days and costs $450.",
    ),
    "cme-hours": (
        lambda: facts(
            credentials=[
                {"kind": "board", "name": "ABEM", "hours": {"need": 50, "have": 22, "by": "2027-05-31"}}
            ]
        ),
        "22 of 50 hours of education for your ABEM by Mon 31 May 2027; 28 are missing.",
    ),
    "malpractice-due": (
        lambda: facts(
            streams={"locums": {"malpractice": {**PAID, "form": "claims_made", "until": "2027-04-01"}}}
        ),
        "Your malpractice cover for locums ends on Thu 1 Apr 2027; it is claims-made, so ask who pays the tail.",
    ),
    "malpractice-open": (
        lambda: facts(streams={**QUIET["streams"], "locums": {"malpractice": {"by": "the agency"}}}),
        (
            "4 of 5 malpractice questions for locums are open (occurrence or claims-made, who pays the tail, "
            "what is not covered, evidence); nothing there is taken automatically."
        ),
    ),
    "local-privileges": (
        lambda: facts(sites=site("icu", privileges_until="2027-05-31")),
        "No local site holds privileges beyond Mon 31 May 2027; you want at least 1.",
    ),
    "contract-end": (
        lambda: facts(sites=site("icu", contract={"until": "2027-06-30", "notice_days": 60})),
        "Your contract with icu ends on Wed 30 Jun 2027; notice is due by Sat 1 May 2027: tail, papers, last shift.",
    ),
    "licence-idle": (
        lambda: facts(credentials=[{**LICENCE, "lead_days": 0}]),
        (
            "No shift in TX for 180 days; the licence ends on Fri 30 Apr 2027 and renewing costs $450: "
            "renew it only if you will use it."
        ),
    ),
    "offers-lost": (
        lambda: facts(lost=[Lost(f"o{n}", "CO", 240_000, date(2027, 2, n)) for n in (1, 2, 3)]),
        "3 offers worth $7,200 were closed to you this year for want of a CO licence.",
    ),
    "packet-incomplete": (
        lambda: facts(
            [shift("a", "icu", "2027-04-20 07:00")],
            sites=site("icu", requires=["ACLS", "dea"]),
            credentials=[{"kind": "ACLS", "until": "2028-01-31"}, {"kind": "dea", "applied": "2027-02-01"}],
        ),
        "icu wants 2 papers and 1 is missing: dea; your first shift there is on Tue 20 Apr 2027.",
    ),
    "tax-quarter": (
        lambda: facts(
            run("t", "icu", date(2027, 1, 4), 10),
            today=date(2027, 4, 1),
            streams={**QUIET["streams"], "per_diem": {**QUIET["streams"]["per_diem"], "employment": "1099"}},
            business={"set_aside": 1_000},
        ),
        (
            "Estimated tax is due on Thu 15 Apr 2027: $10,000 of 1099 income is known of 2027, 30 % of it is $3,000; "
            "you have set aside $1,000, short by $2,000."
        ),
    ),
    "net-1099": (
        lambda: facts(
            run("t", "icu", date(2027, 1, 4), 30, cents=600_000),
            streams={**QUIET["streams"], "per_diem": {**QUIET["streams"]["per_diem"], "employment": "1099"}},
            business={"expenses": {"travel": 20_000}},
        ),
        (
            "Net 1099 income reaches $160,000 this year, above $150,000: worth asking an accountant "
            "whether an S corporation or a PLLC pays."
        ),
    ),
    "reserve": (
        lambda: facts(goals={"baseline_monthly": 9_000}, reserve={"amount": 36_900, "as_of": "2027-03-01"}),
        "Your reserve of $36,900 covers 4.1 months of $9,000; you want at least 6, which is $17,100 more.",
    ),
    "anchor": (
        lambda: facts(goals={"anchor": "telemedicine", "anchor_until": "2027-03-31"}),
        "Your anchor, telemedicine, ends on Wed 31 Mar 2027: say what comes next in anchor and anchor_until.",
    ),
    "under-anchored": (
        lambda: facts(
            [*run("i", "icu", date(2027, 4, 1), 4, 7), *run("q", "quiet-tele", date(2027, 4, 2), 1)],
            goals={"anchor": "telemedicine"},
        ),
        "Telemedicine, your anchor, brings 20 % of the next 3 months' income; you want at least 30 %.",
    ),
    "concentration": (
        lambda: facts(
            [*run("i", "icu", date(2027, 4, 1), 3, 7), *run("q", "quiet-tele", date(2027, 4, 2), 1)],
            sites=site("icu", employer="Lakeside"),
        ),
        "75 % of 6 months' income comes from Lakeside; your mark is 50 %.",
    ),
    "if-vanished": (
        lambda: facts(
            [
                *run("a", "icu", date(2027, 4, 1), 2, 7, 500_000),
                *run("m", "icu", date(2027, 5, 1), 2, 7, 500_000),
                *run("q", "quiet-tele", date(2027, 4, 2), 1, cents=400_000),
                *run("r", "quiet-tele", date(2027, 5, 2), 1, cents=400_000),
            ],
            goals={"floor_monthly": 10_000},
        ),
        "Without icu your floor would be short by $6,000 a month.",
    ),
    "lifestyle": (
        lambda: facts(
            run("a", "icu", date(2027, 3, 12), 2, 2, 700_000),
            goals={"floor_monthly": 5_000, "baseline_monthly": 9_600},
        ),
        "Fixed costs of $9,600 are 96 % of what your floor leaves after tax ($10,000 a month); 90 % is your mark.",
    ),
    "target": (
        lambda: facts(
            goals={
                "targets": [
                    {
                        "name": "loans",
                        "amount": 40_000,
                        "from": "2027-01-01",
                        "by": "2027-04-30",
                        "earned": 10_000,
                    }
                ]
            }
        ),
        "$10,000 of $40,000 for loans by Fri 30 Apr 2027; $15,000 a month is still needed.",
    ),
    "ceiling": (
        lambda: facts(run("a", "icu", date(2027, 4, 1), 3, 7, 1_600_000), goals={"ceiling_monthly": 45_000}),
        "$48,000 in April, above your ceiling of $45,000: you may stop here.",
    ),
    "transition-ready": (
        lambda: facts(
            [s for m in (4, 5, 6) for s in run(f"q{m}", "quiet-tele", date(2027, m, 1), 7, 3, 130_000)],
            goals={"baseline_monthly": 10_000},
            sites={**SITES, "post": {"stream": "employed"}},
            streams={**QUIET["streams"], "employed": {"malpractice": PAID}},
        ),
        (
            "Telemedicine and per-diem bring $9,100 of the $14,000 a month that you live on, 65 %; "
            "your mark for going is 60 %."
        ),
    ),
    "running-hot": (
        lambda: facts(run("h", "icu", date(2027, 4, 1), 13, 2)),
        (
            "13 high-intensity shifts in April; from 13 on a month runs hot "
            "(high, moderate, low: 13, 0, 0; your mix is 8, 10, 6)."
        ),
    ),
    "record-systems": (
        lambda: facts(
            [
                shift("a", "icu", "2027-04-01 07:00"),
                shift("b", "desert-ed", "2027-04-08 07:00"),
                shift("c", "urgent-tele", "2027-04-15 07:00"),
                shift("d", "quiet-tele", "2027-04-20 07:00"),
            ]
        ),
        "4 record systems in April (Athena, Cerner, Epic, urgent-tele); your mark is 4.",
    ),
    "workless-gap": (
        lambda: facts([shift("a", "icu", "2027-03-12 07:00"), shift("b", "icu", "2027-04-10 07:00")]),
        "No work from Sat 13 Mar to Fri 9 Apr, 28 days; your mark is 21.",
    ),
    "hands-on-gap": (
        lambda: facts([shift("a", "icu", "2027-02-20 07:00"), shift("b", "icu", "2027-04-20 07:00")]),
        "59 days without a hands-on shift until Tue 20 Apr; your mark is 45.",
    ),
    "overtime": (
        lambda: facts(
            [
                *[
                    Shift.at(POST, one.start, one.end, key=f"post {one.id}")
                    for one in run("w", "icu", date(2027, 4, 5), 3)
                ],
                shift("x", "icu", "2027-04-10 07:00"),
            ],
            sites={**SITES, "post": {"stream": "employed"}},
        ),
        "12 hours of other work beside 36 hours employed in the week of Mon 5 Apr; from 36 hours on, your mark, that is overtime.",
    ),
    "one-risk-twice": (
        lambda: facts(
            [shift("a", "urgent-tele", "2027-04-01 07:00"), shift("b", "quiet-tele", "2027-04-03 07:00")],
            sites={
                **SITES,
                "urgent-tele": {**SITES["urgent-tele"], "risk_group": "Harbor"},
                "quiet-tele": {**SITES["quiet-tele"], "risk_group": "Harbor"},
            },
        ),
        "quiet-tele and urgent-tele both hang on Harbor: 2 sites, one risk.",
    ),
    "volume-drop": (
        lambda: facts([*run("n", "icu", date(2026, 11, 1), 7, 5), *run("f", "icu", date(2027, 2, 1), 3, 5)]),
        "Per-diem brought 3 shifts in the last two months, after 7 in the two before; your mark is 50 %.",
    ),
    "red-flag": (
        lambda: facts(
            [shift("a", "icu", "2027-04-01 07:00")],
            sites=site("icu", red_flags=[{"flag": "quotas", "since": "2027-03-03"}]),
        ),
        "icu has 1 open flag (quotas); it is shown with each offer until you clear it.",
    ),
    "site-review": (
        lambda: facts(run("d", "icu", date(2027, 3, 1), 3, 2)),
        "You have worked 3 shifts at icu: rate it in your policy (scores: hassle, risk, prospects …).",
    ),
    "regulatory": (
        lambda: facts(
            [shift("a", "quiet-tele", "2027-05-03 07:00", cents=80_000)],
            watch=[
                {
                    "name": "dea",
                    "on": "2027-04-30",
                    "what": "Telemedicine rules change",
                    "streams": ["telemedicine"],
                }
            ],
        ),
        "Telemedicine rules change on Fri 30 Apr 2027: 1 planned shift ($800) depends on it.",
    ),
    "pause-ends": (
        lambda: facts(pauses=[{"from": "2027-03-01", "until": "2027-03-14"}]),
        "Your pause ends on Sun 14 Mar 2027; offers are weighed again from then on.",
    ),
    "reminder": (
        lambda: facts(
            reminders=[{"name": "vault", "on": "2026-03-31", "every": "year", "text": "Save the papers"}]
        ),
        "Save the papers.",
    ),
    "over-committed": (
        lambda: facts(
            [s for m in (12, 1, 2) for s in run(f"h{m}", "icu", date(2026 + (m < 12), m, 1), 13, 2)]
        ),
        "13, 13 and 13 high-intensity shifts in the last 3 months; 13 is where a month runs hot.",
    ),
    "compliance": (
        lambda: facts(
            [shift("a", "quiet-tele", "2027-04-01 07:00")],
            sites=site("icu", requires=["ACLS"]),
            credentials=[{"kind": "ACLS", "until": "2027-03-06"}],
        ),
        "1 paper has run out (ACLS), and 1 site leaves no time for notes.",
    ),
    "own-malpractice": (
        lambda: facts(
            run("a", "icu", date(2027, 4, 1), 3, 7),
            streams={**QUIET["streams"], "per_diem": {**QUIET["streams"]["per_diem"], "employment": "1099"}},
        ),
        "100 % of your income is 1099 and no cover is your own: worth a call to a broker.",
    ),
    "privileges-activity": (
        lambda: facts(
            run("a", "icu", date(2027, 1, 4), 2),
            today=date(2027, 3, 10),
            sites=site("icu", min_shifts={"cap": 6}),
        ),
        "2 of 6 shifts at icu this quarter; 4 more by Wed 31 Mar keep your privileges.",
    ),
    "pay-too-good": (
        lambda: replace(
            facts(run("a", "icu", date(2027, 2, 1), 5, 3, 240_000)),
            offers=(offer("o", "desert-ed", "2027-04-06 07:00", 480_000),),
        ),
        "desert-ed offers $400 an hour, 2.0 times your usual $200, and you have not worked there; your mark is 150 %. Look twice.",
    ),
    "annual-review": (
        lambda: facts([shift("a", "icu", "2027-03-01 07:00")], today=date(2027, 12, 4)),
        "The review of 2027 is ready: shiftward report year 2027.",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_each_notice_says_the_number_and_the_mark(name: str) -> None:
    """One plain sentence, made from the facts."""
    made, text = CASES[name]
    found = [one for one in notices(made()) if one.id == name]
    assert [one.text for one in found] == [text]


def test_every_notice_has_a_case() -> None:
    """And every case a notice."""
    assert set(CASES) == IDS


def test_where_nothing_is_the_matter_nothing_is_said() -> None:
    """A quiet world with every question answered."""
    calm = [
        *run("i", "icu", date(2027, 1, 2), 18, 10, 200_000),
        *run("q", "quiet-tele", date(2027, 1, 4), 18, 10, 210_000),
    ]
    rated = {
        **site("icu", scores={"hassle": 2}),
        "quiet-tele": {**SITES["quiet-tele"], "scores": {"hassle": 1}},
    }
    assert notices(facts(calm, sites=rated, notices={"concentration_percent": 60})) == []


@pytest.mark.parametrize("name", sorted(IDS - {"tax-quarter", "annual-review"}))
def test_a_day_that_changes_nothing_changes_no_notice(name: str) -> None:
    """As long as the level is the same, so are title, text and day: a month with no news writes nothing."""
    made, _ = CASES[name]
    first = made()
    seen: dict[tuple[str, int], Notice] = {}
    for number in range(21):
        later = replace(first, today=first.today + timedelta(days=number))
        for one in notices(later):
            if one.id == name and later.today.month == first.today.month:
                assert seen.setdefault((one.key, one.level), one) == one


@pytest.mark.parametrize("name", CASES)
def test_what_is_not_wanted_is_not_said(name: str) -> None:
    """`notices.off` by its name."""
    made, _ = CASES[name]
    first = made()
    quiet = first.policy.model_copy(
        update={"notices": first.policy.notices.model_copy(update={"off": (name,)})}
    )
    left = notices(replace(first, policy=quiet))
    assert name not in {one.id for one in left}


@pytest.mark.parametrize(
    ("today", "level"),
    [
        ("2027-01-09", 0),
        ("2027-01-10", 1),
        ("2027-02-09", 2),
        ("2027-03-11", 3),
        ("2027-04-03", 4),
        ("2027-04-11", 5),
    ],
)
def test_a_paper_climbs_its_ladder(today: str, level: int) -> None:
    """90, 60, 30 and 7 days before the 20 that renewing takes, and once more when those have begun."""
    found = said(today=date.fromisoformat(today), credentials=[LICENCE]).get("credential-due")
    assert (found.level if found else 0) == level
    assert found is None or found.again == (
        date(2027, 1, 10),
        date(2027, 2, 9),
        date(2027, 3, 11),
        date(2027, 4, 3),
    )


def test_tax_dates_move_to_business_days() -> None:
    """2027: Thursday 15 April, Tuesday 15 June, Wednesday 15 September; January 2028 over a Saturday and a holiday."""
    assert [due for _, due in tax_dates(2027)] == [
        date(2027, 4, 15),
        date(2027, 6, 15),
        date(2027, 9, 15),
        date(2028, 1, 18),
    ]
    # In 2023 the 15th was a Saturday, and Emancipation day was kept on Monday the 17th.
    assert dict(tax_dates(2023))[1] == date(2023, 4, 18)
    assert dict(tax_dates(2022))[1] == date(2022, 4, 18)


@pytest.mark.parametrize(
    ("on", "every", "due"),
    [
        ("2027-01-31", "month", "2027-02-28"),
        ("2024-02-29", "year", "2027-02-28"),
        ("2026-11-30", "quarter", "2027-02-28"),
        ("2027-02-28", None, "2027-02-28"),
    ],
)
def test_a_reminder_comes_again_on_its_day_or_the_last_of_a_shorter_month(
    on: str, every: str | None, due: str
) -> None:
    """The 31st stays the 31st where there is one."""
    reminder = {"name": "x", "on": on, "text": "Do it", **({"every": every} if every else {})}
    found = said(today=date(2027, 2, 10), reminders=[reminder])["reminder"]
    assert found.day == date.fromisoformat(due)


def test_a_notice_that_is_none_cannot_be_switched_off(tmp_path: Path) -> None:
    """It would do nothing, and say nothing; the nearest name is told."""
    path = tmp_path / "policy.toml"
    path.write_text(
        '[clinician]\nname = "R. Example"\nhome_zone = "America/Chicago"\n[notices]\noff = ["site-review", "reserves"]\n'
    )
    found, problems = read_policy(path)
    assert found is None
    assert [str(one) for one in problems] == [
        'policy.toml:5: notices.off[1] = "reserves": unknown; did you mean "reserve"?'
    ]


def test_a_gap_without_an_end_says_the_same_every_day() -> None:
    """Where no hands-on shift is planned, the text does not grow with the horizon, and gets worse by steps."""
    last = shift("a", "icu", "2027-02-20 07:00")

    def told(days: int) -> Notice:
        horizon = Span(TODAY + timedelta(days=days), HORIZON.last + timedelta(days=days))
        return next(
            one
            for one in notices(replace(facts([last], today=horizon.first), horizon=horizon))
            if one.id == "hands-on-gap"
        )

    assert (told(0).title, told(0).text) == (
        "no hands-on work after Sat 20 Feb",
        "No hands-on shift is planned after Sat 20 Feb; your mark is 45 days.",
    )
    assert (told(9).title, told(9).text) == (told(0).title, told(0).text)
    assert told(30).level > told(0).level
