"""Hands a picture to the worker process and waits, a few at a time; the web server itself decodes nothing."""
import contextlib
import json
import logging
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError

from news import storing, turns
from news.imaging import refusals
from news.imaging.uses import CENTRE, CROPS

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = 2  # pictures, whatever the number of web workers: each may take 400 MB
PATIENCE = 20  # seconds that a person waits for a turn
DEADLINE = 15  # seconds of a worker; its own limits are far below that, but a busy machine may be slow

logger = logging.getLogger(__name__)


class PictureError(ValidationError):
    """Why a picture was not taken: a sentence for the person who sent it, `reason` in English for logs and commands."""

    def __init__(self, code: str, **values):
        super().__init__(refusals.sentence(code, values), code=code)
        self.reason = refusals.reason(code, values)


@dataclass(frozen=True, slots=True)
class Made:
    """What the worker left in `folder`: `goc.<suffix>` and one file for each name in `files`."""

    folder: Path
    width: int  # pixels, as are the sizes in `files`
    height: int
    colour: str  # #rrggbb
    files: dict[str, list]  # {crop: [[width, height, end of the name], …]}
    note: str = ""  # "animated": only the first frame was kept
    sha256: str = ""  # of the kept original
    suffix: str = ""


@contextlib.contextmanager
def work(
    content: bytes, *, keep: bool, focal: tuple[int, int] = CENTRE, crops: Sequence[str] = tuple(CROPS),
    own: bool = False,
) -> Iterator[Made]:  # fmt: skip
    """Decodes `content` and makes `crops` of it, with the kept original where `keep` says so; files go at the end.

    `own`: a picture that the portal drew itself, which needs no walls and no turn. Raises PictureError, and OSError
    where the disk is full.
    """
    folder = Path(tempfile.mkdtemp(dir=storing.scratch_folder()))
    try:
        job = {"folder": str(folder), "keep": keep, "focal": list(focal), "crops": list(crops)}
        if own:
            from news.imaging import worker  # brings decoders along, which the web server has no use for

            answer = worker.work(content, job)
        else:
            with turns.turn("anh", AT_ONCE, PATIENCE):
                answer = _run(content, job)
        if "refused" in answer:
            raise PictureError(answer["refused"], **answer["values"])
        if "failed" in answer:
            raise OSError(answer["failed"], "the worker could not write its files")
        yield Made(folder=folder, **answer)
    except turns.NoTurnError:
        raise PictureError("queue") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(content: bytes, job: dict) -> dict:
    command = [sys.executable, "-E", "-s", "-m", "news.imaging.worker", json.dumps(job)]
    # One arena: threads would otherwise reserve address space that counts against the limit. Nothing else is passed on.
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
                               env={"MALLOC_ARENA_MAX": "1", "LC_ALL": "C.UTF-8"})  # fmt: skip
    try:
        output, errors = process.communicate(content, timeout=DEADLINE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise PictureError("busy") from None
    if process.returncode == 0:
        return json.loads(output)
    if process.returncode in {-signal.SIGPROF, -signal.SIGXCPU, -signal.SIGKILL}:
        raise PictureError("slow")
    logger.warning("picture worker ended with %s: %s", process.returncode, errors.decode("utf-8", "replace")[-500:])
    raise PictureError("crash")

