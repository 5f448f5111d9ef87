from django.conf import settings
from django.db import models

from news.fields import CharField

WIDTHS = (400, 800, 1600)  # pixels of the renditions made of every picture


class Image(models.Model):
    """A picture of the library: its file is named by its content, so that the same picture is stored once."""

    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    file = models.ImageField("tệp ảnh", upload_to="anh/", width_field="width", height_field="height", max_length=200)
    width = models.PositiveIntegerField("rộng (điểm ảnh)", editable=False)
    height = models.PositiveIntegerField("cao (điểm ảnh)", editable=False)
    alt = CharField("mô tả ảnh", max_length=300, help_text="Nói cho người không nhìn thấy ảnh biết trong ảnh có gì.")
    credit = CharField("nguồn ảnh", max_length=150, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False,
                              verbose_name="người tải lên", related_name="+")  # fmt: skip
    created_at = models.DateTimeField("tải lên lúc", auto_now_add=True)

    class Meta:
        verbose_name = "ảnh"
        verbose_name_plural = "ảnh"
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.alt

    @property
    def renditions(self) -> list[tuple[int, str]]:
        """(width in pixels, address), narrowest first; none is wider than the picture itself."""
        narrower = [width for width in WIDTHS if width < self.width]
        return [(w, self.file.storage.url(self.rendition_name(w))) for w in [*narrower, min(self.width, WIDTHS[-1])]]

    def rendition_name(self, width: int) -> str:
        """Where the rendition of this width lies, relative to MEDIA_ROOT."""
        return f"anh/{self.sha256[:2]}/{self.sha256[:32]}-{width}.webp"
