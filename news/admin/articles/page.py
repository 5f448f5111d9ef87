"""The admin's pages of articles: one form to write in, and what leads away from it."""
import uuid
from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.forms import modelform_factory
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.safestring import mark_safe

from news import autosaves, search, states, text, workflow
from news.admin import history, pasting, replacing, word
from news.admin.articles import autosaving, bulk, buttons, calendar, conflict, filters, previewing
from news.admin.articles.form import ArticleForm
from news.admin.paging import EstimatedPaginator
from news.admin.tools import number, with_editor_policy
from news.fields import RichTextField
from news.models import Article
from news.widgets import RichTextWidget


@admin.register(Article)
@with_editor_policy
class ArticleAdmin(admin.ModelAdmin):
    form = ArticleForm
    formfield_overrides = {RichTextField: {"widget": RichTextWidget}}  # the admin would give it a plain text area
    change_form_template = "admin/news/article/change_form.html"
    change_list_template = "admin/news/article/change_list.html"
    list_display = ["title", "stage_label", "category", "genre", "pen_name", "owner", "publish_at"]
    list_select_related = ["category", "owner"]
    list_filter = [filters.Mine, filters.Stage, filters.Owner, "category", filters.PublishDates]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # each would count the whole table
    paginator = EstimatedPaginator
    actions = bulk.ACTIONS
    search_fields = ["title"]  # turns the search box on; get_search_results does the search
    search_help_text = "Tìm theo từ trong tiêu đề, sa-pô và nội dung; không cần gõ dấu."
    autocomplete_fields = ["tags", "image", "also_in", "related", "attachments"]
    readonly_fields = ["text"]
    fieldsets = [
        (None, {"fields": ["title", "lead", "body", "correction", "started_from", "form_token"]}),
        ("Xếp loại", {"fields": ["category", "also_in", "tags", "genre", "slug"]}),
        ("Ảnh và tệp", {"fields": ["image", "caption", "attachments"]}),
        ("Tác giả và nguồn", {"fields": ["pen_name", "source"]}),
        ("Thời gian đăng", {"fields": ["publish_at", "expire_at"]}),
        ("Liên quan và chia sẻ", {"fields": ["related", "social_description"]}),
        ("Trong tòa soạn", {"fields": ["review_on", "internal_note"]}),
    ]

    # ------------------------------------------------------------------ what is shown

    @admin.display(description="nội dung")
    def text(self, article):
        """The body for those who may only read it: what readers will see, not its markup."""
        return mark_safe(article.rendered)  # sanitised on its way into the database

    @admin.display(description="trạng thái", ordering="state")
    def stage_label(self, article):
        return article.stage_label

    def get_fieldsets(self, request, obj=None):
        if obj is not None and not self.has_change_permission(request, obj):
            return [(None, {"fields": ["title", "lead", "text"]}), *self.fieldsets[1:]]
        if obj is None or not obj.has_had_readers:
            first = [name for name in self.fieldsets[0][1]["fields"] if name != text.CORRECTION]
            return [(None, {"fields": first}), *self.fieldsets[1:]]
        return self.fieldsets

    def get_form(self, request, obj=None, change=False, **kwargs):
        kwargs.setdefault("fields", list(ArticleForm.Meta.fields))
        made = super().get_form(request, obj, change=change, **kwargs)
        return type("ArticleForm", (made,), {"user": request.user})

    def get_changelist(self, request, **kwargs):
        return filters.ArticleList

    def whole_form(self, request):
        """The form with all its fields, also for who may no longer save it: what was typed is read with it."""
        made = modelform_factory(Article, form=ArticleForm, formfield_callback=partial(
            self.formfield_for_dbfield, request=request))  # fmt: skip
        return type("ArticleForm", (made,), {"user": request.user})

    def get_queryset(self, request):
        if request.resolver_match.url_name == "autocomplete":
            return Article.objects.published()  # what another article, the front page or a banner may point to
        return states.visible_to(request.user).defer("search", "rendered")

    def get_object(self, request, object_id, from_field=None):
        article = super().get_object(request, object_id, from_field)
        if article is not None and article.pending_id and not states.may_edit(article, request.user):
            # Who may only look is shown the newest text; who may edit gets it in the form.
            text.put(text.newest(article), article).prepare()
        return article

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        return search.matching(queryset, search_term, prefix=True), False

    def get_changeform_initial_data(self, request):
        return {"pen_name": request.user.pen_name, "form_token": uuid.uuid4(),
                **super().get_changeform_initial_data(request)}  # fmt: skip

    def get_view_on_site_url(self, obj=None):
        return super().get_view_on_site_url(obj) if obj is not None and obj.is_public else None

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in {"category", "image", "also_in", "related", "attachments"}:
            # Taking one away from this article is one thing, deleting it for all another.
            field.widget.can_delete_related = False
        return field

    # ------------------------------------------------------------------ who may

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and (obj is None or states.may_see(obj, request.user))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or states.may_edit(obj, request.user))

    def has_delete_permission(self, request, obj=None):
        """Django's deleting is for good, so it is for the trash alone; its button is not shown elsewhere."""
        return obj is not None and bool(obj.deleted_at) and request.user.has_perm("news.purge_article")

    # ------------------------------------------------------------------ where to

    def get_urls(self):
        def page(address, view, name):
            def called(request, **kwargs):
                return view(self, request, **kwargs)

            return path(address, self.admin_site.admin_view(called), name=f"news_article_{name}")

        return [
            page("lich/", calendar.view, "calendar"),
            page("nhap-tu-word/", word.import_view, "word"),
            page("don-doan-dan/", pasting.view, "clean_paste"),
            page("tim-va-thay/", replacing.replace_view, "replace"),
            page("tim-va-thay/cac-lan/", replacing.replacements_view, "replacements"),
            page("tim-va-thay/cac-lan/<int:object_id>/hoan-tac/", replacing.undo_view, "undo_replacement"),
            page("tu-luu/", autosaving.view, "autosave_new"),
            page("tu-luu/bo/", autosaving.discard, "autosave_discard_new"),
            page("xem-truoc/", previewing.view, "preview_new"),
            page("<int:object_id>/tu-luu/", autosaving.view, "autosave"),
            page("<int:object_id>/tu-luu/bo/", autosaving.discard, "autosave_discard"),
            page("<int:object_id>/roi/", autosaving.leave, "leave"),
            page("<int:object_id>/xem-truoc/", previewing.view, "preview"),
            page("<int:object_id>/chia-se/", previewing.share, "share"),
            page("<int:object_id>/xung-dot/", conflict.view, "conflict"),
            page("<int:object_id>/so-sanh/", history.compare_view, "compare"),
            page("<int:object_id>/khoi-phuc/", history.restore_view, "restore"),
            *super().get_urls(),
        ]

    def history_view(self, request, object_id, extra_context=None):
        return history.history_view(self, request, object_id)

    # ------------------------------------------------------------------ saving

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Saves as the admin does, then does what the button that was pressed says."""
        _refuse_garbage(request)
        if request.method == "POST" and object_id:
            article = self.get_object(request, object_id)
            if article is not None and states.may_see(article, request.user) and not self.has_change_permission(
                request, article
            ):
                if "_action" in request.POST and "title" not in request.POST:
                    return self._act(request, article)
                # Somebody moved the article on while this was typed: nothing is saved, nothing is lost.
                return conflict.keep_and_show(request, article, _version(request, article))
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except workflow.StaleError:
            return conflict.keep_and_show(request, self.get_object(request, object_id), _version(request))
        except workflow.AlreadyWrittenError as known:
            return conflict.keep_and_show(request, known.article, known.article.version)

    def save_model(self, request, obj, form, change):
        if change:
            obj.version = form.cleaned_data.get("started_from") or 0
        else:
            obj.form_key = form.cleaned_data.get("form_token")
        workflow.save(obj, request.user, form.many, correction=form.cleaned_data.get(text.CORRECTION, ""))
        autosaves.drop(request.user, obj if change else None, obj.form_key)

    def save_related(self, request, form, formsets, change):
        """The workflow has written the rows of other tables too."""

    def response_change(self, request, obj):
        if "_action" in request.POST:
            return self._act(request, obj)
        return super().response_change(request, obj)

    def response_add(self, request, obj, post_url_continue=None):
        if "_action" in request.POST:
            return self._act(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def _act(self, request, article):
        name = request.POST["_action"]
        if name in states.ACTIONS:
            given = {key: request.POST.get(key, "").replace("\0", "")[:500] for key in ("reason", "public_reason")}
            try:
                with transaction.atomic():
                    workflow.perform(name, article, request.user, **given, override="override" in request.POST)
                done = states.ACTIONS[name].done
                self.log_change(request, article, f"{done}: {article.reason}." if article.reason else f"{done}.")
                self.message_user(request, f"{done}: “{article}”.", messages.SUCCESS)
            except workflow.RefusedError as refused:
                self.message_user(request, str(refused), messages.ERROR)
        return HttpResponseRedirect(reverse("admin:news_article_change", args=[article.pk]))

    def delete_model(self, request, obj):
        workflow.purge(obj, request.user)

    def changelist_view(self, request, extra_context=None):
        tabs = filters.Mine(request, {}, Article, self).lookup_choices
        tab = request.GET.get(filters.Mine.parameter_name) or request.GET.get(filters.Stage.parameter_name)
        return super().changelist_view(request, {"tabs": tabs, "tab": tab, **(extra_context or {})})

    # ------------------------------------------------------------------ the form's page

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= buttons.context(obj, request.user) if obj else {}
        context |= autosaving.offer(self, request, context["adminform"].form, obj)
        if obj:
            autosave = reverse("admin:news_article_autosave", args=[obj.pk])
            last = obj.revisions.select_related("author").only("number", "action", "created_at", "author").first()
            context |= {
                "others": autosaves.others(request.user, obj), "last_revision": last,
                "preview_url": reverse("admin:news_article_preview", args=[obj.pk]),
                "leave_url": reverse("admin:news_article_leave", args=[obj.pk]),
                "may_edit": states.may_edit(obj, request.user),
            }  # fmt: skip
        else:
            autosave = reverse("admin:news_article_autosave_new")
            context |= {"preview_url": reverse("admin:news_article_preview_new"), "may_edit": True}
        context["autosave_url"] = autosave
        return super().render_change_form(request, context, add, change, form_url, obj)


def _version(request, article=None) -> int:
    opened = number(request.POST.get("started_from"), digits=9)
    return opened or (article.version if article else 0)


def _refuse_garbage(request):
    names = ("image", "tags", "also_in", "related", "attachments")
    picked = [key for name in names for key in request.POST.getlist(name)]
    if any(key and number(key) is None for key in picked):
        raise BadRequest("a key that no list offers")
