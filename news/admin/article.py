from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpResponseRedirect
from django.utils.safestring import mark_safe

from news import search, states, workflow
from news.admin.tools import with_editor_policy
from news.admin.word import WordImportMixin
from news.fields import RichTextField
from news.models import Article
from news.widgets import RichTextWidget, SlugWidget


class ArticleForm(forms.ModelForm):
    # The version that was opened.
    started_from = forms.IntegerField(label="phiên bản đã mở", widget=forms.HiddenInput, required=False)

    class Meta:
        model = Article
        fields = ["title", "slug", "lead", "body", "category", "tags", "image", "caption", "pen_name", "source",
                  "publish_at", "expire_at"]  # fmt: skip
        widgets = {
            "title": forms.TextInput({"class": "vTextField article-title"}),
            "slug": SlugWidget("title"),
            "lead": forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["started_from"] = self.instance.version

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk:
            # The row stays locked until the admin's transaction ends: nobody comes between this look and the write.
            stored = Article.objects.select_for_update().filter(pk=self.instance.pk).values_list("version", flat=True)
            if cleaned.get("started_from") != stored.first():
                raise ValidationError(
                    "Bài này vừa được lưu ở nơi khác sau khi bạn mở. Văn bản bạn đang sửa vẫn còn ở dưới đây: "
                    "hãy chép lại phần cần giữ, mở lại bài rồi sửa tiếp."
                )
            self.instance.version = cleaned["started_from"]
        if self.instance.state == Article.State.PUBLISHED and "publish_at" in cleaned and not cleaned["publish_at"]:
            self.add_error("publish_at", "Bài đã xuất bản phải có ngày đăng.")
        return cleaned


@admin.register(Article)
@with_editor_policy
class ArticleAdmin(WordImportMixin, admin.ModelAdmin):
    form = ArticleForm
    formfield_overrides = {RichTextField: {"widget": RichTextWidget}}  # the admin would give it a plain text area
    change_form_template = "admin/news/article/change_form.html"
    list_display = ["title", "state_label", "category", "pen_name", "owner", "publish_at"]
    list_select_related = ["category", "owner"]
    list_filter = ["state", "category"]
    list_per_page = 50
    date_hierarchy = "publish_at"
    show_full_result_count = False
    search_fields = ["title"]  # turns the search box on; get_search_results does the search
    search_help_text = "Tìm theo từ trong tiêu đề, sa-pô và nội dung; không cần gõ dấu."
    autocomplete_fields = ["tags", "image"]
    readonly_fields = ["state_label", "reason", "owner", "text"]
    fieldsets = [
        (None, {"fields": ["title", "lead", "body", "started_from"]}),
        ("Xếp loại", {"fields": ["category", "tags", "slug"]}),
        ("Ảnh đại diện", {"fields": ["image", "caption"]}),
        ("Tác giả và nguồn", {"fields": ["pen_name", "source", "owner"]}),
        ("Thời gian đăng", {"fields": ["publish_at", "expire_at"]}),
        ("Trạng thái", {"fields": ["state_label", "reason"]}),
    ]

    @admin.display(description="nội dung")
    def text(self, article):
        """The body for those who may only read it: what readers will see, not its markup."""
        return mark_safe(article.rendered)  # sanitised on its way into the database

    def get_fieldsets(self, request, obj=None):
        if obj is None or self.has_change_permission(request, obj):
            return self.fieldsets
        return [(None, {"fields": ["title", "lead", "text"]}), *self.fieldsets[1:]]

    @admin.display(description="trạng thái", ordering="state")
    def state_label(self, article):
        return article.state_label

    def get_queryset(self, request):
        return states.visible_to(request.user).defer("search", "rendered")

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        return search.matching(queryset, search_term, prefix=True), False

    def get_changeform_initial_data(self, request):
        return {"pen_name": request.user.pen_name, **super().get_changeform_initial_data(request)}

    def get_view_on_site_url(self, obj=None):
        return super().get_view_on_site_url(obj) if obj is not None and obj.is_public else None

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and (obj is None or states.may_see(obj, request.user))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or states.may_edit(obj, request.user))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or states.may_delete(obj, request.user))

    def save_model(self, request, obj, form, change):
        workflow.save(obj, request.user)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["workflow_actions"] = states.actions_for(obj, request.user) if obj else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in {"category", "image"}:
            # Taking one away from this article is one thing, deleting it for all another.
            field.widget.can_delete_related = False
        return field

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Saves as the admin does, then does what the button that was pressed says."""
        picked = [*request.POST.getlist("image"), *request.POST.getlist("tags")]
        if any(key and not (key.isascii() and key.isdigit() and len(key) < 19) for key in picked):
            raise BadRequest("a key that no list offers")
        if request.method == "POST" and "_action" in request.POST and object_id:
            article = self.get_object(request, object_id)
            if article is not None and not self.has_change_permission(request, article):
                return self._act(request, article)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def response_change(self, request, obj):
        if "_action" in request.POST:
            return self._act(request, obj)
        return super().response_change(request, obj)

    def _act(self, request, article):
        name = request.POST["_action"]
        if name in states.ACTIONS:
            try:
                article = workflow.perform(name, article, request.user, request.POST.get("reason", ""))
                done = states.ACTIONS[name].done
                self.log_change(request, article, f"{done}: {article.reason}." if article.reason else f"{done}.")
                self.message_user(request, f"{done}: “{article}”.", messages.SUCCESS)
            except workflow.RefusedError as refused:
                self.message_user(request, str(refused), messages.ERROR)
        return HttpResponseRedirect(request.path)
