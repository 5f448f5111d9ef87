"""Writes records as published articles, a batch at a time: few statements, bounded memory, nothing twice."""
import io
import itertools
from collections.abc import Iterable
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from news import alttext, images, pictures, usage
from news.importing.records import Record
from news.models import Article, Category, Tag
from news.models.article import State
from news.vietnamese import nfc, slugify

DEFAULT_CATEGORY = "Tin tức"
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}  # the backslash first


class Writer:
    """Keeps the categories and tags it has met, so that a batch asks for nothing but its own articles."""

    def __init__(self, default_category: str = ""):
        self.default_category = default_category or DEFAULT_CATEGORY
        self.categories = _Names(Category, on_create={"position": 100})
        self.tags = _Names(Tag)
        # What an article has that no record says, ready for COPY.
        article = Article(state=State.PUBLISHED, updated_at=timezone.now())
        self.blank = {field.attname: _text(getattr(article, field.attname)) for field in Article._meta.concrete_fields}

    @transaction.atomic
    def write(self, records: list[tuple[Record, Path]]) -> tuple[int, list[tuple[Record, str]]]:
        """One batch: how many articles were new, and the records whose picture failed, each with the reason.

        Each record comes with the folder that its picture's path starts from.
        """
        unique = {}
        for record, folder in records:
            unique.setdefault(record.key, (record, folder))
        known = set(Article.objects.filter(ref__in=unique).values_list("ref", flat=True))
        fresh = [pair for key, pair in unique.items() if key not in known]
        self.categories.ensure(record.category or self.default_category for record, _ in fresh)
        self.tags.ensure(itertools.chain.from_iterable(record.tags for record, _ in fresh))
        problems = []
        keys = _next_keys(len(fresh))
        rows = [self._row(key, record, folder, problems) for key, (record, folder) in zip(keys, fresh, strict=True)]
        _copy(Article, list(self.blank), rows)
        _copy(Article.tags.through, ["article_id", "tag_id"], [
            (str(key), str(tag))
            for key, (record, _) in zip(keys, fresh, strict=True)
            for tag in dict.fromkeys(self.tags[name] for name in record.tags)
        ])  # fmt: skip
        for key, (record, _) in zip(keys, fresh, strict=True):
            if usage.holds(record.derived.body):
                usage.note(key, record.derived.body)
        return len(fresh), problems

    def _row(self, key: int, record: Record, folder: Path, problems: list) -> Iterable[str]:
        """An article's columns in COPY's format, in the order of `blank`; half the work of a model's instance."""
        moment = record.published.isoformat()
        row = self.blank | {
            "id": str(key),
            "ref": _text(record.key),
            "title": _text(record.title),
            "slug": slugify(record.slug or record.title),
            "lead": _text(record.lead),
            "body": _text(record.derived.body),
            "rendered": _text(pictures.render_images(record.derived.rendered)),
            "search": _text(record.derived.search),
            "category_id": str(self.categories[record.category or self.default_category]),
            "pen_name": _text(record.author),
            "source": _text(record.source),
            "caption": _text(record.image_caption),
            "publish_at": moment,
            "created_at": moment,
        }
        if record.image:
            try:
                # The title is no description: a picture without one of its own is found in the library as such.
                unclear = alttext.problem(record.image_alt, file_name=record.image, beside=(record.title,))
                image = images.ingest_file(folder / record.image, alt="" if unclear else record.image_alt)
                row["image_id"] = str(image.pk)
            except ValidationError as error:
                problems.append((record, error.messages[0]))
        return row.values()


def _next_keys(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [Article._meta.db_table, count],
        )
        return [key for (key,) in cursor.fetchall()]


def _copy(model, columns: list[str], rows: Iterable[Iterable[str]]) -> None:
    """Writes rows of `_text` with COPY, which takes less of PostgreSQL's time than an INSERT of the same rows."""
    quote = connection.ops.quote_name
    statement = f"COPY {quote(model._meta.db_table)} ({', '.join(map(quote, columns))}) FROM STDIN"
    with connection.cursor() as cursor:
        cursor.copy_expert(statement, io.StringIO("\n".join(map("\t".join, rows))))


def _text(value: object) -> str:
    """A value in COPY's text format."""
    if value is None:
        return "\\N"
    text = value if isinstance(value, str) else str(value)
    for character, escape in _ESCAPES.items():
        if character in text:
            text = text.replace(character, escape)
    return text


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
