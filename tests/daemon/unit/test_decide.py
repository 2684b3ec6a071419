"""What the loop says of a decision: that a search broke off, among it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from daemon import service
from daemon.config import Settings
from daemon.sources import Places
from daemon.store import Store
from solver.solve import Plan, Problem, solve

POLICY = '[clinician]\nname = "R. Example"\nhome_zone = "America/Chicago"\n[goals]\n[caps]\n'


@pytest.mark.parametrize("trouble", ["", "RuntimeError: out of luck"])
def test_a_search_that_broke_off_is_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    """Its plan is published all the same; the log has one line more, and only then."""

    def breaks_off(problem: Problem, **limits: float) -> Plan:
        return replace(solve(problem, **limits), trouble=trouble)

    monkeypatch.setattr(service, "solve", breaks_off)
    config, state = tmp_path / "config", tmp_path / "state"
    for one in (config, state):
        one.mkdir()
    (config / "policy.toml").write_text(POLICY, "utf-8")
    (config / "service.toml").write_text("", "utf-8")
    with capture_logs() as lines:
        daemon = service.Daemon(Settings.read(config), Store.in_directory(state, None), Places(config, state))
        assert daemon.once()
        daemon.close()
    told = [(line["log_level"], line["reason"]) for line in lines if line["event"] == "decide.trouble"]
    assert told == ([("warning", trouble)] if trouble else [])
    assert [line["status"] for line in lines if line["event"] == "decided"] == ["optimal"]
