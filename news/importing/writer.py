"""Writes records as published articles, a batch at a time: few statements, bounded memory, nothing twice."""
import itertools
from collections.abc import Iterable
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from news import images
from news.importing.records import Record
from news.models import Article, Category, Tag
from news.models.article import State
from news.vietnamese import nfc, slugify

BATCH = 500
DEFAULT_CATEGORY = "Tin tức"


class Writer:
    """Keeps the categories and tags it has met, so that a batch asks for nothing but its own articles."""

    def __init__(self, default_category: str = ""):
        self.default_category = default_category or DEFAULT_CATEGORY
        self.categories = _Names(Category, on_create={"position": 100})
        self.tags = _Names(Tag)

    def write(self, records: list[tuple[Record, Path]]) -> tuple[int, int, list[tuple[Record, str]]]:
        """One batch in one transaction: (new articles, ones already there, [(record, why its picture failed)]).

        Each record comes with the folder that its picture's path starts from.
        """
        unique = {record.key: (record, folder) for record, folder in reversed(records)}
        known = set(Article.objects.filter(ref__in=unique).values_list("ref", flat=True))
        fresh = [pair for key, pair in reversed(unique.items()) if key not in known]
        problems = []
        with transaction.atomic():
            self.categories.ensure(record.category or self.default_category for record, _ in fresh)
            self.tags.ensure(itertools.chain.from_iterable(record.tags for record, _ in fresh))
            articles = [self._article(record, folder, problems) for record, folder in fresh]
            Article.objects.bulk_create(articles, batch_size=BATCH)
            through = Article.tags.through
            through.objects.bulk_create(
                [through(article_id=article.pk, tag_id=pk)
                 for article, (record, _) in zip(articles, fresh, strict=True)
                 for pk in dict.fromkeys(self.tags[name] for name in record.tags)],
                batch_size=5000,
            )  # fmt: skip
        return len(fresh), len(records) - len(fresh), problems

    def _article(self, record: Record, folder: Path, problems: list) -> Article:
        article = Article(
            ref=record.key, title=record.title, slug=slugify(record.slug or record.title), lead=record.lead,
            body=record.body, category_id=self.categories[record.category or self.default_category],
            pen_name=record.author, source=record.source, caption=record.image_caption,
            state=State.PUBLISHED, publish_at=record.published, created_at=record.published,
        )  # fmt: skip
        if record.image:
            try:
                article.image = images.ingest_file(folder / record.image, alt=record.image_alt or record.title)
            except ValidationError as error:
                problems.append((record, error.messages[0]))
        article.prepare()
        return article


class _Names:
    """Primary keys of a table of names, by name; what is the same but for marks and case shares one row's slug."""

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
