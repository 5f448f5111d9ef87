"""Runs an application under granian with one worker and one thread, and asks it with wrk."""
import contextlib
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
CONNECTIONS = 16
# The portal as `manage.py start` runs it: visits are collected by another process.
START = """
import contextlib, sys
from granian import Granian
from granian.constants import Interfaces
beside = contextlib.nullcontext()
if sys.argv[1].startswith("portal."):
    import django
    from portal import collecting
    django.setup()
    beside = collecting.kept()
with beside:
    Granian(sys.argv[1], address="127.0.0.1", port=int(sys.argv[2]), interface=Interfaces.WSGI, workers=1,
            blocking_threads=1, log_level="warning").serve()
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def collect_static() -> None:
    """What the portal needs to name its style sheets."""
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"], cwd=ROOT, check=True)


@contextlib.contextmanager
def served(target: str, python: str = sys.executable, **environment: str) -> Iterator[int]:
    """The port on which `module:application` answers for the length of the block."""
    port = free_port()
    paths = os.pathsep.join([str(ROOT), str(HERE)])
    process = subprocess.Popen(
        [python, "-c", START, target, str(port)], cwd=ROOT,
        env={**os.environ, "PYTHONPATH": paths, **environment},
    )  # fmt: skip
    try:
        _wait(process, port)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def listeners(port: int) -> set[int]:
    """Processes that listen on a port: granian's worker."""
    import psutil

    return {found.pid for found in psutil.net_connections("tcp")
            if found.status == psutil.CONN_LISTEN and found.laddr.port == port and found.pid}  # fmt: skip


def processor_seconds(port: int) -> float:
    """Processor time that the server has taken so far: what other programs do on the machine is not in it."""
    import psutil

    times = [psutil.Process(pid).cpu_times() for pid in listeners(port)]
    return sum(spent.user + spent.system for spent in times)


def _wait(process: subprocess.Popen, port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.05)
    raise SystemExit("a server to be measured did not start")


def requests_per_second(port: int, path: str, seconds: float, headers: dict[str, str]) -> float:
    """What wrk counts; raises SystemExit where an answer was not 2xx."""
    named = [part for name, value in {"User-Agent": CHROME, **headers}.items() for part in ("-H", f"{name}: {value}")]
    done = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", *named, f"http://127.0.0.1:{port}{path}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    if "Non-2xx" in done.stdout:
        raise SystemExit(f"{path}: {done.stdout}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)[1])
