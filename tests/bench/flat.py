"""Whether a page costs the same whatever the archive's size: `python tests/bench/flat.py [SIZE ...]`.

The same pages on databases of one server, in turns, through Django's whole stack without the page cache. The bar:
medians at 1,000,000 articles at most 1.5 times those at 1,000.
"""
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

import archive  # noqa: E402

BAR = 1.5
SIZES = (1_000, 10_000, 100_000, 1_000_000)
ROUNDS = 21
DEEP = 500  # the page of a category that stands for all deep ones


def addresses(count: int) -> dict[str, str]:
    """By name; what an archive is too small to have is asked for on the deepest page it has."""
    from django.utils import timezone

    from news.models import Article, Category, Tag

    newest = Article.objects.published().newest_first().first()
    category, tag = Category.objects.order_by("pk").first(), Tag.objects.order_by("pk").first()
    here = Article.objects.published().filter(category=category).count()
    deep = min(DEEP, max(1, here // 20 - 4))
    middle = timezone.localtime(Article.objects.published().order_by("publish_at", "pk")[count // 2].publish_at)
    search = "/tim-kiem/?q="
    return {
        "home": "/", "article": newest.get_absolute_url(), "category, first page": category.get_absolute_url(),
        f"category, page {DEEP}": f"{category.get_absolute_url()}?trang={deep}",
        "tag": tag.get_absolute_url(), **_spread(), "most read": "/tin-doc-nhieu/",
        "archive day": f"/luu-tru/{middle:%Y/%m/%d}/",
        "archive month": f"/luu-tru/{middle:%Y/%m}/", "archive year": f"/luu-tru/{middle:%Y}/", "feed": "/rss/",
        "category feed": f"/rss/{category.slug}/", "sitemap part": "/sitemap-bai-viet-0.xml",
        "search, rare": f"{search}{count // 2}",
        "search, common": f"{search}thanh+pho",
        "search, ten words": f"{search}{'+'.join(archive.WORDS[:10])}",
    }  # fmt: skip


def _spread() -> dict[str, str]:
    """Tags and topics of a few articles and of many."""
    pages = {}
    for slug in archive.SPREAD:
        pages |= {f"tag {slug}": f"/tu-khoa/{slug}/", f"topic {slug}": f"/dong-su-kien/{slug}/"}
    return pages


def timed(call) -> float:
    """Milliseconds."""
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


def saver(pk: int):
    """Writes another title to an article that readers have not seen yet, as the board would."""
    from news import workflow
    from news.models import Article
    from portal.models import User

    user = User.objects.get(username="nguoi6")
    number = iter(range(10**9))

    def save():
        article = Article.objects.get(pk=pk)
        article.title = f"Tiêu đề khác {next(number)}"
        workflow.save(article, user)

    return save


def measure(sizes: Sequence[int], rounds: int = ROUNDS) -> list[dict]:
    """One row for each page: its name, milliseconds by size, and the ratio of the last size to the first."""
    todo = {size: _prepared(size) for size in sizes}
    rows = []
    for name in todo[sizes[0]]:
        times: dict[int, list[float]] = {size: [] for size in sizes}
        # In turns: a machine that others use too is slower for seconds and minutes at a time.
        for number in range(rounds):
            for size in sizes if number % 2 else reversed(sizes):
                archive.use(f"flat{size}")
                todo[size][name]()  # connects, and reads the site's settings
                times[size] += [timed(todo[size][name]) for _ in range(2)]
        medians = {size: statistics.median(times[size]) for size in sizes}
        rows.append({"what": name, "ms": medians, "ratio": medians[sizes[-1]] / medians[sizes[0]], "bar": BAR})
    return rows


def _prepared(size: int) -> dict[str, Callable[[], object]]:
    """Fills a database; returns what to measure in it, by name."""
    from django.contrib.auth.models import Group
    from django.test import Client

    from portal.models import User

    started = time.perf_counter()
    archive.create(f"flat{size}", size)
    print(f"{size:,} articles written in {time.perf_counter() - started:.0f} s", file=sys.stderr)
    board = User.objects.get(username="nguoi6")
    board.groups.set([Group.objects.get(name="Ban biên tập")])
    guest, editor = Client(), Client()
    editor.force_login(board)
    calls = {name: _opening(guest, address) for name, address in addresses(size).items()}
    calls["front desk"] = _opening(editor, "/quan-tri/")
    calls["admin list"] = _opening(editor, "/quan-tri/news/article/")
    calls["saving an article"] = saver(100)
    return calls


def table(rows: list[dict]) -> None:
    print(" " * 24 + "".join(f"{size:>12,}" for size in rows[0]["ms"]) + f"   ratio (bar {BAR})")
    for row in rows:
        verdict = "" if row["ratio"] <= BAR else "  MISSED"
        times = "".join(f"{median:>9.1f} ms" for median in row["ms"].values())
        print(f"{row['what']:<24}{times}{row['ratio']:>8.2f}{verdict}")


def _opening(client, address):
    def call():
        response = client.get(address)
        assert response.status_code == 200, f"{address}: {response.status_code}"

    return call


def main():
    with archive.scratch():
        table(measure([int(size) for size in sys.argv[1:]] or SIZES))


if __name__ == "__main__":
    main()
