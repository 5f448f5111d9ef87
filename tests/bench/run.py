"""Measures everything that has a bar, on a scratch database; called by `manage.py bench`."""
import argparse
import json
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

import archive  # noqa: E402
import cached  # noqa: E402
import flat  # noqa: E402
import loading  # noqa: E402
import memory  # noqa: E402
import peer  # noqa: E402
import uncached  # noqa: E402

# Name: what it measures, quickly and in full.
PARTS = {
    "cached": (cached, {"seconds": 2, "rounds": 2}, {"seconds": 5, "rounds": 7}),
    "uncached": (uncached, {"rounds": 20}, {"rounds": 200}),
    "peer": (peer, {"seconds": 1, "rounds": 1}, {"seconds": 5, "rounds": 7}),
    "flat": (flat, {"sizes": (1_000, 10_000), "rounds": 5}, {"sizes": flat.SIZES}),
    "loading": (loading, {"count": 6_000}, {"count": 1_000_000}),
    "memory": (memory, {"pages": 300}, {"pages": 10_000}),
}


def main():
    parser = argparse.ArgumentParser(prog="manage.py bench")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", type=Path, default=Path("bench.json"))
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    chosen = parser.parse_args()
    began = time.perf_counter()
    found = {"machine": archive.machine(), "taken": time.strftime("%Y-%m-%d %H:%M"), "quick": chosen.quick}
    print(found["machine"])
    with archive.scratch():
        for name in chosen.only:
            module, quick, full = PARTS[name]
            started = time.perf_counter()
            found[name] = module.measure(**(quick if chosen.quick else full))
            print(f"\n{name} ({time.perf_counter() - started:.0f} s)")
            module.table(found[name])
            sys.stdout.flush()
            chosen.json.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    print(f"\n{time.perf_counter() - began:.0f} s in all; figures in {chosen.json}")


if __name__ == "__main__":
    main()
