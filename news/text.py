"""An article's text as one value: what a revision keeps, a form changes, a comparison shows and publishing writes.

A text is a dict with a key for each of FIELDS: str for words and HTML, an id or None for a choice of one row, a sorted
list of ids for many, ISO 8601 or None for times and dates.
"""
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from news import richtext, vietnamese
from news.models import Article, Genre

Text = dict[str, Any]
# words and html need a second pair of eyes; times belong to who publishes; what the desk notes is no reader's matter.
Group = Literal["text", "times", "desk"]


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    kind: Literal["words", "html", "one", "many", "moment", "date", "choice"]
    group: Group = "text"

    @property
    def model_field(self) -> models.Field:
        return Article._meta.get_field(self.name)

    @property
    def label(self) -> str:
        if self.name == CORRECTION:
            return "ghi chú đính chính"
        return str(self.model_field.verbose_name)

    @property
    def column(self) -> str:
        return f"{self.name}_id" if self.kind == "one" else self.name


# What readers are told of a change when it is published; it waits in the change, the article keeps all of them.
CORRECTION = "correction"
FIELDS = {
    field.name: field
    for field in (
        Field("title", "words"), Field("slug", "words"), Field("lead", "words"), Field("body", "html"),
        Field("category", "one"), Field("also_in", "many"), Field("tags", "many"), Field("genre", "choice"),
        Field("image", "one"), Field("caption", "words"), Field("pen_name", "words"), Field("source", "words"),
        Field("related", "many"), Field("attachments", "many"), Field("social_description", "words"),
        Field(CORRECTION, "words"),
        Field("publish_at", "moment", "times"), Field("expire_at", "moment", "times"),
        Field("review_on", "date", "desk"), Field("internal_note", "words", "desk"),
    )
}  # fmt: skip
MANY = [field for field in FIELDS.values() if field.kind == "many"]


def of(article: Article, many: dict[str, Iterable[int]] | None = None, correction: str = "") -> Text:
    """The text in an article's instance; `many` gives the ids that its tables of many rows hold, or will."""
    text: Text = {}
    for field in FIELDS.values():
        if field.name == CORRECTION:
            text[field.name] = vietnamese.nfc(correction)
        elif field.kind == "many":
            known = many is not None and field.name in many
            text[field.name] = sorted(many[field.name]) if known else _ids(article, field)
        else:
            text[field.name] = plain(field, getattr(article, field.column))
    return text


def newest(article: Article) -> Text:
    """The text that the newsroom works on: the waiting change, or else the article's own."""
    return complete(article.pending.snapshot, article) if article.pending_id else of(article)


def times(article: Article) -> tuple[dt.datetime | None, dt.datetime | None]:
    """When the newest text is to appear and to expire."""
    if not article.pending_id:
        return article.publish_at, article.expire_at
    snapshot = article.pending.snapshot
    return tuple(snapshot[name] and parse_datetime(snapshot[name]) for name in ("publish_at", "expire_at"))


def complete(snapshot: Text, article: Article) -> Text:
    """A stored text with the fields that it was written without, because the article did not have them yet."""
    if snapshot.keys() >= FIELDS.keys():
        return snapshot
    return {**of(article), **snapshot}


def changed(before: Text, after: Text, group: Group | None = None) -> list[str]:
    """Names of the fields that differ, of one group or of all."""
    return [name for name, field in FIELDS.items()
            if before.get(name) != after.get(name) and group in (None, field.group)]  # fmt: skip


def put(text: Text, article: Article) -> Article:
    """Sets an instance's own columns from a text; rows that are gone by now are left out. Returns the instance."""
    for field in FIELDS.values():
        if field.kind != "many" and field.name != CORRECTION:
            setattr(article, field.column, _value(field, text[field.name], article))
    return article


def put_many(text: Text, article: Article) -> None:
    """Writes a text's lists to their tables; rows that are gone by now are left out."""
    for field in MANY:
        getattr(article, field.name).set(existing(field, text[field.name]))


def existing(field: Field, ids: Iterable[int]) -> list[int]:
    ids = list(ids)
    return list(field.model_field.related_model.objects.filter(pk__in=ids).values_list("pk", flat=True)) if ids else []


def shown(name: str, value: Any) -> str:
    """A field's value as people read it."""
    field = FIELDS[name]
    if value in (None, "", []):
        return ""
    if field.kind == "html":
        return richtext.plain(value)
    if field.kind in {"one", "many"}:
        ids = [value] if field.kind == "one" else value
        names = {row.pk: str(row) for row in field.model_field.related_model.objects.filter(pk__in=ids)}
        return ", ".join(names.get(key, "(đã xóa)") for key in ids)
    if field.kind == "moment":
        return vietnamese.format_datetime(parse_datetime(value))
    if field.kind == "date":
        return vietnamese.format_date(parse_date(value))
    if field.kind == "choice":
        return str(Genre(value).label) if value in Genre else value
    return value


def _ids(article: Article, field: Field) -> list[int]:
    return sorted(getattr(article, field.name).values_list("pk", flat=True)) if article.pk else []


def plain(field: Field, value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if field.kind == "html":
        return str(richtext.sanitise(value or ""))
    if field.kind == "words":
        # As browsers send it and databases keep it: one spelling of a line's end.
        return vietnamese.nfc(value or "").replace("\r\n", "\n")
    return value


def _value(field: Field, value: Any, article: Article) -> Any:
    if value is None:
        return None
    if field.kind == "moment":
        return parse_datetime(value).astimezone(timezone.get_current_timezone())
    if field.kind == "date":
        return parse_date(value)
    if field.kind == "one" and value != getattr(article, field.column):
        # A category cannot be deleted while a row points to it, but a stored text does not hold it back.
        return value if existing(field, [value]) else getattr(article, field.column)
    return value
