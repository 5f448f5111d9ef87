from django.contrib import admin, messages
from django.urls import path
from django.utils.html import format_html

from news.admin import media_views
from news.admin.library import LibraryAdmin, TrashFilter
from news.admin.media_forms import AttachmentUploadForm
from news.models import Attachment
from news.vietnamese import format_number


@admin.register(Attachment)
class AttachmentAdmin(LibraryAdmin):
    list_display = ["title", "kind", "weight", "owner", "created_at"]
    list_filter = [TrashFilter, "kind"]
    list_select_related = ["owner"]
    search_fields = ["title__unaccent"]
    search_help_text = "Tìm theo tên tệp; không cần gõ dấu."

    class Media:
        css = {"all": ["css/library.css"]}
        js = ["js/drop.js"]

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("tai-len/", wrap(media_views.upload_file), name="news_attachment_upload"),
            path("chon/", wrap(media_views.browse_files), name="news_attachment_browse"),
            *super().get_urls(),
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is not None:
            return super().get_form(request, obj, change=change, **kwargs)
        form = super().get_form(request, obj, change=change, **{**kwargs, "form": AttachmentUploadForm})
        return type("AttachmentUploadForm", (form,), {"user": request.user})

    def get_fields(self, request, obj=None):
        return ["title", "kind", "weight", "download", "owner", "created_at"] if obj else ["upload", "title"]

    def get_readonly_fields(self, request, obj=None):
        return ["kind", "weight", "download", "owner", "created_at"] if obj else []

    def save_model(self, request, obj, form, change):
        if change:
            obj.save(update_fields=["title"])
        elif not form.created:
            typed = form.cleaned_data.get("title")
            said = f"Tệp này đã có trong thư viện với tên “{obj.title}” nên không lưu thêm."
            self.message_user(request, f"{said} Tên bạn vừa ghi chưa được dùng: “{typed}”." if typed else said,
                              messages.WARNING)  # fmt: skip

    @admin.display(description="dung lượng")
    def weight(self, attachment):
        return f"{format_number(max(1, round(attachment.size / 1024)))} KB"

    @admin.display(description="tải về")
    def download(self, attachment):
        return format_html('<a href="{}">{}</a>', attachment.get_absolute_url(), attachment.download_name)
