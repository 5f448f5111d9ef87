"""Runs an import over files: what was taken, what was not and why."""
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from news.importing import textpage
from news.importing.records import Record, RecordError, from_mapping
from news.importing.writer import BATCH, Writer
from news.models import Article
from news.signals import content_changed, old_total_found

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
    outcome = Outcome()
    if not atomic:
        _import(files, Writer(category), outcome, progress, atomic)
        return outcome
    with transaction.atomic():
        _import(files, Writer(category), outcome, progress, atomic)
    return outcome


def _import(files, writer, outcome, progress, atomic):
    batch: list[tuple[Record, Path, str]] = []
    seen = 0
    for path in files:
        for place, result in _records(path, outcome):
            if isinstance(result, RecordError):
                _report(outcome, f"{place}: {result}", atomic)
                continue
            seen += 1
            batch.append((result, path.parent, place))
            if len(batch) >= BATCH:
                _write(writer, batch, outcome, atomic)
                batch = []
                progress(seen)
    if batch:
        _write(writer, batch, outcome, atomic)
    progress(seen)
    with transaction.atomic():
        if outcome.created:
            content_changed.send(sender=Article)
        if outcome.total is not None:
            old_total_found.send(sender=Article, total=outcome.total)


def _write(writer, batch, outcome, atomic):
    places = {id(record): place for record, _, place in batch}
    created, known, problems = writer.write([(record, folder) for record, folder, _ in batch])
    outcome.created += created
    outcome.known += known
    for record, reason in problems:
        _report(outcome, f"{places[id(record)]}: image: {reason}", atomic)


def _report(outcome, problem, atomic):
    outcome.problems.append(problem)
    if atomic:
        raise AbortedError(problem)


def _records(path: Path, outcome: Outcome) -> Iterator[tuple[str, Record | RecordError]]:
    """(place, record or what is wrong with it) for everything in a file."""
    try:
        with path.open("rb") as file:
            if path.suffix.lower() in {".jsonl", ".ndjson", ".json"}:
                yield from _json_lines(path, file)
            else:
                yield str(path), _text_page(file, outcome)
    except OSError as error:
        yield str(path), RecordError(f"cannot be read ({error.strerror})")


def _json_lines(path: Path, file) -> Iterator[tuple[str, Record | RecordError]]:
    number = 0
    while line := file.readline(MAX_LINE):
        number += 1
        place = f"{path}:{number}"
        if len(line) >= MAX_LINE:
            while line and not line.endswith(b"\n"):
                line = file.readline(MAX_LINE)
            yield place, RecordError(f"line is longer than {MAX_LINE} bytes")
            continue
        if not line.strip():
            continue
        try:
            yield place, from_mapping(json.loads(line.decode("utf-8-sig")))
        except RecordError as error:
            yield place, error
        except UnicodeDecodeError:
            yield place, RecordError("not UTF-8")
        except (json.JSONDecodeError, RecursionError) as error:
            yield place, RecordError(f"not JSON ({getattr(error, 'msg', 'nested too deeply')})")
        except ValueError as error:
            yield place, RecordError(str(error))


def _text_page(file, outcome: Outcome) -> Record | RecordError:
    content = file.read(MAX_PAGE + 1)
    if len(content) > MAX_PAGE:
        return RecordError(f"page is longer than {MAX_PAGE} bytes")
    try:
        record, total = textpage.read(content.decode("utf-8"))
    except RecordError as error:
        return error
    except UnicodeDecodeError:
        return RecordError("not UTF-8")
    if total is not None:
        outcome.total = max(total, outcome.total or 0)
    return record
