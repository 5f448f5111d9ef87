"""Runs one command of manage.py: brings up the embedded database for it, and turns expected failures into one line."""
import contextlib
import signal
import sys

from django.core.exceptions import ImproperlyConfigured

# Commands that can do their work without a database.
WITHOUT_DATABASE = {
    "help", "version", "check", "collectstatic", "compilemessages", "makemessages", "diffsettings", "findstatic",
    "startapp", "startproject", "sendtestemail", "bench",  # it has one of its own
}  # fmt: skip


def run(argv: list[str]) -> int:
    """Runs `argv` as `manage.py` does; returns the exit status. `--traceback` shows where a failure came from."""
    # SIGTERM and a closed terminal unwind like Ctrl-C, so that the embedded database is stopped on the way out.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    try:
        return _run(argv)
    except KeyboardInterrupt:
        return 130
    except BaseException as error:
        line = _explain(error)
        if line is None or "--traceback" in argv:
            raise
        print(line, file=sys.stderr)
        return 1


def _run(argv: list[str]) -> int:
    from django.conf import settings
    from django.core.management import execute_from_command_line

    from portal import embedded

    with contextlib.ExitStack() as stack:
        if settings.EMBEDDED_DATABASE and _needs_database(argv):
            stack.enter_context(embedded.running(settings.VAR_DIR))
        execute_from_command_line(argv)
    return 0


def _needs_database(argv: list[str]) -> bool:
    command = argv[1] if len(argv) > 1 else "help"
    if {"--help", "-h", "--version"} & set(argv[1:]):
        return False
    return command not in WITHOUT_DATABASE or "--database" in argv


def _explain(error: BaseException) -> str | None:
    """One line for a failure that an operator can mend, None for one that needs its traceback."""
    from django.db import OperationalError

    from portal.pgprograms import EmbeddedError

    if isinstance(error, ImproperlyConfigured | EmbeddedError):
        return f"error: {error}"
    if isinstance(error, OperationalError):
        reason = str(error).strip().splitlines()[0]
        return f"error: the database does not answer ({reason}): check DATABASE_URL and that the server runs."
    return None


def _leave(number, frame):
    raise SystemExit(128 + number)
