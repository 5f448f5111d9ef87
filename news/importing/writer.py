"""Writes rows as published articles, a batch at a time: few statements, bounded memory, nothing twice."""
import contextlib
import io
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from news import alttext, images, links, pictures, usage
from news.importing import rows as binary
from news.importing.rows import Row
from news.models import Article, Category, Tag, Tagged
from news.models.article import State
from news.vietnamese import nfc, slugify

DEFAULT_CATEGORY = "Tin tức"
_KEYS = ("id", "category", "image", "rendered")  # what needs the database


class Writer:
    """Keeps the categories and tags it has met, so that a batch asks for nothing but its own articles."""

    def __init__(self, default_category: str = ""):
        self.default_category = default_category or DEFAULT_CATEGORY
        self.categories = _Names(Category, on_create={"position": 100})
        self.tags = _Names(Tag)
        # What an article has that no record says is the same for all of them.
        article = Article(state=State.PUBLISHED, updated_at=timezone.now())
        given = [Article._meta.get_field(name) for name in (*_KEYS, *binary.COLUMNS)]
        others = [field for field in Article._meta.concrete_fields if field not in given]
        self.columns = [field.column for field in (*given, *others)]
        self.rest = b"".join(binary.column(field, getattr(article, field.attname)) for field in others)

    def known(self, keys: Iterable[str]) -> set[str]:
        """Which of them are those of articles."""
        return set(Article.objects.filter(ref__in=keys).values_list("ref", flat=True))

    @transaction.atomic
    def write(self, rows: list[tuple[Row, Path]]) -> tuple[int, list[tuple[Row, str]]]:
        """One batch: how many articles were new, and the rows whose picture failed, each with the reason.

        Each row comes with the folder that its picture's path starts from.
        """
        unique = {}
        for row, folder in rows:
            unique.setdefault(row.key, (row, folder))
        known = self.known(unique)
        fresh = [pair for key, pair in unique.items() if key not in known]
        if not fresh:
            return 0, []
        self.categories.ensure(row.category or self.default_category for row, _ in fresh)
        self.tags.ensure(itertools.chain.from_iterable(row.tags for row, _ in fresh))
        problems = []
        keyed = [(key, row, folder) for key, (row, folder) in zip(_next_keys(len(fresh)), fresh, strict=True)]
        articles = [self._values(key, row, folder, problems) for key, row, folder in keyed]
        with _looked_at():
            _copy(Article, self.columns, articles)
        _copy(Tagged, ["article_id", "tag_id", "publish_at"], [
            binary.number(key) + binary.number(tag) + row.published
            for key, row, _ in keyed for tag in dict.fromkeys(self.tags[name] for name in row.tags)
        ])  # fmt: skip
        texts = [links.Text("article", key, frozenset(row.hosts - {settings.SITE_HOST}), row.mentions, row.is_case)
                 for key, row, _ in keyed if row.hosts or row.mentions]  # fmt: skip
        links.record(texts, timezone.now())
        for key, row, _ in keyed:
            if row.body:
                usage.note(key, row.body)
        return len(fresh), problems

    def _values(self, key: int, row: Row, folder: Path, problems: list) -> bytes:
        image = None
        if row.image:
            # The title is no description: a picture without one of its own is found in the library as such.
            unclear = alttext.problem(row.image_alt, file_name=row.image, beside=(row.title,))
            try:
                image = images.ingest_file(folder / row.image, alt="" if unclear else row.image_alt).pk
            except images.PictureError as error:
                problems.append((row, error.reason))
        category = self.categories[row.category or self.default_category]
        return b"".join([
            binary.number(key), binary.number(category), binary.number(image),
            binary.text(pictures.render_images(row.rendered)), row.values, self.rest,
        ])  # fmt: skip


@contextlib.contextmanager
def _looked_at() -> Iterator[None]:
    """Texts written meanwhile are not noted to be looked at: what they link to is known and written here."""
    with connection.cursor() as cursor:
        # The trigger that would note them is handed all of them: they had better stay in memory meanwhile.
        cursor.execute("SELECT set_config('news.looked_at', 'yes', true), set_config('work_mem', '32MB', true)")
        yield
        cursor.execute("SELECT set_config('news.looked_at', '', true)")


def _next_keys(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [Article._meta.db_table, count],
        )
        return [key for (key,) in cursor.fetchall()]


def _copy(model, columns: list[str], rows: Iterable[bytes]) -> None:
    """Writes rows with COPY in its binary format, which takes two thirds of PostgreSQL's time for text."""
    quote = connection.ops.quote_name
    statement = f"COPY {quote(model._meta.db_table)} ({', '.join(map(quote, columns))}) FROM STDIN (FORMAT binary)"
    count = len(columns).to_bytes(2)
    data = b"".join([binary.START, *(count + row for row in rows), binary.END])
    with connection.cursor() as cursor:
        cursor.copy_expert(statement, io.BytesIO(data), 65_536)


class _Names:
    """Primary keys of a table of names, by name; names that differ in marks or case alone get slugs of their own."""

    def __init__(self, model, on_create=None):
        self.model = model
        self.on_create = on_create or {}
        self.keys: dict[str, int] = {}

    def __getitem__(self, name: str) -> int:
        return self.keys[nfc(name)]

    def ensure(self, names: Iterable[str]) -> None:
        missing = {nfc(name) for name in names} - self.keys.keys()
        if not missing:
            return
        self.keys.update(self.model.objects.filter(name__in=missing).values_list("name", "pk"))
        for name in sorted(missing - self.keys.keys()):
            self.keys[name] = self._create(name)

    def _create(self, name: str) -> int:
        row = self.model(name=name, slug=slugify(name, default="muc"), **self.on_create)
        for attempt in itertools.count(2):
            try:
                with transaction.atomic():
                    row.save()
                return row.pk
            except IntegrityError:
                # Written by somebody else just now, or another name with the same slug: má, ma and Ma.
                found = self.model.objects.filter(name=name).values_list("pk", flat=True).first()
                if found:
                    return found
                row.slug = f"{slugify(name, default='muc')[:110]}-{attempt}"
