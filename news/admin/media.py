from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from news import images
from news.admin.tools import FoldedSearchMixin
from news.models import Image


class UploadForm(forms.ModelForm):
    upload = forms.FileField(label="Tệp ảnh", help_text="JPEG, PNG, WebP hoặc GIF, tối đa 20 MB.")

    class Meta:
        model = Image
        fields = ["alt", "credit"]

    def clean(self):
        cleaned = super().clean()
        upload = cleaned.get("upload")
        if upload and not self.errors:
            try:
                if upload.size > images.MAX_BYTES:
                    raise ValidationError("Ảnh lớn quá 20 MB.")
                self.stored = images.ingest(upload.read(), alt=cleaned["alt"], credit=cleaned.get("credit", ""))
            except ValidationError as error:
                self.add_error("upload", error)
        return cleaned

    def save(self, commit=True):
        """The picture's row: a new one, or the one that is there already for the same picture."""
        self.instance = self.stored
        return self.stored

    def save_m2m(self):
        """A picture has no further tables to fill."""


@admin.register(Image)
class ImageAdmin(FoldedSearchMixin, admin.ModelAdmin):
    list_display = ["thumbnail", "alt", "credit", "size", "created_at"]
    list_display_links = ["thumbnail", "alt"]
    search_fields = ["alt__unaccent", "credit__unaccent"]
    date_hierarchy = "created_at"

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs["form"] = UploadForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fields(self, request, obj=None):
        return ["alt", "credit", "preview", "size", "created_at"] if obj else ["upload", "alt", "credit"]

    def get_readonly_fields(self, request, obj=None):
        return ["preview", "size", "created_at"] if obj else []

    def save_model(self, request, obj, form, change):
        if not obj.owner_id and not change:
            obj.owner = request.user
        obj.save()

    @admin.display(description="ảnh")
    def thumbnail(self, image):
        return format_html('<img src="{}" alt="" width="96" loading="lazy">', image.renditions[0][1])

    @admin.display(description="xem")
    def preview(self, image):
        return format_html('<img src="{}" alt="{}" width="400">', image.renditions[0][1], image.alt)

    @admin.display(description="kích thước")
    def size(self, image):
        return f"{image.width} × {image.height}"
