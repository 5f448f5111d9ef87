"""Articles a second that `import_articles` takes in, and the memory that it needs, on a database of its own."""
import datetime as dt
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import archive

ARTICLES = 100_000
BAR = 2000  # a second
MEMORY_BAR = 500  # MB, of all processes of the import
SYLLABLES = """ủy ban nhân dân thành phố hội nghị trực tuyến tổng kết hoạt động các cấp nhiệm kỳ phương hướng công
tác quản lý chỉ đạo điều hành đời sống kinh tế xã hội an ninh quốc phòng địa bàn bộ máy tổ chức cán
bộ chuyên môn phát huy vai trò lĩnh vực"""
ROOT = Path(__file__).resolve().parents[2]


def corpus(path: Path, count: int) -> None:
    """JSON lines of articles of 3 to 4 kB; the same ones each time."""
    start = dt.datetime(2010, 1, 1, tzinfo=dt.UTC)
    syllables = SYLLABLES.split()
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            rng = random.Random(number)

            def text(length, rng=rng):
                return " ".join(rng.choices(syllables, k=length)).capitalize()

            body = "\n".join(f"<p>{text(90)}.</p>" for _ in range(6)) + f"<h2>{text(7)}</h2>"
            file.write(json.dumps({
                "title": f"{text(12)} số {number}", "lead": text(30), "body": body,
                "published": (start + dt.timedelta(minutes=8 * number)).isoformat(),
                "category": f"Chuyên mục {number % 8}", "tags": [f"thẻ {number % 80}", f"thẻ {number % 71}"],
            }, ensure_ascii=False) + "\n")  # fmt: skip


def measure(count: int = ARTICLES) -> list[dict]:
    import psutil
    from django.core.management import call_command

    archive.use("portal")
    call_command("migrate", verbosity=0, skip_checks=True)
    file = Path(os.environ["VAR_DIR"]).parent / "corpus.jsonl"
    corpus(file, count)
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, "manage.py", "import_articles", str(file)], cwd=ROOT,
                               stdout=subprocess.DEVNULL)  # fmt: skip
    most = 0
    while process.poll() is None:
        try:
            family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
            most = max(most, sum(member.memory_info().rss for member in family))
        except psutil.NoSuchProcess:
            continue
        time.sleep(0.2)
    seconds = time.perf_counter() - started
    file.unlink()
    return [{"what": "import", "articles": count, "seconds": seconds, "per_second": count / seconds,
             "megabytes": most / 1e6, "bar": BAR}]  # fmt: skip


def table(rows: list[dict]) -> None:
    for row in rows:
        print(f"import of {row['articles']:,} articles: {row['seconds']:.1f} s, {row['per_second']:,.0f} a second"
              f" (bar {BAR:,}), {row['megabytes']:.0f} MB (bar {MEMORY_BAR})")  # fmt: skip


if __name__ == "__main__":
    with archive.scratch():
        table(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES))
