from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from news import pictures, richtext
from news.fields import CharField, RichTextField
from news.models.taxonomy import free_slug
from news.vietnamese import slugify


class Page(models.Model):
    """A page that stands by itself: who we are, how to reach us."""

    class Language(models.TextChoices):
        VIETNAMESE = "vi", "Tiếng Việt"
        ENGLISH = "en", "Tiếng Anh"

    title = CharField("tiêu đề", max_length=250)
    slug = models.SlugField("đường dẫn", max_length=120, unique=True, blank=True,
                            help_text="Để trống thì lấy theo tiêu đề.")  # fmt: skip
    body = RichTextField("nội dung")
    rendered = models.TextField(editable=False)
    language = models.CharField("ngôn ngữ", max_length=2, choices=Language.choices, default=Language.VIETNAMESE,
                                help_text="Trang tiếng Anh có khung, lời dẫn tiếng Anh và nằm ở /en/.")  # fmt: skip
    translation_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="translations", verbose_name="bản dịch của",
        limit_choices_to={"language": Language.VIETNAMESE},
        help_text="Trang tiếng Việt nói cùng nội dung; hai trang dẫn đến nhau.",
    )  # fmt: skip
    published = models.BooleanField("cho mọi người xem", default=True)
    updated_at = models.DateTimeField("sửa lần cuối", auto_now=True)

    class Meta:
        verbose_name = "trang"
        verbose_name_plural = "trang"
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(language="vi") | models.Q(translation_of=None),
                name="only_another_language_translates",
                violation_error_message="Trang tiếng Việt không là bản dịch của trang khác.",
            ),
            models.UniqueConstraint(
                fields=["translation_of", "language"], name="one_translation_into_a_language",
                violation_error_message="Trang tiếng Việt này đã có bản dịch tiếng Anh.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        from news import audience, usage

        self.slug = self.slug or free_slug(self, slugify(self.title, default="trang"))
        self.body = richtext.sanitise(self.body)
        self.rendered = pictures.render_images(richtext.render(self.body))
        if self.pk:
            audience.text_changes(page=self.pk)
        super().save(*args, **kwargs)
        usage.note_page(self.pk, self.body)

    def get_absolute_url(self):
        return reverse("page", args=[self.slug])

    def clean(self):
        super().clean()
        if self.language != self.Language.VIETNAMESE and self.pk and self.translations.exists():
            raise ValidationError({"language": "Trang này có bản dịch tiếng Anh nên phải là trang tiếng Việt."})
        self.slug = self.slug or free_slug(self, slugify(self.title, default="trang"))
