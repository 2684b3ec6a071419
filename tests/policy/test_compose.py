"""A policy put together from several files: what wins, what is kept, and where a problem is said to be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from policy.fields import Cap
from policy.read import Read, read_files

ME = '[clinician]\nname = "R. Example"\nhome_zone = "America/Chicago"\n'
DUTY = """[preset]
title = "Duty hours"
for = "everybody"
source = ["https://example.org/duty"]
read = 2026-11-22

[caps]
nights_per_month = { cap = 6, over = 500 }
hours_per_week = 60
off_days_in = { cap = 4, within_days = 28 }

[[runs]]
name = "nights"
of = "night"
at_most = 4
rest = { after = 3, hours = 46 }

[[runs]]
name = "long"
longer_than_hours = 10
at_most = 5

[sites.sample]
stream = "per_diem"
names = ["Sample ED"]
pay = { per_shift = 2000, guaranteed_percent = 80 }
travel = { mode = "drive", minutes = 30 }
"""
HEAD = '[preset]\ntitle = "T"\nfor = "F"\nsource = ["S"]\nread = 2026-11-22\n'


def read(tmp_path: Path, own: str, **files: str) -> Read:
    """The policy `own`; a file whose name ends in _toml stands beside it, any other is a preset."""
    presets = tmp_path / "presets"
    presets.mkdir()
    for name, text in {"duty": DUTY, **files}.items():
        path = tmp_path / name.replace("_toml", ".toml") if "_toml" in name else presets / f"{name}.toml"
        path.write_text(text, "utf-8")
    path = tmp_path / "policy.toml"
    path.write_text(own, "utf-8")
    return read_files(path, presets)


def good(tmp_path: Path, own: str, **files: str) -> Read:
    found = read(tmp_path, own, **files)
    assert found.problems == []
    assert found.policy
    return found


def test_tables_merge_and_bounds_are_replaced(tmp_path: Path) -> None:
    """A cap of one's own is the whole cap: the preset's price does not stay behind it."""
    own = f'extends = ["duty"]\n{ME}[caps]\nnights_per_month = {{ cap = 5 }}\ndays_in_a_row = 6\n'
    policy = good(tmp_path, own).policy
    assert policy
    assert policy.limits.nights_per_month == Cap(cap=5)
    assert policy.limits.hours_per_week == Cap(cap=60)
    assert policy.limits.days_in_a_row == Cap(cap=6)


def test_none_takes_a_bound_away(tmp_path: Path) -> None:
    """Of any form: a number, a priced one, a table."""
    own = f'extends = ["duty"]\n{ME}[caps]\nnights_per_month = "none"\nhours_per_week = "none"\noff_days_in = "none"\n'
    policy = good(tmp_path, own).policy
    assert policy
    caps = policy.limits
    assert (caps.nights_per_month, caps.hours_per_week, caps.off_days_in) == (None, None, None)


def test_none_takes_a_site_away(tmp_path: Path) -> None:
    """The sample sites of a preset are nobody's own."""
    own = f'extends = ["duty"]\n{ME}[sites]\nsample = "none"\n[sites.mine]\nstream = "locums"\n'
    policy = good(tmp_path, own).policy
    assert policy
    assert list(policy.sites) == ["mine"]


def test_a_rate_replaces_a_rate(tmp_path: Path) -> None:
    """And leaves beside it what is no rate."""
    own = f'extends = ["duty"]\n{ME}[sites.sample]\npay = {{ per_hour = 150 }}\ntravel = {{ minutes = 40 }}\n'
    policy = good(tmp_path, own).policy
    assert policy
    site = policy.sites["sample"]
    assert site.pay
    assert (site.pay.per_hour, site.pay.per_shift, site.pay.guaranteed_percent) == (150_00, None, 80)
    assert (site.travel.mode, site.travel.minutes) == ("drive", 40)


def test_runs_merge_by_name_and_keep_their_order(tmp_path: Path) -> None:
    """Those of the same name key by key; a new one stands behind."""
    own = (
        f'extends = ["duty"]\n{ME}[[runs]]\nname = "early"\nof = "early"\nat_most = 3\n'
        '[[runs]]\nname = "nights"\nat_most = 3\n'
    )
    policy = good(tmp_path, own).policy
    assert policy
    assert [(run.name, run.at_most) for run in policy.runs] == [("nights", 3), ("long", 5), ("early", 3)]
    assert policy.runs[0].of == "night"
    assert policy.runs[0].rest


def test_other_lists_are_replaced(tmp_path: Path) -> None:
    """Names of a site, credentials: what is written last is all there is."""
    base = f'{HEAD}[[credentials]]\nkind = "board"\n[[credentials]]\nkind = "dea"\n'
    own = f'extends = ["duty", "papers"]\n{ME}[[credentials]]\nkind = "cme"\n'
    policy = good(tmp_path, own, papers=base).policy
    assert policy
    assert [one.kind for one in policy.credentials] == ["cme"]


def test_the_last_preset_wins_and_the_own_file_after_it(tmp_path: Path) -> None:
    """From left to right."""
    late = f"{HEAD}[caps]\nhours_per_week = 50\nnights_per_month = 3\n"
    own = f'extends = ["duty", "late"]\n{ME}[caps]\nnights_per_month = 2\n'
    policy = good(tmp_path, own, late=late).policy
    assert policy
    assert policy.limits.hours_per_week == Cap(cap=50)
    assert policy.limits.nights_per_month == Cap(cap=2)


def test_a_preset_may_extend_and_a_file_may_stand_beside(tmp_path: Path) -> None:
    """Through two files to the one below; a file that two others extend is read once."""
    more = f'extends = ["duty"]\n{HEAD}[caps]\nhours_per_week = 50\n'
    shared = 'extends = ["duty"]\n[rest]\nbetween_shifts_hours = 12\n'
    own = f'extends = ["more", "./shared.toml"]\n{ME}'
    found = good(tmp_path, own, more=more, shared_toml=shared)
    assert found.policy
    assert found.policy.rest.between_shifts_hours == Cap(cap=12)
    # duty stands below shared.toml too, which is named last.
    assert found.policy.limits.hours_per_week == Cap(cap=60)
    assert [(name, one.title) for name, one in found.presets] == [
        ("presets/more.toml", "T"),
        ("presets/duty.toml", "Duty hours"),
    ]


def test_without_extends_a_file_is_read_as_it_stands(tmp_path: Path) -> None:
    """And no preset's keys come with it."""
    policy = good(tmp_path, ME).policy
    assert policy
    assert policy.caps is None


BROKEN: Mapping[str, tuple[str, dict[str, str], tuple[str, int, str], str]] = {
    "a value of the preset": (
        f'extends = ["bad"]\n{ME}',
        {"bad": f'{HEAD}[caps]\n\nhours_per_week = "many"\n'},
        ("presets/bad.toml", 8, "caps.hours_per_week"),
        "write a number",
    ),
    "a value over that of the preset": (
        f'extends = ["duty"]\n{ME}[caps]\nhours_per_week = "many"\n',
        {},
        ("policy.toml", 6, "caps.hours_per_week"),
        "write a number",
    ),
    "an unknown key of the preset": (
        f'extends = ["bad"]\n{ME}[caps]\nhours_per_week = 40\n',
        {"bad": f"{HEAD}[caps]\nhours_per_weak = 50\n"},
        ("presets/bad.toml", 7, "caps.hours_per_weak"),
        "hours_per_week",
    ),
    "a run of the preset, merged": (
        f'extends = ["duty"]\n{ME}[[runs]]\nname = "nights"\nat_most = 99\n',
        {},
        ("policy.toml", 7, "runs[0].at_most"),
        "less than or equal to 60",
    ),
    "the other half of a run": (
        f'extends = ["bad"]\n{ME}[[runs]]\nname = "nights"\nat_most = 3\n',
        {"bad": f'{HEAD}\n[[runs]]\nname = "x"\nat_most = 1\n[[runs]]\nname = "nights"\nof = "moonlit"\n'},
        ("presets/bad.toml", 12, "runs[1].of"),
        "'night'",
    ),
    "two that disagree": (
        f'extends = ["duty"]\n{ME}[[runs]]\nname = "nights"\nwithin_days = 2\n',
        {},
        ("policy.toml", 5, "runs[0]"),
        "below it",
    ),
    "something missing in both": (
        'extends = ["duty"]\n[clinician]\nname = "R"\n',
        {},
        ("policy.toml", 2, "clinician.home_zone"),
        "missing",
    ),
    "something missing in a table of one's own": (
        f'extends = ["duty"]\n{ME}[caps]\naverage_week_hours = {{ cap = 48 }}\n',
        {},
        ("policy.toml", 6, "caps.average_week_hours.weeks"),
        "missing",
    ),
    "a file beside it": (
        f'extends = ["./shared.toml"]\n{ME}',
        {"shared_toml": "[rest]\nbetween_shift_hours = 8\n"},
        ("shared.toml", 2, "rest.between_shift_hours"),
        "between_shifts_hours",
    ),
    "TOML that is none": (
        f'extends = ["bad"]\n{ME}',
        {"bad": "[caps]\nhours = \n"},
        ("presets/bad.toml", 2, ""),
        "mend this line",
    ),
    "no such preset": (f'extends = ["dutty"]\n{ME}', {}, ("policy.toml", 1, "extends[0]"), '"duty"'),
    "no such preset, in a list over lines": (
        f'extends = [\n  "duty",\n  "night-shift",\n]\n{ME}',
        {},
        ("policy.toml", 3, "extends[1]"),
        "known here: duty",
    ),
    "no such file": (f'extends = ["./gone.toml"]\n{ME}', {}, ("gone.toml", 1, ""), "check the path"),
    "no list": (f'extends = "duty"\n{ME}', {}, ("policy.toml", 1, "extends"), "write a list"),
    "a number": (f"extends = [7]\n{ME}", {}, ("policy.toml", 1, "extends[0]"), "no such preset"),
    "itself": (
        f'extends = ["./policy.toml"]\n{ME}',
        {},
        ("policy.toml", 1, "extends[0]"),
        "policy.toml extends policy.toml",
    ),
    "a circle": (
        f'extends = ["one"]\n{ME}',
        {
            "one": f'extends = ["two"]\n{HEAD}',
            "two": f"{HEAD}[caps]\n\n[rest]\n".replace("[p", 'extends = ["one"]\n[p'),
        },
        ("presets/two.toml", 1, "extends[0]"),
        "presets/two.toml extends presets/one.toml, which leads back to presets/two.toml",
    ),
    "a policy that says where it comes from": (
        f"{HEAD}{ME}",
        {},
        ("policy.toml", 1, "preset"),
        "only a preset",
    ),
    "a preset that does not say when it was read": (
        f'extends = ["bad"]\n{ME}',
        {"bad": HEAD.replace("read = 2026-11-22\n", "")},
        ("presets/bad.toml", 1, "preset.read"),
        "missing",
    ),
    "a misspelt extends": (f'extend = ["duty"]\n{ME}', {}, ("policy.toml", 1, "extend"), '"extends"'),
}


@pytest.mark.parametrize("case", BROKEN, ids=str)
def test_a_problem_names_the_file_and_line_where_the_value_stands(tmp_path: Path, case: str) -> None:
    """Whichever file that is."""
    own, files, place, text = BROKEN[case]
    found = read(tmp_path, own, **files)
    assert found.policy is None
    assert [(one.file, one.line, one.key) for one in found.problems] == [place]
    assert text in found.problems[0].text


def test_every_problem_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    """One bad preset does not hide the other, nor the policy's own."""
    own = f'extends = ["bad", "./worse.toml"]\n{ME}[caps]\nnights_per_month = -1\n'
    files = {"bad": f"{HEAD}[emr]\nat_most = -2\n", "worse_toml": "[rest]\nbetween_shifts_hours = -3\n"}
    found = read(tmp_path, own, **files)
    assert {(one.file, one.line) for one in found.problems} == {
        ("presets/bad.toml", 7),
        ("worse.toml", 2),
        ("policy.toml", 6),
    }


def test_a_hundred_files_that_extend_two_each_are_read_once_each(tmp_path: Path) -> None:
    """A ladder of twos is not two to the power of its rungs."""
    files = {f"f{n}_toml": f'extends = ["./f{n + 1}.toml", "./f{n + 1}.toml"]\n' for n in range(60)}
    good(tmp_path, f'extends = ["./f0.toml"]\n{ME}', **files, f60_toml="[caps]\nnights_per_month = 1\n")


# -- lines over all of it -------------------------------------------------------------------------------------------


def test_a_line_from_outside_has_the_last_word(tmp_path: Path) -> None:
    """Over the file and over what it extends, merged as a file would be; entries with a date come after it."""
    own = f'extends = ["duty"]\n{ME}[caps]\nhours_per_week = 50\n[[from]]\ndate = 2027-09-01\n[from.caps]\nhours_per_week = 40\n'
    good(tmp_path, own)
    path, presets = tmp_path / "policy.toml", tmp_path / "presets"
    lines = (
        "caps.hours_per_week = 55",
        "caps.nights_per_month = 7",
        "sites.sample.pay = { per_hour = 150.50 }",
    )
    policy = read_files(path, presets, lines).policy
    assert policy
    assert policy.limits.hours_per_week == Cap(cap=55)
    assert policy.limits.nights_per_month == Cap(cap=7)
    pay = policy.site("sample").pay
    assert pay
    assert (pay.cents, pay.unit, pay.guaranteed) == (15_050, "hour", 80)
    later = policy.at(date(2027, 9, 1)).limits
    assert (later.hours_per_week, later.nights_per_month) == (Cap(cap=40), Cap(cap=7))


@pytest.mark.parametrize(
    ("lines", "problems"),
    [
        (
            ("caps.nights_per_month = 7", "caps.hours_pr_week = 50"),
            ['--set:2: caps.hours_pr_week: unknown key; did you mean "hours_per_week"?'],
        ),
        (
            ("caps.nights_per_month = -1",),
            ["--set:1: caps.nights_per_month.cap = -1: write greater than or equal to 0"],
        ),
        (("sites.nowhere.emr = 'Epic'",), ["--set:1: sites.nowhere.stream: missing; write this key"]),
        (
            ("caps.nights_per_month",),
            [
                "--set:1: not TOML: Expected '=' after a key in a key/value pair (at end of document); mend this line first"
            ],
        ),
    ],
)
def test_a_line_that_is_wrong_is_told_as_a_file_would_be(
    tmp_path: Path, lines: tuple[str, ...], problems: list[str]
) -> None:
    """Its number stands where that of a line of the file stands."""
    good(tmp_path, f'extends = ["duty"]\n{ME}')
    found = read_files(tmp_path / "policy.toml", tmp_path / "presets", lines)
    assert found.policy is None
    assert list(map(str, found.problems)) == problems
