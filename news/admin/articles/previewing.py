"""Showing a text as readers will see it: before it is saved, and to guests by a link."""
import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from news import preview, states, text
from news.admin.articles.form import query_dict
from news.admin.tools import number
from news.autosaves import fields_of
from news.models import Article, PreviewLink

DAYS = (1, 3, 7, 30)


def view(model_admin, request, object_id=None):
    """GET: the newest text that is saved. POST: the text as it stands in the form, saved or not, whole or not."""
    article = Article.objects.select_related("pending").filter(pk=object_id).first() if object_id else None
    if object_id is None:
        if not request.user.has_perm("news.add_article"):
            raise PermissionDenied
    elif article is None or not states.may_see(article, request.user):
        raise PermissionDenied
    content = text.newest(article) if article else None
    if request.method == "POST":
        form = model_admin.get_form(request, article, change=article is not None)(
            query_dict(fields_of(request.POST)), instance=article
        )
        form.is_valid()  # what cannot be read yet is left as it was
        typed = {name: value for name, value in form.cleaned_data.items() if name in text.FIELDS}
        content = preview.with_typed(content, typed)
    if content is None:
        return HttpResponseRedirect(reverse("admin:news_article_add"))
    return preview.response(request, article, content)


def share(model_admin, request, object_id):
    """The page of an article's links for guests: make one, copy it, take it back."""
    article = Article.objects.select_related("pending").filter(pk=object_id).first()
    if article is None or not states.may_see(article, request.user):
        raise PermissionDenied
    if request.method == "POST":
        if "_revoke" in request.POST:
            _revoke(request, article)
        else:
            _create(request, article)
        return HttpResponseRedirect(request.path)
    return TemplateResponse(request, "admin/news/article/share.html", {
        **model_admin.admin_site.each_context(request), "title": "Liên kết xem trước", "opts": model_admin.opts,
        "original": article, "links": _links(request, article), "days": DAYS,
    }, headers={"Cache-Control": "no-store"})  # fmt: skip


def _links(request, article: Article) -> list[PreviewLink]:
    """All of them, those that open with their addresses."""
    found = list(article.preview_links.select_related("author")[:50])
    for link in found:
        link.address = request.build_absolute_uri(preview.address(link)) if link.is_open else ""
    return found


def _create(request, article: Article) -> None:
    if article.deleted_at:
        messages.error(request, "Bài đang ở thùng rác: hãy khôi phục trước.")
        return
    asked = request.POST.get("days", "")
    days = int(asked) if asked in {str(number) for number in DAYS} else DAYS[1]
    link = PreviewLink.objects.create(
        article=article, author=request.user, purpose=request.POST.get("purpose", "").replace("\0", "")[:150],
        expires_at=timezone.now() + dt.timedelta(days=days),
    )  # fmt: skip
    preview.say(link, request.user, "create", "Tạo liên kết xem trước")
    messages.success(request, "Đã tạo liên kết xem trước.")


def _revoke(request, article: Article) -> None:
    key = number(request.POST["_revoke"])
    if article.preview_links.filter(pk=key, revoked_at=None).update(revoked_at=timezone.now()):
        preview.say(article.preview_links.get(pk=key), request.user, "revoke", "Thu hồi liên kết xem trước")
        messages.success(request, "Đã thu hồi liên kết xem trước.")
