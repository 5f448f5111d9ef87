"""The history of an article in the admin: every revision, any two compared, an old text taken back."""
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from news import comparing, states, text, workflow
from news.admin.tools import number
from news.models import Article, Revision
from news.models.choices import State
from news.paging import page_of

PAGE = 50
READERS, NEWEST, PREVIOUS = "ban-doc", "moi-nhat", "truoc"
MAX_REASON = 500  # characters


def history_view(model_admin, request, object_id):
    """Every revision, newest first, 50 on a page; no text is read."""
    article = _article(request, object_id, with_text=False)
    cards = article.revisions.select_related("author").defer("snapshot")
    page = page_of(request, article.revisions.all(), cards, size=PAGE)
    with_readers = _with_readers(article)
    for revision in page.objects:
        revision.fields = [text.FIELDS[name].label for name in revision.changed if name in text.FIELDS]
        revision.with_readers = revision.number == with_readers
        revision.waits = revision.pk == article.pending_id
        revision.newest = revision.number == article.version
    return TemplateResponse(request, "admin/news/article/history.html", {
        **_context(model_admin, request, article, "Lịch sử bài viết"), "page": page,
        "first": page.objects[0].number if page.objects else None,
        "second": page.objects[1].number if len(page.objects) > 1 else None,
    })  # fmt: skip


def compare_view(model_admin, request, object_id):
    """`?tu=3&den=5`; instead of a number also `truoc`, `moi-nhat` and, for what readers have, `ban-doc`."""
    article = _article(request, object_id)
    return _compared(model_admin, request, article, request.GET.get("tu"), request.GET.get("den"))


def restore_view(model_admin, request, object_id):
    """Makes an old text the newest version, if the article is still what the page that was opened showed."""
    article = _article(request, object_id)
    asked = number(request.POST.get("phien_ban"), digits=9)
    if request.method != "POST" or asked is None:
        return HttpResponseRedirect(reverse("admin:news_article_history", args=[article.pk]))
    revision = article.revisions.filter(number=asked).first()
    if revision is None:
        raise Http404
    opened = article.version
    reason = request.POST.get("reason", "").replace("\0", "")[:MAX_REASON]
    article.version = number(request.POST.get("started_from"), digits=9) or 0
    try:
        with transaction.atomic():
            workflow.restore(article, request.user, revision, reason)
    except workflow.RefusedError as refused:
        messages.error(request, f"Chưa khôi phục được: {refused}")
        return _compared(model_admin, request, _article(request, object_id), NEWEST, str(asked), reason, status=409)
    if article.version == opened:
        messages.info(request, f"Phiên bản {asked} không khác bản mới nhất nên không có gì thay đổi.")
    else:
        waits = " Bạn đọc chưa thấy cho đến khi bản sửa được xuất bản." if article.pending_id else ""
        messages.success(request, f"Đã khôi phục phiên bản {asked}, nay là phiên bản {article.version}.{waits}")
    return HttpResponseRedirect(reverse("admin:news_article_change", args=[article.pk]))


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts that are compared."""

    name: str
    content: text.Text
    revision: Revision | None = None


def _compared(model_admin, request, article: Article, start, end, reason="", status=200) -> TemplateResponse:
    after = _side(article, end or NEWEST)
    before = _side(article, start or PREVIOUS, after)
    why_not = states.why_not_edit(article, request.user)
    restorable = {side.revision.number for side in (before, after)
                  if side.revision and side.revision.number != article.version}  # fmt: skip
    return TemplateResponse(request, "admin/news/article/compare.html", {
        **_context(model_admin, request, article, "So sánh"),
        "before": before, "after": after, "fields": comparing.compare(before.content, after.content),
        "swapped": urlencode({"tu": end or NEWEST, "den": start or PREVIOUS}) if start != PREVIOUS else "",
        "readers": article.has_had_readers, "restorable": sorted(restorable), "why_not": why_not, "reason": reason,
    }, status=status)  # fmt: skip


def _side(article: Article, asked: str, after: Side | None = None) -> Side:
    """Raises Http404 for what was never saved, is pruned, or no reader has had."""
    if asked == READERS and article.has_had_readers:
        return Side("bản bạn đọc đang có" if article.state == State.PUBLISHED else "bản bạn đọc đã có",
                    text.of(article))  # fmt: skip
    revisions = article.revisions.select_related("author")
    if asked == PREVIOUS:
        if after is None:
            raise Http404
        shown = after.revision.number if after.revision else article.version
        revision = revisions.filter(number__lt=shown).first()
        if revision is None:
            return after
    elif asked == NEWEST:
        revision = revisions.filter(number=article.version).first()
        if revision is None:
            return Side("bản mới nhất", text.newest(article))
    else:
        revision = revisions.filter(number=number(asked, digits=9)).first()
        if revision is None:
            raise Http404
    return Side(f"phiên bản {revision.number}", text.complete(revision.snapshot, article), revision)


def _article(request, object_id, with_text=True) -> Article:
    key = number(str(object_id))
    articles = Article.objects.defer("search", "rendered")
    articles = articles.select_related("pending") if with_text else articles.defer("search", "rendered", "body")
    article = key and articles.filter(pk=key).first()
    if not article:
        raise Http404
    if not states.may_see(article, request.user):
        raise PermissionDenied
    return article


def _with_readers(article: Article) -> int | None:
    """The number of the revision that readers have at this moment."""
    if article.state != State.PUBLISHED:
        return None
    return article.revisions.filter(published=True).values_list("number", flat=True).first()


def _context(model_admin, request, article: Article, title: str) -> dict:
    return {**model_admin.admin_site.each_context(request), "title": title, "subtitle": None,
            "opts": model_admin.opts, "article": article}  # fmt: skip
