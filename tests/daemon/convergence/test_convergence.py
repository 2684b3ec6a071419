"""Whatever happens in between: in the end the phone shows what is wanted, and nobody's own event was touched.

A machine acts for the clinician with a phone, for the server, for the line to it and for the one who pulls the plug. It
knows nothing of how Shiftward works; what it expects is in `world`.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.daemon.convergence import phones
from tests.daemon.convergence.world import KINDS, Act, Mishap, Worlds

ROUNDS = 8
"""Looks one after the other, before all has to be as it is wanted."""

places = st.integers(0, 7)
acts = st.one_of(
    st.builds(Act, st.just("title"), places, st.sampled_from(["yes", "no", "ok", "maybe", "x"])),
    st.builds(Act, st.just("delete"), places),
    st.builds(Act, st.sampled_from(["text", "move"]), places, st.sampled_from(["", "a", "two\nlines"])),
    st.builds(Act, st.sampled_from(["alarm", "touch", "elsewhere"]), places),
    st.builds(Act, st.sampled_from(["add", "copy", "accept", "decline"]), places),
    st.builds(Act, st.sampled_from(["forget", "empty", "away"]), places),
    st.builds(Act, st.sampled_from(["one", "two", "pass"])),
)
mishaps = st.one_of(
    st.builds(Mishap, st.just("crash"), st.integers(1, 40)),
    st.builds(Mishap, st.sampled_from(["fail", "lost", "dead", "reject", "server"]), places),
    st.builds(Mishap, st.just("user"), places, acts),
    st.builds(Mishap, st.just("user"), places, acts),
)
changes = st.tuples(st.sampled_from(sorted(KINDS)), st.none() | st.integers(0, 7))
"""An entry, and in which variant it is wanted from now on."""


class Machine(RuleBasedStateMachine):
    """The world, made anew for each run."""

    worlds: Worlds

    @initialize(wished=st.lists(st.sampled_from(sorted(KINDS)), unique=True, max_size=6), two=st.booleans())
    def begin(self, wished: Sequence[str], two: bool) -> None:
        self.world = self.worlds(*wished, two=two)

    @rule(
        wished=st.lists(changes, max_size=3),
        acted=st.lists(acts, max_size=3),
        befell=st.lists(mishaps, max_size=3),
    )
    def look(
        self, wished: Sequence[tuple[str, int | None]], acted: Sequence[Act], befell: Sequence[Mishap]
    ) -> None:
        for name, variant in wished:
            if variant is None:
                self.world.unwish(name)
            else:
                self.world.wish(name, variant)
        for act in acted:
            self.world.act(act)
        self.world.cycle(*befell)

    @invariant()
    def all_is_in_order(self) -> None:
        if hasattr(self, "world"):
            self.world.check()

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.settle()


@pytest.mark.parametrize("worlds", phones.KINDS, indirect=True)
def test_in_the_end_the_phone_shows_what_is_wanted(worlds: Worlds) -> None:
    """After any course of wishes, acts and mishaps, a few quiet looks make all right, and the next writes nothing."""
    machine = type("Machine", (Machine,), {"worlds": worlds})
    examples = max(1, settings().max_examples // 10)
    run_state_machine_as_test(machine, settings=settings(max_examples=examples, stateful_step_count=ROUNDS))
