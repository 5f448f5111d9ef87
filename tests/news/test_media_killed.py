"""Uploads that are killed, and a check that runs while others upload: no row without its file, no lasting stray."""
import random
import subprocess
import sys
import threading
import time

import factories
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from news import checking, images, library, storing
from news.models import Image

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
UPLOAD = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.MEDIA_ROOT = sys.argv[2]
django.setup()
from news import images
print("ready", flush=True)
sys.stdin.readline()
images.ingest_file(__import__("pathlib").Path(sys.argv[3]), alt="Cầu bắc qua sông Công")
"""


def missing_files():
    names = {image.file.name for image in Image.objects.all()}
    names |= {image.name_of(end) for image in Image.objects.all() for files in image.renditions.values()
              for _, _, end in files}  # fmt: skip
    return {name for name in names if not (storing.root() / name).exists()}


def test_no_moment_of_dying_leaves_a_row_without_its_files(tmp_path, monkeypatch):
    """kill -9 at 25 moments of an upload; afterwards the check clears away whatever was left."""
    rng = random.Random(3)
    for number in range(25):
        path = tmp_path / f"{number}.jpg"
        path.write_bytes(factories.picture_bytes((900, 600), (number * 10, 200 - number, 90)))
        process = subprocess.Popen(
            [sys.executable, "-c", UPLOAD, connection.settings_dict["NAME"], str(settings.MEDIA_ROOT), str(path)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=settings.BASE_DIR,
        )  # fmt: skip
        process.stdout.readline()
        process.stdin.write(b"\n")
        process.stdin.flush()
        time.sleep(rng.uniform(0.05, 0.5))
        process.kill()
        process.communicate()
        assert missing_files() == set()
    time.sleep(2)  # a worker whose parent is gone ends by itself
    monkeypatch.setattr(checking, "YOUNG", -1)
    monkeypatch.setattr(checking, "HALF_DONE", -1)
    call_command("media_check", "--mend")
    found = checking.Findings()
    list(checking.check(found, mend=False))
    assert (found.strays, found.lost, found.incomplete) == (0, 0, 0)


def test_a_check_beside_uploads_takes_nothing_that_is_used(monkeypatch):
    """The check believes every file old; uploads, trash and purges of the same pictures go on meanwhile."""
    monkeypatch.setattr(checking, "YOUNG", -1)
    contents = [factories.picture_bytes((300, 200), (number * 40, 60, 200)) for number in range(5)]
    ends, problems = time.monotonic() + 15, []

    def uploads(seed):
        rng = random.Random(seed)
        try:
            while time.monotonic() < ends:
                image = images.ingest(rng.choice(contents), alt="Cầu bắc qua sông Công")
                if rng.random() < 0.4:
                    library.trash(image)
                    library.purge_one(image)
        except Exception as error:  # told to the test
            problems.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=uploads, args=(seed,)) for seed in range(3)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        list(checking.check(checking.Findings(), mend=True))
    for thread in threads:
        thread.join()
    assert problems == []
    assert missing_files() == set()
