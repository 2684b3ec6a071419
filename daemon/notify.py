"""What systemd is told: READY, RELOADING, STATUS, WATCHDOG, STOPPING. A datagram to a socket, and no library.

WATCHDOG is sent by the loop itself once it has made progress, never by a helper thread: that would only prove
that the helper lives.
"""

from __future__ import annotations

import os
import socket
import time

PATIENCE = 0.5
"""Seconds that a message may take."""


def tell(*lines: str) -> bool:
    """Send lines such as `READY=1`. False where nobody listens or reads, which is no error."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return False
    if address.startswith("@"):
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sock:
            # Nobody may read the other end just now; the loop must not wait for that.
            sock.settimeout(PATIENCE)
            sock.connect(address)
            sock.sendall("\n".join(lines).encode())
    except OSError:
        return False
    return True


def reloading() -> bool:
    """`Type=notify-reload` wants the monotonic time with it; older systemd ignores it."""
    return tell("RELOADING=1", f"MONOTONIC_USEC={time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000}")


def watchdog_seconds() -> float | None:
    """Half of what systemd allows between two signs of life; None without a watchdog."""
    given = os.environ.get("WATCHDOG_USEC", "")
    return int(given) / 2_000_000 if given.isdigit() and int(given) > 0 else None
