"""Runs an import over files: what was taken, what was not and why."""
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from news import abbreviations
from news.importing import textpage
from news.importing.preparing import Line, Prepared, prepare
from news.importing.records import RecordError, key_of
from news.importing.rows import Row
from news.importing.writer import Writer
from news.models import Article
from news.signals import content_changed, old_total_found

BATCH = 500
MAX_LINE = 4 * 1024 * 1024  # bytes of one JSON line
MAX_PAGE = 4 * 1024 * 1024  # bytes of one text page


class AbortedError(Exception):
    """With `atomic`, the first bad record ends the import and nothing of it stays."""


@dataclass(slots=True)
class Outcome:
    created: int = 0
    known: int = 0
    problems: list[str] = field(default_factory=list)  # "file:line: reason"
    total: int | None = None  # of the old portal's counter


def run(
    files: list[Path], *, category: str = "", atomic: bool = False, progress: Callable[[int], None] = lambda count: None
) -> Outcome:
    """Imports `files`; `progress` is told the number of records seen after each batch.

    A bad record is reported and the others are taken; with `atomic` it raises AbortedError and none is.
    """
    importer = _Import(Writer(category), atomic, progress)
    with abbreviations.held():
        if atomic:
            with transaction.atomic():
                importer.run(files)
        else:
            importer.run(files)
    return importer.outcome


class _Import:
    def __init__(self, writer: Writer, atomic: bool, progress: Callable[[int], None]):
        self.writer = writer
        self.atomic = atomic
        self.progress = progress
        self.outcome = Outcome()
        self.seen = 0

    def run(self, files: list[Path]) -> None:
        for path in files:
            batch: list[tuple[Row, str]] = []
            for place, result in self._records(path):
                if isinstance(result, RecordError):
                    self._report(f"{place}: {result}")
                    continue
                batch.append((result, place))
                if len(batch) == BATCH:
                    self._write(path.parent, batch)
                    batch = []
            self._write(path.parent, batch)
        with transaction.atomic():
            if self.outcome.created:
                content_changed.send(sender=Article)
            if self.outcome.total is not None:
                old_total_found.send(sender=Article, total=self.outcome.total)

    def _write(self, folder: Path, batch: list[tuple[Row, str]]) -> None:
        if not batch:
            return
        places = {id(row): place for row, place in batch}
        created, problems = self.writer.write([(row, folder) for row, _ in batch])
        self.outcome.created += created
        self.outcome.known += len(batch) - created
        for row, reason in problems:
            self._report(f"{places[id(row)]}: image: {reason}")
        self.seen += len(batch)
        self.progress(self.seen)

    def _left(self, lines: Iterator[Line]) -> Iterator[Line]:
        """The lines without those that an import which was stopped has taken: what begins the file and is known."""
        while chunk := list(itertools.islice(lines, BATCH)):
            keys = [None if isinstance(line, RecordError) else key_of(line) for _, line in chunk]
            known = self.writer.known(key for key in keys if key)
            left = [line for line, key in zip(chunk, keys, strict=True) if key not in known]
            self.outcome.known += len(chunk) - len(left)
            self.seen += len(chunk) - len(left)
            self.progress(self.seen)
            yield from left
            if len(left) == len(chunk):
                break
        yield from lines

    def _report(self, problem: str) -> None:
        self.outcome.problems.append(problem)
        if self.atomic:
            raise AbortedError(problem)

    def _records(self, path: Path) -> Iterator[Prepared]:
        if path.suffix.lower() in {".jsonl", ".ndjson", ".json"}:
            yield from prepare(self._left(_lines(path)))
            return
        try:
            record, total = textpage.read(_page(path))
        except RecordError as error:
            yield str(path), error
            return
        if total is not None:
            self.outcome.total = max(total, self.outcome.total or 0)
        yield str(path), Row.of(record)


def _lines(path: Path) -> Iterator[Line]:
    """The lines of a file that hold something, each with its place; a line too long to hold in memory is skipped."""
    try:
        with path.open("rb") as file:
            number = 0
            while line := file.readline(MAX_LINE):
                number += 1
                if len(line) == MAX_LINE and not line.endswith(b"\n"):
                    while line and not line.endswith(b"\n"):
                        line = file.readline(MAX_LINE)
                    yield f"{path}:{number}", RecordError(f"line is longer than {MAX_LINE} bytes")
                elif line.strip():
                    yield f"{path}:{number}", line
    except OSError as error:
        yield str(path), RecordError(f"cannot be read ({error.strerror})")


def _page(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_PAGE + 1)
        if len(content) > MAX_PAGE:
            raise RecordError(f"page is longer than {MAX_PAGE} bytes")
        return content.decode("utf-8")
    except OSError as error:
        raise RecordError(f"cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise RecordError("not UTF-8") from None
