from django.core.exceptions import ValidationError
from django.db import models

from news.addresses import address
from news.fields import CharField
from news.vietnamese import slugify, sort_key


def free_slug(row: models.Model, slug: str) -> str:
    """`slug`, or with a number behind it where another row has it: names may differ in marks or case alone."""
    others = type(row).objects.exclude(pk=row.pk)
    free, number = slug, 1
    while others.filter(slug=free).exists():
        number += 1
        free = f"{slug[:110]}-{number}"
    return free


class Named(models.Model):
    """A name, the slug that its address is made of, and the key that sorts it in Vietnamese order."""

    name = CharField("tên", max_length=100, unique=True)
    slug = models.SlugField("đường dẫn", max_length=120, unique=True, blank=True,
                            help_text="Để trống thì lấy theo tên.")  # fmt: skip
    sort_key = models.CharField(max_length=400, editable=False, db_collation="C")

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.prepare()
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        self.slug = self.slug or free_slug(self, slugify(self.name, default="muc"))

    def prepare(self):
        """Fills what follows from the name."""
        self.slug = self.slug or free_slug(self, slugify(self.name, default="muc"))
        self.sort_key = sort_key(self.name)[:400]


class Category(Named):
    """A subject of the portal; two levels."""

    parent = models.ForeignKey("self", models.PROTECT, verbose_name="thuộc chuyên mục", null=True, blank=True,
                               related_name="children", limit_choices_to={"parent": None})  # fmt: skip
    description = CharField("giới thiệu", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    on_home = models.BooleanField("hiện ở trang chủ", default=True)

    class Meta:
        verbose_name = "chuyên mục"
        verbose_name_plural = "chuyên mục"
        ordering = ["position", "sort_key"]

    def get_absolute_url(self):
        return address("category", self.slug)

    def clean(self):
        super().clean()
        if self.parent_id is None:
            return
        if self.parent_id == self.pk:
            raise ValidationError({"parent": "Một chuyên mục không thể thuộc chính nó."})
        if self.parent.parent_id is not None:
            raise ValidationError({"parent": "Chỉ có hai cấp chuyên mục: hãy chọn một chuyên mục cấp trên."})
        if self.pk and self.children.exists():
            raise ValidationError({"parent": "Chuyên mục này đang có chuyên mục con nên phải ở cấp trên."})


class Tag(Named):
    class Meta:
        verbose_name = "từ khóa"
        verbose_name_plural = "từ khóa"
        ordering = ["sort_key"]

    def get_absolute_url(self):
        return address("tag", self.slug)
