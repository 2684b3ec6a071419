"""Logs: constant dotted events, facts as keywords; never a title, a body, a name, a token or an address.

A source's name is the user's own words too: it is told by its `label`, as `shiftward status --json` shows it.
"""

from __future__ import annotations

import logging
import sys
from hashlib import blake2b
from typing import Any

# structlog takes rich for the colours of tracebacks if it is there: 5 MB, in a daemon that has no terminal.
_rich = sys.modules.get("rich")
sys.modules["rich"] = None  # type: ignore[assignment]  # how the import system is told that there is none
try:
    import structlog
finally:
    if _rich is None:
        del sys.modules["rich"]
    else:
        sys.modules["rich"] = _rich

LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}


def set_up(level: str = "info", stream: Any = None) -> None:  # any text stream
    """Readable on a terminal, JSON anywhere else. Goes to standard error: standard output is for answers."""
    out = stream or sys.stderr
    tty = bool(getattr(out, "isatty", lambda: False)())
    renderer: Any = structlog.dev.ConsoleRenderer() if tty else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            _without_names,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *([] if tty else [structlog.processors.dict_tracebacks]),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=structlog.PrintLoggerFactory(out),
    )
    # Libraries may log addresses and bodies: nothing of theirs below an error comes through, and no text of it.
    logging.root.handlers = [_Silent(logging.ERROR)]
    logging.root.setLevel(logging.ERROR)


def label(instance: str, name: str) -> str:
    """What a source is called where names are not to be told: in logs and metrics. Another one in every store."""
    return blake2b(f"{instance} {name}".encode(), digest_size=4).hexdigest()


def _without_names(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    instance = event.pop("instance", None)
    if instance is not None and "source" in event:
        event["source"] = label(instance, event["source"])
    return event


class _Silent(logging.Handler):
    """Says that a library complained, and which; not what about."""

    def emit(self, record: logging.LogRecord) -> None:
        structlog.get_logger().error("library.error", library=record.name.partition(".")[0])


def get() -> structlog.typing.FilteringBoundLogger:
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return logger


def of_store(instance: str) -> structlog.typing.FilteringBoundLogger:
    """One that tells a source by its label; `instance` is the random name of the store."""
    return get().bind(instance=instance)
