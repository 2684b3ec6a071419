"""Run a command, and print its seconds (wall and processor) and the MB it held at its peak: one line of JSON.

A process counts as its own the memory of whoever started it, so this small one stands between.
"""

import json
import os
import subprocess
import sys
import time


def main() -> None:
    started = time.perf_counter()
    process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    cpu = usage.ru_utime + usage.ru_stime
    found = {"seconds": seconds, "cpu": cpu, "mb": usage.ru_maxrss / 1024, "code": process.returncode}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
