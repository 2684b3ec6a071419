"""Logs: constant dotted events, facts as keywords; never a title, a body, a name, a token or an address."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog

LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}


def set_up(level: str = "info", stream: Any = None) -> None:  # any text stream
    """Readable on a terminal, JSON anywhere else. Goes to standard error: standard output is for answers."""
    out = stream or sys.stderr
    tty = bool(getattr(out, "isatty", lambda: False)())
    renderer: Any = structlog.dev.ConsoleRenderer() if tty else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
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


class _Silent(logging.Handler):
    """Says that a library complained, and which; not what about."""

    def emit(self, record: logging.LogRecord) -> None:
        structlog.get_logger().error("library.error", library=record.name.partition(".")[0])


def get() -> structlog.typing.FilteringBoundLogger:
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return logger
