"""What long commands say while they work and when they are done."""
import sys
from collections.abc import Callable

from news.rewriting import Counts


def progress_to(stream) -> Callable[[str, int], None]:
    """Shows progress to somebody who is watching, and nothing to a log."""

    def progress(what: str, count: int) -> None:
        if sys.stderr.isatty():
            stream.write(f"\r{what}: {count}", ending="")
            stream.flush()

    return progress


def summary(what: str, counts: Counts) -> str:
    line = f"{what}: {counts.seen} read, {counts.changed} changed"
    return f"{line}, {counts.refused} too long and left as they are." if counts.refused else f"{line}."
