import time
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator, MaxValueValidator
from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from portal.colour import contrast, parse_hex
from portal.models.text import CharField

ADDRESS_SCHEMES = ("http://", "https://", "mailto:", "tel:")


def validate_address(value: str) -> None:
    """Accepts a path of this site or a complete address; refuses the forms that lead somewhere unexpected."""
    own_path = value.startswith("/") and not value.startswith("//")
    if not (own_path or value.startswith(ADDRESS_SCHEMES)) or "\\" in value or any(c.isspace() for c in value):
        raise ValidationError("Địa chỉ phải bắt đầu bằng / (trang của cổng) hoặc https://, mailto:, tel:.")

    try:
        complete = own_path or value.startswith(("mailto:", "tel:")) or bool(urlsplit(value).hostname)
    except ValueError:
        complete = False
    if not complete:
        raise ValidationError("Địa chỉ này thiếu tên website.")


def validate_colour(value: str) -> None:
    """The colour carries white text, so it needs the contrast that WCAG 2.2 asks for (4.5 to 1)."""
    colour = parse_hex(value)
    if colour is None:
        raise ValidationError("Màu viết dạng #a61c1c.")
    if contrast(colour, (255, 255, 255)) < 4.5:
        raise ValidationError("Màu này quá nhạt: chữ trắng trên nền màu phải có độ tương phản từ 4,5 trở lên.")


class SiteSettings(models.Model):
    """Everything that makes the portal this city's: one row, edited in the admin."""

    DEFAULT_COLOUR = "#a3161a"

    name = CharField("tên cổng", max_length=150, default="Cổng thông tin điện tử thành phố Sông Công")
    english_name = CharField("tên tiếng Anh", max_length=150, blank=True, help_text="Hiện trên các trang tiếng Anh.")
    organisation = CharField(
        "đơn vị chủ quản", max_length=200, default="Ủy ban nhân dân thành phố Sông Công"
    )
    description = CharField(
        "giới thiệu ngắn", max_length=300, blank=True,
        default="Tin tức, thông báo và dịch vụ công của thành phố Sông Công, tỉnh Thái Nguyên.",
        help_text="Hiện ở kết quả tìm kiếm và khi chia sẻ trang chủ.",
    )  # fmt: skip
    responsible = CharField(
        "chịu trách nhiệm nội dung", max_length=200, blank=True, default="Ban biên tập Cổng thông tin điện tử"
    )
    licence = CharField("giấy phép", max_length=200, blank=True)
    address = CharField("địa chỉ", max_length=250, blank=True, default="Thành phố Sông Công, tỉnh Thái Nguyên")
    phone = CharField("điện thoại", max_length=50, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    emblem = models.ImageField(
        "biểu trưng", upload_to="bieu-trung/", blank=True,
        validators=[FileExtensionValidator(["png", "jpg", "jpeg", "webp"])],
        help_text="Ảnh vuông PNG, JPEG hoặc WebP, từ 128 điểm ảnh mỗi cạnh. Để trống thì dùng biểu trưng sẵn có.",
    )  # fmt: skip
    colour = CharField(
        "màu chủ đạo", max_length=7, default=DEFAULT_COLOUR, validators=[validate_colour],
        help_text="Dạng #a3161a; đủ đậm để chữ trắng đọc được.",
    )  # fmt: skip
    feeds_in_full = models.BooleanField(
        "RSS có toàn văn", default=False, help_text="Để trống thì RSS và Atom chỉ có sa-pô của bài."
    )
    visits_before = models.PositiveBigIntegerField(
        "lượt truy cập ban đầu", default=0, validators=[MaxValueValidator(10**15)],
        help_text="Số lượt truy cập mang sang từ cổng cũ; Tổng truy cập bằng số này cộng số lượt đếm được.",
    )  # fmt: skip
    first_run_at = models.DateTimeField("nạp nội dung ban đầu lúc", null=True, editable=False)

    class Meta:
        verbose_name = "thông tin cổng"
        verbose_name_plural = "thông tin cổng"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_row_of_site_settings")]

    def __str__(self):
        return self.name

    # The log hears of a save when it is done: what it writes is kept with the change, or neither is.
    @transaction.atomic
    def save(self, **kwargs):
        self.pk = 1
        super().save(**kwargs)


class MenuItem(models.Model):
    label = CharField("nhãn", max_length=60)
    address = CharField("địa chỉ", max_length=300, validators=[validate_address])
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "mục trình đơn"
        verbose_name_plural = "mục trình đơn"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.label


class Link(models.Model):
    """A website that the portal points to."""

    label = CharField("tên website", max_length=120)
    address = CharField("địa chỉ", max_length=300, validators=[validate_address])
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "liên kết website"
        verbose_name_plural = "liên kết website"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.label


class Generation(models.Model):
    """One row: a number that moves with every change that a reader may see; watched by every worker.

    It is the second after the change, since 1970, or the next number where that was taken: so it is a date that no
    other content had (portal.pagecache).
    """

    number = models.BigIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_row_of_generation")]

    def __str__(self):
        return str(self.number)

    @classmethod
    def move(cls) -> None:
        """Counts one change; inside the change's own transaction, so that both are seen together."""
        after = int(time.time()) + 1
        if not cls.objects.filter(pk=1).update(number=Greatest(F("number") + 1, Value(after))):
            cls.objects.bulk_create([cls(pk=1, number=after)], ignore_conflicts=True)
