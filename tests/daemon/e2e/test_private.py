"""The search through every log finds what it has to find."""

from __future__ import annotations

import json

import pytest

from tests.daemon.e2e.harness import LAKESIDE, PASSWORD, World
from tests.daemon.e2e.private import betrayed, words

PLANTED = {
    "a part of the clinician's name": "Averbeck",
    "a site by its name": "Lakeside ED",
    "a site by its key": "harbor-tele",
    "a title": "Wombat recital",
    "a word of a title": "Zebulon",
    "a line of a message": "Psst, one gap for you:",
    "a subject": "Subject of night",
    "an amount": "2,600",
    "an address": "shifts@lakeside.example",
    "a sender": "Marla",
    "a password": PASSWORD,
    "a calendar's address": "http://127.0.0.1:1/x",
    "a file of mail": "night.eml",
    "a user": "quill",
    "an event that is gone": "Marmalade brunch",
    "a former policy": "Brindle",
    "a source by its name": "duty",
}


@pytest.fixture
def furnished(world: World) -> World:
    world.write_policy(world.policy.replace("Averbeck", "Brindle"))
    world.write_policy(world.policy.replace("Brindle", "Averbeck"))
    world.furnish()
    world.put("personal", "r2", "Marmalade brunch", world.day(6), world.day(7))
    world.remove(world.path("personal", "r2.ics"))
    world.mail("night2", LAKESIDE, "Psst, one gap for you:\n")
    return world


def test_whatever_is_private_is_found_in_a_log(furnished: World) -> None:
    """Each kind, planted into a line of a log, is found; what logs may tell is not."""
    fine = {"event": "source.failing", "source": "4f1c9a2e", "reason": "status 503", "level": "warning"}
    private = words(furnished)
    assert betrayed(json.dumps(fine), private) == []
    for kind, word in PLANTED.items():
        assert betrayed(json.dumps({**fine, "reason": f"because of {word}"}), private), kind
