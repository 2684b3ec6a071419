"""How long a look at 60 commitments takes, in a process that has no solver: one line of JSON.

`python -m bench.solver_warn POLICY SCENARIO`: the first shift of each offer counts as worked.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path

from bench.solver_clock import now
from policy.limits import breaches
from policy.read import read_policy
from policy.rules import all_limits
from policy.shift import Roster, Shift, Span


def main() -> None:
    policy, problems = read_policy(Path(sys.argv[1]))
    if policy is None:
        raise SystemExit("\n".join(map(str, problems)))
    world = json.loads(Path(sys.argv[2]).read_text("utf-8"))
    sites = {key: policy.site(key) for key in policy.sites}
    work = tuple(
        Shift.at(
            sites[one["site"]],
            datetime.fromisoformat(one["shifts"][0]["start"]),
            datetime.fromisoformat(one["shifts"][0]["end"]),
            key=one["id"],
        )
        for one in world["offers"]
    )
    horizon = Span(date.fromisoformat(world["from"]), date.fromisoformat(world["to"]))
    started = now()
    limits = all_limits(policy, Roster(work, horizon))
    written = now()
    found = breaches(limits, {shift.id for shift in work})
    ended = now()
    print(
        json.dumps(
            {
                "commitments": len(work),
                "breaches": len(found),
                "limits_seconds": written - started,
                "breaches_seconds": ended - written,
                "ortools": "ortools" in sys.modules,
            }
        )
    )


if __name__ == "__main__":
    main()
