"""templates/NAME.toml: what is special about one sender makes them exact, and proves itself by messages."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bench.reader_score import CORPORA, WRONG, marked
from connectors.offers.mime import parse
from connectors.offers.reader import read_message
from daemon.config import ConfigError
from daemon.readings import to_json
from daemon.templates import TemplateFile, draft, read_templates
from tests.daemon.unit.mailroom import AGENCY, LAKESIDE, SERVICE, Invite, Mailroom, at, calendar, message

USING = SERVICE.replace(f'address = "{AGENCY}"\n', f'address = "{AGENCY}"\ntemplate = "agency"\n')


@pytest.fixture
def room(tmp_path: Path) -> Mailroom:
    made = Mailroom(tmp_path)
    (tmp_path / "templates" / "agency.toml").write_text("", "utf-8")
    made.configure(USING)
    return made


def template(room: Mailroom, text: str) -> None:
    (room.root / "templates" / "agency.toml").write_text(text, "utf-8")


def read(room: Mailroom, raw: bytes) -> dict[str, Any]:
    """What the command reads, as the files stand."""
    path = room.root / "one.eml"
    path.write_bytes(raw)
    return to_json(read_message(raw, room.settings.lexicon))


def facts(told: dict[str, Any]) -> list[tuple[str, str, str, str | None, list[str]]]:
    return [
        (
            shift["site"],
            shift["start"][5:16],
            shift["end"][11:16],
            f"{shift['pay']['amount']}/{shift['pay']['unit']}" if shift["pay"] else None,
            shift["needs_review"],
        )
        for shift in told["shifts"]
    ]


NIGHT: tuple[str, str, str, str | None, list[str]] = (
    "lakeside-ed",
    "01-04T19:00",
    "07:00",
    "2400.00/shift",
    [],
)


@pytest.mark.parametrize(
    ("text", "body", "found"),
    [
        ('site = "lakeside-ed"', "Mon 1/4 7p-7a $2400", [NIGHT]),
        ('[aliases]\n"Big House" = "lakeside-ed"', "Mon 1/4 7p-7a Big House $2400", [NIGHT]),
        ('[codes]\n"N9" = "19:00-07:00"', "Mon 1/4 N9 LKSD $2400", [NIGHT]),
        ('[codes]\n"N9" = "19:00-07:00"\n[aliases]\n"BH" = "lakeside-ed"', "Mon 1/4 N9 BH $2400", [NIGHT]),
        ('words = ["zephyr"]', "Mon 1/4 7p-7a LKSD zephyr $2400", [NIGHT]),
        ('ignore = ["*last year*"]', "Mon 1/5 7p-7a LKSD last year\nMon 1/4 7p-7a LKSD $2400", [NIGHT]),
        ('pay = "2400/shift"', "Mon 1/4 7p-7a LKSD", [NIGHT]),
        ('pay = "99/hour"', "Mon 1/4 7p-7a LKSD $2400", [NIGHT]),
        ('pay = "200.50 / hour"', "Mon 1/4 7p-7a LKSD", [(*NIGHT[:3], "200.50/hour", [])]),
        ("[plausible]\nhourly = [150, 250]", "Mon 1/4 7p-7a LKSD $2400", [NIGHT]),
        ("[plausible]\nhourly = [150, 199]", "Mon 1/4 7p-7a LKSD $2400", [(*NIGHT[:4], ["pay"])]),
        (
            "[plausible]\nhourly = [201, 250]",
            "Mon 1/4 7p-7a LKSD $200/hr",
            [(*NIGHT[:3], "200.00/hour", ["pay"])],
        ),
        ("[plausible]\nlasting = [8, 12]", "Mon 1/4 7p-7a LKSD $2400", [NIGHT]),
        ("[plausible]\nlasting = [8, 11]", "Mon 1/4 7p-7a LKSD $2400", [(*NIGHT[:4], ["hours"])]),
        ('hours = "19:00-07:00"', "Mon 1/4 LKSD $2400", [NIGHT]),
        ('hours = "07:00-19:00"', "Reply by 12/20, please.\nMon 1/4 7p-7a LKSD $2400", [NIGHT]),
        ('layout = "table"', "Mon 1/4 7p-7a LKSD $2400", [(*NIGHT[:4], ["layout"])]),
        ('layout = "list"', "Mon 1/4 7p-7a LKSD $2400", [NIGHT]),
        ('reject = ["*pharmac*"]', "Mon 1/4 7p-7a LKSD $2400\nFor our pharmacists", []),
        ('zone = "America/Chicago"', "Mon 1/4 7p-7a LKSD $2400", [NIGHT]),
    ],
)
def test_what_a_template_settles(room: Mailroom, text: str, body: str, found: list[Any]) -> None:
    """Each key makes exact, or asks about, what was otherwise: without it the same line is read in another way."""
    raw = message(f"{body}\n", sender=AGENCY)
    before = read(room, raw)
    template(room, text)
    told = read(room, raw)
    assert facts(told) == found
    assert told["unresolved"] == []
    alike = (facts(before), before["unresolved"]) == (found, [])
    idle = ("hourly = [150, 250]", "[8, 12]", "99/hour", '"list"', '"07:00-19:00"', "zone")
    assert alike == any(one in text for one in idle)


@pytest.mark.parametrize("phrase", ["Mon 1/4 7p-7a LKSD off the board", "Mon 1/4 7p-7a LKSD OFF THE BOARD"])
def test_a_sender_has_words_of_their_own_for_filled(room: Mailroom, phrase: str) -> None:
    """`closed` are patterns for whole lines, in any letters."""
    template(room, 'closed = ["*off the board"]')
    told = read(room, message(f"{phrase}\n", sender=AGENCY))
    assert [(one["status"], one["needs_review"]) for one in told["shifts"]] == [("withdrawn", [])]


def test_headings_of_their_own_are_understood(room: Mailroom) -> None:
    """A table whose columns have other names than most."""
    raw = message(
        "<table><tr><th>Tag</th><th>Einsatz</th><th>Haus</th><th>Honorar</th></tr>"
        "<tr><td>Mon 1/4</td><td>7p-7a</td><td>LKSD</td><td>$2400</td></tr></table>",
        sender=AGENCY,
        html=True,
    )
    template(room, '[columns]\nTag = "date"\nEinsatz = "hours"\nHaus = "site"\nHonorar = "pay"\n')
    assert facts(read(room, raw)) == [NIGHT]


def test_time_to_answer_is_counted_from_when_it_was_sent(room: Mailroom) -> None:
    """Where the message names no deadline; its own holds."""
    template(room, "respond_within = 36")
    for body, due in (
        ("Mon 1/4 7p-7a LKSD $2400", "2026-12-15T21:00:00-06:00"),
        ("Mon 1/4 7p-7a LKSD $2400, reply by 12/20 5pm", "2026-12-20T17:00:00-06:00"),
    ):
        told = read(room, message(f"{body}\n", sender=AGENCY))
        assert [one["respond_by"] for one in told["shifts"]] == [due]


@pytest.mark.parametrize(
    ("order", "start"), [("mdy", "2027-02-03T19:00:00-06:00"), ("dmy", "2027-03-02T19:00:00-06:00")]
)
def test_the_order_of_dates_is_the_senders(room: Mailroom, order: str, start: str) -> None:
    """02/03 is asked about, until service.toml says how they mean it."""
    raw = message("02/03 19:00-07:00 LKSD $2400\n", sender=AGENCY)
    section = f'address = "{AGENCY}"\nsites = ["lakeside-ed", "pinecrest-uc"]\ndate_order = '
    assert f'{section}"mdy"' in SERVICE
    room.configure(SERVICE.replace(f'{section}"mdy"', f'{section}"{order}"'))
    assert [one["start"] for one in read(room, raw)["shifts"]] == [start]
    room.configure(SERVICE.replace(f'{section}"mdy"', section.removesuffix("date_order = ")))
    asked = read(room, raw)
    assert asked["unresolved"] or all(one["needs_review"] for one in asked["shifts"])


def test_the_zone_is_the_senders(room: Mailroom) -> None:
    """Times in theirs are another instant than in the site's."""
    raw = message("Mon 1/4 7p-7a LKSD $2400\n", sender=AGENCY)
    for more, start in (
        ("", at("2027-01-04 19:00")),
        ('zone = "America/New_York"\n', at("2027-01-04 18:00")),
    ):
        room.configure(SERVICE.replace(f'address = "{AGENCY}"\n', f'address = "{AGENCY}"\n{more}'))
        assert [datetime.fromisoformat(one["start"]) for one in read(room, raw)["shifts"]] == [start]


LAYOUTS = {
    "list": "Mon 1/4 7p-7a LKSD $2400\n",
    "table": (
        "<table><tr><th>Date</th><th>Hours</th><th>Site</th><th>Pay</th></tr>"
        "<tr><td>Mon 1/4</td><td>7p-7a</td><td>LKSD</td><td>$2400</td></tr></table>"
    ),
    "blocks": "Date: Mon 1/4\nHours: 7p-7a\nSite: LKSD\nPay: $2400\n",
    "invitation": "You are invited.\n",
}


def laid_out(layout: str) -> bytes:
    """The same night, told in one of the ways."""
    ics = calendar("REQUEST", Invite(organizer=AGENCY, description="Pay: $2400 per shift"))
    told = ics if layout == "invitation" else ""
    return message(LAYOUTS[layout], sender=AGENCY, html=layout == "table", ics=told)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_that_is_declared_is_read_and_no_other(room: Mailroom, layout: str) -> None:
    """Everything told in another way is asked about, and nothing is offered of it."""
    template(room, f'layout = "{layout}"')
    for told in LAYOUTS:
        found = facts(read(room, laid_out(told)))
        assert found == [(*NIGHT[:4], [] if told == layout else ["layout"])], told


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_draft_names_the_layout(room: Mailroom, layout: str) -> None:
    """That of the message that it was drafted from."""
    assert f'# layout = "{layout}"' in draft(laid_out(layout), room.settings.lexicon)


@pytest.mark.parametrize(
    ("text", "pay", "found"),
    [
        ('currency = "CAD"', "$2400", ("2400.00", "CAD")),
        ('currency = "EUR"', "$2400", ("2400.00", "USD")),
        ('currency = "EUR"', "€2400", ("2400.00", "EUR")),
        ('currency = "EUR"\npay = "90/hour"', "", ("90.00", "EUR")),
        ('pay = "90/hour"', "", ("90.00", "USD")),
    ],
)
def test_pay_is_in_the_senders_currency(room: Mailroom, text: str, pay: str, found: tuple[str, str]) -> None:
    """A bare $ is their dollar; what is written with another sign is that."""
    template(room, text)
    (shift,) = read(room, message(f"Mon 1/4 7p-7a LKSD {pay}\n", sender=AGENCY))["shifts"]
    assert (shift["pay"]["amount"], shift["pay"]["currency"]) == found


def test_an_emr_is_that_of_the_template_where_none_is_named(room: Mailroom) -> None:
    """In lines and in invitations."""
    template(room, 'emr = "Epic"')
    for layout in LAYOUTS:
        assert [one["emr"] for one in read(room, laid_out(layout))["shifts"]] == ["Epic"], layout


def test_the_order_and_the_zone_of_a_template_go_before_the_senders(room: Mailroom) -> None:
    """One of their systems writes days first, and in UTC."""
    raw = message("02/03 19:00-07:00 LKSD $2400\n", sender=AGENCY)
    template(room, 'date_order = "dmy"\nzone = "UTC"')
    assert [one["start"] for one in read(room, raw)["shifts"]] == ["2027-03-02T19:00:00+00:00"]


# -- several templates of one sender ---------------------------------------------------------------------------------------


@pytest.fixture
def two(room: Mailroom) -> Mailroom:
    """A digest by a mailing list, rotas by subject, and what is neither."""
    room.configure(
        USING.replace('template = "agency"\n', 'template = ["digest", "rota", "agency"]\n'),
    )
    for name, text in (
        ("digest", 'pay = "201/hour"\nmatch = { list_id = "*.agency.example" }'),
        ("rota", 'pay = "202/hour"\nmatch = { subject = "*rota*", from = "*@agency.example" }'),
        ("agency", 'pay = "203/hour"'),
    ):
        (room.root / "templates" / f"{name}.toml").write_text(text, "utf-8")
    return room


@pytest.mark.parametrize(
    ("list_id", "subject", "pay"),
    [
        ("", "Shifts", "203.00"),
        ("", "The ROTA of January", "202.00"),
        ("Open shifts <open.agency.example>", "The rota", "201.00"),
        ("<open.agency.example>", "Shifts", "201.00"),
        ("Open <open.agency.example.net>", "Shifts", "203.00"),
        ("open.agency.example <elsewhere.example>", "Shifts", "203.00"),
    ],
)
def test_the_first_template_that_fits_holds(two: Mailroom, list_id: str, subject: str, pay: str) -> None:
    """By the name of a mailing list, not its description, and by the subject, in any letters."""
    raw = message("Mon 1/4 7p-7a LKSD\n", sender=AGENCY, subject=subject)
    raw = f"List-Id: {list_id}\n".encode() + raw if list_id else raw
    assert [one["pay"]["amount"] for one in read(two, raw)["shifts"]] == [pay]


def test_a_template_behind_one_that_fits_all_is_told(two: Mailroom) -> None:
    """It would never be used."""
    (two.root / "templates" / "digest.toml").write_text("", "utf-8")
    with pytest.raises(ConfigError) as caught:
        _ = two.settings
    (problem,) = caught.value.problems
    assert "digest" in problem
    assert "[match]" in problem


def test_a_template_speaks_for_its_sender_alone(room: Mailroom) -> None:
    """Another's message with the same words is read as before."""
    template(room, 'words = ["zephyr"]\npay = "9/hour"')
    for sender, review in ((AGENCY, []), (LAKESIDE, ["wording"])):
        told = read(room, message("Mon 1/4 7p-7a LKSD zephyr $2400\n", sender=sender))
        assert [one["needs_review"] for one in told["shifts"]] == [review]


# -- what is no template -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("alias = {}\n", ("alias", "aliases")),
        ('[codes]\n"N9" = "19-7"\n', ("codes",)),
        ('[codes]\n"N9" = "25:00-07:00"\n', ("codes",)),
        ('[columns]\nTag = "day"\n', ("columns",)),
        ('[columns]\nTag = "choose"\n', ("columns", "choose")),
        ('pay = "2400"\n', ("pay",)),
        ('pay = "-5/hour"\n', ("pay",)),
        ("respond_within = 0\n", ("respond_within",)),
        ('match = { list = "x" }\n', ("match", "list_id")),
        ('layout = "grid"\n', ("layout", "table")),
        ('date_order = "ymd"\n', ("date_order", "mdy")),
        ('zone = "Chicago"\n', ("zone",)),
        ('hours = "7-19"\n', ("hours",)),
        ('currency = "$"\n', ("currency",)),
        ('reject = "x"\n', ("reject",)),
        ("[plausible]\nhourly = [400, 150]\n", ("hourly", "lower")),
        ("[plausible]\nlasting = [4]\n", ("lasting",)),
        ('words = "zephyr"\n', ("words",)),
        ('[aliases]\n"Big House" = "oak-hollow"\n', ("oak-hollow", "policy.toml")),
        ('site = "oak-hollow"\n', ("oak-hollow", "policy.toml")),
        ("words = [\n", ("agency.toml",)),
        ('pay = "1/hour"\npay = "2/hour"\n', ("agency.toml",)),
    ],
)
def test_what_is_wrong_in_a_template_is_told(room: Mailroom, text: str, words: tuple[str, ...]) -> None:
    """By file, key and remedy; nothing is started with it."""
    template(room, text)
    told = room.command("check")
    assert told.returncode == 1
    assert "Traceback" not in told.stderr
    for word in words:
        assert word in told.stdout + told.stderr


def test_a_template_that_is_not_there_is_told(room: Mailroom) -> None:
    """With the file it was sought in."""
    (room.root / "templates" / "agency.toml").unlink()
    told = room.command("check")
    assert told.returncode == 1
    assert "agency.toml" in told.stdout + told.stderr


# -- messages that prove it ----------------------------------------------------------------------------------------------------

BODY = "Mon 1/4 N9 BH zephyr $2400\nWed 1/6 N9 BH off the board\n"
WHOLE = """
words = ["zephyr"]
closed = ["*off the board"]
[codes]
N9 = "19:00-07:00"
[aliases]
BH = "lakeside-ed"
[[fixtures]]
message = "agency/one.eml"
expect = "agency/one.json"
"""


@pytest.fixture
def proved(room: Mailroom) -> Mailroom:
    """A template with a message, and what the command read of it when somebody had looked."""
    template(room, WHOLE)
    folder = room.root / "templates" / "agency"
    folder.mkdir()
    (folder / "one.eml").write_bytes(message(BODY, sender=AGENCY))
    told = room.read(folder / "one.eml", "--json")
    (folder / "one.json").write_text(told.stdout, "utf-8")
    return room


def test_fixtures_that_still_read_the_same_are_no_problem(proved: Mailroom) -> None:
    """Checked with everything else."""
    assert facts(json.loads((proved.root / "templates/agency/one.json").read_text("utf-8"))) == [
        NIGHT,
        ("lakeside-ed", "01-06T19:00", "07:00", None, []),
    ]
    told = proved.command("check")
    assert told.returncode == 0, told.stdout
    assert "templates/" not in told.stdout


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('words = ["zephyr"]\n', ""),
        ('"19:00-07:00"', '"19:00-06:00"'),
        ('closed = ["*off the board"]\n', ""),
        ('BH = "lakeside-ed"', 'BH = "pinecrest-uc"'),
    ],
)
def test_a_template_that_was_changed_for_the_worse_is_told(proved: Mailroom, old: str, new: str) -> None:
    """Its message is read another way, and `check` names both."""
    assert old in WHOLE
    template(proved, WHOLE.replace(old, new))
    told = proved.command("check")
    assert told.returncode == 1
    assert "agency/one.eml" in told.stdout
    assert "agency.toml" in told.stdout


@pytest.mark.parametrize("name", ["one.eml", "one.json"])
@pytest.mark.parametrize("how", ["gone", "folder", "binary"])
def test_a_fixture_that_cannot_be_read_is_told(proved: Mailroom, name: str, how: str) -> None:
    """And is no reason to stop checking."""
    path = proved.root / "templates" / "agency" / name
    path.unlink()
    if how == "folder":
        path.mkdir()
    elif how == "binary":
        path.write_bytes(b"\xff\xfe\x00{")
    told = proved.command("check")
    assert told.returncode == 1
    assert "Traceback" not in told.stderr
    assert "agency/one.eml" in told.stdout


def test_the_page_of_all_keys_is_a_template(room: Mailroom) -> None:
    """What docs/templates.md shows can be written, and has every key that there is."""
    page = (Path(__file__).parents[3] / "docs" / "templates.md").read_text("utf-8")
    text = page.split("```toml\n")[2].split("```")[0]
    (room.root / "templates" / "agency.toml").write_text(text, "utf-8")
    templates, problems = read_templates(room.root, ["agency"])
    assert [str(one) for one in problems] == []
    assert templates["agency"].model_fields_set == TemplateFile.model_fields.keys()


# -- a draft ---------------------------------------------------------------------------------------------------------------------

MESSAGES = [(corpus, path) for corpus in CORPORA for path in corpus.messages]


@pytest.mark.parametrize("part", range(6))
def test_a_draft_can_be_loaded_and_asserts_nothing_that_was_asked(tmp_path: Path, part: int) -> None:
    """Of any message: as it stands, unmended, it makes nothing wrong of the message that it was drafted from."""
    (tmp_path / "templates").mkdir()
    for corpus, path in MESSAGES[part::6]:
        raw, words = path.read_bytes(), corpus.lexicon()
        (tmp_path / "templates" / "one.toml").write_text(draft(raw, words), "utf-8")
        templates, problems = read_templates(tmp_path, ["one"])
        assert [str(one) for one in problems] == [], path.name
        sender = parse(raw).sender
        senders = tuple(
            replace(one, templates=(templates["one"].plain(),)) if one.address.lower() == sender else one
            for one in words.senders
        )
        gold = json.loads(path.with_suffix(".json").read_text("utf-8"))
        before, after = (
            {
                str(one)
                for one in marked(path.stem, gold, to_json(read_message(raw, lexicon))).findings
                if one.what in WRONG
            }
            for lexicon in (words, replace(words, senders=senders))
        )
        assert after <= before, path.name


ODD = 'Mon 1/4 XQ Old "Mill" \\ House 7p-7a \u00e9l\u00e8ve \x7f\x01 wombat $2400\n'


def test_a_draft_is_mended_by_hand_and_makes_the_sender_exact(room: Mailroom) -> None:
    """The words that it lists, once somebody took the marks away, settle the line that it was drafted from."""
    raw = message("Mon 1/4 7p-7a LKSD lovely zephyr night $2400\n", sender=AGENCY)
    assert facts(read(room, raw))[0][4] == ["wording"]
    path = room.root / "one.eml"
    told = room.read(path, "--learn").stdout
    assert "zephyr" in told
    template(
        room, "\n".join(line.removeprefix("# ") if "words = " in line else line for line in told.splitlines())
    )
    assert facts(read(room, raw)) == [NIGHT]


def test_a_draft_of_odd_words_can_be_loaded(room: Mailroom) -> None:
    """Quotes, backslashes and control characters of a message are text in it."""
    path = room.root / "odd.eml"
    path.write_bytes(message(ODD, sender=AGENCY))
    text = room.read(path, "--learn").stdout
    template(room, text)
    assert read_templates(room.root, ["agency"])[1] == []
    uncommented = [
        line.removeprefix("# ") if line.startswith(("# words", '# "')) and "…" not in line else line
        for line in text.splitlines()
    ]
    template(room, "\n".join(uncommented).replace("# [codes]", "[codes]"))
    assert [str(one) for one in read_templates(room.root, ["agency"])[1]] == []
