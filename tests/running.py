"""A real portal as `manage.py start` runs it, for tests that must see processes, sockets and signals."""
import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CLEAN = {name: value for name, value in os.environ.items()
         if name not in {"DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DEBUG", "MEDIA_ROOT",
                         "TRUSTED_PROXIES", "EMAIL_URL", "DJANGO_SETTINGS_MODULE"}}  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def manage(var: Path, *arguments, timeout=120, **environment) -> subprocess.CompletedProcess:
    """Runs one command of manage.py to its end."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env={**CLEAN, "VAR_DIR": str(var), **environment},
        capture_output=True, text=True, timeout=timeout, stdin=subprocess.DEVNULL,
    )  # fmt: skip


class Portal:
    """`manage.py start` in a process of its own; `output` is what it has printed."""

    def __init__(self, var: Path, *arguments, port: int | None = None, **environment):
        self.var = var
        self.port = port or free_port()
        self.log = var.parent / f"{var.name}-{self.port}.log"
        self.begun = time.monotonic()
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "start", "--port", str(self.port), *arguments], cwd=ROOT,
                env={**CLEAN, "VAR_DIR": str(var), "PYTHONUNBUFFERED": "1", **environment},
                stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            )  # fmt: skip

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> str:
        return self.log.read_text()

    @property
    def password(self) -> str | None:
        found = re.search(r"quantri  /  (\S+)", self.output)
        return found[1] if found else None

    def wait(self, timeout: float = 120) -> "Portal":
        """Until it answers; raises AssertionError with its output where it ends before that."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.output
            with contextlib.suppress(OSError):
                urllib.request.urlopen(self.address + "/healthz", timeout=5).close()
                self.seconds = time.monotonic() - self.begun
                return self
            time.sleep(0.05)
        raise AssertionError(f"no answer within {timeout} s: {self.output}")

    def get(self, path: str, **headers) -> tuple[int, str]:
        request = urllib.request.Request(self.address + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def stop(self, number: int = signal.SIGTERM, timeout: float = 40) -> int:
        """Ends it as an operator would and returns the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(timeout)

    def __enter__(self) -> "Portal":
        return self.wait()

    def __exit__(self, *details):
        if self.process.poll() is None:
            self.stop()


def server_runs(var: Path) -> bool:
    """Whether the embedded PostgreSQL under `var` is there."""
    import psutil

    data = str(var / "postgres")
    return any(data in (process.info["cmdline"] or []) for process in psutil.process_iter(["cmdline"]))
