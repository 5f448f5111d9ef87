"""What a worker weighs after thousands of different pages, and whether its cache stays within its bound."""
import urllib.request

import archive
import serving

PAGES = 10_000
BAR = 150  # MB


def measure(pages: int = PAGES) -> list[dict]:
    import psutil
    from django.db import connection

    from news.models import Article

    archive.create("memory", pages + pages // 50 + 100)
    paths = [article.get_absolute_url() for article in Article.objects.published().only("slug")[:pages]]
    address = f"postgres://portal@{connection.settings_dict['HOST'].replace('/', '%2F')}/memory"
    archive.use("portal")
    serving.collect_static()
    with serving.served("portal.wsgi:application", DATABASE_URL=address) as port:
        for path in paths:
            headers = {"User-Agent": serving.CHROME, "Accept-Encoding": "gzip"}
            urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)).read()
        grown = max(psutil.Process(pid).memory_info().rss for pid in serving.listeners(port)) / 1e6
    return [{"what": "worker", "pages": len(paths), "megabytes": grown, "bar": BAR}]


def table(rows: list[dict]) -> None:
    for row in rows:
        print(f"a worker after {row['pages']:,} different pages: {row['megabytes']:.0f} MB (bar {row['bar']})")


if __name__ == "__main__":
    with archive.scratch():
        table(measure())
