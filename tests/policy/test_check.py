"""Contradictions and open questions of a policy: each found, each at its line, each with what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from policy.check import check, findings, most
from policy.files import shipped
from policy.problems import Problem
from policy.read import read_files
from tests.policy.test_presets import NAMES

ME = '[clinician]\nname = "R. Example"\nhome_zone = "America/Chicago"\n'
SITES = (
    '[streams.per_diem]\nemployment = "W-2"\n[sites.icu]\nstream = "per_diem"\npay = { per_shift = 2000 }\n'
    '[sites.tele]\nstream = "telemedicine"\nintensity = "low"\npay = { per_hour = 100 }\n'
)
TODAY = date(2026, 12, 1)


def judged(tmp_path: Path, text: str, today: date = TODAY) -> tuple[list[Problem], list[Problem]]:
    path = tmp_path / "policy.toml"
    path.write_text(ME + text, "utf-8")
    read = read_files(path)
    assert read.problems == []
    return check(read, today)


CONTRADICTIONS: dict[str, tuple[str, tuple[int, str], str]] = {
    "a minimum above the maximum": (
        "[streams.locums]\nmin_shifts_per_month = 8\nmax_shifts_per_month = 6\n",
        (5, "streams.locums.min_shifts_per_month"),
        "at least 8 and at most 6",
    ),
    "more intense shifts wanted than may be": (
        (
            f"[caps]\nhigh_intensity_per_month = 5\n{SITES}[streams.locums]\nmin_shifts_per_month = 4\n"
            '[sites.far]\nstream = "locums"\n'
        ),
        (5, "caps.high_intensity_per_month"),
        "",
    ),
    "more shifts wanted than dates": (
        (
            "[caps]\noff_days_per_month = 10\n[streams.locums]\nmin_shifts_per_month = 12\n"
            "[streams.telemedicine]\nmin_shifts_per_month = 10\n"
        ),
        (5, "caps.off_days_per_month"),
        "locums and telemedicine want 22 shifts in 21 days",
    ),
    "a floor that no month reaches": (
        f"[goals]\nfloor_monthly = 60_000\n[caps]\noff_days_per_month = 10\n{SITES}",
        (5, "goals.floor_monthly"),
        "at most $42,000, short by $18,000",
    ),
    "a floor that only locums would reach": (
        (
            f'[goals]\nfloor_monthly = 60_000\n[caps]\noff_days_per_month = 10\n{SITES}[sites.far]\nstream = "locums"\n'
            "pay = { per_shift = 9000 }\n"
        ),
        (5, "goals.floor_monthly"),
        "without locums",
    ),
    "a floor that only flights would reach": (
        (
            f"[goals]\nfloor_monthly = 60_000\n[caps]\noff_days_per_month = 10\n{SITES}"
            '[sites.far]\nstream = "per_diem"\npay = { per_shift = 9000 }\ntravel = { mode = "fly" }\n'
        ),
        (5, "goals.floor_monthly"),
        "at most $42,000, short by $18,000",
    ),
    "a year that no month reaches": (
        f"[goals]\nafter_tax_annual = 900_000\nfloor_monthly = 100\n{SITES}",
        (5, "goals.after_tax_annual"),
        "$1,260,000 a year before tax, and the caps and rates bring at most $648,000",
    ),
    "an anchor without a site": (
        f'[goals]\nanchor = "employed"\n{SITES}',
        (5, "goals.anchor"),
        "no site is of the stream employed",
    ),
    "a rest that never comes": (
        '[[runs]]\nname = "nights"\nof = "night"\nat_most = 2\nrest = { after = 3, hours = 46 }\n',
        (8, "runs[0].rest"),
        "3 in a row, and 2 are the most",
    ),
    "two runs of one name": (
        '[[runs]]\nname = "nights"\nat_most = 2\n[[runs]]\nname = "nights"\nat_most = 3\n',
        (8, "runs[1].name"),
        "twice",
    ),
    "days that are never allowed": (
        '[[allowed]]\nstreams = ["locums"]\ndays = ["Mon"]\n[streams.locums]\npreferred_weekdays = ["Tue"]\n',
        (8, "streams.locums.preferred_weekdays"),
        "[[allowed]]",
    ),
    "a paper that nobody wrote down": (
        '[sites.icu]\nstream = "per_diem"\nrequires = ["acls"]\n',
        (6, "sites.icu.requires[0]"),
        "wants acls",
    ),
}


@pytest.mark.parametrize("case", CONTRADICTIONS, ids=str)
def test_a_contradiction_is_told_at_its_line(tmp_path: Path, case: str) -> None:
    """With its numbers."""
    text, place, told = CONTRADICTIONS[case]
    if case == "more intense shifts wanted than may be":
        text = text.replace('employment = "W-2"\n', 'employment = "W-2"\nmin_shifts_per_month = 3\n')
        told = "per-diem and locums want at least 7 high-intensity shifts; raise the cap of 5"
    problems, _ = judged(tmp_path, text)
    assert [(one.line, one.key) for one in problems] == [place]
    assert told in problems[0].text


def test_a_resident_without_duty_hours(tmp_path: Path) -> None:
    """And with those of a preset, there is only the year to ask for."""
    path = tmp_path / "policy.toml"
    path.write_text(f'{ME}role = "resident"\n', "utf-8")
    problems, _ = check(read_files(path), TODAY)
    assert [(one.line, one.key) for one in problems] == [(4, "clinician.role")]
    assert 'extends = ["acgme"]' in problems[0].text
    path.write_text(f'extends = ["acgme"]\n{ME}', "utf-8")
    problems, remarks = check(read_files(path), TODAY)
    assert problems == []
    assert "clinician.pgy" in [one.key for one in remarks]


PAST: dict[str, tuple[str, str]] = {
    "credentials[0].until": ('[[credentials]]\nkind = "board"\nuntil = {}\n', "this board ended"),
    "streams.locums.malpractice.until": ("[streams.locums]\nmalpractice = {{ until = {} }}\n", "cover ended"),
    "sites.icu.privileges_until": (
        '[sites.icu]\nstream = "per_diem"\nprivileges_until = {}\n',
        "privileges ended",
    ),
    "sites.icu.contract.until": (
        '[sites.icu]\nstream = "per_diem"\ncontract = {{ until = {} }}\n',
        "contract ended",
    ),
    "pauses[0].until": ("[[pauses]]\nfrom = 2026-01-01\nuntil = {}\n", "pause ended"),
    "non_competes[0].until": (
        '[[non_competes]]\nname = "x"\nstates = ["TX"]\nuntil = {}\n',
        "non-compete ended",
    ),
    "goals.targets[0].by": (
        '[goals]\n[[goals.targets]]\nname = "x"\namount = 1\nby = {}\n',
        "target was for",
    ),
    "watch[0].on": ('[[watch]]\nname = "x"\nwhat = "y"\non = {}\n', "was to come"),
    "goals.anchor_until": ('[goals]\nanchor = "locums"\nanchor_until = {}\n', "choose again"),
}


@pytest.mark.parametrize("key", PAST)
def test_a_date_that_has_passed_is_a_remark(tmp_path: Path, key: str) -> None:
    """From the day after it; what time alone brings about is no problem of the file."""
    text, told = PAST[key]
    problems, remarks = judged(tmp_path, text.format("2026-11-30"))
    assert problems == []
    assert [told in one.text for one in remarks if one.key == key] == [True]
    _, remarks = judged(tmp_path, text.format("2026-12-01"))
    assert key not in [one.key for one in remarks]


def test_open_questions_are_remarks(tmp_path: Path) -> None:
    """Malpractice, tax class, licences, an anchor that pulls nothing, goals that are not there."""
    problems, remarks = judged(tmp_path, f'[goals]\nanchor = "telemedicine"\n{SITES}')
    assert problems == []
    told = {one.key: one.text for one in remarks}
    assert "6 questions" in told["streams.telemedicine.malpractice"]
    assert "5 questions" in told["streams.per_diem.malpractice"]
    assert '"1099" or "W-2"' in told["streams.telemedicine.employment"]
    assert "streams.per_diem.employment" not in told
    assert "licence" in told["credentials"]
    assert "min_shifts_per_month" in told["goals.anchor"]
    assert "[caps] is not written" in told["caps"]


def test_answered_questions_are_silent(tmp_path: Path) -> None:
    """Nothing is left to ask."""
    cover = 'malpractice = { by = "c", form = "occurrence", tail = "c", gaps = "none", covers_telemedicine = true, evidence = "e" }\n'
    problems, remarks = judged(
        tmp_path,
        f'[goals]\nanchor = "telemedicine"\n[caps]\n[streams.telemedicine]\nemployment = "1099"\n{cover}'
        "min_shifts_per_month = { cap = 4, over = 200 }\n"
        '[sites.tele]\nstream = "telemedicine"\n[[credentials]]\nkind = "licence"\nstate = "TX"\n',
    )
    assert (problems, remarks) == ([], [])


def test_a_preset_that_exceeds_its_own_caps_is_told(tmp_path: Path) -> None:
    """Four local and seven locums shifts are eleven; ten may be of high intensity."""
    path = tmp_path / "policy.toml"
    path.write_text(f'extends = ["em-two-years-out"]\n{ME}', "utf-8")
    _, remarks = check(read_files(path), TODAY)
    told = next(one for one in remarks if one.key == "caps.high_intensity_per_month")
    assert told.file == "presets/em-two-years-out.toml"
    assert "per-diem and locums at their most are 11 shifts, and 10" in told.text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("today", [date(2026, 12, 1), date(2040, 1, 1)], ids=str)
def test_no_preset_contradicts_itself(tmp_path: Path, name: str, today: date) -> None:
    """Today, and when its dates are long past."""
    path = tmp_path / "policy.toml"
    path.write_text(f'extends = ["{name}"]\n{ME}', "utf-8")
    assert check(read_files(path), today)[0] == []


def test_the_example_policy_does_not_contradict_itself() -> None:
    """It may only leave things open."""
    assert check(read_files(shipped("config/policy.toml")), TODAY)[0] == []


def test_a_later_era_is_checked_too(tmp_path: Path) -> None:
    """With the date from which it stands so; an era that is over is not."""
    entry = "[[from]]\ndate = 2027-03-01\n{}[from.streams.locums]\nmin_shifts_per_month = 9\n"
    base = "[streams.locums]\nmax_shifts_per_month = 6\n"
    problems, _ = judged(tmp_path, base + entry.format(""))
    assert [one.text.partition("(")[2] for one in problems] == ["so it stands from 2027-03-01)"]
    problems, _ = judged(tmp_path, base + entry.format("until = 2027-03-31\n"), date(2027, 4, 1))
    assert problems == []


def test_what_a_month_brings_at_most() -> None:
    """The best paid first: by the room in each stream, or by the cap on intensity, whichever is less."""
    read = read_files(shipped("config/policy.toml"))
    assert read.policy
    # 27 dates. By stream: all at $2,500 a shift. By intensity: 10 of those, then 17 x 12 h x $140.
    assert most(read.policy, locums=False) == 10 * 2_500_00 + 17 * 12 * 140_00


def test_a_paper_is_known_however_it_is_spelled(tmp_path: Path) -> None:
    """`License` is a licence, and `privileges_until` says that there are privileges."""
    text = (
        '[sites.icu]\nstream = "per_diem"\nrequires = ["licence", "privileges", "dea"]\nprivileges_until = 2027-09-30\n'
        '[[credentials]]\nkind = "License"\n'
    )
    problems, _ = judged(tmp_path, text)
    assert [one.key for one in problems] == ["sites.icu.requires[2]"]


def test_findings_do_not_depend_on_order() -> None:
    """The same policy, the same findings."""
    read = read_files(shipped("config/policy.toml"))
    assert read.policy
    assert list(findings(read.policy, TODAY)) == list(findings(read.policy, TODAY))
