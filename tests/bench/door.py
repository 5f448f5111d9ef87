"""What the time of an answer tells a stranger: `python tests/bench/door.py`, on a portal of its own.

Logins and resets for names and mailboxes that exist and that do not (medians within 10 % of each other), and readers
beside 500 connections that never finish a request, or 50 that send a body byte by byte (within twice). Seconds on the
wall; each kind is first as often as the other, every try from an address of its own.
"""
import itertools
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

import proxied  # noqa: E402
from running import manage  # noqa: E402

TRIES = 50
NAMES = [f"nguoi{number}" for number in range(TRIES)]
addresses = (f"10.{a}.{b}.{c}" for a, b, c in itertools.product(range(1, 200), range(200), range(1, 250)))


def median(times) -> float:
    return statistics.median(times) * 1000


def sent(portal, path: str, **form) -> float:
    """Seconds until a form of a new browser is answered."""
    browser = proxied.Browser(portal, next(addresses))
    browser.open(path)
    begun = time.perf_counter()
    status, _ = browser.open(path, {"csrfmiddlewaretoken": browser.token, **form})
    taken = time.perf_counter() - begun
    if status != 200:
        raise SystemExit(f"{path} answered {status}")
    return taken


def compare(portal, path: str, form) -> None:
    taken = {True: [], False: []}
    for number in range(TRIES):
        for known in (True, False) if number % 2 else (False, True):
            name = NAMES[number] if known else f"khongco{number}"
            taken[known].append(sent(portal, path, **form(name)))
    known, unknown = median(taken[True]), median(taken[False])
    print(f"{path:<32}known {known:7.1f} ms   unknown {unknown:7.1f} ms   ratio {known / unknown:.2f}")


def read(portal) -> float:
    begun = time.perf_counter()
    proxied.ask(portal, "/so-do-cong/")
    return time.perf_counter() - begun


def main():
    with tempfile.TemporaryDirectory() as folder, proxied.start(Path(folder) / "var") as portal:
        portal.wait()
        make = "User.objects.create_user(n, email=n + '@x.vn', password='con cò bay lả')"
        code = f"from portal.models import User; [{make} for n in {NAMES!r}]"
        if manage(portal.var, "shell", "-c", code).returncode:
            raise SystemExit("the people for the measurement could not be made")
        compare(portal, "/dang-nhap/", lambda name: {"username": name, "password": "sai"})
        compare(portal, "/tai-khoan/quen-mat-khau/", lambda name: {"email": f"{name}@x.vn"})
        median([read(portal) for _ in range(TRIES)])  # the first reader after a pause waits for the page to be made
        before = median([read(portal) for _ in range(TRIES)])
        crowds = [("500 half open", proxied.half_open(portal, 500))]
        for path in ("/dang-nhap/", "/lien-he/", "/"):
            crowds.append((f"50 to {path}", proxied.slow_bodies(portal, path, 50)))
        for name, crowd in crowds:
            with crowd:
                time.sleep(1)
                beside = median([read(portal) for _ in range(TRIES)])
            print(f"{'readers beside ' + name:<32}alone {before:5.2f} ms   beside {beside:9.2f} ms   "
                  f"ratio {beside / before:.2f}")  # fmt: skip


if __name__ == "__main__":
    main()
