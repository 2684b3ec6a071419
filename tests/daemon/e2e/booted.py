"""A real systemd as the first process of namespaces of its own, over a copy of this machine that is thrown away.

It needs root, and a kernel that gives namespaces and overlays; `Booted.start` says why where it cannot be had.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from daemon.install import HIDDEN
from tests.waiting import LONG

ROOT = Path(__file__).resolve().parents[3]
SYSTEMD = Path("/lib/systemd/systemd")
SHIFTWARD = "/opt/shiftward/bin/shiftward"
PROGRAMS = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"
"""Where the programs for administrators are, whatever the caller's own path."""
BOOT = r"""
set -e
mount --make-rprivate /
mount -t tmpfs tmpfs "$BASE"
mkdir "$BASE/up" "$BASE/work" "$BASE/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$BASE/up,workdir=$BASE/work" "$BASE/root"
cd "$BASE/root"
mount -t proc proc proc
mount -o bind,ro /sys sys
if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
    mount -t cgroup2 cgroup2 sys/fs/cgroup
else
    mount -t tmpfs -o mode=755 tmpfs sys/fs/cgroup
    mkdir sys/fs/cgroup/systemd
    mount -t cgroup -o none,name=systemd cgroup sys/fs/cgroup/systemd
fi
# Nothing in here may set the machine's own parameters.
mount --bind proc/sys proc/sys
mount -o remount,ro,bind proc/sys
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs tmpfs tmp
mount -t tmpfs -o mode=755 tmpfs dev
for one in null zero full random urandom tty; do touch dev/$one; mount --bind /dev/$one dev/$one; done
mkdir dev/shm dev/pts; mount -t tmpfs tmpfs dev/shm
mount -t devpts -o newinstance,ptmxmode=666 devpts dev/pts
ln -s pts/ptmx dev/ptmx; ln -s /proc/self/fd dev/fd
for one in /lib/systemd/system /etc/systemd/system; do rm -rf .$one/*.wants; done
rm -f etc/systemd/system/shiftward.service
mkdir -p opt/src opt/shiftward/bin
mount --bind "$SOURCE" opt/src
mount -o remount,ro,bind opt/src
number=0
for one in $LENT; do
    mkdir -p opt/lent$number; mount --bind "$one" opt/lent$number; mount -o remount,ro,bind opt/lent$number
    number=$((number + 1))
done
echo 00000000000000000000000000000001 > etc/machine-id
printf '[Unit]\nWants=systemd-journald.service dbus.socket\n' > etc/systemd/system/boot.target
mkdir -p was; pivot_root . was; cd /; umount -l /was
mount --make-rshared /
container=other exec /lib/systemd/systemd --system --unit=boot.target --log-target=null --show-status=no
"""


class NoSystemdError(Exception):
    """It cannot be had here; the text says why."""


class Booted:
    """Shells inside, as anybody."""

    def __init__(self, first: int) -> None:
        self.first = first

    def run(self, command: str, user: str = "root") -> subprocess.CompletedProcess[str]:
        """A line of shell inside, to its end."""
        line = command if user == "root" else f"runuser -u {user} -- sh -c {shlex.quote(command)}"
        inside = (
            shutil.which("nsenter", path=PROGRAMS) or "nsenter",
            f"--target={self.first}",
            "-m",
            "-u",
            "-i",
            "-C",
            "-p",
            "-r",
            "-w",
        )
        return subprocess.run(
            [*inside, "sh", "-c", f"cd /; {line}"],
            env={
                "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
                "LANG": "C.UTF-8",
                "COLUMNS": "200",
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=2 * LONG,
            check=False,
        )

    def said(self, command: str, user: str = "root") -> str:
        """What a command says that has to go well."""
        done = self.run(command, user)
        assert done.returncode == 0, (command, done.stdout, done.stderr)
        return done.stdout.strip()

    @classmethod
    @contextlib.contextmanager
    def start(cls, base: Path) -> Iterator[Booted]:
        """Boot, and put Shiftward into /opt/shiftward. Raises NoSystemdError."""
        python = _python()
        lent = [path for path in sys.path if path.endswith("site-packages")]
        base.mkdir()
        with (base.parent / "boot.log").open("wb") as log:
            process = subprocess.Popen(
                [
                    shutil.which("unshare", path=PROGRAMS) or "unshare",
                    "--fork",
                    "--kill-child",
                    "--pid",
                    "--mount",
                    "--uts",
                    "--ipc",
                    "--cgroup",
                    "sh",
                    "-c",
                    BOOT,
                ],
                env={
                    **os.environ,
                    "PATH": PROGRAMS,
                    "BASE": str(base),
                    "SOURCE": str(ROOT),
                    "LENT": " ".join(lent),
                },
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        try:
            booted = cls(_first(process, (base.parent / "boot.log")))
            script = f"#!{SHIFTWARD.rpartition('/')[0]}/python\nimport sys\nfrom daemon.cli import main\nsys.exit(main())\n"
            paths = "\n".join(["/opt/src", *(f"/opt/lent{number}" for number in range(len(lent)))])
            site = f"/opt/shiftward/lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages"
            booted.said(
                f"mkdir -p {site}; ln -s {python} /opt/shiftward/bin/python; "
                f"printf 'home = {python.parent}\\n' > /opt/shiftward/pyvenv.cfg; "
                f"printf %s {shlex.quote(paths)} > {site}/lent.pth; "
                f"printf %s {shlex.quote(script)} > {SHIFTWARD}; chmod 755 {SHIFTWARD}"
            )
            yield booted
        finally:
            process.kill()
            process.wait(10)


def _python() -> Path:
    """An interpreter of this version that the sandbox does not hide. Raises NoSystemdError."""
    missing = [
        name
        for name in ("unshare", "nsenter", "runuser", "pivot_root", "systemctl")
        if not shutil.which(name, path=PROGRAMS)
    ]
    if os.geteuid() != 0 or not SYSTEMD.exists() or missing:
        raise NoSystemdError("only root can boot a systemd, where there is one")
    name = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    for path in (
        Path(sys.base_prefix) / "bin" / name,
        Path("/usr/bin") / name,
        Path("/usr/local/bin") / name,
    ):
        if path.exists() and not str(path.resolve()).startswith(HIDDEN):
            return path
    raise NoSystemdError(f"there is no {name} outside of home directories")


def _first(process: subprocess.Popen[bytes], log: Path) -> int:
    """The first process inside, once it has booted. Raises NoSystemdError."""
    deadline = time.monotonic() + LONG
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while time.monotonic() < deadline:
        time.sleep(0.1)
        if process.poll() is not None:
            raise NoSystemdError(f"no namespaces are given here: {log.read_text('utf-8', 'replace')[-300:]}")
        with contextlib.suppress(OSError, ValueError):
            first = int(children.read_text().split()[0])
            if Path(f"/proc/{first}/comm").read_text() == "systemd\n":
                state = Booted(first).run("systemctl is-system-running").stdout.strip()
                if state in ("running", "degraded"):
                    return first
    raise NoSystemdError(f"it does not boot here: {log.read_text('utf-8', 'replace')[-300:]}")
