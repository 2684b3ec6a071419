"""Renders docs/demo.svg from the real output of the demo, at a fixed date: `make picture`."""

from __future__ import annotations

import re
import tempfile
from datetime import date
from pathlib import Path

from rich.console import Console

from daemon import demo, log, show
from daemon.config import Settings
from daemon.service import Daemon
from daemon.sources import Places
from daemon.store import Store
from daemon.understand import Outlook

WIDTH = 132


def main() -> None:
    log.set_up("error")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        port = demo.free_port(0)
        seen: list[Outlook] = []
        with demo.calendar_server(root, port):
            config = demo.lay_out(root, port, date.today())  # noqa: DTZ011  # the demo is dated from today
            state = root / "state"
            places = Places(config, state)
            Daemon(Settings.read(config), Store.in_directory(state), places, seen.append).once()
    console = Console(record=True, width=WIDTH, file=open("/dev/null", "w"))  # noqa: PTH123, SIM115  # only recorded
    console.print(show.month(seen[-1]))
    svg = console.export_svg(title="make run")
    # Fonts of the reader's own machine will do: a picture fetches nothing.
    svg = re.sub(r"@font-face \{.*?\}\s*|<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    (Path(__file__).parent / "demo.svg").write_text(svg, "utf-8")


if __name__ == "__main__":
    main()
