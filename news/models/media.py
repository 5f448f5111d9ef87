from django.conf import settings
from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from news.fields import CharField
from news.imaging.uses import USES


class LibraryQuerySet(models.QuerySet):
    def kept(self):
        """What is not in the trash."""
        return self.filter(deleted_at=None)

    def trashed(self):
        return self.filter(deleted_at__isnull=False)


class LibraryFile(models.Model):
    """A file of the library, named by its content, so that the same one is stored once."""

    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False,
                              verbose_name="người tải lên", related_name="+")  # fmt: skip
    created_at = models.DateTimeField("tải lên lúc", auto_now_add=True)
    deleted_at = models.DateTimeField("bỏ vào thùng rác lúc", null=True, editable=False)

    objects = LibraryQuerySet.as_manager()

    class Meta:
        abstract = True


class Image(LibraryFile):
    """A picture with the files made of it. `renditions` names those that are there, so that no page asks for others."""

    file = models.FileField("tệp ảnh", upload_to="anh/", max_length=200, editable=False)
    source_sha256 = models.CharField(max_length=64, blank=True, editable=False)  # of the bytes that were sent
    width = models.PositiveIntegerField("rộng (điểm ảnh)", editable=False)
    height = models.PositiveIntegerField("cao (điểm ảnh)", editable=False)
    colour = models.CharField("màu trung bình", max_length=7, default="#cccccc", editable=False)
    focal_x = models.PositiveSmallIntegerField("tâm ảnh, ngang (%)", default=50, validators=[MaxValueValidator(100)])
    focal_y = models.PositiveSmallIntegerField("tâm ảnh, dọc (%)", default=50, validators=[MaxValueValidator(100)],
                                               help_text="Phần quanh tâm ảnh luôn còn lại khi ảnh bị cắt vừa khung.")
    renditions = models.JSONField(default=dict, editable=False)  # {crop: [[width, height, end of the name], …]}
    alt = CharField("mô tả ảnh", max_length=300, blank=True,
                    help_text="Nói cho người không nhìn thấy ảnh biết trong ảnh có gì.")  # fmt: skip
    decorative = models.BooleanField("ảnh trang trí", default=False,
                                     help_text="Ảnh không nói thêm điều gì: trình đọc màn hình bỏ qua ảnh này.")
    caption = CharField("chú thích", max_length=300, blank=True, help_text="Chữ dưới ảnh mà mọi người đọc.")
    credit = CharField("nguồn ảnh", max_length=150, blank=True)

    class Meta:
        verbose_name = "ảnh"
        verbose_name_plural = "ảnh"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decorative=False) | Q(alt=""), name="what_decorates_says_nothing",
                violation_error_message="Ảnh trang trí không có mô tả: hãy bỏ dấu chọn hoặc xóa mô tả.",
            ),
            models.CheckConstraint(condition=Q(focal_x__lte=100, focal_y__lte=100), name="focal_point_in_the_picture"),
        ]  # fmt: skip
        indexes = [
            models.Index("source_sha256", condition=~Q(source_sha256=""), name="image_by_source"),
            models.Index(F("created_at").desc(), F("id").desc(), condition=Q(deleted_at=None), name="image_library"),
        ]

    def __str__(self):
        if self.alt:
            return self.alt
        return f"{'Ảnh trang trí' if self.decorative else 'Ảnh chưa có mô tả'} số {self.pk}"

    @property
    def key(self) -> str:
        """What the names of all its files begin with."""
        return self.sha256[:32]

    @property
    def focal(self) -> tuple[int, int]:
        return self.focal_x, self.focal_y

    def name_of(self, end: str) -> str:
        """Where a file of this picture lies, relative to MEDIA_ROOT."""
        return f"anh/{self.sha256[:2]}/{self.key}-{end}"

    def files(self, use: str, suffix: str | None = None) -> list[tuple[int, int, str]]:
        """(width, height, address) of the files for a use that are there, narrowest first; of one format, or all."""
        crop, most = USES[use]
        found = [entry for entry in self.renditions.get(crop, ()) if suffix in (None, entry[2].rpartition(".")[2])]
        return [(width, height, default_storage.url(self.name_of(end)))
                for width, height, end in found if width <= most] or (
                [(width, height, default_storage.url(self.name_of(end))) for width, height, end in found[:1]])

    @property
    def thumbnail(self) -> str:
        """The address of the smallest file that shows the picture."""
        for use in ("card", "inline"):
            if files := self.files(use):
                return files[0][2]
        return self.file.url

    @property
    def share(self) -> tuple[int, int, str]:
        """Width, height and address of what other websites show; the kept original where nothing better is there."""
        return next(iter(self.files("share", "jpg")), (self.width, self.height, self.file.url))


class Replaced(models.Model):
    """A picture's old address: texts that still hold it show the picture that took its place."""

    key = models.CharField(max_length=32, primary_key=True)  # Image.key of the old one
    image = models.ForeignKey(Image, models.CASCADE, related_name="replaces")

    class Meta:
        default_permissions = ()
        verbose_name = "ảnh đã thay"
        verbose_name_plural = "ảnh đã thay"

    def __str__(self):
        return self.key
