"""service.toml and secrets: every problem at once, each with its place and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.config import SecretMissingError, Service, lexicon, read_service, secret, unknown_sites
from policy.read import Problem, read_policy
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
    assert "'work', 'personal' or 'publish'" in problems[2].text
    assert str(problems[0]).startswith("service.toml:1: horizon_days = 3: write greater than or equal to 7")


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ('[mail]\nauthserve = "x"', "authserv"),
        ("horizon_day = 30", "horizon_days"),
        ('[[calendars]]\nname = "a"\nkind = "folder"\nrole = "work"\npath = "x"\npoll_ = 5', "poll"),
        ('[[sender]]\naddress = "a@b.example"', "senders"),
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
    "dav without url": (GOOD.replace('url = "https://calendar.example/work/"', ""), "needs the key url"),
    "folder without path": (GOOD.replace('path = "phone"', ""), "needs the key path"),
    "a password in the url": (GOOD.replace("calendar.example/", "me:hush@calendar.example/"), "password"),
    "a float where whole": ("horizon_days = 30.5", "integer"),
    "text for a switch": ('minimal_titles = "yes"', "boolean"),
    "an empty name": (GOOD.replace('name = "work"', 'name = ""'), "at least 1 character"),
    "a zone that is none": (GOOD + 'zone = "America/Nowhere"', "IANA zone"),
    "a zone that is a path": (GOOD + 'zone = "../../etc/passwd"', "IANA zone"),
    "NUL": ("horizon_days = 30\x00", "TOML"),
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
