from django.contrib import admin

from news.admin.taxonomy import NamedAdmin
from news.admin.tools import FoldedSearchMixin
from news.models import Redirect, Topic


@admin.register(Topic)
class TopicAdmin(NamedAdmin):
    list_display = ["name", "tag", "published"]
    list_select_related = ["tag"]
    list_filter = ["published"]
    autocomplete_fields = ["tag"]
    raw_id_fields = ["articles"]


@admin.register(Redirect)
class RedirectAdmin(FoldedSearchMixin, admin.ModelAdmin):
    list_display = ["old", "new"]
    search_fields = ["old", "new"]
