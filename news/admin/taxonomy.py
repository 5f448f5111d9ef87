from django import forms
from django.contrib import admin

from news import readiness
from news.admin.tools import FoldedSearchMixin, with_editor_policy
from news.fields import RichTextField
from news.models import Category, Page, Tag
from news.widgets import RichTextWidget, SlugWidget


class NamedAdmin(FoldedSearchMixin, admin.ModelAdmin):
    search_fields = ["name__unaccent", "slug"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "slug":
            kwargs["widget"] = SlugWidget("name")
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Category)
class CategoryAdmin(NamedAdmin):
    list_display = ["name", "parent", "position", "on_home"]
    list_editable = ["position", "on_home"]
    list_select_related = ["parent"]
    list_filter = ["on_home"]

    def get_deleted_objects(self, objs, request):
        deletable, counts, lacking, protected = super().get_deleted_objects(objs, request)
        # Its articles keep it from being deleted: that is the reason to show, not who may delete them.
        return deletable, counts, set() if protected else lacking, protected


@admin.register(Tag)
class TagAdmin(NamedAdmin):
    list_display = ["name", "slug"]


class PageForm(forms.ModelForm):
    def clean(self):
        cleaned = super().clean()
        shown = cleaned.get("published") and "body" in cleaned
        if shown and (why := readiness.of_body(cleaned["body"], cleaned.get("title", ""))):
            self.add_error("body", f"{why} Hoặc bỏ dấu “Cho mọi người xem” rồi lưu.")
        return cleaned


@admin.register(Page)
@with_editor_policy
class PageAdmin(FoldedSearchMixin, admin.ModelAdmin):
    form = PageForm
    formfield_overrides = {RichTextField: {"widget": RichTextWidget}}
    list_display = ["title", "slug", "language", "published", "updated_at"]
    fields = ["title", "slug", "language", "translation_of", "body", "published"]
    list_filter = ["language", "published"]
    search_fields = ["title__unaccent", "slug"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "slug":
            kwargs["widget"] = SlugWidget("title")
        return super().formfield_for_dbfield(db_field, request, **kwargs)
