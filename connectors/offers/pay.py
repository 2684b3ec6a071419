"""Which of the amounts on a line is the clinician's pay."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from connectors.offers.reading import Money, Unit
from connectors.offers.tokens import Hours, RawMoney, Token

SMALLEST_SHIFT_PAY = Decimal(600)
"""A bare amount from here on is a shift's; below it may as well be an hour's, and is asked about."""


def pick(tokens: Sequence[Token], hint: Unit | None = None) -> tuple[Money | None, bool]:
    """The pay (None where no amount is one), and whether a person would have to ask.

    What is said to be theirs comes first, then a guarantee, then the one amount that nothing else claims.
    """
    raws = [token.value for token in tokens if isinstance(token.value, RawMoney)]
    guaranteed = any(raw.role == "guarantee" for raw in raws)
    for wanted in (
        # `You earn $75 per visit, guaranteed minimum $140/hr`: theirs is both, and what comes in any case is told.
        [raw for raw in raws if raw.clear and not (guaranteed and raw.unit == "visit")],
        [raw for raw in raws if raw.role == "guarantee"],
        [raw for raw in raws if raw.role == "pay"],
    ):
        if wanted and wanted[0].role == "guarantee" and not wanted[0].clear:
            # A guarantee settles what a visit pays; beside a rate by the hour it may be about anything.
            rates = {raw.unit for raw in raws if raw.role == "pay"} - {"visit", None}
            if rates and rates != {raw.unit for raw in wanted}:
                return None, True
        found = {(raw.amount, raw.unit or hint, raw.currency) for raw in wanted}
        if len(found) > 1:
            return None, True
        if found:
            ((amount, unit, currency),) = found
            if unit is None and amount < SMALLEST_SHIFT_PAY:
                return None, True
            return Money(amount, unit or "shift", currency), False
    # By the week or the month: what of it a shift is worth, nobody can say.
    return None, any(raw.role == "unclear" for raw in raws)


def is_pay(token: Token) -> bool:
    return isinstance(token.value, RawMoney) and token.value.role in ("pay", "guarantee")


def told_twice(tokens: Sequence[Token]) -> tuple[Token, Token] | None:
    """`$200/hr, so $2,400 a shift`: the two amounts, where one is by the hour and the other of the whole shift, or of all."""
    own = [token for token in tokens if is_pay(token)]
    if len(own) != 2:
        return None
    first, second = (token.value for token in own)
    assert isinstance(first, RawMoney)
    assert isinstance(second, RawMoney)
    rate, whole = (first, second) if first.unit == "hour" else (second, first)
    plain = rate.unit == "hour" and whole.unit in (None, "shift", "day", "block")
    apart = plain and whole.amount >= 3 * rate.amount and rate.currency == whole.currency
    return (own[0], own[1]) if apart and first.role == second.role else None


def agree(first: Money, second: Money, hours: Hours, shifts: int) -> bool:
    """Whether the whole is what the rate comes to over these hours, give or take a break; of all shifts, or of one."""
    rate, whole = (first.amount, second.amount) if first.unit == "hour" else (second.amount, first.amount)
    minutes = (hours.end - hours.start) % (24 * 60) or 24 * 60
    return any(
        rate * (minutes - LONGEST_BREAK) * count <= whole * 60 <= rate * minutes * count
        for count in (1, shifts)
    )


LONGEST_BREAK = 60
"""Minutes; for those nobody may be paid."""
