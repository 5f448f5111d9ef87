"""How long texts of a million characters take: `python tests/bench/texts.py`, with no database.

Sanitising and rendering one (the bar: 1 s), and comparing two (2 s); seconds of the processor, the best of three.
"""
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1] / "news")]

import django  # noqa: E402

django.setup()

import megabytes  # noqa: E402

from news import diffing  # noqa: E402

ROUNDS = 3


def best(call) -> float:
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        call()
        times.append(time.process_time() - started)
    return min(times)


def main():
    for name in megabytes.NAMES:
        html = megabytes.text(name)
        print(f"{'save: ' + name:<44}{best(lambda html=html: megabytes.answer(html)):>8.2f} s")
    for name in megabytes.PAIRS:
        texts = megabytes.pair(name)
        print(f"{'compare: ' + name:<44}{best(lambda texts=texts: diffing.compare_html(*texts)):>8.2f} s")


if __name__ == "__main__":
    main()
