"""Who gets a picture: everybody while readers see a text with it; before that the newsroom and holders of a link.

A mark beside a picture's files says that this has to be asked. It stands there from the upload on, and again whenever a
text that showed the picture changes. The first request that finds the picture shown takes the mark away, so that every
other one costs a look at the disk and no query; a text's hour comes by the clock, with nobody writing anything.
"""
import enum
import functools
from pathlib import Path

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from news import storing
from news.models import Article, Image, Page, PreviewLink, Use

MARK = ".an"  # behind a picture's key


class Shown(enum.Enum):
    NOT = enum.auto()
    FOR_NOW = enum.auto()  # until the texts that show it expire
    FOR_GOOD = enum.auto()  # until somebody changes them


def marker(key: str) -> Path:
    return storing.root() / storing.PICTURES / key[:2] / f"{key}{MARK}"


def mark(key: str) -> Path:
    """Has every request ask from now on; raises OSError."""
    path = marker(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path


def mark_when_done(*images: Image) -> None:
    """`mark`, once the change that may take them from readers is there for all to see."""
    transaction.on_commit(functools.partial(_mark_all, [image.key for image in images]))


def is_marked(key: str) -> bool:
    return marker(key).exists()


def text_changes(*, lead: int | None = None, **text: int) -> None:
    """Call it in the transaction that changes what readers have of a text, while its old uses are still noted.

    `article` or `page` names the text by its id, `lead` the picture that it led with.
    """
    images = {lead, *Use.objects.filter(**text).values_list("image", flat=True)} - {None}
    if images:
        mark_when_done(*Image.objects.filter(pk__in=images).only("sha256"))


@receiver(pre_delete, sender=Page)
def _page_goes(instance, **kwargs):
    text_changes(page=instance.pk)


def ask(key: str) -> Shown:
    """Whether readers see the picture now; takes its mark away where they do for good."""
    shown = look(key)
    if shown is Shown.FOR_GOOD:
        marker(key).unlink(missing_ok=True)
        # Who withdraws a text commits first and marks afterwards: what came between the look and the deed is seen now.
        shown = look(key)
        if shown is not Shown.FOR_GOOD:
            mark(key)
    return shown


def look(key: str) -> Shown:
    seen = Article.objects.published().order_by()
    lasting = seen.filter(expire_at=None)
    found = Image.objects.kept().filter(_shown_by(seen), sha256__startswith=key).annotate(lasts=_shown_by(lasting))
    for lasts in found.values_list("lasts", flat=True)[:1]:
        return Shown.FOR_GOOD if lasts else Shown.FOR_NOW
    return Shown.NOT


def _shown_by(articles) -> Q:
    of_text = Q(article__in=articles) | Q(page__in=Page.objects.filter(published=True))
    return Q(Exists(articles.filter(image=OuterRef("pk")))) | Q(
        Exists(Use.objects.filter(of_text, image=OuterRef("pk"), live=True))
    )


def opened_by(link: PreviewLink | None, key: str) -> bool:
    """Whether a preview link shows a text with this picture."""
    if link is None or not link.is_open or link.article.deleted_at:
        return False
    used = Q(articles=link.article_id) | Q(uses__article=link.article_id)
    return Image.objects.kept().filter(used, sha256__startswith=key).exists()


def _mark_all(keys: list[str]) -> None:
    for key in keys:
        mark(key)
