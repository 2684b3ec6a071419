"""The system unit under a real systemd: installed, shut in, asked, reloaded, killed and taken away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.daemon.e2e.booted import SHIFTWARD, Booted, NoSystemdError
from tests.waiting import until

FEED = '[[calendars]]\nname = "roster"\nkind = "feed"\nrole = "work"\naddress = "roster-address"\n'
ADDRESS = "http://127.0.0.1:9/tok-hush-33.ics"


@pytest.fixture(scope="module")
def systemd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Booted]:
    """Booted, with the service installed by its own steps, and three people; one of them may ask."""
    try:
        with Booted.start(tmp_path_factory.mktemp("boot") / "base") as booted:
            said = booted.said(f"{SHIFTWARD} service install")
            assert "systemd-sysusers shiftward.conf" in said
            people = 'u ann - "Ann" /tmp\\nm ann shiftward\\nu zed - "Zed" /tmp\\n'
            booted.said(f"printf '{people}' > /etc/sysusers.d/people.conf")
            booted.said("systemd-sysusers shiftward.conf people.conf")
            booted.said(f"{SHIFTWARD} init --config /etc/shiftward --preset em-two-years-out")
            booted.said("systemd-tmpfiles --create shiftward.conf && systemctl daemon-reload")
            booted.said("mkdir -p /etc/systemd/system/shiftward.service.d")
            quick = "/etc/systemd/system/shiftward.service.d/quick.conf"
            booted.said(f"printf '[Service]\\nRestartSec=1\\n' > {quick} && systemctl daemon-reload")
            booted.said("systemctl enable --now shiftward")
            yield booted
    except NoSystemdError as error:
        pytest.skip(str(error))


def shows(systemd: Booted, key: str) -> str:
    return systemd.said(f"systemctl show --property={key} --value shiftward")


def _troubles(systemd: Booted) -> list[str | None]:
    facts = json.loads(systemd.said(f"{SHIFTWARD} status --json", "ann"))
    return [one["trouble"] for one in facts["sources"].values()]


def running(systemd: Booted) -> bool:
    return shows(systemd, "ActiveState") == "active"


def test_it_is_ready_and_shut_in(systemd: Booted) -> None:
    """systemd heard READY, rates the exposure at 1.3 or better, and nobody else sees store or configuration."""
    assert (shows(systemd, "ActiveState"), shows(systemd, "SubState")) == ("active", "running")
    assert "offers held" in shows(systemd, "StatusText")
    rated = systemd.said("systemd-analyze security --no-pager --threshold=13 shiftward.service")
    assert "Overall exposure level" in rated
    for path in ("/var/lib/private/shiftward", "/etc/shiftward/policy.toml"):
        assert systemd.run(f"cat {path} || ls {path}", "zed").returncode != 0
    assert systemd.said("cat /etc/shiftward/policy.toml", "ann")


def test_root_and_its_group_may_ask_and_nobody_else(systemd: Booted) -> None:
    """Without options, and without a way into the store; a copy of it belongs to who asked."""
    pid = int(shows(systemd, "MainPID"))
    for user in ("root", "ann"):
        facts = json.loads(systemd.said(f"{SHIFTWARD} status --json", user))
        assert facts["daemon"]["pid"] == pid
    systemd.said(f"{SHIFTWARD} backup /tmp/copy.db", "ann")
    assert systemd.said("stat -c %U:%a /tmp/copy.db") == "ann:600"
    stranger = systemd.run(f"{SHIFTWARD} status", "zed")
    assert stranger.returncode == 4
    assert "join its group" in stranger.stderr


def test_a_secret_comes_encrypted_and_is_told_to_nobody(systemd: Booted) -> None:
    """The feed's address reaches the daemon by LoadCredentialEncrypted, and neither log nor status holds it."""
    systemd.said("mkdir -p /etc/credstore.encrypted")
    sealed = "/etc/credstore.encrypted/shiftward.roster-address"
    systemd.said(
        f"printf %s {ADDRESS} | systemd-creds encrypt --with-key=host --name=roster-address - {sealed}"
    )
    systemd.said(
        f"printf '[Service]\\nLoadCredentialEncrypted=roster-address:{sealed}\\n'"
        " > /etc/systemd/system/shiftward.service.d/secret.conf"
    )
    systemd.said(f"printf '%s' '{FEED}' >> /etc/shiftward/service.toml")
    systemd.said("systemctl daemon-reload && systemctl restart shiftward")
    until(lambda: _troubles(systemd)[0], "it was asked, at an address where nobody is")
    found = json.loads(systemd.run(f"{SHIFTWARD} doctor --json").stdout)
    assert [each["text"] for each in found if each["about"] == "credentials"] == [
        "roster-address: systemd gives it to the service"
    ]
    assert [each for each in found if each["state"] == "problem"] == []
    assert "hush" not in systemd.said("journalctl --unit shiftward --no-pager") + json.dumps(found)


def test_it_is_reloaded_and_comes_back_when_it_is_killed(systemd: Booted) -> None:
    """A reload keeps the process; after a kill -9 systemd starts another on the same store."""
    pid = shows(systemd, "MainPID")
    systemd.said("systemctl reload shiftward")
    assert (shows(systemd, "MainPID"), running(systemd)) == (pid, True)
    systemd.said("systemctl kill --signal=KILL shiftward")
    until(lambda: shows(systemd, "MainPID") not in (pid, "0") and running(systemd), "another runs")
    assert json.loads(systemd.said(f"{SHIFTWARD} status --json", "ann"))["daemon"]["running"]


def test_it_ends_soon_and_is_taken_away(systemd: Booted) -> None:
    """Stopped without being killed; while it is enabled its files stay, and then they go; configuration and store stay."""
    systemd.said("systemctl stop shiftward")
    assert shows(systemd, "Result") == "success", "systemd had to kill it"
    assert systemd.run("ls /run/shiftward").returncode != 0
    refused = systemd.run(f"{SHIFTWARD} service uninstall")
    assert refused.returncode == 4
    assert "systemctl disable" in refused.stderr
    systemd.said("systemctl disable shiftward")
    assert systemd.said(f"{SHIFTWARD} service uninstall").count("took away") == 3
    systemd.said("ls /etc/shiftward/policy.toml /var/lib/private/shiftward/shiftward.db")
    assert Path("/run/shiftward").exists() is False, "nothing of it was done to the machine itself"
