from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from news.fields import CharField
from news.models.media import LibraryFile
from news.vietnamese import slugify

# kind, which is also the end of its name → (what people call it, media type)
KINDS = {
    "pdf": ("PDF", "application/pdf"),
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pptx": ("PowerPoint", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "doc": ("Word 97-2003", "application/msword"),
    "xls": ("Excel 97-2003", "application/vnd.ms-excel"),
    "ppt": ("PowerPoint 97-2003", "application/vnd.ms-powerpoint"),
    "odt": ("Văn bản OpenDocument", "application/vnd.oasis.opendocument.text"),
    "ods": ("Bảng tính OpenDocument", "application/vnd.oasis.opendocument.spreadsheet"),
    "odp": ("Trình chiếu OpenDocument", "application/vnd.oasis.opendocument.presentation"),
    "zip": ("Tệp nén ZIP", "application/zip"),
}


class Attachment(LibraryFile):
    """A document that goes with articles; `kind` is what its content is, whatever its name said."""

    file = models.FileField("tệp", upload_to="rieng/tep/", max_length=200, editable=False)
    title = CharField("tên tệp", max_length=200, help_text="Tên mà bạn đọc thấy, không cần đuôi tệp.")
    size = models.PositiveBigIntegerField("dung lượng (byte)", editable=False)
    kind = models.CharField("loại", max_length=8, choices=[(name, about[0]) for name, about in KINDS.items()],
                            editable=False)  # fmt: skip

    class Meta:
        verbose_name = "tệp đính kèm"
        verbose_name_plural = "tệp đính kèm"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(F("created_at").desc(), F("id").desc(), condition=Q(deleted_at=None),
                         name="attachment_library"),
        ]  # fmt: skip

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("attachment", args=[self.pk, f"{slugify(self.title, default='tep')}.{self.kind}"])

    @property
    def download_name(self) -> str:
        """The name under which a browser saves it, with its Vietnamese letters."""
        return f"{self.title.replace('/', '-').replace(chr(92), '-')}.{self.kind}"

    @property
    def media_type(self) -> str:
        return KINDS[self.kind][1]
