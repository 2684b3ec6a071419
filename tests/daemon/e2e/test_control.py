"""Commands beside a daemon whose store they may not read: everything goes by way of its socket."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from pathlib import Path

import pytest

from tests.daemon.e2e.harness import LAKESIDE, World, run_command


class Outside:
    """Somebody with a way to the socket, and to nothing else: no configuration, and an empty state directory."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.state = world.root / "outside"
        self.state.mkdir()
        (self.state / "control.sock").symlink_to(world.state / "control.sock")

    def __call__(self, *args: str | Path) -> subprocess.CompletedProcess[str]:
        done = run_command(self.world.root, *args, "--state", self.state)
        assert "Traceback" not in done.stderr
        assert [path.name for path in self.state.iterdir()] == ["control.sock"]
        return done


@pytest.fixture
def outside(month: World) -> Outside:
    return Outside(month)


def test_every_command_works_by_the_socket(month: World, outside: Outside) -> None:
    """The same facts as from the store; an answer wakes the daemon; a copy of the store can be put back."""
    facts = json.loads(outside("status", "--json").stdout)
    assert facts["daemon"]["pid"] == month.process.pid if month.process else False
    assert facts["held"] == month.facts()["held"]
    assert json.loads(outside("offers", "--json").stdout) == facts["offers"]
    day, slot = (next(key for key in facts["held"] if f"{month.day(n):%m%d}" in key) for n in (17, 23))
    assert outside("why", day).stdout.startswith("held")
    facts = json.loads(outside("why", day, "--json").stdout)
    assert (facts["offer"], facts["held"]) == (day, True)
    assert outside("decline", day).stdout == f"{day}: declined\n"
    month.until(lambda: month.hold(17) is None, "the hold is gone")
    assert outside("accept", slot).stdout == f"{slot}: accepted\n"
    month.until(lambda: month.titled("YES"), "the offer is taken")
    copy = month.root / "copy.db"
    assert outside("backup", copy).returncode == 0
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert sorted(path.name for path in month.state.glob(".copy-*")) == []
    assert month.stop() == 0
    assert outside("status").returncode == 1, (
        "without a daemon there is only the configuration, and that is none"
    )
    assert month.command("restore", copy).returncode == 0
    assert month.facts()["offers"][day] == "declined"


def test_a_question_is_settled_by_the_socket(month: World, outside: Outside) -> None:
    """The line that a message left open is found, refused while it stays open, and becomes an offer."""
    month.mail("odd", LAKESIDE, f"{month.us(21)} 8-8 LKSD $2,500\n")
    month.until(lambda: len(month.log("inbox.received")) >= 2, "the mail is read")
    (one,) = json.loads(outside("offers", "--review", "--json").stdout)["review"]
    assert outside("settle", one["id"], "8-8 LKSD").returncode == 1
    assert outside("settle", one["id"], f"{month.us(21)} 8a-8p LKSD $2,500").returncode == 0
    month.until(lambda: month.hold(21), "it is held")
    assert outside("offers", "--message", one["id"]).returncode == 1, "messages are not kept by default"
    assert outside("believe", "duty").returncode == 1


def test_a_no_sounds_the_same_by_the_socket_and_from_the_store(month: World, outside: Outside) -> None:
    """Exit codes and sentences do not depend on the way."""
    calls = (
        ("why", "nobody-0101"),
        ("accept", "nobody-0101"),
        ("settle", "nobody", "--nothing"),
        ("believe", "duty"),
    )
    near = [(done.returncode, done.stderr) for done in (outside(*args) for args in calls)]
    assert month.stop() == 0
    assert near == [(done.returncode, done.stderr) for done in (month.command(*args) for args in calls)]
    assert [code for code, _ in near] == [1, 1, 1, 1]


def test_who_names_another_configuration_is_not_answered(month: World, tmp_path: Path) -> None:
    """`--config` means the files in it: the daemon of other files does not speak for them."""
    other = tmp_path / "other"
    other.mkdir()
    for name in ("policy.toml", "service.toml"):
        (other / name).write_bytes((month.config / name).read_bytes())
    text = (other / "policy.toml").read_text("utf-8").replace("nights_per_month = 6", "nights_per_month = 5")
    (other / "policy.toml").write_text(text, "utf-8")
    args = ("status", "--json", "--state", month.state)
    caps = [
        {one["nights"]["cap"] for one in json.loads(done.stdout)["counters"].values()}
        for done in (
            run_command(month.root, *args, "--config", other),
            run_command(month.root, *args, "--config", month.config),
            run_command(month.root, *args),
        )
    ]
    assert caps == [{5}, {6}, {6}]


def test_the_socket_is_gone_with_the_daemon(month: World) -> None:
    """While it runs, only its owner may use it; after a good end nothing is left of it."""
    path = month.state / "control.sock"
    assert stat.S_IMODE(os.lstat(path).st_mode) == 0o600
    assert month.stop() == 0
    assert not path.exists()
