"""A picture on a bad day: a full disk, a lost database, the largest ones of every kind."""
import errno
import resource

import pytest
from django.core.exceptions import ValidationError
from pictures_made import ALT, library_files, picture, sent
from PIL import Image as Pillow

from news import images, storing
from news.imaging import sandbox, uses
from news.models import Image

pytestmark = pytest.mark.django_db


def test_a_full_disk_is_said_and_leaves_neither_row_nor_file(monkeypatch):
    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    before = library_files()
    monkeypatch.setattr(storing.os, "replace", full)
    with pytest.raises(ValidationError, match="hết chỗ chứa"):
        images.ingest(sent(picture()), alt=ALT)
    assert not Image.objects.exists()
    assert library_files() == before


def test_a_disk_that_fills_up_while_files_are_written_is_said_too():
    """The kernel refuses to write more than 2 kB into a file, in the worker as well."""
    import signal

    before, limit = library_files(), resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, limit[1]))
    try:
        with pytest.raises(ValidationError, match="hết chỗ chứa"):
            images.ingest(sent(picture()), alt=ALT)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, handler)
    assert library_files() == before
    assert not Image.objects.exists()


def test_a_row_that_cannot_be_written_takes_its_files_with_it(monkeypatch):
    from django.db import DatabaseError

    def fails(*args, **kwargs):
        raise DatabaseError("the connection is gone")

    before = library_files()
    monkeypatch.setattr(Image, "save", fails)
    with pytest.raises(DatabaseError):
        images.ingest(sent(picture()), alt=ALT)
    assert library_files() == before


# A process in between: what the kernel calls a child's most memory begins with that of whoever started it.
MEASURE = """
import os, subprocess, sys
worker = subprocess.Popen([sys.executable, "-m", "news.imaging.worker", sys.argv[1]], stdout=subprocess.PIPE)
answer = worker.stdout.read().decode()
_, status, usage = os.wait4(worker.pid, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss, answer, sep="\\n")
"""


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["flat PNG", "palette PNG", "grey 16-bit PNG", "transparent PNG", "JPEG",
                                  "progressive JPEG 4:4:4", "CMYK JPEG", "GIF", "WebP", "WebP without loss",
                                  "HEIC", "transparent WebP", "transparent HEIC"])  # fmt: skip
def test_the_largest_pictures_stay_within_400_mb(kind):
    """40 million pixels are taken, unless they take too long; measured by the kernel (ru_maxrss) on a worker alone."""
    import json
    import signal
    import subprocess
    import sys
    import tempfile

    import pillow_heif

    pillow_heif.register_heif_opener()
    noise = Pillow.effect_noise((7300, 5400), 20)
    content = {
        "flat PNG": lambda: sent(Pillow.new("RGB", (6300, 6300), "red"), "PNG"),
        "palette PNG": lambda: sent(noise.convert("P"), "PNG", compress_level=1),
        "grey 16-bit PNG": lambda: sent(noise.convert("I").convert("I;16"), "PNG", compress_level=1),
        "transparent PNG": lambda: sent(Pillow.new("RGBA", (6300, 6300), (9, 9, 9, 9)), "PNG"),
        "JPEG": lambda: sent(noise.convert("RGB"), quality=60),
        "progressive JPEG 4:4:4": lambda: sent(noise.convert("RGB"), quality=60, progressive=True, subsampling=0),
        "CMYK JPEG": lambda: sent(noise.convert("CMYK"), quality=40, progressive=True),
        "GIF": lambda: sent(noise.quantize(32), "GIF"),
        "WebP": lambda: sent(noise.convert("RGB"), "WEBP", quality=50, method=0),
        "WebP without loss": lambda: sent(noise.resize((730, 540)).resize((7300, 5400), 0).convert("RGB"), "WEBP",
                                          lossless=True, quality=0, method=0),
        "HEIC": lambda: sent(noise.convert("RGB"), "HEIF", quality=30),
        "transparent WebP": lambda: sent(Pillow.merge("RGBA", [noise] * 4), "WEBP", quality=50, method=0),
        "transparent HEIC": lambda: sent(Pillow.merge("RGBA", [noise] * 4), "HEIF", quality=30),
    }[kind]()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        job = {"folder": folder, "keep": True, "focal": [50, 50], "crops": list(uses.CROPS)}
        measured = subprocess.run([sys.executable, "-c", MEASURE, json.dumps(job)], stdin=file, capture_output=True,
                                  cwd=sandbox.ROOT, env={"MALLOC_ARENA_MAX": "1"}, text=True)  # fmt: skip
    status, most, answer = measured.stdout.split("\n", 2)
    assert int(status) in {0, -signal.SIGPROF}, measured.stderr
    assert int(status) or json.loads(answer)["width"] >= 1600
    assert 20_000 < int(most) < 400_000_000 / 1024  # kB
