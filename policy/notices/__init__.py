"""What is watched beside the plan: papers, money, work, dates. Pure; one module a topic."""

from __future__ import annotations

from policy.notices.base import Facts, Lost, Notice, Watcher
from policy.notices.dates import days
from policy.notices.money import moneys
from policy.notices.papers import papers
from policy.notices.patterns import patterns
from policy.notices.work import works

__all__ = ["IDS", "Facts", "Lost", "Notice", "notices"]

WATCHERS: tuple[Watcher, ...] = (papers, moneys, works, patterns, days)
IDS = frozenset(
    "credential-due cme-hours malpractice-due malpractice-open local-privileges contract-end licence-idle offers-lost"
    " packet-incomplete tax-quarter net-1099 reserve anchor under-anchored concentration if-vanished lifestyle target"
    " ceiling transition-ready running-hot record-systems workless-gap hands-on-gap overtime one-risk-twice volume-drop"
    " red-flag site-review regulatory pause-ends reminder annual-review over-committed compliance own-malpractice"
    " privileges-activity pay-too-good".split()
)
"""The names that `notices.off` may hold."""


def notices(facts: Facts) -> list[Notice]:
    """Every notice that is so on `facts.today`, but for those that are not wanted; each id and key once."""
    off = facts.policy.notices.off
    found = {(one.id, one.key): one for watcher in WATCHERS for one in watcher(facts) if one.id not in off}
    return [found[key] for key in sorted(found)]
