"""service.toml and secrets: every problem at once, each with its place and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.config import (
    SecretMissingError,
    Service,
    kind_of,
    lexicon,
    read_service,
    secret,
    unknown_sites,
)
from policy.problems import Problem
from policy.read import read_policy
from tests.daemon.unit.worlds import policy

GOOD = """
[[calendars]]
name = "work"
kind = "dav"
role = "work"
url = "https://calendar.example/work/"

[[calendars]]
name = "phone"
kind = "folder"
role = "publish"
path = "phone"

[[inboxes]]
name = "offers"
kind = "maildir"
path = "mail"

[[senders]]
address = "Shifts@Lakeside.example"
sites = ["lakeside-ed"]
"""


ALERTS = '[[calendars]]\nname = "alerts"\nkind = "folder"\nrole = "warnings"\npath = "alerts"\n'
ACCOUNT = '[[accounts]]\nname = "google"\nkind = "google"\nsecret = "google-client"\n'
OURS = '[[calendars]]\nname = "phone"\nrole = "publish"\naccount = "google"\ntitle = "Shifts"\n'
WORK = '[[calendars]]\nname = "a"\nkind = "folder"\nrole = "work"\npath = "x"\n'
MANY = """
[[accounts]]
name = "home"
kind = "dav"
url = "dav.example.org"
user = "quill"
password = "dav-home"

[[accounts]]
name = "google"
kind = "google"
secret = "google-client"

[[calendars]]
name = "schedule"
kind = "feed"
role = "work"
address = "feed-qgenda"
site = "lakeside-ed"
zone = "America/Chicago"
beyond = "free"

[[calendars.rules]]
title = "Night*"
hours = "19:00-07:00"

[[calendars.rules]]
title = "* call"
means = "red"

[[calendars]]
name = "family"
role = "personal"
account = "home"
calendar = "Family"
free = "keep"
all_day = "skip"

[[calendars]]
name = "mine"
role = "personal"
account = "google"
calendar = "primary"

[[calendars]]
name = "open shifts"
kind = "dav"
role = "offers"
url = "https://calendar.example/open/"

[[calendars]]
name = "phone"
role = "publish"
account = "google"
"""
"""A calendar of every kind and role."""


def read(tmp_path: Path, text: str | bytes) -> tuple[Service | None, list[Problem]]:
    path = tmp_path / "service.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_service(path)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    """With every default that is not written."""
    service, problems = read(tmp_path, GOOD)
    assert problems == []
    assert service is not None
    assert [calendar.poll for calendar in service.calendars] == [60, 60]
    assert (service.horizon_days, service.minimal_titles, service.log.level) == (92, False, "info")


def test_accounts_rules_and_every_kind_of_calendar_are_read(tmp_path: Path) -> None:
    """A calendar's kind is that of its account; rules keep their order; what is not written is the careful choice."""
    service, problems = read(tmp_path, MANY)
    assert problems == []
    assert service is not None
    assert [kind_of(service, one) for one in service.calendars] == ["feed", "dav", "google", "dav", "google"]
    schedule, family, mine, *_ = service.calendars
    assert [(one.title, one.means, one.hours) for one in schedule.rules] == [
        ("Night*", None, "19:00-07:00"),
        ("* call", "red", None),
    ]
    assert (schedule.site, str(schedule.zone), schedule.beyond) == ("lakeside-ed", "America/Chicago", "free")
    assert (family.free, family.all_day) == ("keep", "skip")
    assert (mine.free, mine.all_day, mine.beyond, mine.zone, mine.rules) == ("skip", None, "wait", None, ())


def test_a_calendar_of_warnings_has_a_title_of_its_own(tmp_path: Path) -> None:
    """Both are made in one account without a title, and are told apart."""
    ours = OURS.replace('title = "Shifts"\n', "")
    text = ACCOUNT + ours + ours.replace("publish", "warnings").replace("phone", "alerts")
    service, problems = read(tmp_path, text)
    assert problems == []
    assert service is not None
    assert [one.made_as for one in service.calendars] == ["Shiftward", "Shiftward warnings"]


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    """File, line, key, value and remedy of each, in the order of the file."""
    text = (
        'horizon_days = 3\nminimal_titels = true\n\n[[calendars]]\nname = "work"\nkind = "dav"\n'
        'role = "wrok"\nurl = "https://calendar.example/"\npoll = "often"\n\n[[senders]]\naddress = "nobody"\n'
        '\n[log]\nlevel = "loud"\n'
    )
    service, problems = read(tmp_path, text)
    assert service is None
    assert [(p.file, p.line, p.key, p.value) for p in problems] == [
        ("service.toml", 1, "horizon_days", "3"),
        ("service.toml", 2, "minimal_titels", ""),
        ("service.toml", 7, "calendars[0].role", '"wrok"'),
        ("service.toml", 9, "calendars[0].poll", '"often"'),
        ("service.toml", 12, "senders[0].address", '"nobody"'),
        ("service.toml", 15, "log.level", '"loud"'),
    ]
    assert all(p.text for p in problems)
    assert "'work', 'personal', 'offers', 'publish' or 'warnings'" in problems[2].text
    assert str(problems[0]).startswith("service.toml:1: horizon_days = 3: write greater than or equal to 7")


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ('[mail]\nauthserve = "x"', "authserv"),
        ("horizon_day = 30", "horizon_days"),
        ('[[calendars]]\nname = "a"\nkind = "folder"\nrole = "work"\npath = "x"\npoll_ = 5', "poll"),
        ('[[sender]]\naddress = "a@b.example"', "senders"),
        ('[[account]]\nname = "a"', "accounts"),
        ('[[accounts]]\nname = "a"\nkind = "dav"\nurl = "x.example"\npasword = "p"', "password"),
        (f"{WORK}beyound = 'free'", "beyond"),
        (f"{WORK}[[calendars.rule]]\ntitle = 'x'", "rules"),
        (f"{WORK}[[calendars.rules]]\ntitle = 'x'\nmean = 'red'", "means"),
    ],
)
def test_an_unknown_key_gets_a_suggestion(tmp_path: Path, line: str, meant: str) -> None:
    """A misspelt key is an error, with the one that was meant."""
    _, problems = read(tmp_path, line)
    assert [p.text for p in problems] == [f'unknown key; did you mean "{meant}"?']


BAD: dict[str, tuple[str | bytes, str]] = {
    "not UTF-8": (GOOD.encode() + b"# caf\xe9\n", "UTF-8"),
    "UTF-16": (GOOD.encode("utf-16"), "UTF-8"),
    "2 MB": ("# x\n" * 500_000, "larger than"),
    "deep nesting": ("a = " + "[" * 20_000, "TOML"),
    "a number too long": ("horizon_days = " + "9" * 5_000, ""),
    "no TOML": ("horizon_days 30", "not TOML"),
    "a key twice": ("horizon_days = 30\nhorizon_days = 31", "TOML"),
    "a table in place of a list": ('[calendars]\nname = "x"', ""),
    "duplicate names": (GOOD.replace('"phone"\nkind', '"work"\nkind'), "used twice"),
    "a name of an inbox and a calendar": (GOOD.replace('"offers"', '"work"'), "used twice"),
    "two publish calendars": (GOOD.replace('role = "work"', 'role = "publish"'), "second publish calendar"),
    "two calendars of warnings": (
        GOOD + ALERTS + ALERTS.replace("alerts", "more"),
        "second warnings calendar",
    ),
    "warnings and no blocks": (ALERTS, "role publish beside it"),
    "warnings where the blocks are": (
        GOOD + ALERTS.replace('path = "alerts"', 'path = "phone"'),
        "another address",
    ),
    "warnings of the same account and title": (
        ACCOUNT + OURS + OURS.replace("publish", "warnings").replace("phone", "alerts"),
        "another address, or another title",
    ),
    "dav without url": (GOOD.replace('url = "https://calendar.example/work/"', ""), "needs the key url"),
    "folder without path": (GOOD.replace('path = "phone"', ""), "needs the key path"),
    "a password in the url": (GOOD.replace("calendar.example/", "me:hush@calendar.example/"), "password"),
    "a float where whole": ("horizon_days = 30.5", "integer"),
    "text for a switch": ('minimal_titles = "yes"', "boolean"),
    "an empty name": (GOOD.replace('name = "work"', 'name = ""'), "at least 1 character"),
    "a zone that is none": (GOOD + 'zone = "America/Nowhere"', "IANA zone"),
    "a zone that is a path": (GOOD + 'zone = "../../etc/passwd"', "IANA zone"),
    "NUL": ("horizon_days = 30\x00", "TOML"),
    "an account that is none": (MANY.replace('account = "home"', 'account = "office"'), "no account office"),
    "an account of another kind": (
        MANY.replace('role = "publish"', 'role = "publish"\nkind = "dav"'),
        "google",
    ),
    "an account twice": (MANY.replace('name = "google"', 'name = "home"'), "used twice"),
    "an account without url": (MANY.replace('url = "dav.example.org"\n', ""), "needs the key url"),
    "an account without secret": (MANY.replace('secret = "google-client"\n', ""), "needs the key secret"),
    "an account of no kind": (MANY.replace('kind = "google"', 'kind = "imap"'), "'dav' or 'google'"),
    "neither kind nor account": (MANY.replace('kind = "feed"', ""), "needs the key kind"),
    "a calendar of nobody": (MANY.replace('calendar = "Family"\n', ""), "needs the key calendar"),
    "Google's without a calendar": (MANY.replace('calendar = "primary"\n', ""), "needs the key calendar"),
    "google without an account": (f"{WORK.replace('folder', 'google')}", "needs the key account"),
    "a feed without address": (MANY.replace('address = "feed-qgenda"\n', ""), "needs the key address"),
    "a feed to write to": (MANY.replace('role = "work"', 'role = "publish"'), "cannot be written to"),
    "an address that is no secret's name": (MANY.replace("feed-qgenda", "https://x.example/hush.ics"), ""),
    "an address of no web": (MANY.replace("https://calendar", "ftp://calendar"), "https://"),
    "a password in an account": (
        MANY.replace("dav.example.org", "https://me:hush@dav.example.org/"),
        "password as the name of a secret",
    ),
    "a password before a host": (
        MANY.replace("dav.example.org", "me:hush@dav.example.org"),
        "password as the name of a secret",
    ),
    "a password in an address of no web": (MANY.replace("https://calendar", "me:hush@calendar"), ""),
    "a role that is none": (MANY.replace('"offers"', '"offer"'), "'publish' or 'warnings'"),
    "a calendar's zone that is none": (MANY.replace("America/Chicago", "Chicago"), "IANA zone"),
    "a rule without a title": (MANY.replace('title = "* call"\n', ""), "missing"),
    "a rule with an empty title": (MANY.replace('"* call"', '""'), "at least 1 character"),
    "a rule that means anything": (MANY.replace('means = "red"', 'means = "maybe"'), "'offer' or 'nothing'"),
    "hours without a nought": (MANY.replace("19:00-07:00", "19:00-7:00"), ""),
    "hours of 24": (MANY.replace("19:00-07:00", "24:00-07:00"), ""),
    "hours of 60 minutes": (MANY.replace("19:00-07:00", "19:60-07:00"), ""),
    "hours without an end": (MANY.replace("19:00-07:00", "19:00"), ""),
    "hours and more": (MANY.replace("19:00-07:00", "19:00-07:00 CST"), ""),
    "hours and a line": (MANY.replace("19:00-07:00", "19:00-07:00\\n"), ""),
    "what is free": (MANY.replace('free = "keep"', "free = true"), "'skip' or 'keep'"),
    "whole days": (MANY.replace('all_day = "skip"', 'all_day = "keep"'), "'ask', 'red' or 'skip'"),
    "metrics without a port": ('[metrics]\nlisten = "127.0.0.1"', "no address and port"),
    "metrics at a name": ('[metrics]\nlisten = "localhost:9464"', "no address and port"),
    "metrics at no port": ('[metrics]\nlisten = "127.0.0.1:99999"', "no address and port"),
    "metrics for everybody": ('[metrics]\nlisten = "0.0.0.0:9464"', "public = true"),
    "what is beyond": (MANY.replace('beyond = "free"', 'beyond = "busy"'), "'wait' or 'free'"),
}


@pytest.mark.parametrize(("text", "told"), BAD.values(), ids=BAD.keys())
def test_bad_input_is_a_problem_and_never_an_error(tmp_path: Path, text: str | bytes, told: str) -> None:
    """Whatever the file holds, it is told with a place and without a password."""
    service, problems = read(tmp_path, text)
    assert service is None
    assert problems
    assert told in problems[0].text
    assert all(p.file == "service.toml" and p.line >= 1 for p in problems)
    assert all("hush" not in str(p) for p in problems)


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    """With the path that was tried."""
    service, problems = read_service(tmp_path / "service.toml")
    assert service is None
    assert "No such file" in problems[0].text
    (tmp_path / "folder.toml").mkdir()
    assert read_service(tmp_path / "folder.toml")[0] is None


def test_an_empty_file_is_a_service_of_nothing(tmp_path: Path) -> None:
    """Nothing has to be written."""
    assert read(tmp_path, "") == (Service(), [])


def test_a_problem_of_the_policy_has_its_place(tmp_path: Path) -> None:
    """The same reader tells problems of policy.toml, in sites and lists too."""
    path = tmp_path / "policy.toml"
    path.write_text(
        '[clinician]\nname = "R. Example"\nhome_zone = "America/Chicago"\n\n[sites.lakeside-ed]\n'
        'stream = "per_diem"\nintensty = "high"\n\n[[credentials]]\nkind = "licence"\nstate = "Texas"\n',
        "utf-8",
    )
    read_back, problems = read_policy(path)
    assert read_back is None
    assert [(p.line, p.key) for p in problems] == [
        (7, "sites.lakeside-ed.intensty"),
        (11, "credentials[0].state"),
    ]
    assert problems[0].text == 'unknown key; did you mean "intensity"?'
    assert '"TX"' in problems[1].text


def test_unknown_sites_are_told(tmp_path: Path) -> None:
    """A sender of a site that the policy does not have."""
    service, _ = read(tmp_path, GOOD.replace('"lakeside-ed"', '"lakeside", "mesa-ed"'))
    assert service is not None
    (told,) = unknown_sites(service, policy())
    assert "lakeside is not in policy.toml" in told


def test_unknown_sites_of_calendars_are_told(tmp_path: Path) -> None:
    """The calendar's own, and those of its rules; each in the name of its calendar."""
    text = MANY.replace('site = "lakeside-ed"', 'site = "lakeside"').replace(
        'means = "red"', 'means = "shift"\nsite = "mesa"'
    )
    service, problems = read(tmp_path, text)
    assert service is not None
    assert problems == []
    told = list(unknown_sites(service, policy()))
    assert [one.partition("the site ")[2].partition(" ")[0] for one in told] == ["lakeside", "mesa"]
    assert all("schedule" in one for one in told)
    service, _ = read(tmp_path, MANY)
    assert service is not None
    assert list(unknown_sites(service, policy())) == []


def test_a_problem_of_a_rule_has_its_place(tmp_path: Path) -> None:
    """The line of the key, in a table of a table too."""
    _, problems = read(tmp_path, MANY.replace('means = "red"', 'means = "maybe"'))
    (problem,) = problems
    assert problem.key == "calendars[0].rules[1].means"
    assert problem.line == 1 + MANY[: MANY.index('means = "red"')].count("\n")


@pytest.mark.parametrize("key", ["url", "address"])
@pytest.mark.parametrize("text", ["https://x.example/hush", "webcal://x.example/hush", "x.example/hush"])
def test_a_feeds_address_is_never_quoted(tmp_path: Path, key: str, text: str) -> None:
    """Who has it can read the feed, wherever in the file it was written."""
    _, problems = read(tmp_path, MANY.replace('address = "feed-qgenda"', f'{key} = "{text}"'))
    assert problems
    assert all("hush" not in str(one) for one in problems)


def test_the_lexicon_knows_sites_by_all_their_names(tmp_path: Path) -> None:
    """Names and keys, zones, EMRs, and senders in lower case."""
    service, _ = read(tmp_path, GOOD)
    assert service is not None
    words = lexicon(policy(), service)
    assert words.site("lakeside-ed").names == ("Lakeside ED", "LKSD", "lakeside-ed")
    assert str(words.site("mesa-ed").zone) == "America/Phoenix"
    assert words.emrs == ("Athena", "Cerner", "Epic")
    assert [sender.address for sender in words.senders] == ["shifts@lakeside.example"]


# -- secrets ----------------------------------------------------------------------------------------------------


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    monkeypatch.delenv("SHIFTWARD_DAV_WORK", raising=False)
    (tmp_path / "secrets").mkdir()
    return tmp_path


def keep(path: Path, text: str, mode: int = 0o600) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    path.chmod(mode)


def test_places_are_asked_in_their_order(places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """systemd's credentials, then a file, then the environment."""
    monkeypatch.setenv("SHIFTWARD_DAV_WORK", "of the environment")
    assert secret("dav-work", places) == "of the environment"
    keep(places / "secrets" / "dav-work", "of the file\n")
    assert secret("dav-work", places) == "of the file"
    keep(places / "systemd" / "dav-work", "of systemd\n", 0o440)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(places / "systemd"))
    assert secret("dav-work", places) == "of systemd"
    assert secret("dav-work", places) == "of systemd"


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o644, 0o660, 0o601])
def test_a_file_that_others_may_read_is_refused(places: Path, mode: int) -> None:
    """Mode 0600 is demanded, the remedy is said, and the secret is not."""
    keep(places / "secrets" / "dav-work", "hush", mode)
    with pytest.raises(SecretMissingError, match="chmod 600") as caught:
        secret("dav-work", places)
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_file_for_its_owner_alone_is_read(places: Path, mode: int) -> None:
    """Readable by its owner and nobody else."""
    keep(places / "secrets" / "dav-work", "hush", mode)
    assert secret("dav-work", places) == "hush"


def test_a_missing_secret_tells_where_to_put_it(places: Path) -> None:
    """Both places are named."""
    with pytest.raises(SecretMissingError, match="SHIFTWARD_DAV_WORK") as caught:
        secret("dav-work", places)
    assert str(places / "secrets" / "dav-work") in str(caught.value)


def test_metrics_may_be_for_others_where_that_is_said(tmp_path: Path) -> None:
    """Addresses of both families; nothing listens by default."""
    service, problems = read(tmp_path, '[metrics]\nlisten = "[::]:9464"\npublic = true\n')
    assert problems == []
    assert service
    assert [str(part) for part in service.metrics.place] == ["::", "9464"]
    service, _ = read(tmp_path, "")
    assert service
    assert service.metrics.listen is None
