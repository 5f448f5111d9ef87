"""The process that decodes: `python -m news.imaging.worker <job as JSON> < picture`. It knows nothing of Django.

Writes files into the job's folder and one line of JSON to its output: what they are, or the code of a refusal
(news.imaging.refusals). Whatever a hostile file does to its decoder, it does it here, within limits that the kernel
keeps.
"""
import hashlib
import json
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from news.imaging.decoding import decode
from news.imaging.encoding import average, encode_original, make, write
from news.imaging.refusals import RefusedError

MEMORY = 360 * 1000 * 1000  # bytes of data; code and libraries come to some 20 MB more, 400 MB are the bound
DECODING = 2.2  # seconds of processor time
ALL = 12  # seconds of processor time, as a last resort


def limit() -> None:
    """Before the first byte is looked at."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (ALL, ALL))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.setitimer(signal.ITIMER_PROF, DECODING)  # its signal ends the process


def main() -> None:
    job = json.loads(sys.argv[1])
    limit()
    content = sys.stdin.buffer.read()
    try:
        answer = work(content, job, decoded=lambda: signal.setitimer(signal.ITIMER_PROF, 0))
    except RefusedError as refused:
        answer = {"refused": refused.code, "values": refused.values}
    except OSError as error:  # a full disk; whatever a decoder raises has become a RefusedError
        answer = {"failed": error.errno}
    except MemoryError:
        answer = {"refused": "memory", "values": {}}
    print(json.dumps(answer))


def work(content: bytes, job: dict, decoded: Callable[[], None] = lambda: None) -> dict:
    """What was made: size, colour, note, digest and name of the kept original, files by crop."""
    picture, note = decode(content)
    decoded()
    folder, focal = Path(job["folder"]), tuple(job["focal"])
    answer = {"width": picture.width, "height": picture.height, "colour": average(picture), "note": note}
    if job["keep"]:
        kept, suffix = encode_original(picture)
        answer |= {"sha256": hashlib.sha256(kept).hexdigest(), "suffix": suffix}
        write(folder / f"goc.{suffix}", kept)
    answer["files"] = make(picture, job["crops"], focal, folder)
    return answer


if __name__ == "__main__":
    main()
