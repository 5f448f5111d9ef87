"""The library's forms: what is asked of whoever sends a picture or a file, and of whoever describes one."""
from django import forms
from django.core.exceptions import ValidationError

from news import alttext, attachments, images, uploads
from news.models import Attachment, Image

ACCEPT_PICTURES = "image/jpeg,image/png,image/webp,image/gif,image/heic,image/heif,.heic,.heif"
ACCEPT_FILES = ".pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.odt,.ods,.odp,.zip"
FOCAL = {"min": 0, "max": 100, "data-focal": ""}


class DescribedForm(forms.ModelForm):
    """A description, or the mark that there is nothing to describe."""

    file_name = ""  # of the picture that comes with the form

    class Meta:
        model = Image
        fields = ["alt", "decorative", "caption", "credit"]
        widgets = {"alt": forms.Textarea({"rows": 2, "class": "vLargeTextField", "maxlength": 300})}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("decorative"):
            if cleaned.get("alt"):
                self.add_error("alt", "Ảnh trang trí không có mô tả: hãy bỏ dấu chọn hoặc xóa mô tả.")
        elif "alt" in cleaned and (why := alttext.problem(
            cleaned["alt"], file_name=self.file_name, beside=(cleaned.get("caption", ""),)
        )):  # fmt: skip
            self.add_error("alt", why)
        return cleaned


class ImageForm(DescribedForm):
    class Meta(DescribedForm.Meta):
        fields = ["alt", "decorative", "caption", "credit", "focal_x", "focal_y"]
        widgets = {**DescribedForm.Meta.widgets, "focal_x": forms.NumberInput(FOCAL),
                   "focal_y": forms.NumberInput(FOCAL)}  # fmt: skip


class UploadForm(DescribedForm):
    """Sends a picture: the file is looked at only when everything else of the form is right."""

    upload = forms.FileField(label="Tệp ảnh", help_text="JPEG, PNG, WebP, GIF hoặc HEIC, tối đa 20 MB. Có thể kéo thả.",
                             widget=forms.FileInput({"accept": ACCEPT_PICTURES, "data-drop": ""}))  # fmt: skip
    user = None  # set by the admin

    def clean(self):
        upload = self.files.get("upload")
        self.file_name = upload.name if upload else ""
        cleaned = super().clean()
        if cleaned.get("upload") and not self.errors:
            about = {name: cleaned.get(name) for name in ("alt", "decorative", "caption", "credit")}
            try:
                self.stored = take_picture(cleaned["upload"], self.user, **about)
            except ValidationError as error:
                self.add_error("upload", error)
        return cleaned

    def save(self, commit=True):
        """The picture's row: a new one, or the one that is there already for the same picture."""
        self.instance = self.stored.image
        return self.instance

    def save_m2m(self):
        """A picture has no further tables to fill."""


class ReplaceForm(forms.Form):
    upload = forms.FileField(label="Ảnh mới", widget=forms.FileInput({"accept": ACCEPT_PICTURES, "data-drop": ""}))


class AttachmentUploadForm(forms.ModelForm):
    upload = forms.FileField(
        label="Tệp", help_text="PDF, Word, Excel, PowerPoint, OpenDocument hoặc ZIP, tối đa 50 MB.",
        widget=forms.FileInput({"accept": ACCEPT_FILES, "data-drop": ""}),
    )  # fmt: skip
    user = None

    class Meta:
        model = Attachment
        fields = ["title"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields["title"].help_text = "Để trống thì lấy theo tên tệp."

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("upload") and not self.errors:
            try:
                self.stored, self.created = take_file(cleaned["upload"], self.user, title=cleaned.get("title", ""))
            except ValidationError as error:
                self.add_error("upload", error)
        return cleaned

    def save(self, commit=True):
        self.instance = self.stored
        return self.instance

    def save_m2m(self):
        """A file has no further tables to fill."""


def take_picture(upload, user, **about) -> images.Stored:
    """An uploaded picture into the library, counted for its sender; raises ValidationError."""
    uploads.count(user, upload.size)
    if upload.size > images.MAX_BYTES:
        raise images.PictureError("bytes")
    return images.store(upload.read(), owner=user, **about)


def take_file(upload, user, title: str = "") -> tuple[Attachment, bool]:
    uploads.count(user, upload.size)
    return attachments.store(upload, title=title, owner=user)
