from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from news import images, library, usage
from news.admin import describing, media_views
from news.admin.library import LibraryAdmin, TrashFilter
from news.admin.media_forms import DescribedForm, ImageForm, ReplaceForm, UploadForm, take_picture
from news.imaging.uses import MOVED
from news.models import Image

MOST_AT_ONCE = 100  # pictures that are described on one page


class DescribedFilter(admin.SimpleListFilter):
    title = "mô tả"
    parameter_name = "mo_ta"

    def lookups(self, request, model_admin):
        return [("thieu", "Chưa có mô tả"), ("trang-tri", "Ảnh trang trí")]

    def queryset(self, request, queryset):
        if self.value() == "thieu":
            return queryset.filter(alt="", decorative=False)
        return queryset.filter(decorative=True) if self.value() == "trang-tri" else queryset


@admin.register(Image)
class ImageAdmin(LibraryAdmin):
    form = ImageForm
    change_list_template = "admin/news/image/change_list.html"
    change_form_template = "admin/news/image/change_form.html"
    list_display = ["alt", "credit", "created_at"]
    list_filter = [TrashFilter, DescribedFilter]
    search_fields = ["alt__unaccent", "caption__unaccent", "credit__unaccent"]
    search_help_text = "Tìm theo mô tả, chú thích, nguồn ảnh; không cần gõ dấu."
    actions = ["describe_selected", *LibraryAdmin.actions]

    class Media:
        css = {"all": ["css/library.css"]}
        js = ["js/drop.js", "js/focal.js"]

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("tai-len/", wrap(media_views.upload_picture), name="news_image_upload"),
            path("chon/", wrap(media_views.browse_pictures), name="news_image_browse"),
            path("mo-ta/", wrap(self.describe_view), name="news_image_describe"),
            path("mo-ta-trong-bai/", wrap(describing.view), name="news_image_describe_one"),
            path("<int:pk>/thay/", wrap(self.replace_view), name="news_image_replace"),
            *super().get_urls(),
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is not None:
            return super().get_form(request, obj, change=change, **kwargs)
        form = super().get_form(request, obj, change=change, **{**kwargs, "form": UploadForm})
        return type("UploadForm", (form,), {"user": request.user})

    def get_fields(self, request, obj=None):
        described = ["alt", "decorative", "caption", "credit"]
        return ["preview", *described, "focal_x", "focal_y", "size", "owner", "created_at"] if obj else [
            "upload", *described]  # fmt: skip

    def get_readonly_fields(self, request, obj=None):
        return ["preview", "size", "owner", "created_at"] if obj else []

    def save_model(self, request, obj, form, change):
        if not change:
            return  # the form has stored it
        obj.save(update_fields=[name for name in form.changed_data if name != "upload"] or ["alt"])
        if {"focal_x", "focal_y"} & set(form.changed_data):
            try:
                images.make(obj, MOVED)
            except ValidationError as error:
                self.message_user(request, f"Tâm ảnh đã lưu nhưng chưa cắt lại được: {error.messages[0]}",
                                  messages.WARNING)  # fmt: skip
        if {"alt", "decorative"} & set(form.changed_data):
            usage.render_again([obj.pk])

    def response_add(self, request, obj, post_url_continue=None):
        """Says so where the picture was there before: neither of the two descriptions is lost unseen."""
        form = self._last_form(request)
        if form is None:
            return super().response_add(request, obj, post_url_continue)
        if form.stored.note:
            self.message_user(request, form.stored.note, messages.INFO)
        if form.stored.created:
            return super().response_add(request, obj, post_url_continue)
        self.message_user(request, already_there(obj, form.cleaned_data.get("alt", "")), messages.WARNING)
        if "_popup" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return HttpResponseRedirect(reverse("admin:news_image_change", args=[obj.pk]))

    def save_form(self, request, form, change):
        request.library_form = form
        return super().save_form(request, form, change)

    def _last_form(self, request):
        form = getattr(request, "library_form", None)
        return form if isinstance(form, UploadForm) else None

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("owner")

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and self.has_change_permission(request, obj) and self.has_add_permission(request):
            context["replace_url"] = reverse("admin:news_image_replace", args=[obj.pk])
        return super().render_change_form(request, context, add, change, form_url, obj)

    # ------------------------------------------------------------ replace, describe many

    def replace_view(self, request, pk):
        old = self.get_object(request, str(pk))
        if old is None:
            return HttpResponseRedirect(reverse("admin:news_image_changelist"))
        if not self.has_change_permission(request, old) or not self.has_add_permission(request):
            raise PermissionDenied
        form = ReplaceForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            about = {name: getattr(old, name) for name in ("alt", "decorative", "caption", "credit")}
            try:
                stored = take_picture(form.cleaned_data["upload"], request.user, **about)
            except ValidationError as error:
                form.add_error("upload", error)
            else:
                return self._replaced(request, old, stored)
        return self._page(request, "admin/news/image/replace.html", "Thay ảnh",
                          {"form": form, "image": old, "places": usage.places(old)})  # fmt: skip

    def _replaced(self, request, old, stored):
        if stored.image.pk == old.pk:
            self.message_user(request, "Ảnh mới giống hệt ảnh cũ: không có gì để thay.", messages.WARNING)
        else:
            count = library.replace(old, stored.image, request.user)
            self.message_user(request, f"Đã thay ở {count} nơi dùng; ảnh cũ ở thùng rác. Hãy xem lại mô tả ảnh.",
                              messages.SUCCESS)  # fmt: skip
            if not stored.created:
                self.message_user(request, already_there(stored.image, old.alt), messages.WARNING)
        return HttpResponseRedirect(reverse("admin:news_image_change", args=[stored.image.pk]))

    @admin.action(description="Sửa mô tả các ảnh đã chọn", permissions=["change"])
    def describe_selected(self, request, queryset):
        ids = ",".join(str(pk) for pk in queryset.values_list("pk", flat=True)[:MOST_AT_ONCE])
        return HttpResponseRedirect(f"{reverse('admin:news_image_describe')}?anh={ids}")

    def describe_view(self, request):
        """One form for each of the pictures named in `?anh=1,2,3`; those that are right are saved."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        ids = [int(key) for key in request.GET.get("anh", "").split(",") if key.isascii() and key.isdigit()]
        chosen = Image.objects.kept().filter(pk__in=[key for key in ids if key < 2**63][:MOST_AT_ONCE])
        posted = request.POST if request.method == "POST" else None
        forms = [DescribedForm(posted, instance=image, prefix=f"anh-{image.pk}") for image in chosen]
        if posted is not None:
            changed = [form for form in forms if form.has_changed()]
            right = [form.save() for form in changed if form.is_valid()]
            usage.render_again([image.pk for image in right])
            self.message_user(request, f"Đã lưu mô tả của {len(right)} ảnh.", messages.SUCCESS)
            if len(right) == len(changed):
                return HttpResponseRedirect(reverse("admin:news_image_changelist"))
        return self._page(request, "admin/news/image/describe.html", "Sửa mô tả ảnh", {"forms": forms})

    def _page(self, request, template, title, context):
        return TemplateResponse(request, template, {
            **self.admin_site.each_context(request), "title": title, "opts": self.opts, "media": self.media, **context,
        })  # fmt: skip

    # ------------------------------------------------------------ shown

    @admin.display(description="ảnh")
    def preview(self, image):
        files = image.files("inline")
        return format_html('<img src="{}" alt="{}" width="480" data-focal-picture>',
                           files[0][2] if files else image.file.url, image.alt)  # fmt: skip

    @admin.display(description="kích thước")
    def size(self, image):
        return f"{image.width} × {image.height}"


def already_there(image, typed):
    """What to say to somebody who sent a picture that the library has."""
    said = f"Ảnh này đã có trong thư viện từ {image.created_at:%d-%m-%Y} nên không lưu thêm."
    if not typed or typed == image.alt:
        return said
    return f"{said} Mô tả đang dùng: “{image.alt or 'chưa có'}”. Mô tả bạn vừa ghi chưa được dùng: “{typed}”."
