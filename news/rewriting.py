"""Everything stored, brought to what the rules say today: for a new rule of the sanitiser, or a changed list."""
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils.html import escape

from news import abbreviations, pictures, richtext
from news.models import Article, Autosave, Page, Revision
from news.signals import content_changed

BATCH = 200
Progress = Callable[[str, int], None]


@dataclass(slots=True)
class Counts:
    seen: int = 0
    changed: int = 0
    refused: int = 0  # texts that are too long now; they stay as they are and are named in the progress


def resanitise(progress: Progress = lambda what, count: None) -> dict[str, Counts]:
    """Sanitises every stored text again: articles, pages, revisions, what people typed and did not save.

    Safe to run while people work: a text that somebody changes in between is passed over, for it was sanitised then.
    """
    articles = Article.objects.only("title", "slug", "lead", "body", "rendered", "version", "pen_name")
    with abbreviations.held():
        return {
            "articles": _each(articles, _article, progress),
            "pages": _each(Page.objects.only("body", "rendered", "updated_at"), _page, progress),
            "revisions": _each(Revision.objects.only("snapshot"), _revision, progress),
            "autosaves": _each(Autosave.objects.only("data", "stamp"), _autosave, progress),
        }


def rerender(progress: Progress = lambda what, count: None, containing: str = "") -> dict[str, Counts]:
    """Renders stored texts again from their bodies, those that hold `containing` alone where it is given."""
    articles, pages = (
        model.objects.only("body", "rendered", "updated_at").filter(body__contains=escape(containing))
        for model in (Article, Page)
    )
    with abbreviations.held():
        return {"articles": _each(articles, _rendered, progress), "pages": _each(pages, _rendered, progress)}


def _each(rows, write: Callable, progress: Progress) -> Counts:
    counts = Counts()
    for batch in _batches(rows):
        with transaction.atomic():
            changed = 0
            for row in batch:
                try:
                    changed += write(row)
                except richtext.TextTooLongError:
                    counts.refused += 1
                    progress(f"{row._meta.model_name} {row.pk} is too long", counts.seen)
            if changed and rows.model in {Article, Page}:
                content_changed.send(sender=rows.model)
        counts.seen += len(batch)
        counts.changed += changed
        progress(rows.model._meta.model_name, counts.seen)
    return counts


def _batches(rows) -> Iterator[list]:
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk


def _article(article: Article) -> int:
    before = (article.body, article.rendered)
    article.prepare()
    if (article.body, article.rendered) == before:
        return 0
    return Article.objects.filter(pk=article.pk, version=article.version).update(
        body=article.body, rendered=article.rendered, search=article.search
    )


def _page(page: Page) -> int:
    body = richtext.sanitise(page.body)
    rendered = pictures.render_images(richtext.render(body))
    if (body, rendered) == (page.body, page.rendered):
        return 0
    return Page.objects.filter(pk=page.pk, updated_at=page.updated_at).update(body=body, rendered=rendered)


def _rendered(row) -> int:
    rendered = pictures.render_images(richtext.render(row.body))
    return 0 if rendered == row.rendered else _of(row).update(rendered=rendered)


def _of(row):
    """The row as it was read; not by its body, for a field that sanitises would look for the sanitised one."""
    return type(row).objects.filter(pk=row.pk, updated_at=row.updated_at)


def _revision(revision: Revision) -> int:
    body = revision.snapshot.get("body")
    clean = str(richtext.sanitise(body)) if isinstance(body, str) else body
    if clean == body:
        return 0
    return Revision.objects.filter(pk=revision.pk).update(snapshot={**revision.snapshot, "body": clean})


def _autosave(autosave: Autosave) -> int:
    bodies = autosave.data.get("body")
    if not isinstance(bodies, list):
        return 0
    clean = [str(richtext.sanitise(body)) if isinstance(body, str) else body for body in bodies]
    if clean == bodies:
        return 0
    return Autosave.objects.filter(pk=autosave.pk, stamp=autosave.stamp).update(data={**autosave.data, "body": clean})

