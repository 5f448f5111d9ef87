"""What the article's form asks for by itself while somebody writes: keep this, who else is here, is it still mine."""
import uuid

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse

from news import autosaves, states, text
from news.admin.articles.form import query_dict, show
from news.admin.tools import number
from news.models import Article, Autosave
from news.models.choices import WRITING
from news.vietnamese import format_datetime


def view(model_admin, request, object_id=None):
    """GET: who is here and the page's new token. POST: keeps the fields sent. Always JSON, never cached.

    A POST answers 409 where another window of the same person wrote in between, 413 where there is too much.
    """
    article = _article(request, object_id)
    answer = _keep(model_admin, request, article) if request.method == "POST" else _surroundings(request, article)
    status = answer.pop("status", 200)
    return JsonResponse(answer, status=status, headers={"Cache-Control": "no-store"})


def leave(model_admin, request, object_id):
    """The page was closed: others need not see this person there for the rest of the silence."""
    article = _article(request, object_id)
    autosaves.leave(request.user, article)
    return JsonResponse({}, headers={"Cache-Control": "no-store"})


def discard(model_admin, request, object_id=None):
    article = _article(request, object_id)
    autosaves.drop(request.user, article, _key(request.POST.get("form_token")))
    return JsonResponse({}, headers={"Cache-Control": "no-store"})



def _article(request, object_id) -> Article | None:
    if object_id is None:
        if not request.user.has_perm("news.add_article"):
            raise PermissionDenied
        return None
    article = Article.objects.select_related("pending").filter(pk=object_id).first()
    if article is None or not states.may_see(article, request.user):
        raise PermissionDenied
    return article


def _surroundings(request, article) -> dict:
    answer = {"token": get_token(request)}
    if article:
        if states.may_edit(article, request.user):
            autosaves.enter(request.user, article)
        answer |= {"others": autosaves.others(request.user, article), "version": article.version}
    return answer


def _keep(model_admin, request, article) -> dict:
    try:
        data = autosaves.fields_of(request.POST)
    except autosaves.TooLargeError:
        return {"status": 413, "error": "Văn bản quá dài để tự lưu."}
    form_key = _key(request.POST.get("form_token"))
    if article is None:
        if form_key is None:
            return {"status": 400, "error": "Thiếu mã phiếu."}
        # The form may have become an article already, in a window that never heard of it.
        article = Article.objects.select_related("pending").filter(form_key=form_key, owner=request.user).first()
    elif not states.may_edit(article, request.user):
        return {"status": 403, "error": states.why_not_edit(article, request.user)}
    surroundings = _surroundings(request, article)
    version = number(request.POST.get("started_from"), digits=9) or 0
    if request.POST.get("_look"):  # a copy in the browser's own store: is it worth offering?
        saved = article and _saved_since(model_admin, request, article, data, version)
        return {**surroundings, "kept": not saved and differs(model_admin, request, article, data)}
    if not differs(model_admin, request, article, data):
        autosaves.drop(request.user, article, form_key)
        return {**surroundings, "kept": False, "stamp": None}
    try:
        row = autosaves.keep(
            request.user, data, article=article, form_key=form_key, version=version,
            seen=_key(request.POST.get("_stamp")), force="_force" in request.POST,
        )  # fmt: skip
    except autosaves.OtherWindowError:
        return {**surroundings, "status": 409, "error": "Bài này đang mở ở một cửa sổ khác của bạn."}
    return {**surroundings, "kept": True, "stamp": str(row.stamp), "saved": format_datetime(row.saved_at),
            "url": restore_url(row)}  # fmt: skip


def _saved_since(model_admin, request, article: Article, data, version: int) -> bool:
    """Whether this person saved just these fields after the form was opened, whatever has become of them since."""
    typed = typed_text(model_admin, request, article, data)
    mine = article.revisions.filter(number__gt=version, author=request.user, action__in=WRITING)[:20]
    return any(not text.changed(text.complete(revision.snapshot, article), typed) for revision in mine)


def typed_text(model_admin, request, article: Article, data) -> text.Text:
    """The text in fields as a browser sent them; what no form can read stays as it is stored."""
    form = model_admin.whole_form(request)(
        query_dict(data), instance=Article.objects.select_related("pending").get(pk=article.pk)
    )
    form.is_valid()
    newest, typed = text.newest(article), form.new_text
    return {name: typed[name] if name in form.cleaned_data else newest[name] for name in text.FIELDS}


def offer(model_admin, request, form, article: Article | None) -> dict:
    """For the form's page, what this person typed and did not save: in the form where asked for, else to choose."""
    if request.method != "GET" or (article and not states.may_edit(article, request.user)):
        return {}
    asked = request.GET.get("tu-luu")
    if article is None:
        rows = autosaves.of_new_articles(request.user)
        row = next((row for row in rows if str(row.form_key) == asked), None)
        if row is None:
            return {"kept_new": [_described(row) for row in rows]}
        show(form, row.data)
        form.initial["form_token"] = row.form_key
        return {"restored": row, "stamp": row.stamp}
    row = autosaves.of(request.user, article)
    if row is None:
        return {}
    if not differs(model_admin, request, article, row.data):
        autosaves.drop(request.user, article)
        return {}
    if not asked:
        return {"kept": _described(row), "stamp": row.stamp}
    show(form, row.data)
    form.initial["started_from"] = row.version or article.version
    return {"restored": row, "stamp": row.stamp}


def _described(row: Autosave) -> Autosave:
    row.title = (row.data.get("title") or [""])[0][:100] or "(chưa có tiêu đề)"
    row.when = format_datetime(row.saved_at)
    row.url = restore_url(row)
    return row


def differs(model_admin, request, article: Article | None, data) -> bool:
    """Whether these fields are anything else than what is stored."""
    form_class = model_admin.get_form(request, article, change=article is not None)
    start = {} if article else {"initial": model_admin.get_changeform_initial_data(request)}
    return form_class(query_dict(data), instance=article, **start).differs


def restore_url(row: Autosave) -> str:
    """Where the form opens with what was kept."""
    if row.article_id:
        return reverse("admin:news_article_change", args=[row.article_id]) + "?tu-luu=1"
    return reverse("admin:news_article_add") + f"?tu-luu={row.form_key}"


def _key(value) -> uuid.UUID | None:
    try:
        return uuid.UUID(value) if value else None
    except ValueError:
        return None
