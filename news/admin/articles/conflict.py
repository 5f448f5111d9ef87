"""Two people saved one article: both texts side by side, and a choice for each field that differs.

What was typed is kept as the person's autosave first; this page shows that row, so that nothing hangs on a page.
"""
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from news import autosaves, diffing, merge, states, text
from news.admin.articles.autosaving import restore_url, typed_text
from news.admin.articles.form import sent
from news.models import Article

JOINED = {"lead", "body", "internal_note", text.CORRECTION}  # where both, one after the other, make sense


@dataclass(frozen=True, slots=True)
class Difference:
    name: str
    label: str
    mine: str
    theirs: str
    merged: str | None  # both changes in one text, where they do not touch the same place
    picked: str  # mine, theirs or merged: what is ticked at first
    may_join: bool
    changes: object  # from theirs to mine, as news.diffing gives them; None for what is no text


def keep_and_show(request, article: Article, version: int) -> HttpResponseRedirect:
    """Keeps the text of a save that cannot be done, and leads to the page that shows it."""
    autosaves.keep(request.user, autosaves.fields_of(request.POST), article=article, version=version, force=True)
    return HttpResponseRedirect(reverse("admin:news_article_conflict", args=[article.pk]))


def view(model_admin, request, object_id):
    article = Article.objects.select_related("pending").filter(pk=object_id).first()
    if article is None or not states.may_see(article, request.user):
        raise PermissionDenied
    kept = autosaves.of(request.user, article)
    form_address = reverse("admin:news_article_change", args=[article.pk])
    if kept is None:
        return HttpResponseRedirect(form_address)
    mine, theirs = typed_text(model_admin, request, article, kept.data), text.newest(article)
    found = differences(_base(article, kept.version), mine, theirs)
    if not found:
        autosaves.drop(request.user, article)
        messages.info(request, "Hai bản giống nhau: không còn gì phải chọn.")
        return HttpResponseRedirect(form_address)
    why_not = states.why_not_edit(article, request.user)
    if request.method == "POST" and not why_not:
        if request.POST.get("version") == str(article.version):
            return _resolve(request, article, found, mine, theirs)
        messages.warning(request, "Bài lại vừa được lưu lần nữa: hãy xem lại các lựa chọn.")
    return TemplateResponse(request, "admin/news/article/conflict.html", {
        **model_admin.admin_site.each_context(request),
        "title": "Chưa lưu được: hãy chọn giữa hai bản", "opts": model_admin.opts, "original": article,
        "last": article.revisions.select_related("author").first(), "kept": kept, "differences": found,
        "why_not": why_not, "stale": kept.version != article.version,
    }, headers={"Cache-Control": "no-store"})  # fmt: skip


def differences(base: text.Text | None, mine: text.Text, theirs: text.Text) -> list[Difference]:
    """The fields in which two texts differ, each with what is best picked: who alone changed it since `base`."""
    return [_difference(name, base, mine, theirs) for name in text.changed(theirs, mine)]


def _difference(name: str, base: text.Text | None, mine: text.Text, theirs: text.Text) -> Difference:
    field = text.FIELDS[name]
    merged, picked = None, "mine"
    if base and base[name] == mine[name]:
        picked = "theirs"
    elif base and field.kind in {"words", "html"} and base[name] != theirs[name]:
        three_way = merge.merge_html if field.kind == "html" else merge.merge_words
        merged = three_way(base[name], mine[name], theirs[name])
        picked = "mine" if merged is None else "merged"
    changes = None
    if field.kind in {"words", "html"}:
        compare = diffing.compare_html if field.kind == "html" else diffing.compare_words
        changes = compare(theirs[name], mine[name])
    return Difference(name, field.label, text.shown(name, mine[name]), text.shown(name, theirs[name]), merged, picked,
                      name in JOINED, changes)  # fmt: skip


def _base(article: Article, version: int) -> text.Text | None:
    """The text that both began from, where the history still has it."""
    revision = article.revisions.filter(number=version).first()
    return text.complete(revision.snapshot, article) if revision else None


def _resolve(request, article: Article, found: list[Difference], mine, theirs) -> HttpResponseRedirect:
    """Puts the chosen parts together as the autosave of the newest version, and opens the form with it."""
    result = dict(theirs)
    for difference in found:
        name = difference.name
        pick = request.POST.get(f"pick_{name}", difference.picked)
        if pick == "merged" and difference.merged is not None:
            result[name] = difference.merged
        elif pick == "both" and difference.may_join:
            result[name] = f"{theirs[name]}\n{mine[name]}"
        elif pick != "theirs":
            result[name] = mine[name]
    row = autosaves.keep(request.user, sent(result), article=article, version=article.version, force=True)
    return HttpResponseRedirect(restore_url(row))
