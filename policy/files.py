"""The files that come with Shiftward: beside the packages in a checkout, under share/ once installed."""

from __future__ import annotations

import sysconfig
from pathlib import Path


def shipped(name: str) -> Path:
    """`config/policy.toml`, `systemd/shiftward.service` … Raises FileNotFoundError."""
    for root in (
        Path(__file__).resolve().parent.parent,
        Path(sysconfig.get_path("data")) / "share" / "shiftward",
    ):
        path = root / name
        if path.exists():
            return path
    raise FileNotFoundError(f"{name} is missing from this installation; install Shiftward again")
