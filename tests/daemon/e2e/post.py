"""An inbox on a real IMAP server, behind TLS, in place of the maildir of a world."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from tests.connectors import imap_server
from tests.connectors.feed_server import self_signed
from tests.connectors.imap_server import PASSWORD, Proxy, Pymap
from tests.daemon.e2e.harness import LAKESIDE, World

USER = "reader"


@dataclass
class Post:
    """A world whose inbox lies on pymap: what arrives in its maildir is told by IMAP, through a proxy with TLS."""

    world: World
    mail: Pymap
    proxy: Proxy
    user: str

    def offer(self, name: str, day: int) -> None:
        self.world.mail(name, LAKESIDE, f"One gap:\n\n{self.world.us(day)} 7a-7p LKSD $2,600\n")

    def loaded(self) -> list[str]:
        return [line for line in self.proxy.heard if "PEEK" in line]

    def idles(self) -> bool:
        return "IDLE" in self.proxy.heard

    @classmethod
    @contextmanager
    def of(cls, world: World, root: Path, backend: Literal["maildir", "dict"] = "maildir") -> Iterator[Self]:
        """`root` is for the server's own files. It is not started yet.

        With the backend in memory nothing arrives by the maildir, only by APPEND, and is announced at once: the other
        one looks into its folder once a second.
        """
        certificate = self_signed(root / "mail.pem")
        mail = Pymap(root / "imap", backend=backend)
        user = USER if backend == "maildir" else imap_server.USER
        if backend == "maildir":
            mail.add_user(user, world.inbox)
        with Proxy(mail.port, certificate) as proxy:
            world.extra_env["SSL_CERT_FILE"] = str(certificate)
            secret = world.config / "secrets" / "mail-password"
            secret.write_text(PASSWORD, "utf-8")
            secret.chmod(0o600)
            # Polls are so rare that the daemon hears of mail by IDLE, or not at all.
            path = world.config / "service.toml"
            text, count = re.subn(
                r'kind = "maildir"\npath = .*\npoll = .*\n',
                f'kind = "imap"\nhost = "localhost"\nport = {proxy.port}\nuser = "{user}"\n'
                'password = "mail-password"\npoll = 3600\n',
                path.read_text("utf-8"),
            )
            assert count == 1
            path.write_text(text, "utf-8")
            try:
                yield cls(world, mail, proxy, user)
            finally:
                world.end()
                mail.stop()
