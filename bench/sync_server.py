"""A WSGI application in several processes on 127.0.0.1, as Gunicorn or uWSGI serves it.

python -m bench.sync_server radicale:application 5232 2
"""

from __future__ import annotations

import importlib
import multiprocessing
import signal
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server


class _Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """The application has a log of its own."""


def main() -> None:
    named, port, processes = sys.argv[1:]
    module, _, name = named.partition(":")
    application = getattr(importlib.import_module(module), name)
    server = make_server("127.0.0.1", int(port), application, handler_class=_Silent)
    # At its end the others, being daemons of it, end too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    fork = multiprocessing.get_context("fork")
    workers = [fork.Process(target=server.serve_forever, daemon=True) for _ in range(int(processes))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


if __name__ == "__main__":
    main()
