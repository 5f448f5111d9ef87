"""“Tìm và thay” in the admin: what would change, the run, and the list from which runs are undone."""
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from news import replacing, text, workflow
from news.admin.tools import number
from news.models import Category, Replacement, State
from news.models.choices import Did
from news.paging import page_of
from news.substitution import Search
from news.vietnamese import format_number, nfc, words

PAGE = 50
MAX_TEXT = 200  # characters
_FIELDS = [(name, text.FIELDS[name].label) for name in replacing.FIELDS]


class ReplaceForm(forms.Form):
    find = forms.CharField(label="Tìm", max_length=MAX_TEXT, widget=forms.TextInput({"size": 50}))
    replace = forms.CharField(label="Thay bằng", max_length=MAX_TEXT, required=False,
                              widget=forms.TextInput({"size": 50}), help_text="Để trống thì bỏ những chữ tìm được.")
    match_case = forms.BooleanField(label="Phân biệt hoa thường", required=False, initial=True)
    whole_words = forms.BooleanField(
        label="Nguyên từ", required=False, initial=True,
        help_text="Bỏ chọn thì phần đầu của một từ cũng tính: “Covid” thấy cả “Covid19”. Dấu luôn được phân biệt.",
    )
    fields_in = forms.MultipleChoiceField(label="Trong", choices=_FIELDS, initial=replacing.FIELDS,
                                          widget=forms.CheckboxSelectMultiple)
    category = forms.ModelChoiceField(Category.objects.all(), label="Chuyên mục", required=False,
                                      empty_label="Mọi chuyên mục")
    state = forms.ChoiceField(label="Trạng thái", required=False, choices=[("", "Mọi trạng thái"), *State.choices])

    def clean_find(self):
        found = " ".join(nfc(self.cleaned_data["find"]).split())
        if not words(found):
            raise forms.ValidationError("Hãy gõ ít nhất một chữ hoặc một số để tìm.")
        return found

    def clean_replace(self):
        return " ".join(nfc(self.cleaned_data["replace"]).split())

    def clean(self):
        cleaned = super().clean()
        if "find" in cleaned and cleaned["find"] == cleaned.get("replace"):
            self.add_error("replace", "Chữ thay giống hệt chữ tìm.")
        return cleaned

    @property
    def search(self) -> Search:
        return Search(*(self.cleaned_data[name] for name in ("find", "replace", "match_case", "whole_words")))


def replace_view(model_admin, request):
    """GET asks and shows what would change; POST changes what was ticked."""
    _check_right(request)
    asked = request.POST if request.method == "POST" else request.GET
    form = ReplaceForm(asked) if "find" in asked else ReplaceForm()
    context = {"form": form, "most": replacing.MOST_ARTICLES, "looked_at": format_number(replacing.MOST_LOOKED_AT)}
    if form.is_bound and form.is_valid():
        if request.method == "POST":
            try:
                outcome = replacing.run(request.user, form.search, form.cleaned_data["fields_in"], _picks(request))
                return _page(model_admin, request, "done", "Tìm và thay", outcome=outcome)
            except workflow.RefusedError as refused:
                messages.error(request, str(refused))
        category = form.cleaned_data["category"]
        context["preview"] = replacing.preview(
            request.user, form.search, form.cleaned_data["fields_in"], category and category.pk,
            form.cleaned_data["state"],
        )  # fmt: skip
        context |= {"search": form.search, "kept": ReplaceForm(asked, auto_id=False)}
    return _page(model_admin, request, "replace", "Tìm và thay", **context)


def replacements_view(model_admin, request):
    """Every run, newest first."""
    _check_right(request)
    cards = Replacement.objects.select_related("author").annotate(
        articles=Count("revisions", filter=Q(revisions__action=Did.REPLACE))
    )
    page = page_of(request, Replacement.objects.order_by("-created_at", "-pk"), cards, size=PAGE)
    return _page(model_admin, request, "list", "Các lần tìm và thay", page=page)


def undo_view(model_admin, request, object_id):
    _check_right(request)
    replacement = Replacement.objects.filter(pk=object_id).first() if number(str(object_id)) else None
    if replacement is None:
        raise Http404
    if request.method == "POST":
        try:
            outcome = replacing.undo(request.user, replacement)
            return _page(model_admin, request, "done", "Hoàn tác tìm và thay", outcome=outcome, undone=True)
        except workflow.RefusedError as refused:
            messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("admin:news_article_replacements"))


def _picks(request) -> list[replacing.Pick]:
    """What was ticked, as `bai=12:3` (article, version), less the hits that stay, as `giu=12:0`."""
    skips: dict[int, set[int]] = {}
    for key, place in _pairs(request, "giu"):
        skips.setdefault(key, set()).add(place)
    return [replacing.Pick(key, version, frozenset(skips.get(key, ()))) for key, version in _pairs(request, "bai")]


def _pairs(request, name: str):
    for value in request.POST.getlist(name):
        left, _, right = value.partition(":")
        pair = number(left), number(right, digits=9)
        if None not in pair:
            yield pair


def _check_right(request) -> None:
    if not request.user.has_perm("news.replace_article"):
        raise PermissionDenied


def _page(model_admin, request, template: str, title: str, **context) -> TemplateResponse:
    return TemplateResponse(request, f"admin/news/replacement/{template}.html", {
        **model_admin.admin_site.each_context(request), "title": title, "opts": model_admin.opts, **context,
    }, headers={"Cache-Control": "no-store"})  # fmt: skip
