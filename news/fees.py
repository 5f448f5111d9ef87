"""Nhuận bút: what was published in a month, by author and genre. It counts; what is paid is worked out elsewhere."""
import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet
from django.utils import timezone

from news import richtext
from news.models import Article
from news.models.choices import Genre, State
from news.vietnamese import format_datetime, sort_key

CHUNK = 500  # articles read at a time, with their text
NOBODY = "(không ghi tác giả)"
HEADING = ["Tiêu đề", "Địa chỉ", "Tác giả", "Tài khoản", "Thể loại", "Chuyên mục", "Ngày đăng", "Số chữ",
           "Số ảnh trong bài"]  # fmt: skip
# Sanitised HTML quotes every attribute with ", so that what looks like a tag inside one is passed over.
_WORD = re.compile(r"[^\W_]\S*")  # from its first letter or digit to the next space
_TAG = re.compile(r'<([a-z0-9]+)(?:"[^"]*"|[^">])*>')


@dataclass(frozen=True, slots=True)
class Month:
    year: int
    month: int

    @property
    def start(self) -> dt.datetime:
        return timezone.make_aware(dt.datetime(self.year, self.month, 1))

    @property
    def next(self) -> "Month":
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def previous(self) -> "Month":
        return Month(self.year - (self.month == 1), (self.month - 2) % 12 + 1)

    @property
    def code(self) -> str:
        """`2026-11`: codes sort as their months do."""
        return f"{self.year:04}-{self.month:02}"

    @property
    def typed(self) -> str:
        """`11-2026`, as people write it; a browser's own field for a month speaks the browser's language."""
        return f"{self.month:02}-{self.year:04}"

    def __str__(self):
        return f"Tháng {self.month} năm {self.year}"


@dataclass(slots=True)
class Author:
    """A pen name and the account behind it, with how many articles of each genre they have."""

    pen_name: str
    account: str
    counts: Counter = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return self.counts.total()


def parse_month(typed: str) -> Month | None:
    """A month of the years that articles may have, as `2026-11`, `11-2026` or `11/2026`; None for anything else."""
    match = re.fullmatch(r"(\d{4})-(\d{1,2})|(\d{1,2})[-/](\d{4})", typed.strip(), re.ASCII)
    if match is None:
        return None
    year, month = int(match[1] or match[4]), int(match[2] or match[3])
    return Month(year, month) if 1900 <= year < 2200 and 1 <= month <= 12 else None


def this_month() -> Month:
    today = timezone.localdate()
    return Month(today.year, today.month)


def articles(month: Month) -> QuerySet:
    """What readers got in a month of the portal's time zone: also what has expired since, not what was withdrawn.

    A change that waits counts for nothing, and one that was published does not make an article count again.
    """
    end = min(month.next.start, timezone.now())
    return Article.objects.filter(state=State.PUBLISHED, publish_at__gte=month.start, publish_at__lt=end)


def authors(month: Month) -> list[Author]:
    """Everybody who is named under an article of the month, in Vietnamese order; one query."""
    rows = (
        articles(month).order_by().values("pen_name", "owner", "owner__full_name", "owner__username", "genre")
        .annotate(number=Count("pk"))
    )  # fmt: skip
    found: dict[tuple, Author] = {}
    for row in rows:
        account = account_name(row["owner__full_name"], row["owner__username"])
        author = found.setdefault((row["pen_name"], row["owner"]), Author(row["pen_name"] or NOBODY, account))
        author.counts[row["genre"]] += row["number"]
    return sorted(found.values(), key=lambda author: (sort_key(author.pen_name), author.account))


def genres(rows: list[Author]) -> list[Genre]:
    """The genres that anybody has an article of, in the order of the list that editors choose from."""
    present = set().union(*(author.counts for author in rows))
    return [genre for genre in Genre if genre in present]


def account_name(full_name: str | None, username: str | None) -> str:
    if not username:
        return ""
    return f"{full_name} ({username})" if full_name else username


def sheet(month: Month, absolute: Callable[[str], str]) -> Iterator[list]:
    """A row of HEADING for each article of a month, oldest first; `absolute` completes an address of the site.

    Words are those of lead and body, counted between spaces as word processors do. Keys first, then CHUNK articles at a
    time: a month's bodies are never in memory together.
    """
    keys = list(articles(month).order_by("publish_at", "pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        chunk = Article.objects.select_related("category", "owner").only(
            "title", "slug", "lead", "body", "pen_name", "genre", "publish_at", "category__name", "owner__full_name",
            "owner__username").in_bulk(keys[start : start + CHUNK])  # fmt: skip
        for key in keys[start : start + CHUNK]:
            if key in chunk:
                yield _row(chunk[key], absolute)


def _row(article: Article, absolute) -> list:
    owner = article.owner
    return [
        article.title, absolute(article.get_absolute_url()), article.pen_name or NOBODY,
        account_name(owner.full_name, owner.username) if owner else "", article.get_genre_display(),
        article.category.name, format_datetime(article.publish_at),
        words(article.lead) + words(richtext.plain(article.body)), pictures(article.body),
    ]  # fmt: skip


def words(text: str) -> int:
    """How many groups of characters between spaces hold a letter or a digit."""
    return len(_WORD.findall(text))


def pictures(html: str) -> int:
    """How many pictures stand in sanitised HTML."""
    return sum(match[1] == "img" for match in _TAG.finditer(html))
