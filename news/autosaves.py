"""What somebody has typed and not saved, one row for each person and article, and who has an article open."""
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from news.models import Article, Autosave, Editing

MAX_CHARACTERS = 3_000_000  # of all fields together: a body at its limit, and what stands around it
# Fields of the form that are no text.
CONTROLS = ("csrfmiddlewaretoken", "reason", "public_reason", "override")


class OtherWindowError(Exception):
    """Another window of the same person wrote after this one last looked; nothing was written."""


class TooLargeError(ValueError):
    """More than an article can hold."""


def fields_of(post: Any) -> dict[str, list[str]]:
    """A form's fields without the buttons and the token; raises TooLargeError."""
    fields = {name: [value.replace("\0", "") for value in values] for name, values in post.lists()
              if name not in CONTROLS and not name.startswith("_")}  # fmt: skip
    if sum(len(value) for values in fields.values() for value in values) > MAX_CHARACTERS:
        raise TooLargeError
    return fields


@transaction.atomic
def keep(person, data: dict[str, list[str]], *, article: Article | None = None, form_key: uuid.UUID | None = None,
         version: int = 0, seen: uuid.UUID | None = None, force: bool = False) -> Autosave:  # fmt: skip
    """Writes what was typed into the one row of this person and article (or new form).

    `seen` is the stamp that the window last saw: where the row has moved on since, another window wrote it and
    OtherWindowError is raised, unless `force`.
    """
    which = {"person": person, "article": article, "form_key": None if article else form_key}
    values = {"data": data, "version": version, "stamp": uuid.uuid4(), "saved_at": timezone.now()}
    row, made = Autosave.objects.select_for_update().get_or_create(**which, defaults=values)
    if made:
        return row
    if row.stamp != seen and not force:
        raise OtherWindowError
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    return row


def of(person, article: Article | None = None, form_key: uuid.UUID | None = None) -> Autosave | None:
    which = {"article": article} if article else {"article": None, "form_key": form_key}
    return Autosave.objects.filter(person=person, **which).first()


def of_new_articles(person) -> list[Autosave]:
    """What this person began and never saved as an article, latest first."""
    return list(Autosave.objects.filter(person=person, article=None).order_by("-saved_at")[:20])


def drop(person, article: Article | None = None, form_key: uuid.UUID | None = None) -> None:
    which = {"article": article} if article else {"article": None, "form_key": form_key}
    Autosave.objects.filter(person=person, **which).delete()


def enter(person, article: Article) -> None:
    """Notes that this person has the article open now."""
    now = timezone.now()
    Editing.objects.bulk_create(
        [Editing(person=person, article=article, seen_at=now)], update_conflicts=True,
        unique_fields=["article", "person"], update_fields=["seen_at"],
    )  # fmt: skip


def leave(person, article: Article) -> None:
    Editing.objects.filter(person=person, article=article).delete()


def others(person, article: Article) -> list[str]:
    """Names of the other people who have the article open."""
    since = timezone.now() - Editing.SILENCE
    rows = Editing.objects.filter(article=article, seen_at__gt=since).exclude(person=person).select_related("person")
    return sorted(str(row.person) for row in rows)
